"""The five example offices, end to end, with the program as it is built: loaded, counted, reported, verified.

Run by CTest with FAZHI naming the program; FAZHI_TEST_POSTGRESQL, where it is given, is used for the same on PostgreSQL.
"""
import csv
import json
import os
import sqlite3
import subprocess
import tempfile
import unittest
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FAZHI = os.environ["FAZHI"]
YEARS = {"minsheng": 2022, "wangzhu": 2023, "keyuan": 2022, "qianjin": 2023, "tongxin": 2024}


def rows(name):
    with open(ROOT / "examples" / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def holds(value, said, qualifier):
    """N余 holds v when N <= v < N + one unit of N's last digit that is not 0."""
    if qualifier == "exact":
        return value == said
    text = str(int(said))
    return said <= value < said + 10 ** (len(text) - len(text.rstrip("0")))


class Offices:
    """The tests; two classes below give them a database."""

    def run_fazhi(self, *words, check=True):
        done = subprocess.run([FAZHI, "--database", self.database, "--data", str(self.data), *words],
                              cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
        if check:
            self.assertEqual(done.returncode, 0, done.stderr)
        return done

    def measure(self, office, measure, condition=""):
        words = ["measure", "--jurisdiction", office, "--year", str(YEARS[office]), measure, "--json"]
        if condition:
            words += ["--where", condition]
        return json.loads(self.run_fazhi(*words).stdout)["measures"][0]

    def test_1_a_second_init_and_load_change_nothing(self):
        self.assertIn("没有改动", self.run_fazhi("init").stdout)
        self.assertIn("没有改动", self.run_fazhi("load", "examples/qianjin").stdout)

    def test_2_every_published_figure_comes_out_of_the_measures(self):
        published = {row["row_id"]: row for row in rows("expected.csv")}
        figures = rows("figures.csv")
        self.assertEqual(len(figures), 51)
        for row in figures:
            said = published[row["row_id"]]
            answer = self.measure(row["office"], row["measure"], row["filter"])
            self.assertTrue(holds(answer["value"], float(said["value"]), said["qualifier"]), (row, answer["value"]))
            if answer["value"]:
                self.assertTrue(answer["entries"], row)

    def test_3_the_five_reports_are_made_and_their_figures_open(self):
        for office, year in YEARS.items():
            folder = Path(self.folder.name) / "reports" / office
            self.run_fazhi("report", "build", "--jurisdiction", office, "--year", str(year), "--out", str(folder))
            stem = f"{office}-{year}"
            self.assertTrue((folder / f"{stem}.pdf").read_bytes().startswith(b"%PDF-"))
            with zipfile.ZipFile(folder / f"{stem}.docx") as docx:
                self.assertIn("方正小标宋简体", docx.read("word/styles.xml").decode())
            page = (folder / f"{stem}.html").read_text("utf-8")
            start = page.index('id="fazhi-figures">') + len('id="fazhi-figures">')
            data = json.loads(page[start:page.index("</script>", start)])
            self.assertTrue(data["figures"])
            for key in data["figures"]:
                self.assertIn(f'data-figure="{key}"', page)
            self.assertNotIn("http://", page.split("<script")[0].split("</style>")[1])

    def test_4_signing_freezes_the_figures_and_needs_two_persons(self):
        with open(ROOT / "examples/tongxin/office.yaml", encoding="utf-8") as file:
            people = [line for line in file if "posts:" in line]
        code = lambda post: next(line.split("code:")[1].split(",")[0].strip() for line in people if post in line)
        words = ["report", "build", "--jurisdiction", "tongxin", "--year", "2024", "--out",
                 str(Path(self.folder.name) / "signed"), "--sign"]
        leader, law_office = code("leader"), code("law_office")
        same = self.run_fazhi(*words, "--as", leader, "--cleared-by", leader, check=False)
        self.assertEqual(same.returncode, 1)
        self.assertIn("report.may_not_clear", same.stderr)
        self.run_fazhi(*words, "--as", leader, "--cleared-by", law_office)
        again = self.run_fazhi(*words, "--as", leader, "--cleared-by", law_office, check=False)
        self.assertIn("report.nothing_changed", again.stderr)

    def test_5_every_journal_verifies(self):
        for office in YEARS:
            found = json.loads(self.run_fazhi("journal", "verify", "--jurisdiction", office, "--json").stdout)
            self.assertEqual(found["findings"], [])
            self.assertGreater(found["records"], 500)

    def test_6_a_table_rebuilt_from_the_journal_is_the_same(self):
        self.run_fazhi("journal", "replay", "--jurisdiction", "minsheng")
        self.run_fazhi("journal", "verify", "--jurisdiction", "minsheng")

    def test_7_wrong_rows_are_all_named_and_nothing_is_written(self):
        sheet = Path(self.folder.name) / "wrong.csv"
        sheet.write_text("活动日期,活动名称,形势\n2023-02-30,宪法宣传,现场\n", "utf-8")
        before = self.measure("qianjin", "publicity_activities")["value"]
        done = self.run_fazhi("import", "--jurisdiction", "qianjin", "--ledger", "publicity", "--as", "p003", str(sheet), check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("普法宣传!C1", done.stderr)
        sheet.write_text("活动日期,活动名称,节点\n2023-02-30,宪法宣传,没有的节点\n", "utf-8")
        done = self.run_fazhi("import", "--jurisdiction", "qianjin", "--ledger", "publicity", "--as", "p003", str(sheet), check=False)
        self.assertIn("普法宣传!A2", done.stderr)
        self.assertIn("普法宣传!C2", done.stderr)
        self.assertEqual(self.measure("qianjin", "publicity_activities")["value"], before)


class OnSqlite(Offices, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.database = str(Path(cls.folder.name) / "offices.db")
        cls.data = Path(cls.folder.name) / "data"
        for words in (["init"], *(["load", f"examples/{office}"] for office in YEARS)):
            subprocess.run([FAZHI, "--database", cls.database, "--data", str(cls.data), *words], cwd=ROOT, check=True,
                           capture_output=True, timeout=600)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_9_a_changed_byte_is_found_and_named(self):
        with sqlite3.connect(self.database) as database:
            office, seq, body = database.execute(
                "SELECT j.jurisdiction_id, j.seq, j.body FROM journal j JOIN jurisdiction o ON o.id = j.jurisdiction_id "
                "WHERE o.code = 'wangzhu' AND j.body LIKE '%\"action\":\"create\"%' ORDER BY j.seq LIMIT 1").fetchone()
            database.execute("UPDATE journal SET body = ? WHERE jurisdiction_id = ? AND seq = ?",
                             (body.replace('"action":"create"', '"action":"creatf"'), office, seq))
        done = self.run_fazhi("journal", "verify", "--jurisdiction", "wangzhu", "--json", check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn(seq, [finding["seq"] for finding in json.loads(done.stdout)["findings"]])
        with sqlite3.connect(self.database) as database:
            database.execute("UPDATE journal SET body = ? WHERE jurisdiction_id = ? AND seq = ?", (body, office, seq))
            database.execute("UPDATE ledger_publicity SET materials = materials + 1 WHERE jurisdiction_id = ? AND id = "
                             "(SELECT min(id) FROM ledger_publicity WHERE jurisdiction_id = ? AND materials > 0)", (office, office))
        done = self.run_fazhi("journal", "verify", "--jurisdiction", "wangzhu", "--json", check=False)
        self.assertEqual(done.returncode, 1)
        self.assertEqual([(finding["table"], finding["column"]) for finding in json.loads(done.stdout)["findings"]],
                         [("ledger_publicity", "materials")])


if __name__ == "__main__":
    unittest.main(verbosity=2)
