"""Reports of the review corpus as DOCX: styles, automatic numbers, changes, tables, footnotes.

Written member by member, so that what a reader must cope with is there on purpose. Standard
library only.
"""
import zipfile
from xml.sax.saxutils import escape

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
CHANGE = 'w:id="{}" w:author="reviewer" w:date="2025-01-01T00:00:00Z"'
PARTS = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes",
         "footer1": "footer"}

CONTENT_TYPES = (
    DECLARED + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    + "".join(f'<Override PartName="/word/{name}.xml" ContentType="application/vnd.'
              f'openxmlformats-officedocument.wordprocessingml.{kind}+xml"/>'
              for name, kind in PARTS.items()) + "</Types>")

STYLES = (
    DECLARED + f'<w:styles xmlns:w="{NAMESPACE}">'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    '<w:pPr><w:ind w:firstLine="640"/></w:pPr><w:rPr><w:sz w:val="32"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/>'
    '<w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:sz w:val="44"/></w:rPr></w:style>'
    + "".join(f'<w:style w:type="paragraph" w:styleId="Heading{level}">'
              f'<w:name w:val="heading {level}"/><w:pPr><w:outlineLvl w:val="{level - 1}"/></w:pPr>'
              "<w:rPr><w:b/></w:rPr></w:style>" for level in (1, 2, 3)) + "</w:styles>")

NUMBERING = (
    DECLARED + f'<w:numbering xmlns:w="{NAMESPACE}"><w:abstractNum w:abstractNumId="1">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>'
    '<w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>'
    '<w:suff w:val="nothing"/><w:lvlText w:val="（%2）"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>')

FOOTER = (
    DECLARED + f'<w:ftr xmlns:w="{NAMESPACE}"><w:p><w:pPr><w:jc w:val="center"/></w:pPr>'
    '<w:r><w:t xml:space="preserve">— </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t>'
    '</w:r></w:fldSimple><w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>')

RELATED = (
    DECLARED + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships">'
    + "".join(f'<Relationship Id="{name}" Type="{RELATIONS}/{kind}" Target="{name}.xml"/>'
              for name, kind in PARTS.items()) + "</Relationships>")

ROOT_RELATED = (
    DECLARED + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    f'relationships"><Relationship Id="document" Type="{RELATIONS}/officeDocument" '
    'Target="word/document.xml"/></Relationships>')


def run_xml(text, properties="", tag="t"):
    words = f'<w:{tag} xml:space="preserve">{escape(text)}</w:{tag}>'
    return f"<w:r><w:rPr>{properties}</w:rPr>{words}</w:r>" if properties else f"<w:r>{words}</w:r>"


def runs_xml(runs, changes):
    """`changes` counts the tracked changes, each of which needs an id."""
    shown = ""
    for run in runs:
        if run.style.startswith("note"):
            shown += f'<w:r><w:footnoteReference w:id="{run.style[4:]}"/></w:r>'
        elif not run.text:
            continue
        elif run.style in ("ins", "del"):
            changes.append(run.text)
            tag = "t" if run.style == "ins" else "delText"
            shown += (f"<w:{run.style} {CHANGE.format(len(changes))}>"
                      f"{run_xml(run.text, tag=tag)}</w:{run.style}>")
        else:
            properties = {"hidden": "<w:vanish/>", "bold": "<w:b/>"}.get(run.style, "")
            # A word processor breaks a run where it checked the spelling or the cursor stood.
            middle = len(run.text) // 2 if len(run.text) > 60 else len(run.text)
            shown += "".join(run_xml(piece, properties)
                             for piece in (run.text[:middle], run.text[middle:]) if piece)
    return shown


def heading_xml(block, automatic, changes):
    """A heading with its number typed, or left to the numbering of its level."""
    level = block.level
    rest_at = [run.style for run in block.runs].index("end_of_heading")
    head, rest = block.runs[:rest_at], block.runs[rest_at + 1:]
    properties = f'<w:pStyle w:val="Heading{level}"/>'
    if automatic:
        properties += (f'<w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="1"/></w:numPr>')
        words = run_xml(block.title, "<w:b/>")
    else:
        words = runs_xml(head, changes)
    return f"<w:p><w:pPr>{properties}</w:pPr>{words}{runs_xml(rest, changes)}</w:p>"


def table_xml(rows, changes):
    shown = '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
    for row in rows:
        cells = "".join(f"<w:tc><w:p>{runs_xml(cell, changes)}</w:p></w:tc>" for cell in row.cells)
        shown += f"<w:tr>{cells}</w:tr>"
    return shown + "</w:tbl>"


def body_xml(report):
    automatic = report.head["layout"] == "auto_numbers"
    changes, shown, rows = [], "", []
    for block in report.blocks:
        if block.kind == "row":
            rows.append(block)
            continue
        if rows:
            shown, rows = shown + table_xml(rows, changes), []
        if block.kind in ("part", "mark") or block.kind.startswith("note"):
            continue
        if block.kind == "heading":
            shown += heading_xml(block, automatic, changes)
            continue
        properties = {"title": '<w:pPr><w:pStyle w:val="Title"/></w:pPr>',
                      "number": '<w:pPr><w:jc w:val="center"/></w:pPr>',
                      "signature": '<w:pPr><w:jc w:val="right"/></w:pPr>',
                      "date": '<w:pPr><w:jc w:val="right"/></w:pPr>'}.get(block.kind, "")
        shown += f"<w:p>{properties}{runs_xml(block.runs, changes)}</w:p>"
    return shown


def footnotes_xml(report):
    shown = "".join(
        f'<w:footnote w:id="{block.kind[4:]}"><w:p>{runs_xml(block.runs, [])}</w:p></w:footnote>'
        for block in report.blocks if block.kind.startswith("note"))
    return f'{DECLARED}<w:footnotes xmlns:w="{NAMESPACE}">{shown}</w:footnotes>'


def members_of(report):
    """Name -> text of each member of the archive."""
    section = (f'<w:sectPr><w:footerReference w:type="default" r:id="footer1"/>'
               '<w:pgSz w:w="11906" w:h="16838"/></w:sectPr>')
    document = (f'{DECLARED}<w:document xmlns:w="{NAMESPACE}" xmlns:r="{RELATIONS}"><w:body>'
                f"{body_xml(report)}{section}</w:body></w:document>")
    return {"[Content_Types].xml": CONTENT_TYPES, "_rels/.rels": ROOT_RELATED,
            "word/document.xml": document, "word/_rels/document.xml.rels": RELATED,
            "word/styles.xml": STYLES, "word/numbering.xml": NUMBERING,
            "word/footnotes.xml": footnotes_xml(report), "word/footer1.xml": FOOTER}


def write_archive(path, members):
    """The same bytes each time: no dates of today."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(zipfile.ZipInfo(name), text.encode("utf-8"), zipfile.ZIP_DEFLATED)
