"""Reports without a verb of saying and its subject: headlines, what an outlet passes on, impersonal passives."""

from __future__ import annotations

from msgspec.structs import replace

from riwaya.stages.attributions import sources
from riwaya.stages.attributions.anchors import anchor
from riwaya.stages.attributions.cues import Cue
from riwaya.stages.attributions.frames import Match, framed
from riwaya.stages.attributions.page import Page
from riwaya.stages.attributions.phrases import Stretch


def headline(page: Page, cue: Cue) -> Match | None:
    """«وزير الري: السد آمن» on a line by itself."""
    start = page.paragraph(cue.start).start
    norm = page.norms[start]
    known = (start in page.mentions and page.mentions[start][1].kind != "place") or page.grammar.noun(norm) is not None
    if not (known or norm in page.speaking) or norm in page.grammar.words_by_kind["credit"]:
        return None
    source = Stretch(start, cue.start)
    if any(page.norms[i] in ",.-:" for i in range(start, cue.start)) or page.grammar.senses(norm):
        return None
    return framed(
        page, cue, ("source", "colon", "content"), source=source, opens="headline", anchor=cue.start, content=cue.stop
    )


def carried(page: Page, cue: Cue) -> Match | None:
    """«نقلت X عن Y قوله إن …»: a carrier and a source in one."""
    norms = page.norms
    stop = page.sentence(cue.start).stop
    about = next((i for i in range(cue.stop, min(stop, cue.stop + 14)) if norms[i] in ("عن", "عنه", "عنها")), None)
    if about is None or any(norms[i] in ".?!;" for i in range(cue.stop, about)):
        return None
    speaker = replace(cue, entry=replace(cue.entry, takes=("that", "quote")))
    found = anchor(page, speaker, about + 1, stop)
    if found is None:
        return None
    carrier = sources.region(page, cue.stop, about).source
    said = next((i for i in range(about + 1, found.at) if norms[i] in page.grammar.words_by_kind["said"]), None)
    source = sources.region(page, about + 1, said or found.at).source
    if source is None:
        return None
    slots = ["cue", *(["carrier"] if carrier else []), "prep", "source", *(["said"] if said else [])]
    return framed(
        page,
        cue,
        (*slots, *found.slots, "content"),
        source=source,
        said=Stretch(said, said + 1) if said else Stretch(about, about + 1),
        carrier=carrier,
        opens=found.slots[-1],
        anchor=found.at,
        content=found.content,
        skip=found.skip,
    )


def impersonal(page: Page, cue: Cue) -> Match | None:
    """«يشار إلى أن السد قديم», which nobody answers for."""
    stop = page.sentence(cue.start).stop
    if cue.joined and _goes_on_in_present(page, cue):
        return None
    found = anchor(page, cue, cue.stop, min(stop, cue.stop + 6))
    if found is None or found.at - cue.stop > 3:
        return None
    return framed(
        page,
        cue,
        ("cue", *found.slots, "content"),
        opens=found.slots[-1],
        anchor=found.at,
        content=found.content,
        skip=found.skip,
    )


def _goes_on_in_present(page: Page, cue: Cue) -> bool:
    """«ويشير التقرير إلى شقوق. ويرجح أن …»: did the sentence before report in the present too, so that it goes on?"""
    senses = page.grammar.senses(page.norms[cue.start])
    first = page.sentence(cue.first).start
    before = page.sentence(first - 1).start if first > page.paragraph(cue.first).start else first
    here = any(s.form.tense == "present" for s in senses)
    return here and any(
        s.form.tense == "present" for i in range(before, cue.first) for s in page.grammar.senses(page.norms[i])
    )
