#!/usr/bin/env python3
"""Checks every TSV of this folder and its subfolders: `python3 check.py [--quiet]`. Needs nothing but Python.

Errors (exit code 1): a wrong header, a wrong number of cells, an empty id, name or country, an id used twice, a name that is not
Arabic, a number out of range, coordinates outside their country, an unknown kind or country, and in curated files one name with
two coordinates of the same kind in one country further apart than twice the radius, unless province or English name tell them apart.
Warnings: a place outside the outline of its province, where there is one.
"""
import json
import math
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
COLUMNS = "id names english kind country admin1 admin2 lat lon radius_km population source licence".split()
KINDS = set(
    "country admin1 admin2 city town village quarter desert area mountain valley plain river lake sea coast strait canal crossing "
    "border bridge dam oil_field gas_field airport base camp prison road region island mosque church school university hospital "
    "port checkpoint front market square building factory site".split()
)
NAME = re.compile(
    r"^(?=.*[\u0621-\u06d3])[\u0621-\u06d30-9A-Za-z٠-٩]+(?:(?: ?[\-/] ?| )[\u0621-\u06d30-9A-Za-z٠-٩]+)*$"
    r"|^[A-Z]{1,2}[0-9]{1,2}$"  # pumping stations and bases that Arabic texts write in Latin letters: T4, K1
)
SLACK_KM = 12          # outlines are simplified and coasts, islands and harbours lie outside them
SEA_SLACK_KM = 250     # what lies in the sea or runs through several countries has a point only for want of a line
WIDE = set("sea strait coast canal island river road region desert area mountain border front lake base oil_field gas_field port".split())
# Held, claimed or administered by a neighbour: either country may be written.
EITHER = {
    frozenset(p.split()) for p in (
        "IL PS|IL SY|IL LB|LB SY|UA RU|MA EH|SD SS|SD EG|IN PK|IN CN|AM AZ|TR CY|RS XK|ER ET|GE RU|SA YE|KE SS|ML DZ|MR EH|AE IR|CM NG|ES MA"
    ).split("|")
}


def kilometres(lat1, lon1, lat2, lon2):
    a, b = math.radians(lat1), math.radians(lat2)
    c = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 12742.02 * math.asin(math.sqrt(min(1.0, c)))


class Outline:
    def __init__(self):
        self.rings = []

    def add(self, rings):
        for ring in rings:
            lons, lats = [p[0] for p in ring], [p[1] for p in ring]
            self.rings.append((min(lons), max(lons), min(lats), max(lats), ring))

    def contains(self, lat, lon):
        inside = False
        for west, east, south, north, ring in self.rings:
            if not (west <= lon <= east and south <= lat <= north):
                continue
            for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1]):
                if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
                    inside = not inside
        return inside

    def within(self, lat, lon, slack):
        """Whether the point lies in the outline or at most `slack` kilometres from its border."""
        if self.contains(lat, lon):
            return True
        scale = max(0.05, math.cos(math.radians(lat)))
        reach = slack / 111.2
        for west, east, south, north, ring in self.rings:
            if lat < south - reach or lat > north + reach or lon < west - reach / scale or lon > east + reach / scale:
                continue
            for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1]):
                ax, ay, bx, by = (x1 - lon) * scale, y1 - lat, (x2 - lon) * scale, y2 - lat
                dx, dy = bx - ax, by - ay
                length = dx * dx + dy * dy
                t = 0 if length == 0 else max(0, min(1, -(ax * dx + ay * dy) / length))
                if math.hypot(ax + t * dx, ay + t * dy) <= reach:
                    return True
        return False


def outlines():
    countries, provinces = {}, {}
    for feature in json.loads((HERE / "outlines" / "countries.json").read_text(encoding="utf-8")):
        countries.setdefault(feature["iso"], Outline()).add(feature["rings"])
    for path in sorted((HERE / "outlines").glob("admin1-*.json")):
        for feature in json.loads(path.read_text(encoding="utf-8")):
            if "(" not in feature["name"]:
                provinces.setdefault((path.stem[-2:], feature["name"]), Outline()).add(feature["rings"])
    return countries, provinces


def fold(name):
    name = re.sub("[أإآ]", "ا", name).replace("ى", "ي").replace("ة", "ه").replace("ؤ", "و").replace("ئ", "ي")
    return re.sub(r"(^| )ال", r"\1", name)


def number(cell, low, high):
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if low <= value <= high else None


def main():
    countries, provinces = outlines()
    known = set()
    listed = HERE / "generated" / "countries.tsv"
    if listed.exists():
        known = {line.split("\t")[4] for line in listed.read_text(encoding="utf-8").split("\n")[1:] if line}
    known |= set(countries)
    errors, warnings, ids, total = [], [], {}, 0
    curated = {}
    for path in sorted(HERE.rglob("*.tsv")):
        where = path.relative_to(HERE)
        text = path.read_text(encoding="utf-8")
        if "\r" in text:
            errors.append(f"{where}: carriage returns")
        if not text.endswith("\n"):
            errors.append(f"{where}: no newline at the end")
        lines = text.split("\n")
        if lines[0].split("\t") != COLUMNS:
            errors.append(f"{where}:1: header is not {' '.join(COLUMNS)}")
            continue
        for line_number, line in enumerate(lines[1:], 2):
            if not line:
                continue
            total += 1
            at = f"{where}:{line_number}"
            cells = line.split("\t")
            if len(cells) != len(COLUMNS):
                errors.append(f"{at}: {len(cells)} cells instead of {len(COLUMNS)}")
                continue
            row = dict(zip(COLUMNS, cells))
            if any(cell != cell.strip() for cell in cells):
                errors.append(f"{at}: blanks around a cell")
            for column in ("id", "names", "english", "kind", "country", "source", "licence"):
                if not row[column] and not (column == "country" and row["kind"] in WIDE):
                    errors.append(f"{at}: {column} is empty")
            if row["id"] in ids:
                errors.append(f"{at}: id {row['id']} stands already at {ids[row['id']]}")
            ids.setdefault(row["id"], at)
            # In parentheses: an everyday word too, which many places share.
            names = [name[1:-1] if re.match(r"^\(.*\)$", name) else name for name in row["names"].split("|")]
            bare = {name[1:-1] for name in row["names"].split("|") if name.startswith("(")}
            for name in names:
                if not NAME.match(name):
                    errors.append(f"{at}: «{name}» is not plain Arabic")
            if len(set(names)) != len(names):
                errors.append(f"{at}: a name stands twice")
            if row["kind"] not in KINDS:
                errors.append(f"{at}: unknown kind {row['kind']}")
            generated = where.parts[0] == "generated"
            if row["country"] and not re.match("^[A-Z]{2}$", row["country"]) or row["country"] and not generated and row["country"] not in known:
                errors.append(f"{at}: unknown country {row['country']}")
            lat, lon = number(row["lat"], -90, 90), number(row["lon"], -180, 180)
            extent = number(row["radius_km"], 0.05, 4000)
            if lat is None or lon is None:
                errors.append(f"{at}: coordinates {row['lat']}, {row['lon']}")
                continue
            if extent is None:
                errors.append(f"{at}: radius_km {row['radius_km']}")
                continue
            if row["population"] and number(row["population"], 1, 2e9) is None:
                errors.append(f"{at}: population {row['population']}")
            slack = SEA_SLACK_KM if row["kind"] in ("sea", "strait", "island") else SLACK_KM + (extent if row["kind"] in WIDE else 0)
            allowed = [row["country"]] + sorted(c for pair in EITHER if row["country"] in pair for c in pair)
            shapes = [countries[c] for c in allowed if c in countries]
            if row["kind"] in ("country", "admin1") and generated:
                shapes = []  # a centroid: a crescent has it outside
            # GeoNames knows islets that no outline of this scale shows.
            if shapes and not any(s.within(lat, lon, slack) for s in shapes):
                (warnings if generated and row["id"].startswith("gn:") else errors).append(
                    f"{at}: {row['english']} ({lat}, {lon}) lies outside {row['country']}"
                )
            province = provinces.get((row["country"], row["admin1"]))
            if province and row["kind"] not in WIDE and not province.within(lat, lon, SLACK_KM):
                warnings.append(f"{at}: {row['english']} ({lat}, {lon}) lies outside {row['admin1']}")
            if not generated:
                for name in (name for name in names if name not in bare):
                    curated.setdefault((fold(name), row["kind"], row["country"], row["admin1"]), []).append(
                        (name, row["english"], lat, lon, extent, at)
                    )
    for same in curated.values():
        for index, (name, english, lat, lon, extent, at) in enumerate(same):
            for _, other, lat2, lon2, extent2, at2 in same[:index]:
                apart = kilometres(lat, lon, lat2, lon2)
                if at != at2 and english == other and apart > 2 * max(extent, extent2):
                    errors.append(f"{at}: «{name}» is {apart:.0f} km from the one at {at2}")
                elif at != at2 and apart > 2 * max(extent, extent2):
                    warnings.append(f"{at}: «{name}» ({english}) is {apart:.0f} km from {other} at {at2}")
    quiet = "--quiet" in sys.argv
    for text in [] if quiet else warnings:
        print("warning:", text)
    for text in errors:
        print("error:", text)
    print(f"{total} places, {len(errors)} errors, {len(warnings)} warnings")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
