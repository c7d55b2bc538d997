"""The five example offices, end to end, with the program as it is built: loaded, counted, reported, verified.

Run by CTest with FAZHI naming the program; FAZHI_TEST_POSTGRESQL, where it is given, is used for the same on PostgreSQL.
"""
import csv
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import unittest
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

import postgresql

ROOT = Path(__file__).resolve().parents[2]
os.environ["PGOPTIONS"] = "-c fazhi.sight=*"  # psql sees the rows of all jurisdictions
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
    """The tests; two classes below give them a database and say which offices are loaded into it."""

    offices = tuple(YEARS)

    @classmethod
    def load(cls):
        for words in (["init"], *(["load", f"examples/{office}"] for office in cls.offices)):
            subprocess.run([FAZHI, "--database", cls.database, "--data", str(cls.data), *words], cwd=ROOT, check=True,
                           capture_output=True, timeout=600)

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
        self.assertIn("没有改动", self.run_fazhi("load", f"examples/{self.offices[0]}").stdout)

    def test_2_every_published_figure_comes_out_of_the_measures(self):
        published = {row["row_id"]: row for row in rows("expected.csv")}
        figures = rows("figures.csv")
        self.assertEqual(len(figures), 51)
        for row in (row for row in figures if row["office"] in self.offices):
            said = published[row["row_id"]]
            answer = self.measure(row["office"], row["measure"], row["filter"])
            self.assertTrue(holds(answer["value"], float(said["value"]), said["qualifier"]), (row, answer["value"]))
            if answer["value"]:
                self.assertTrue(answer["entries"], row)

    def test_3_the_reports_are_made_and_their_figures_open(self):
        for office in self.offices:
            year = YEARS[office]
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
        for office in self.offices:
            found = json.loads(self.run_fazhi("journal", "verify", "--jurisdiction", office, "--json").stdout)
            self.assertEqual(found["findings"], [])
            self.assertGreater(found["records"], 500)

    def test_6_a_table_rebuilt_from_the_journal_is_the_same(self):
        self.run_fazhi("journal", "replay", "--jurisdiction", "wangzhu")
        self.run_fazhi("journal", "verify", "--jurisdiction", "wangzhu")

    def test_6_deadlines_are_listed_explained_and_looked_at_once_a_day(self):
        open_clocks = json.loads(self.run_fazhi("clock", "list", "--jurisdiction", "wangzhu", "--json").stdout)["clocks"]
        self.assertTrue(open_clocks)
        counted = [each for each in open_clocks if "工作日" in each["how"] and each["status"] == "running"]
        one = counted[0] if counted else open_clocks[0]
        told = json.loads(self.run_fazhi("clock", "explain", "--jurisdiction", "wangzhu", "--json", str(one["entry"]),
                                         one["clock"]).stdout)
        self.assertEqual(told["due_on"], one["due_on"])
        if counted:
            self.assertEqual(told["days"][0]["date"], one["started_on"])
            self.assertEqual(told["days"][-1]["date"], one["due_on"])
        first = json.loads(self.run_fazhi("tick", "--json").stdout)
        self.assertGreater(first["tasks_made"], 10)
        again = json.loads(self.run_fazhi("tick", "--json").stdout)
        self.assertEqual(set(again.values()), {0})
        tasks = json.loads(self.run_fazhi("task", "list", "--jurisdiction", "wangzhu", "--json").stdout)["tasks"]
        listed = [each for each in tasks if each["kind"] != "duty"]
        tasks = [each for each in tasks if each["kind"] == "duty"]
        unmet = [each for each in json.loads(self.run_fazhi("duty", "list", "--jurisdiction", "wangzhu", "--json").stdout)
                 ["duties"] if not each["met"]]
        self.assertEqual(len(tasks), len(unmet))
        self.assertTrue(listed)
        for each in listed:
            self.assertEqual((each["state"], each["verdict"], each["score"], each["evidence"]),
                             ("open", None, None, {"attached": 0, "wanted": 1}))
            self.assertGreater(each["overdue_days"], 0)
        closed = json.loads(self.run_fazhi("task", "list", "--jurisdiction", "wangzhu", "--state", "closed", "--json").stdout)
        self.assertIn({"attached": 1, "wanted": 1}, [each["evidence"] for each in closed["tasks"]])
        self.run_fazhi("journal", "verify", "--jurisdiction", "wangzhu")

    def test_7_wrong_rows_are_all_named_and_nothing_is_written(self):
        with open(ROOT / "examples/wangzhu/office.yaml", encoding="utf-8") as file:
            clerk = next(line for line in file if "law_office" in line).split("code:")[1].split(",")[0].strip()
        sheet = Path(self.folder.name) / "wrong.csv"
        words = ["import", "--jurisdiction", "wangzhu", "--ledger", "publicity", "--as", clerk, str(sheet)]
        sheet.write_text("活动日期,活动名称,形势\n2023-02-30,宪法宣传,现场\n", "utf-8")
        before = self.measure("wangzhu", "publicity_activities")["value"]
        done = self.run_fazhi(*words, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("普法宣传!C1", done.stderr)
        sheet.write_text("活动日期,活动名称,节点\n2023-02-30,宪法宣传,没有的节点\n", "utf-8")
        done = self.run_fazhi(*words, check=False)
        self.assertIn("普法宣传!A2", done.stderr)
        self.assertIn("普法宣传!C2", done.stderr)
        self.assertEqual(self.measure("wangzhu", "publicity_activities")["value"], before)


    def test_7_an_outsider_checks_export_note_and_proof_without_the_program(self):
        folder = Path(self.folder.name)
        given = {"note": ("checkpoint", "--jurisdiction", "wangzhu"),
                 "export": ("export", "--jurisdiction", "wangzhu"),
                 "proof": ("proof", "--jurisdiction", "wangzhu", "--seq", "77"), "key": ("key",)}
        for name, words in given.items():
            (folder / name).write_text(self.run_fazhi("journal", *words).stdout, "utf-8")
        body = json.loads((folder / "export").read_text("utf-8").splitlines()[76])["body"]
        (folder / "record").write_text(body, "utf-8")

        def check(*more):
            return subprocess.run([sys.executable, ROOT / "tools/verify_journal.py", "--key", "key", "--note", "note",
                                   *more], cwd=folder, capture_output=True, text=True, timeout=600, check=False)

        right = check("--export", "export", "--proof", "proof", "--record", "record")
        self.assertEqual((right.returncode, right.stderr), (0, ""))
        self.assertEqual(len(right.stdout.splitlines()), 3)
        (folder / "record").write_text(body.replace('"seq":77', '"seq":78'), "utf-8")
        self.assertEqual(check("--proof", "proof", "--record", "record").returncode, 1)
        export = (folder / "export").read_text("utf-8")
        (folder / "export").write_text(export.replace("create", "creatf", 1), "utf-8")
        self.assertEqual(check("--export", "export").returncode, 1)

        # The server's log is checked the same way.
        self.run_fazhi("log", "sign", "--deliver", str(folder))
        note = max(folder.glob("fazhi-server-*.note"), key=lambda path: int(path.stem.split("-")[2]))
        (folder / "note").write_text(note.read_text("utf-8"), "utf-8")
        right = check("--export", str(note.with_suffix(".jsonl")))
        self.assertEqual((right.returncode, right.stderr), (0, ""))
        self.run_fazhi("log", "verify", "--since", str(note))


class SignedWithSm2(unittest.TestCase):
    def test_an_outsider_checks_an_sm2_note_without_the_program(self):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)

            def run(database, *words):
                return subprocess.run([FAZHI, "--database", str(folder / database), *words], cwd=ROOT, check=True,
                                      capture_output=True, text=True, timeout=600).stdout

            for database, signature in (("sm2.db", "sm2"), ("other.db", "ed25519")):
                run(database, "init", "--signature", signature)
                run(database, "load", "examples/qianjin")
            note = run("sm2.db", "journal", "checkpoint", "--jurisdiction", "qianjin")
            (folder / "note").write_text(note, "utf-8")
            (folder / "export").write_text(run("sm2.db", "journal", "export", "--jurisdiction", "qianjin"), "utf-8")

            def check(database):
                (folder / "key").write_text(run(database, "journal", "key"), "utf-8")
                return subprocess.run([sys.executable, ROOT / "tools/verify_journal.py", "--key", "key", "--note", "note",
                                       "--export", "export"], cwd=folder, capture_output=True, text=True, timeout=600,
                                      check=False)

            right = check("sm2.db")
            self.assertEqual((right.returncode, right.stderr), (0, ""))
            self.assertEqual(check("other.db").returncode, 1)
            lines = note.split("\n")
            lines[1] = str(int(lines[1]) - 1)
            (folder / "note").write_text("\n".join(lines), "utf-8")
            changed = check("sm2.db")
            self.assertEqual(changed.returncode, 1)
            self.assertIn("does not fit", changed.stderr)


class OnSqlite(Offices, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.database = str(Path(cls.folder.name) / "offices.db")
        cls.data = Path(cls.folder.name) / "data"
        cls.load()

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

    def test_8_the_server_answers_and_stops_when_told(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{free.getsockname()[1]}"
        server = subprocess.Popen([FAZHI, "--database", self.database, "--data", str(self.data), "serve", "--listen", address],
                                  cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        try:
            self.assertIn(address, server.stdout.readline())

            def get(path):
                with urllib.request.urlopen(f"http://{address}{path}", timeout=60) as answer:
                    return answer.status, answer.read().decode()

            self.assertEqual(get("/healthz"), (200, "ok\n"))
            with self.assertRaises(urllib.error.HTTPError) as missing:
                get("/api/offices/qianjin")
            self.assertEqual(missing.exception.code, 401)
            missing.exception.close()
            described = json.loads(get("/api/openapi.json")[1])
            self.assertIn("fields_dispute", described["components"]["schemas"])
            self.assertIn("fazhi_requests_total", get("/metrics")[1])
        finally:
            server.send_signal(signal.SIGTERM)
            server.communicate(timeout=60)
        self.assertEqual(server.returncode, 0)
        refused = self.run_fazhi("serve", "--listen", "0.0.0.0:8080", check=False)
        self.assertIn("127.0.0.1", refused.stderr)
        self.assertNotEqual(refused.returncode, 0)

    def test_8_a_database_that_is_not_there_is_not_made(self):
        nowhere = Path(self.folder.name) / "nowhere.db"
        for words in (["measure", "--jurisdiction", "qianjin", "--year", "2023"], ["serve"], ["load", "examples/qianjin"]):
            done = subprocess.run([FAZHI, "--database", str(nowhere), *words], cwd=ROOT, capture_output=True, text=True, timeout=60,
                                  check=False)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn("fazhi init", done.stderr)
            self.assertFalse(nowhere.exists())


@unittest.skipUnless(os.environ.get("FAZHI_TEST_POSTGRESQL"), "FAZHI_TEST_POSTGRESQL not given")
class OnPostgresql(Offices, unittest.TestCase):
    offices = ("wangzhu", "tongxin")

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.data = Path(cls.folder.name) / "data"
        cls.name = f"fazhi_offices_{os.getpid()}"
        cls.database = postgresql.make(cls.name)
        cls.load()

    @classmethod
    def tearDownClass(cls):
        # Not by force: nobody is connected any more.
        postgresql.ask(os.environ["FAZHI_TEST_POSTGRESQL"], f"DROP DATABASE {cls.name}")
        cls.folder.cleanup()


if __name__ == "__main__":
    unittest.main(verbosity=2)
