"""docs/packs.md shows how to add a mechanism: what it shows must load, hold, and leave nothing untried.

Run by CTest with FAZHI naming the program.
"""
import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FAZHI = os.environ["FAZHI"]
HEAD = 'pack: myoffice\ntitle: 我的街道\nversion: "1.0.0"\nrequires: {national: "1.1"}\n'


class OwnMechanism(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        shutil.copytree(ROOT / "packs" / "national", self.folder / "national")
        blocks = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs" / "packs.md").read_text(encoding="utf-8"), re.DOTALL)
        for name, text in zip(("ledgers", "duties", "scenarios"), blocks, strict=True):
            (self.folder / "myoffice" / name).mkdir(parents=True)
            (self.folder / "myoffice" / name / "night_market.yaml").write_text(text, encoding="utf-8")
        (self.folder / "myoffice" / "pack.yaml").write_text(HEAD, encoding="utf-8")

    def run_fazhi(self, *words):
        return subprocess.run([FAZHI, *words], cwd=self.folder, capture_output=True, text=True, timeout=300, check=False)

    def test_the_shown_pack_loads_and_its_story_holds(self):
        checked = self.run_fazhi("pack", "check", "myoffice")
        self.assertEqual(checked.returncode, 0, checked.stderr)
        tested = self.run_fazhi("pack", "test", "myoffice")
        self.assertEqual(tested.returncode, 0, tested.stderr)
        self.assertIn("1个情景，0个不成立", tested.stdout)
        self.assertNotIn("没有情景试过", tested.stderr)

    def test_a_limit_against_its_law_does_not_load(self):
        ledger = self.folder / "myoffice" / "ledgers" / "night_market.yaml"
        text = ledger.read_text(encoding="utf-8")
        wrong = text.replace("due: {field: due_on}", "within: 5 days, basis: {law: 行政处罚法, article: 60}")
        self.assertNotEqual(text, wrong)
        ledger.write_text(wrong, encoding="utf-8")
        checked = self.run_fazhi("pack", "check", "myoffice")
        self.assertEqual(checked.returncode, 1)
        self.assertIn("5日是工作日", checked.stderr)


if __name__ == "__main__":
    unittest.main()
