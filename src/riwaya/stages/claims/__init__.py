"""The claims stage: what is said, by how many documents, on the word of how many independent origins.

Documents are cut into statements (`statements.py`), which are laid out as arrays (`sketches.py`, `nodes.py`). Those
that share rare words (`candidates.py`) are compared (`pairs.py`, with weights fitted on gold) and clustered by average
link (`cluster.py`). Of each claim that is not made yet (`workshop.py`) the members are merged into origins, each merge
with its reason (`origins.py`); words that come back to where they started raise an alarm (`circularity.py`).
See docs/method/claims.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from riwaya.crowding import crowding
from riwaya.model import (
    Alarm,
    Alignment,
    Attribution,
    Claim,
    Entity,
    Mention,
    Naming,
    Packed,
    Quantity,
    Sentence,
    Stands,
    Timex,
    Zone,
)  # fmt: skip
from riwaya.stage import Corpus, across
from riwaya.stages.claims.candidates import candidates
from riwaya.stages.claims.cluster import clusters
from riwaya.stages.claims.nodes import Nodes
from riwaya.stages.claims.pairs import Comparison, Scale, weights
from riwaya.stages.claims.passages import Passages
from riwaya.stages.claims.sketches import Sketches, drawn
from riwaya.stages.claims.telling import telling
from riwaya.stages.claims.workshop import Workshop

__all__ = ["claims"]

ASKED = (Sentence, Zone, Timex, Quantity, Mention, Attribution)
"""What the statements of a document are made of."""


@across(needs=(*ASKED, Alignment, Entity, Naming), gives=(Claim, Alarm), version=18)
def claims(corpus: Corpus) -> Iterator[Claim | Alarm | Packed | Stands]:
    """The claims of the case, and the circles among their tellers."""
    told = corpus.asked(telling, ASKED, Naming)
    said = Sketches(drawn(corpus, told))
    passages = Passages(corpus.across(Alignment))
    crowd = crowding(said.scenes())
    nodes = Nodes(said, crowd)
    groups = grouped(nodes, passages, weights(corpus.lang), crowd)
    yield from Workshop(corpus, told, said, passages).of(nodes.statements(groups))


def grouped(nodes: Nodes, passages: Passages, prices: Mapping[str, float], crowd: float) -> list[list[int]]:
    """The nodes of every claim that has several."""
    scale = Scale(nodes)
    comparison = Comparison(nodes, scale, passages, crowd)
    pairs, scores = comparison.scored(candidates(nodes, scale), prices)
    return clusters(pairs, scores, comparison.apart, comparison.best)
