"""What the stages found: `dates`, `when`, `quantities`, `reuse`, `compare`, `sources`, `names`."""

from __future__ import annotations

from collections import Counter

import click
from rich.text import Text

from riwaya import pipeline
from riwaya.case import Case, joins
from riwaya.case import open as open_case
from riwaya.case.layers import plain
from riwaya.cli.printing import case_argument, cell, clean, console, dump, json_option, table
from riwaya.errors import InvalidInput
from riwaya.exporters import passim
from riwaya.model import Alignment, Copy, Document, Entity, Passage
from riwaya.naming import naming_table
from riwaya.sourcing import voices
from riwaya.text.collate import collate
from riwaya.text.span import Span
from riwaya.text.view import View
from riwaya.text.words import Words


def rows_of(case: str, layer: str, columns: tuple[str, ...], document: str | None, as_json: bool) -> None:
    """A layer as a table, of one document or of all."""
    with open_case(case) as opened:
        if document:
            opened.document(document)  # says so when there is none
        rows = [[row[c] for c in columns] for row in opened.rows(layer) if document in (None, row["doc"])]
    table(f"{len(rows)} {layer}", columns, rows, as_json)


@click.command()
@case_argument
@click.argument("document", required=False)
@json_option
def dates(case: str, document: str | None, as_json: bool) -> None:
    """List when things are said to have happened, in a CASE or one DOCUMENT of it."""
    columns = ("doc", "text", "type", "value", "mod", "edtf", "anchor", "rule")
    rows_of(case, "timexes", columns, document, as_json)


@click.command()
@case_argument
@click.argument("document", required=False)
@json_option
def quantities(case: str, document: str | None, as_json: bool) -> None:
    """List how many of what are counted or measured, in a CASE or one DOCUMENT of it."""
    rows_of(case, "quantities", ("doc", "text", "low", "high", "approx", "unit", "rule"), document, as_json)


@click.command()
@click.argument("text")
@click.option("--published", metavar="DATE", help="When the text was published: 2016-12-13.")
@json_option
def when(text: str, published: str | None, as_json: bool) -> None:
    """Say which dates a TEXT names, and the rules that read them.

    riwaya when 'وصل الوفد أمس الاثنين' --published 2016-12-13
    """
    answers = pipeline.when(text, published)
    if as_json:
        dump([{**plain(answer.found), "derivation": answer.derivation} for answer in answers])
        return
    out = console()
    if not answers:
        out.print("No date in this text.")
    for answer in answers:
        found = answer.found
        out.print(Text.assemble((cell(found.text), "bold"), f"  {found.type}  ", (found.value, "bold green")))
        details = {"mod": found.mod, "EDTF": found.edtf, "counted from": found.anchor}
        for name, value in details.items():
            if value:
                out.print(Text.assemble((f"  {name:14}", "dim"), cell(value)))
        for line in answer.derivation[1:]:
            out.print(Text(clean(line), style="dim"))


@click.command()
@case_argument
@click.argument("document", required=False)
@click.option("--beside", type=click.Path(), help="Hold what passim found (its out.json) against what riwaya found.")
@json_option
def reuse(case: str, document: str | None, beside: str | None, as_json: bool) -> None:
    """List who took text from whom in a CASE, or from and by one DOCUMENT of it."""
    with open_case(case) as opened:
        if beside:
            pairs = passim.beside(opened, passim.read(beside))
            alone = sum(not b.riwaya for b in pairs), sum(not b.passim for b in pairs)
            title = f"{len(pairs)} pairs of documents, {alone[0]} found by passim only, {alone[1]} by riwaya only"
            letters = [(b.left, b.right, b.passim, b.riwaya, b.both) for b in pairs]
            table(title, ("left", "right", "passim", "riwaya", "both"), letters, as_json)
            return
        if document:
            opened.document(document)
        copies = [c for c in opened.across(Copy) if document in (None, c.older, c.newer)]
    columns = ("older", "newer", "share", "passages", "credited", "confidence", "reasons")
    rows = [
        (c.older, c.newer, c.share, len(c.passages), c.credited, c.confidence, "; ".join(r.detail for r in c.reasons))
        for c in sorted(copies, key=lambda c: (-c.share, c.older, c.newer))
    ]
    table(f"{len(rows)} documents take from another", columns, rows, as_json)


@click.command()
@case_argument
@click.argument("left")
@click.argument("right")
@click.option("--html", type=click.Path(dir_okay=False), help="Write the page that shows them side by side here.")
@json_option
def compare(case: str, left: str, right: str, html: str | None, as_json: bool) -> None:
    """Show the passages that two documents of a CASE share, and what was changed on the way.

    Red stands only in LEFT, green only in RIGHT.
    """
    with open_case(case) as opened:
        shared = shared_passages(opened, left, right)
        if html:
            from riwaya.web.report import comparison

            console().print(f"Written: {cell(comparison(case, left, right, html, language='en'))}")
            return
        if as_json:
            dump([plain(alignment) for alignment in shared])
            return
        out = console()
        if not shared:
            out.print(f"{cell(left)} and {cell(right)} share no passage.")
        for alignment in shared:
            out.print(Text(heading(alignment), style="bold"))
            for reason in alignment.reasons:
                out.print(Text(f"  {reason.weight:+.2f}  {clean(reason.detail)}", style="dim"))
            out.print(coloured(opened, alignment), soft_wrap=True)
            for edit in alignment.edits:
                out.print(
                    Text.assemble((f"  {edit.kind:20}", "cyan"), *edit_words(opened, alignment, edit.left, edit.right))
                )
            out.print()


def shared_passages(case: Case, left: str, right: str) -> list[Alignment]:
    """The alignments of two documents in order of place."""
    if left == right:
        raise InvalidInput(f"«{left}» was given twice; give two documents to compare.")
    for id in (left, right):
        case.document(id)
    pair = {left, right}
    found = [a for a in case.across(Alignment) if {a.left.doc, a.right.doc} == pair]
    return sorted(found, key=lambda a: (a.left.start, a.right.start))


def heading(alignment: Alignment) -> str:
    arrows = {"left-to-right": "→", "right-to-left": "←", "common-origin": "↔ common origin", "unknown": "? direction"}
    left, right = clean(alignment.left.doc), clean(alignment.right.doc)
    return (
        f"{left} {arrows[alignment.direction]} {right}  "
        f"{alignment.kind}, {alignment.similarity:.0%} alike, confidence {alignment.confidence:.2f}"
    )


def coloured(case: Case, alignment: Alignment) -> Text:
    """Both wordings in one line: what is common once, what stands only left in red, only right in green."""
    left, right = case.document(alignment.left.doc), case.document(alignment.right.doc)
    line = Text("  ")
    for op in collate(words(case, left), words(case, right), span(alignment.left), span(alignment.right)):
        for side, doc in ((op.left, left), (op.right, right)):
            if side and not (op.kind == "equal" and side is op.right):
                colour = "" if op.kind == "equal" else "bold red" if side is op.left else "bold green"
                line.append(" ".join(clean(side.of(doc.text)).split()) + " ", style=colour)
    return line


def edit_words(case: Case, alignment: Alignment, left: Span | None, right: Span | None) -> list[tuple[str, str]]:
    pieces = []
    for place, edit, colour in ((alignment.left, left, "red"), (alignment.right, right, "green")):
        if edit:
            pieces.append((cell(edit.of(case.document(place.doc).text)) + "  ", colour))
    return pieces


def words(case: Case, doc: Document) -> Words:
    return Words(View(doc.text, case.lang.fold))


def span(passage: Passage) -> Span:
    return Span(passage.start, passage.end)


@click.command()
@case_argument
@click.option("--anonymous", is_flag=True, help="Only those who are not named.")
@json_option
def sources(case: str, anonymous: bool, as_json: bool) -> None:
    """List who is quoted in a CASE: how often, by which outlets, through which agencies; the anonymous last."""
    with open_case(case) as opened:
        names = {entity.entity: entity.name for entity in opened.across(Entity)}
        found = voices(opened, joins.all_attributions(opened), names)
    if as_json:
        dump([plain(voice) for voice in found if voice.anonymous or not anonymous])
        return
    columns = ("name", "kind", "statements", "direct", "denials", "documents", "by", "through")
    rows = [
        (v.name, v.kind, v.statements, v.direct, v.denials, len(v.documents), counted(v.by), counted(v.through))
        for v in found
        if v.anonymous or not anonymous
    ]
    table(f"{len(rows)} sources", columns, rows)


@click.command()
@case_argument
@click.option("--entity", help="Only this entity: its id, or a part of a name.")
@click.option("--questions", is_flag=True, help="What the names leave open, for you to decide: riwaya decide.")
@json_option
def names(case: str, entity: str | None, questions: bool, as_json: bool) -> None:
    """Show what each outlet of a CASE calls whom, how often and when; those spoken of most come first."""
    with open_case(case) as opened:
        known = {found.entity: found for found in opened.across(Entity)}
        mentions = (mention for id in opened.ids for mention in joins.mentions(opened, id))
        called = naming_table(mentions, opened)
        folded = opened.lang.fold(entity) if entity else None
    bare = {id: opened.lang.fold(found.name) for id, found in known.items()}
    fits = {id for id, name in bare.items() if folded is None or id == entity or folded in name}
    if questions:
        asked = [
            (id, known[id].name, r.detail) for id in sorted(fits) for r in known[id].reasons if r.kind == "question"
        ]
        table(f"{len(asked)} questions", ("entity", "name", "question"), asked, as_json)
        return
    columns = ("entity", "name", "kind", "outlet", "text", "count", "first", "last")
    often: Counter[str] = Counter()
    for row in called:
        often[row.entity] += row.count
    called.sort(key=lambda row: (-often[row.entity], row.entity))
    rows = [
        (r.entity, known[r.entity].name, known[r.entity].kind, r.outlet, r.text, r.count, r.first, r.last)
        for r in called
        if r.entity in fits
    ]
    table(f"{len(rows)} wordings", columns, rows, as_json)


def counted(counts: dict[str, int]) -> str:
    """«الراية 3، السد 1»."""
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{name} {count}" for name, count in ordered)


COMMANDS = (dates, when, quantities, reuse, compare, sources, names)
