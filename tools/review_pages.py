"""Reports of the review corpus as PDF and as scanned pages, printed by Debian's Chromium.

Standard library and Chromium only. What Chromium prints differs a little from version to version.
"""
import html
import struct
import subprocess
import tempfile
import zlib
from pathlib import Path

from review_source import BrokenSource
from review_text import html_runs, is_indented, marks_of, split_heading

CHROMIUM = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
# Of Debian's Chinese fonts the one in TrueType, which Chromium embeds in a tenth of the bytes.
FONT = "font-family: 'AR PL KaitiM GB', serif"
SCAN_FONT = "font-family: 'Noto Serif CJK SC', serif"
SCAN_PAGE = (794, 1123)  # CSS pixels of A4
SCAN_SCALE = 2
GREYS = 16

BASE_STYLE = f"""
body {{ {FONT}; font-size: 16pt; line-height: 29pt; margin: 0; text-align: justify }}
p {{ margin: 0 }} .indented {{ text-indent: 2em }} .title {{ font-size: 22pt; line-height: 34pt }}
.title, .number {{ text-align: center }} .signature, .date {{ text-align: right }}
td {{ border: 1px solid black }}
.red {{ color: red; text-align: center; font-size: 30pt; border-bottom: 2px solid red }}
"""
STYLES = {
    "official": "@page { size: A4; margin: 37mm 26mm 35mm 28mm; "
                "@bottom-center { content: '— ' counter(page) ' —' } }",
    "running_head": "@page { size: A4; margin: 30mm 26mm; @top-center { content: 'HEAD' } "
                    "@bottom-right { content: counter(page) '/' counter(pages) } }",
    "two_columns": "@page { size: A4; margin: 25mm 18mm; @top-left { content: 'HEAD' } "
                   "@bottom-center { content: counter(page) } } body { font-size: 11pt; "
                   "line-height: 18pt } .body { column-count: 2; column-gap: 10mm }",
    # Pages stand side by side as columns of a page's size, so that no line is cut in two.
    "scan": f".heading {{ font-weight: bold }} body {{ {SCAN_FONT}; font-size: 18px; "
            "line-height: 31px; color: #333; filter: blur(0.4px) } "
            f".body {{ height: {SCAN_PAGE[1] - 130}px; margin-top: 65px; column-gap: 0; "
            f"column-width: {SCAN_PAGE[0]}px; column-fill: auto; transform: rotate(0.35deg) }} "
            "p { margin: 0 75px !important }",
}


def page_html(report, layout):
    head = marks_of(report).get("head", "")
    shown = ""
    if layout == "official" and head:
        shown += f'<p class="red">{html.escape(head)}</p>\n'
    body = False
    for block in report.blocks:
        if block.kind in ("part", "mark"):
            continue
        if not body and (block.kind not in ("title", "number") or layout == "scan"):
            shown, body = shown + '<div class="body">\n', True
        if block.kind == "heading":
            number_and_title, rest = (html.escape(text) for text in split_heading(block))
            words = f'<span class="heading">{number_and_title}</span>{rest}'
        else:
            words = html_runs(block.runs)
        kind = "indented" if is_indented(block) else block.kind
        shown += f'<p class="{kind}">{words}</p>\n'
    style = BASE_STYLE + STYLES[layout].replace("HEAD", head)
    return (f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><style>{style}</style>'
            f"</head><body>{shown}</div></body></html>")


def run_chromium(page, *options):
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(page, "utf-8")
        command = CHROMIUM + [f"--user-data-dir={folder}/profile", *options, source.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)


def print_pdf(report, path):
    run_chromium(page_html(report, report.head["layout"]), "--no-pdf-header-footer",
                 f"--print-to-pdf={path}")


def unfiltered(data, width, height, depth):
    """The first colour of each pixel of a PNG, row by row, with the filters undone.

    A filter looks only at the same colour of the neighbours, so that the others can be left out.
    """
    stride, before, at = width * depth, bytearray(width), 0
    for _ in range(height):
        kind, row = data[at], bytearray(data[at + 1:at + 1 + stride:depth])
        at += 1 + stride
        left = corner = 0
        for x in range(width) if kind else ():
            above = before[x]
            if kind == 1:
                left = (row[x] + left) & 255
            elif kind == 2:
                left = (row[x] + above) & 255
            elif kind == 3:
                left = (row[x] + (left + above) // 2) & 255
            else:
                guess = left + above - corner
                distances = (abs(guess - left), abs(guess - above), abs(guess - corner))
                nearest = (left, above, corner)[distances.index(min(distances))]
                left = (row[x] + nearest) & 255
            row[x], corner = left, above
        before = row
        yield row


def grey_rows(png):
    """(width, rows of greys from 0 to 255) of a PNG with eight bits a colour, text being grey."""
    width, height, _, colour = struct.unpack(">IIBB", png[16:26])
    depth, at, data = {2: 3, 6: 4}[colour], 8, b""
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at:at + 8])
        if kind == b"IDAT":
            data += png[at + 8:at + 8 + size]
        at += 12 + size
    return width, list(unfiltered(zlib.decompress(data), width, height, depth))


def packed(rows):
    """Rows of greys as rows of four bits each, 0 black, as PNG and PDF both hold them."""
    step = 256 // GREYS
    return [bytes((row[x] // step << 4) | (row[x + 1] // step) for x in range(0, len(row), 2))
            for row in rows]


def scanned_pages(report):
    """A list of (width, packed rows), one a page."""
    pages_max = 4
    with tempfile.TemporaryDirectory() as folder:
        shot = Path(folder) / "shot.png"
        run_chromium(page_html(report, "scan"), f"--screenshot={shot}",
                     f"--force-device-scale-factor={SCAN_SCALE}",
                     f"--window-size={SCAN_PAGE[0] * pages_max},{SCAN_PAGE[1]}")
        _, rows = grey_rows(shot.read_bytes())
    width, pages = SCAN_PAGE[0] * SCAN_SCALE, []
    for page in range(pages_max):
        part = [row[page * width:(page + 1) * width] for row in rows]
        if min(min(row) for row in part) < 128:
            pages.append((width, packed(part)))
    if len(pages) == pages_max:
        raise BrokenSource(f"{report.name}: longer than {pages_max - 1} scanned pages")
    return pages


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def write_png(path, width, rows):
    data = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    header = struct.pack(">IIBBBBB", width, len(rows), 4, 0, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data)
                     + chunk(b"IEND", b""))


def write_pdf_of_images(path, pages):
    """A PDF as a scanner makes it: each page one picture, and no text."""
    kids = " ".join(f"{3 + 3 * at} 0 R" for at in range(len(pages)))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>",
               f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode()]
    for at, (width, rows) in enumerate(pages):
        number = 3 + 3 * at
        data = zlib.compress(b"".join(rows), 9)
        drawn = b"q 595 0 0 842 0 0 cm /Image Do Q"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents "
                       f"{number + 1} 0 R /Resources << /XObject << /Image {number + 2} 0 R >> "
                       ">> >>".encode())
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
        objects.append(b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace "
                       b"/DeviceGray /BitsPerComponent 4 /Filter /FlateDecode /Length %d >>\n"
                       b"stream\n%s\nendstream" % (width, len(rows), len(data), data))
    written, places = b"%PDF-1.5\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    written += (b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
                % (len(objects) + 1, start))
    path.write_bytes(written)
