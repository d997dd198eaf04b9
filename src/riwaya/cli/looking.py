"""Looking at a case: `show`, `documents`, `search`, `explain`, `failures`, `log`, `verify`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from riwaya import pipeline
from riwaya.case import bag, stamps
from riwaya.case import open as open_case
from riwaya.case.layers import finding_row, plain
from riwaya.case.verify import faults
from riwaya.cli.printing import case_argument, cell, clean, console, dump, json_option, marked, table
from riwaya.errors import UnknownDocument
from riwaya.model import LAYERS, Attribution, Finding, Span
from riwaya.rerun import rerun as run_again

SHOWN = ("outlet", "title", "author", "published", "published_basis", "url", "language", "reader", "sha256")
"""What is shown of a document above its text."""


@click.command()
@case_argument
@click.argument("document", required=False)
@click.option("--layer", type=click.Choice(list(LAYERS)), help="Colour what this layer found in the document.")
@json_option
def show(case: str, document: str | None, layer: str | None, as_json: bool) -> None:
    """Show what a CASE holds, or one DOCUMENT of it with its text."""
    with open_case(case) as opened:
        if document is None:
            counts = {name: count for name, count in opened.counts().items() if name != "namings"}
            rows = [("documents", len(opened)), *counts.items(), ("failures", sum(1 for _ in opened.failures()))]
            table(case, ("layer", "count"), rows, as_json)
            return
        doc = opened.document(document)
        spans = [f.span for f in opened.findings(LAYERS[layer], [document])] if layer else []
        if as_json:
            dump(plain(doc))
            return
        out = console()
        for field in SHOWN:
            if value := getattr(doc, field):
                out.print(Text.assemble((f"{field:16}", "dim"), cell(value)))
        for warning in doc.warnings:
            place = f" at {warning.start}–{warning.end}" if warning.start is not None else ""
            out.print(Text.assemble(("warning         ", "yellow"), clean(f"{warning.kind}: {warning.detail}{place}")))
        out.print()
        at = 0
        for line in doc.text.splitlines(keepends=True):
            out.print(marked(doc.text, spans, Span(at, at + len(line))), soft_wrap=True)
            at += len(line)


@click.command()
@case_argument
@click.option("--outlet", help="Only of this outlet.")
@click.option("--warnings", is_flag=True, help="Only those with warnings.")
@json_option
def documents(case: str, outlet: str | None, warnings: bool, as_json: bool) -> None:
    """List the documents of a CASE."""
    columns = ("id", "outlet", "published", "title", "language", "characters", "warnings")
    with open_case(case) as opened:
        cards = [c for c in opened.cards() if (not outlet or c.outlet == outlet) and (not warnings or c.warnings)]
    table(
        f"{len(cards)} documents", columns, [[getattr(card, column) for column in columns] for card in cards], as_json
    )


@click.command()
@case_argument
@click.argument("query")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@click.option("--exact", is_flag=True, help="Do not look for words with و، ب، ال… written on to them.")
@json_option
def search(case: str, query: str, limit: int, exact: bool, as_json: bool) -> None:
    """Find documents of a CASE by the words of a QUERY, however they are spelled.

    Words in quotation marks stand side by side; «كلم*» finds beginnings; OR finds either.
    """
    with open_case(case) as opened:
        hits = opened.search(query, limit, exact=exact)
        if as_json:
            dump([{**plain(hit), "text": hit.snippet.of(opened.document(hit.doc).text)} for hit in hits])
            return
        rows = []
        for hit in hits:
            text = opened.document(hit.doc).text
            rows.append((hit.doc, hit.outlet, hit.published, len(hit.spans), marked(text, hit.spans, hit.snippet)))
    table(f"{len(rows)} documents", ("id", "outlet", "published", "places", "passage"), rows)


@click.command()
@case_argument
@click.argument("finding")
@json_option
def explain(case: str, finding: str, as_json: bool) -> None:
    """Say what a FINDING is, where it stands and which rules made it.

    FINDING is an id as `riwaya export` and --json give it, such as T-879346680e0c-120-131.
    """
    with open_case(case) as opened:
        found = opened.finding(finding)
        rules = opened.lang.rules(getattr(found, "rule", ""))
        if not isinstance(found, Finding):
            dump(plain(found))
            return
        doc = opened.document(found.doc)
        row = finding_row(found, doc)
        slots = pipeline.slots(opened, found) if isinstance(found, Attribution) else []
        if as_json:
            told = [{"slot": name, "start": s.start, "end": s.end, "text": s.of(doc.text)} for name, s in slots]
            dump({"finding": row, "rules": rules} | ({"slots": told} if told else {}))
            return
        out = console()
        around = Span(max(0, found.start - 80), min(len(doc.text), found.end + 80))
        out.print(Text.assemble((f"{found.layer}  ", "dim"), cell(doc.id), ("  ", ""), (cell(doc.outlet), "dim")))
        out.print(marked(doc.text, [found.span], around), soft_wrap=True)
        for key, value in row.items():
            if key not in ("doc", "text", "id") and value not in (None, [], ()):
                out.print(Text.assemble((f"{key:16}", "dim"), cell(shown(value))))
        for name, span in slots:
            out.print(Text.assemble((f"slot {name:11}", "cyan"), cell(span.of(doc.text))))
        for rule, entry in rules.items():
            out.print(Text.assemble(("rule            ", "dim"), (rule, "bold")))
            for key, value in entry.items():
                out.print(Text.assemble((f"  {key:14}", "dim"), cell(value)))


def shown(value: Any) -> Any:
    """A value in a line: of a stretch its letters, of a chain its tellers."""
    if isinstance(value, dict):
        return value.get("text") or value.get("name") or value
    if isinstance(value, list | tuple):
        return " ← ".join(str(shown(part)) for part in reversed(value))
    return value


@click.command()
@case_argument
@json_option
def failures(case: str, as_json: bool) -> None:
    """List what could not be read or analysed, and why."""
    columns = ("path", "stage", "error", "message")
    with open_case(case) as opened:
        rows = [[getattr(failure, column) for column in columns] for failure in opened.failures()]
    table(f"{len(rows)} failures", columns, rows, as_json)


@click.command()
@case_argument
@json_option
def log(case: str, as_json: bool) -> None:
    """List what was done to a CASE: intakes, runs, decisions, each with the hash that seals it."""
    with open_case(case) as opened:
        entries = list(opened.log())
    rows = [(e.number, e.at, e.by, e.kind, e.hash if as_json else e.hash[:12], e.entry) for e in entries]
    table(f"{len(rows)} entries", ("number", "at", "by", "kind", "hash", "entry"), rows, as_json)


@click.command()
@click.argument("case", type=click.Path())
@click.option("--rerun", is_flag=True, help="Run every stage again in a temporary case and compare byte for byte.")
@click.option("--processes", type=click.IntRange(1), help="How many to use for --rerun; one per core if not given.")
@click.option(
    "--roots", type=click.Path(exists=True, dir_okay=False), help="Certificates (PEM) that signed its stamps."
)
@click.pass_context
def verify(ctx: click.Context, case: str, rerun: bool, processes: int | None, roots: str | None) -> None:
    """Check that a CASE, or a hand-over package, still holds what was put in, down to the byte.

    What is printed as «head» is the hash that seals all of it: keep it elsewhere, and nobody can put another case in
    the place of this one unseen.
    """
    if Path(case).is_dir():
        report(ctx, list(bag.faults(Path(case))))
        console().print("✓ Every file of the package is the one that was handed over.")
        return
    with open_case(case) as opened:
        report(ctx, list(faults(opened)))
        head = [entry.hash for entry in opened.log()][-1]
        console().print(f"✓ {len(opened)} documents, their originals, findings and the log are whole.\n  head {head}")
        report(ctx, list(stamps.faults(opened, roots)))
        for stamp in stamps.stamps(opened):
            signed = "✓ signed" if roots else "not checked: give --roots"
            console().print(f"  stamped at {stamp.at}: the log up to entry {stamp.number} ({signed})")
        if rerun:
            report(ctx, run_again(opened, processes))
            console().print("✓ An exact re-run reproduced every finding byte for byte.")


def report(ctx: click.Context, found: Sequence[str]) -> None:
    """Prints what is off, if anything, and ends the command."""
    for fault in found:
        console(error=True).print(Text.assemble(("✗ ", "red"), clean(fault)), soft_wrap=True)
    if found:
        ctx.exit(1)


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script of a SHELL: eval "$(riwaya completion bash)"."""
    from click.shell_completion import get_completion_class

    from riwaya.cli import main

    made = get_completion_class(shell)
    if made is None:
        raise UnknownDocument(f"There is no completion for {shell}.")
    click.echo(made(main, {}, "riwaya", "_RIWAYA_COMPLETE").source())


COMMANDS = (show, documents, search, explain, failures, log, verify, completion)
