#!/usr/bin/env python3
"""Makes the files of tests/data/review and their annotations from the marked sources.

    make_review_corpus.py                   all of it; PDF and images are printed by Chromium
    make_review_corpus.py --without-pages   all but those
    make_review_corpus.py --check           fails where a file is not what its source makes
    make_review_corpus.py --unmarked        numerals in the sources that no mark calls a figure
"""
import re
import sys
import zipfile

import review_docx
import review_gold
import review_ofd
import review_pages
import review_text
from review_source import FOLDER, BrokenSource, read_all

# format -> the made file's extension, what writes its text, in which encoding
TEXTS = {"txt": ("txt", "utf-8"), "txt_bom": ("txt", "utf-8-sig"),
         "txt_gb18030": ("txt", "gb18030"), "txt_gb18030_bom": ("txt", "gb18030")}
ARCHIVES = {"docx": review_docx, "ofd": review_ofd}
PAGES = {"pdf": "pdf", "pdf_scan": "pdf", "png": "png"}
NUMERAL = re.compile(r"[0-9０-９][0-9,.，．]*|"
                     r"[一二两三四五六七八九十百千万零]+(?=[个件次起场名人份项条处家户部])")


def extension_of(form):
    if form in TEXTS:
        return TEXTS[form][0]
    return PAGES.get(form, form)


def made_bytes(report):
    """The bytes of a made file that is a text or a page of a site."""
    form = report.head["format"]
    if form == "md":
        return review_text.markdown(report).encode("utf-8")
    if form == "html":
        return review_text.site_page(report)
    wrapped = report.head["layout"] == "wrapped"
    text = review_text.wrapped_text(report) if wrapped else review_text.plain_text(report)
    # The mark of GB18030 is U+FEFF in that encoding.
    mark = "\ufeff" if form == "txt_gb18030_bom" else ""
    return (mark + text).encode(TEXTS[form][1])


def make(report, pages):
    form = report.head["format"]
    path = FOLDER / f"{report.name}.{extension_of(form)}"
    if form in ARCHIVES:
        review_docx.write_archive(path, ARCHIVES[form].members_of(report))
    elif form not in PAGES:
        path.write_bytes(made_bytes(report))
    elif pages and form == "pdf":
        review_pages.print_pdf(report, path)
    elif pages:
        scanned = review_pages.scanned_pages(report)
        if form == "pdf_scan":
            review_pages.write_pdf_of_images(path, scanned)
        elif len(scanned) > 1:
            raise BrokenSource(f"{report.name}: a picture is one page, not {len(scanned)}")
        else:
            review_pages.write_png(path, *scanned[0])


def members_read(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def problems_of(report, gold):
    """What of a report's made files differs from its source; pages are only there or not."""
    form = report.head["format"]
    path = FOLDER / f"{report.name}.{extension_of(form)}"
    annotated = FOLDER / f"{report.name}.gold.json"
    problems = [f"{file.name}: missing" for file in (path, annotated) if not file.is_file()]
    if problems:
        return problems
    if annotated.read_text("utf-8") != gold:
        problems.append(f"{annotated.name}: not what the source marks")
    if form in ARCHIVES:
        same = members_read(path) == ARCHIVES[form].members_of(report)
    else:
        same = form in PAGES or path.read_bytes() == made_bytes(report)
    return problems if same else [*problems, f"{path.name}: not what the source makes"]


def check():
    checks, titles = review_gold.read_checks(), review_gold.read_titles()
    problems = []
    for report in read_all():
        gold = review_gold.json_of(review_gold.gold_of(report, checks, titles))
        problems += problems_of(report, gold)
    return problems


def unmarked_numerals(report):
    """Numerals outside of every figure, with what stands around them, to be read by somebody."""
    covered = set()
    for figure in report.figures:
        covered.update(range(figure.offset, figure.offset + len(figure.text)))
    for match in NUMERAL.finditer(report.text):
        if match.start() not in covered:
            begin, end = max(0, match.start() - 10), match.end() + 10
            yield report.text[begin:end].replace("\n", " ")


def main(options):
    if options == ["--check"]:
        problems = check()
        print("\n".join(problems) or "the corpus is what its sources make")
        return 1 if problems else 0
    if options == ["--unmarked"]:
        for report in read_all():
            for words in unmarked_numerals(report):
                print(f"{report.name}: {words}")
        return 0
    if options not in ([], ["--without-pages"]):
        print(__doc__)
        return 2
    checks, titles = review_gold.read_checks(), review_gold.read_titles()
    for report in read_all():
        gold = review_gold.json_of(review_gold.gold_of(report, checks, titles))
        (FOLDER / f"{report.name}.gold.json").write_text(gold, "utf-8")
        make(report, pages=not options)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except BrokenSource as problem:
        sys.exit(str(problem))
