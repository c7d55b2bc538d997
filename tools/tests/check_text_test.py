from toy_tree import HEADER, ToyTree

import check_text


class Text(ToyTree):
    def problems(self, path, text):
        self.write(path, text)
        return check_text.check(self.root)

    def assert_found(self, expected, path, text):
        self.assertIn(expected, "\n".join(self.problems(path, text)))

    def test_a_clean_tree_passes(self):
        self.assertEqual(check_text.check(self.root), [])

    def test_too_long_a_file_is_found_by_its_kind(self):
        self.assert_found("301 lines, at most 300", "src/base/long.h", HEADER + "\n" * 299)
        self.assertEqual(self.problems("src/base/long.h", HEADER), [])
        self.assertEqual(self.problems("src/base/long.cpp", "\n" * 600), [])
        self.assertEqual(self.problems("src/base/long_test.cpp", "\n" * 800), [])

    def test_a_chinese_character_takes_two_columns(self):
        self.assertEqual(self.problems("src/base/wide.cpp", "// " + "字" * 48 + "\n"), [])
        self.assert_found("101 columns", "src/base/wide.cpp", "// " + "字" * 49 + "\n")

    def test_a_link_may_be_longer_than_a_line(self):
        self.assertEqual(self.problems("src/base/a.cpp", "// https://x.cn/" + "y" * 99 + "\n"), [])

    def test_tabs_trailing_spaces_and_a_line_without_end_are_found(self):
        self.assert_found(":1: tab", "docs/a.md", "\ta\n")
        self.assert_found(":1: trailing space", "docs/a.md", "a \n")
        self.assert_found("the last line does not end", "docs/a.md", "a")

    def test_a_file_as_others_send_it_is_left_as_it_is(self):
        self.assertEqual(self.problems("tests/corpus/fuzz_csv/a.csv", "\ta \r\n"), [])
        self.assertEqual(self.problems("tests/data/review/01_a.txt", "a \r\n\t"), [])
        self.assert_found(":1: trailing space", "tests/data/review/README.md", "a \n")
        self.assert_found(":1: trailing space", "tests/data/review/source/01_a.txt", "a \n")

    def test_a_path_of_a_machine_is_found(self):
        self.assert_found("somebody's machine", "docs/a.md", "see /" + "home/li/fazhi\n")
        self.assertEqual(self.problems("docs/a.md", "see /etc/fazhi and src/work/x\n"), [])

    def test_a_vague_or_loud_name_is_found(self):
        self.assert_found("says nothing", "src/base/string_utils.h", HEADER)
        self.assert_found("snake_case", "src/base/Value.h", HEADER)

    def test_a_large_file_is_found_but_a_years_records_may_be_large(self):
        rows = "a,b\n" * 200_000
        self.assert_found("KB", "docs/a.csv", rows)
        (self.root / "docs/a.csv").unlink()
        self.assertEqual(self.problems("examples/office/ledgers/a.csv", rows), [])

    def test_a_header_without_comment_or_guard_is_found(self):
        self.assert_found("begins with a comment", "src/base/a.h", "#pragma once\n")
        self.assert_found("#pragma once is missing", "src/base/a.h", "// A.\n")

    def test_banned_constructs_are_found_outside_their_homes(self):
        for code in ("using namespace fazhi;", "std::shared_ptr<int> a;", "system_clock::now();",
                     "std::cout << 1;", "catch (...) {", "friend class Other;", "// TO" + "DO"):
            self.assert_found("src/base/a.cpp:1: ", "src/base/a.cpp", code + "\n")

    def test_allowed_constructs_pass(self):
        for code in ("using namespace std::chrono_literals;", "// not std::shared_ptr",
                     "std::shared_ptr<const DefinitionSet> set_;", "static_assert(true);",
                     "friend bool operator==(const A&, const A&) = default;",
                     "friend constexpr auto operator<=>(const A&, const A&) = default;"):
            self.assertEqual(self.problems("src/base/a.cpp", code + "\n"), [], code)

    def test_a_long_function_is_found(self):
        body = "    a();\n"
        self.assertEqual(self.problems("src/base/a.cpp", "int f() {\n" + body * 68 + "}\n"), [])
        self.assert_found("src/base/a.cpp:1: a function of 71 lines", "src/base/a.cpp",
                          "int f() {\n" + body * 69 + "}\n")

    def test_deep_nesting_is_found_and_else_is_not_deeper(self):
        def nested(depth):
            heads = "".join("    " * n + "if (a) {\n" for n in range(1, depth + 1))
            tails = "".join("    " * n + "}\n" for n in range(depth, 0, -1))
            return "void f() {\n" + heads + tails + "}\n"
        self.assertEqual(self.problems("src/base/a.cpp", nested(3)), [])
        self.assert_found("src/base/a.cpp:5: nested deeper", "src/base/a.cpp", nested(4))
        chain = "    if (a) {\n" + "    } else if (b) {\n" * 5 + "    }\n"
        self.assertEqual(self.problems("src/base/a.cpp", "void f() {\n" + chain + "}\n"), [])

    def test_the_program_names_no_ledger_of_a_pack(self):
        self.write("packs/national/ledgers/dispute.yaml", "ledger: dispute\n")
        self.assert_found("src/base/a.cpp:2: dispute: a ledger", "src/base/a.cpp",
                          "// a dispute\nint count_of_dispute = 0;\n")
        self.assertEqual(self.problems("src/base/a.cpp", "int disputed = 0;  // dispute\n"), [])
        self.assertEqual(self.problems("src/base/a_test.cpp", 'f("dispute");\n'), [])
