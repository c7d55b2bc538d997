#!/usr/bin/env python3
"""Fails where the documents no longer say what the program does.

--fix writes the tables of docs/errors.md anew from src/*/errors.h, and gives each ledger of packs/
that docs/glossary.md does not know a row of its own; read those rows, and say them better.
"""
import re

import project

README_LINES_MAX = 40

ERRORS = "docs/errors.md"
ERRORS_MARK = "<!-- From here on: src/*/errors.h, written by tools/check_docs.py --fix -->"
CODE = re.compile(r'std::string_view k\w+\s*=\s*"(?P<code>[a-z0-9_.]+)";(?:\s*//\s*(?P<aside>.*))?')

GLOSSARY = "docs/glossary.md"
GLOSSARY_COLUMNS = 5  # 中文 · English · identifier · what it is · legal source
IDENTIFIER = re.compile(r"`([a-z][a-z0-9_]*)`")
LEDGER_KEY = re.compile(r"^(ledger|title|about):[ ]*(.+?)[ ]*(?:#.*)?$", re.MULTILINE)
LAW = re.compile(r"^basis:.*?law:\s*([^,}\n]+)", re.MULTILINE)

FLOOR_ROW = re.compile(r"^\|\s*(\d+)\s*\|([^|]*)\|", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)")
DECISION_NAME = re.compile(r"^(\d{4})-[a-z0-9-]+\.md$")


def refusals(errors_file):
    """(code, meaning) in the order of an errors.h: the comment above or beside, else the name."""
    found, comment, declaration = [], [], ""
    for line in errors_file.read_text("utf-8").split("\n"):
        stripped = line.strip()
        if stripped.startswith("//") and not declaration:
            comment.append(stripped.lstrip("/ "))
            continue
        declaration = (declaration + " " + stripped).strip()
        match = CODE.search(declaration)
        if match:
            code = match.group("code")
            words = code.split(".")[-1].replace("_", " ").capitalize() + "."
            found.append((code, match.group("aside") or " ".join(comment) or words))
        if match or stripped.endswith((";", "{", "}")) or not stripped or stripped[0] == "#":
            comment, declaration = [], ""
    return found


def rooms_by_floor(root):
    return sorted(project.rooms(root)[0].values(), key=lambda room: (room.floor, room.name))


def error_tables(root):
    text = ""
    for room in rooms_by_floor(root):
        errors_file = room.folder / "errors.h"
        if not errors_file.is_file():
            continue
        rows = [f"| `{code}` | {escaped(meaning)} |" for code, meaning in refusals(errors_file)]
        if rows:
            text += f"\n## {room.name}\n\n| code | when |\n|---|---|\n" + "\n".join(rows) + "\n"
    return text


def escaped(text):
    return text.replace("|", "\\|")


def problems_of_errors(root):
    problems, seen = [], set()
    for room in rooms_by_floor(root):
        errors_file = room.folder / "errors.h"
        for code, _ in refusals(errors_file) if errors_file.is_file() else []:
            if not code.startswith(room.name + "."):
                problems.append(f"src/{room.name}/errors.h: {code} must begin with {room.name}.")
            if code in seen:
                problems.append(f"src/{room.name}/errors.h: {code} is there twice")
            seen.add(code)
    head, mark, tables = (root / ERRORS).read_text("utf-8").partition(ERRORS_MARK + "\n")
    if not mark:
        return problems + [f"{ERRORS}: the line {ERRORS_MARK} is missing"]
    written = set(re.findall(r"^\| `([a-z0-9_.]+)`", tables, re.MULTILINE))
    problems += [f"{ERRORS}: {code} is missing" for code in sorted(seen - written)]
    problems += [f"{ERRORS}: no room refuses with {code}" for code in sorted(written - seen)]
    if seen == written and tables != error_tables(root):
        problems.append(f"{ERRORS}: order or meanings differ from src/*/errors.h")
    return [problem + " (tools/check_docs.py --fix)" if problem.startswith(ERRORS) else problem
            for problem in problems]


def ledgers(root):
    """Head of every ledger of the packs, by name: title, about, law where there is one."""
    found = {}
    for path in sorted(root.glob("packs/*/ledgers/*.yaml")):
        for document in re.split(r"^---\s*$", path.read_text("utf-8"), flags=re.MULTILINE):
            head = {key: value.strip("\"'") for key, value in LEDGER_KEY.findall(document)}
            law = LAW.search(document)
            if "ledger" in head:
                head["law"] = law.group(1).strip() if law else ""
                found[head["ledger"]] = head
    return found


def glossary_rows(text):
    rows = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("|") and not line.startswith("|-") and not line.startswith("| 中文 |"):
            rows.append((number, [cell.strip() for cell in line.strip("|").split("|")]))
    return rows


def problems_of_glossary(root):
    problems, known = [], {}
    for number, cells in glossary_rows((root / GLOSSARY).read_text("utf-8")):
        at = f"{GLOSSARY}:{number}"
        if len(cells) != GLOSSARY_COLUMNS or not all(cells[:4]):
            problems.append(f"{at}: expected {GLOSSARY_COLUMNS} columns, the first four filled")
            continue
        names = IDENTIFIER.findall(cells[2])
        if not names:
            problems.append(f"{at}: the identifier is missing")
        for name in names:
            if name in known:
                problems.append(f"{at}: `{name}` stands in line {known[name]} already")
            known[name] = number
    problems += [f"{GLOSSARY}: the ledger `{name}` is missing (tools/check_docs.py --fix)"
                 for name in sorted(set(ledgers(root)) - set(known))]
    return problems


def problems_of_rooms(root):
    problems, rooms = [], project.rooms(root)[0]
    architecture = (root / "ARCHITECTURE.md").read_text("utf-8")
    floors = {name: int(floor) for floor, names in FLOOR_ROW.findall(architecture)
              for name in IDENTIFIER.findall(names)}
    for room in rooms.values():
        if floors.get(room.name) != room.floor:
            problems.append(f"ARCHITECTURE.md: floor {room.floor} must name `{room.name}`")
        readme = room.folder / "README.md"
        if not readme.is_file():
            problems.append(f"src/{room.name}: README.md is missing")
        elif len(readme.read_text("utf-8").splitlines()) > README_LINES_MAX:
            problems.append(f"src/{room.name}/README.md: more than {README_LINES_MAX} lines")
    return problems


def problems_of_decisions(root):
    problems, numbers = [], []
    for path in sorted((root / "docs/decisions").glob("*.md")):
        match = DECISION_NAME.match(path.name)
        if path.name == "README.md":
            continue
        if not match:
            problems.append(f"docs/decisions/{path.name}: expected NNNN-some-title.md")
            continue
        numbers.append(int(match.group(1)))
        if not path.read_text("utf-8").startswith(f"# {match.group(1)}: "):
            problems.append(f"docs/decisions/{path.name}: begins with '# {match.group(1)}: title'")
    if numbers != list(range(1, len(numbers) + 1)):
        problems.append("docs/decisions: numbers run from 0001 without gaps")
    return problems


def problems_of_links(root):
    problems = []
    for path in project.files(root):
        if path.suffix != ".md":
            continue
        for target in LINK.findall((root / path).read_text("utf-8")):
            if not (root / path.parent / target).exists():
                problems.append(f"{path}: the link to {target} leads nowhere")
    return problems


def problems_of_changelog(root):
    changelog = (root / "CHANGELOG.md").read_text("utf-8")
    return [] if "\n## Unreleased\n" in changelog else ["CHANGELOG.md: '## Unreleased' is missing"]


def check(root):
    return (problems_of_rooms(root) + problems_of_errors(root) + problems_of_glossary(root)
            + problems_of_decisions(root) + problems_of_links(root) + problems_of_changelog(root))


def fix(root):
    errors = root / ERRORS
    head = errors.read_text("utf-8").partition(ERRORS_MARK)[0]
    errors.write_text(head + ERRORS_MARK + "\n" + error_tables(root), "utf-8")
    glossary = root / GLOSSARY
    text = glossary.read_text("utf-8")
    known = {name for _, cells in glossary_rows(text) if len(cells) > 2
             for name in IDENTIFIER.findall(cells[2])}
    for name, head in sorted(ledgers(root).items()):
        if name not in known:
            title = head.get("title", name)
            law = f"《{head['law']}》" if head["law"] else ""
            text += (f"| {title} | {name.replace('_', ' ')} | `{name}` | "
                     f"{escaped(head.get('about', title))} | {law} |\n")
    glossary.write_text(text, "utf-8")


if __name__ == "__main__":
    project.main(__doc__, check, lambda root: "documents and program agree", fix)
