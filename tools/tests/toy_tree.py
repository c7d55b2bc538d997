"""A small checkout in a temporary folder, for the tests of the checks."""
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

HEADER = "// What it is.\n#pragma once\n"


class ToyTree(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.root = Path(scratch.name)
        self.write("CMakeLists.txt", "foreach(a_room\n    base\n    storage)\nendforeach()\n")
        self.room("base", "room(base FLOOR 0 LIBRARIES fmt::fmt)\n")
        self.room("storage",
                  "room(storage FLOOR 1\n     DEPENDS base # errors\n     LIBRARIES x)\n")

    def write(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def room(self, name, call):
        self.write(f"src/{name}/CMakeLists.txt", call)
        self.write(f"src/{name}/README.md", f"# {name}\n")
        self.write(f"src/{name}/{name}.h", HEADER)

    def list_rooms(self, *names):
        self.write("CMakeLists.txt", f"foreach(a_room {' '.join(names)})\nendforeach()\n")
