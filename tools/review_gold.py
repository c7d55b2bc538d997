"""The gold annotation of a report of the review corpus, from what its source marks.

tests/data/review/README.md says what each member means. Standard library only.
"""
import csv
import json
import re

from review_source import BRACKETED, FOLDER, BrokenSource

CHECK_ROW = re.compile(r"^\| `(\w+)` \| (error|warning|note) \| ([\w ]*)\|", re.MULTILINE)
# 一是, （一） and （1） where they begin a paragraph or a sentence; the title ends with the clause.
ITEM = re.compile(r"(?:^|(?<=[。；：！”，]))([一二三四五六七八九十]{1,2}是|"
                  r"（(?:[一二三四五六七八九十]{1,2}|[1-9])）)([^。；：，]*)")


def clause_of(words):
    """The first clause; a run-in heading's full stop is no part of its title."""
    return re.split("[。；：，]", words, maxsplit=1)[0]


def read_checks():
    """Check name -> (level, what besides the report it needs), as README.md lists them."""
    rows = CHECK_ROW.findall((FOLDER / "README.md").read_text("utf-8"))
    return {name: (level, needs.strip()) for name, level, needs in rows}


def read_titles():
    """Title between 《》 -> (known, kind), as titles.csv lists them."""
    with (FOLDER / "titles.csv").open(encoding="utf-8", newline="") as file:
        return {row["title"]: (row["known"] == "yes", row["kind"])
                for row in csv.DictReader(file)}


def nth_of(text, words, offset):
    """The how-many-th occurrence of `words` begins at `offset`; 0 where it is the only one."""
    places = [match.start() for match in re.finditer(re.escape(words), text)]
    return places.index(offset) + 1 if len(places) > 1 else 0


def document_of(head):
    dates = [date.strip() for date in head.get("dates", "").split(",") if date.strip()]
    return {"kind": head.get("kind", "annual_report"), "unit": head["unit"],
            "year": int(head["year"]), "number": head.get("number", ""),
            "addressee": head.get("addressee", ""), "dates": dates,
            "signature": head.get("signature", "")}


def outline_of(report):
    outline, level = [], 0
    for block in report.blocks:
        words = block.text()
        if block.kind == "heading":
            level = block.level
            outline.append({"level": level, "number": block.number,
                            "title": block.title.rstrip("。；：，")})
            words = words[len(block.number + block.title):]
        elif block.kind != "paragraph":
            continue
        # Items stand in the order of the text, one level below the heading over them.
        outline += [{"level": level + 1, "number": number, "title": title}
                    for number, title in ITEM.findall(words)]
    return outline


def claims_of(report):
    """Each problem admitted and each thing promised: what stands in those two parts as an item."""
    claims, part, part_level = [], "", 0
    for block in report.blocks:
        if block.part or (block.kind == "heading" and block.level <= part_level):
            part, part_level = block.part, block.level
        elif block.kind == "signature":
            part = ""
        if part not in ("shortcomings", "next_year"):
            continue
        words, items = block.text(), []
        if block.kind == "heading":
            words = words[len(block.number + block.title):]
            items = [] if block.part else [block.title]
        elif block.kind == "bullet":
            items = [words]
        items += [title for _, title in ITEM.findall(words)]
        claims += [{"part": part, "text": clause_of(title)} for title in items]
    for line in report.head["claim"]:
        part, _, words = (piece.strip() for piece in line.partition("|"))
        claims.append({"part": part, "text": words})
    return claims


def parts_of(report):
    parts = []
    for at, block in enumerate(report.blocks):
        if block.part:
            read = block if block.kind == "heading" else report.blocks[at + 1]
            parts.append({"part": block.part, "title": block.title.rstrip("。；：，"),
                          "begins": read.text()[:20]})
    return parts


def figures_of(report):
    figures = []
    for figure in report.figures:
        row = {"value": figure.value, "unit": figure.unit, "qualifier": figure.qualifier,
               "text": figure.text, "measure_zh": figure.measure}
        nth = nth_of(report.text, figure.text, figure.offset)
        if nth:
            row["nth"] = nth
        if figure.upper is not None:
            row["upper"] = figure.upper
        if figure.direction:
            row["direction"] = figure.direction
        if figure.figure_class:
            row["class"] = figure.figure_class
        figures.append(row)
    return figures


def titles_of(report, known_titles):
    titles = []
    for title in BRACKETED.findall(report.text):
        if title not in known_titles:
            raise BrokenSource(f"{report.name}: 《{title}》 is not in titles.csv")
        known, kind = known_titles[title]
        titles.append({"title": title, "known": known, "kind": kind})
    return titles


def findings_of(report, checks):
    findings = []
    for line in report.head["finding"]:
        parts = [part.strip() for part in line.split("|")]
        if len(parts) not in (3, 4) or parts[0] not in checks:
            raise BrokenSource(f"{report.name}: {line}: expected check | found | why | nth")
        level, needs = checks[parts[0]]
        row = {"check": parts[0], "level": level, "found": parts[1], "why": parts[2]}
        if len(parts) == 4:
            row["nth"] = int(parts[3])
        if needs:
            row["needs"] = needs
        findings.append(row)
    return findings


def sums_of(report):
    sums = []
    for line in report.head["sum"]:
        total, _, parts = line.partition("=")
        sums.append({"total": total.strip(), "parts": [part.strip() for part in parts.split("+")]})
    return sums


def gold_of(report, checks, known_titles):
    return {"document": document_of(report.head), "outline": outline_of(report),
            "parts": parts_of(report), "figures": figures_of(report),
            "titles": titles_of(report, known_titles), "claims": claims_of(report),
            "findings": findings_of(report, checks), "sums": sums_of(report)}


def json_of(gold):
    """One line for each member of a list, so that a change of one shows as one line."""
    lines = []
    for key, value in gold.items():
        if isinstance(value, list):
            rows = [json.dumps(row, ensure_ascii=False) for row in value]
            inner = "[" + ",".join(f"\n  {row}" for row in rows) + ("\n ]" if rows else "]")
        else:
            inner = json.dumps(value, ensure_ascii=False)
        lines.append(f' "{key}": {inner}')
    return "{\n" + ",\n".join(lines) + "\n}\n"
