"""Databases of a test's own on the server that FAZHI_TEST_POSTGRESQL names."""
import os
import subprocess
import time

DROPS = 10  # what a killed program left at the server takes a while to go


def ask(database, text):
    done = subprocess.run(["psql", "-qXAt", "-v", "ON_ERROR_STOP=1", database, "-c", text],
                          capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, (text, done.stderr)
    return done.stdout


def make(name):
    """A new database's address."""
    server = os.environ["FAZHI_TEST_POSTGRESQL"]
    head, mark, options = server.partition("?")
    ask(server, f"CREATE DATABASE {name}")
    return f"{head.rsplit('/', 1)[0]}/{name}{mark}{options}"


def drop(name):
    for attempt in range(DROPS):
        try:
            ask(os.environ["FAZHI_TEST_POSTGRESQL"], f"DROP DATABASE {name} WITH (FORCE)")
            return
        except AssertionError:
            if attempt == DROPS - 1:
                raise
            time.sleep(1)
