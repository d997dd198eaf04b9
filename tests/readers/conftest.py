"""Files of our own making, read as a build reads them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from riwaya.model import Failure
from riwaya.readers import Draft, ReadOptions, read, sources

Reading = Callable[..., tuple[list[Draft], list[Failure]]]

ARTICLE = (
    "قالت وزارة الري في خرانة إن سد الوادي انهار فجر الأحد بعد أمطار استمرت يومين، "
    "وأكد مدير الدفاع المدني أن فرق الإنقاذ أجلت سبعين أسرة من القرى القريبة."
)


@pytest.fixture
def article() -> str:
    return ARTICLE


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    """Writes a file, reads it, and gives its drafts and failures."""

    def go(data: bytes, name: str = "a.txt", options: ReadOptions | None = None) -> tuple[list[Draft], list[Failure]]:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        items = [item for source in sources([file]) for item in read(source, options)]
        return [i for i in items if isinstance(i, Draft)], [i for i in items if isinstance(i, Failure)]

    return go
