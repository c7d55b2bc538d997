"""Signing in with an identity provider: a real one (npm oidc-provider), its pages filled in by a plain HTTP client.

Run by CTest with FAZHI naming the program.
"""
import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
import unittest
import urllib.parse
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FAZHI = os.environ["FAZHI"]
NODE = shutil.which("node")
OFFICE = "minsheng"
ADMIN, PERSON, OTHER = "p006", "p003", "p004"
ADMIN_PASSWORD = "Lake-and-7-hills"
WAIT = 60  # seconds for what comes by itself


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def until(condition, what):
    for _ in range(WAIT * 10):
        if condition():
            return
        time.sleep(0.1)
    raise AssertionError(f"waited in vain: {what}")


def answers(port):
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


class Browser:
    """Keeps cookies, of each port and path its own, and follows redirects when told to."""

    def __init__(self):
        self.cookies = {}  # (port, name): (path, value)
        self.csrf = None

    def ask(self, method, url, form=None, body=None):
        parts = urllib.parse.urlsplit(url)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        headers = {}
        kept = [f"{name}={value}" for (port, name), (path, value) in self.cookies.items()
                if port == parts.port and parts.path.startswith(path)]
        if kept:
            headers["Cookie"] = "; ".join(kept)
        if self.csrf:
            headers["X-CSRF-Token"] = self.csrf
        content = None
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            content = urllib.parse.urlencode(form)
        if body is not None:
            headers["Content-Type"] = "application/json"
            content = json.dumps(body)
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
        try:
            connection.request(method, target, content, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.keep(parts.port, line)
        location = answer.getheader("Location")
        return answer.status, text, urllib.parse.urljoin(url, location) if location else None

    def keep(self, port, line):
        name, _, value = line.split(";")[0].partition("=")
        path = re.search(r";\s*path=([^;]+)", line, re.IGNORECASE)
        gone = not value or "max-age=0" in line.lower() or "expires=thu, 01 jan 1970" in line.lower()
        if gone:
            self.cookies.pop((port, name), None)
        else:
            self.cookies[(port, name)] = (path.group(1) if path else "/", value)

    def has(self, name):
        return any(kept == name for _, kept in self.cookies)


@unittest.skipUnless(NODE, "node is not installed")
class Oidc(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = Path(temporary.name)
        cls.port, cls.provider_port, cls.plain_port = free_port(), free_port(), free_port()
        cls.base = f"http://127.0.0.1:{cls.port}"
        cls.redirect = f"{cls.base}/api/session/external/callback"
        (cls.folder / "secret").write_text("a-secret-of-the-client\n")
        (cls.folder / "config.yaml").write_text(
            f"database: {cls.folder}/fazhi.db\n"
            f"packs: {ROOT}/packs\n"
            f"oidc_issuer: http://127.0.0.1:{cls.provider_port}\n"
            "oidc_client_id: fazhi\n"
            f"oidc_client_secret_file: {cls.folder}/secret\n"
            f"oidc_redirect: {cls.redirect}\n"
            "oidc_title: 市统一身份认证\n")
        cls.fazhi("init")
        cls.fazhi("load", f"examples/{OFFICE}")
        cls.first = {}
        for person in (ADMIN, PERSON, OTHER):
            made = json.loads(cls.fazhi("account", "create", "--jurisdiction", OFFICE, "--as", ADMIN, "--json", person))
            cls.first[person] = made["password"]
        cls.start([NODE, "tests/functional/oidc_provider.mjs", str(cls.provider_port), cls.redirect,
                   "a-secret-of-the-client"], cls.provider_port)
        cls.start([FAZHI, "--config", str(cls.folder / "config.yaml"), "serve", "--listen", f"127.0.0.1:{cls.port}"],
                  cls.port)
        cls.admin = cls.signed_in_admin()

    @classmethod
    def fazhi(cls, *arguments):
        done = subprocess.run([FAZHI, "--config", str(cls.folder / "config.yaml"), *arguments], cwd=ROOT,
                              capture_output=True, text=True)
        assert done.returncode == 0, (arguments, done.stdout, done.stderr)
        return done.stdout

    @classmethod
    def start(cls, command, port):
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)

        def stop():
            process.terminate()
            process.wait(timeout=60)

        cls.addClassCleanup(stop)
        until(lambda: answers(port), command)

    @classmethod
    def signed_in_admin(cls):
        browser = Browser()
        login = {"login": f"{ADMIN}@{OFFICE}", "password": cls.first[ADMIN]}
        status, text, _ = browser.ask("POST", f"{cls.base}/api/session", body=login)
        assert status == 200, text
        browser.csrf = json.loads(text)["csrf"]
        status, text, _ = browser.ask("POST", f"{cls.base}/api/session/password",
                                      body={"old": cls.first[ADMIN], "new": ADMIN_PASSWORD})
        assert status == 204, text
        return browser

    def bind(self, person, subject, by=None):
        browser = by or self.admin
        status, text, _ = browser.ask("PUT", f"{self.base}/api/offices/{OFFICE}/accounts/{person}/external",
                                      body={"value": subject})
        return status, text

    def begin(self, browser):
        status, text, where = browser.ask("GET", f"{self.base}/api/session/external/start?office={OFFICE}")
        self.assertEqual(status, 303, text)
        return where

    def through_provider(self, browser, where, name):
        """Fills in the provider's pages; answers the address it sends the browser back to."""
        for _ in range(12):
            if where.startswith(self.redirect):
                return where
            status, text, further = browser.ask("GET", where)
            if further:
                where = further
                continue
            self.assertEqual(status, 200, text)
            action = urllib.parse.urljoin(where, re.search(r'action="([^"]+)"', text).group(1))
            prompt = re.search(r'name="prompt" value="([^"]+)"', text).group(1)
            form = {"prompt": prompt, **({"login": name, "password": "any"} if prompt == "login" else {})}
            status, text, where = browser.ask("POST", action, form=form)
            self.assertIn(status, (302, 303), text)
        raise AssertionError(f"the provider goes round: {where}")

    def sign_in(self, name):
        browser = Browser()
        back = self.through_provider(browser, self.begin(browser), name)
        status, text, where = browser.ask("GET", back)
        self.assertEqual(status, 303, text)
        return browser, back, where

    def refused(self, where):
        return urllib.parse.parse_qs(urllib.parse.urlsplit(where).query).get("refused", [""])[0]

    def test_a_bound_person_comes_in_and_one_who_is_not_bound_does_not(self):
        status, text, _ = Browser().ask("GET", f"{self.base}/api/session/external")
        self.assertEqual((status, json.loads(text)), (200, {"configured": True, "title": "市统一身份认证"}))
        stranger, _, where = self.sign_in("u-1001")
        self.assertEqual(self.refused(where), "action.not_bound")
        self.assertFalse(stranger.has("fazhi_session"))
        status, log, _ = self.admin.ask("GET", f"{self.base}/api/offices/{OFFICE}/access-log?what=sign_in_failed")
        self.assertIn("u-1001", log)

        self.assertEqual(self.bind(PERSON, "u-1001")[0], 204)
        browser, back, where = self.sign_in("u-1001")
        self.assertEqual(where, f"{self.base}/")
        status, text, _ = browser.ask("GET", f"{self.base}/api/session")
        self.assertEqual(status, 200, text)
        session = json.loads(text)
        self.assertEqual(session["person"]["code"], PERSON)
        self.assertFalse(session["must_change_password"])
        browser.csrf = session["csrf"]
        # The first password that nobody took up is void now.
        status, text, _ = Browser().ask("POST", f"{self.base}/api/session",
                                        body={"login": f"{PERSON}@{OFFICE}", "password": self.first[PERSON]})
        self.assertEqual(status, 401, text)
        # Once is once, for this browser and for any other.
        for who in (browser, Browser()):
            _, _, where = who.ask("GET", back)
            self.assertEqual(self.refused(where), "action.external_lost")
        # Who is no keeper of accounts binds nobody; one name is one person's.
        self.assertEqual(self.bind(OTHER, "u-2002", by=browser)[0], 403)
        status, text = self.bind(OTHER, "u-1001")
        self.assertEqual((status, json.loads(text)["code"]), (409, "action.subject_taken"))
        _, accounts, _ = self.admin.ask("GET", f"{self.base}/api/offices/{OFFICE}/accounts")
        named = {each["person"]["code"]: each.get("external", "") for each in json.loads(accounts)["items"]}
        self.assertEqual((named[PERSON], named[OTHER]), ("u-1001", ""))
        self.assertEqual(self.bind(PERSON, "")[0], 204)
        _, _, where = self.sign_in("u-1001")
        self.assertEqual(self.refused(where), "action.not_bound")

    def test_what_was_not_begun_here_goes_nowhere(self):
        self.assertEqual(self.bind(OTHER, "u-2002")[0], 204)
        # Another browser comes back with what this one began: nobody is signed in as somebody else unawares.
        began = Browser()
        back = self.through_provider(began, self.begin(began), "u-2002")
        other = Browser()
        self.begin(other)
        _, _, where = other.ask("GET", back)
        self.assertEqual(self.refused(where), "action.external_lost")
        self.assertFalse(other.has("fazhi_session"))
        _, _, where = began.ask("GET", back)  # The other one has used it up.
        self.assertEqual(self.refused(where), "action.external_lost")
        # Another state, another office's, none.
        began = Browser()
        back = self.through_provider(began, self.begin(began), "u-2002")
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(back).query)
        for state in ("", "x", query["state"][0][:-1] + "_", query["state"][0].replace(OFFICE, "nowhere")):
            changed = urllib.parse.urlencode({"state": state, "code": query["code"][0]})
            _, _, where = began.ask("GET", f"{self.redirect}?{changed}")
            self.assertEqual(self.refused(where), "action.external_lost", state)
        # A code of another sign-in does not fit this one's verifier.
        another = Browser()
        mine = urllib.parse.parse_qs(urllib.parse.urlsplit(self.begin(another)).query)
        mixed = urllib.parse.urlencode({"state": mine["state"][0], "code": query["code"][0]})
        _, _, where = another.ask("GET", f"{self.redirect}?{mixed}")
        self.assertNotEqual(self.refused(where), "")
        self.assertFalse(another.has("fazhi_session"))
        # The provider let nobody in.
        denied = Browser()
        mine = urllib.parse.parse_qs(urllib.parse.urlsplit(self.begin(denied)).query)
        said = urllib.parse.urlencode({"state": mine["state"][0], "error": "access_denied"})
        _, _, where = denied.ask("GET", f"{self.redirect}?{said}")
        self.assertEqual(self.refused(where), "action.external_refused")
        _, _, where = Browser().ask("GET", f"{self.base}/api/session/external/start?office=nowhere")
        self.assertEqual(self.refused(where), "action.external_lost")

    def test_a_closed_account_stays_closed(self):
        self.assertEqual(self.bind(OTHER, "u-2002")[0], 204)
        switch = f"{self.base}/api/offices/{OFFICE}/accounts/{OTHER}/enabled"
        self.assertEqual(self.admin.ask("PUT", switch, body={"value": False})[0], 204)
        browser, _, where = self.sign_in("u-2002")
        self.assertEqual(self.refused(where), "access.not_signed_in")
        self.assertFalse(browser.has("fazhi_session"))
        self.assertEqual(self.admin.ask("PUT", switch, body={"value": True})[0], 204)
        browser, _, where = self.sign_in("u-2002")
        self.assertEqual(where, f"{self.base}/")

    def test_without_a_provider_there_is_only_the_password(self):
        command = [FAZHI, "--database", str(self.folder / "fazhi.db"), "serve", "--listen",
                   f"127.0.0.1:{self.plain_port}"]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
        try:
            until(lambda: answers(self.plain_port), command)
            plain = f"http://127.0.0.1:{self.plain_port}/api/session/external"
            status, text, _ = Browser().ask("GET", plain)
            self.assertEqual((status, json.loads(text)["configured"]), (200, False))
            for path in (f"/start?office={OFFICE}", "/callback?state=x&code=y"):
                status, text, where = Browser().ask("GET", plain + path)
                self.assertEqual((status, where), (404, None), text)
        finally:
            process.terminate()
            process.wait(timeout=60)


if __name__ == "__main__":
    unittest.main()
