"""What each outlet calls whom: the table behind `riwaya names`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from msgspec import Struct

from riwaya.model import Document, Mention

__all__ = ["Called", "naming_table"]


class Called(Struct, frozen=True, kw_only=True):
    """One wording for one entity by one outlet."""

    entity: str
    outlet: str | None
    text: str
    """The wording, white space made even; marks and quotation marks stay as the first document has them."""
    count: int
    first: str | None
    """Day of the earliest document that uses it (EDTF); None when no document is dated."""
    last: str | None
    months: dict[str, int]
    """How often in each month («2016-05»); undated documents are left out."""


def naming_table(mentions: Iterable[Mention], documents: Iterable[Document]) -> list[Called]:
    """The wordings of every entity, by outlet, with their counts and dates.

    >>> doc = Document(id="a", path="a", sha256="", media_type="", reader="", outlet="السد", published="2016-05-03",
    ...                text="سيطر التنظيم على تل الورد")
    >>> m = Mention(doc="a", start=5, end=12, kind="organisation", level="nominal", entity="org-x", rule="r")
    >>> [(c.entity, c.outlet, c.text, c.count, c.first, c.months) for c in naming_table([m], [doc])]
    [('org-x', 'السد', 'التنظيم', 1, '2016-05-03', {'2016-05': 1})]

    Mentions without an entity, or of documents that are not given, are left out. Sorted by entity, then the most
    frequent wording, then outlet.
    """
    docs = {doc.id: doc for doc in documents}
    days: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    counts: Counter[tuple[str, str, str]] = Counter()
    for mention in mentions:
        doc = docs.get(mention.doc)
        if doc is None or mention.entity is None:
            continue
        key = mention.entity, doc.outlet or "", " ".join(doc.text[mention.start : mention.end].split())
        counts[key] += 1
        if doc.published:
            days[key].append(doc.published[:10])
    rows = []
    for (entity, outlet, text), count in counts.items():
        dated = sorted(days[entity, outlet, text])
        rows.append(
            Called(
                entity=entity,
                outlet=outlet or None,
                text=text,
                count=count,
                first=dated[0] if dated else None,
                last=dated[-1] if dated else None,
                months=dict(sorted(Counter(day[:7] for day in dated if len(day) >= 7).items())),
            )
        )
    return sorted(rows, key=lambda row: (row.entity, -row.count, row.text, row.outlet or ""))
