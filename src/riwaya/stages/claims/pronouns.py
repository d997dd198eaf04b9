"""Whom «اعتقلها» and what «استعادتها» mean: the person or place named last before.

Only predicates of which `predicates.toml` says what they are done to are read so. A person is looked for in the
sentence and the few before it, and is nobody whose title is of the other gender. Where somebody speaks who is the only
person of the sentence, it is not known whether he means himself, unless a word of kinship points back («شقيقها»).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from riwaya.model import Naming, Sentence
from riwaya.stages.claims.marks import Marks

SENTENCES = 2
"""Sentences before in which somebody is looked for."""
FEMININE, MASCULINE = "ها", "ه"


def meant(marks: Marks, piece: Sequence[int], sentence: range, speaker: str | None) -> Iterator[Naming]:
    """Those whom the pronouns of a piece mean, as far as it is known."""
    for i in piece:
        verb = marks.classes[i]
        done_to = marks.known.done_to.get(verb[0]) if verb is not None else None
        if done_to is None or (ending := _pronoun(marks, i)) is None or _has_object(marks, i):
            continue
        found = _place(marks, i) if done_to == "place" else _person(marks, i, sentence, speaker, ending)
        if found is not None:
            yield found


def _pronoun(marks: Marks, i: int) -> str | None:
    ending = marks.known.pronoun(marks.norms[i])
    return ending if ending is not None and marks.written(i).endswith(ending) else None  # «سيطرة» folds to «سيطره»


def _has_object(marks: Marks, i: int) -> bool:
    """Is the pronoun who did it: «استعادته للمدينة», «سيطرتها على»?"""
    after = marks.norms[i + 1] if i + 1 < len(marks.norms) else ""
    return after == "علي" or after.startswith("لل")


def _place(marks: Marks, i: int) -> Naming | None:
    before = list(_before(marks, i, "place"))
    return next((n for n in before if not marks.follows(n.start, "locator")), None)


def _person(marks: Marks, i: int, sentence: range, speaker: str | None, ending: str) -> Naming | None:
    start = marks.starts[sentence[0]]
    fitting = [n for n in _before(marks, i, "person") if _gender(marks, n) in (None, ending)]
    inside = [n for n in fitting if n.start >= start]
    others = [n for n in inside if n.entity != speaker]
    if others:
        return others[0]
    kin = any("kin" in marks.bounds[k] and marks.written(k).endswith(ending) for k in sentence)
    return None if inside and not kin else next((n for n in fitting if n.entity != speaker), None)


def _before(marks: Marks, i: int, kind: str) -> Iterator[Naming]:
    """What is named of a kind before a word, the last first."""
    sentences = marks.reading.of(Sentence)
    at = bisect_right([s.start for s in sentences], marks.starts[i]) - 1
    first = sentences[max(0, at - SENTENCES)].start
    for naming in reversed(marks.namings[: bisect_right([n.start for n in marks.namings], marks.starts[i])]):
        if naming.start < first:
            return
        if naming.kind == kind and naming.end <= marks.starts[i]:
            yield naming


def _gender(marks: Marks, naming: Naming) -> str | None:
    """What the title before a name tells of it: «المهندسة أمل»; None without one."""
    at = bisect_right(marks.starts, naming.start) - 2
    title = marks.norms[at] if at >= 0 else ""
    if not title.removeprefix("و").startswith(("ال", "لل")) or marks.ends[at] + 1 < naming.start:
        return None
    return FEMININE if marks.written(at).endswith("ة") else MASCULINE
