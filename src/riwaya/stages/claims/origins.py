"""Origins: which members of a claim go back to one teller, and why.

Two members are merged when one of these holds; each merge keeps its reason:

    same-passage    both lie in one passage that the reuse stage found, or are word for word the same
    same-speaker    both quote one named person or body, in the same or a shorter name
    same-unnamed    both quote an unnamed source, in one document or in two that share a passage
    same-body       one quotes the body that the other's speaker speaks for
    same-agency     both are an outlet's own words, credited to one agency
    same-outlet     both are one outlet's own words
    same-papers     both rest on the same document («التقرير»)
    carrier         the speaker of one is the paper through which the other's speaker came
    cites           one names the outlet in whose document the other stands
    repeats         a title, caption or pull-quote repeats its document
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache

from riwaya.model import Hop, Origin, Reason
from riwaya.stages.claims.passages import Passages
from riwaya.stages.claims.statements import Statement

WEIGHTS = {
    "same-passage": 1.0, "same-speaker": 1.0, "repeats": 1.0, "same-body": 0.9, "same-agency": 0.9, "same-outlet": 0.9,
    "carrier": 0.9, "same-unnamed": 0.8, "same-papers": 0.8, "cites": 0.8,
}  # fmt: skip
"""How much each kind of merge is trusted."""
SURE = 2
"""Words that two names must share to be one across documents."""
WHOLE = 6
"""Equal statements with so many terms are one text; shorter ones can be worded alike by chance."""
MOST_REASONS = 12

Link = tuple[int, int, str]


class World:
    """What is known of the case when origins are told apart."""

    def __init__(
        self,
        passages: Passages,
        outlets: Mapping[str, str],
        published: Mapping[str, str],
        bodies: Mapping[str, set[str]],
        fold: Callable[[str], str],
    ) -> None:
        self.passages, self.outlets, self.published, self.bodies = passages, outlets, published, bodies
        self.fold = cache(fold)  # a few thousand names are asked for millions of times

    def named(self, hops: Iterable[Hop]) -> set[str]:
        return {self.fold(hop.name) for hop in hops}


def links(members: Sequence[Statement], world: World) -> list[Link]:
    """The merges of a claim's members: for every kind of reason a forest that spans what it joins."""
    found: list[Link] = []
    for kind, pairs in _pairs(members, world).items():
        parent = list(range(len(members)))
        for a, b in sorted(pairs):
            if _root(parent, a) != _root(parent, b):
                parent[_root(parent, b)] = _root(parent, a)
                found.append((a, b, kind))
    return found


def _pairs(members: Sequence[Statement], world: World) -> dict[str, list[tuple[int, int]]]:
    pairs: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for i, a in enumerate(members):
        for j in range(i + 1, len(members)):
            for kind in _kinds(a, members[j], world):
                pairs[kind].append((i, j))
    return pairs


def _kinds(a: Statement, b: Statement, world: World) -> Iterator[str]:
    if a.stands_against(b) and not (a.reported and b.reported and a.speaker == b.speaker):
        return  # who denies it is not who says it
    if a.doc != b.doc and (world.passages.shared(a, b) or (a.tokens == b.tokens and len(a.tokens) >= WHOLE)):
        yield "same-passage"
    if a.reported and b.reported:
        if "anonymous" in (a.speaker_kind, b.speaker_kind):
            if a.speaker_kind == b.speaker_kind and _named_alike(a, b, 1) and _near(a, b, world):
                yield "same-unnamed"
        elif "document" == a.speaker_kind == b.speaker_kind:
            if a.speaker == b.speaker or a.speaker_words & b.speaker_words:
                yield "same-papers"
        elif a.speaker == b.speaker or (
            "document" not in (a.speaker_kind, b.speaker_kind) and _named_alike(a, b, 1 if a.doc == b.doc else SURE)
        ):
            yield "same-speaker"
        elif _speaks_for(a, b, world) or _speaks_for(b, a, world) or _one_body(a, b, world):
            yield "same-body"
        if _is_carrier(a, b, world) or _is_carrier(b, a, world):
            yield "carrier"
    elif not a.reported and not b.reported:
        if a.doc == b.doc or (world.outlets.get(a.doc) and world.outlets.get(a.doc) == world.outlets.get(b.doc)):
            yield "same-outlet"
        if {h.name for h in a.chain if h.kind == "agency"} & {h.name for h in b.chain if h.kind == "agency"}:
            yield "same-agency"
    elif _says_again(a, b, world) or _says_again(b, a, world):
        yield "same-outlet"
    if a.doc == b.doc and a.echo != b.echo:
        yield "repeats"
    if a.doc != b.doc and (_cites(a, b, world) or _cites(b, a, world)):
        yield "cites"


def _named_alike(a: Statement, b: Statement, least: int) -> bool:
    """Is one speaker's name part of the other's, by so many words?"""
    one, other = sorted((a.speaker_words, b.speaker_words), key=len)
    return len(one) >= least and one <= other


def _near(a: Statement, b: Statement, world: World) -> bool:
    """Do both stand in one document, or in two that share a passage?"""
    return a.doc == b.doc or (a.doc, b.doc) in world.passages.by_pair


def _speaks_for(a: Statement, b: Statement, world: World) -> bool:
    """Is b's speaker the body of a's?"""
    return b.speaker in world.bodies.get(a.speaker or "", ())


def _one_body(a: Statement, b: Statement, world: World) -> bool:
    return bool(world.bodies.get(a.speaker or "", set()) & world.bodies.get(b.speaker or "", set()))


def _is_carrier(a: Statement, b: Statement, world: World) -> bool:
    """Did b's word come through a's speaker, in the same text or out of his papers?"""
    return (
        (a.doc == b.doc or b.speaker_kind == "document")
        and bool(a.chain)
        and world.fold(a.chain[-1].name) in world.named(b.chain[:-1])
    )


def _says_again(a: Statement, b: Statement, world: World) -> bool:
    """Does an outlet say itself what it told before on somebody's word?"""
    return (
        not a.reported
        and b.reported
        and bool(world.outlets.get(a.doc))
        and world.outlets.get(a.doc) == world.outlets.get(b.doc)
        and world.published.get(b.doc, "~")[:10] < world.published.get(a.doc, "")[:10]
    )


def _cites(a: Statement, b: Statement, world: World) -> bool:
    """Does a name the outlet of b's document, which is not its own, as a carrier or source?"""
    outlet = world.outlets.get(b.doc)
    if (
        not outlet
        or outlet == world.outlets.get(a.doc)
        or world.published.get(b.doc, "") > world.published.get(a.doc, "~")
    ):
        return False
    told = [hop for hop in a.chain if hop.hop not in ("outlet", "dateline", "byline")]
    return any(world.fold(outlet) in world.fold(hop.name) for hop in told)


def _root(parent: list[int], i: int) -> int:
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


def grouped(size: int, found: Iterable[tuple[int, int, str]]) -> list[list[int]]:
    """The members of each origin, by the merges.

    >>> grouped(3, [(0, 2, "same-speaker")])
    [[0, 2], [1]]
    """
    parent = list(range(size))
    for a, b, _ in found:
        ra, rb = _root(parent, a), _root(parent, b)
        parent[max(ra, rb)] = min(ra, rb)
    groups: dict[int, list[int]] = defaultdict(list)
    for i in range(size):
        groups[_root(parent, i)].append(i)
    return [groups[root] for root in sorted(groups)]


def origins(members: Sequence[Statement], world: World) -> list[Origin]:
    """The independent origins of a claim, in the order of their first members."""
    found = links(members, world)
    made = []
    for number, group in enumerate(grouped(len(members), found), 1):
        inside = tuple(link for link in found if link[0] in group)
        label, kind = _label([members[i] for i in group], world)
        made.append(
            Origin(
                id=f"o{number}",
                label=label,
                kind=kind,
                members=tuple(group),
                reasons=tuple(_reason(link, members) for link in inside[:MOST_REASONS]),
                links=inside,
            )
        )
    return made


def alone(member: Statement, world: World) -> Origin:
    """The origin of a claim of one statement."""
    label, kind = _label([member], world)
    return Origin(id="o1", label=label, kind=kind, members=(0,))


def _reason(link: Link, members: Sequence[Statement]) -> Reason:
    a, b, kind = link
    words = {
        "same-passage": "the words are those of one passage",
        "same-speaker": "both quote the same speaker",
        "same-unnamed": "both quote the same unnamed source, and the texts share a passage",
        "same-body": "the speaker of one speaks for the other's",
        "same-agency": "both credit the same agency",
        "same-outlet": "both are the word of one outlet",
        "same-papers": "both rest on the same papers",
        "carrier": "the word of one came through the other's speaker",
        "cites": "one names the other's outlet as where it has it from",
        "repeats": "a title, caption or pull-quote repeats its text",
    }
    return Reason(kind=kind, detail=f"{members[a].doc} and {members[b].doc}: {words[kind]}", weight=WEIGHTS[kind])


def _label(group: Sequence[Statement], world: World) -> tuple[str, str]:
    """The name of an origin: its speaker, before an outlet that only tells."""
    reported = [s for s in group if s.reported and s.chain]
    if reported:
        first = min(
            reported, key=lambda s: (s.speaker_kind == "anonymous", world.published.get(s.doc, "~"), s.doc, s.start)
        )
        return " ".join(first.chain[-1].name.split()), first.speaker_kind or "unknown"
    first = min(group, key=lambda s: (world.published.get(s.doc, "~"), s.doc, s.start))
    agency = next((hop for hop in first.chain if hop.kind == "agency"), None)
    if agency is not None:
        return agency.name, "agency"
    return world.outlets.get(first.doc) or first.doc, "outlet"
