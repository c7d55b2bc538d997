"""Backup and restore: made while others write, complete and of one moment, refused where a byte is
changed, and never the way back for what was destroyed.

Run by CTest with FAZHI naming the program and, where it is given, FAZHI_TEST_POSTGRESQL.
"""
import contextlib
import hashlib
import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import threading
import time
import unittest
from pathlib import Path

import postgresql

ROOT = Path(__file__).resolve().parents[2]
os.environ["PGOPTIONS"] = "-c fazhi.sight=*"  # psql sees the rows of all jurisdictions
FAZHI = os.environ["FAZHI"]
OFFICE = "minsheng"
ROWS = 60
KILLED = 6  # backups that are killed


def sheet_of(path, mark):
    lines = ["活动日期,活动名称,节点,场所,发放资料"]
    lines += [f"2023-{n % 9 + 1:02}-{n % 28 + 1:02},{mark}第{n}场,日常,社区,{n}"
              for n in range(ROWS)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def files_below(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


class Place:
    """A database and its data folder."""

    def __init__(self, database, data):
        self.database, self.data = database, data

    def start(self, *words, **options):
        return subprocess.Popen([FAZHI, "--database", self.database, "--data", str(self.data), *words], cwd=ROOT,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)

    def run(self, *words, code=0, **options):
        running = self.start(*words, **options)
        out, said = running.communicate(timeout=600)
        assert running.returncode == code, (words, running.returncode, out, said)
        return out if code == 0 else said


class Backups:
    """The tests; two classes below make the databases."""

    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = Path(temporary.name)
        cls.places = 0
        cls.office = cls.new_place()
        cls.office.run("init")
        cls.office.run("load", f"examples/{OFFICE}")
        cls.office.run("log", "sign")

    @classmethod
    def new_place(cls):
        cls.places += 1
        return Place(cls.new_database(), cls.folder / f"data{cls.places}")

    def new_backup(self, *words):
        folder = self.folder / f"backup-{self.id().rsplit('.', 1)[1]}"
        self.made = json.loads(self.office.run("backup", str(folder), "--json", *words))
        return folder

    def restored(self, folder, *words, code=0):
        place = self.new_place()
        said = place.run("restore", str(folder), "--json", *words, code=code)
        return (place, json.loads(said)) if code == 0 else (place, said)

    def keys(self):
        return "--keys", str(self.office.data / "keys")

    def records(self, place, office=OFFICE):
        return len(place.run("journal", "export", "--jurisdiction", office).splitlines())

    def entry_called(self, words):
        hits = self.office.run("search", "--jurisdiction", OFFICE, "--as", "p003", "--ledger", "publicity", "--json", words)
        entry, = {hit["entry"] for hit in json.loads(hits)["hits"]}
        return entry

    def can_be_read(self, place, entry):
        """Whether the key of what is sealed in the entry stands."""
        return self.ask(place, "SELECT count(*) FROM entry_key k JOIN jurisdiction j ON j.id = k.jurisdiction_id "
                               f"WHERE j.code = '{OFFICE}' AND k.subject_id = {entry}") == 1

    def assert_untouched(self, place):
        self.assertFalse(place.data.exists())
        self.assertFalse(place.data.with_name(place.data.name + ".partial").exists())
        self.assert_no_database(place)

    def test_made_beside_writers_and_restored_elsewhere(self):
        stopping, imported = threading.Event(), []

        def keep_importing():
            while not stopping.is_set():
                path = self.folder / f"rows{len(imported)}.csv"
                sheet_of(path, f"并行{len(imported)}")
                self.office.run("import", "--jurisdiction", OFFICE, "--ledger", "publicity", "--as", "p003", str(path))
                imported.append(self.records(self.office))

        writer = threading.Thread(target=keep_importing)
        writer.start()
        try:
            while not imported:
                time.sleep(0.05)
            folder = self.new_backup()
            before = len(imported)
            while len(imported) < before + 2:
                self.assertTrue(writer.is_alive())
                time.sleep(0.05)
        finally:
            stopping.set()
            writer.join()
        self.assertEqual((self.made["missing"], self.made["damaged"], self.made["keys"]), ([], [], False))
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        sizes = {each["code"]: each["size"] for each in manifest["journals"]}
        self.assertGreaterEqual(sizes[OFFICE], imported[0])
        self.assertLess(sizes[OFFICE], imported[-1])
        # Whoever has no fazhi can check it too.
        subprocess.run(["sha256sum", "--check", "--quiet", "manifest.json.sha256"], cwd=folder, check=True)
        for each in manifest["files"]:
            file = folder / each["path"]
            self.assertEqual(hashlib.sha256(file.read_bytes()).hexdigest(), each["sha256"])
            self.assertEqual(file.stat().st_mode & 0o077, 0)
        self.assertEqual(set(files_below(folder)), {each["path"] for each in manifest["files"]} |
                         {"manifest.json", "manifest.json.sha256"})
        self.assertFalse((folder / "keys").exists())
        self.assertIn("备份完好", self.office.run("backup", str(folder), "--check"))

        place, told = self.restored(folder, *self.keys())
        self.assertEqual((told["sound"], told["upgraded"], told["destroyed_again"]), (True, False, 0))
        for each in told["journals"]:
            self.assertEqual((each["records"], each["findings"]), (sizes[each["code"]], []))
            self.assertEqual(self.records(place, each["code"]), sizes[each["code"]])
        place.run("journal", "verify", "--jurisdiction", OFFICE)
        place.run("log", "verify")
        self.assertEqual(files_below(place.data / "evidence"), files_below(self.office.data / "evidence"))
        # It can be worked with.
        path = self.folder / "after.csv"
        sheet_of(path, "恢复以后")
        place.run("import", "--jurisdiction", OFFICE, "--ledger", "publicity", "--as", "p003", str(path))
        place.run("journal", "verify", "--jurisdiction", OFFICE)

    def test_a_changed_or_missing_byte_is_found_and_nothing_is_restored(self):
        folder = self.new_backup()
        names = sorted(files_below(folder))
        evidence = [name for name in names if name.startswith("data/evidence/")]
        self.assertTrue(evidence)
        for name in ("database", evidence[0], "manifest.json", "manifest.json.sha256"):
            for harm in ("change", "cut", "remove"):
                with self.subTest(name=name, harm=harm):
                    harmed = self.folder / "harmed"
                    shutil.copytree(folder, harmed)
                    file = harmed / name
                    content = bytearray(file.read_bytes())
                    content[random.randrange(len(content))] ^= 1
                    if harm == "change":
                        file.write_bytes(content)
                    elif harm == "cut":
                        file.write_bytes(content[:-1])
                    else:
                        file.unlink()
                    gone = harm == "remove" and name.startswith("manifest")
                    said = self.office.run("backup", str(harmed), "--check", code=1 if gone else 2)
                    self.assertIn("action.no_backup" if gone else "action.damaged_backup", said)
                    if not gone:
                        self.assertIn(name.removesuffix(".sha256"), said)
                    if harm == "change":
                        place, _ = self.restored(harmed, *self.keys(), code=2)
                        self.assert_untouched(place)
                    shutil.rmtree(harmed)

    def test_nothing_is_overwritten(self):
        folder = self.new_backup()
        before = files_below(folder)
        self.assertIn("action.place_taken", self.office.run("backup", str(folder), code=1))
        self.assertEqual(files_below(folder), before)
        records = self.records(self.office)
        place = Place(self.office.database, self.folder / "elsewhere")
        self.assertIn("storage.not_empty", place.run("restore", str(folder), *self.keys(), code=1))
        self.assertFalse(place.data.exists())
        place = self.new_place()
        taken = Place(place.database, self.office.data)
        self.assertIn("action.place_taken", taken.run("restore", str(folder), *self.keys(), code=1))
        self.assert_no_database(taken)
        self.assertEqual(self.records(self.office), records)
        # Somebody's folder that happens to be called so is not taken away.
        other = self.folder / "other.partial"
        (other / "mine").mkdir(parents=True)
        self.assertIn("action.place_taken", self.office.run("backup", str(self.folder / "other"), code=1))
        self.assertTrue((other / "mine").exists())

    def test_without_its_keys_it_is_of_no_use(self):
        folder = self.new_backup()
        place, said = self.restored(folder, code=2)
        self.assertIn("--keys", said)
        self.assert_untouched(place)
        stranger = Place(str(self.folder / "stranger.db"), self.folder / "stranger")
        stranger.run("init")
        place, said = self.restored(folder, "--keys", str(stranger.data / "keys"), code=2)
        self.assertIn("action.needs_keys", said)
        self.assert_untouched(place)
        said = self.office.start("backup", str(self.folder / "told")).communicate()[1]
        self.assertIn(str(self.office.data / "keys"), said)

    def test_with_its_keys_it_is_restored_alone(self):
        folder = self.new_backup("--with-keys")
        self.assertTrue(self.made["keys"])
        place, told = self.restored(folder)
        self.assertTrue(told["sound"])
        self.assertEqual(files_below(place.data / "keys"), files_below(self.office.data / "keys"))

    def test_what_was_destroyed_stays_destroyed(self):
        path = self.folder / "doomed.csv"
        sheet_of(path, "要删的")
        self.office.run("import", "--jurisdiction", OFFICE, "--ledger", "publicity", "--as", "p003", str(path))
        self.office.run("log", "sign")
        older = self.new_backup()
        entry = self.entry_called("要删的第7场")
        other = self.entry_called("要删的第8场")
        self.office.run("destroy", "--jurisdiction", OFFICE, "--as", "p003", "--ledger", "publicity", "--ground",
                        "consent_withdrawn", str(entry))
        listed = self.office.data / "destroyed.jsonl"
        self.assertFalse(self.can_be_read(self.office, entry))

        place, told = self.restored(older, *self.keys())  # As it was.
        self.assertEqual(told["destroyed_again"], 0)
        self.assertTrue(self.can_be_read(place, entry))
        place, told = self.restored(older, *self.keys(), "--destroyed", str(listed))
        self.assertEqual((told["destroyed_again"], told["sound"]), (1, True))
        self.assertFalse(self.can_be_read(place, entry))
        self.assertTrue(self.can_be_read(place, other))
        self.assertEqual((place.data / "destroyed.jsonl").read_bytes(), listed.read_bytes())

        newer = self.folder / "newer"
        self.office.run("backup", str(newer))
        place, told = self.restored(newer, *self.keys())
        self.assertEqual((told["destroyed_again"], told["sound"]), (0, True))
        self.assertFalse(self.can_be_read(place, entry))
        # The list in the backup itself counts: here it names what the database still holds, as where
        # somebody destroyed while the files were being copied.
        shutil.copy(listed, older / "data" / "destroyed.jsonl")
        self.rewrite_manifest(older)
        place, told = self.restored(older, *self.keys())
        self.assertEqual((told["destroyed_again"], told["sound"]), (1, True))
        self.assertFalse(self.can_be_read(place, entry))

    @staticmethod
    def rewrite_manifest(folder):
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        content = (folder / "data" / "destroyed.jsonl").read_bytes()
        others = [each for each in manifest["files"] if each["path"] != "data/destroyed.jsonl"]
        manifest["files"] = others + [{"path": "data/destroyed.jsonl", "sha256": hashlib.sha256(content).hexdigest(),
                                       "size": len(content)}]
        text = json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        (folder / "manifest.json").write_bytes(text)
        (folder / "manifest.json.sha256").write_text(f"{hashlib.sha256(text).hexdigest()}  manifest.json\n")

    def test_killed_it_leaves_nothing_that_looks_whole(self):
        begun = time.monotonic()
        self.new_backup()
        usual = time.monotonic() - begun
        folder = self.folder / "killed"
        for _ in range(KILLED):
            running = self.office.start("backup", str(folder))
            time.sleep(random.uniform(0, usual))
            running.kill()
            running.communicate()
            if folder.exists():  # It was done before it was killed.
                self.office.run("backup", str(folder), "--check")
                shutil.rmtree(folder)
            else:
                partial = self.folder / "killed.partial"
                if partial.exists() and any(partial.iterdir()) and not (partial / "unfinished").exists():
                    self.office.run("backup", str(partial), "--check")  # All that was left to do is to name it.
        # The next one of the same name clears up.
        self.office.run("backup", str(folder))
        self.office.run("backup", str(folder), "--check")
        self.assertFalse((self.folder / "killed.partial").exists())

    def test_where_there_is_no_room_it_leaves_nothing(self):
        def no_room():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

        folder = self.folder / "no-room"
        running = self.office.start("backup", str(folder), preexec_fn=no_room, restore_signals=False)
        _, said = running.communicate(timeout=600)
        self.assertEqual(running.returncode, 3, said)
        self.assertFalse(folder.exists())
        self.assertFalse(folder.with_name("no-room.partial").exists())


class OnSqlite(Backups, unittest.TestCase):
    @classmethod
    def new_database(cls):
        return str(cls.folder / f"office{cls.places}.db")

    def ask(self, place, question):
        with contextlib.closing(sqlite3.connect(place.database)) as database:
            return database.execute(question).fetchone()[0]

    def assert_no_database(self, place):
        for ending in ("", "-wal", "-shm", ".partial"):
            self.assertFalse(Path(place.database + ending).exists())

    def test_the_other_database_is_refused(self):
        folder = self.new_backup()
        place = Place("postgresql://nobody@127.0.0.1:1/none", self.folder / "nowhere")
        said = place.run("restore", str(folder), *self.keys(), code=2)
        self.assertIn("action.other_database", said)

    def test_evidence_that_is_gone_or_rotten_is_named(self):
        self.new_backup()
        place, _ = self.restored(self.folder / f"backup-{self.id().rsplit('.', 1)[1]}", *self.keys())
        gone, rotten = sorted(path for path in (place.data / "evidence").rglob("*") if path.is_file())[:2]
        gone.unlink()
        rotten.write_bytes(rotten.read_bytes() + b"x")
        running = place.start("backup", str(self.folder / "rotten"), "--json")
        told = json.loads(running.communicate()[0])
        self.assertEqual(running.returncode, 1)
        self.assertEqual((told["missing"], told["damaged"]), ([gone.name], [rotten.name]))


@unittest.skipUnless(os.environ.get("FAZHI_TEST_POSTGRESQL"), "no PostgreSQL")
class OnPostgresql(Backups, unittest.TestCase):
    @classmethod
    def new_database(cls):
        name = f"fazhi_backup_{os.getpid()}_{cls.places}"
        address = postgresql.make(name)
        cls.addClassCleanup(postgresql.drop, name)
        return address

    def ask(self, place, question):
        return int(postgresql.ask(place.database, question))

    def assert_no_database(self, place):
        tables = postgresql.ask(place.database, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        self.assertEqual(tables, "0\n")

    def test_a_missing_or_older_pg_dump_is_refused(self):
        folder = self.folder / "no-program"
        programs = self.folder / "programs"
        programs.mkdir()
        environment = {**os.environ, "PATH": str(programs)}
        said = self.office.run("backup", str(folder), code=1, env=environment)
        self.assertIn("pg_dump", said)
        self.assertIn("postgresql-client", said)
        older = programs / "pg_dump"
        older.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n")
        older.chmod(0o755)
        said = self.office.run("backup", str(folder), code=1, env=environment)
        self.assertIn("storage.no_client_program", said)
        self.assertFalse(folder.exists())
        self.assertFalse(folder.with_name("no-program.partial").exists())


if __name__ == "__main__":
    unittest.main()
