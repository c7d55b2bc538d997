"""verify_journal.py, against a small journal signed here by openssl: what agrees passes, and what
was changed is found."""

import base64
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

import verify_journal  # noqa: E402

SCRIPT = pathlib.Path(verify_journal.__file__)
NAME = "fazhi-test"


def openssl(*arguments, folder):
    done = subprocess.run(["openssl", *arguments], cwd=folder, capture_output=True, check=True)
    return done.stdout


class Journal:
    """Seven records, a key, a note over all of them, a proof of the fourth."""

    def __init__(self, folder, algorithm):
        self.folder = pathlib.Path(folder)
        self.algorithm = algorithm
        bodies = [json.dumps({"action": "create", "seq": seq, "title": f"第{seq}件"},
                             ensure_ascii=False, separators=(",", ":")) for seq in range(1, 8)]
        self.leaves = [verify_journal.leaf_of(algorithm, body) for body in bodies]
        tree = verify_journal.Tree(algorithm)
        for leaf in self.leaves:
            tree.push(leaf)
        self.write("export", "".join(
            json.dumps({"seq": seq, "leaf_hash": leaf.hex(), "body": body}) + "\n"
            for seq, (body, leaf) in enumerate(zip(bodies, self.leaves), start=1)))
        self.write("record", bodies[3])
        openssl("genpkey", "-algorithm", "ed25519", "-out", "private", folder=folder)
        der = openssl("pkey", "-in", "private", "-pubout", "-outform", "DER", folder=folder)
        kind_and_key = b"\x01" + der[-32:]
        key_id = hashlib.sha256(NAME.encode() + b"\n" + kind_and_key).digest()[:4]
        encoded = base64.b64encode(kind_and_key).decode()
        self.write("key", f"{NAME}+{key_id.hex()}+{encoded}\n")
        text = f"fazhi/test\n7\n{base64.b64encode(tree.root()).decode()}\n"
        self.write("text", text)
        signature = openssl("pkeyutl", "-sign", "-rawin", "-inkey", "private", "-in", "text",
                            folder=folder)
        signed = base64.b64encode(key_id + signature).decode()
        self.write("note", f"{text}\n\u2014 {NAME} {signed}\n")
        path = self.path_of_fourth()
        self.write("proof", json.dumps({
            "hash": algorithm, "seq": 4, "leaf_hash": self.leaves[3].hex(),
            "in": {"size": 7, "root": tree.root().hex()}, "path": [each.hex() for each in path]}))

    def path_of_fourth(self):
        def node(left, right):
            return verify_journal.node_of(self.algorithm, left, right)

        one, two, three, _, five, six, seven = self.leaves
        return [three, node(one, two), node(node(five, six), seven)]

    def write(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")

    def read(self, name):
        return (self.folder / name).read_text(encoding="utf-8")

    def verify(self, *more):
        return subprocess.run(
            [sys.executable, str(SCRIPT), "--key", "key", "--note", "note", *more],
            cwd=self.folder, capture_output=True, text=True, check=False)


class VerifyJournal(unittest.TestCase):
    def journals(self):
        for algorithm in ("sm3", "sha256"):
            with self.subTest(algorithm), tempfile.TemporaryDirectory() as folder:
                yield Journal(folder, algorithm)

    def test_an_untouched_journal_and_proof_agree(self):
        for journal in self.journals():
            done = journal.verify("--export", "export", "--hash", journal.algorithm)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            self.assertIn("7 records", done.stdout)
            done = journal.verify("--proof", "proof", "--record", "record")
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            self.assertIn("record 4", done.stdout)

    def refused(self, journal, name, old, new, *arguments):
        right = journal.read(name)
        self.assertIn(old, right)
        journal.write(name, right.replace(old, new, 1))
        done = journal.verify(*arguments)
        journal.write(name, right)
        self.assertEqual(done.returncode, 1, done.stdout)
        return done.stderr

    def test_what_was_changed_is_found(self):
        for journal in self.journals():
            export = ("--export", "export", "--hash", journal.algorithm)
            changed = json.dumps("第3件")[1:-1], json.dumps("第8件")[1:-1]
            self.assertIn("record 3", self.refused(journal, "export", *changed, *export))
            lines = journal.read("export").splitlines(keepends=True)
            self.assertIn("has 6 records", self.refused(journal, "export", lines[6], "", *export))
            self.assertIn("line 2", self.refused(journal, "export", lines[1], "", *export))
            self.assertIn("does not fit", self.refused(journal, "note", "/test", "/tesu", *export))
            self.assertIn("not signed by", self.refused(journal, "note", NAME, NAME + "2", *export))
            proof = ("--proof", "proof", "--record", "record")
            self.assertIn("hash is not", self.refused(journal, "record", "第4件", "第5件", *proof))
            self.assertIn("does not lead",
                          self.refused(journal, "proof", '"seq": 4', '"seq": 3', *proof))
            path = json.loads(journal.read("proof"))["path"]
            self.assertIn("does not lead", self.refused(journal, "proof", path[1], path[0], *proof))
            self.assertIn("too short", self.refused(journal, "proof", f', "{path[2]}"', "", *proof))
            self.assertIn("too long", self.refused(journal, "proof", f'"{path[2]}"',
                                                   f'"{path[2]}", "{path[2]}"', *proof))


if __name__ == "__main__":
    unittest.main()
