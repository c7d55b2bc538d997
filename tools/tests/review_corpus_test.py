import collections
import datetime
import json
import re
import sys
import unicodedata
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import make_review_corpus
import review_gold
import review_source
from review_source import FOLDER

PARTS = {"results", "shortcomings", "first_responsible_person", "next_year", "other"}
QUALIFIERS = {"exact", "at_least", "about", "at_most"}
CLASSES = {"money", "target", "rule", "rank"}
FORMATS = {"txt", "txt_bom", "txt_gb18030", "txt_gb18030_bom", "md", "html", "docx", "pdf",
           "pdf_scan", "ofd", "png"}
# Checks that find what is not there, and so have no words to point at.
OF_ABSENCE = {"part_missing", "promise_unanswered", "boilerplate_share", "record_not_reported",
              "figures_not_from_ledgers"}
WORDS_OF_QUALIFIERS = {"at_least": r"余|多|以上|超过|逾|不少于|至", "about": r"约|近",
                       "at_most": r"不足|以内"}
BYTES_MAX = 3_000_000


def half_width(text):
    return unicodedata.normalize("NFKC", text)


def number_of_term(words):
    """The number at the head of a term of a declared sum."""
    return float(re.match(r"[\d.,]+", half_width(words)).group().replace(",", ""))


class Corpus(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.reports = review_source.read_all()
        cls.golds = {report.name: json.loads(
            (FOLDER / f"{report.name}.gold.json").read_text("utf-8")) for report in cls.reports}
        cls.checks = review_gold.read_checks()

    def each(self, key):
        """(report, row) of every row of a list of the annotations."""
        return [(report, row) for report in self.reports for row in self.golds[report.name][key]]

    def assert_stands(self, report, words, nth=None):
        places = report.text.count(words)
        if nth is None:
            self.assertEqual(places, 1, f"{report.name}: {words}")
        else:
            self.assertTrue(1 <= nth <= places and places > 1, f"{report.name}: {words} {nth}")

    def test_the_files_are_what_the_sources_make(self):
        self.assertEqual(make_review_corpus.check(), [])

    def test_at_least_thirty_reports_in_every_format_and_year(self):
        self.assertGreaterEqual(len(self.reports), 30)
        self.assertEqual({report.head["format"] for report in self.reports}, FORMATS)
        years = {gold["document"]["year"] for gold in self.golds.values()}
        self.assertEqual(years, set(range(2021, 2026)))
        made = [path for path in FOLDER.rglob("*") if path.is_file()]
        self.assertLess(sum(path.stat().st_size for path in made), BYTES_MAX)

    def test_every_report_is_as_long_as_reports_are(self):
        for report in self.reports:
            length = len(re.sub(r"\s", "", report.text))
            self.assertTrue(800 <= length <= 5000, f"{report.name}: {length}")

    def test_two_thirds_of_the_reports_are_good(self):
        bad = [name for name, gold in self.golds.items()
               if any(row["level"] != "note" for row in gold["findings"])]
        self.assertTrue(0.25 <= len(bad) / len(self.golds) <= 0.4, len(bad))
        for name in bad:
            self.assertLessEqual(len(self.golds[name]["findings"]), 6, name)

    def test_the_head_of_every_report_is_in_its_text(self):
        for report in self.reports:
            document = self.golds[report.name]["document"]
            self.assertIn(document["number"], report.text)
            if document["addressee"]:
                self.assertIn(document["addressee"] + "：", report.text)
            for name in document["signature"].split("、"):
                self.assertIn(name, report.text)
            for date in document["dates"]:
                self.assertEqual(datetime.date.fromisoformat(date).year, document["year"] + 1)
            if document["dates"]:
                day = datetime.date.fromisoformat(document["dates"][0])
                self.assertIn(f"{day.year}年{day.month}月{day.day}日", half_width(report.text))

    def test_every_figure_stands_in_the_text_with_its_qualifier(self):
        rows = self.each("figures")
        self.assertGreaterEqual(len(rows), 1000)
        for report, row in rows:
            at = f"{report.name}: {row}"
            self.assert_stands(report, row["text"], row.get("nth"))
            self.assertIn(row["qualifier"], QUALIFIERS, at)
            self.assertTrue(row["measure_zh"], at)
            self.assertIn(row.get("class", "rank"), CLASSES, at)
            self.assertIn(row.get("direction", "up"), review_source.DIRECTIONS, at)
            if row["qualifier"] != "exact":
                self.assertRegex(row["text"], WORDS_OF_QUALIFIERS[row["qualifier"]], at)
            else:
                self.assertNotRegex(row["text"], "余|逾|超过|约|近", at)
            self.assertLess(row["value"], row.get("upper", float("inf")), at)

    def test_a_figure_in_digits_has_their_value(self):
        for report, row in self.each("figures"):
            match = re.search(r"\d[\d,]*(\.\d+)?(万)?", half_width(row["text"]))
            if match:
                digits = float(match.group().replace(",", "").rstrip("万"))
                value = digits * (10_000 if match.group(2) else 1)
                self.assertAlmostEqual(row["value"], value, msg=f"{report.name}: {row}")

    def test_titles_and_outline_and_parts_are_whole(self):
        for report in self.reports:
            gold = self.golds[report.name]
            self.assertEqual(len(gold["titles"]), report.text.count("《"), report.name)
            for row in gold["outline"]:
                self.assertIn(row["number"] + row["title"], report.text)
            for row in gold["parts"]:
                self.assertIn(row["part"], PARTS)
                self.assertIn(row["begins"], report.text)
            found = {row["part"] for row in gold["parts"]} | {"other"}
            missing = any(row["check"] == "part_missing" for row in gold["findings"])
            self.assertEqual(found != PARTS, missing, report.name)

    def test_every_report_admits_and_promises_something(self):
        for report in self.reports:
            gold = self.golds[report.name]
            for row in gold["claims"]:
                self.assertIn(row["text"], report.text)
            claimed = {row["part"] for row in gold["claims"]}
            thin = any(row["check"] == "part_thin" for row in gold["findings"])
            expected = {"shortcomings"} if thin else {"shortcomings", "next_year"}
            self.assertEqual(claimed, expected, report.name)

    def test_every_finding_stands_in_the_text_and_every_check_has_one(self):
        used = collections.Counter()
        for report, row in self.each("findings"):
            used[row["check"]] += 1
            self.assertEqual(row["level"], self.checks[row["check"]][0])
            self.assertTrue(row["why"])
            if row["check"] in OF_ABSENCE:
                self.assertEqual(row["found"], "")
            elif row["check"] == "hidden_text":
                hidden = [run.text for block in report.blocks for run in block.runs
                          if run.style == "hidden"]
                self.assertIn(row["found"], hidden)
            elif row["check"] == "late_publication":
                self.assertIn(row["found"], self.golds[report.name]["document"]["dates"])
            else:
                self.assert_stands(report, row["found"], row.get("nth"))
            if row.get("needs") == "ledgers":
                self.assertTrue((FOLDER / f"{report.name}.ledgers.json").is_file())
        self.assertEqual(set(used), set(self.checks))

    def test_declared_sums_add_up(self):
        rows = self.each("sums")
        self.assertGreaterEqual(len(rows), 10)
        for report, row in rows:
            parts = sum(number_of_term(part) for part in row["parts"])
            self.assertEqual(number_of_term(row["total"]), parts, report.name)
            texts = [figure["text"] for figure in self.golds[report.name]["figures"]]
            for words in [row["total"], *row["parts"]]:
                self.assertIn(words, texts, report.name)


class Mutations(unittest.TestCase):
    def test_each_breaks_one_place_of_a_good_report(self):
        mutations = json.loads((FOLDER / "mutations.json").read_text("utf-8"))
        checks = review_gold.read_checks()
        self.assertGreaterEqual(len({row["check"] for row in mutations}), 25)
        reports = {report.name: report for report in review_source.read_all()}
        for row in mutations:
            report = reports[row["report"]]
            self.assertEqual(set(row), {"report", "replace", "with", "check"})
            self.assertIn(row["check"], checks)
            self.assertEqual(report.head["finding"], [], row)
            self.assertEqual(report.text.count(row["replace"]), 1, row)
            self.assertNotEqual(row["replace"], row["with"])


class Words(unittest.TestCase):
    ROW = re.compile(r"^  - (\{[a-z_]+: .+\}|\[.+\]|[^\[{\s].*)$")
    WRONG = re.compile(r"\b(?:right|law): ([^,}]+).*\bwrong: \[([^]]+)\]")

    def test_each_list_says_where_it_is_from_and_repeats_nothing(self):
        for path in (FOLDER / "words").glob("*.yaml"):
            lines = path.read_text("utf-8").splitlines()
            self.assertRegex(lines[0], "^# .")
            rows = [line for line in lines if line.startswith(" ")]
            for line in rows:
                self.assertRegex(line, self.ROW, path.name)
            self.assertEqual(len(rows), len(set(rows)), path.name)
            self.assertGreaterEqual(len(rows), 20, path.name)

    def test_no_right_form_holds_a_wrong_one(self):
        for name in ("phrases", "law_misnames"):
            text = (FOLDER / f"words/{name}.yaml").read_text("utf-8")
            matches = self.WRONG.findall(text)
            self.assertGreaterEqual(len(matches), 20)
            for right, wrong in matches:
                for form in wrong.split(", "):
                    self.assertNotIn(form, right)


class Source(unittest.TestCase):
    def figure(self, mark):
        figures = []
        review_source.read_runs(f"全年{mark}。", "a report", figures, 10)
        return figures[0]

    def test_a_mark_gives_value_unit_and_qualifier(self):
        figure = self.figure("{5.5万余份|55000 份 +|资料}")
        self.assertEqual((figure.value, figure.unit, figure.qualifier, figure.offset),
                         (55000, "份", "at_least", 12))
        self.assertEqual(self.figure("{20至30人|20..30 人|人数}").upper, 30)

    def test_a_broken_mark_is_refused(self):
        for mark in ("{5份|5 份}", "{|5 份|资料}", "{5份|5 份 件|资料}"):
            with self.assertRaises(review_source.BrokenSource):
                self.figure(mark)

    def test_deleted_and_hidden_text_is_not_read(self):
        runs = review_source.read_runs("甲<<del:乙>><<ins:丙>><<hidden:丁>>", "a report", [], 0)
        self.assertEqual(review_source.read_text(runs), "甲丙")

    def test_items_inside_a_paragraph_are_below_its_heading(self):
        blocks = [review_source.read_block(line, "a report", [], 0)
                  for line in ("=1:results 一、|成效", "一是抓学习，抓早。二是抓执法。")]
        report = review_source.Report("a report", {}, blocks, [], "")
        self.assertEqual([(row["level"], row["number"], row["title"])
                          for row in review_gold.outline_of(report)],
                         [(1, "一、", "成效"), (2, "一是", "抓学习"), (2, "二是", "抓执法")])
