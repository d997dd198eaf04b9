"""Circles among the tellers of a claim: A cites B, and B's words are A's own.

An alarm needs two documents of one claim and a way back: the one that cites the other's outlet is of the outlet from
whose document the other took the passage.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b

from riwaya.model import Alarm, Claim
from riwaya.stages.claims.origins import World, _cites
from riwaya.stages.claims.statements import Statement


def alarms(claim: Claim, members: Sequence[Statement], world: World) -> Iterator[Alarm]:
    """The circles of one claim: `root` was copied by `copier`, whom the root's own outlet then cites as proof."""
    seen: set[tuple[str, str, str]] = set()
    for citing in members:
        for copier in members:
            if citing.doc == copier.doc or not _cites(citing, copier, world):
                continue
            for root in members:
                if root.doc in (citing.doc, copier.doc) or not _same_house(root, citing, world):
                    continue
                if not world.passages.shared(root, copier) or _before(copier, root, world):
                    continue
                key = (root.doc, copier.doc, citing.doc)
                if key not in seen:
                    seen.add(key)
                    yield _alarm(claim, key, world)


def _same_house(a: Statement, b: Statement, world: World) -> bool:
    return bool(world.outlets.get(a.doc)) and world.outlets.get(a.doc) == world.outlets.get(b.doc)


def _before(a: Statement, b: Statement, world: World) -> bool:
    return world.published.get(a.doc, "~") < world.published.get(b.doc, "~")


def _alarm(claim: Claim, documents: tuple[str, str, str], world: World) -> Alarm:
    root, copier, citing = documents
    house, other = world.outlets[root], world.outlets[copier]
    id = "A-" + blake2b("\n".join((claim.id, *documents)).encode(), digest_size=6).hexdigest()
    return Alarm(
        id=id, kind="cites-its-copier", claim=claim.id, documents=documents,
        why=f"{citing} cites {other} for what {other} took from {root}, which is {house}'s own text.",
        why_ar=f"يستشهد {citing} بما نشرته {other}، وهي أخذته من {root}، أي من نص {house} نفسها.",
    )  # fmt: skip
