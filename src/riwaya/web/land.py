"""The ground of the map: outlines of land and borders, cut to the part of the world that is looked at.

From Natural Earth (public domain), 1:50 million; see scripts/make_land.py. Longitudes and latitudes are drawn as they
are, with a degree of longitude as wide as it is in the middle of the map: good for countries, not for the poles.
"""

from __future__ import annotations

import lzma
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate, pairwise
from math import cos, radians

from msgspec import Struct

WIDTH = 1000.0
ROUND = 36_000
"""Hundredths of a degree around the Earth."""
SPACING = 12
"""Hundredths of a degree between the points of the outlines, about."""
MANY = 24
"""A line keeps so many points at least."""
LEAST = 2.5
"""Degrees that a map shows at least, so that one town does not fill it."""

FINE = 1.5
"""Units of the drawing between two points of a line, at least."""

Point = tuple[float, float]


class Land(Struct, frozen=True, kw_only=True):
    """A map: its size, where its corner is, and what is drawn, as paths of an SVG."""

    width: float
    height: float
    west: float
    north: float
    across: float
    """Units for a degree of longitude."""
    down: float
    """Units for a degree of latitude."""
    ground: str
    borders: str

    def at(self, lat: float, lon: float) -> Point:
        return round((lon - self.west) * self.across, 1), round((self.north - lat) * self.down, 1)


def land(points: Sequence[Point]) -> Land | None:
    """A map that holds all points (latitude, longitude); None where there are none.

    >>> made = land([(34.55, 38.27), (33.51, 36.29)])
    >>> made.width, made.at(made.north, made.west), made.ground[:1]
    (1000.0, (0.0, 0.0), 'M')
    """
    if not points:
        return None
    lats, lons = [lat for lat, _ in points], [lon for _, lon in points]
    middle = (min(lats) + max(lats)) / 2
    wide = max(max(lons) - min(lons), LEAST) * 1.3
    flat = cos(radians(middle))
    high = max((max(lats) - min(lats)) * 1.3, wide * flat * 0.5)
    wide = max(wide, high / flat * 1.5)
    west, north = (min(lons) + max(lons)) / 2 - wide / 2, middle + high / 2
    across = WIDTH / wide  # of a degree of longitude; one of latitude is drawn longer, as it is
    down = across / max(0.2, flat)
    box = (west, north - high, west + wide, north)
    made = Land(
        width=WIDTH,
        height=round(high * down, 1),
        west=west,
        north=north,
        across=across,
        down=down,
        ground="",
        borders="",
    )
    fine = 100 * FINE / across
    near = within(box, fine, max(1, int(fine / SPACING)))
    seen = [(letter, thinned(made, line), inside) for letter, line, inside in near]
    rings = (ring if inside else clipped(ring, box) for letter, ring, inside in seen if letter == "L")
    lines = (run for letter, line, inside in seen if letter == "B" for run in ([line] if inside else runs(line, box)))
    return Land(
        width=made.width,
        height=made.height,
        west=west,
        north=north,
        across=across,
        down=down,
        ground="".join(f"{line}Z" for ring in rings if (line := path(made, ring))),
        borders="".join(path(made, run) for run in lines),
    )


def thinned(made: Land, points: Sequence[Point]) -> list[Point]:
    """A line without the points that nobody could tell apart."""
    across, down = made.across, made.down
    kept = [points[0]]
    px, py = points[0]
    for x, y in points:
        if abs(x - px) * across + abs(y - py) * down >= FINE:
            kept.append((x, y))
            px, py = x, y
    return kept


def path(made: Land, points: Sequence[Point]) -> str:
    """A line as the data of an SVG path."""
    drawn = [made.at(lat, lon) for lon, lat in points]
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in drawn) if len(drawn) > 1 else ""


@cache
def outlines() -> list[tuple[str, list[int], list[int]]]:
    """Every ring of land and every border, as longitudes and latitudes in hundredths of a degree."""
    data = lzma.decompress(files("riwaya.web").joinpath("land.txt.xz").read_bytes()).decode("ascii")
    found = []
    for line in data.split("\n"):
        letter, *steps = line.split(" ")
        across, up = list(map(int, steps[::2])), list(map(int, steps[1::2]))
        xs, ys = list(accumulate(across)), list(accumulate(up))
        found.append((letter, xs, ys))
        if max(across[1:], default=0) > ROUND / 2 or min(across[1:], default=0) < -ROUND / 2:
            whole = unbroken(xs)
            found[-1:] = [(letter, [x + turn for x in whole], ys) for turn in (0, -ROUND, ROUND)]
    return found


def unbroken(xs: Sequence[int]) -> list[int]:
    """Longitudes that go on across the antimeridian instead of jumping to the other side of the map.

    >>> unbroken([17900, -17900])
    [17900, 18100]
    """
    found = list(xs[:1])
    for x in xs[1:]:
        found.append(x - ROUND * round((x - found[-1]) / ROUND))
    return found


Box = tuple[float, float, float, float]


def within(box: Box, least: float, stride: int) -> Iterator[tuple[str, list[Point], bool]]:
    """The outlines that reach into a box and are not too small to be seen, in degrees, of every `stride` points one;
    and whether they lie in it wholly.
    """
    west, south, east, north = (100 * side for side in box)
    for letter, xs, ys in outlines():
        left, right, low, high = min(xs), max(xs), min(ys), max(ys)
        if left < east and right > west and low < north and high > south and max(right - left, high - low) > least:
            every = slice(None, None, stride if len(xs) > MANY * stride else 1)
            inside = west <= left and right <= east and south <= low and high <= north
            yield letter, [(x / 100, y / 100) for x, y in zip(xs[every], ys[every], strict=True)], inside


def runs(points: Sequence[Point], box: Box) -> Iterator[list[Point]]:
    """The stretches of a line that lie in a box, with the step that leads in and the one that leads out."""
    west, south, east, north = box
    run: list[Point] = []
    for a, b in pairwise(points):
        inside = any(west <= x <= east and south <= y <= north for x, y in (a, b))
        if inside:
            run = run or [a]
            run.append(b)
        elif run:
            yield run
            run = []
    if run:
        yield run


def clipped(points: Sequence[Point], box: Box) -> list[Point]:
    """A ring cut to a box, side by side (Sutherland and Hodgman 1974)."""
    west, south, east, north = box
    ring = list(points)
    sides: tuple[tuple[int, float, Callable[[float, float], bool]], ...] = (
        (0, west, lambda value, edge: value >= edge),
        (0, east, lambda value, edge: value <= edge),
        (1, south, lambda value, edge: value >= edge),
        (1, north, lambda value, edge: value <= edge),
    )
    for axis, edge, inside in sides:
        kept: list[Point] = []
        for a, b in pairwise([*ring[-1:], *ring]):
            if inside(a[axis], edge) != inside(b[axis], edge):
                share = (edge - a[axis]) / (b[axis] - a[axis])
                kept.append((a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])))
            if inside(b[axis], edge):
                kept.append(b)
        ring = kept
    return ring
