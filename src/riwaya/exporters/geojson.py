"""GeoJSON (RFC 7946): the places of a case that have coordinates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from riwaya.case import Case
from riwaya.case.layers import rows

Row = dict[str, Any]


def write(case: Case, folder: Path, layers: Sequence[str] | None = None) -> list[Path]:
    """Writes `places.geojson`: a point per place, with its names and how exact the point is."""
    path = folder / "places.geojson"
    collection = {"type": "FeatureCollection", "features": list(features(rows(case, "entities")))}
    path.write_bytes(msgspec.json.format(msgspec.json.encode(collection), indent=1) + b"\n")
    return [path]


def features(entities: Iterator[Row]) -> Iterator[Row]:
    for entity in entities:
        if entity["lat"] is not None and entity["lon"] is not None:
            keys = ("name", "name_en", "precision", "wikidata", "names")
            yield {
                "type": "Feature",
                "id": entity["entity"],
                "geometry": {"type": "Point", "coordinates": [entity["lon"], entity["lat"]]},  # longitude first
                "properties": {key: entity[key] for key in keys},
            }
