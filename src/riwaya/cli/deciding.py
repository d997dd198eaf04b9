"""Deciding: `decide`, `decisions`, and `import` of a colleague's decisions or of a hand-over package."""

from __future__ import annotations

from collections.abc import Sequence
from getpass import getuser
from pathlib import Path

import click

from riwaya.case import decisions, package
from riwaya.case import open as open_case
from riwaya.case.layers import plain
from riwaya.case.writer import Writer
from riwaya.cli.printing import case_argument, cell, console, dump, json_option, table
from riwaya.model import Decision


@click.command()
@case_argument
@click.argument("subject")
@click.argument("verdict")
@click.option("--note", help="Why; of rename the new name, of review the rating in your words.")
@click.option("--by", default=getuser, help="Who decides; your login if not given.")
@json_option
def decide(case: str, subject: str, verdict: str, note: str | None, by: str, as_json: bool) -> None:
    """Say what holds of a SUBJECT in a CASE: accept, reject, unsure, merge, split, rename, review, note, or undo.

    SUBJECT is KIND/ID, such as claim/C-…; of two, KINDS/A+B, such as entities/A+B. The next `riwaya build` follows.
    """
    with open_case(case), Writer(case) as writer:
        made = decisions.decide(writer, subject, verdict, note=note, by=by)
    if as_json:
        dump(plain(made))
    else:
        console().print(f"{made.id}: {made.verdict} {cell(made.subject)}. `riwaya build {cell(case)}` follows it.")


@click.command("decisions")
@case_argument
@click.option("--contested", is_flag=True, help="Only those that two people made apart, and that differ.")
@json_option
def list_decisions(case: str, contested: bool, as_json: bool) -> None:
    """List what was decided on a CASE; with --json as `riwaya import` reads it."""
    with open_case(case) as opened:
        made = decisions.history(opened)
        standing = {decision.id for decision in decisions.in_force(made)}
    pairs = decisions.contested(made)
    apart = {decision.id for pair in pairs for decision in pair}
    shown = [decision for decision in made if decision.id in apart] if contested else made
    if as_json:
        dump([plain(decision) for decision in shown])
        return
    rows = [
        (d.id, d.at, d.by, d.subject, d.verdict, d.note, "contested" if d.id in apart else d.id in standing)
        for d in shown
    ]
    table(f"{len(rows)} decisions", ("id", "at", "by", "subject", "verdict", "note", "stands"), rows)


@click.command("import")
@case_argument
@click.argument("source", type=click.Path(exists=True))
def take_in(case: str, source: str) -> None:
    """Take SOURCE into a CASE: a colleague's decisions or case, or a hand-over package, of which a new CASE is made.

    Decisions come as JSON Lines or JSON. Those that are there already are left out; where both of you decided and
    differ, both are shown, and the later one stands until somebody decides again.
    """
    given = Path(source)
    if given.is_dir():
        count = package.rebuild(Path(case), given)
        console().print(f"{cell(case)}: {count} documents, whole as they were handed over.")
        return
    others = decisions_of(given)
    with open_case(case), Writer(case) as writer:
        taken = decisions.take_in(writer, others)
    then = f"`riwaya build {cell(case)}` follows them."
    console().print(f"{taken.added} decisions taken in, {taken.known} were there; {then}")
    if taken.contested:
        show_contested(taken.contested)


def decisions_of(source: Path) -> list[Decision]:
    """The decisions in a file, or in another case."""
    with source.open("rb") as file:
        is_case = file.read(16).startswith(b"SQLite format 3")
    if not is_case:
        return decisions.read(source.read_bytes())
    with open_case(source) as opened:
        return decisions.history(opened)


def show_contested(pairs: Sequence[tuple[Decision, Decision]]) -> None:
    rows = [(d.subject, d.by, d.at, d.verdict, d.note) for pair in pairs for d in pair]
    table(f"{len(pairs)} contested", ("subject", "by", "at", "verdict", "note"), rows)


COMMANDS = (decide, list_decisions, take_in)
