"""Several `fazhi serve` on one PostgreSQL behind nginx, configured as packaging/nginx.example.conf has it.

Run by CTest with FAZHI naming the program and FAZHI_TEST_POSTGRESQL.
"""
import concurrent.futures
import datetime
import http.client
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import threading
import time
import unittest
import uuid
from pathlib import Path

import postgresql

ROOT = Path(__file__).resolve().parents[2]
os.environ["PGOPTIONS"] = "-c fazhi.sight=*"  # psql sees the rows of all jurisdictions
FAZHI = os.environ["FAZHI"]
SERVER = os.environ.get("FAZHI_TEST_POSTGRESQL")
NGINX = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
OFFICE = "minsheng"
PASSWORD = "Lake-and-7-hills"
CREATES = 50
WAIT = 90  # seconds for what comes by itself


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def until(condition, what):
    for _ in range(WAIT * 10):
        found = condition()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"waited in vain: {what}")


class Client:
    """Somebody's browser: at one address, with the cookie and the token against forged requests."""

    def __init__(self, port, tls=False, session=None):
        self.port, self.tls = port, tls
        self.cookie, self.csrf = session or (None, None)

    def connect(self, timeout=60):
        if not self.tls:
            return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        trusting = ssl.create_default_context()
        trusting.check_hostname = False
        trusting.verify_mode = ssl.CERT_NONE  # The test made the certificate itself.
        return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=timeout, context=trusting)

    def headers(self, more=None):
        out = {"Content-Type": "application/json"}
        if self.cookie:
            out["Cookie"] = self.cookie
            out["X-CSRF-Token"] = self.csrf
        return {**out, **(more or {})}

    def ask(self, method, path, body=None, headers=None):
        connection = self.connect()
        try:
            connection.request(method, path, None if body is None else json.dumps(body), self.headers(headers))
            answer = connection.getresponse()
            content = answer.read()
            self.last_cookie = answer.getheader("Set-Cookie")
            kind = answer.getheader("Content-Type", "")
            return answer.status, json.loads(content) if "json" in kind else content
        finally:
            connection.close()

    def sign_in(self, login, password):
        status, session = self.ask("POST", "/api/session", {"login": login, "password": password})
        assert status in (200, 201), (status, session)
        self.cookie, self.csrf = self.last_cookie.split(";")[0], session["csrf"]
        return session

    def create(self, title, key):
        today = datetime.date.today() - datetime.timedelta(days=1)
        return self.ask("POST", f"/api/offices/{OFFICE}/ledgers/publicity/entries",
                        {"fields": {"occurred_on": str(today), "title": title, "occasion": "everyday"}},
                        {"Idempotency-Key": key})


@unittest.skipUnless(SERVER, "FAZHI_TEST_POSTGRESQL is not given: several servers need PostgreSQL")
@unittest.skipUnless(NGINX, "nginx is not installed: apt-get install nginx-light")
class Servers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = Path(temporary.name)
        name = f"fazhi_servers_{os.getpid()}"
        cls.database = postgresql.make(name)
        cls.addClassCleanup(postgresql.drop, name)
        cls.run_fazhi("init")
        cls.run_fazhi("load", f"examples/{OFFICE}")
        first = json.loads(cls.run_fazhi("account", "create", "--jurisdiction", OFFICE, "--as", "p006", "--json", "p003"))
        cls.servers, cls.ports = {}, {"a": free_port(), "b": free_port()}
        cls.addClassCleanup(cls.stop_servers)
        for which in cls.ports:  # Both at once: both find the day's round to be done.
            cls.start(which)
        cls.start_nginx()
        for which in cls.ports:
            until(lambda: cls.is_ready(Client(cls.ports[which])), which)
        until(lambda: cls.is_ready(cls.through_nginx()), "nginx")
        cls.session = cls.first_sign_in(first["login"], first["password"])

    @classmethod
    def words(cls, *words):
        return [FAZHI, "--database", cls.database, "--data", str(cls.folder / "data"), *words]

    @classmethod
    def run_fazhi(cls, *words):
        done = subprocess.run(cls.words(*words), cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
        assert done.returncode == 0, (words, done.stderr)
        return done.stdout

    @classmethod
    def start(cls, which):
        with open(cls.folder / f"{which}.log", "a", encoding="utf-8") as log:
            cls.servers[which] = subprocess.Popen(
                cls.words("serve", "--listen", f"127.0.0.1:{cls.ports[which]}"), cwd=ROOT, stdout=log, stderr=log)

    @classmethod
    def stop(cls, which, how=signal.SIGTERM):
        server = cls.servers.pop(which)
        server.send_signal(how)
        return server.wait(timeout=60)

    @classmethod
    def stop_servers(cls):
        for which in list(cls.servers):
            cls.stop(which)

    @classmethod
    def start_nginx(cls):
        """As the example has it, but for ports, places and certificate."""
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                        "-keyout", cls.folder / "tls.key", "-out", cls.folder / "tls.crt"], check=True, capture_output=True)
        cls.tls, plain = free_port(), free_port()
        text = (ROOT / "packaging/nginx.example.conf").read_text("utf-8")
        for example, ours in (("127.0.0.1:8080", f"127.0.0.1:{cls.ports['a']}"), ("127.0.0.1:8081", f"127.0.0.1:{cls.ports['b']}"),
                              ("listen 443 ssl", f"listen 127.0.0.1:{cls.tls} ssl"), ("listen 80;", f"listen 127.0.0.1:{plain};"),
                              ("/etc/nginx/tls/fazhi", str(cls.folder / "tls"))):
            assert example in text, example
            text = text.replace(example, ours)
        (cls.folder / "site.conf").write_text(text, encoding="utf-8")
        (cls.folder / "temp").mkdir()
        places = "\n".join(f"{kind}_temp_path {cls.folder}/temp/{kind};"
                           for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        (cls.folder / "nginx.conf").write_text(
            f"daemon off;\nworker_processes 1;\npid {cls.folder}/nginx.pid;\nerror_log {cls.folder}/error.log;\n"
            f"events {{}}\nhttp {{\nlog_format who '$upstream_addr $request_method $uri $status';\n"
            f"access_log {cls.folder}/access.log who;\n{places}\ninclude {cls.folder}/site.conf;\n}}\n", encoding="utf-8")
        nginx = subprocess.Popen([NGINX, "-p", str(cls.folder), "-e", str(cls.folder / "error.log"), "-c",
                                  str(cls.folder / "nginx.conf")], stderr=subprocess.DEVNULL)
        cls.addClassCleanup(nginx.wait, 60)
        cls.addClassCleanup(nginx.terminate)

    @classmethod
    def through_nginx(cls, session=None):
        return Client(cls.tls, tls=True, session=session)

    @staticmethod
    def is_ready(client):
        try:
            return client.ask("GET", "/readyz")[0] == 200
        except OSError:
            return False

    @classmethod
    def first_sign_in(cls, login, password):
        client = cls.through_nginx()
        assert client.sign_in(login, password)["must_change_password"]
        assert "Secure" in client.last_cookie
        status, said = client.ask("POST", "/api/session/password", {"old": password, "new": PASSWORD})
        assert status == 204, said
        client = cls.through_nginx()
        assert not client.sign_in(login, PASSWORD)["must_change_password"]
        return client.cookie, client.csrf

    def direct(self, which):
        return Client(self.ports[which], session=self.session)

    def start_again(self, which):
        self.start(which)
        until(lambda: self.is_ready(Client(self.ports[which])), which)

    def has_answered(self, which):
        """A question of the session, which nginx passed on."""
        log = (self.folder / "access.log").read_text("utf-8")
        return f"127.0.0.1:{self.ports[which]} GET /api/session 200" in log

    def entries_called(self, title):
        return int(postgresql.ask(self.database, f"SELECT count(*) FROM ledger_publicity WHERE title = '{title}'"))

    def test_a_session_holds_whichever_server_answers(self):
        client = self.through_nginx(self.session)
        for which in self.ports:  # One that another test stopped is asked again after a while.
            until(lambda: client.ask("GET", "/api/session")[0] == 200 and self.has_answered(which), which)
        for which in self.ports:
            self.assertEqual(self.direct(which).ask("GET", "/api/session")[0], 200)
        self.assertEqual(self.stop("a"), 0)
        try:
            for _ in range(8):
                self.assertEqual(client.ask("GET", "/api/session")[0], 200)
        finally:
            self.start_again("a")
        # Signed out on one, signed out on the other.
        other = self.through_nginx()
        other.sign_in(f"p003@{OFFICE}", PASSWORD)
        session = (other.cookie, other.csrf)
        self.assertEqual(Client(self.ports["a"], session=session).ask("DELETE", "/api/session")[0], 204)
        self.assertEqual(Client(self.ports["b"], session=session).ask("GET", "/api/session")[0], 401)

    def test_the_same_key_through_both_is_one_entry(self):
        key = str(uuid.uuid4())
        first = self.direct("a").create("同一个键", key)
        again = self.direct("b").create("同一个键", key)
        self.assertEqual(first[0], 201, first)
        self.assertEqual(first, again)
        self.assertEqual(self.direct("b").create("另一件事", key)[0], 422)
        key = str(uuid.uuid4())
        with concurrent.futures.ThreadPoolExecutor(8) as crowd:  # All at the same moment.
            answers = list(crowd.map(lambda which: self.direct(which).create("同时的", key), "abababab"))
        self.assertEqual({status for status, _ in answers}, {201}, answers)
        self.assertEqual(len({json.dumps(body, sort_keys=True) for _, body in answers}), 1)
        self.assertEqual((self.entries_called("同一个键"), self.entries_called("同时的")), (1, 1))

    def heard_by(self, client, write):
        """The first event with an entry that comes to a listener after `write`."""
        connection = client.connect(timeout=WAIT)
        connection.request("GET", f"/api/events?office={OFFICE}", headers=client.headers())
        answer = connection.getresponse()
        self.assertEqual(answer.status, 200)
        self.assertIn("text/event-stream", answer.getheader("Content-Type"))
        writer = threading.Timer(1, write)
        writer.start()
        try:
            while line := answer.fp.readline().decode():
                if line.startswith("data: ") and json.loads(line[6:]).get("ledger") == "publicity":
                    return json.loads(line[6:])["entry"]
            raise AssertionError("the stream ended")
        finally:
            writer.join()
            connection.close()

    def test_what_is_written_through_one_is_heard_by_listeners_of_the_other(self):
        for listener in (self.direct("b"), self.through_nginx(self.session)):
            made = []
            heard = self.heard_by(listener, lambda: made.append(self.direct("a").create("听见", str(uuid.uuid4()))))
            self.assertEqual(heard, made[0][1]["id"])

    def test_the_days_round_is_done_once(self):
        def tasks():
            return json.loads(self.run_fazhi("task", "list", "--jurisdiction", OFFICE, "--json"))["tasks"]

        until(lambda: any(each["kind"] == "duty" for each in tasks()), "tasks")
        until(lambda: set(json.loads(self.run_fazhi("tick", "--json")).values()) == {0}, "the end of the round")
        unmet = [each for each in json.loads(self.run_fazhi("duty", "list", "--jurisdiction", OFFICE, "--json"))["duties"]
                 if not each["met"]]
        self.assertEqual(len([each for each in tasks() if each["kind"] == "duty"]), len(unmet))
        self.run_fazhi("journal", "verify", "--jurisdiction", OFFICE)

    def test_a_server_killed_loses_nothing_that_was_acknowledged(self):
        client = self.through_nginx(self.session)
        failed = []

        def create(number):
            key = str(uuid.uuid4())
            for _ in range(20):  # As a browser does: again, under the same key.
                try:
                    status, body = client.ask("POST", f"/api/offices/{OFFICE}/ledgers/publicity/entries", {
                        "fields": {"occurred_on": str(datetime.date.today() - datetime.timedelta(days=1)),
                                   "title": f"第{number}件", "occasion": "everyday"}}, {"Idempotency-Key": key})
                except (OSError, http.client.HTTPException):
                    status, body = 0, None
                if status == 201:
                    return body["id"]
                failed.append(status)
                self.assertIn(status, {0, 502, 503, 504}, body)
                time.sleep(0.2)
            raise AssertionError(f"{number} was never acknowledged")

        with concurrent.futures.ThreadPoolExecutor(6) as crowd:
            running = [crowd.submit(create, number) for number in range(CREATES)]
            until(lambda: sum(each.done() for each in running) >= CREATES // 4, "the first entries")
            self.assertLess(sum(each.done() for each in running), CREATES)
            self.stop("a", signal.SIGKILL)
            ids = [each.result() for each in running]
        self.start_again("a")
        self.assertEqual(len(set(ids)), CREATES)
        rows = postgresql.ask(self.database, "SELECT id, title FROM ledger_publicity WHERE title LIKE '第%件' ORDER BY id").split()
        self.assertEqual(sorted(rows), sorted(f"{entry}|第{number}件" for number, entry in enumerate(ids)))
        self.run_fazhi("journal", "verify", "--jurisdiction", OFFICE)


if __name__ == "__main__":
    unittest.main()
