"""A folder as the world makes them: whatever is wrong with one file costs that file, and one line says what."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

import riwaya
from riwaya.cli import main

GOOD = "أعلن المحافظ أن السد انهار مساء أمس."
ENCRYPTED = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"3 0 obj<</Filter/Standard/V 1/R 2/O(" + b"o" * 32 + b")/U(" + b"u" * 32 + b")/P -4>>endobj\n"
    b"trailer<</Root 1 0 R/Encrypt 3 0 R/ID[(a)(a)]>>\n%%EOF"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One good file among all that can be wrong."""
    folder = tmp_path / "given"
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    with (folder / "huge.txt").open("wb") as file:
        file.truncate(200_000_000)  # sparse: it takes no room
    (folder / "truncated.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Cata")
    (folder / "encrypted.pdf").write_bytes(ENCRYPTED)
    (folder / "page.pdf").write_text(
        f"<html><body><article><p>{GOOD * 8}</p></article></body></html>", encoding="utf-8"
    )
    with zipfile.ZipFile(folder / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("zeros.txt", b"\0" * 60_000_000)
    with zipfile.ZipFile(folder / "climbing.zip", "w") as climbing:
        climbing.writestr("../../../outside.txt", GOOD)
    (folder / "nested.html").write_text("<div>" * 60_000 + GOOD + "</div>" * 60_000, encoding="utf-8")
    (folder / "halves.jsonl").write_text(json.dumps({"id": "h", "text": GOOD + "\ud800"}) + "\n{broken\n", "utf-8")
    (folder / "zeros.txt").write_text(GOOD + "\0" + GOOD, encoding="utf-8")
    (folder / "marks.txt").write_text("س" + "\u0650" * 1_000_000 + GOOD, encoding="utf-8")
    (folder / "\u202egpj.txt").write_text(GOOD, encoding="utf-8")
    os.symlink(folder, folder / "loop")
    return folder


def test_each_costs_itself(folder: Path, tmp_path: Path) -> None:
    case = tmp_path / "a.riwaya"
    result = CliRunner().invoke(main, ["build", str(case), str(folder), "--processes", "2"])
    assert result.exit_code == 3, result.output
    assert "Traceback" not in result.output
    with riwaya.open(case) as opened:
        failures = {failure.path: failure.message for failure in opened.failures()}
        assert opened["good.txt"].text == GOOD
        for name in ("empty.txt", "huge.txt", "truncated.pdf", "encrypted.pdf"):
            assert name in failures, failures
        assert any(path.startswith("bomb.zip") for path in failures)
        assert all(message.endswith(".") and len(message) < 400 for message in failures.values()), failures
        warned = {doc.id: {warning.kind for warning in doc.warnings} for doc in opened}
        assert "wrong-extension" in warned["page.pdf"]
        assert "lone-surrogates" in warned["h"]
        assert "nul" in warned["zeros.txt"]
        assert not any("outside" in id and ".." in id for id in warned)
        assert opened["marks.txt"].text.endswith(GOOD)
    verify = CliRunner().invoke(main, ["verify", str(case)])
    assert verify.exit_code == 0, verify.output
    assert not (tmp_path / "outside.txt").exists()
    again = riwaya.build(case, [folder], processes=1)
    assert again.added == 0
