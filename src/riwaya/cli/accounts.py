"""What is said and where accounts part: `claims`, `claim`, `conflicts`, `timeline`."""

from __future__ import annotations

import click
from rich.text import Text

from riwaya.accounts import REASONS, hardest, inflated, recount
from riwaya.case import Case
from riwaya.case import open as open_case
from riwaya.case.layers import plain
from riwaya.cli.printing import case_argument, cell, clean, console, dump, json_option, table
from riwaya.errors import InvalidInput
from riwaya.model import Alarm, Claim, Conflict, Event, Passage


@click.command()
@case_argument
@click.argument("document", required=False)
@click.option("--most", type=int, default=50, show_default=True, help="How many to list; 0 for all.")
@json_option
def claims(case: str, document: str | None, most: int, as_json: bool) -> None:
    """List what is said in a CASE or one DOCUMENT of it, the most inflated support first.

    Documents are how many texts say it, origins on how many tellers' word.
    """
    with open_case(case) as opened:
        if document:
            opened.document(document)
        found = inflated(c for c in opened.across(Claim) if document in (None, *(m.doc for m in c.members)))
    shown = found[:most] if most else found
    columns = ("id", "documents", "origins", "when", "statement", "tellers")
    rows = [
        (c.id, c.documents, len(c.origins), c.when, c.statement, "; ".join(o.label for o in c.origins)) for c in shown
    ]
    table(f"{len(found)} claims, {len(shown)} shown", columns, rows, as_json)


@click.command()
@case_argument
@click.argument("id")
@click.option("--without-origin", metavar="ORIGIN", help="Count again without an origin: o2.")
@click.option("--without-outlet", metavar="OUTLET", help="Count again without what an outlet published.")
@click.option("--without-reason", type=click.Choice(REASONS), help="Count again without a kind of merge.")
@json_option
def claim(
    case: str,
    id: str,
    without_origin: str | None,
    without_outlet: str | None,
    without_reason: str | None,
    as_json: bool,
) -> None:
    """Show a claim of a CASE by its ID: who says it, on whose word, and why words were counted as one."""
    with open_case(case) as opened:
        found = next((c for c in opened.across(Claim) if c.id == id), None)
        if found is None:
            raise InvalidInput(f"There is no claim {id!r} in this case; `riwaya claims {case}` lists them.")
        outlets = {m.doc: opened.document(m.doc).outlet or "" for m in found.members}
        count = recount(
            found,
            without_origin=without_origin,
            without_outlet=without_outlet,
            without_reason=without_reason,
            outlets=outlets,
        )
        circles = [alarm for alarm in opened.across(Alarm) if alarm.claim == id]
        if as_json:
            counted = {"documents": count.documents, "origins": [list(group) for group in count.origins]}
            dump({**plain(found), "counted": counted, "alarms": [plain(alarm) for alarm in circles]})
            return
        out = console()
        out.print(Text(clean(found.statement), style="bold"))
        out.print(f"{found.documents} documents, {len(found.origins)} origins")
        if without_origin or without_outlet or without_reason:
            out.print(f"counted again: {count.documents} documents, {len(count.origins)} origins", style="bold green")
        for origin in found.origins:
            out.print(Text(f"\n{origin.id}  {clean(origin.label)}  ({origin.kind})", style="cyan"))
            for number in origin.members:
                member = found.members[number]
                words = quoted(opened, Passage(doc=member.doc, start=member.start, end=member.end))
                out.print(Text.assemble((f"  {member.stance:8}", "dim"), cell(member.doc), "  ", words), soft_wrap=True)
            for reason in origin.reasons:
                out.print(Text(f"  {reason.kind}: {clean(reason.detail)}", style="dim"), soft_wrap=True)
        for alarm in circles:
            out.print(Text(f"\n{clean(alarm.why)}", style="bold red"), soft_wrap=True)


@click.command()
@case_argument
@json_option
def conflicts(case: str, as_json: bool) -> None:
    """List where the accounts of a CASE cannot both be right, the hardest first."""
    with open_case(case) as opened:
        found = hardest(opened.across(Conflict))
        if as_json:
            dump([plain(conflict) for conflict in found])
            return
        out = console()
        out.print(f"{len(found)} conflicts", style="bold")
        for conflict in found:
            out.print(Text(f"\n{conflict.id}  {conflict.kind}, {conflict.severity}", style="cyan"))
            out.print(Text(clean(conflict.why)), soft_wrap=True)
            for side in conflict.sides:
                out.print(Text(f"  {clean(side.value)}", style="bold"), soft_wrap=True)
                for passage in side.members:
                    out.print(Text(f"    {clean(passage.doc)}  {quoted(opened, passage)}"), soft_wrap=True)


@click.command()
@case_argument
@json_option
def timeline(case: str, as_json: bool) -> None:
    """List what happened when, by the dates that the texts of a CASE give."""
    columns = ("edtf", "earliest", "latest", "documents", "label", "basis")
    with open_case(case) as opened:
        rows = [
            (e.edtf, e.earliest, e.latest, len({m.doc for m in e.members}), e.label, e.basis)
            for e in sorted(opened.across(Event), key=lambda e: (e.earliest or "", e.latest or "", e.id))
        ]
    table(f"{len(rows)} events", columns, rows, as_json)


def quoted(case: Case, passage: Passage) -> str:
    """The words of a passage on one line."""
    return cell(case.document(passage.doc).text[passage.start : passage.end])


COMMANDS = (claims, claim, conflicts, timeline)
