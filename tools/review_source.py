"""A report of the review corpus in its source form: head, marked text, and what the marks say.

tests/data/review/README.md describes the form. Standard library only.
"""
import re
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "tests/data/review"
QUALIFIERS = {"+": "at_least", "~": "about", "-": "at_most"}
DIRECTIONS = {"up", "down"}
LISTS = ("claim", "finding", "sum")

HEADING = re.compile(r"^=(\d)(?::(\w+))?(?: (.*))?$")
MARKED_LINE = re.compile(r"^(T|N|A|S|D|M|\^\d): ?(.*)$")
STYLED = re.compile(r"<<(ins|del|hidden|bold):(.*?)>>|\[\^(\d)\]", re.DOTALL)
FIGURE = re.compile(r"\{([^{}|]*)\|([^{}|]*)\|([^{}|]*)(?:\|([^{}|]*))?\}")
BRACKETED = re.compile(r"《([^《》]+(?:《[^《》]*》[^《》]*)*)》")

KINDS = {"T": "title", "N": "number", "A": "addressee", "S": "signature", "D": "date", "M": "mark"}


class BrokenSource(Exception):
    """A source does not keep to the form; the text is the problem to print."""


@dataclass
class Run:
    """Text in one style. A run in `del` or `hidden` is no part of what the report says."""
    text: str
    style: str = ""

    def is_read(self):
        return self.style not in ("del", "hidden")


@dataclass
class Block:
    """A line of the report: a heading, a paragraph, a table's row, a footnote, a signature."""
    kind: str
    runs: list
    level: int = 0
    number: str = ""
    title: str = ""
    part: str = ""
    cells: list = field(default_factory=list)  # of a row: a list of runs each

    def text(self):
        if self.kind == "row":
            return "\t".join(read_text(cell) for cell in self.cells)
        return read_text(self.runs)


@dataclass
class Figure:
    text: str
    value: float
    unit: str
    qualifier: str
    measure: str
    upper: float = None
    direction: str = ""
    figure_class: str = ""
    offset: int = 0


@dataclass
class Report:
    """A source read: `text` is what a careful reader reads, one line a block."""
    name: str
    head: dict
    blocks: list
    figures: list
    text: str


def read_text(runs):
    return "".join(run.text for run in runs if run.is_read())


def number_of(words):
    value = float(words)
    return int(value) if value.is_integer() else value


def read_figure(match, name):
    """The figure a mark {words|value unit qualifier|measure|class} stands for."""
    words, said, measure, figure_class = match.groups()
    parts = said.split()
    if not parts or not words or not measure:
        raise BrokenSource(f"{name}: {match.group()}: expected {{words|value unit|measure}}")
    low, _, high = parts[0].partition("..")
    figure = Figure(words, number_of(low), "", "exact", measure, figure_class=figure_class or "")
    if high:
        figure.upper, figure.qualifier = number_of(high), "at_least"
    for part in parts[1:]:
        if part in QUALIFIERS:
            figure.qualifier = QUALIFIERS[part]
        elif part in DIRECTIONS:
            figure.direction = part
        elif figure.unit:
            raise BrokenSource(f"{name}: {match.group()}: two units")
        else:
            figure.unit = part
    return figure


def read_runs(marked, name, figures, begin):
    """The runs of a marked line that begins at `begin` of the report; its figures are added."""
    pieces, at = [], 0
    for match in STYLED.finditer(marked):
        pieces.append((marked[at:match.start()], ""))
        style, words, note = match.groups()
        pieces.append((note, "note") if note else (words, style))
        at = match.end()
    pieces.append((marked[at:], ""))
    runs, read = [], begin
    for words, style in pieces:
        if style == "note":
            runs.append(Run("", f"note{words}"))
            continue
        run, at = Run("", style), 0
        for match in FIGURE.finditer(words):
            run.text += words[at:match.start()]
            if run.is_read():
                figure = read_figure(match, name)
                figure.offset = read + len(run.text)
                figures.append(figure)
            run.text += match.group(1)
            at = match.end()
        run.text += words[at:]
        if re.search(r"[{}|]|<<|>>", run.text):
            raise BrokenSource(f"{name}: a mark is broken near {run.text[:40]}")
        if run.text:
            runs.append(run)
        read += len(run.text) if run.is_read() else 0
    return runs


def read_heading(match, name, figures, begin):
    level, part, words = int(match.group(1)), match.group(2) or "", match.group(3) or ""
    if level == 0:
        return Block("part", [], part=part)
    number, _, rest = words.partition("|")
    title, _, rest = re.sub(r"\{[^{}]*\}", lambda mark: mark.group().replace("|", "\1"),
                            rest).partition("|")
    title, rest = title.replace("\1", "|"), rest.replace("\1", "|")
    head_runs = read_runs(number + title, name, figures, begin)
    shown = read_text(head_runs)
    runs = read_runs(rest, name, figures, begin + len(shown))
    return Block("heading", head_runs + [Run("", "end_of_heading")] + runs, level, number,
                 shown[len(number):], part)


def read_block(line, name, figures, begin):
    """The block of one line of the source; `begin` is where its text will stand."""
    match = HEADING.match(line)
    if match:
        return read_heading(match, name, figures, begin)
    if line.startswith("| "):
        cells, at = [], begin
        inner = re.sub(r"\{[^{}]*\}", lambda mark: mark.group().replace("|", "\1"), line)
        for cell in inner.strip("| ").split(" | "):
            cells.append(read_runs(cell.replace("\1", "|"), name, figures, at))
            at += len(read_text(cells[-1])) + 1
        return Block("row", [], cells=cells)
    match = MARKED_LINE.match(line)
    kind, words = (match.groups() if match else ("", line))
    if kind == "M":  # What M: says is layout, such as a running head; it is no part of the report.
        return Block("mark", [Run(words)])
    if line.startswith("- "):
        return Block("bullet", read_runs(line[2:], name, figures, begin))
    kind = KINDS.get(kind, f"note{kind[1:]}" if kind else "paragraph")
    return Block(kind, read_runs(words, name, figures, begin))


def read_head(lines, name):
    head = {key: [] for key in LISTS}
    for line in lines:
        key, colon, value = line.partition(":")
        if not colon:
            raise BrokenSource(f"{name}: {line}: expected 'key: value'")
        if key in LISTS:
            head[key].append(value.strip())
        else:
            head[key] = value.strip()
    return head


def read_report(path):
    """The Report in a source file; raises BrokenSource."""
    head_lines, _, body = path.read_text("utf-8").partition("\n---\n")
    name = path.stem
    blocks, figures, lines = [], [], []
    for line in body.split("\n"):
        if not line.strip():
            continue
        begin = sum(len(text) + 1 for text in lines)
        block = read_block(line, name, figures, begin)
        blocks.append(block)
        if block.kind not in ("part", "mark") and block.text():
            lines.append(block.text())
    return Report(name, read_head(head_lines.split("\n"), name), blocks, figures, "\n".join(lines))


def read_all():
    return [read_report(path) for path in sorted((FOLDER / "source").glob("*.txt"))]
