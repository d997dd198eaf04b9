"""What stands when a teller is left out: a claim's origins counted again.

Works on the nouns alone, for the command line and the pages: `riwaya claim CASE ID --without …`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from riwaya.errors import InvalidInput
from riwaya.model import Claim, Conflict, teller

__all__ = ["REASONS", "Count", "hardest", "inflated", "recount"]

REASONS = (
    "same-passage", "same-speaker", "same-unnamed", "same-body", "same-agency", "same-outlet", "same-papers", "carrier",
    "cites", "repeats",
)  # fmt: skip
"""The kinds of reason for which members are merged; see docs/method/claims.md."""


class Count(Struct, frozen=True, kw_only=True):
    """How many documents and origins stand, and the members of each origin."""

    documents: int
    origins: tuple[tuple[int, ...], ...]


def recount(
    claim: Claim,
    *,
    without_origin: str | None = None,
    without_outlet: str | None = None,
    without_reason: str | None = None,
    outlets: Mapping[str, str] | None = None,
) -> Count:
    """Counts a claim's documents and origins again, without an origin, an outlet or a kind of reason.

    >>> from riwaya.model import Member, Origin
    >>> told = [Member(doc=d, start=0, end=9, stance="asserts", origin="o1") for d in "ab"]
    >>> one = Origin(id="o1", label="الوزارة", kind="organisation", members=(0, 1), links=((0, 1, "same-speaker"),))
    >>> claim = Claim(id="C", statement="", members=tuple(told), documents=2, origins=(one,))
    >>> len(recount(claim).origins), len(recount(claim, without_reason="same-speaker").origins)
    (1, 2)
    >>> recount(claim, without_outlet="الراية", outlets={"a": "الراية"}).documents
    1

    `outlets` gives the outlet of each document. Raises InvalidInput for an origin or reason that there is not.
    """
    if without_origin is not None and without_origin not in {o.id for o in claim.origins}:
        there = ", ".join(o.id for o in claim.origins)
        raise InvalidInput(f"The claim {claim.id} has no origin {without_origin!r}; it has {there}.")
    if without_reason is not None and without_reason not in REASONS:
        raise InvalidInput(f"There is no reason {without_reason!r}; there are {', '.join(REASONS)}.")

    def stays(number: int) -> bool:
        member = claim.members[number]
        outlet = (outlets or {}).get(member.doc)
        return member.origin != without_origin and (without_outlet is None or outlet != without_outlet)

    kept = [number for number in range(len(claim.members)) if stays(number)]
    links = [link[:2] for o in claim.origins for link in o.links if link[2] != without_reason]
    return Count(
        documents=len({claim.members[number].doc for number in kept}),
        origins=tuple(_grouped(kept, links, stays)),
    )


def _grouped(
    kept: Iterable[int], links: Iterable[tuple[int, int]], stays: Callable[[int], bool]
) -> Iterable[tuple[int, ...]]:
    """Members joined by links; one who is left out joins nobody."""
    groups: dict[int, set[int]] = {number: {number} for number in kept}
    for a, b in links:
        if stays(a) and stays(b) and groups[a] is not groups[b]:
            groups[a] |= groups[b]
            for number in groups[b]:
                groups[number] = groups[a]
    seen: set[int] = set()
    for number in groups:
        if number not in seen:
            seen |= groups[number]
            yield tuple(sorted(groups[number]))


def hardest(conflicts: Iterable[Conflict]) -> list[Conflict]:
    """Hard conflicts first; then those whose sides say most alike, by halves; then those that most documents tell."""

    def weight(conflict: Conflict) -> tuple[str, int, int, int, str, str]:
        documents = [len({m.doc for m in side.members}) for side in conflict.sides]
        alike = round(2 * conflict.likeness)
        return conflict.severity, -alike, -min(documents, default=0), -sum(documents), conflict.kind, conflict.id

    return sorted(conflicts, key=weight)


def inflated(claims: Iterable[Claim]) -> list[Claim]:
    """Claims with the most tellers for each origin first: where support looks larger than it is.

    A teller is an outlet, or a document of none that is known: what one outlet repeats is no support by many.
    """

    def weight(claim: Claim) -> tuple[int, int, int, str]:
        tellers = {teller(m.doc, m.chain) for m in claim.members}
        origins = len(claim.origins)
        return origins - len(tellers), origins - claim.documents, origins, claim.id

    return sorted(claims, key=weight)
