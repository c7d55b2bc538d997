"""A server that is told to stop (SIGTERM) while people write: what it had accepted is finished, what comes then is put
off, and what it has said is done is there.

Run by CTest with FAZHI naming the program.
"""
import http.client
import json
import os
import signal
import socket
import sqlite3
import subprocess
import tempfile
import threading
import time
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FAZHI = os.environ["FAZHI"]
OFFICE, PERSON, PASSWORD = "minsheng", "p003", "Lake-and-7-hills"
WRITERS = 12
ROUNDS = 3
WAIT = 60  # seconds for what comes by itself


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Stopping(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(temporary.cleanup)
        cls.database = str(Path(temporary.name) / "fazhi.db")
        cls.fazhi("init")
        cls.fazhi("load", f"examples/{OFFICE}")
        cls.first = json.loads(cls.fazhi("account", "create", "--jurisdiction", OFFICE, "--as", "p006",
                                         "--json", PERSON))["password"]

    @classmethod
    def fazhi(cls, *arguments):
        done = subprocess.run([FAZHI, "--database", cls.database, *arguments], cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0, (arguments, done.stdout, done.stderr)
        return done.stdout

    def ask(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WAIT)
        try:
            connection.request(method, path, None if body is None else json.dumps(body),
                               {"Content-Type": "application/json", **(headers or {})})
            answer = connection.getresponse()
            text = answer.read().decode()
            return answer.status, json.loads(text) if text else None, answer
        finally:
            connection.close()

    def start(self):
        self.port = free_port()
        process = subprocess.Popen([FAZHI, "--database", self.database, "serve", "--listen", f"127.0.0.1:{self.port}"],
                                   cwd=ROOT, stdout=subprocess.DEVNULL)
        for _ in range(WAIT * 10):
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                    return process
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the server does not answer")

    def sign_in(self, password):
        status, session, answer = self.ask("POST", "/api/session", {"login": f"{PERSON}@{OFFICE}", "password": password})
        self.assertEqual(status, 200, session)
        return {"Cookie": answer.getheader("Set-Cookie").split(";")[0], "X-CSRF-Token": session["csrf"]}

    def write_until_it_ends(self, session, number, outcome):
        for i in range(100_000):
            title = f"第{self.round}轮{number}号{i}"
            body = {"fields": {"occurred_on": "2023-05-06", "title": title, "occasion": "everyday"}}
            try:
                status, _, answer = self.ask("POST", f"/api/offices/{OFFICE}/ledgers/publicity/entries", body, session)
            except OSError:
                return  # Nobody answers any more.
            if status == 201:
                outcome["done"].append(title)
            elif status == 503:
                outcome["put_off"].append(answer.getheader("Retry-After"))
            elif status != 429:
                outcome["other"].append(status)

    def titles(self):
        # Straight from the table: the program has no part in it.
        with sqlite3.connect(self.database) as connection:
            return {row[0] for row in connection.execute("SELECT title FROM ledger_publicity")}

    def test_nothing_that_was_said_to_be_done_is_lost(self):
        password = self.first
        put_off = 0
        for self.round in range(ROUNDS):
            process = self.start()
            session = self.sign_in(password)
            if password == self.first:
                status, problem, _ = self.ask("POST", "/api/session/password",
                                              {"old": self.first, "new": PASSWORD}, session)
                self.assertEqual(status, 204, problem)
                password = PASSWORD
            outcome = {"done": [], "put_off": [], "other": []}
            writers = [threading.Thread(target=self.write_until_it_ends, args=(session, n, outcome))
                       for n in range(WRITERS)]
            for writer in writers:
                writer.start()
            for _ in range(WAIT * 100):
                if len(outcome["done"]) > 20:
                    break
                time.sleep(0.01)
            process.send_signal(signal.SIGTERM)
            self.assertEqual(process.wait(timeout=WAIT), 0)
            for writer in writers:
                writer.join(timeout=WAIT)
                self.assertFalse(writer.is_alive())
            self.assertGreater(len(outcome["done"]), 20)
            self.assertEqual(outcome["other"], [])
            self.assertTrue(all(outcome["put_off"]), "Retry-After is missing")
            put_off += len(outcome["put_off"])
            self.assertEqual(set(outcome["done"]) - self.titles(), set())
        print(f"{put_off} put off while stopping")
        self.fazhi("journal", "verify", "--jurisdiction", OFFICE)


if __name__ == "__main__":
    unittest.main()
