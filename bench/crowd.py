"""Invented articles for a large observatory: `crowd.py COUNT` prints as many JSON lines. Each tells one attack in a town of the gazetteer."""
import datetime, json, random, sys

random.seed(7)
with open("languages/ar/places/generated/cities.tsv", encoding="utf-8") as lines:
    head, *rows = [line.rstrip("\n").split("\t") for line in lines]
column = {name: n for n, name in enumerate(head)}
towns = [row[column["names"]].split("|")[0] for row in rows if row[column["country"]] in ("SY", "IQ", "YE", "LY", "SD") and "(" not in row[column["names"]]]
how = ["بقصف مدفعي على", "بغارة جوية على", "بانفجار عبوة ناسفة في", "باشتباكات مسلحة في", "بضربة بطائرة مسيرة على"]
for n in range(int(sys.argv[1])):
    day = datetime.date(2012, 1, 1) + datetime.timedelta(days=n * 4000 // int(sys.argv[1]))
    town = towns[int(random.random() ** 2 * len(towns))]
    text = f"خبر {n}. قتل {random.randint(2, 12)} مدنيين وأصيب {random.randint(3, 40)} آخرون {random.choice(how)} مدينة {town}، اليوم، وفق مصدر طبي."
    row = {"id": str(n), "url": f"https://x.example/{n}", "published": day.isoformat(), "language": "ar", "outlet": f"وكالة {n % 40}", "title": f"خبر {n}", "text": text}
    print(json.dumps(row, ensure_ascii=False))
