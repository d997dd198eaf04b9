"""Makes src/riwaya/web/land.txt.xz, the outline of the land and the borders that the map of places is drawn on.

    python scripts/make_land.py FOLDER

FOLDER holds land-50m.json and countries-50m.json of the npm package `world-atlas` (ISC), which are the 1:50 million
land and country polygons of Natural Earth (public domain) as TopoJSON. Borders are those of Natural Earth, as they are
in fact, and no statement on whose they should be.

A line of the result is a letter («L» a ring of land, «B» a border) and the points as hundredths of a degree: the first
longitude and latitude, then the differences from point to point.
"""

from __future__ import annotations

import json
import lzma
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[1] / "src" / "riwaya" / "web" / "land.txt.xz"
Point = tuple[int, int]
SMALL = 12
"""Rings whose box is smaller than this many hundredths of a degree on both sides are left out."""


def arcs_of(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs in hundredths of a degree, points that fall together left out."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points: list[Point] = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            point = round((x * sx + tx) * 100), round((y * sy + ty) * 100)
            if not points or points[-1] != point:
                points.append(point)
        arcs.append(points)
    return arcs


def rings_of(geometry: dict[str, Any]) -> Iterator[list[int]]:
    if geometry["type"] == "GeometryCollection":
        for inner in geometry["geometries"]:
            yield from rings_of(inner)
    elif geometry["type"] == "Polygon":
        yield from geometry["arcs"]
    elif geometry["type"] == "MultiPolygon":
        for polygon in geometry["arcs"]:
            yield from polygon


def joined(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    points: list[Point] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def is_small(points: list[Point]) -> bool:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return max(xs) - min(xs) < SMALL and max(ys) - min(ys) < SMALL


def line(letter: str, points: list[Point]) -> str:
    numbers = [*points[0]]
    for (x0, y0), (x1, y1) in pairwise(points):
        numbers += [x1 - x0, y1 - y0]
    return f"{letter} {' '.join(map(str, numbers))}"


def main(folder: Path) -> None:
    land = json.loads((folder / "land-50m.json").read_text("utf-8"))
    countries = json.loads((folder / "countries-50m.json").read_text("utf-8"))
    arcs = arcs_of(land)
    rings = [joined(ring, arcs) for ring in rings_of(land["objects"]["land"])]
    lines = [line("L", ring) for ring in rings if not is_small(ring)]
    arcs = arcs_of(countries)
    uses = Counter(n if n >= 0 else ~n for ring in rings_of(countries["objects"]["countries"]) for n in ring)
    lines += [line("B", arcs[n]) for n, count in sorted(uses.items()) if count > 1 and len(arcs[n]) > 1]
    TARGET.write_bytes(lzma.compress("\n".join(lines).encode("ascii"), preset=9))
    print(f"{TARGET.name}: {len(lines)} lines, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
