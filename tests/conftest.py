"""What many tests share: small invented articles, and a folder of them."""

from __future__ import annotations

from pathlib import Path

import pytest

ARTICLES = {
    "nahr.txt": "سد الوادي ينهار\n\nقال المتحدث باسم الدفاع المدني إن السد انهار مساء أمس. وأضاف أن عشرة أشخاص فُقدوا.",
    "jabal.txt": "أعلنت وكالة الجبل أن السدّ انهار مساء الثلاثاء، وأن ١٢ شخصاً فُقدوا، بحسب مصدر مسؤول.",
    "sahl.txt": "كَتَبَ مراسلنا إلى المدرسة: «لم ينهر السد»، ونفى المحافظ وجود ضحايا.",
}
"""Short articles of our own on an invented dam."""


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder of three small articles."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
