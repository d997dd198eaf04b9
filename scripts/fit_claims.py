"""Fits the weights of `lang/ar/claim-weights.toml` on gold claims, with cross-validation over documents.

    python scripts/fit_claims.py CASE=GOLD [CASE=GOLD …] [--write]

CASE is a built case, GOLD the folder of its gold (`claims.json`), in the form that the scorer reads. A statement that
covers half the words of a gold statement stands for it. The weights are moved one after the other, by ever smaller
steps, as long as B-cubed F1 of the clusters they make rises, averaged over the cases. Every fold of the
cross-validation fits on the statements of four fifths of the documents and judges those of the last fifth.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

import riwaya
from riwaya.engines.local import Local
from riwaya.settings import Settings
from riwaya.stage import Corpus
from riwaya.stages.claims import as_nodes, gathered
from riwaya.stages.claims.candidates import candidates
from riwaya.stages.claims.cluster import clusters
from riwaya.stages.claims.pairs import FEATURES, Scale, apart, features
from riwaya.stages.claims.statements import Statement

ROOT = Path(__file__).parents[1]
TABLE = ROOT / "src" / "riwaya" / "lang" / "ar" / "claim-weights.toml"
HEAD = """\
# What each likeness of two statements counts when they are compared, as log-odds that they are one claim.
# Fitted by scripts/fit_claims.py; every likeness lies between 0 and 1 (see stages/claims/pairs.py).
"""
START = {
    "bias": -4.0, "overlap": 5.0, "contained": 1.0, "passage": 3.0, "predicate": 0.5, "other_predicate": -0.5,
    "number": 1.5, "event": 1.5, "who": 0.5, "speaker": 0.5, "polarity": 0.0,
}  # fmt: skip
STEPS = (1.0, 0.5, 0.25)
ROUNDS = 2
FOLDS = 5
SHRINK = 0.002
"""What a unit of distance from START costs: few statements must not move a weight far."""

Truth = Mapping[int, str]


class Case:
    """The compared pairs of a case with their features, and which gold claim each statement stands for."""

    def __init__(self, path: Path, folder: Path) -> None:
        corpus = Local(1).corpus(riwaya.open(path), Settings())
        found, world, _ = gathered(corpus)
        self.docs = [s.doc for s in found]
        self.nodes = as_nodes(found)
        scale = Scale(self.nodes)
        self.pairs: list[tuple[int, int]] = []
        rows = []
        for a, b in candidates(self.nodes, scale):
            one, other = self.nodes[a], self.nodes[b]
            if not apart(one.shown, other.shown):
                self.pairs.append((a, b))
                rows.append(features(one, other, scale, world.passages.place(one.shown, other.shown)))
        self.rows = np.array(rows)
        self.truth = stands_for(found, corpus, folder)

    def never(self, a: int, b: int) -> bool:
        return apart(self.nodes[a].shown, self.nodes[b].shown) is not None

    def b_cubed(self, weights: Mapping[str, float], truth: Truth) -> float:
        scores = self.rows @ np.array([weights[name] for name in FEATURES])
        pairs = dict(zip(self.pairs, scores.tolist(), strict=True))
        found = {}
        for number, group in enumerate(clusters(len(self.nodes), pairs, self.never)):
            found |= {i: number for n in group for i in self.nodes[n].members if i in truth}
        both = Counter((truth[i], found[i]) for i in found)
        true, guessed = Counter(truth[i] for i in found), Counter(found.values())
        p = sum(both[truth[i], g] / guessed[g] for i, g in found.items()) / len(found)
        r = sum(both[truth[i], g] / true[truth[i]] for i, g in found.items()) / len(found)
        return 2 * p * r / (p + r)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="+", metavar="CASE=GOLD")
    parser.add_argument("--write", action="store_true", help="write the table")
    args = parser.parse_args()
    cases = [Case(Path(case), Path(gold)) for case, _, gold in (pair.partition("=") for pair in args.pairs)]
    whole = [case.truth for case in cases]
    print("at the start:", judged(cases, START, whole))
    weights = fit(cases, whole)
    print("fitted on all:", judged(cases, weights, whole))
    held = []
    for k in range(FOLDS):
        parts = [fold(case, k) for case in cases]
        learned = fit(cases, [inside for inside, _ in parts])
        held.append(judged(cases, learned, [outside for _, outside in parts]))
    means = [round(sum(column) / len(column), 3) for column in zip(*held, strict=True)]
    print("cross-validated over documents:", means)
    body = "".join(f"{name} = {weights[name]:.2f}\n" for name in FEATURES)
    print(body)
    if args.write:
        TABLE.write_text(f"{HEAD}\n[weights]\n{body}", encoding="utf-8")
    return 0


def judged(cases: Sequence[Case], weights: Mapping[str, float], truths: Sequence[Truth]) -> list[float]:
    return [round(case.b_cubed(weights, truth), 3) for case, truth in zip(cases, truths, strict=True) if truth]


def fit(cases: Sequence[Case], truths: Sequence[Truth]) -> dict[str, float]:
    """Coordinate ascent on mean B-cubed F1, from START."""

    def value(weights: Mapping[str, float]) -> float:
        found = [case.b_cubed(weights, truth) for case, truth in zip(cases, truths, strict=True) if truth]
        far = sum(abs(weights[name] - START[name]) for name in FEATURES)
        return sum(found) / len(found) - SHRINK * far

    weights = dict(START)
    best = value(weights)
    for step in STEPS:
        for _ in range(ROUNDS):
            for name in FEATURES:
                for move in (step, -step):
                    tried = weights | {name: weights[name] + move}
                    if (reached := value(tried)) > best + 1e-6:
                        weights, best = tried, reached
                        break
    return weights


def fold(case: Case, k: int) -> tuple[Truth, Truth]:
    held = set(sorted(set(case.docs))[k::FOLDS])
    inside = {i: c for i, c in case.truth.items() if case.docs[i] not in held}
    return inside, {i: c for i, c in case.truth.items() if case.docs[i] in held}


def stands_for(found: Sequence[Statement], corpus: Corpus, folder: Path) -> dict[int, str]:
    """For every statement that covers half of a gold statement's words the gold claim it fits best."""
    sys.path.insert(0, str(ROOT.parent / "shared" / "gold"))
    from scoring.gold import read_gold  # the scorer lies beside this project
    from scoring.pred import same_document
    from scoring.text import Span, Text

    texts = {r.doc.id: Text(r.doc.text) for r in corpus.readings()}
    wanted = [s for c in read_gold(folder).claims for s in c.statements]
    stands: dict[int, str] = {}
    for number, statement in enumerate(found):
        text, best = texts[statement.doc], (0.0, "")
        own = text.tokens(Span(statement.doc, statement.start, statement.end))
        for s in wanted:
            if same_document(statement.doc, s.pieces[0].doc):
                words = text.tokens(*(Span(statement.doc, p.start, p.end) for p in s.pieces))
                if words and 2 * len(words & own) >= len(words):
                    best = max(best, (2 * len(words & own) / (len(words) + len(own)), s.claim))
        if best[1]:
            stands[number] = best[1]
    return stands


if __name__ == "__main__":
    sys.exit(main())
