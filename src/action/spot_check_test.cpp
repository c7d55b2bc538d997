#include "action/spot_check.h"

#include <algorithm>

#include <doctest/doctest.h>

#include "action/testing/small_office.h"
#include "storage/testing/databases.h"
#include "storage/transaction.h"

namespace fazhi::action {

using storage::testing::for_each_database;
using testing::codes_of;
using testing::SmallOffice;

namespace {

using Lines = std::vector<std::string>;

Result<SpotCheck> drawn(SmallOffice& office, const SpotCheckOrder& order,
                        const std::string& who = "p2") {
    SpotCheck out;
    TRY_OK(office.run(
        who, [&](storage::Transaction& transaction, ledger::Context& context) -> Result<void> {
            TRY(out, spot_check({*office.workplace, transaction, context}, order));
            return {};
        }));
    return out;
}

std::vector<EntryId> numbered(int from, int to) {
    std::vector<EntryId> out;
    for (int id = from; id <= to; ++id) out.push_back(EntryId{id});
    return out;
}

}  // namespace

TEST_CASE("the same root draws the same entries, whatever their order; another root others") {
    auto reversed = numbered(1, 200);
    std::reverse(reversed.begin(), reversed.end());
    const auto first = draw("aa", "visit", numbered(1, 200), 10);
    CHECK(first.size() == 10);
    CHECK(first == draw("aa", "visit", reversed, 10));
    CHECK(first != draw("ab", "visit", numbered(1, 200), 10));
    CHECK(first != draw("aa", "matter", numbered(1, 200), 10));
    // Fewer are the beginning of more; all of a few are all of them.
    const auto five = draw("aa", "visit", numbered(1, 200), 5);
    CHECK(std::equal(five.begin(), five.end(), first.begin()));
    CHECK(draw("aa", "visit", numbered(1, 3), 10).size() == 3);
}

TEST_CASE("a drawing is recorded with what it was drawn from, and can be drawn again") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        const auto check = drawn(office, {.ledger = "走访", .where = {}, .count = 1});
        REQUIRE(check);
        CHECK(check->population >= 2);
        REQUIRE(check->drawn.size() == 1);
        CHECK(office.lines_of("SELECT of_ledger, root FROM ledger_spot_check") ==
              Lines{"visit|" + check->root});
        CHECK(office.lines_of("SELECT entry_no FROM ledger_spot_check__drawn") ==
              Lines{std::to_string(check->drawn.front().value)});
        std::vector<EntryId> all;
        for (const std::string& id : office.lines_of("SELECT id FROM ledger_visit"))
            all.push_back(EntryId{std::stoll(id)});
        CHECK(draw(check->root, "visit", all, 1) == check->drawn);
        CHECK(drawn(office, {.ledger = "visit", .where = "{place: 没有的地方}", .count = 3})
                  ->drawn.empty());
        CHECK(codes_of(drawn(office, {.ledger = "visit", .where = {}, .count = 0}).error()) ==
              Lines{"action.bad_count|count"});
        CHECK(codes_of(drawn(office, {.ledger = "visit", .where = {}, .count = 1}, "p3").error()) ==
              Lines{"access.forbidden|"});
    });
}

}  // namespace fazhi::action
