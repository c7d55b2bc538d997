#!/usr/bin/env python3
"""Writes examples/<office>/: office.yaml, ledgers/*.csv, files/*. Same output on every machine.

Only the totals in example_offices.py come from the published reports; names, dates, places and
wordings are invented. `--check` writes nothing and fails where a file on disk differs from what
would be written. report_text.csv is written by hand and left alone.
"""
import binascii
import csv
import datetime
import io
import pathlib
import struct
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import example_offices as source  # noqa: E402
import example_ledgers as ledgers  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent / "examples"
ONE_DAY = datetime.timedelta(days=1)


class Dice:
    """A small generator of our own: Python's may change between versions, these files may not."""

    def __init__(self, seed):
        self.state = binascii.crc32(seed.encode()) + 1

    def below(self, bound):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % bound

    def between(self, low, high):
        return low + self.below(high - low + 1)

    def pick(self, values):
        return values[self.below(len(values))]

    def shuffled(self, values):
        values = list(values)
        for i in range(len(values) - 1, 0, -1):
            j = self.below(i + 1)
            values[i], values[j] = values[j], values[i]
        return values

    def marks(self, count, total):
        """`total` flags, `count` of them set, in no order."""
        return self.shuffled([True] * count + [False] * (total - count))

    def split(self, total, count, step=1):
        """`count` positive multiples of `step` (the last takes the rest) that sum to `total`."""
        if count == 0:
            return []
        weights = [self.between(60, 180) for _ in range(count)]
        parts = [max(step, total * w // sum(weights) // step * step) for w in weights]
        rest = total - sum(parts)
        parts[parts.index(max(parts))] += rest
        assert min(parts) > 0 and sum(parts) == total, (total, count, step)
        return parts


class Office:
    def __init__(self, code, facts):
        self.code = code
        self.year = facts["year"]
        self.facts = facts
        self.tables = {}
        self.files = {}
        self.names_taken = set()
        dice = Dice(code + ":people")
        self.units = [dict(code=c, kind="section", name=n, short=s) for c, n, s in source.SECTIONS]
        for kind, named, label in (("community", "communities", "社区"),
                                   ("village", "villages", "村")):
            for i, name in enumerate(facts.get(named, [])):
                self.units.append(dict(code=f"{kind}_{i + 1:02}", kind=kind, name=name + label,
                                       short=name, lead_section=source.SECTIONS[i % 5][0]))
        self.communities = [u for u in self.units if u["kind"] == "community"]
        self.places = [u for u in self.units if u["kind"] != "section"]
        self.people = []
        self.leaders = [self.add_person(dice, "party_office", ["leader"]),
                        self.add_person(dice, "party_office", ["leader", "disclosure_head"])]
        self.lawyers = [self.add_person(dice, "judicial_office", ["law_office", "clerk"])
                        for _ in range(2)]
        self.reviewer = self.add_person(dice, "judicial_office", ["legal_reviewer"])
        self.add_person(dice, "party_office", ["admin"])
        self.clerks = {}
        for unit in self.units:
            desk = "disclosure_clerk" if unit["code"] == "party_office" else "liaison"
            posts = ["clerk", desk]
            self.clerks[unit["code"]] = [self.add_person(dice, unit["code"], posts),
                                         self.add_person(dice, unit["code"], ["clerk"])]
        self.mediators = [self.add_person(dice, "judicial_office", ["mediator"]) for _ in range(2)]
        for i in range(facts["mediators"] - 2):
            place = self.places[i % len(self.places)]["code"]
            self.mediators.append(self.add_person(dice, place, ["mediator"]))
        self.former_mediators = [self.add_person(dice, self.places[0]["code"], [])
                                 for _ in range(3)]
        officers = [self.clerks["enforcement_team"][0], self.clerks["enforcement_team"][1]]
        while len(officers) < facts["officers"]:
            officers.append(self.add_person(dice, "enforcement_team", ["clerk"]))
        self.officers = officers

    def new_name(self, dice):
        while True:
            name = dice.pick(source.SURNAMES) + dice.pick(source.GIVEN_FIRST)
            if dice.below(5) > 0:
                name += dice.pick(source.GIVEN_SECOND)
            if name not in self.names_taken:
                self.names_taken.add(name)
                return name

    def add_person(self, dice, unit, posts):
        person = dict(code=f"p{len(self.people) + 1:03}", name=self.new_name(dice), unit=unit,
                      posts=posts)
        self.people.append(person)
        return person

    def dice(self, seed):
        return Dice(self.code + ":" + seed)

    def clerk(self, dice, unit):
        return dice.pick(self.clerks[unit["code"]])["name"]

    def workday(self, day):
        """`day`, or the next day nobody would doubt: no weekend, no long holiday."""
        while day.weekday() > 4 or any(a <= day <= b for a, b in source.HOLIDAYS):
            day += ONE_DAY
        return day

    def day(self, dice, year, months=range(1, 13), days=(1, 26)):
        return self.workday(datetime.date(year, dice.pick(list(months)), dice.between(*days)))

    def later(self, dice, day, low, high):
        """A working day `low`..`high` days after `day`, in the same year."""
        moved = self.workday(day + dice.between(low, high) * ONE_DAY)
        if moved.year == day.year:
            return moved
        return max(day, self.workday(datetime.date(day.year, 12, 28)))

    def add(self, ledger, rows):
        self.tables.setdefault(ledger, []).extend(rows)

    def png(self, name):
        """A small picture, stored uncompressed so that no zlib version changes its bytes."""
        dice = self.dice("png:" + name)
        red, green, blue = (dice.between(40, 200) for _ in range(3))
        width, height = 32, 24
        rows = (b"\0" + b"".join(bytes(((red + x) % 256, (green + 2 * y) % 256, blue))
                                 for x in range(width)) for y in range(height))
        raw = b"".join(rows)
        stored = b"\x78\x01\x01" + struct.pack("<HH", len(raw), 0xFFFF - len(raw))
        stored += raw + struct.pack(">I", adler(raw))
        head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
        body = b"\x89PNG\r\n\x1a\n"
        for kind, data in ((b"IHDR", head), (b"IDAT", stored), (b"IEND", b"")):
            body += struct.pack(">I", len(data)) + kind + data
            body += struct.pack(">I", binascii.crc32(kind + data))
        self.files[name] = body
        return name

    def pdf(self, name, words):
        """One page with one line of Latin text."""
        line = f"BT /F1 14 Tf 72 760 Td (Example paper, {self.code}: {words}) Tj ET".encode()
        objects = [b"<< /Type /Catalog /Pages 2 0 R >>",
                   b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                   b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
                   b" /Resources << /Font << /F1 5 0 R >> >> >>",
                   b"<< /Length %d >>\nstream\n" % len(line) + line + b"\nendstream",
                   b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
        body, offsets = b"%PDF-1.4\n", []
        for i, text in enumerate(objects):
            offsets.append(len(body))
            body += b"%d 0 obj\n" % (i + 1) + text + b"\nendobj\n"
        start, count = len(body), len(objects) + 1
        body += b"xref\n0 %d\n0000000000 65535 f \n" % count
        body += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
        body += b"trailer << /Size %d /Root 1 0 R >>\n" % count
        body += b"startxref\n%d\n%%%%EOF\n" % start
        self.files[name] = body
        return name

    def note(self, name, text):
        self.files[name] = (text + "\n").encode()
        return name


def adler(data):
    low, high = 1, 0
    for byte in data:
        low = (low + byte) % 65521
        high = (high + low) % 65521
    return high << 16 | low


def flow(mapping):
    def text(value):
        if isinstance(value, list):
            return "[" + ", ".join(text(v) for v in value) + "]"
        return str(value)
    return "{" + ", ".join(f"{key}: {text(value)}" for key, value in mapping.items()) + "}"


def district(parent):
    """The district above, with the bureau that guides the office and somebody in it."""
    lines = ["  - " + f"{key}: {value}" if at == 0 else f"    {key}: {value}"
             for at, (key, value) in enumerate(parent.items())]
    dice = Dice(parent["code"] + ":bureau")
    bureau = dict(code="justice_bureau", kind="bureau", name=parent["short"] + "区司法局",
                  short="司法局")
    people = []
    for code, post in (("b001", "bureau"), ("b002", "admin")):
        name = dice.pick(source.SURNAMES) + dice.pick(source.GIVEN_FIRST)
        people.append(dict(code=code, name=name, unit=bureau["code"], posts=[post]))
    return [*lines, "    units:", "      - " + flow(bureau), "    people:",
            *("      - " + flow(person) for person in people)]


def office_yaml(office):
    facts = office.facts
    place = dict(parent=facts["parent"]["code"], kind="subdistrict", name=facts["name"],
                 full_name=facts["full_name"], short=facts["short"],
                 document_code=facts["document_code"])
    lines = [f"# {facts['name']}：组织、人员与设置。人员姓名均为虚构。",
             f"office: {office.code}", f"report_year: {office.year}",
             "parents:", *district(facts["parent"]),
             "jurisdiction: " + flow(place),
             f"packs: [national, {office.code}]", f"live_from: {office.year + 1}-01-01"]
    lines += ["units:"] + ["  - " + flow(unit) for unit in office.units]
    lines += ["people:"] + ["  - " + flow(person) for person in office.people]
    lines += ["settings:"]
    for key, value in facts["settings"].items():
        lines.append(f"  {key}: " + (f"[{', '.join(value)}]" if isinstance(value, list) else value))
    return ("\n".join(lines) + "\n").encode()


def table_csv(rows):
    """Columns in the order in which the rows first name them; an absent value is an empty cell."""
    heads = list(dict.fromkeys(head for row in rows for head in row))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heads)
    for row in rows:
        writer.writerow(["" if row.get(head) is None else row[head] for head in heads])
    return out.getvalue().encode()


def all_files():
    made = {}
    for code, facts in source.OFFICES.items():
        office = Office(code, facts)
        ledgers.fill(office)
        made[f"{code}/office.yaml"] = office_yaml(office)
        for ledger, rows in office.tables.items():
            made[f"{code}/ledgers/{ledger}.csv"] = table_csv(rows)
        for name, body in office.files.items():
            made[f"{code}/files/{name}"] = body
    return made


def check(made):
    """What differs between the disk and `made`, or stands there without having been made."""
    kept = {f"{code}/ledgers/report_text.csv" for code in source.OFFICES}
    wrong = {name for name, body in made.items()
             if not (ROOT / name).is_file() or (ROOT / name).read_bytes() != body}
    for code in source.OFFICES:
        found = {str(p.relative_to(ROOT)) for p in (ROOT / code).rglob("*") if p.is_file()}
        wrong |= found - set(made) - kept
    return sorted(wrong)


def main():
    made = all_files()
    if "--check" in sys.argv:
        wrong = check(made)
        for name in wrong:
            print("differs from what tools/make_examples.py writes:", name)
        sys.exit(1 if wrong else 0)
    for name, body in made.items():
        path = ROOT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    print(f"{len(made)} files, {sum(map(len, made.values())) // 1024} KB")


if __name__ == "__main__":
    main()
