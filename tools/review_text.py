"""Reports of the review corpus as plain text, Markdown and pages of government sites.

tests/data/review/README.md describes the corpus. Standard library only.
"""
import html

from review_source import FOLDER

LINE_CHARACTERS = 28
PAGE_LINES = 22
INDENT = "\u3000\u3000"


def marks_of(report):
    """What the lines M: key=value say: breadcrumb, published, head, index."""
    marks = {}
    for block in report.blocks:
        if block.kind == "mark":
            key, _, value = block.text().partition("=")
            marks[key] = value
    return marks


def spaced_digits(text):
    """As word processors and scanners leave it: a space between a digit and a character."""
    shown = ""
    for at, letter in enumerate(text):
        before = text[at - 1] if at else ""
        borders = before.isascii() and before.isdigit() and "\u4e00" <= letter <= "\u9fff"
        borders = borders or ("\u4e00" <= before <= "\u9fff" and letter.isdigit())
        shown += (" " if borders else "") + letter
    return shown


def is_indented(block):
    return block.kind in ("heading", "paragraph", "bullet")


def plain_text(report):
    lines = []
    for block in report.blocks:
        if block.kind == "row":
            lines.append(block.text())
        elif block.kind in ("title", "number"):
            lines.append(" " * 12 + block.text())
        elif block.kind in ("signature", "date"):
            lines += ([""] if block.kind == "signature" else []) + [" " * 40 + block.text()]
        elif block.kind == "addressee":
            lines.append(block.text())
        elif is_indented(block):
            lines.append(INDENT + block.text())
    return "\n".join(lines) + "\n"


def wrapped_text(report):
    """As copied out of a PDF: each line broken, an empty one between, page numbers inside."""
    lines = []
    for block in report.blocks:
        if block.kind in ("part", "mark"):
            continue
        rest = spaced_digits(block.text())
        rest = (INDENT if is_indented(block) else "") + rest
        while rest:
            lines.append(rest[:LINE_CHARACTERS])
            rest = rest[LINE_CHARACTERS:]
    shown = ""
    for at, line in enumerate(lines):
        shown += line + "\n\n"
        if at % PAGE_LINES == PAGE_LINES - 1:
            shown += f"— {at // PAGE_LINES + 1} —\n\n"
    return shown


def markdown_runs(runs):
    shown = ""
    for run in runs:
        if run.is_read():
            shown += f"**{run.text}**" if run.style == "bold" else run.text
    return shown


# Layout -> how a heading of each level begins and ends.
MARKDOWN_HEADINGS = {
    "hashes": {1: ("## ", ""), 2: ("### ", ""), 3: ("#### ", "")},
    "mixed": {1: ("## ", ""), 2: ("**", "**"), 3: ("", "")},
    "broken": {1: ("**", "**"), 2: ("### ", ""), 3: ("##### ", "")},
}


def markdown(report):
    headings = MARKDOWN_HEADINGS[report.head["layout"]]
    lines, row_before = [], False
    for block in report.blocks:
        if block.kind in ("part", "mark"):
            continue
        if block.kind == "row":
            lines.append("| " + " | ".join(markdown_runs(cell) for cell in block.cells) + " |")
            if not row_before:
                lines.append("|" + " --- |" * len(block.cells))
            row_before = True
            continue
        if row_before:
            lines.append("")
        row_before = False
        words = markdown_runs(block.runs)
        if block.kind == "title":
            words = "# " + words
        elif block.kind == "bullet":
            words = "- " + words
        elif block.kind == "heading":
            begin, end = headings[block.level]
            head = block.number + block.title
            words = begin + head + end + words[len(head):]
        lines += [words, ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def html_runs(runs):
    shown = ""
    for run in runs:
        if run.is_read() and run.text:
            words = html.escape(run.text, quote=False)
            shown += f"<strong>{words}</strong>" if run.style == "bold" else words
    return shown


def split_heading(block):
    """(number and title, what follows on the same line) of a heading."""
    head = block.number + block.title
    return head, block.text()[len(head):]


def html_paragraphs(report):
    """One paragraph a block, styled in place as an editor of such a site leaves it."""
    shown, rows = "", ""
    for block in report.blocks:
        if block.kind == "row":
            cells = "".join(f"<td>{html_runs(cell)}</td>" for cell in block.cells)
            rows += f"<tr>{cells}</tr>\n"
            continue
        if rows:
            shown, rows = shown + f'<table border="1">\n{rows}</table>\n', ""
        if block.kind in ("part", "mark", "title"):
            continue
        if block.kind == "heading":
            head, rest = (html.escape(words, quote=False) for words in split_heading(block))
            shown += (f'<p style="text-indent: 2em;"><strong>{head}</strong>'
                      f"<span>{rest}</span></p>\n")
        elif block.kind in ("signature", "date", "number"):
            align = "center" if block.kind == "number" else "right"
            shown += f'<p style="text-align: {align};">{html_runs(block.runs)}</p>\n'
        else:
            shown += f'<p style="text-indent: 2em;">{html_runs(block.runs)}</p>\n'
    return shown


def html_breaks(report):
    """Everything in one element, lines ended by <br>, indented with spaces that do not break."""
    lines = []
    for block in report.blocks:
        if block.kind not in ("part", "mark", "title"):
            indent = "&nbsp;&nbsp;&nbsp;&nbsp;" if is_indented(block) else ""
            lines.append(indent + html_runs(block.runs))
    return "<br/>\n".join(lines) + "\n"


def html_word(report):
    """As pasted from a word processor: each run in a span of its own, digits in another font."""
    shown = ""
    for line in html_paragraphs(report).split("\n"):
        if line.startswith("<p"):
            line = line.replace("<p ", '<p class="MsoNormal" ').replace("<strong>", "<b>")
            line = line.replace("</strong>", "</b>")
            line = "".join(f'<span lang="EN-US">{letter}</span>' if digit else letter
                           for letter, digit in digits_apart(line))
        shown += line + "\n"
    return shown


def digits_apart(line):
    """Pieces of a line of HTML; True for those that are digits outside of a tag."""
    inside, pieces = False, []
    for letter in line:
        inside = letter == "<" or (inside and letter != ">")
        digit = letter.isdigit() and letter.isascii() and not inside
        if pieces and pieces[-1][1] == digit:
            pieces[-1] = (pieces[-1][0] + letter, digit)
        else:
            pieces.append((letter, digit))
    return pieces


CONTENTS = {"portal_a": html_paragraphs, "portal_b": html_breaks, "portal_c": html_word,
            "bare": html_paragraphs}
CHARSETS = {"portal_b": "gb2312"}


def site_page(report):
    """The bytes of the page, and in which encoding: as the site's template declares it."""
    layout = report.head["layout"]
    page = (FOLDER / f"source/layouts/{layout}.html").read_text("utf-8")
    title = "".join(block.text() for block in report.blocks if block.kind == "title")
    values = {"title": title, "content": CONTENTS[layout](report).rstrip("\n"), "published": "",
              "breadcrumb": "", "index": "", "unit": report.head["unit"]} | marks_of(report)
    for key, value in values.items():
        shown = value if key == "content" else html.escape(value, quote=False)
        page = page.replace("{{" + key + "}}", shown)
    return page.encode("gb18030" if CHARSETS.get(layout) else "utf-8")
