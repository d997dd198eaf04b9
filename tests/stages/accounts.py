"""Small cases built through all stages, for the tests of claims and conflicts."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import riwaya
from riwaya.model import Alarm, Claim, Conflict, Event


class Told:
    """What the stages made of a few texts."""

    def __init__(self, folder: Path, docs: Sequence[dict[str, Any]], names: Sequence[str] | None = None) -> None:
        texts = folder / "texts"
        texts.mkdir(parents=True)
        names = names or [f"{number:02}.txt" for number in range(len(docs))]
        with (texts / "metadata.csv").open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["path", "outlet", "published"])
            for name, doc in zip(names, docs, strict=True):
                (texts / name).write_text(doc["text"], encoding="utf-8")
                rows.writerow([name, doc.get("outlet", ""), doc.get("published", "")])
        riwaya.build(folder / "told.riwaya", [texts], processes=1)
        with riwaya.open(folder / "told.riwaya") as case:
            self.failures = list(case.failures())
            self.texts = {doc.id: doc.text for doc in case.documents(case.ids)}
            self.claims = list(case.across(Claim))
            self.alarms = list(case.across(Alarm))
            self.conflicts = list(case.across(Conflict))
            self.events = list(case.across(Event))

    def claim(self, quote: str) -> Claim:
        """The claim one of whose members contains the quotation."""
        return next(c for c in self.claims if any(quote in self.text(m) for m in c.members))

    def text(self, place: Any) -> str:
        return self.texts[place.doc][place.start : place.end]

    def sides(self, conflict: Conflict) -> list[str]:
        return [" | ".join(self.text(m) for m in side.members) for side in conflict.sides]

    def origins(self) -> list[tuple[str, int, int]]:
        """Every claim's words and its number of documents and origins, whatever the documents are called."""
        return sorted((min(self.text(m) for m in c.members), c.documents, len(c.origins)) for c in self.claims)
