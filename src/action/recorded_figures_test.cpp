#include "action/recorded_figures.h"

#include <memory>

#include <doctest/doctest.h>

#include "action/testing/small_office.h"
#include "storage/testing/databases.h"
#include "storage/transaction.h"

namespace fazhi::action {

using storage::testing::for_each_database;
using testing::codes_of;
using testing::SmallOffice;

namespace {

constexpr std::string_view kPraise = R"(ledger: praise
title: 表彰
fields:
  occurred_on: {title: 日期, type: date, required: true}
  walked:      {title: 走访次数, type: figure, measure: visits}
)";

// Visits that huachuang made before the office is asked about them.
std::unique_ptr<SmallOffice> office_with_visits(storage::Database& database) {
    auto office = std::make_unique<SmallOffice>(database, kPraise);
    for (const char* day : {"2024-03-01", "2024-04-02"})
        REQUIRE(
            office->create("p3", "visit", Value::Map{{"occurred_on", day}, {"place", "解放路"}}));
    REQUIRE(office->create("p4", "visit",
                           Value::Map{{"occurred_on", "2024-03-05"}, {"place", "人民路"}}));
    return office;
}

Result<EntryId> praised(SmallOffice& office, Value walked) {
    return office.create("p2", "praise",
                         Value::Map{{"occurred_on", "2024-05-06"}, {"walked", std::move(walked)}});
}

Value walked_of(SmallOffice& office, EntryId id) {
    Value out;
    REQUIRE(office.run(
        "p2", [&](storage::Transaction& transaction, ledger::Context& context) -> Result<void> {
            TRY(const ledger::Entry entry,
                office.workplace->ledgers.find(transaction, context, "praise", id,
                                               ledger::Ledgers::Private::Revealed));
            out = entry.fields.at("walked");
            return {};
        }));
    return out;
}

}  // namespace

TEST_CASE("a figure is counted when it is recorded, and stays so") {
    for_each_database([](storage::Database& database) {
        const auto office = office_with_visits(database);
        const auto id = praised(*office, 2024);
        REQUIRE(id);
        const Value before = walked_of(*office, *id);
        CHECK(before.text_at("measure") == "visits");
        CHECK(before.text_at("value") == "3");
        CHECK(before.text_at("from") == "2024-01-01");
        CHECK(before.at("entries").at("visit").as_list().size() == 3);
        CHECK(before.integer_at("journal_size") > 0);
        CHECK(before.text_at("definitions").size() == 64);
        REQUIRE(office->create("p3", "visit",
                               Value::Map{{"occurred_on", "2024-05-01"}, {"place", "文化路"}}));
        CHECK(walked_of(*office, *id) == before);
    });
}

TEST_CASE("a figure may be of some days, or of one unit") {
    for_each_database([](storage::Database& database) {
        const auto office = office_with_visits(database);
        const auto march =
            praised(*office, Value::Map{{"from", "2024-03-01"}, {"to", "2024-03-31"}});
        REQUIRE(march);
        CHECK(walked_of(*office, *march).text_at("value") == "2");
        const auto of_unit = praised(*office, Value::Map{{"year", "2024年"}, {"unit", "华创社区"}});
        REQUIRE(of_unit);
        CHECK(walked_of(*office, *of_unit).text_at("value") == "2");
        CHECK(walked_of(*office, *of_unit).at("unit").is_integer());
    });
}

TEST_CASE("nobody types a figure, and one that is given must be what was counted") {
    for_each_database([](storage::Database& database) {
        const auto office = office_with_visits(database);
        const Value wrong[] = {
            "很多",
            "2024-03",
            Value::Map{},
            Value::Map{{"value", "3"}},
            Value::Map{{"year", 2024}, {"value", "4"}},
            Value::Map{{"year", 2024}, {"measure", "visitors"}},
            Value::Map{{"year", 2024}, {"unit", "没有的单位"}},
            Value::Map{{"from", "2024-03-31"}, {"to", "2024-03-01"}},
            true,
        };
        for (const Value& each : wrong) {
            const auto refused = praised(*office, each);
            REQUIRE_FALSE(refused);
            CHECK(codes_of(refused.error()) ==
                  std::vector<std::string>{"action.bad_figure|walked"});
        }
        CHECK(praised(*office, Value::Map{{"year", 2024}, {"value", 3}}));
        CHECK(praised(*office, "不适用"));
        CHECK(praised(*office, ""));
    });
}

}  // namespace fazhi::action
