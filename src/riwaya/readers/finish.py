"""What is done to every draft, whichever reader made it: metadata laid over, fields checked, doubts said."""

from __future__ import annotations

import re

from msgspec import structs

from riwaya.errors import UnreadableDocument
from riwaya.model import Warning
from riwaya.readers.damage import damage
from riwaya.readers.draft import Draft
from riwaya.readers.language import language
from riwaya.readers.options import ReadOptions
from riwaya.readers.published import edtf
from riwaya.readers.shown import shown
from riwaya.readers.source import About

__all__ = ["finish"]

SURROGATE = re.compile("[\ud800-\udfff]")
WEB = re.compile(r"https?://[^\s/?#<>\"]+(?:[/?#][^\s<>\"]*)?", re.IGNORECASE)
WORD = re.compile(r"\w")
NAMES = ("id", "outlet", "title", "author", "url", "published")


def finish(draft: Draft, about: About | None, options: ReadOptions) -> Draft:
    """The draft as it goes into the case; UnreadableDocument when it has no words, or too many."""
    warnings = list(draft.warnings)
    fields = {name: _clean(value) for name in NAMES if (value := getattr(draft, name))}
    if about is not None:
        fields |= {name: _clean(value) for name, value in structs.asdict(about).items() if value}
    text = draft.text
    if not WORD.search(text):
        if not fields.get("title"):
            why = "; ".join(warning.detail for warning in warnings[:3])
            raise UnreadableDocument(f"holds no text: {why}." if why else "holds no text.")
        warnings.append(Warning(kind="no-text", detail="the document has a title and no text"))
    if len(text) > options.max_characters:
        limit = options.max_characters
        raise UnreadableDocument(
            f"has {len(text):,} characters; a document may have {limit:,}. Split it into articles."
        )
    text, doubts = _safe(text)
    warnings += doubts
    if draft.media_type != "application/pdf":  # whose reader has looked already
        warnings += damage(text)
    warnings += _check(fields)
    return structs.replace(
        draft,
        **{name: fields.get(name) for name in NAMES},
        text=text,
        language=language(text),
        warnings=tuple(warnings),
    )


def _clean(value: str) -> str:
    value = value.strip()
    return value if value.isprintable() else SURROGATE.sub("\ufffd", value)  # surrogates are not printable


def _safe(text: str) -> tuple[str, list[Warning]]:
    """Text that every store can hold: half letters become U+FFFD; zeros stay, as they are letters, and are reported.

    >>> _safe("a\\ud800b")[0]
    'a\ufffdb'
    """
    warnings = []
    try:
        text.encode()
    except UnicodeEncodeError as error:
        count = len(SURROGATE.findall(text))
        text = SURROGATE.sub("\ufffd", text)
        detail = f"{count} halves of letters (lone surrogates) were read as U+FFFD"
        warnings.append(Warning(kind="lone-surrogates", detail=detail, start=error.start, end=error.start + 1))
    if (at := text.find("\0")) >= 0:
        warnings.append(Warning(kind="nul", detail=f"{text.count(chr(0))} NUL characters", start=at, end=at + 1))
    return text, warnings


def _check(fields: dict[str, str]) -> list[Warning]:
    """Dates to EDTF and addresses to those of the web; what does not fit is taken out and said."""
    warnings = []
    if written := fields.pop("published", None):
        if date := edtf(written):
            fields["published"] = date
        else:
            detail = f"«{shown(written[:80])}» is not a date that can be read without doubt; write it as 2016-05-03"
            warnings.append(Warning(kind="published", detail=detail))
    if (url := fields.get("url")) and not WEB.fullmatch(url):
        warnings.append(Warning(kind="url", detail=f"«{shown(url[:80])}» is not an http or https address"))
        del fields["url"]
    return warnings
