"""Pages that are only pictures, read by Tesseract where it is installed.

Tesseract is run as a program of its own, with the page as a grey picture on its standard input.
"""

from __future__ import annotations

import shutil
import subprocess
import unicodedata

from riwaya.errors import UnreadableDocument

__all__ = ["OCR_READER", "read_picture"]

OCR_READER = "tesseract ara"
TIMEOUT = 120  # seconds for a page; a full A4 page takes about five


def read_picture(width: int, height: int, grey: bytes) -> str:
    """The text of a picture, one byte a pixel; raises UnreadableDocument with the reason where it cannot be had.

    Source: Tesseract's manual (`tesseract stdin stdout`); the picture goes in as PGM, Netpbm's grey format.
    """
    program = shutil.which("tesseract")
    if program is None:
        raise UnreadableDocument("Tesseract is not installed; install tesseract-ocr and tesseract-ocr-ara.")
    picture = b"P5\n%d %d\n255\n" % (width, height) + grey
    command = [program, "stdin", "stdout", "-l", "ara", "--dpi", "300"]
    try:
        done = subprocess.run(command, input=picture, capture_output=True, timeout=TIMEOUT, check=False)
    except subprocess.TimeoutExpired:
        raise UnreadableDocument(f"Tesseract did not finish the page within {TIMEOUT} seconds.") from None
    if done.returncode:
        complaint = done.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = complaint[0] if complaint else f"it ended with code {done.returncode}"
        raise UnreadableDocument(f"Tesseract failed: {reason} (is tesseract-ocr-ara installed?)")
    text = done.stdout.decode("utf-8", "replace")
    return "".join(char for char in text if unicodedata.category(char) != "Cf").replace("\f", "").strip()
