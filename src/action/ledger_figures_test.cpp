#include "action/ledger_figures.h"

#include <doctest/doctest.h>

#include "action/testing/small_office.h"
#include "storage/testing/databases.h"

namespace fazhi::action {

using storage::testing::for_each_database;
using testing::SmallOffice;

TEST_CASE("the ledgers' figures are those of the report's year, up to the report's date") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database, {},
                           {{"reference/measure_words.yaml",
                             "measure_words:\n  visits: {words: [走访]}\n"
                             "  lectures: {title: 讲座, units: [次], words: [讲座]}\n"}});
        for (const char* day : {"2024-03-01", "2024-04-02", "2024-05-05"})
            REQUIRE(office.create("p3", "visit",
                                  Value::Map{{"occurred_on", day}, {"place", "解放路"}}));
        const auto connection = database.reading();
        const auto held = [&](int year, calendar::Date as_of) {
            const auto figures =
                ledger_figures(*office.workplace, *connection,
                               {.jurisdiction = "qianjin", .year = year, .as_of = as_of});
            REQUIRE(figures);
            return *figures;
        };
        using std::chrono::April;
        using std::chrono::February;
        const auto early =
            held(2024, calendar::Date{std::chrono::year(2024), April, std::chrono::day(30)});
        const auto late =
            held(2024, calendar::Date{std::chrono::year(2025), February, std::chrono::day(10)});
        // What no ledger counts is not among them.
        REQUIRE(early.size() == 1);
        CHECK(early.front() == review::RecordedFigure{.measure = "visits",
                                                      .value = 2 * review::kFigureUnit,
                                                      .unit = "次",
                                                      .year = 2024});
        CHECK(late.front().value == 3 * review::kFigureUnit);
        const auto none =
            held(2019, calendar::Date{std::chrono::year(2020), February, std::chrono::day(10)});
        REQUIRE(none.size() == 1);
        CHECK(none.front().value == 0);
        CHECK_FALSE(ledger_figures(
            *office.workplace, *connection,
            {.jurisdiction = "nowhere",
             .year = 2024,
             .as_of = calendar::Date{std::chrono::year(2025), February, std::chrono::day(10)}}));
    });
}

}  // namespace fazhi::action
