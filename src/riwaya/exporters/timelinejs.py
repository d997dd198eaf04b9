"""TimelineJS 3: the events of a case as its JSON.

Source: https://timeline.knightlab.com/docs/json-format.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

import msgspec

from riwaya.case import Case
from riwaya.case.layers import rows

Row = dict[str, Any]


def write(case: Case, folder: Path, layers: Sequence[str] | None = None) -> list[Path]:
    """Writes `timeline.json`: the events that have a date; those without stay in the events layer."""
    path = folder / "timeline.json"
    timeline = {"title": {"text": {"headline": escape(case.path.stem)}}, "events": list(slides(rows(case, "events")))}
    path.write_bytes(msgspec.json.format(msgspec.json.encode(timeline), indent=1) + b"\n")
    return [path]


def slides(events: Iterator[Row]) -> Iterator[Row]:
    for event in events:
        if start := date(event["earliest"]):
            documents = sorted({member["doc"] for member in event["members"]})
            slide = {
                "unique_id": event["id"],
                "start_date": start,
                "display_date": event["edtf"],
                "text": {
                    "headline": escape(event["label"]),
                    "text": f"<p>{escape(event['basis'])}</p><p>{escape(', '.join(documents))}</p>",
                },
            }
            if (end := date(event["latest"])) and end != start:
                slide["end_date"] = end
            yield slide


def date(value: str | None) -> Row | None:
    """A day as TimelineJS writes it.

    >>> date("2019-03-05"), date("2019"), date(None)
    ({'year': 2019, 'month': 3, 'day': 5}, {'year': 2019}, None)
    """
    if not value:
        return None
    parts = value.split("T")[0].split("-")
    if not all(part.isdigit() for part in parts):
        return None
    return dict(zip(("year", "month", "day"), map(int, parts), strict=False))
