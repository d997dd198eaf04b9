"""What must hold of names in any text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from riwaya.lang.ar import arabic
from riwaya.model import Document, Entity, Mention, Naming
from riwaya.naming import naming_table
from riwaya.stage import Memory
from riwaya.stages.entities import entities
from riwaya.stages.names import find

PIECES = [
    "قال", "العقيد", "هلموت", "فيندلاور", "محافظ", "حمص", "مدينة", "تدمر", "وتدمر", "تنظيم", "«", "»", '"', "داعش",
    "قوات", "النظام", "الأسد", "السوري", "الجيش", "،", ".", "\n", "صحيفة", "رويترز", "وكالة", "الأناضول", "بن", "عبد",
    "الرحمن", "أبو", "محمد", "دي", "مصادر", "أمنية", "أحد", "المنشقين", "عن", "للنظام", "المدينة", "على", "في", "وزارة",
    "الخارجية", "الفرنسية", "تركياً", "د.", "بلدات", "وردوكة", "ووردوكة", "الملك", "الثاني", "ولل", "ب", "السعودية", "ـ",
    "\u200f", "a", "5",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join) | st.text(max_size=60)


@given(texts)
@settings(max_examples=200, deadline=None)
def test_mentions_lie_in_their_text_and_cross_nowhere(text: str) -> None:
    mentions = find(text)
    for m in mentions:
        assert 0 <= m.start < m.end <= len(text)
        assert text[m.start : m.end].strip() == text[m.start : m.end]
        assert m.rule
        assert m.entity is None
    spans = [(m.start, m.end) for m in mentions]
    assert len(set(spans)) == len(spans)
    for a, b in spans:
        for c, d in spans:
            assert not (a < c < b < d), "mentions nest or lie apart"


@given(texts)
@settings(max_examples=50, deadline=None)
def test_what_stands_before_a_new_paragraph_changes_no_name_behind_it(text: str) -> None:
    clean = text.replace("\n", " ")
    alone = [(m.start, m.end, m.kind) for m in find(clean)]
    behind = [(m.start - 2, m.end - 2, m.kind) for m in find("،\n" + clean)]
    assert behind == alone


def case(texts: list[str]) -> tuple[list[Document], list[Mention]]:
    docs = [
        Document(id=f"d{i}", path="", sha256="", media_type="", reader="", text=text, outlet=f"o{i % 2}")
        for i, text in enumerate(texts)
    ]
    mentions = [
        Mention(doc=doc.id, start=m.start, end=m.end, kind=m.kind, level=m.level, rule=m.rule)
        for doc in docs
        for m in find(doc.text)
    ]
    return docs, mentions


@given(st.lists(texts, min_size=1, max_size=5), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_documents_changes_no_entity(several: list[str], random: st.DataObject) -> None:
    docs, mentions = case(several)
    shuffled, others = list(docs), list(mentions)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random
    random.shuffle(others)  # type: ignore[attr-defined]
    first = list(entities(Memory(docs, arabic, findings=mentions)))
    assert first == list(entities(Memory(shuffled, arabic, findings=others)))
    namings = [e for e in first if isinstance(e, Naming)]
    met = {(n.doc, n.start, n.end) for n in namings}
    assert {(m.doc, m.start, m.end) for m in mentions} <= met, "every mention means somebody"
    assert len(met) == len(namings), "and only one"
    known = {e.entity for e in first if isinstance(e, Entity)}
    assert {n.entity for n in namings} == known


@given(st.lists(texts, min_size=1, max_size=4))
@settings(max_examples=30, deadline=None)
def test_naming_counts_every_mention_once(several: list[str]) -> None:
    docs, mentions = case(several)
    namings = [n for n in entities(Memory(docs, arabic, findings=mentions)) if isinstance(n, Naming)]
    named = [
        Mention(doc=n.doc, start=n.start, end=n.end, kind=n.kind, level=n.level, entity=n.entity, rule=n.rule)
        for n in namings
    ]
    assert sum(row.count for row in naming_table(named, docs)) == len(named)
