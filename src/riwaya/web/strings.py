"""The words of the interface in every language it speaks: strings.toml, checked when it is read."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from riwaya.errors import InvalidLexicon

LANGUAGES = {"ar": "العربية", "en": "English"}
DIRECTIONS = {"ar": "rtl", "en": "ltr"}
_HOLE = re.compile(r"\{(\w+)\}")
_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@cache
def table() -> dict[str, dict[str, str]]:
    """Every string by key, in every language; raises InvalidLexicon that lists all faults at once."""
    strings = {
        f"{group}.{key}": entry
        for group, entries in tomllib.loads(files("riwaya.web").joinpath("strings.toml").read_text("utf-8")).items()
        for key, entry in entries.items()
    }
    if faults := [fault for key, entry in strings.items() for fault in _faults(key, entry)]:
        raise InvalidLexicon("strings.toml: " + "; ".join(faults) + ".")
    return strings


def _faults(key: str, entry: dict[str, str]) -> list[str]:
    if set(entry) != set(LANGUAGES):
        return [f"{key} is given in {', '.join(entry)}, not in {', '.join(LANGUAGES)}"]
    holes = {language: sorted(_HOLE.findall(text)) for language, text in entry.items()}
    faults = [f"{key} is empty in {language}" for language, text in entry.items() if not text.strip()]
    if len({tuple(h) for h in holes.values()}) > 1:
        faults.append(f"{key} has different holes: {holes}")
    if not any("\u0600" <= letter <= "\u06ff" for letter in entry["ar"]):
        faults.append(f"{key} has no Arabic letter in ar")
    return faults


def say(key: str, language: str, **values: object) -> str:
    """A string of the interface.

    >>> say("nav.documents", "en"), say("nav.documents", "ar")
    ('Documents', 'الوثائق')
    """
    text = table()[key][language]
    return _HOLE.sub(lambda hole: str(values[hole[1]]), text)


def number(value: float | int | None, arabic_digits: bool = False) -> str:
    """A number as people write it.

    >>> number(15003), number(15003, arabic_digits=True), number(0.5)
    ('15,003', '١٥٬٠٠٣', '0.5')
    """
    if value is None:
        return "–"
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.2f}".rstrip("0").rstrip(".")
    return text.translate(_ARABIC_DIGITS).replace(",", "٬").replace(".", "٫") if arabic_digits else text


def when(value: str | None, arabic_digits: bool = False) -> str:
    """A date as the standards write it, the time of day beside it.

    >>> when("2019-03-05T09:10:00"), when("2019-03-05T04:20+03:00"), when(None)
    ('2019-03-05 09:10', '2019-03-05 04:20', '–')
    """
    if not value:
        return "–"
    day, _, time = value.partition("T")
    text = f"{day} {time[:5]}" if re.match(r"\d\d:\d\d", time) else value
    return text.translate(_ARABIC_DIGITS) if arabic_digits else text
