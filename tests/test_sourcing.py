"""Who is quoted: voices are counted once, the anonymous apart."""

from __future__ import annotations

from msgspec.structs import replace

from riwaya.model import Attribution, Document
from riwaya.sourcing import voices
from riwaya.stages.attributions import find

TEXTS = {
    "الراية": "قال الوزير سامي الحداد إن السد آمن. وأضاف أن العمل مستمر. وأكد مصدر أمني أن الطريق مغلق.",
    "الضفاف": "نفى الوزير سامي الحداد وجود خلل. وقال مصدر أمني لوكالة الفرات إن الجسر سقط. يشار إلى أن السد قديم.",
}


def case() -> tuple[list[Document], list[Attribution]]:
    documents, told = [], []
    for outlet, text in TEXTS.items():
        documents.append(
            Document(id=outlet, path=outlet, sha256="", media_type="text/plain", reader="", outlet=outlet, text=text)
        )
        told += [_of(found, outlet) for found in find(text, outlet)]
    return documents, told


def _of(found: Attribution, doc: str) -> Attribution:
    return replace(found, doc=doc)


def test_a_named_voice_is_one_wherever_it_is_quoted() -> None:
    first = voices(*case())[0]
    assert first.name == "الوزير سامي الحداد"
    assert first.statements == 3
    assert first.denials == 1
    assert first.by == {"الراية": 2, "الضفاف": 1}
    assert not first.anonymous


def test_an_anonymous_source_is_another_in_every_document() -> None:
    unnamed = [voice for voice in voices(*case()) if voice.anonymous]
    assert [(voice.name, voice.documents) for voice in unnamed] == [
        ("مصدر أمني", ("الراية",)),
        ("مصدر أمني", ("الضفاف",)),
    ]
    assert unnamed[1].through == {"الفرات": 1}


def test_nobody_is_counted_for_a_passive() -> None:
    documents, told = case()
    assert any(found.function == "agentless" for found in told)
    assert sum(voice.statements for voice in voices(documents, told)) == 5


def test_the_order_of_the_attributions_does_not_matter() -> None:
    documents, told = case()
    assert voices(documents, told) == voices(documents[::-1], told[::-1])


def test_an_entity_takes_its_canonical_name() -> None:
    documents, told = case()
    linked = [replace(f, source_entity="Q1") if f.source_kind == "person" else f for f in told]
    assert voices(documents, linked, {"Q1": "سامي الحداد"})[0].name == "سامي الحداد"
