"""The program killed at any moment (SIGKILL), and PostgreSQL restarted under it: nothing it said was
written is lost, no batch stands half, the journal verifies, and the next start goes on. Two programs
at once on one database take turns.

Run by CTest with FAZHI naming the program and, where it is given, FAZHI_TEST_POSTGRESQL.
FAZHI_CRASH_ROUNDS: how many rounds on each database (default 4); a round kills an import and one
other command.
"""
import json
import os
import random
import re
import sqlite3
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.request
from pathlib import Path

import postgresql

ROOT = Path(__file__).resolve().parents[2]
os.environ["PGOPTIONS"] = "-c fazhi.sight=*"  # psql sees the rows of all jurisdictions
FAZHI = os.environ["FAZHI"]
ROUNDS = int(os.environ.get("FAZHI_CRASH_ROUNDS", "4"))
OFFICE = "minsheng"
BATCH = 500  # action::kImportBatchRows
ROWS = 1_200
OLDER = 7  # the version of the older database
ROUNDS_A_DATABASE = 10  # then a new one: to verify it takes longer with each round
PORT = 18_417
OTHERS = (("journal", "checkpoint", "--jurisdiction", OFFICE), ("log", "sign"), ("tick",),
          ("journal", "replay", "--jurisdiction", OFFICE))


def sheet_of(path, rows, mark):
    lines = ["活动日期,活动名称,节点,场所,发放资料"]
    lines += [f"2023-{n % 9 + 1:02}-{n % 28 + 1:02},{mark}第{n}场,日常,社区,{n}"
              for n in range(rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def made_after(version):
    """The tables, columns and new indexes of later migrations, which an older database does not
    have: what takes each of them away."""
    out = []
    for path in sorted((ROOT / "src/storage/migrations").glob("[0-9]*.sql")):
        if int(path.name[:4]) > version and not path.name.endswith(".postgresql.sql"):
            text = path.read_text("utf-8")
            out += [f"DROP INDEX IF EXISTS {index}" for index in re.findall(r"CREATE INDEX (\w+)", text)
                    if f"DROP INDEX {index}" not in text]
            out += [f"ALTER TABLE {table} DROP COLUMN {column}"
                    for table, column in re.findall(r"ALTER TABLE (\w+) ADD COLUMN (\w+)", text)]
            out += [f"DROP TABLE {table}"
                    for table in re.findall(r"CREATE (?:VIRTUAL )?TABLE (\w+)", text)]
    return out


class Office:
    """An office in a database that the classes below make."""

    def fazhi(self, *words):
        return [FAZHI, "--database", self.database, "--data", str(self.data), *words]

    def run_fazhi(self, *words):
        done = subprocess.run(self.fazhi(*words), cwd=ROOT, capture_output=True, text=True,
                              timeout=600, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def importing(self, path, **options):
        return subprocess.Popen(
            self.fazhi("import", "--jurisdiction", OFFICE, "--ledger", "publicity", "--as", "p003",
                       str(path)), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)

    def entries(self):
        measured = json.loads(self.run_fazhi("measure", "--jurisdiction", OFFICE, "--year",
                                             "2023", "publicity_activities", "--json"))
        return int(measured["measures"][0]["value"])

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        self.databases = 0
        self.begin()

    def begin(self):
        self.databases += 1
        self.data = self.folder / f"data{self.databases}"
        self.database = self.make_database()
        self.run_fazhi("init")
        self.run_fazhi("load", f"examples/{OFFICE}")
        self.there = self.entries()

    def interrupt_an_import(self, path, after, interrupt=subprocess.Popen.kill):
        running = self.importing(path)
        try:
            running.wait(timeout=after)
        except subprocess.TimeoutExpired:
            interrupt(running)
        _, said = running.communicate()
        acknowledged = max([0, *map(int, re.findall(r"已写入(\d+)条", said))])
        made = self.entries() - self.there
        self.assertGreaterEqual(made, acknowledged)
        self.assertIn(made, {0, BATCH, 2 * BATCH, ROWS})
        # The same file goes on where it was, and comes in once.
        again = subprocess.run(running.args, cwd=ROOT, capture_output=True, text=True,
                               timeout=600, check=False)
        if made == ROWS:
            self.assertEqual(again.returncode, 1)
            self.assertIn("导入过", again.stderr)
        else:
            self.assertEqual(again.returncode, 0, again.stderr)
        self.there += ROWS

    def kill(self, words, after):
        running = subprocess.Popen(self.fazhi(*words), cwd=ROOT, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        try:
            running.wait(timeout=after)
        except subprocess.TimeoutExpired:
            running.kill()
        running.wait()
        self.assertEqual(self.entries(), self.there)  # also what the import before it left
        self.run_fazhi("journal", "verify", "--jurisdiction", OFFICE)
        self.run_fazhi(*words)


class Crashes(Office):
    """The tests on either database."""

    def test_killed_at_any_moment(self):
        seed = random.randrange(1 << 30)
        print(f"seed {seed}", flush=True)
        chance = random.Random(seed)
        path = self.folder / "rows.csv"
        sheet_of(path, ROWS, "先")
        begun = time.monotonic()
        whole = self.importing(path)
        whole.communicate()
        self.assertEqual(whole.returncode, 0)
        usual = time.monotonic() - begun
        self.there += ROWS
        self.assertEqual(self.entries(), self.there)
        for round_number in range(ROUNDS):
            if round_number % ROUNDS_A_DATABASE == ROUNDS_A_DATABASE - 1:
                self.run_fazhi("journal", "verify", "--jurisdiction", OFFICE)
                self.begin()
            sheet_of(path, ROWS, f"第{round_number}轮")
            with self.subTest(round=round_number, seed=seed):
                self.interrupt_an_import(path, chance.uniform(0, usual * 1.1))
                self.kill(OTHERS[round_number % len(OTHERS)], chance.uniform(0, usual))
        self.run_fazhi("journal", "verify", "--jurisdiction", OFFICE)

    def test_two_programs_at_once(self):
        before = self.entries()
        files = []
        for mark in ("甲", "乙"):
            files.append(self.folder / f"{mark}.csv")
            sheet_of(files[-1], ROWS, mark)
        running = [self.importing(path) for path in files]
        for each in running:
            _, said = each.communicate()
            self.assertEqual(each.returncode, 0, said)
        self.assertEqual(self.entries(), before + 2 * ROWS)
        self.run_fazhi("journal", "verify", "--jurisdiction", OFFICE)


class OnSqlite(Crashes, unittest.TestCase):
    def make_database(self):
        return str(self.folder / f"office{self.databases}.db")

    def make_older(self, version):
        with sqlite3.connect(self.database) as database:
            for taken_away in made_after(version):
                database.execute(taken_away)
            database.execute("DELETE FROM schema_version WHERE version > ?", (version,))

    def test_an_older_database_is_refused_until_it_is_upgraded(self):
        self.make_older(OLDER)
        old = subprocess.run(self.fazhi("journal", "verify", "--jurisdiction", OFFICE), cwd=ROOT,
                             text=True, capture_output=True, timeout=60, check=False)
        self.assertEqual(old.returncode, 1)
        self.assertIn("fazhi init", old.stderr)
        for _ in range(3):  # Killed while it upgrades: the next one goes on.
            upgrading = subprocess.Popen(self.fazhi("init"), cwd=ROOT, stdout=subprocess.DEVNULL,
                                         stderr=subprocess.DEVNULL)
            time.sleep(random.uniform(0, 0.05))
            upgrading.kill()
            upgrading.wait()
        self.run_fazhi("init")
        self.run_fazhi("journal", "replay", "--jurisdiction", OFFICE)  # what the journal says of the dropped tables
        self.run_fazhi("journal", "verify", "--jurisdiction", OFFICE)
        self.make_older(OLDER + 1)
        self.assertIn("已升级", self.run_fazhi("init"))
        self.assertIn("没有改动", self.run_fazhi("init"))
        with sqlite3.connect(self.database) as database:
            database.execute("INSERT INTO schema_version (version, name) VALUES (9999, 'later')")
        newer = subprocess.run(self.fazhi("init"), cwd=ROOT, text=True, capture_output=True,
                               timeout=60, check=False)
        self.assertEqual(newer.returncode, 1)
        self.assertIn("更新版本", newer.stderr)


@unittest.skipUnless(os.environ.get("FAZHI_TEST_POSTGRESQL"), "no PostgreSQL")
class OnPostgresql(Crashes, unittest.TestCase):
    def make_database(self):
        name = f"fazhi_crash_{os.getpid()}_{self.databases}"
        address = postgresql.make(name)
        self.addCleanup(postgresql.drop, name)
        return address


@unittest.skipUnless(os.environ.get("FAZHI_TEST_POSTGRESQL"), "no PostgreSQL")
class PostgresqlRestarts(Office, unittest.TestCase):
    """A server of its own, that the test may stop as it likes."""

    SERVER = """
        set -euo pipefail
        source tools/postgresql.sh
        trap stop_postgresql EXIT
        start_postgresql undurable >&2
        echo "$FAZHI_TEST_POSTGRESQL"
        while read -r _; do restart_postgresql >&2; echo restarted; done
        """

    def make_database(self):
        self.server = subprocess.Popen(["bash", "-c", self.SERVER], cwd=ROOT, text=True,
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.addCleanup(self.stop_server)
        return self.server.stdout.readline().strip()

    def stop_server(self):
        self.server.communicate()  # The end of its input ends it.

    def restart(self, _=None):
        self.server.stdin.write("again\n")
        self.server.stdin.flush()
        self.assertEqual(self.server.stdout.readline(), "restarted\n")

    def test_restarted_under_an_import(self):
        path = self.folder / "rows.csv"
        for round_number in range(ROUNDS):
            sheet_of(path, ROWS, f"第{round_number}轮")
            with self.subTest(round=round_number):
                self.interrupt_an_import(path, random.uniform(0, 3), self.restart)
                self.assertEqual(self.entries(), self.there)
        self.run_fazhi("journal", "verify", "--jurisdiction", OFFICE)

    def test_a_server_that_lost_its_database_goes_on(self):
        serving = subprocess.Popen(self.fazhi("serve", "--listen", f"127.0.0.1:{PORT}"), cwd=ROOT,
                                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            self.assertIn("http", serving.stdout.readline())
            url = f"http://127.0.0.1:{PORT}/readyz"
            for _ in range(3):
                with urllib.request.urlopen(url, timeout=60) as page:
                    self.assertEqual(page.status, 200)
                self.restart()
            answers = []
            for _ in range(8):  # Connections that are gone are found out one by one.
                try:
                    with urllib.request.urlopen(url, timeout=60) as page:
                        answers.append(page.status)
                except urllib.error.HTTPError as refused:
                    answers.append(refused.code)
            self.assertEqual(answers[-1], 200, answers)
        finally:
            serving.terminate()
            serving.communicate(timeout=60)
            self.assertEqual(serving.returncode, 0)


if __name__ == "__main__":
    unittest.main()
