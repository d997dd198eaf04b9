"""Fits the weights of `lang/ar/claim-weights.toml` on gold claims, with cross-validation over documents.

    python scripts/fit_claims.py CASE=GOLD [CASE=GOLD …] [--write]

CASE is a case that this version built with default settings, GOLD the folder of its gold (`claims.json`), in the form
that the scorer reads. The aim is the scorer's own: B-cubed F1 of the claims, and half of the share of claims whose
independent origins are counted right, averaged over the cases. The weights are moved one after the other, by ever
smaller steps, as long as the aim rises; what they move away from the start costs a little, because a few hundred
statements must not move a weight far. Every fold of the cross-validation fits on the statements of four fifths of the
documents and judges those of the last fifth.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from pathlib import Path
from typing import Any

import riwaya
from riwaya.crowding import crowding
from riwaya.engines.local import Local
from riwaya.lang.ar import arabic
from riwaya.model import Alignment, Naming
from riwaya.pipeline import STAGES, recipes
from riwaya.settings import Settings
from riwaya.stages.claims import ASKED
from riwaya.stages.claims.candidates import candidates
from riwaya.stages.claims.cluster import clusters
from riwaya.stages.claims.nodes import Nodes
from riwaya.stages.claims.origins import origins
from riwaya.stages.claims.pairs import FEATURES, Comparison, Scale, priced, weights
from riwaya.stages.claims.passages import Passages
from riwaya.stages.claims.sketches import Sketches, drawn
from riwaya.stages.claims.telling import telling
from riwaya.stages.claims.workshop import Workshop
from riwaya.text.meetings import LOW

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT.parent / "shared" / "gold"))
from scoring.claims import match_members  # noqa: E402  the scorer lies beside this project
from scoring.gold import read_gold  # noqa: E402
from scoring.pred import same_document  # noqa: E402
from scoring.tally import b_cubed  # noqa: E402
from scoring.text import Span, Text  # noqa: E402

TABLE = ROOT / "src" / "riwaya" / "lang" / "ar" / "claim-weights.toml"
HEAD = """\
# What each likeness of two statements counts when they are compared, as log-odds that they are one claim.
# Fitted by scripts/fit_claims.py; every likeness lies between 0 and 1 (see stages/claims/pairs.py). `stray` and `many`
# are 0 in the cases that it is fitted on, which tell of few happenings; they were set by reading claims of a month of
# newspapers.
"""
STEPS = (3.0, 1.5, 1.0, 0.5, 0.25)
ROUNDS = 2
FOLDS = 5
SHRINK = 0.002
"""What a unit of distance from the start costs."""
ORIGINS = 0.5
"""What origins count beside B-cubed."""


class Texts:
    """The texts of the gold's documents, as the scorer asks for them."""

    def __init__(self, texts: Mapping[str, Text]) -> None:
        self.texts = texts

    def text(self, doc: str) -> Text:
        return self.texts[doc]


class Case:
    """The compared pairs of a case with their features, and its gold."""

    def __init__(self, path: Path, folder: Path) -> None:
        settings = Settings()
        own = recipes(settings, arabic, STAGES)["claims"]  # what the build keeps of each document is read
        corpus = Local(1).corpus(riwaya.open(path), settings, own)
        told = corpus.asked(telling, ASKED, Naming)
        said, passages = Sketches(drawn(corpus, told)), Passages(corpus.across(Alignment))
        self.found = [statement for one in told.of(corpus.ids()) for statement in one.statements]
        self.world = Workshop(corpus, told, said, passages).world
        crowd = crowding(said.scenes())
        self.nodes = Nodes(said, crowd)
        scale = Scale(self.nodes)
        self.comparison = Comparison(self.nodes, scale, passages, crowd)
        pairs = candidates(self.nodes, scale)
        self.pairs = pairs[~self.comparison.apart(pairs >> 32, pairs & LOW)]
        self.rows = self.comparison.features(self.pairs >> 32, self.pairs & LOW)
        self.gold = read_gold(folder)
        texts = {r.doc.id: Text(r.doc.text) for r in corpus.readings()}
        self.doc = {d: g for d in texts for g in self.gold.docs if same_document(d, g)}
        self.texts = Texts({self.doc[d]: text for d, text in texts.items() if d in self.doc})

    def judged(self, prices: Mapping[str, float], docs: Set[str] | None = None) -> tuple[float, float] | None:
        """B-cubed F1 and the share of right origin counts, over the statements of some documents; None without any."""
        scores = priced(self.rows, prices)
        groups = clusters(self.pairs, scores, self.comparison.apart, self.comparison.best)
        rows = self.nodes.statements(groups)
        claims = [[self.found[i] for i in rows.items[a:b]] for a, b in zip(rows.starts, rows.starts[1:], strict=False)]
        members: list[Any] = [
            (k, {"stance": s.stance}, Span(self.doc[s.doc], s.start, s.end))
            for k, claim in enumerate(claims)
            for s in claim
            if s.doc in self.doc
        ]
        wanted = [s for c in self.gold.claims for s in c.statements if docs is None or s.pieces[0].doc in docs]
        if not wanted:
            return None
        matched = match_members(self.texts, wanted, members)
        found = {s: member[0] for s, member in matched.items()}
        _, _, f = b_cubed({s.id: s.claim for s in wanted}, found)
        right = []
        for claim in self.gold.claims if docs is None else ():
            best = Counter(found[s.id] for s in claim.statements if s.id in found).most_common(1)
            if claim.documents > 1:
                inside = sorted(claims[best[0][0]], key=lambda s: (s.doc, s.start)) if best else []
                right.append(len(origins(inside, self.world)) == claim.origins)
        return f, sum(right) / len(right) if right else 0.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="+", metavar="CASE=GOLD")
    parser.add_argument("--write", action="store_true", help="write the table")
    args = parser.parse_args()
    cases = [Case(Path(case), Path(gold)) for case, _, gold in (pair.partition("=") for pair in args.pairs)]
    start = dict(weights(arabic))
    print("as the table stands:", shown(cases, start, None))
    fitted = fit(cases, start, None)
    print("fitted on all:", shown(cases, fitted, None))
    held = []
    for k in range(FOLDS):
        outside = [set(sorted(case.texts.texts)[k::FOLDS]) for case in cases]
        inside = [set(case.texts.texts) - out for case, out in zip(cases, outside, strict=True)]
        held.append(shown(cases, fit(cases, start, inside), outside))
    print("B-cubed of the documents held out, fold by fold:", *(f"\n  {row}" for row in held))
    body = "".join(f"{name} = {fitted[name]:.2f}\n" for name in FEATURES)
    print(body)
    if args.write:
        TABLE.write_text(f"{HEAD}\n[weights]\n{body}", encoding="utf-8")
    return 0


def shown(
    cases: Sequence[Case], prices: Mapping[str, float], docs: Sequence[Set[str]] | None
) -> list[tuple[float, ...] | None]:
    found = (case.judged(prices, docs[i] if docs else None) for i, case in enumerate(cases))
    return [tuple(round(x, 3) for x in figures) if figures else None for figures in found]


def fit(cases: Sequence[Case], start: Mapping[str, float], docs: Sequence[Set[str]] | None) -> dict[str, float]:
    """Coordinate ascent from the start."""

    def value(prices: Mapping[str, float]) -> float:
        found = [f for i, case in enumerate(cases) if (f := case.judged(prices, docs[i] if docs else None))]
        far = sum(abs(prices[name] - start[name]) for name in FEATURES)
        return sum(f + ORIGINS * o for f, o in found) / len(found) - SHRINK * far

    prices = dict(start)
    best = value(prices)
    for step in STEPS:
        for _ in range(ROUNDS):
            for name in FEATURES:
                for move in (step, -step):
                    tried = prices | {name: prices[name] + move}
                    if (reached := value(tried)) > best + 1e-6:
                        prices, best = tried, reached
                        break
    return prices


if __name__ == "__main__":
    sys.exit(main())
