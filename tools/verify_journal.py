#!/usr/bin/env python3
"""Checks an exported journal, a signed note and a proof without our program (docs/verifying.md).

    verify_journal.py --key KEY --note NOTE --export FILE [--hash sm3|sha256]
    verify_journal.py --key KEY --note NOTE --proof FILE [--record FILE]

KEY: what `fazhi journal key` prints, or a file holding it. NOTE: a signed note (`fazhi journal
checkpoint`). --export: `fazhi journal export`, one JSON record a line. --proof: `fazhi journal
proof`. --record: the exact body of the record that the proof is about. Says what agrees and ends
with 0, or says what does not and ends with 1. Needs Python 3 with OpenSSL, and the openssl command
for an Ed25519 signature; one of SM2 is computed here.
"""

import argparse
import base64
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile


class Wrong(Exception):
    """What does not agree, in words for people."""


def digest(algorithm, *parts):
    state = hashlib.new(algorithm)
    for part in parts:
        state.update(part)
    return state.digest()


def leaf_of(algorithm, body):
    """RFC 9162 section 2.1.1, of the body's bytes."""
    return digest(algorithm, b"\x00", body.encode())


def node_of(algorithm, left, right):
    return digest(algorithm, b"\x01", left, right)


class Tree:
    """The root over leaves that come one by one, with no more than one hash a level in memory."""

    def __init__(self, algorithm):
        self.algorithm = algorithm
        self.size = 0
        self.complete = []  # (size of the subtree, its hash), the largest first

    def push(self, leaf):
        self.size += 1
        size, top = 1, leaf
        while self.complete and self.complete[-1][0] == size:
            _, left = self.complete.pop()
            size, top = 2 * size, node_of(self.algorithm, left, top)
        self.complete.append((size, top))

    def root(self):
        if not self.complete:
            return digest(self.algorithm)
        _, top = self.complete[-1]
        for _, left in reversed(self.complete[:-1]):
            top = node_of(self.algorithm, left, top)
        return top


def root_from_path(algorithm, index, size, leaf, path):
    """The root an inclusion proof leads to: RFC 9162 section 2.1.3.2."""
    if not 0 <= index < size:
        raise Wrong("the record is not within the tree of the proof")
    at, last, top = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            raise Wrong("the proof is too long")
        if at % 2 == 1 or at == last:
            top = node_of(algorithm, sibling, top)
            while at % 2 == 0 and at != 0:
                at, last = at // 2, last // 2
        else:
            top = node_of(algorithm, top, sibling)
        at, last = at // 2, last // 2
    if last != 0:
        raise Wrong("the proof is too short")
    return top


# SM2: the curve y^2 = x^3 + ax + b over p, its base point and order (GB/T 32918.5).
P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
A = P - 3
B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
G = (0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
     0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0)
USER_ID = b"1234567812345678"


def sum_of(one, other):
    """Two points of the curve added; None is the point at infinity."""
    if one is None or other is None:
        return one or other
    if one[0] == other[0] and (one[1] + other[1]) % P == 0:
        return None
    if one == other:
        slope = (3 * one[0] * one[0] + A) * pow(2 * one[1], -1, P) % P
    else:
        slope = (other[1] - one[1]) * pow(other[0] - one[0], -1, P) % P
    x = (slope * slope - one[0] - other[0]) % P
    return x, (slope * (one[0] - x) - one[1]) % P


def times(factor, point):
    total = None
    while factor:
        if factor & 1:
            total = sum_of(total, point)
        factor, point = factor >> 1, sum_of(point, point)
    return total


def is_sm2_signature(key, text, signature):
    """GB/T 32918.2 section 7, with SM3. KEY is 0x04, x and y, SIGNATURE r and s, 32 bytes each."""
    if len(key) != 65 or key[0] != 4 or len(signature) != 64:
        return False
    point = int.from_bytes(key[1:33], "big"), int.from_bytes(key[33:], "big")
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    x, y = point
    on_curve = max(point) < P and (y * y - x * x * x - A * x - B) % P == 0
    if not on_curve or not 0 < r < N or not 0 < s < N or (r + s) % N == 0:
        return False
    curve = b"".join(number.to_bytes(32, "big") for number in (A, B, *G))
    who = digest("sm3", (8 * len(USER_ID)).to_bytes(2, "big"), USER_ID, curve, key[1:])
    e = int.from_bytes(digest("sm3", who, text), "big")
    found = sum_of(times(s, G), times((r + s) % N, point))
    return found is not None and (e + found[0]) % N == r


def is_ed25519_signature(key, text, signature):
    # SubjectPublicKeyInfo of Ed25519 (RFC 8410) is a fixed head and the key.
    head = bytes.fromhex("302a300506032b6570032100")
    with tempfile.TemporaryDirectory() as folder:
        files = {"key": head + key, "text": text, "signature": signature}
        for file, content in files.items():
            pathlib.Path(folder, file).write_bytes(content)
        done = subprocess.run(
            ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", "key",
             "-rawin", "-in", "text", "-sigfile", "signature"],
            cwd=folder, capture_output=True, check=False)
    return done.returncode == 0


# How a key says what it is for, before the key itself.
TYPES = {b"\x01": is_ed25519_signature, b"\xfffazhi/sm2-sm3": is_sm2_signature}


class Note:
    """A signed note (C2SP): origin, size, root; the text above the empty line is what is signed."""

    def __init__(self, text):
        signed, _, signatures = text.rpartition("\n\n")
        lines = signed.split("\n")
        if len(lines) < 3:
            raise Wrong("this is not a signed note")
        self.text = (signed + "\n").encode()
        self.origin, self.size, self.root = lines[0], int(lines[1]), base64.b64decode(lines[2])
        self.signatures = {}
        for line in signatures.splitlines():
            mark, name, signature = line.split(" ")
            if mark == "\u2014":
                self.signatures[name] = base64.b64decode(signature)

    def check(self, key):
        """KEY is name+key id in hex+base64 of type and public key (C2SP)."""
        name, key_id, encoded = key.strip().split("+", 2)
        type_and_key = base64.b64decode(encoded)
        expected = digest("sha256", name.encode(), b"\n", type_and_key)[:4]
        kind = next((each for each in TYPES if type_and_key.startswith(each)), None)
        if kind is None or expected.hex() != key_id:
            raise Wrong("this is not an Ed25519 or SM2 key in the form name+id+key")
        signed = self.signatures.get(name)
        if signed is None or signed[:4] != expected:
            raise Wrong(f"the note is not signed by {name}")
        if not TYPES[kind](type_and_key[len(kind):], self.text, signed[4:]):
            raise Wrong(f"the signature of {name} does not fit the note's text")


def check_export(lines, note, algorithm):
    tree = Tree(algorithm)
    for number, line in enumerate(lines, start=1):
        if tree.size == note.size:
            break
        record = json.loads(line)
        if record["seq"] != number or json.loads(record["body"])["seq"] != number:
            raise Wrong(f"line {number}: record {record['seq']} stands where {number} belongs")
        leaf = leaf_of(algorithm, record["body"])
        if leaf.hex() != record["leaf_hash"]:
            raise Wrong(f"record {number}: its hash is not that of its body")
        tree.push(leaf)
    if tree.size != note.size:
        raise Wrong(f"the export has {tree.size} records, the note was signed over {note.size}")
    if tree.root() != note.root:
        raise Wrong("the records do not lead to the root that was signed")
    return f"{tree.size} records lead to the root that was signed"


def check_proof(proof, record, note):
    algorithm = proof["hash"]
    if proof["in"]["size"] != note.size or bytes.fromhex(proof["in"]["root"]) != note.root:
        raise Wrong("the proof leads to another root than the one that was signed")
    leaf = bytes.fromhex(proof["leaf_hash"])
    if record is not None and leaf_of(algorithm, record) != leaf:
        raise Wrong("the record's hash is not the one that is proven")
    path = [bytes.fromhex(each) for each in proof["path"]]
    if root_from_path(algorithm, proof["seq"] - 1, note.size, leaf, path) != note.root:
        raise Wrong("the proof does not lead to the root that was signed")
    return f"record {proof['seq']} is among the {note.size} that were signed"


def text_of(path):
    return pathlib.Path(path).read_text(encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--key", required=True)
    parser.add_argument("--note", required=True)
    parser.add_argument("--export")
    parser.add_argument("--proof")
    parser.add_argument("--record")
    parser.add_argument("--hash", default="sm3", choices=["sm3", "sha256"])
    options = parser.parse_args()
    key = text_of(options.key) if pathlib.Path(options.key).exists() else options.key
    try:
        note = Note(text_of(options.note))
        note.check(key)
        print(f"{note.origin}: the note over {note.size} records is signed with this key")
        if options.export:
            with open(options.export, encoding="utf-8") as lines:
                print(check_export(lines, note, options.hash))
        if options.proof:
            record = text_of(options.record) if options.record else None
            print(check_proof(json.loads(text_of(options.proof)), record, note))
    except (Wrong, ValueError, KeyError) as wrong:
        print(f"verify_journal.py: {wrong}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
