#include "measure/breakdown.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "measure/errors.h"
#include "measure/testing/sample_ledgers.h"
#include "storage/testing/databases.h"
#include "storage/testing/scratch.h"

namespace fazhi::measure {

namespace {

using storage::testing::for_each_database;
using testing::kYear;
using testing::SampleOffice;

using Lines = std::vector<std::string>;

std::string refusal(SampleOffice& office, const char* measure, const char* dimension) {
    const auto groups = office.by(measure, kYear, dimension);
    return groups ? std::string() : std::string(groups.error().code);
}

}  // namespace

TEST_CASE("by month there is a group for every month of the period") {
    for_each_database([](storage::Database& database) {
        SampleOffice office(database);
        office.add("outing", {{"occurred_on", "2023-02-28"}});
        office.add("outing", {{"occurred_on", "2023-04-01"}});
        office.add("outing", {{"occurred_on", "2023-04-30"}});
        const Period spring{calendar::make_date(2022, 12, 15).value(),
                            calendar::make_date(2023, 4, 30).value()};
        CHECK(office.groups("outings", spring, "month") ==
              Lines{"2022-12 0", "2023-01 0", "2023-02 1", "2023-03 0", "2023-04 2"});
    });
}

TEST_CASE("by month a state reached counts in the month it was entered") {
    for_each_database([](storage::Database& database) {
        SampleOffice office(database);
        office.matter("2022-05-01", {{"doing", "2023-03-31"}, {"done", "2023-11-01"}});
        const Lines begun = office.groups("begun", kYear, "month");
        CHECK(begun.at(2) == "2023-03 1");
        // A cohort keeps the month it began in.
        const Lines share = office.groups("finished_share", kYear, "month");
        CHECK(share.at(2) == "2023-03 100");
        CHECK(share.at(10) == "2023-11 ");
    });
}

TEST_CASE("by unit, person and handler there are the groups that have something, in order") {
    for_each_database([](storage::Database& database) {
        SampleOffice office(database);
        office.add("outing", {{"occurred_on", "2023-02-28"}, {"visitor", "li"}}, "yifeng");
        office.add("outing", {{"occurred_on", "2023-02-28"}, {"partner", "alone"}}, "huachuang");
        office.add("outing", {{"occurred_on", "2023-02-28"}, {"visitor", "wang"}}, "yifeng");
        CHECK(office.groups("outings", kYear, "unit") == Lines{"huachuang 1", "yifeng 2"});
        CHECK(office.groups("outings", kYear, "visitor") == Lines{"wang 1", "li 1", " 1"});
        CHECK(office.groups("outings", kYear, "partner") == Lines{"alone 1", " 2"});
        CHECK(office.groups("outings", kYear, "handler") == Lines{"li 3"});
        const auto groups = office.by("outings", kYear, "visitor");
        REQUIRE(groups);
        CHECK(groups->front().title == "王小明");
        CHECK(groups->back().title == "未填");
        CHECK(groups->back().figure.entries.at("outing").size() == 1);
    });
}

TEST_CASE(
    "by a choice every option in use has a group, a retired one where something stands under it") {
    for_each_database([](storage::Database& database) {
        SampleOffice office(database);
        office.add("outing", {{"occurred_on", "2023-02-28"}, {"kind", "phone"}});
        office.add("outing", {{"occurred_on", "2023-02-28"}});
        CHECK(office.groups("outings", kYear, "kind") == Lines{"home 0", "phone 1", " 1"});
        const auto groups = office.by("outings", kYear, "kind");
        CHECK(groups->front().title == "入户");
    });
}

TEST_CASE("by several choices an entry is in each of its groups") {
    for_each_database([](storage::Database& database) {
        SampleOffice office(database);
        const Value both = Value::List{"law", "tax"};
        office.add("outing", {{"occurred_on", "2023-02-28"}, {"topics", both}, {"papers", 3}});
        office.add("outing",
                   {{"occurred_on", "2023-02-28"}, {"topics", Value::List{"law"}}, {"papers", 4}});
        CHECK(office.groups("outings", kYear, "topics") == Lines{"law 2", "safety 0", "tax 1"});
        CHECK(office.groups("papers_given", kYear, "topics") ==
              Lines{"law 7", "safety 0", "tax 3"});
    });
}

TEST_CASE("by an entry of a register each group bears its title") {
    for_each_database([](storage::Database& database) {
        SampleOffice office(database);
        const EntryId used = office.add("permit", {{"valid_from", "2020-01-01"}});
        office.add("permit", {{"valid_from", "2020-01-01"}});
        office.add("deal", {{"decided_on", "2023-05-01"}, {"main_permit", used.value}});
        office.add("deal", {{"decided_on", "2023-05-02"}, {"main_permit", used.value}});
        CHECK(office.groups("deals", kYear, "main_permit") ==
              Lines{std::to_string(used.value) + " 2"});
    });
}

TEST_CASE("totals and shares are broken down part by part") {
    for_each_database([](storage::Database& database) {
        SampleOffice office(database);
        office.add("outing", {{"occurred_on", "2023-02-01"}, {"kind", "home"}}, "yifeng");
        office.add("outing", {{"occurred_on", "2023-02-01"}, {"kind", "phone"}}, "yifeng");
        office.add("outing", {{"occurred_on", "2023-02-01"}, {"kind", "home"}}, "huachuang");
        office.matter("2023-02-01", {}, {{"kind", "home"}}, "huachuang");
        office.matter("2023-02-01", {}, {{"kind", "road"}}, "alone");
        CHECK(office.groups("outings_and_matters", kYear, "unit") ==
              Lines{"huachuang 2", "yifeng 2", "alone 1"});
        CHECK(office.groups("home_share", kYear, "unit") == Lines{"huachuang 100", "yifeng 50"});
        CHECK(office.groups("outings_and_matters", kYear, "kind") ==
              Lines{"home 3", "phone 1", "road 1"});
    });
}

TEST_CASE("what groups nothing is refused") {
    for_each_database([](storage::Database& database) {
        SampleOffice office(database);
        CHECK(refusal(office, "outings", "papers") == errors::kCannotGroup);
        CHECK(refusal(office, "outings", "remark") == errors::kCannotGroup);
        CHECK(refusal(office, "outings", "nothing") == errors::kCannotGroup);
        CHECK(refusal(office, "outings_and_matters", "topics") == errors::kCannotGroup);
        CHECK(refusal(office, "unfinished", "month") == errors::kCannotGroup);
        CHECK(refusal(office, "communities_out", "unit") == errors::kCannotGroup);
        CHECK(refusal(office, "nothing", "unit") == errors::kNoSuchMeasure);
        CHECK(refusal(office, "unfinished", "unit").empty());
    });
}

TEST_CASE("the groups of a count by unit add up to the whole, whatever was entered") {
    const storage::testing::Scratch scratch;
    const auto database = storage::testing::opened(scratch.file("office.db"));
    SampleOffice office(*database);
    static const char* const kUnits[] = {"office", "huachuang", "yifeng", "alone"};
    static const char* const kDays[] = {"2022-12-31", "2023-01-01", "2023-08-15", "2023-12-31"};
    std::uint32_t state = 20230815;  // The same entries every time.
    const auto drawn = [&state](std::uint32_t below) {
        state = state * 1664525U + 1013904223U;
        return (state >> 16U) % below;
    };
    for (int i = 0; i < 60; ++i) {
        Value::Map fields{{"occurred_on", kDays[drawn(4)]}};
        if (drawn(3) > 0) fields.emplace("papers", static_cast<int>(drawn(50)));
        if (drawn(3) > 0) fields.emplace("kind", drawn(2) == 0 ? "home" : "phone");
        office.add("outing", std::move(fields), kUnits[drawn(4)]);
    }
    for (const char* measure : {"outings", "home_outings", "papers_given", "other_outings"}) {
        for (const char* dimension : {"unit", "month", "kind", "handler"}) {
            CAPTURE(measure);
            CAPTURE(dimension);
            const auto groups = office.by(measure, kYear, dimension);
            REQUIRE(groups);
            std::int64_t sum = 0;
            std::size_t entries = 0;
            for (const Group& group : *groups) {
                sum += group.figure.scaled;
                for (const auto& [ledger, listed] : group.figure.entries) entries += listed.size();
            }
            const Figure whole = office.figure(measure, kYear);
            CHECK(sum == whole.scaled);
            CHECK(entries == testing::ids(whole, "outing").size());
        }
    }
}

}  // namespace fazhi::measure
