from toy_tree import HEADER, ToyTree

import check_docs

CODES = HEADER + """
namespace fazhi::storage::errors {

// The disk holds
// no more.
inline constexpr std::string_view kDiskFull = "storage.disk_full";
inline constexpr std::string_view kLocked = "storage.locked";  // Somebody else writes.
inline constexpr std::string_view kConnectionIsLostWithoutAnyReason =
    "storage.connection_lost";
}
"""
GLOSSARY = "| 中文 | English | identifier | what it is | source |\n|---|---|---|---|---|\n"


class Docs(ToyTree):
    def setUp(self):
        super().setUp()
        self.write("ARCHITECTURE.md", "| 0 | `base` | all |\n| 1 | `storage` | rows |\n")
        self.write("CHANGELOG.md", "# Changes\n\n## Unreleased\n")
        self.write("docs/errors.md", f"# Refusals\n\n{check_docs.ERRORS_MARK}\n")
        self.write("docs/glossary.md", GLOSSARY + "| 台账 | ledger | `ledger` | A list. | |\n")

    def assert_found(self, expected):
        self.assertIn(expected, "\n".join(check_docs.check(self.root)))

    def test_documents_that_agree_pass(self):
        self.assertEqual(check_docs.check(self.root), [])

    def test_a_refusal_that_is_not_documented_is_found_and_fixed(self):
        self.write("src/storage/errors.h", CODES)
        self.assert_found("storage.disk_full is missing")
        check_docs.fix(self.root)
        self.assertEqual(check_docs.check(self.root), [])
        text = (self.root / "docs/errors.md").read_text("utf-8")
        self.assertTrue(text.startswith("# Refusals\n"))
        self.assertIn("| `storage.disk_full` | The disk holds no more. |\n"
                      "| `storage.locked` | Somebody else writes. |\n"
                      "| `storage.connection_lost` | Connection lost. |\n", text)

    def test_a_documented_refusal_that_nobody_gives_is_found(self):
        self.write("src/storage/errors.h", CODES)
        check_docs.fix(self.root)
        self.write("src/storage/errors.h", CODES.replace("storage.locked", "storage.busy"))
        self.assert_found("no room refuses with storage.locked")

    def test_another_order_is_found(self):
        self.write("src/storage/errors.h", CODES)
        check_docs.fix(self.root)
        self.write("src/storage/errors.h", CODES.replace("disk_full", "x")
                   .replace("locked", "disk_full").replace("storage.x", "storage.locked"))
        self.assert_found("order or meanings differ")

    def test_a_code_carries_the_name_of_its_room(self):
        self.write("src/base/errors.h", CODES)
        self.assert_found("src/base/errors.h: storage.disk_full must begin with base.")

    def test_an_identifier_stands_in_the_glossary_once(self):
        self.write("docs/glossary.md", GLOSSARY + "| 台账 | ledger | `ledger` | A list. | |\n" * 2)
        self.assert_found("`ledger` stands in line 3 already")

    def test_a_ledger_missing_from_the_glossary_is_found_and_fixed(self):
        self.write("packs/national/ledgers/dispute.yaml",
                   "# A case.\nledger: dispute\ntitle: 矛盾纠纷\nabout: 一事一档。\n"
                   "basis: {law: 人民调解法}\n")
        self.assert_found("the ledger `dispute` is missing")
        check_docs.fix(self.root)
        self.assertEqual(check_docs.check(self.root), [])
        self.assertIn("| 矛盾纠纷 | dispute | `dispute` | 一事一档。 | 《人民调解法》 |\n",
                      (self.root / "docs/glossary.md").read_text("utf-8"))

    def test_a_room_without_readme_or_on_another_floor_is_found(self):
        (self.root / "src/base/README.md").unlink()
        self.write("ARCHITECTURE.md", "| 0 | `base` | all |\n| 2 | `storage` | rows |\n")
        self.assert_found("src/base: README.md is missing")
        self.assert_found("floor 1 must name `storage`")

    def test_decisions_are_numbered_without_gaps(self):
        self.write("docs/decisions/0001-first.md", "# 0001: First\n")
        self.assertEqual(check_docs.check(self.root), [])
        self.write("docs/decisions/0003-third.md", "# Third\n")
        self.assert_found("without gaps")
        self.assert_found("begins with '# 0003: title'")

    def test_a_link_that_leads_nowhere_is_found(self):
        self.write("README.md", "[here](docs/errors.md) [there](docs/nothing.md) [web](https://x)\n")
        self.assertEqual(check_docs.check(self.root),
                         ["README.md: the link to docs/nothing.md leads nowhere"])
