"""What holds of claims whatever the documents are called, and however often one is there."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.stages.accounts import Told

DOCS = [
    {
        "outlet": "صحيفة المرفأ",
        "published": "2021-03-04",
        "text": "أعلنت وزارة النقل أن 18 شخصا قتلوا في غرق العبارة قبالة دمشق يوم الثلاثاء 2 مارس 2021. "
        "وأضافت الوزارة أن فرق الإنقاذ انتشلت تسع جثث من المياه وأن البحث عن المفقودين ما زال مستمرا.",
    },
    {
        "outlet": "صوت الجبل",
        "published": "2021-03-05",
        "text": "قالت نقابة البحارة إن 33 شخصا قتلوا في غرق العبارة قبالة دمشق يوم الثلاثاء 2 مارس 2021. "
        "وسيطرت فرق الإطفاء على الحريق في الميناء مساء الأربعاء.",
    },
    {
        "outlet": "بوابة النهر",
        "published": "2021-03-05",
        "text": "أعلنت وزارة النقل أن فرق الإنقاذ انتشلت تسع جثث من المياه. ولم يصدر عن النقابة بيان جديد.",
    },
]


def kinds(told: Told) -> Counter[tuple[str, str]]:
    return Counter((c.kind, c.severity) for c in told.conflicts)


def test_names_of_documents_change_nothing(tmp_path: Path) -> None:
    one = Told(tmp_path / "a", DOCS)
    other = Told(tmp_path / "b", DOCS, ["zz.txt", "mm.txt", "aa.txt"])
    assert one.origins() == other.origins()
    assert kinds(one) == kinds(other)


def test_an_exact_copy_adds_no_origin_and_no_conflict(tmp_path: Path) -> None:
    one = Told(tmp_path / "a", DOCS)
    copied = Told(tmp_path / "b", [*DOCS, DOCS[0]])
    before = [(words, origins) for words, _, origins in one.origins()]
    after = [(words, origins) for words, _, origins in copied.origins()]
    assert before == after
    assert kinds(one) == kinds(copied)
