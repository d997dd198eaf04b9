"""What the claims of a case say, as arrays: most claims are in no conflict, and of those nothing else is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, combinations

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from riwaya.model import Claim
from riwaya.stages.conflicts.counts import Count, counted
from riwaya.stages.conflicts.facts import BACK, Days, Said, Scenes
from riwaya.text.meetings import LOW
from riwaya.text.rows import Numbers, Rows


class Portion(Struct, frozen=True, kw_only=True):
    """Some claims, their names and words numbered among themselves."""

    ids: list[str]
    several: list[bool]
    tokens: list[str]
    kinds: list[str]
    docs: list[str]
    rows: dict[str, Rows]
    again: set[str]
    counted: set[Count]
    scenes: Scenes


def sketched(akin: Mapping[str, str], claims: Sequence[Claim]) -> Portion:
    """A portion of the claims; asked of the processes."""
    said = [Said(claim, akin) for claim in claims]
    tokens: Numbers[str] = Numbers()
    kinds: Numbers[str] = Numbers()
    docs: Numbers[str] = Numbers()
    scenes = Scenes()
    for claim in claims:
        scenes.count(claim)
    units = [{f"n:{number.unit}" for number in s.numbers} for s in said]
    # Who tells of two things done, or counts, is also met over words and not only over names.
    broad = [u if len(s.predicates) < 2 else u | _done(s) for s, u in zip(said, units, strict=True)]
    return Portion(
        ids=[claim.id for claim in claims],
        several=[len(claim.members) > 1 for claim in claims],
        rows={
            "actors": Rows.of([s.actors for s in said], tokens),
            "places": Rows.of([s.places for s in said], tokens),
            "terms": Rows.of([s.terms for s in said], tokens),
            "kinds": Rows.of([u | _done(s) for s, u in zip(said, units, strict=True)], kinds),
            "broad": Rows.of(broad, kinds),
            "deeds": Rows.of([_deeds(s) for s in said], kinds),
            "docs": Rows.of([s.docs for s in said], docs),
            "when": Rows.plain(packed(s.when) for s in said),
            "around": Rows.plain(packed(() if s.is_dated else s.around) for s in said),
            "undated": Rows.plain(() if s.is_dated else (0,) for s in said),
        },
        tokens=list(tokens),
        kinds=list(kinds),
        docs=list(docs),
        again={m.doc for claim in claims for m in claim.members if m.gist.again},
        counted={count for s in said for count in counted(s)},
        scenes=scenes,
    )


def _done(said: Said) -> set[str]:
    return {*said.families, *(f"because:{effect}" for effect in said.effect)}


def _deeds(said: Said) -> list[str]:
    """Every two things that it says were done."""
    return [f"{one}\x1f{other}" for one, other in combinations(sorted(said.families), 2)]


def packed(days: Sequence[Days]) -> list[int]:
    """Stretches of days, each as `first << 32 | last`."""
    return [first << 32 | last for first, last in dict.fromkeys(days)]


class Sketches:
    """All claims of a case in order of id, their names and words numbered in the order in which they first come."""

    def __init__(self, portions: Iterable[Portion]) -> None:
        self.ids: list[str] = []
        self.tokens: Numbers[str] = Numbers()
        self.kinds: Numbers[str] = Numbers()
        self.docs: Numbers[str] = Numbers()
        self.again: set[str] = set()
        self.counted: set[Count] = set()
        several: list[bool] = []
        scenes = Scenes()
        rows: dict[str, list[Rows]] = {}
        for portion in chain((sketched({}, ()),), portions):  # an empty one, so that a case without claims has rows too
            self.ids += portion.ids
            several += portion.several
            self.again |= portion.again
            self.counted |= portion.counted
            for doc, places in portion.scenes.counts.items():
                for place, times in places.items():
                    scenes.add(doc, place, times)
            numbers = {
                **dict.fromkeys(("actors", "places", "terms"), self.tokens.of(portion.tokens)),
                **dict.fromkeys(("kinds", "broad", "deeds"), self.kinds.of(portion.kinds)),
                "docs": self.docs.of(portion.docs),
            }
            for name, some in portion.rows.items():
                items = numbers[name][some.items] if name in numbers else some.items
                rows.setdefault(name, []).append(Rows(some.starts, items))
        self.several = np.array(several, dtype=bool)
        self.settings = scenes.settings()
        """For every document the places that it is mostly about."""
        self.rows = {name: Rows.joined(parts) for name, parts in rows.items()}

    def __len__(self) -> int:
        return len(self.ids)

    def where(self) -> Rows:
        """The places of each claim, else the first of the scene of each of its documents; as `Fact.where` has it."""
        firsts = [self.tokens.get(scene[0], -1) if (scene := self.settings.get(d)) else -1 for d in self.docs]
        places, docs = self.rows["places"], self.rows["docs"]
        scenery = Rows(docs.starts, np.array(firsts, dtype=np.int64)[docs.items])
        wanted = (np.diff(places.starts) == 0)[scenery.owners] & (scenery.items >= 0)
        return Rows.united([places, scenery.only(wanted)])

    def days(self, told: Mapping[str, Days]) -> Rows:
        """The days by which each claim is looked up, of documents told on some days; as `Fact.days` has it."""
        when, around, docs, undated = (self.rows[name] for name in ("when", "around", "docs", "undated"))
        known = np.array([told[d][0] << 32 | told[d][1] if d in told else -1 for d in self.docs], dtype=np.int64)
        on = Rows(docs.starts, known[docs.items])
        on = on.only((np.diff(undated.starts) > 0)[on.owners] & (on.items >= 0))
        far = far_back(around, on)
        return Rows.united([when.only(~far[when.owners]), around, on.only(~far[on.owners])])


def far_back(around: Rows, told: Rows) -> npt.NDArray[np.bool_]:
    """Which claims speak of days long before they were told, all of them."""
    owners, said, on = around.beside(told)
    near = np.maximum((on >> 32) - (said & LOW), (said >> 32) - (on & LOW)) <= BACK
    found = np.zeros(around.starts.size - 1, dtype=bool)
    found[owners] = True
    found[owners[near]] = False
    return found
