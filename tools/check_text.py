#!/usr/bin/env python3
"""Fails where a file is too long, misnamed or unclean, or uses what CONTRIBUTING.md rules out."""
import re
import unicodedata
from pathlib import Path

import project

# Kind of file -> most lines, most columns.
LINES_MAX = {"header": 300, "source": 600, "test": 800, "python": 300, "shell": 300}
COLUMNS_MAX = 100
FUNCTION_LINES_MAX = 70
NESTING_MAX = 3
BYTES_MAX = 500_000
EXAMPLE_BYTES_MAX = 5_000_000  # examples/**/*.csv are a year's records

# path: a limit of its own, and why. One line each; the list may only shrink.
LONGER_FILES = {}
LONGER_FUNCTIONS = {  # "path:line text": reason
    "src/calendar/testing/china.cpp:const std::vector<Notice>& notices() {": "a table",
    "src/document/html_page.cpp:std::string_view html_script() {": "one script",
}

# Files that are tables rather than code, one row a line: no limit of lines or columns.
TABLES = [
    "tools/example_*.py",          # what the example offices did, by ledger
    "src/document/html_page.cpp",  # a page's style and script, as the browser reads them
    "src/http/html.cpp",           # the same of the server's pages
    "src/*/testing/*.cpp",         # packs and offices that tests stand on, as YAML
    "tests/functional/*.py",       # stories of the whole program, a step a line
]

LAID_OUT = {".h", ".cpp", ".py", ".sh", ".cmake"}  # what the column limit holds for
TEXT = LAID_OUT | {".md", ".txt", ".yaml", ".yml", ".json", ".js", ".ts", ".tsx", ".css", ".html",
                   ".csv", ".service", ""}
TRAILING_SPACE_ALLOWED = {".csv"}
NAME = re.compile(r"^[A-Za-z0-9._-]+$")
SOURCE_NAME = re.compile(r"^[a-z0-9][a-z0-9_]*(\.[a-z0-9]+)+$|^README\.md$|^CMakeLists\.txt$")
VAGUE_NAME = re.compile(r"(^|_)(utils?|common|core|helpers?|misc|manager|part\d+)(_|\.|$)")
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:home|root|work|Users)/\w+")
URL = re.compile(r"https?://\S+")

# Files as others would send them, in whatever encoding and with whatever spaces; named by folder
# and by how the name begins.
AS_RECEIVED = [("tests/corpus", ""), ("tests/data/review", tuple("0123456789"))]

# What C++ sources may not contain, why, and where they may all the same (rooms, files, "test").
BANNED = [
    (r"\bFIXME\b|\bTODO\b", "finish it, or write an issue", set()),
    (r"\busing namespace (?!std::(chrono_|string_|string_view_)?literals\b|std::literals\b)",
     "name what you use", set()),
    # Immutable pictures that commands of several threads read while a newer one takes their place.
    (r"\bstd::(shared_ptr|make_shared)\b"
     r"(?!<(const )?(definition::|calendar::|review::)?"
     r"(DefinitionSet|Directory|WorkdayTable|SourceText|Reviewer)>)",
     "a thing has one owner: unique_ptr or a value", {"http"}),
    (r"\bsystem_clock::now\b|\bstd::time\(|\blocaltime(_r)?\(|\bgmtime(_r)?\(",
     "time is an argument; only calendar/ reads the clock", {"calendar"}),
    (r"\bgetenv\b", "app/ reads the environment once", {"app", "test"}),
    (r"\bsetlocale\b|\bstd::locale\b", "text does not depend on a locale", set()),
    (r"\bstd::regex\b", "std::regex can take exponential time", set()),
    (r"\bstd::(ranges::)?views\b|\bstd::source_location\b",
     "clang 14 cannot compile it", set()),
    (r"\bstd::format\b|\bstd::o?stringstream\b|\bstd::c(out|err|in)\b|\bprintf\(",
     "formatting is fmt's", set()),
    (r"\bco_(await|yield|return)\b", "no coroutines in rooms", {"http"}),
    (r"\bcatch \(\.\.\.\)", "accidents are caught at the boundaries: doors and worker threads",
     {"http", "cli", "app", "storage/writer.cpp"}),
    (r"\bfriend (?!([\w:<>]+ )*operator)", "friends are for operators",
     {"definition/definition_set.h"}),  # immutable, with one maker
    (r"\bassert\(", "INVARIANT holds in release builds too", set()),
    (r"\btl::", "only base/result.h names tl::", {"base/result.h"}),
]

# Names of ledgers that are ordinary words of the program too, and what they mean there.
ORDINARY_WORDS = {
    "promise": "std::promise",
}

LEDGER = re.compile(r"^ledger:\s*([a-z][a-z0-9_]*)", re.MULTILINE)
COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
# A function's first line at namespace or class level, as clang-format lays it out.
FUNCTION_BEGIN = re.compile(r"^( {0,8})(?!namespace\b|class\b|struct\b|enum\b|union\b|extern\b)"
                            r"[A-Za-z_~:\[][^;=]*\)[^;=()]*\{$")
CONTROL = re.compile(r"^( *)(?:\} else )?(?:if|for|while|switch|else|do)\b.*\{$")


def kind_of(path):
    if path.suffix == ".py":
        return "python"
    if path.suffix == ".sh" or path.name == "dev":
        return "shell"
    if path.suffix not in (".h", ".cpp"):
        return None
    if project.is_test(path):
        return "test"
    return "header" if path.suffix == ".h" else "source"


def is_laid_out(path):
    return path.suffix in LAID_OUT or kind_of(path) == "shell" or path.name == "CMakeLists.txt"


def is_as_received(path):
    """A folder without a beginning holds nothing else, at any depth."""
    return any(Path(folder) in path.parents if not begins
               else path.parent == Path(folder) and path.name.startswith(begins)
               for folder, begins in AS_RECEIVED)


def columns(line):
    """As clang-format counts: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)


def problems_of_name(path):
    problems = []
    if not all(NAME.match(part) for part in path.parts):
        problems.append(f"{path}: file names are ASCII letters, digits, '.', '_' and '-'")
    if path.parts[0] == "src":
        if not SOURCE_NAME.match(path.name):
            problems.append(f"{path}: names under src/ are snake_case")
        if any(VAGUE_NAME.search(part) for part in path.parts[1:]):
            problems.append(f"{path}: the name says nothing; name what it is about")
    return problems


def problems_of_lines(path, lines):
    problems = []
    table = any(path.match(pattern) for pattern in TABLES)
    limit = None if table else LINES_MAX.get(kind_of(path))
    if limit and len(lines) > LONGER_FILES.get(str(path), limit):
        problems.append(f"{path}: {len(lines)} lines, at most {limit}: split by noun")
    for number, line in enumerate(lines, 1):
        at = f"{path}:{number}"
        if "\t" in line:
            problems.append(f"{at}: tab")
        if line != line.rstrip() and path.suffix not in TRAILING_SPACE_ALLOWED:
            problems.append(f"{at}: trailing space")
        if is_laid_out(path) and not table and columns(URL.sub("", line)) > COLUMNS_MAX:
            problems.append(f"{at}: {columns(line)} columns, at most {COLUMNS_MAX}")
        if MACHINE_PATH.search(line):
            problems.append(f"{at}: a path of somebody's machine")
    return problems


def problems_of_functions(path, lines):
    """Length and nesting, read off the indentation that clang-format guarantees."""
    problems, begin, indent, blocks = [], None, "", []
    for number, line in enumerate(lines, 1):
        if begin is None:
            match = FUNCTION_BEGIN.match(line)
            goes_on = lines[number - 2].endswith(("&&", "||"))  # Of a condition above.
            if match and not goes_on and not CONTROL.match(line):
                begin, indent, blocks = number, match.group(1), []
            continue
        if line.startswith(indent + "}") and not line.startswith(indent + "} else"):
            length = number - begin + 1
            if length > FUNCTION_LINES_MAX and f"{path}:{lines[begin - 1]}" not in LONGER_FUNCTIONS:
                problems.append(f"{path}:{begin}: a function of {length} lines, "
                                f"at most {FUNCTION_LINES_MAX}")
            begin = None
            continue
        stripped = line.lstrip(" ")
        if stripped.startswith("}") and blocks and len(line) - len(stripped) == blocks[-1]:
            blocks.pop()
        match = CONTROL.match(line)
        if match:
            blocks.append(len(match.group(1)))
            if len(blocks) == NESTING_MAX + 1:
                problems.append(f"{path}:{number}: nested deeper than {NESTING_MAX}: return early")
    return problems


def code_only(text):
    """The text without comments, lines kept. What looks like one in a string literal goes too."""
    return COMMENT.sub(lambda match: "\n" * match.group().count("\n"), text)


def problems_of_cpp(path, text, lines, mechanisms):
    problems = []
    if not lines or not lines[0].startswith("//"):
        if path.suffix == ".h":
            problems.append(f"{path}:1: a header begins with a comment that says what it is")
    if path.suffix == ".h" and lines.count("#pragma once") != 1:
        problems.append(f"{path}: #pragma once is missing")
    room = path.parts[1] if path.parts[0] == "src" else path.parts[0]
    place = str(Path(*path.parts[1:]))
    for pattern, reason, allowed in BANNED:
        if room in allowed or place in allowed or ("test" in allowed and project.is_test(path)):
            continue
        searched = text if "TODO" in pattern else code_only(text)
        for match in re.finditer(pattern, searched):
            number = searched.count("\n", 0, match.start()) + 1
            problems.append(f"{path}:{number}: {match.group().strip()}: {reason}")
    if path.parts[0] == "src" and not project.is_test(path):
        problems += problems_of_mechanisms(path, code_only(text), mechanisms)
    return problems + problems_of_functions(path, lines)


def problems_of_mechanisms(path, code, mechanisms):
    if not mechanisms:
        return []
    found = re.compile(r"(?<![a-z0-9])(" + "|".join(sorted(mechanisms)) + r")(?![a-z0-9])")
    return [f"{path}:{code.count(chr(10), 0, match.start()) + 1}: {match.group()}: a ledger of a "
            "pack; the program knows kinds of things, no mechanism"
            for match in found.finditer(code)]


def mechanism_words(root, listed):
    ledgers = set()
    for path in listed:
        if path.match("packs/*/ledgers/*.yaml"):
            ledgers.update(LEDGER.findall((root / path).read_text("utf-8")))
    return ledgers - set(ORDINARY_WORDS)


def check_file(root, path, mechanisms):
    problems = problems_of_name(path)
    size = (root / path).stat().st_size
    example = path.parts[0] == "examples" and path.suffix == ".csv"
    if size > (EXAMPLE_BYTES_MAX if example else BYTES_MAX):
        problems.append(f"{path}: {size // 1000} KB")
    if path.suffix not in TEXT or path.name == "LICENSE" or is_as_received(path):
        return problems
    raw = (root / path).read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return problems + [f"{path}: not UTF-8"]
    if raw.startswith(b"\xef\xbb\xbf") and path.suffix != ".csv":
        problems.append(f"{path}: begins with a byte order mark")
    if b"\r" in raw and path.suffix != ".csv":
        problems.append(f"{path}: carriage returns")
    if raw and not raw.endswith(b"\n"):
        problems.append(f"{path}: the last line does not end")
    lines = text.split("\n")[:-1]
    problems += problems_of_lines(path, lines)
    if path.suffix in (".h", ".cpp"):
        problems += problems_of_cpp(path, text, lines, mechanisms)
    return problems


def problems_of_rooms(root):
    rooms, _ = project.rooms(root)
    return [f"src/{room.name}: an empty room" for room in rooms.values()
            if not any(room.folder.glob("*.h")) and not any(room.folder.glob("*.cpp"))]


def check(root):
    listed = project.files(root)
    mechanisms = mechanism_words(root, listed)
    problems = problems_of_rooms(root)
    for path in listed:
        problems += check_file(root, path, mechanisms)
    return problems


if __name__ == "__main__":
    project.main(__doc__, check,
                 lambda root: f"{len(project.files(root))} files read, all in order")
