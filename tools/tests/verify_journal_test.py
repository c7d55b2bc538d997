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


# The worked example of GB/T 32918.5-2017, annex A.
SM2_KEY = bytes.fromhex("0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
                        "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13")
SM2_SIGNATURE = bytes.fromhex("f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
                              "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa")


def openssl(*arguments, folder):
    done = subprocess.run(["openssl", *arguments], cwd=folder, capture_output=True, check=True)
    return done.stdout


def plain(der):
    """r and s of a signature in DER, 32 bytes each."""
    def number(rest):
        return int.from_bytes(rest[2:2 + rest[1]], "big").to_bytes(32, "big"), rest[2 + rest[1]:]

    r, rest = number(der[2:])
    return r + number(rest)[0]


class Signer:
    """A key made by openssl: ed25519 or sm2."""

    TYPES = {"ed25519": (b"\x01", 32, ()),
             "sm2": (b"\xfffazhi/sm2-sm3", 65,
                     ("-digest", "sm3", "-pkeyopt", "distid:1234567812345678"))}

    def __init__(self, folder, algorithm):
        self.folder, self.algorithm = folder, algorithm
        self.type, size, self.options = self.TYPES[algorithm]
        openssl("genpkey", "-algorithm", algorithm, "-out", f"{algorithm}.pem", folder=folder)
        der = openssl("pkey", "-in", f"{algorithm}.pem", "-pubout", "-outform", "DER",
                      folder=folder)
        type_and_key = self.type + der[-size:]
        self.key_id = hashlib.sha256(NAME.encode() + b"\n" + type_and_key).digest()[:4]
        encoded = base64.b64encode(type_and_key).decode()
        self.key = f"{NAME}+{self.key_id.hex()}+{encoded}\n"

    def sign(self, text):
        (pathlib.Path(self.folder) / "text").write_text(text, encoding="utf-8")
        signature = openssl("pkeyutl", "-sign", "-rawin", "-inkey", f"{self.algorithm}.pem",
                            "-in", "text", *self.options, folder=self.folder)
        return plain(signature) if self.algorithm == "sm2" else signature

    def note(self, text):
        return self.line(text, self.key_id + self.sign(text))

    @staticmethod
    def line(text, signature):
        return f"{text}\n\u2014 {NAME} {base64.b64encode(signature).decode()}\n"


class Journal:
    """Seven records, a key, a note over all of them, a proof of the fourth."""

    def __init__(self, folder, algorithm, signature="ed25519"):
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
        self.signer = Signer(folder, signature)
        self.write("key", self.signer.key)
        self.text = f"fazhi/test\n7\n{base64.b64encode(tree.root()).decode()}\n"
        self.write("note", self.signer.note(self.text))
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
        for algorithm, signature in (("sm3", "ed25519"), ("sha256", "ed25519"), ("sm3", "sm2")):
            with self.subTest(algorithm + signature), tempfile.TemporaryDirectory() as folder:
                yield Journal(folder, algorithm, signature)

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

    def test_a_note_of_another_key_or_algorithm_is_refused(self):
        for journal in self.journals():
            own = journal.signer
            right = journal.read("note")
            for algorithm in Signer.TYPES:
                with tempfile.TemporaryDirectory() as folder:
                    other = Signer(folder, algorithm)
                    journal.write("note", other.note(journal.text))
                    self.assertEqual(journal.verify().returncode, 1)
                    # The other's signature under this key's id.
                    journal.write("note", own.line(journal.text,
                                                   own.key_id + other.sign(journal.text)))
                    done = journal.verify()
                    self.assertEqual(done.returncode, 1)
                    self.assertIn("does not fit", done.stderr)
            journal.write("note", right)
            self.assertEqual(journal.verify().returncode, 0)

    def test_sm2_agrees_with_the_worked_example_of_the_standard(self):
        text = b"message digest"
        self.assertTrue(verify_journal.is_sm2_signature(SM2_KEY, text, SM2_SIGNATURE))
        for place in range(64):
            changed = bytearray(SM2_SIGNATURE)
            changed[place] ^= 1
            self.assertFalse(verify_journal.is_sm2_signature(SM2_KEY, text, bytes(changed)))
        for place in (0, 1, 40, 64):
            changed = bytearray(SM2_KEY)
            changed[place] ^= 1
            self.assertFalse(verify_journal.is_sm2_signature(bytes(changed), text, SM2_SIGNATURE))
        order = verify_journal.N.to_bytes(32, "big")
        for wrong in (b"", SM2_SIGNATURE[:63], bytes(32) + SM2_SIGNATURE[32:],
                      SM2_SIGNATURE[:32] + bytes(32), order + SM2_SIGNATURE[32:],
                      SM2_SIGNATURE[:32] + order):
            self.assertFalse(verify_journal.is_sm2_signature(SM2_KEY, text, wrong))
        self.assertFalse(verify_journal.is_sm2_signature(SM2_KEY, text + b" ", SM2_SIGNATURE))


if __name__ == "__main__":
    unittest.main()
