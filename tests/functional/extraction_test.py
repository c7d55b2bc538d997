#!/usr/bin/env python3
"""The hidden command that reads files for review: one child, several files, then it ends by itself."""
import json
import os
import socket
import struct
import subprocess
import unittest

FAZHI = os.environ["FAZHI"]
TIMEOUT_S = 120


def frame(content):
    return struct.pack(">I", len(content)) + content


def received(channel, size):
    content = b""
    while len(content) < size:
        part = channel.recv(size - len(content))
        if not part:
            raise EOFError("the child hung up")
        content += part
    return content


class Extraction(unittest.TestCase):
    def setUp(self):
        self.channel, theirs = socket.socketpair()
        self.channel.settimeout(TIMEOUT_S)
        self.child = subprocess.Popen([FAZHI, "extract-files"], stdin=theirs,
                                      stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        theirs.close()

    def tearDown(self):
        self.channel.close()
        self.child.communicate(timeout=TIMEOUT_S)

    def ask(self, name, content):
        request = {"cpu_seconds": 60, "memory_bytes": 1_500_000_000, "name": name}
        said = json.dumps(request, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        self.channel.sendall(frame(said.encode()) + frame(content))
        (size,) = struct.unpack(">I", received(self.channel, 4))
        return json.loads(received(self.channel, size))

    def test_files_are_read_one_after_the_other_and_the_child_ends_when_nobody_asks(self):
        for number in range(25):
            answer = self.ask("报告.txt", f"共受理 {number} 件。".encode("gb18030"))
            self.assertEqual([block["text"] for block in answer["blocks"]],
                             [f"共受理{number}件。"])
        answer = self.ask("报告.docx", b"PK\x03\x04")
        self.assertEqual(answer["refusal"]["code"], "review.not_whole")
        self.channel.close()
        printed, complained = self.child.communicate(timeout=TIMEOUT_S)
        self.assertEqual((self.child.returncode, printed, complained), (0, b"", b""))


if __name__ == "__main__":
    unittest.main()
