from toy_tree import HEADER, ToyTree

import check_layers


class Layers(ToyTree):
    def with_ledger(self, path="src/ledger/ledgers.h", text=HEADER):
        self.list_rooms("base", "storage", "ledger")
        self.room("ledger", "room(ledger FLOOR 4 DEPENDS base storage)\n")
        self.write(path, text)
        return check_layers.check(self.root)

    def test_a_tree_whose_arrows_point_down_passes(self):
        self.write("src/storage/storage.cpp",
                   '#include "storage/storage.h"\n#include "base/base.h"\n')
        self.assertEqual(check_layers.check(self.root), [])

    def test_an_include_that_is_not_declared_is_found(self):
        self.write("src/base/base.cpp", '#include "storage/storage.h"\n')
        self.assertIn("base/ may not include storage/", "".join(check_layers.check(self.root)))

    def test_an_arrow_to_the_same_floor_is_found(self):
        self.list_rooms("base", "storage", "text")
        self.room("text", "room(text FLOOR 1 DEPENDS base storage)\n")
        self.assertIn("arrows point down", "".join(check_layers.check(self.root)))

    def test_a_room_missing_from_the_list_and_a_list_entry_without_room_are_found(self):
        self.list_rooms("base", "measure")
        problems = "\n".join(check_layers.check(self.root))
        self.assertIn("src/storage is not listed", problems)
        self.assertIn("there is no src/measure", problems)

    def test_the_list_goes_floor_by_floor(self):
        self.list_rooms("storage", "base")
        self.assertEqual(check_layers.check(self.root),
                         ["CMakeLists.txt must list the rooms floor by floor"])

    def test_a_folder_without_a_room_call_is_found(self):
        self.write("src/loose/loose.cpp", "")
        self.assertIn("src/loose/CMakeLists.txt: missing", "".join(check_layers.check(self.root)))

    def test_only_stores_and_tests_include_storage(self):
        include = '#include "storage/storage.h"\n'
        self.assertEqual(self.with_ledger("src/ledger/ledger_store.cpp", include), [])
        self.assertEqual(self.with_ledger("src/ledger/entry_projection.cpp", include), [])
        self.assertEqual(self.with_ledger("src/ledger/ledgers_test.cpp", include), [])
        self.assertIn("*_store and", "".join(self.with_ledger("src/ledger/entries.cpp", include)))

    def test_a_front_door_that_is_named_may_include_storage(self):
        include = '#include "storage/storage.h"\n'
        self.assertEqual(self.with_ledger("src/ledger/ledgers.cpp", include), [])

    def test_only_tests_include_fixtures(self):
        self.write("src/base/testing/sample.h", HEADER)
        include = '#include "base/testing/sample.h"\n'
        self.assertEqual(self.with_ledger("src/ledger/ledgers_test.cpp", include), [])
        self.assertIn("only tests", "".join(self.with_ledger("src/ledger/ledgers.cpp", include)))

    def test_an_include_without_its_room_and_one_of_nothing_are_found(self):
        self.write("src/base/base.cpp", '#include "base.h"\n#include "base/other.h"\n')
        problems = "\n".join(check_layers.check(self.root))
        self.assertIn('write the room too: "base/base.h"', problems)
        self.assertIn("there is no src/base/other.h", problems)

    def test_a_library_stays_in_its_home(self):
        self.write("src/storage/storage.cpp", "#include <sqlite3.h>\n")
        self.assertEqual(check_layers.check(self.root), [])
        self.write("src/base/base.cpp", "#include <sqlite3.h>\n")
        self.assertIn("may stand only in storage", "".join(check_layers.check(self.root)))

    def test_a_third_party_header_stays_out_of_our_headers(self):
        self.write("src/base/base.h", HEADER + "#include <string>\n#include <fmt/format.h>\n")
        self.assertEqual(check_layers.check(self.root),
                         ["src/base/base.h: <fmt/format.h>: third-party headers stay out of ours"])
