"""What the claims of a case say, as arrays: most claims are in no conflict, and of those nothing else is looked at."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from functools import partial
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from riwaya.model import Claim
from riwaya.stage import Corpus
from riwaya.stages.conflicts.counts import Count, counted
from riwaya.stages.conflicts.facts import BACK, Days, Said, settings
from riwaya.text import columns
from riwaya.text.meetings import LOW
from riwaya.text.rows import Numbers, Rows

NAMED = {
    **dict.fromkeys(("actors", "places", "terms"), "tokens"),
    **dict.fromkeys(("kinds", "broad", "deeds"), "kinds"),
    **dict.fromkeys(("docs", "again"), "docs"),
    "counted": "counts",
    "scenes": "scenes",
}
"""Rows whose numbers are those of names; the others stand for themselves."""
FEW = 20_000
"""Claims that are not worth asking other processes."""


class Names(Struct, frozen=True):
    """What the numbers in some rows stand for."""

    tokens: list[str]
    kinds: list[str]
    docs: list[str]
    counts: list[Count]
    scenes: list[tuple[str, str]]
    """Documents with a place that they name."""


class Portion(Struct, frozen=True, kw_only=True):
    """Some claims, their names and words numbered among themselves."""

    ids: list[str]
    several: npt.NDArray[np.bool_]
    names: Names
    rows: dict[str, Rows]

    @classmethod
    def joined(cls, parts: Iterable[Portion], only: Container[str] | None = None) -> Portion:
        """Portions as one in order of id, with those claims only that are named."""
        some = list(parts)
        names, rows = columns.joined(Names, [(part.names, part.rows) for part in some], NAMED)
        ids = [id for part in some for id in part.ids]
        kept = (n for n, id in enumerate(ids) if only is None or id in only)
        order = np.array(sorted(kept, key=ids.__getitem__), dtype=np.int64)
        names, rows = columns.used(names, {name: row.of_nodes(order) for name, row in rows.items()}, NAMED)
        several = np.concatenate([part.several for part in some])[order]
        return cls(ids=[ids[n] for n in order.tolist()], several=several, names=names, rows=rows)


def sketched(akin: Mapping[str, str], claims: Sequence[Claim]) -> Portion:
    """A portion of the claims; asked of the processes."""
    said = [Said(claim, akin) for claim in claims]
    known: dict[str, Numbers[Any]] = {name: Numbers() for name in Names.__struct_fields__}
    units = [{f"n:{number.unit}" for number in s.numbers} for s in said]
    # Who tells of two things done, or counts, is also met over words and not only over names.
    broad = [u if len(s.predicates) < 2 else u | _done(s) for s, u in zip(said, units, strict=True)]
    sets: dict[str, Iterable[Collection[Any]]] = {
        "actors": [s.actors for s in said],
        "places": [s.places for s in said],
        "terms": [s.terms for s in said],
        "kinds": [u | _done(s) for s, u in zip(said, units, strict=True)],
        "broad": broad,
        "deeds": [_deeds(s) for s in said],
        "docs": [s.docs for s in said],
        "again": [{m.doc for m in claim.members if m.gist.again} for claim in claims],
        "counted": [set(counted(s)) for s in said],
        "scenes": [[(m.doc, place) for m in claim.members for place in m.gist.places] for claim in claims],
    }
    return Portion(
        ids=[claim.id for claim in claims],
        several=np.array([len(claim.members) > 1 for claim in claims], dtype=bool),
        rows={
            **{name: Rows.of(some, known[NAMED[name]]) for name, some in sets.items()},
            "when": Rows.plain(packed(s.when) for s in said),
            "around": Rows.plain(packed(() if s.is_dated else s.around) for s in said),
            "undated": Rows.plain(() if s.is_dated else (0,) for s in said),
        },
        names=Names(*map(list, known.values())),
    )


class Album(Struct, frozen=True):
    """The sketches of a case, kept until claims change: as bytes, with a digest of each claim."""

    versions: dict[str, bytes]
    ids: list[str]
    several: bytes
    names: Names
    rows: dict[str, tuple[bytes, bytes]]

    @classmethod
    def of(cls, versions: dict[str, bytes], portion: Portion) -> Album:
        return cls(versions, portion.ids, portion.several.tobytes(), portion.names, columns.packed(portion.rows))

    @property
    def portion(self) -> Portion:
        several, rows = np.frombuffer(self.several, np.bool_), columns.unpacked(self.rows)
        return Portion(ids=self.ids, several=several, names=self.names, rows=rows)


def drawn(corpus: Corpus, akin: Mapping[str, str]) -> Album:
    """The sketches of all claims; those of claims that stand as they were are taken from the last run."""
    versions = corpus.versions(Claim)
    sketch = partial(sketched, akin)
    before = corpus.noted(Album)
    known = before.versions if before else {}
    stay = {id for id, version in versions.items() if known.get(id) == version}
    if before is None or len(versions) - len(stay) > FEW:
        album = Album.of(versions, Portion.joined([sketched(akin, ()), *corpus.portions(sketch, Claim)]))
    elif len(stay) == len(known) == len(versions):
        album = before
    else:
        old = Portion.joined([before.portion], stay)
        new = sketched(akin, list(corpus.across(Claim, versions.keys() - stay)))
        album = Album.of(versions, Portion.joined([old, new]))
    corpus.note(album)
    return album


def _done(said: Said) -> set[str]:
    return {*said.families, *(f"because:{effect}" for effect in said.effect)}


def _deeds(said: Said) -> list[str]:
    """Every two things that it says were done."""
    return [f"{one}\x1f{other}" for one, other in combinations(sorted(said.families), 2)]


def packed(days: Sequence[Days]) -> list[int]:
    """Stretches of days, each as `first << 32 | last`."""
    return [first << 32 | last for first, last in dict.fromkeys(days)]


class Sketches:
    """All claims of a case in order of id."""

    def __init__(self, album: Album) -> None:
        portion = album.portion
        self.ids, self.several, self.rows, self.versions = portion.ids, portion.several, portion.rows, album.versions
        names = portion.names
        self.tokens = {token: number for number, token in enumerate(names.tokens)}
        self.docs = {doc: number for number, doc in enumerate(names.docs)}
        self.again = {names.docs[n] for n in self.rows["again"].items.tolist()}
        self.counted = set(names.counts)
        times = np.bincount(self.rows["scenes"].items, minlength=len(names.scenes))
        self.settings = settings(zip(names.scenes, times.tolist(), strict=True))
        """For every document the places that it is mostly about."""

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
