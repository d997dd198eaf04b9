"""Deciding: `decide`, `decisions`, `import` of a colleague's or a package, and what a model proposes to decide."""

from __future__ import annotations

import os
from collections.abc import Sequence
from getpass import getuser
from pathlib import Path

import click

from riwaya.case import decisions, effects, package
from riwaya.case import open as open_case
from riwaya.case.layers import plain
from riwaya.case.writer import Writer
from riwaya.cli.printing import case_argument, cell, console, dump, json_option, table
from riwaya.model import Decision
from riwaya.models.endpoint import LOCAL, Endpoint
from riwaya.proposing import proposals
from riwaya.proposing import propose as ask_model


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
        changed = effects.kept(writer)[made.id]
    if as_json:
        dump(plain(made))
    else:
        what = "; ".join(f"{c.layer} {c.before} → {c.after}" for c in changed)
        console().print(f"{made.id}: {made.verdict} {cell(made.subject)}{f' ({what})' if what else ''}.")
        console().print(f"`riwaya build {cell(case)}` follows it.")


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


KEY = "RIWAYA_MODEL_KEY"


@click.command()
@case_argument
@click.option("--model", required=True, help="The name of the model to ask.")
@click.option("--endpoint", metavar="URL", default=LOCAL, show_default=True, help="Where it answers, as OpenAI's does.")
@click.option("--remote", is_flag=True, help="Allow an address beyond this machine: sentences are sent there.")
@click.option("--most", type=click.IntRange(1), default=50, show_default=True, help="How many pairs to ask about.")
def propose(case: str, model: str, endpoint: str, remote: bool, most: int) -> None:
    """Ask a language model which claims of a CASE are one; it proposes and decides nothing.

    What it does not show by words that stand in the documents is dropped. A key, where the endpoint wants one, is read
    from the environment variable RIWAYA_MODEL_KEY.
    """
    asked_at = Endpoint(model=model, url=endpoint, remote=remote, key=os.environ.get(KEY))
    with open_case(case), Writer(case) as writer:
        asked = ask_model(writer, asked_at, most)
    console().print(
        f"{asked.pairs} pairs asked about, {len(asked.proposals)} proposals, {asked.dropped} answers dropped."
        f" `riwaya proposals {cell(case)}` lists what stands to decide."
    )


@click.command("proposals")
@case_argument
@json_option
def list_proposals(case: str, as_json: bool) -> None:
    """List what models proposed on a CASE, with the letters they quote; decide with `riwaya decide`."""
    with open_case(case) as opened:
        decided = {decision.subject: decision.verdict for decision in decisions.standing(opened)}
        rows = []
        for made in proposals(opened):
            left, right = (opened.document(p.doc).text[p.start : p.end] for p in (made.left, made.right))
            rows.append((made.id, made.subject, left, right, made.model, decided.get(made.subject)))
    columns = ("id", "subject", "left", "right", "model", "decided")
    table(f"{len(rows)} proposals", columns, rows, as_json)


COMMANDS = (decide, list_decisions, take_in, propose, list_proposals)
