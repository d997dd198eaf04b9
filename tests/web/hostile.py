"""A case whose every field attacks whoever shows it."""

from __future__ import annotations

import json
from pathlib import Path

import riwaya

ATTACKS = (
    "<script>pwned=1</script>",
    '"><img src=x onerror=pwned=1>',
    "' onmouseover='pwned=1' x='",
    "</title><script>pwned=1</script>",
    "</textarea></select><svg onload=pwned=1>",
    "javascript:pwned=1",
    "{{7*7}}{% raise %}",
    "&lt;script&gt;pwned=1&lt;/script&gt;",
    "\u202e</bdi><b>txt",
)
TEXT = "قال المحافظ إن السد انهار مساء أمس في بلدة العرجون، وأضاف أن عشرة أشخاص لقوا حتفهم. {}"


def hostile(folder: Path) -> Path:
    """Builds a case in which title, outlet, author, address, text and file name are attacks."""
    corpus = folder / "corpus"
    corpus.mkdir()
    records = [
        {
            "id": f"{number}{attack}",
            "text": TEXT.format(attack),
            "title": attack,
            "outlet": attack,
            "author": attack,
            "url": f"javascript:pwned=1//{attack}" if number % 2 else f"http://a.example/{attack}",
            "published": "2019-03-05",
        }
        for number, attack in enumerate(ATTACKS)
    ]
    lines = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    (corpus / "records.jsonl").write_text(lines, encoding="utf-8")
    (corpus / "<img src=x onerror=pwned=1>.txt").write_text(TEXT.format(ATTACKS[0]), encoding="utf-8")
    page = f"<html><head><title>{ATTACKS[3]}</title></head><body onload=pwned=1><p>{TEXT.format('')}</p>"
    page += (
        "<script>parent.pwned=1</script><img src=http://127.0.0.1:9/x><a href='javascript:pwned=1'>x</a></body></html>"
    )
    (corpus / "page.html").write_text(page, encoding="utf-8")
    riwaya.build(folder / "hostile.riwaya", [corpus], processes=1)
    return folder / "hostile.riwaya"
