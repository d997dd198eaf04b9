"""Text reuse: its cases, direction, copies, clusters, boilerplate, and what must not bring it down."""

from __future__ import annotations

import random
import tomllib
import tracemalloc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from riwaya.lang.ar import arabic
from riwaya.model import Alignment, Attribution, Cluster, Copy, Document, Hop, Mention, Span, Zone
from riwaya.settings import Reuse
from riwaya.stage import Memory
from riwaya.stages.reuse import boilerplate, candidates, find, reuse
from riwaya.stages.reuse.search import Search
from riwaya.stages.reuse.strands import Strands

CASES = Path(__file__).parents[1] / "cases" / "reuse"
WORDS = [a + b + c for a in "بتثجحدرسشصطعفقكلمن" for b in ("ار", "يل", "وم", "اس") for c in ("", "ات", "ين", "ه")]


def cases(name: str) -> list[Any]:
    return [pytest.param(c, id=c["name"]) for c in tomllib.loads((CASES / f"{name}.toml").read_text("utf-8"))["case"]]


def invented(seed: int, sentences: int = 12) -> str:
    """Invented words in sentences of fifteen."""
    chance = random.Random(seed)
    return "\n".join(" ".join(chance.choices(WORDS, k=15)) + f" {seed}." for _ in range(sentences))


def document(id: str, text: str, **known: Any) -> Document:
    return Document(id=id, path=id, sha256="", media_type="text/plain", reader="test", text=text, **known)


@pytest.mark.parametrize("case", cases("synthetic"))
def test_cases(case: dict[str, Any]) -> None:
    found = find({"a": case["a"], "b": case["b"]})
    assert found
    if "shared" in case:
        shown = [[case["a"][f.left.start : f.left.end], case["b"][f.right.start : f.right.end], f.kind] for f in found]
        assert shown == case["shared"]
    told = [
        [e.kind, e.left.of(case["a"]) if e.left else "", e.right.of(case["b"]) if e.right else ""]
        for f in found
        for e in f.edits
    ]
    for edit in case.get("edits", []):
        assert edit in told
    assert found[0].direction == case.get("direction", found[0].direction)


@pytest.mark.parametrize("case", cases("negative"))
def test_no_reuse(case: dict[str, Any]) -> None:
    assert find({"a": case["a"], "b": case["b"]}) == []


def test_an_outlet_credited_by_the_other_is_the_older() -> None:
    text = "أغلقت إدارة الميناء الرصيف الثالث أمام السفن بعد تسرب زيت من ناقلة صغيرة كانت ترسو هناك منذ أسبوع."
    docs = [
        document("new", f"نقلت صحيفة الأهرام: {text}", outlet="الحياة", published="2021-03-05"),
        document("old", text, outlet="الأهرام", published="2021-03-04"),
    ]
    found = list(reuse(Memory(docs, arabic)))
    [alignment] = [f for f in found if isinstance(f, Alignment)]
    assert (alignment.left.doc, alignment.direction) == ("new", "right-to-left")
    assert alignment.confidence > 0.8
    assert {r.kind for r in alignment.reasons} >= {"names-the-other", "published"}
    [copy] = [f for f in found if isinstance(f, Copy)]
    assert (copy.older, copy.newer, copy.credited) == ("old", "new", True)
    assert copy.share > 0.7
    assert copy.passages == (alignment.id,)


def test_time_alone_makes_no_confident_copy() -> None:
    text = invented(1)
    docs = [document("a", text, published="2021-03-04"), document("b", text, published="2021-03-09")]
    alignments = [f for f in reuse(Memory(docs, arabic)) if isinstance(f, Alignment)]
    assert all(a.confidence <= 0.75 for a in alignments)


def test_time_says_next_to_nothing_of_outlets_that_print_one_agency() -> None:
    def printed(agency: str | None) -> list[Document]:
        return [
            document(f"{outlet}{n}", invented(n), outlet=outlet, published=day, author=agency if n else None)
            for outlet, day in (("الحياة", "2021-03-04"), ("الأهرام", "2021-03-05"))
            for n in range(4)
        ]

    def told(docs: list[Document]) -> list[Attribution]:
        hop = Hop(name="وكالة رويترز", kind="agency", hop="source")
        whole = Span(0, 40)
        return [
            Attribution(
                doc=d.id, start=0, end=40, cue=None, content=whole, manner="indirect", chain=(hop,), rule="test"
            )
            for d in docs
            if d.outlet == "الحياة"
        ]

    def directions(docs: list[Document], said: Sequence[Attribution] = ()) -> dict[str, str]:
        found = reuse(Memory(docs, arabic, findings=said))
        return {f.left.doc[-1]: f.direction for f in found if isinstance(f, Alignment)}

    assert directions(printed("رويترز"))["0"] == "unknown"
    assert directions(printed(None))["0"] == "right-to-left"  # «الأهرام» stands left, and is the later
    half = (
        printed(None)[:4] + printed("رويترز")[4:]
    )  # the one has it from the agency in its sentences, the other says so
    assert directions(half)["0"] == "right-to-left"
    assert directions(half, told(half))["0"] == "unknown"


def test_a_cluster_holds_verified_pairs_only() -> None:
    one, other = invented(1, 4), invented(2, 4)
    texts = {"a": one, "b": one + "\n" + other, "c": other}
    found = list(reuse(Memory([document(k, v) for k, v in texts.items()], arabic)))
    members = [{p.doc for p in f.members} for f in found if isinstance(f, Cluster)]
    assert sorted(map(sorted, members)) == [["a", "b"], ["b", "c"]]


def test_omitted_sentences_are_told_and_zones_are_not() -> None:
    kept, lost, footer = invented(1, 3), invented(2, 1), invented(3, 1)
    full = f"{kept}\n{lost}\n{footer}"
    zone = Zone(doc="a", start=len(full) - len(footer), end=len(full), kind="boilerplate", rule="test")
    docs = [document("a", full, published="2021-03-04"), document("b", kept, published="2021-03-09")]
    [alignment] = [f for f in reuse(Memory(docs, arabic, findings=[zone])) if isinstance(f, Alignment)]
    omitted = [e.left.of(full) for e in alignment.edits if e.kind == "omitted" and e.left]
    assert omitted == [lost.rstrip(".")]


def test_an_attribution_of_an_earlier_stage_types_an_edit() -> None:
    own = "وزعت المؤسسة الكتب على مدارس الأرياف النائية قبل بدء العام الدراسي بأسبوعين كاملين."
    text = "وزعت المؤسسة، فيما همس الحارس، الكتب على مدارس الأرياف النائية قبل بدء العام الدراسي بأسبوعين كاملين."
    cue = text.index("همس")
    said = Attribution(
        doc="a", start=0, end=40, cue=Span(cue, cue + 3), content=Span(0, 40), manner="indirect", rule="test"
    )
    docs = [document("a", text), document("b", own)]
    [alignment] = [f for f in reuse(Memory(docs, arabic, findings=[said])) if isinstance(f, Alignment)]
    assert "attribution-dropped" in {e.kind for e in alignment.edits}


def test_shuffled_words_are_found() -> None:
    chance = random.Random(5)
    words = [f"{w}{chr(0x628 + i % 20)}" for i, w in enumerate(chance.sample(WORDS, 60))]
    mixed = words.copy()
    chance.shuffle(mixed)
    texts = {
        "a": f"{invented(8)} {' '.join(words)}. {invented(9)}",
        "b": f"{invented(10)} {' '.join(mixed)}. {invented(11)}",
    }
    [found] = find(texts)
    assert found.kind == "paraphrase"
    begin = texts["a"].index(words[0])
    assert abs(found.left.start - begin) < 30
    assert find(texts, Reuse(shuffled=False)) == []


def test_together_makes_one_passage_of_moved_pieces() -> None:
    pieces = invented(4, 6).splitlines()
    texts = {"a": " ".join(pieces), "b": " ".join(pieces[3:] + pieces[:3])}
    assert len(find(texts)) == 2
    assert len(find(texts, Reuse(together=True))) == 1


def test_a_footer_of_one_outlet_is_left_out_and_listed() -> None:
    footer = invented(99, 2)
    texts = {f"{i:02}": f"{invented(i)}\n{footer}" for i in range(30)}
    assert find(texts) == []
    listed = boilerplate(texts)
    assert {p.doc for p in listed} == set(texts)
    assert all(texts[p.doc][p.start : p.end] in footer for p in listed)


def test_many_copies_of_one_article_are_no_footer() -> None:
    text = invented(1, 4)
    found = find({f"{i:03}": text for i in range(300)})
    assert {a.kind for a in found} == {"verbatim"}
    assert len({p.doc for a in found for p in (a.left, a.right)}) == 300
    assert len(found) < 300 * 12


def test_texts_that_are_nothing_but_the_footer_are_no_reuse() -> None:
    footer = " ".join(random.Random(99).choices(WORDS, k=200))
    texts = {f"{i:04}": f"{invented(i)}\n{footer}" for i in range(3000)}
    texts |= {f"bare{i:02}": footer for i in range(60)}  # more copies of one text than are searched with
    with within(60, 400):
        assert find(texts) == []
    assert {p.doc for p in boilerplate(texts)} == set(texts)


def test_the_zones_of_a_copy_are_silent_in_it() -> None:
    text = invented(1, 4)
    docs = [document(f"{i:02}", text, outlet=f"outlet {i}") for i in range(40)]
    zones = [Zone(doc="39", start=0, end=len(text), kind="boilerplate", rule="test")]
    found = [f for f in reuse(Memory(docs, arabic, findings=zones)) if isinstance(f, Alignment)]
    assert {p.doc for a in found for p in (a.left, a.right)} == {d.id for d in docs[:39]}


def test_a_mark_that_starts_a_text_is_no_part_of_the_one_before() -> None:
    text = invented(1, 2).rstrip(".")
    for found in find([text, "\u064b" + text]):
        assert found.left.end <= len(text)


def daily(day: str, **known: Any) -> Document:
    texts = {
        "one": "أعلن خفر الشاطئ في مرفأ الزعفران ضبط 19 زورقا بلا رخصة خلال دورياته المعتادة قرب الأرصفة الخارجية"
        " وتحرير ثلاث مخالفات لبائعي الشباك وإحالة أصحابها إلى لجنة المصايد لاتخاذ اللازم بحقهم.",
        "other": "أعلن خفر الشاطئ في مرفأ الزعفران ضبط 24 زورقا بلا رخصة خلال دورياته المعتادة قرب الأرصفة الخارجية"
        " وتحرير سبع مخالفات لبائعي الشباك وإحالة أصحابها إلى لجنة المصايد لاتخاذ اللازم بحقهم.",
    }
    return document(day, texts[day], **known)


def test_a_statement_of_every_day_with_other_numbers_is_no_reuse() -> None:
    assert list(reuse(Memory([daily("one"), daily("other")], arabic))) == []


def test_one_name_in_the_place_of_another_is_no_reuse() -> None:
    frame = "كرمت أمانة وادي السنديان المعلم {} بدرع المدرسة الريفية تقديرا لسنوات خدمته الطويلة في قراها النائية."
    docs = [document(k, frame.format(v)) for k, v in {"a": "ربيع صفوان", "b": "هيثم قنديل"}.items()]
    names = [
        Mention(doc=d.id, start=d.text.index(v), end=d.text.index(v) + len(v), kind="person", level="name", rule="test")
        for d, v in zip(docs, ("ربيع صفوان", "هيثم قنديل"), strict=True)
    ]
    assert [f for f in reuse(Memory(docs, arabic)) if isinstance(f, Alignment)]
    assert list(reuse(Memory(docs, arabic, findings=names))) == []


@pytest.mark.parametrize(("day", "found"), [("2021-03-04", True), ("2021-03-11", False)])
def test_what_reads_otherwise_days_later_must_weigh_more(day: str, found: bool) -> None:
    one = "طلبت دورية الوادي منه التوقف عند الحاجز فرفض وواصل السير نحو جسر القصب فأوقفته وسلمته إلى مخفر الضفة."
    other = (
        "طلبت دورية الوادي منه التوقف عند الحاجز فأبى وواصل الفرار ليلا نحو سوق القصب فأوقفته ثم نقلته إلى قلعة الضفة."
    )
    docs = [document("a", one, published="2021-03-04"), document("b", other, published=day)]
    assert bool([f for f in reuse(Memory(docs, arabic)) if isinstance(f, Alignment)]) == found


def report_of_the_market(day: str, firms: list[str], sold: int, **known: Any) -> tuple[Document, list[Mention]]:
    text = (
        f"وتصدرت شركات {firms[0]} و{firms[1]} و{firms[2]} لائحة بورصة القصب بحسب ما دونه كاتب الردهة في سجله المسائي"
        f" فيما تذيلتها شركتا {firms[3]} و{firms[4]} وبيعت {sold} حصة من أصل 300 معروضة في 15 دكانا."
    )
    at = [(text.index(firm), text.index(firm) + len(firm)) for firm in firms]
    doc = document(day, text, published=day, **known)
    return doc, [Mention(doc=day, start=a, end=b, kind="organisation", level="name", rule="test") for a, b in at]


@pytest.mark.parametrize(("day", "found"), [("2021-03-04T18:00", True), ("2021-03-05", False)])
def test_a_form_filled_in_on_another_day_is_no_reuse(day: str, found: bool) -> None:
    one, its = report_of_the_market("2021-03-04", ["ريحان", "نوارس", "سنديان", "قراصيا", "شماريخ"], 120)
    other, others = report_of_the_market(day, ["زعرور", "بيادر", "خوابي", "طواحين", "نواعير"], 210)
    given = reuse(Memory([one, other], arabic, findings=[*its, *others]))
    assert bool([f for f in given if isinstance(f, Alignment)]) == found


@contextmanager
def within(seconds: float, megabytes: float | None = None) -> Iterator[None]:
    """Of processor time, and of memory taken in the meantime: several times what it needs, to hold on any machine."""
    if megabytes:
        tracemalloc.start()
    started = process_time()
    yield
    assert process_time() - started < seconds
    if megabytes:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < megabytes * 1e6


def test_thousands_of_copies_cost_in_proportion() -> None:
    text = invented(1)
    with within(60):
        found = find([text] * 5000)
    assert {a.kind for a in found} == {"verbatim"}
    assert len({p.doc for a in found for p in (a.left, a.right)}) == 5000
    assert len(found) < 2 * 5000


def test_thousands_of_near_copies_are_not_all_compared_with_all() -> None:
    chance = random.Random(0)
    base = chance.choices(WORDS, k=100)
    near = [" ".join(chance.choice(WORDS) if chance.random() < 0.05 else w for w in base) for _ in range(2000)]
    strands = Strands.of([str(i) for i in range(2000)], near, arabic.fold)
    search = Search(strands, Reuse(), map, [None] * 2000)
    assert len(search.pairs) < 15 * 2000
    assert len(search.involved) == 2000


def test_a_search_in_small_portions_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    base = [invented(i) for i in range(40)]
    texts = [f"{base[i]}\n{base[(i * 7 + 3) % 40]}\n{invented(1000 + i)}" for i in range(40)] + [base[0]] * 40
    whole = find(texts)
    for name, size in (("PORTION", 6), ("SWEEP", 64), ("SLICE", 50), ("HITS", 20)):
        monkeypatch.setattr(candidates, name, size)
    assert find(texts) == whole
    assert len(whole) > 100


def test_a_text_of_ten_megabytes() -> None:
    part = invented(5)
    text = "\n".join(invented(i, 40) for i in range(2500))
    assert len(text.encode()) > 10_000_000
    with within(60, 1000):
        found = find({"huge": f"{text}\n{part}", "part": part, "empty": ""})
    assert [(a.left.doc, a.right.doc, a.kind) for a in found if a.left.end > len(text)] == [
        ("huge", "part", "verbatim")
    ]


def test_one_word_a_hundred_thousand_times() -> None:
    texts = {"a": "كلمة " * 100_000, "b": "كلمة " * 100_000, "c": invented(3)}
    with within(20, 200):
        assert all("c" not in (a.left.doc, a.right.doc) for a in find(texts))


@pytest.mark.parametrize(
    "texts",
    [[], [""], ["", " \n"], ["كلمة"], ["كلمة " * 20_000, "كلمة " * 20_000], ["\ud800" * 50] * 2, ["." * 1000] * 3],
)
def test_odd_texts_bring_nothing_down(texts: list[str]) -> None:
    for found in find(texts):
        assert 0 <= found.left.start < found.left.end <= len(texts[int(found.left.doc)])
