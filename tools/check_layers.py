#!/usr/bin/env python3
"""Fails where an include goes up, sideways or undeclared, or a library leaves its home.

The arrows are the `room(<name> FLOOR n DEPENDS ...)` calls of src/*/CMakeLists.txt, the same lines
CMake links by.
"""
import re
from pathlib import Path

import project

OUR_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+"([^"]+)"', re.MULTILINE)
SYSTEM_INCLUDE = re.compile(r"^[ \t]*#[ \t]*include[ \t]+<([^>]+)>", re.MULTILINE)
STANDARD = re.compile(r"^[a-z0-9_]+$|^(unistd|fcntl|signal|sys/\w+|sysexits)\.h$")

# Floors whose rooms reach the database only through stores, and through projections, which are the
# stores of what replay writes.
STORE_FLOORS = range(2, 9)
STORE_ENDINGS = ("_store", "_projection")

# path: why it may include storage/ although it is no store. One line each; may only shrink.
STORAGE_ALLOWED = {
    # Front doors: they hand the transaction's connection to their own store and to questions.
    "src/access/directories.cpp", "src/definition/definitions.cpp", "src/ledger/ledgers.cpp",
    "src/definition/calendars.cpp", "src/procedure/clocks.cpp",
    "src/ledger/ledger_questions.cpp",
    "src/procedure/procedures.cpp", "src/report/reports.cpp",
    # What stands between a row and an entry: cells of the store, without SQL of their own.
    "src/ledger/entry_row.h", "src/ledger/ledger_table.h",
}

# First part of an include -> where it may stand: rooms, or files of rooms.
LIBRARY_HOMES = {
    "restinio": {"http"},
    "asio": {"http"},
    "boost": {"http"},
    "yaml-cpp": {"definition", "app/config.cpp"},
    "valijson": {"definition", "http/testing/described.cpp"},
    "sqlite3.h": {"storage"},
    "libpq-fe.h": {"storage"},
    "zip.h": {"document", "exchange", "review"},
    "pugixml.hpp": {"document", "review"},
    "md4c.h": {"review"},
    "libxml": {"exchange", "review"},
    "poppler-document.h": {"review"},
    "poppler-image.h": {"review"},
    "poppler-page.h": {"review"},
    "poppler-page-renderer.h": {"review"},
    "pangomm": {"document"},
    "pangomm.h": {"document"},
    "pango": {"document"},
    "cairomm": {"document"},
    "cairo.h": {"document"},
    "cairo-pdf.h": {"document"},
    "fontconfig": {"document"},
    "orcus": {"exchange"},
    "xlsxwriter.h": {"exchange"},
    "magic.h": {"ledger"},
    "re2": {"definition", "ledger", "text", "review"},
    "unicode": {"text"},
    "CLI": {"cli", "app"},
    "sodium.h": {"journal", "access"},
    "curl": {"courier"},
    "liboath": {"access"},
    "cjose": {"access"},
    "prometheus": {"http"},
    "openssl": {"base", "journal", "access"},
    "tl": {"base/result.h"},
}


def problems_of_rooms(rooms, listed):
    problems = []
    for room in rooms.values():
        for target in room.depends:
            if target not in rooms:
                problems.append(f"{room.name} depends on {target}, which is no room of src/")
            elif rooms[target].floor >= room.floor:
                problems.append(f"{room.name} (floor {room.floor}) may not depend on "
                                f"{target} (floor {rooms[target].floor}): arrows point down")
        if room.name not in listed:
            problems.append(f"src/{room.name} is not listed in CMakeLists.txt, so it is not built")
    for name in listed:
        if name not in rooms:
            problems.append(f"CMakeLists.txt lists {name}, but there is no src/{name}")
    floors = [rooms[name].floor for name in listed if name in rooms]
    if floors != sorted(floors):
        problems.append("CMakeLists.txt must list the rooms floor by floor")
    return problems


def problems_of_our_includes(path, text, room, root):
    problems = []
    for target in OUR_INCLUDE.findall(text):
        parts = Path(target).parts
        if len(parts) < 2:
            problems.append(f'{path}: write the room too: "{room.name}/{target}"')
            continue
        if parts[0] != room.name and parts[0] not in room.depends:
            problems.append(f"{path}: {room.name}/ may not include {parts[0]}/: "
                            "it is not in its DEPENDS")
        elif not (root / "src" / target).is_file():
            problems.append(f"{path}: there is no src/{target}")
        if "testing" in parts and not project.is_test(path):
            problems.append(f"{path}: only tests include {target}")
        if parts[0] == "storage" and not may_include_storage(path, room):
            problems.append(f"{path}: only {room.name}/*_store and *_projection include storage/; "
                            "pass a forward-declared storage::Transaction& along")
    return problems


def may_include_storage(path, room):
    return (room.name == "storage" or room.floor not in STORE_FLOORS or project.is_test(path)
            or path.stem.endswith(STORE_ENDINGS) or str(path) in STORAGE_ALLOWED)


def problems_of_libraries(path, text):
    problems = []
    place = path.relative_to("src")
    for target in SYSTEM_INCLUDE.findall(text):
        first = target.split("/")[0]
        homes = LIBRARY_HOMES.get(first)
        if homes and place.parts[0] not in homes and str(place) not in homes:
            problems.append(f"{path}: <{target}> may stand only in {', '.join(sorted(homes))}")
        elif path.suffix == ".h" and not STANDARD.match(target) and first != "tl":
            problems.append(f"{path}: <{target}>: third-party headers stay out of ours")
    return problems


def check(root):
    rooms, problems = project.rooms(root)
    problems += problems_of_rooms(rooms, project.listed_rooms(root))
    for path in project.files(root):
        if path.parts[0] != "src" or path.suffix not in (".h", ".cpp"):
            continue
        if path.parts[1] not in rooms:
            continue
        text = (root / path).read_text("utf-8")
        problems += problems_of_our_includes(path, text, rooms[path.parts[1]], root)
        if not project.is_test(path):
            problems += problems_of_libraries(path, text)
    return problems


if __name__ == "__main__":
    project.main(__doc__, check,
                 lambda root: f"{len(project.rooms(root)[0])} rooms, arrows point down")
