"""Which keys of different documents mean the same: variants of spelling, a surname whose bearer is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping

from msgspec import Struct
from rapidfuzz.distance import Levenshtein

from riwaya.model import Reason

__all__ = ["Merge", "merges", "questions"]

SHORT = 5
"""Names shorter than this are never taken for variants of each other."""
HEARD = str.maketrans(dict.fromkeys("اويءه", "") | {"غ": "ج", "ك": "ج", "ق": "ج", "ط": "ت", "ص": "س", "ز": "س"})
"""Vowels fall out, consonants that stand for one foreign sound become one."""

Gap = tuple[int, tuple[str, ...], tuple[str, ...], str]


class Merge(Struct, frozen=True):
    """Two keys that mean the same, and why."""

    key: str
    into: str
    reason: Reason


def merges(counts: Mapping[str, int], known: Container[str] = ()) -> list[Merge]:
    """The merges among the keys of a case; `counts` says how often each is mentioned, `known` are names of tables."""
    persons = {tuple(key.removeprefix("person:").split()): key for key in counts if key.startswith("person:")}
    return [
        *_variants(persons, counts, known),
        *_surnames(persons),
        *_misspelled(counts),
        *_unlocated(counts),
        *_homeless(counts),
    ]


def _unlocated(counts: Mapping[str, int]) -> Iterable[Merge]:
    """Unlisted places of one name of which no document says where they lie: in one case they are the same.

    They are also the one of which a document says that it lies near what another is mostly about.
    """
    by_name: dict[str, list[str]] = defaultdict(list)
    located: dict[str, list[str]] = defaultdict(list)
    for key in counts:
        if key.startswith("place:") and "@" in key:
            (by_name if "@~" in key else located)[key.split("@")[0]].append(key)
    for name, keys in by_name.items():
        keys.sort(key=lambda key: (-counts[key], key))
        if len(said := located[name]) == 1 and said[0].replace("@", "@~") in keys:
            near = said[0].split("@")[1]
            yield Merge(keys[0], said[0], Reason(kind="name", detail=f"beside «{near}» in both", weight=0.6))
        for key in keys[1:]:
            detail = f"«{key[6:].split('@')[0]}» of several documents"
            yield Merge(key, keys[0], Reason(kind="name", detail=detail, weight=0.6))


def _homeless(counts: Mapping[str, int]) -> Iterable[Merge]:
    """Bodies of one name of which no document says whose they are: in one case they are the same.

    Where the case knows the body of one country, it is that one; where it knows those of several, they stay apart.
    """
    by_name: dict[str, list[str]] = defaultdict(list)
    for key in counts:
        if key.startswith("body:") and "@" in key:
            by_name[key.split("@")[0]].append(key)
    for name, keys in by_name.items():
        homes = [key for key in keys if _country(key)]
        unsaid = sorted((k for k in keys if not _country(k)), key=lambda k: (-counts[k], k))
        if len(homes) > 1 or not unsaid:
            continue
        into = homes[0] if homes else unsaid[0]
        for key in unsaid:
            if key != into and (not homes or "@~" in key):
                detail = f"«{name.removeprefix('body:')}» of several documents, none of which says whose it is"
                yield Merge(key, into, Reason(kind="name", detail=detail, weight=0.6))


def _country(key: str) -> bool:
    """Does a key end in the code of a country?"""
    home = key.split("@")[1]
    return len(home) == 2 and home.isascii() and home.isupper()


def _misspelled(counts: Mapping[str, int]) -> Iterable[Merge]:
    """Unlisted places beside one anchor that differ by one letter."""
    by_anchor: dict[str, list[str]] = defaultdict(list)
    for key in counts:
        if key.startswith("place:") and "@" in key:
            by_anchor[key.split("@")[1]].append(key)
    for keys in by_anchor.values():
        keys.sort(key=lambda key: (-counts[key], key))
        for i, key in enumerate(keys):
            into = next((k for k in keys[:i] if _slip(key.split("@")[0], k.split("@")[0])), None)
            if into is not None:
                yield Merge(key, into, Reason(kind="spelling", detail=f"«{key[6:]}» / «{into[6:]}»", weight=0.7))


def _slip(a: str, b: str) -> bool:
    return min(len(a), len(b)) >= SHORT + 8 and Levenshtein.distance(a, b) == 1


def _variants(
    persons: Mapping[tuple[str, ...], str], counts: Mapping[str, int], known: Container[str]
) -> Iterable[Merge]:
    """Full names of the same length that differ by a letter or two in one part: «خوداريونوك», «خودارينوك»."""
    by_first: dict[tuple[int, str], list[tuple[str, ...]]] = defaultdict(list)
    for name in persons:
        if len(name) > 1:
            by_first[len(name), name[0]].append(name)
            by_first[len(name), name[-1]].append(name)
    alike: dict[Gap, list[tuple[str, ...]]] = defaultdict(list)
    for name in persons:
        for gap in _gaps(name):
            alike[gap].append(name)
    place = {name: number for number, name in enumerate(persons)}
    done: set[tuple[str, ...]] = set()
    for (_, part), names in by_first.items():
        for name in sorted(names, key=lambda n: (-counts[persons[n]], n)):
            near = {other for gap in _gaps(name) for other in alike[gap] if part in (other[0], other[-1])}
            for other in sorted(near, key=place.__getitem__):
                if other in done or other == name or name in done or not _variant(name, other, known):
                    continue
                if (counts[persons[other]], other) < (counts[persons[name]], name):
                    done.add(other)
                    detail = f"«{' '.join(other)}» / «{' '.join(name)}»"
                    yield Merge(persons[other], persons[name], Reason(kind="spelling", detail=detail, weight=0.8))


def _gaps(name: tuple[str, ...]) -> list[Gap]:
    """A name with each part in turn as it is heard, and with its letters in order: variants share one of these."""
    heard = [(part.translate(HEARD), "".join(sorted(part))) for part in name]
    return [(i, name[:i], name[i + 1 :], some) for i, likes in enumerate(heard) for some in likes]


def _variant(a: tuple[str, ...], b: tuple[str, ...], known: Container[str]) -> bool:
    """Do two names differ in one part only, and there as two spellings of one foreign name do?

    Two Arabic family names may differ by a letter and be two («الشهري», «الشمري»): parts with the article, and parts
    that the tables know as names, are never variants. Foreign names are heard differently: vowels long or short,
    g as «غ», «ج» or «ك», two letters that changed places.
    """
    differing = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    if len(differing) != 1:
        return False
    x, y = differing[0]
    if min(len(x), len(y)) < SHORT or x.startswith("ال") or y.startswith("ال") or (x in known and y in known):
        return False
    consonants, others = x.translate(HEARD), y.translate(HEARD)
    if len(consonants) < 3 or Levenshtein.distance(x, y) > 2:
        return False
    return consonants == others or sorted(x) == sorted(y)


def _surnames(persons: Mapping[tuple[str, ...], str]) -> Iterable[Merge]:
    """A surname without a first name means the one bearer that the case knows."""
    bearers: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for name in persons:
        if len(name) > 1:
            bearers[name[-1]].append(name)
    for name, key in persons.items():
        if len(name) == 1 and len(bearers.get(name[0], ())) == 1:
            full = bearers[name[0]][0]
            reason = Reason(kind="surname", detail=f"only «{' '.join(full)}» bears it in this case", weight=0.6)
            yield Merge(key, persons[full], reason)


def questions(keys: Iterable[str]) -> dict[str, list[Reason]]:
    """What an analyst should decide: namesakes that the rules left apart."""
    keys = set(keys)
    asked: dict[str, list[Reason]] = defaultdict(list)
    persons = [tuple(key.removeprefix("person:").split()) for key in keys if key.startswith("person:")]
    bearers: dict[str, list[str]] = defaultdict(list)
    for person in persons:
        if len(person) > 1:
            bearers[person[-1]].append(" ".join(person))
    for (name,) in (words for words in persons if len(words) == 1):
        if len(full := sorted(bearers.get(name, ()))) > 1:
            detail = f"«{name}» may be " + " or ".join(f"«{f}»" for f in full)
            asked[f"person:{name}"].append(Reason(kind="question", detail=detail, weight=0.0))
    places: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        if key.startswith("place:") and "@" in key:
            places[key.removeprefix("place:").split("@")[0]].append(key)
    for name, namesakes in places.items():
        near = {key: key.split("@")[1].removeprefix("~") for key in namesakes}
        for key in namesakes:
            for other in sorted(set(namesakes) - {key}):
                detail = f"is «{name}» near «{near[key]}» the one near «{near[other]}»?"
                asked[key].append(Reason(kind="question", detail=detail, weight=0.0))
    for seat in keys:
        if seat.endswith("#capital"):
            detail = "the city, or the government that sits there?"
            asked[seat].append(Reason(kind="question", detail=detail, weight=0.0))
    return asked
