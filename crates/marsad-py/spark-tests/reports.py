"""Fictional reports of invented outlets, and coded documents made of them in the thousands."""

from __future__ import annotations

import datetime
import json
import random

import pyarrow as pa
import pytest

import marsad

TOWNS = ["الباب", "منبج", "سراقب", "الرستن", "تلبيسة", "جسر الشغور", "معرة النعمان", "الميادين", "البوكمال", "عندان"]
ACTS = [
    "قتل {n} مدنيين بقصف مدفعي لقوات النظام على مدينة {town}، أمس {day}",
    "أصيب {n} مدنيين بغارة جوية على مدينة {town}، اليوم {day}",
    "انفجرت سيارة مفخخة في مدينة {town} يوم {day} وأسفرت عن مقتل {n} أشخاص",
    "اعتقلت قوات النظام {n} شبان في مدينة {town}، أمس {day}",
]
LATER = "وكان {n} مدنيين قد قتلوا بقصف مدفعي لقوات النظام على مدينة {town} يوم {date}. واليوم خرجت مظاهرة في المدينة."
VAGUE = ["قتل {n} مدنيين بقصف مدفعي لقوات النظام، أمس {day}", "قتل {n} مدنيين بقصف مدفعي لقوات النظام على ريف حلب، أمس {day}"]
OUTLETS = ["وكالة الضفاف", "شبكة السهل", "إذاعة النخلة", "صحيفة المرفأ", "مرصد الجسر"]
DAYS = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]
MONTHS = ["كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول"]


def articles(count: int, seed: int = 1) -> pa.Table:
    """So many articles: incidents told by several outlets, copies, retellings, and rows that cannot be coded."""
    numbers = random.Random(seed)
    rows: list[dict] = []
    while len(rows) < count:
        day = datetime.date(2031, 5, 1) + datetime.timedelta(numbers.randrange(20))
        told = day - datetime.timedelta(1)
        town, act, dead = numbers.choice(TOWNS), numbers.choice(ACTS), numbers.randrange(3, 10)
        for n in range(numbers.choice([1, 1, 2, 3, 4])):
            kind = numbers.randrange(12)
            say = dict(town=town, n=dead + (kind == 3), day=DAYS[(day if "اليوم" in act else told).weekday()])
            text = act.format(**say)
            if kind == 0:
                text = numbers.choice(VAGUE).format(**say)
            elif kind == 1:
                text = LATER.format(**say, date=f"{told.day} {MONTHS[told.month - 1]} {told.year}")
            elif kind == 2:
                text += ".\n" + numbers.choice(ACTS).format(**{**say, "town": numbers.choice(TOWNS)}) + "."
            row = {"id": f"{len(rows):06}", "text": text, "outlet": numbers.choice(OUTLETS), "title": f"خبر {town} {n % 2}"}
            row |= {"url": f"https://x.example/{len(rows)}", "published": day.isoformat(), "language": "ar"}
            if kind == 4 and rows:
                # The same id again, with the same or another text.
                row["id"] = rows[-1]["id"]
            if kind == 5 and rows:
                row["text"] = rows[-1]["text"]
            if kind == 6 and numbers.randrange(4) == 0:
                row["text"] = None
            rows.append(row)
    return pa.Table.from_pylist(rows[:count], schema=pa.schema([(name, pa.string()) for name in rows[0]]))


def variants(lines: list[str], count: int, seed: int = 2) -> list[str]:
    """So many lines of ``marsad code``, made of a few by moving days and places and by telling more or less."""
    numbers = random.Random(seed)
    records = [record for record in map(json.loads, lines) if record["events"]]
    out = []
    for n in range(count):
        record = json.loads(json.dumps(numbers.choice(records)))
        id = f"v{n:06}"
        record["document"] |= {"id": id, "sha256": f"{numbers.randrange(count):064}"}
        days, north, east = numbers.randrange(40), numbers.randrange(60) * 0.05, numbers.randrange(60) * 0.05
        for k, event in enumerate(record["events"]):
            event |= {"id": f"{id}#{k + 1}", "scope": numbers.choice(["incident"] * 8 + ["background", "aggregate"]), "relations": []}
            when = event["when"]
            if when["start"] and numbers.randrange(30):
                start = datetime.date.fromisoformat(when["start"]) + datetime.timedelta(days)
                when |= {"start": start.isoformat(), "end": (start + datetime.timedelta(numbers.choice([0] * 9 + [1, 20]))).isoformat()}
            elif not numbers.randrange(3):
                when |= {"start": None, "end": None, "precision": "unknown"}
            if numbers.randrange(12) == 0:
                when["precision"] = "unknown"
            if numbers.randrange(6) == 0:
                event["where"] = []
            for place in event["where"]:
                if place["lat"] is not None:
                    place |= {"lat": round(place["lat"] + north, 4), "lon": round(place["lon"] + east, 4)}
                if numbers.randrange(5) == 0:
                    place |= {"precision": "area", "radius_km": 40.0}
        out.append(json.dumps(record, ensure_ascii=False))
    return out


def one_machine(table: pa.Table) -> pa.Table:
    """What one machine links. Some ids come with two texts, which is warned of."""
    with pytest.warns(UserWarning, match="given with two different texts"):
        return marsad.link(table)


def rows(table):
    """Rows in an order of their own."""
    return sorted(table.to_pylist(), key=repr)


def in_order(incidents):
    """Incidents as `marsad link` sorts them."""
    return sorted(incidents.to_pylist(), key=lambda row: (str((row["when"] or {}).get("start") or ""), row["id"]))
