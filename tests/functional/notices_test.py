"""What people are told leaves the machine: by mail to a real server, signed to another program, in office hours but
never after the last day; what did not go is tried again, and what became of it is there to be seen.

FAZHI: the program, built with tests (it takes a time to pretend).
"""
import hashlib
import hmac
import http.server
import json
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FAZHI = os.environ.get("FAZHI", str(ROOT / "build/dev/fazhi"))
SECRET = "a secret of the test's own"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class MailServer:
    def __init__(self, port):
        self.process = subprocess.Popen(["/usr/bin/python3", str(ROOT / "tests/functional/mail_server.py"), str(port)],
                                        stdout=subprocess.PIPE, text=True)
        self.mails = []
        self.ready = json.loads(self.process.stdout.readline())["port"] == port
        self.reader = threading.Thread(target=self.read)
        self.reader.start()

    def read(self):
        for line in self.process.stdout:
            self.mails.append(json.loads(line))

    def stop(self):
        self.process.terminate()
        self.process.wait(10)
        self.reader.join(10)
        self.process.stdout.close()
        return self.mails


class Hook(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((dict(self.headers), body))
        self.send_response(self.server.answer)
        self.end_headers()

    def log_message(self, *words):
        pass


class NoticesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.loaded = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.loaded.cleanup)
        for words in (["init"], ["load", "examples/qianjin"]):
            subprocess.run([FAZHI, "--database", f"{cls.loaded.name}/f.db", *words], cwd=ROOT, check=True,
                           capture_output=True, timeout=300)

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        shutil.copytree(self.loaded.name, self.folder.name, dirs_exist_ok=True)
        self.at = "2024-05-06T01:00:00Z"  # 09:00 on a Monday

    def fazhi(self, *words, code=0):
        done = subprocess.run([FAZHI, "--database", f"{self.folder.name}/f.db", *words], cwd=ROOT, text=True,
                              capture_output=True, timeout=300, check=False,
                              env={**os.environ, "FAZHI_TEST_CLOCK": self.at})
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def config(self, **keys):
        path = Path(self.folder.name) / "config.yaml"
        path.write_text("".join(f"{key}: {value}\n" for key, value in keys.items()), encoding="utf-8")
        return str(path)

    def secret_file(self):
        path = Path(self.folder.name) / "secret"
        path.write_text(SECRET + "\n", encoding="utf-8")
        return str(path)

    def email(self, person, address, code=0):
        return self.fazhi("person", "email", "--jurisdiction", "qianjin", "--as", "p006", person, address, code=code)

    def notices(self, person):
        return json.loads(self.fazhi("notice", "list", "--jurisdiction", "qianjin", "--person", person,
                                     "--json").stdout)["notices"]

    def states(self, person, channel="mail"):
        return {each["state"] for notice in self.notices(person) for each in notice["deliveries"]
                if each["channel"] == channel}

    def test_mail_waits_for_the_morning_and_says_nothing_of_what_entries_hold(self):
        port = free_port()
        config = self.config(mail_server=f"smtp+plain://127.0.0.1:{port}", mail_from="fazhi@example.gov.cn")
        self.email("p003", "du@example.gov.cn")
        self.assertIn("name@example.gov.cn", self.email("p003", "du", code=2).stderr)
        self.fazhi("person", "email", "--jurisdiction", "qianjin", "--as", "p003", "p003", "x@example.gov.cn", code=1)
        self.at = "2024-05-03T16:05:00Z"  # five past midnight, a Saturday
        self.fazhi("tick")
        told = len(self.notices("p003"))
        self.assertGreater(told, 3)
        # Nothing leaves on a Saturday for what is long overdue.
        server = MailServer(port)
        self.fazhi("--config", config, "notice", "deliver")
        self.assertEqual(self.states("p003"), {"waiting"})
        self.at = "2024-05-06T00:30:00Z"  # Monday, 08:30
        self.fazhi("--config", config, "notice", "deliver")
        self.assertEqual(self.states("p003"), {"waiting"})
        self.at = "2024-05-06T01:00:00Z"
        said = json.loads(self.fazhi("--config", config, "notice", "deliver", "--json").stdout)
        self.assertEqual(said, {"given_up": 0, "messages": 1, "notices": told, "put_off": 0})
        self.fazhi("--config", config, "notice", "deliver")  # Once is enough.
        mails = server.stop()
        self.assertEqual(len(mails), 1)
        mail = mails[0]
        self.assertEqual((mail["from"], mail["to"]), ("fazhi@example.gov.cn", ["du@example.gov.cn"]))
        self.assertEqual(mail["subject"], f"【法治台账】{told}项期限提醒")
        self.assertIn("Mon, 06 May 2024 01:00:00 +0000", mail["date"])
        self.assertIn("杜春慧：", mail["text"])
        self.assertIn("安全隐患第", mail["text"])
        self.assertIn("限制知悉的台账第", mail["text"])
        self.assertNotIn("举报", mail["text"])
        self.assertEqual(self.states("p003"), {"sent"})

    def test_what_did_not_go_is_tried_again_and_given_up_where_it_is_no_use(self):
        port = free_port()
        config = self.config(mail_server=f"smtp+plain://127.0.0.1:{port}", mail_from="fazhi@example.gov.cn")
        self.email("p003", "du@example.gov.cn")
        self.email("p004", "xiao@rejected.example")
        self.fazhi("tick")
        done = self.fazhi("--config", config, "notice", "deliver", code=1)  # No server yet.
        self.assertIn("还会再试", done.stdout)
        self.assertEqual(self.states("p003"), {"waiting"})
        server = MailServer(port)
        self.at = "2024-05-06T01:05:00Z"
        self.fazhi("--config", config, "notice", "deliver", code=1)  # p004's is refused for good.
        self.assertEqual(self.states("p003"), {"sent"})
        self.assertEqual(self.states("p004"), {"failed"})
        self.assertIn("发不出去", self.fazhi("notice", "list", "--jurisdiction", "qianjin").stdout)
        self.assertEqual(self.states("p001"), {"dropped"})  # No address.
        self.at = "2024-05-07T01:05:00Z"
        self.fazhi("--config", config, "notice", "deliver")
        self.assertEqual(len(server.stop()), 1)

    def test_another_program_is_told_with_a_signature_and_never_twice_in_one_id(self):
        hook = http.server.HTTPServer(("127.0.0.1", 0), Hook)
        hook.taken, hook.answer = [], 503
        thread = threading.Thread(target=hook.serve_forever)
        thread.start()
        self.addCleanup(lambda: (hook.shutdown(), thread.join(10), hook.server_close()))
        config = self.config(webhook=f"http://127.0.0.1:{hook.server_port}/hook",
                             webhook_secret_file=self.secret_file())
        self.fazhi("tick")
        self.fazhi("--config", config, "notice", "deliver", code=1)
        first = {headers["Idempotency-Key"] for headers, _ in hook.taken}
        self.assertGreater(len(first), 3)
        hook.taken, hook.answer = [], 204
        self.at = "2024-05-06T01:05:00Z"
        said = json.loads(self.fazhi("--config", config, "notice", "deliver", "--json").stdout)
        self.assertEqual((said["messages"], said["put_off"]), (len(first), 0))
        self.assertEqual({headers["Idempotency-Key"] for headers, _ in hook.taken}, first)
        for headers, body in hook.taken:
            code = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
            self.assertEqual(headers["X-Fazhi-Signature"], "sha256=" + code)
            told = json.loads(body)
            self.assertEqual(told["office"], "qianjin")
            self.assertTrue(all(each["text"].endswith("。") for each in told["notices"]))
        self.assertEqual(self.states("p003", "webhook"), {"sent"})

    def test_the_servers_log_goes_by_mail_with_what_it_is_about(self):
        port = free_port()
        config = self.config(mail_server=f"smtp+plain://127.0.0.1:{port}", mail_from="fazhi@example.gov.cn",
                             log_mail_to="records@example.gov.cn")
        self.assertIn("log_mail_to", self.fazhi("--config", config, "log", "sign", code=3).stderr)
        server = MailServer(port)
        self.fazhi("--config", config, "log", "sign")
        mail, = server.stop()
        self.assertEqual(mail["to"], ["records@example.gov.cn"])
        self.assertIn("校验码", mail["subject"])
        (note, leaves) = mail["attachments"]
        self.assertEqual([note["name"], leaves["name"]],
                         ["fazhi-server-2.note", "fazhi-server-2.jsonl"])
        kept = Path(self.folder.name) / "kept.note"
        kept.write_text(note["text"], encoding="utf-8")
        self.fazhi("log", "verify", "--since", str(kept))
        self.assertEqual(len(leaves["text"].splitlines()), 2)  # the district and the office

    def test_a_channel_configured_by_half_is_refused(self):
        config = self.config(mail_server="mail.example.gov.cn", webhook="http://example.gov.cn/")
        done = self.fazhi("--config", config, "notice", "deliver", code=2)
        for key in ("mail_server", "mail_from", "webhook", "webhook_secret_file"):
            self.assertIn(key, done.stderr)


if __name__ == "__main__":
    unittest.main()
