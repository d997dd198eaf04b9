"""The entities stage: who is the same in a document and across the case, and what stays apart."""

from __future__ import annotations

from riwaya.lang.ar import arabic
from riwaya.model import Document, Entity, Mention, Naming
from riwaya.stage import Memory
from riwaya.stages.entities import entities
from riwaya.stages.names import find


def resolved(*texts: str) -> tuple[dict[tuple[int, str], set[str]], dict[str, Entity]]:
    """The entities by document and wording, and all entities by id."""
    docs = [
        Document(id=f"d{i}", path="", sha256="", media_type="", reader="", text=text, outlet=f"منبر {i}")
        for i, text in enumerate(texts)
    ]
    mentions = [
        Mention(doc=doc.id, start=m.start, end=m.end, kind=m.kind, level=m.level, rule=m.rule)
        for doc in docs
        for m in find(doc.text)
    ]
    found = list(entities(Memory(docs, arabic, findings=mentions)))
    who: dict[tuple[int, str], set[str]] = {}
    for naming in found:
        if isinstance(naming, Naming):
            number = int(naming.doc[1:])
            who.setdefault((number, texts[number][naming.start : naming.end]), set()).add(naming.entity)
    return who, {e.entity: e for e in found if isinstance(e, Entity)}


def test_full_name_surname_and_office() -> None:
    who, _ = resolved("قال محافظ حمص طلال الغزلاني إن الجسر مغلق. وأكد الغزلاني ذلك. وزار محافظ حمص الجسر.")
    assert who[0, "طلال الغزلاني"] == who[0, "الغزلاني"] == who[0, "محافظ حمص"]
    assert who[0, "حمص"] != who[0, "محافظ حمص"]


def test_variants_of_a_foreign_name_across_documents() -> None:
    who, known = resolved("قال العقيد ميخائيل فودارينسكي إن الجسر مغلق.", "وصرح العقيد ميخائيل فودارنيسكي بذلك.")
    assert who[0, "ميخائيل فودارينسكي"] == who[1, "ميخائيل فودارنيسكي"]
    (entity,) = who[0, "ميخائيل فودارينسكي"]
    assert any(reason.kind == "spelling" for reason in known[entity].reasons)


def test_two_bearers_of_a_surname_are_a_question() -> None:
    who, known = resolved(
        "قال طلال الغزلاني إن الجسر مغلق.", "قال هيثم الغزلاني إن الجسر مفتوح.", "قال العقيد الغزلاني إن الجسر بعيد."
    )
    assert len(who[0, "طلال الغزلاني"] | who[1, "هيثم الغزلاني"] | who[2, "الغزلاني"]) == 3
    (entity,) = who[2, "الغزلاني"]
    assert any(reason.kind == "question" for reason in known[entity].reasons)


def test_one_bearer_of_a_surname_in_the_case() -> None:
    who, _ = resolved("قال طلال الغزلاني إن الجسر مغلق.", "قال العقيد الغزلاني إن الجسر بعيد.")
    assert who[0, "طلال الغزلاني"] == who[1, "الغزلاني"]


def test_names_of_tables_join_and_carry_what_the_table_knows() -> None:
    who, known = resolved("سيطر تنظيم داعش على مدينة تدمر.", "هاجم تنظيم الدولة الإسلامية الجسر قرب تدمر.")
    assert who[0, "تنظيم داعش"] == who[1, "تنظيم الدولة الإسلامية"] == {"org-islamic_state"}
    place = known["place-palmyra"]
    assert (place.name_en, place.lat, place.precision) == ("Palmyra", 34.5624, "city")
    assert {name.text: name.counts for name in place.names} == {
        "مدينة تدمر": {"منبر 0": 1},
        "تدمر": {"منبر 1": 1},
    }


def test_forces_of_one_country_are_one() -> None:
    who, _ = resolved("انسحب الجيش السوري من الجسر. وعادت قوات النظام ليلا، ثم قصفت القوات الجوية الروسية الجسر.")
    assert who[0, "الجيش السوري"] == who[0, "قوات النظام"] == {"org-army-sy"}
    assert who[0, "القوات الجوية الروسية"] == {"org-air-force-ru"}


def test_nominals_mean_the_one_spoken_of() -> None:
    who, _ = resolved("سيطر تنظيم داعش على مدينة تدمر. وغادر التنظيم المدينة ليلا.")
    assert who[0, "التنظيم"] == who[0, "تنظيم داعش"]
    assert who[0, "المدينة"] == who[0, "مدينة تدمر"]


def test_places_of_one_name_stay_apart_where_their_places_differ() -> None:
    who, known = resolved(
        "مروا من بلدة الزنبوقية في دير الزور إلى الرقة بسوريا.", "وصلوا إلى بلدة الزنبوقية قرب مدينة تدمر في سوريا."
    )
    assert who[0, "بلدة الزنبوقية"] != who[1, "بلدة الزنبوقية"]
    (entity,) = who[0, "بلدة الزنبوقية"]
    assert known[entity].lat is None
    assert any(reason.kind == "question" for reason in known[entity].reasons)


def test_a_namesake_in_a_country_not_spoken_of_gives_no_coordinates() -> None:
    who, known = resolved("مروا من بلدة العامرية في دير الزور إلى الرقة بسوريا.")
    (entity,) = who[0, "بلدة العامرية"]
    assert known[entity].lat is None


def test_a_countryside_is_not_its_city() -> None:
    who, known = resolved("من ريف حمص إلى مدينة حمص.")
    assert who[0, "ريف حمص"] != who[0, "مدينة حمص"]
    assert {known[e].precision for e in who[0, "ريف حمص"]} == {"region"}


def test_a_capital_may_be_a_government() -> None:
    _, known = resolved("نفت موسكو الخبر.")
    assert any(reason.kind == "question" for reason in known["place-russia-capital"].reasons)


def test_unnamed_sources_of_two_documents_stay_apart() -> None:
    who, _ = resolved(
        "قالت مصادر أمنية تركية إن الجسر مغلق. وأكدت المصادر ذلك.", "قالت مصادر أمنية تركية إن الجسر مفتوح."
    )
    assert who[0, "مصادر أمنية تركية"] == who[0, "المصادر"]
    assert who[0, "مصادر أمنية تركية"] != who[1, "مصادر أمنية تركية"]


def test_a_name_learned_in_one_document_is_found_in_another() -> None:
    who, _ = resolved("زاروا بلدة وردوكة أمس.", "عادت وردوكة إلى الهدوء، ووصلوا لوردوكة.", "عن بلدة وردوكة.")
    assert who[1, "وردوكة"] == who[0, "بلدة وردوكة"] == who[2, "بلدة وردوكة"]


def test_family_names_that_differ_by_a_letter_stay_apart() -> None:
    who, _ = resolved("قال محمد الشهراني إن الجسر مغلق.", "قال محمد الزهراني إن الجسر مفتوح.")
    assert who[0, "محمد الشهراني"] != who[1, "محمد الزهراني"]


def test_a_full_name_learned_from_a_title_is_found_without_it() -> None:
    who, _ = resolved("قال العقيد هلموت فيندلاور إن الجسر مغلق.", "كان هلموت فيندلاور هناك.")
    assert who[1, "هلموت فيندلاور"] == who[0, "هلموت فيندلاور"]


def test_a_common_word_is_never_learned_across_documents() -> None:
    who, _ = resolved("زاروا بلدة الجديدة.", "الحياة الجديدة صعبة.")
    assert (1, "الجديدة") not in who


def test_a_body_of_which_nobody_says_whose_it_is_is_one_in_the_case() -> None:
    first = "قال الدفاع المدني في بلدة الورسة إن الجسر مغلق."
    second = "نفى الدفاع المدني ذلك في قرية الحمصة."
    who, known = resolved(first, second)
    assert who[0, "الدفاع المدني"] == who[1, "الدفاع المدني"]
    (entity,) = who[0, "الدفاع المدني"]
    assert any(reason.kind == "name" for reason in known[entity].reasons)


def test_the_bodies_of_two_countries_stay_apart() -> None:
    who, _ = resolved(
        "قالت وزارة الداخلية في مصر إن الجسر مغلق.",
        "قالت وزارة الداخلية في تونس إن الجسر مفتوح.",
        "قالت وزارة الداخلية إن الجسر بعيد.",
    )
    assert len({frozenset(who[i, "وزارة الداخلية"]) for i in range(3)}) == 3
