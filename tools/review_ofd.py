"""Reports of the review corpus as OFD (GB/T 33190): a page's lines as text objects at places.

Standard library only.
"""
from xml.sax.saxutils import escape

from review_text import LINE_CHARACTERS, PAGE_LINES, is_indented, marks_of

NAMESPACE = "http://www.ofdspec.org/2016"
DECLARED = '<?xml version="1.0" encoding="UTF-8"?>\n'
PAGE_MM = (210, 297)
LEFT_MM, TOP_MM = 28, 37
CHARACTER_MM, LINE_MM = 5.57, 10.2
SIZE_MM = 5.64


def lines_of(report):
    """(line, centred) in the order of reading, wrapped as on official paper."""
    lines = []
    for block in report.blocks:
        if block.kind in ("part", "mark"):
            continue
        centred = block.kind in ("title", "number")
        rest = ("\u3000\u3000" if is_indented(block) else "") + block.text()
        if block.kind in ("signature", "date"):
            rest = "\u3000" * max(0, LINE_CHARACTERS - 4 - len(rest)) + rest
        while rest:
            lines.append((rest[:LINE_CHARACTERS], centred))
            rest = rest[LINE_CHARACTERS:]
    return lines


def text_object(number, text, left, top, size=SIZE_MM):
    width = CHARACTER_MM * len(text)
    deltas = f' DeltaX="g {len(text) - 1} {CHARACTER_MM}"' if len(text) > 1 else ""
    return (f'<ofd:TextObject ID="{number}" Boundary="{left:.2f} {top:.2f} {width:.2f} {LINE_MM}" '
            f'Font="2" Size="{size}"><ofd:TextCode X="0" Y="{size}"{deltas}>'
            f"{escape(text)}</ofd:TextCode></ofd:TextObject>")


def page_xml(report, lines, page):
    """One page: its lines, the running head where the layout has one, and its number."""
    shown, number = [], 100 + page * 100
    if report.head["layout"] == "running_head" or page == 1:
        head = marks_of(report).get("head")
        if head:
            shown.append(text_object(number, head, LEFT_MM, 20, 3.5))
    for at, (line, centred) in enumerate(lines):
        number += 1
        left = LEFT_MM + (LINE_CHARACTERS - len(line)) * CHARACTER_MM / 2 * centred
        shown.append(text_object(number, line, left, TOP_MM + at * LINE_MM))
    number += 1
    shown.append(text_object(number, f"— {page} —", 90, 270, 4.9))
    return (f'{DECLARED}<ofd:Page xmlns:ofd="{NAMESPACE}"><ofd:Content>'
            f'<ofd:Layer ID="{number + 1}" Type="Body">{"".join(shown)}</ofd:Layer>'
            "</ofd:Content></ofd:Page>")


def members_of(report):
    """Name -> text of each member of the archive."""
    lines = lines_of(report)
    pages = [lines[at:at + PAGE_LINES] for at in range(0, len(lines), PAGE_LINES)]
    listed = "".join(f'<ofd:Page ID="{50 + at}" BaseLoc="Pages/Page_{at}/Content.xml"/>'
                     for at in range(len(pages)))
    box = f"0 0 {PAGE_MM[0]} {PAGE_MM[1]}"
    members = {
        "OFD.xml": f'{DECLARED}<ofd:OFD xmlns:ofd="{NAMESPACE}" Version="1.0" DocType="OFD">'
                   "<ofd:DocBody><ofd:DocInfo><ofd:DocID>00000000000000000000000000000000"
                   f"</ofd:DocID><ofd:Title>{escape(report.blocks[0].text())}</ofd:Title>"
                   "</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
                   "</ofd:OFD>",
        "Doc_0/Document.xml": f'{DECLARED}<ofd:Document xmlns:ofd="{NAMESPACE}"><ofd:CommonData>'
                              "<ofd:MaxUnitID>9999</ofd:MaxUnitID><ofd:PageArea>"
                              f"<ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:PageArea>"
                              "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData>"
                              f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        "Doc_0/PublicRes.xml": f'{DECLARED}<ofd:Res xmlns:ofd="{NAMESPACE}" BaseLoc="Res">'
                               '<ofd:Fonts><ofd:Font ID="2" FontName="FangSong"/></ofd:Fonts>'
                               "</ofd:Res>",
    }
    for at, page in enumerate(pages):
        members[f"Doc_0/Pages/Page_{at}/Content.xml"] = page_xml(report, page, at + 1)
    return members
