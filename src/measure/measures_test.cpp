#include "measure/measures.h"

#include <doctest/doctest.h>

#include "measure/errors.h"
#include "measure/testing/sample_ledgers.h"
#include "storage/testing/databases.h"

namespace fazhi::measure {

namespace {

using storage::testing::for_each_database;
using testing::ids;
using testing::kYear;
using testing::SampleOffice;

Value::Map outing(const char* on, const char* kind = "home") {
    return {{"occurred_on", on}, {"kind", kind}};
}

Value::Map with(Value::Map fields, const char* name, Value value) {
    fields.insert_or_assign(name, std::move(value));
    return fields;
}

// A condition as the program makes it, without the checks of what people type.
definition::Condition one_of(const char* key, const std::vector<Value>& values) {
    definition::Clause clause;
    clause.key = key;
    for (const Value& value : values) clause.test.literals.push_back({value, {}});
    return {{clause}};
}

std::string code_of(const Result<std::vector<Figure>>& answer) {
    return answer ? std::string() : std::string(answer.error().code);
}

}  // namespace

TEST_CASE("entries count in the period they are dated in, each behind the figure") {
    for_each_database([](storage::Database& database) {
        SampleOffice office(database);
        office.add("outing", outing("2022-12-31"));
        const EntryId first = office.add("outing", outing("2023-01-01"));
        const EntryId last = office.add("outing", outing("2023-12-31", "phone"));
        office.add("outing", outing("2024-01-01"));
        const Figure all = office.figure("outings", kYear);
        CHECK(all.value == "2");
        CHECK(all.scaled == 200);
        CHECK(all.unit == "次");
        CHECK(ids(all, "outing") == std::vector<std::int64_t>{first.value, last.value});
        const Figure home = office.figure("home_outings", kYear);
        CHECK(home.value == "1");
        CHECK(ids(home, "outing") == std::vector<std::int64_t>{first.value});
    });
}

TEST_CASE("a void entry never counts") {
    for_each_database([](storage::Database& database) {
        SampleOffice office(database);
        const EntryId mistaken = office.add("outing", outing("2023-05-01"));
        office.add("outing", outing("2023-05-01"));
        const EntryId matter = office.matter("2023-02-01", {{"doing", "2023-03-01"}});
        office.cancel("outing", mistaken);
        office.cancel("matter", matter);
        CHECK(office.figure("outings", kYear).value == "1");
        CHECK(office.figure("begun", kYear).value == "0");
        CHECK(office.figure("unfinished", kYear).value == "0");
        CHECK(office.figure("begun_each_time", kYear).value == "0");
    });
}

TEST_CASE("nothing counted is 0, without entries behind it") {
    for_each_database([](storage::Database& database) {
        SampleOffice office(database);
        const Figure none = office.figure("papers_given", kYear);
        CHECK(none.has_value);
        CHECK(none.value == "0");
        CHECK(none.entries.empty());
        CHECK_FALSE(office.figure("papers_average", kYear).has_value);
        CHECK_FALSE(office.figure("papers_latest", kYear).has_value);
        const Figure ratio = office.figure("home_share", kYear);
        CHECK_FALSE(ratio.has_value);
        CHECK(ratio.value.empty());
        CHECK(ratio.denominator == 0);
    });
}

TEST_CASE("sums are exact: numbers, decimals, money in yuan and in ten thousands") {
    for_each_database([](storage::Database& database) {
        SampleOffice office(database);
        auto fields = with(with(outing("2023-05-01"), "papers", 8000), "hours", "1.5");
        const EntryId first = office.add("outing", with(fields, "cost", "12.50"));
        fields = with(with(outing("2023-06-01"), "papers", 234), "hours", "0.1");
        const EntryId second = office.add("outing", with(fields, "cost", "100000.04"));
        office.add("outing", outing("2023-06-02"));
        const Figure papers = office.figure("papers_given", kYear);
        CHECK(papers.value == "8234");
        CHECK(ids(papers, "outing") == std::vector<std::int64_t>{first.value, second.value});
        CHECK(office.figure("hours_spent", kYear).value == "1.6");
        CHECK(office.figure("cost_yuan", kYear).value == "100012.54");
        CHECK(office.figure("cost_yuan", kYear).scaled == 10'001'254);
        CHECK(office.figure("cost_ten_thousand", kYear).value == "10.001254");
        CHECK(office.figure("cost_ten_thousand", kYear).scaled == 1000);
    });
}

TEST_CASE("an average is over the entries that say a number") {
    for_each_database([](storage::Database& database) {
        SampleOffice office(database);
        for (const int papers : {10, 10, 0}) {
            office.add("outing",
                       with(with(outing("2023-05-01"), "papers", papers), "cost", "1.01"));
        }
        office.add("outing", outing("2023-06-02"));
        const Figure papers = office.figure("papers_average", kYear);
        CHECK(papers.value == "6.67");
        CHECK(papers.numerator == 20);
        CHECK(papers.denominator == 3);
        CHECK(office.figure("cost_average", kYear).value == "1.01");
        CHECK(office.figure("cost_average", kYear).numerator == 303);
    });
}

TEST_CASE("different values count once: persons, texts, options, units") {
    for_each_database([](storage::Database& database) {
        SampleOffice office(database);
        const auto add = [&](const char* visitor, const char* firm, Value topics,
                             const char* unit) {
            auto fields = with(with(outing("2023-05-01"), "visitor", visitor), "firm", firm);
            office.add("outing", with(fields, "topics", std::move(topics)), unit);
        };
        add("wang", "甲公司", Value::List{"law", "tax"}, "huachuang");
        add("王小明", "乙公司", Value::List{"law"}, "huachuang");
        add("li", "甲公司", Value::List{}, "office");
        office.add("outing", outing("2023-05-02"), "yifeng");
        CHECK(office.figure("visitors", kYear).value == "2");
        CHECK(office.figure("firms", kYear).value == "2");
        CHECK(office.figure("topics_met", kYear).value == "2");
        CHECK(office.figure("outing_units", kYear).value == "3");
        CHECK(ids(office.figure("visitors", kYear), "outing").size() == 3);
    });
}

TEST_CASE("the latest is the number of the newest entry that says one") {
    for_each_database([](storage::Database& database) {
        SampleOffice office(database);
        const EntryId newest = office.add("outing", with(outing("2023-11-01"), "papers", 7));
        office.add("outing", with(outing("2023-10-01"), "papers", 9));
        office.add("outing", outing("2023-12-01"));
        const Figure latest = office.figure("papers_latest", kYear);
        CHECK(latest.value == "7");
        CHECK(ids(latest, "outing") == std::vector<std::int64_t>{newest.value});
    });
}

TEST_CASE("rows of a list count, a condition reads the row first and then the entry") {
    for_each_database([](storage::Database& database) {
        SampleOffice office(database);
        const auto guest = [](const char* name, bool adult, int gifts) {
            return Value(Value::Map{{"name", name}, {"adult", adult}, {"gifts", gifts}});
        };
        const EntryId home = office.add(
            "outing",
            with(outing("2023-05-01"), "guests",
                 Value::List{guest("甲", true, 2), guest("乙", false, 1), guest("丙", true, 0)}));
        office.add("outing", with(outing("2023-05-02", "phone"), "guests",
                                  Value::List{guest("甲", true, 5)}));
        office.add("outing", outing("2023-05-03"));
        CHECK(office.figure("guests", kYear).value == "4");
        CHECK(office.figure("adult_guests", kYear).value == "2");
        CHECK(ids(office.figure("adult_guests", kYear), "outing") ==
              std::vector<std::int64_t>{home.value});
        CHECK(office.figure("gifts", kYear).value == "8");
        CHECK(office.figure("guest_names", kYear).value == "3");
        CHECK(office.groups("guests", kYear, "adult") ==
              std::vector<std::string>{"true 3", "false 1"});
    });
}

TEST_CASE("a state reached counts on its first day, whenever the case is dated") {
    for_each_database([](storage::Database& database) {
        SampleOffice office(database);
        const EntryId carried =
            office.matter("2022-03-01", {{"doing", "2023-01-01"}, {"done", "2023-02-01"}});
        office.matter("2022-03-01",
                      {{"doing", "2022-12-31"}, {"done", "2023-01-01"}, {"doing", "2023-05-01"}});
        const EntryId late =
            office.matter("2023-06-01", {{"doing", "2023-12-31"}, {"done", "2024-01-01"}});
        CHECK(ids(office.figure("begun", kYear), "matter") ==
              std::vector<std::int64_t>{carried.value, late.value});
        CHECK(office.figure("finished", kYear).value == "2");
        CHECK(office.figure("opened", kYear).value == "1");
        CHECK(office.figure("begun_each_time", kYear).value == "3");
        CHECK(office.figure("begun_again", kYear).value == "1");
        CHECK(office.figure("unfinished", kYear).value == "2");
        CHECK(office.figure("unfinished_before", kYear).value == "2");
        CHECK(office.figure("unfinished", year_period(2022)).value == "2");
        CHECK(office.figure("unfinished", year_period(2021)).value == "0");
    });
}

TEST_CASE("a cohort asks of the denominator's entries what became of them by the period's end") {
    for_each_database([](storage::Database& database) {
        SampleOffice office(database);
        // Begun last year, finished this year: in the plain share, not in the cohort.
        office.matter("2022-03-01", {{"doing", "2022-12-01"}, {"done", "2023-02-01"}});
        const EntryId finished =
            office.matter("2023-03-01", {{"doing", "2023-03-01"}, {"done", "2023-04-01"}});
        const EntryId unfinished = office.matter("2023-03-01", {{"doing", "2023-05-01"}});
        const EntryId later =
            office.matter("2023-03-01", {{"doing", "2023-12-01"}, {"done", "2024-01-05"}});
        const Figure share = office.figure("finished_share", kYear);
        CHECK(share.value == "33.33");
        CHECK(share.scaled == 3333);
        CHECK(share.numerator == 1);
        CHECK(share.denominator == 3);
        CHECK(ids(share, "matter") ==
              std::vector<std::int64_t>{finished.value, unfinished.value, later.value});
        CHECK(office.figure("finished_of_begun", kYear).value == "66.67");
        CHECK(office.figure("finished", kYear).value == "2");
    });
}

TEST_CASE("a register's entries stand while they are valid") {
    for_each_database([](storage::Database& database) {
        SampleOffice office(database);
        const auto permit = [&](const char* from, const char* until, const char* holder) {
            Value::Map fields{{"valid_from", from}, {"holder", holder}};
            if (until != nullptr) fields.emplace("valid_until", until);
            return office.add("permit", std::move(fields));
        };
        permit("2020-01-01", "2022-12-31", "wang");
        const EntryId old = permit("2020-01-01", "2023-12-31", "wang");
        const EntryId open = permit("2023-12-31", nullptr, "wang");
        permit("2024-01-01", nullptr, "li");
        const Figure stock = office.figure("permits", kYear);
        CHECK(ids(stock, "permit") == std::vector<std::int64_t>{old.value, open.value});
        CHECK(office.figure("permits_before", kYear).value == "2");
        CHECK(office.figure("permits_issued", kYear).value == "1");
        CHECK(office.figure("holders", kYear).value == "1");
    });
}

TEST_CASE("totals add and subtract, with the entries of every part") {
    for_each_database([](storage::Database& database) {
        SampleOffice office(database);
        office.add("outing", outing("2023-05-01"));
        office.add("outing", outing("2023-05-01", "phone"));
        office.matter("2023-05-01", {});
        const Figure both = office.figure("outings_and_matters", kYear);
        CHECK(both.value == "3");
        CHECK(ids(both, "outing").size() == 2);
        CHECK(ids(both, "matter").size() == 1);
        CHECK(office.figure("other_outings", kYear).value == "1");
        CHECK(office.figure("home_share", kYear).value == "50");
    });
}

TEST_CASE("coverage counts the units of which every ledger asked for has enough entries") {
    for_each_database([](storage::Database& database) {
        SampleOffice office(database);
        const EntryId one = office.add("outing", outing("2023-05-01"), "huachuang");
        const EntryId two = office.add("outing", outing("2023-06-01"), "huachuang");
        office.add("outing", outing("2023-06-01"), "yifeng");
        office.add("outing", outing("2022-06-01"), "yifeng");
        office.add("outing", outing("2023-06-01"), "office");
        office.add("outing", outing("2023-06-01"), "office");
        const Figure covered = office.figure("communities_out", kYear);
        CHECK(covered.value == "1");
        CHECK(ids(covered, "unit") == std::vector<std::int64_t>{office.unit("huachuang")});
        CHECK(ids(covered, "outing") == std::vector<std::int64_t>{one.value, two.value});
        CHECK(office.figure("communities", kYear).value == "3");
        const Figure share = office.figure("communities_coverage", kYear);
        CHECK(share.value == "33.33");
        CHECK(ids(share, "unit").size() == 3);
        CHECK(office.figure("office_out", kYear).value == "1");
        CHECK(office.figure("office_out", year_period(2021)).value == "0");
    });
}

TEST_CASE(
    "a person is covered by the entries that name them, a register's entry by those that name it") {
    for_each_database([](storage::Database& database) {
        SampleOffice office(database);
        office.add("outing", with(outing("2023-05-01"), "visitor", "wang"));
        office.add("outing", with(outing("2023-05-01"), "visitor", "li"));
        const Figure clerks = office.figure("clerks_out", kYear);
        CHECK(ids(clerks, "person") == std::vector<std::int64_t>{office.person("wang")});

        const EntryId main = office.add("permit", {{"valid_from", "2020-01-01"}});
        const EntryId listed = office.add("permit", {{"valid_from", "2020-01-01"}});
        office.add("permit", {{"valid_from", "2020-01-01"}});
        Value::Map deal{{"decided_on", "2023-05-01"}, {"main_permit", main.value}};
        deal.emplace("permits", Value::List{Value::Map{{"permit", listed.value}}});
        const EntryId deal_id = office.add("deal", deal);
        const Figure used = office.figure("permits_used", kYear);
        CHECK(ids(used, "permit") == std::vector<std::int64_t>{main.value, listed.value});
        CHECK(ids(used, "deal") == std::vector<std::int64_t>{deal_id.value});
    });
}

TEST_CASE("conditions follow links and know working days") {
    for_each_database([](storage::Database& database) {
        SampleOffice office(database);
        const EntryId home = office.add("outing", outing("2023-05-06"));  // a make-up workday
        const EntryId phone = office.add("outing", outing("2023-05-07", "phone"));  // a Sunday
        const EntryId visited = office.matter("2023-05-01", {});
        const EntryId telephoned = office.matter("2023-05-01", {});
        const EntryId alone = office.matter("2023-05-01", {});
        office.connect("matter", visited, "outing", home);
        office.connect("outing", phone, "matter", telephoned);
        CHECK(ids(office.figure("visited", kYear), "matter") ==
              std::vector<std::int64_t>{visited.value});
        CHECK(ids(office.figure("unvisited", kYear), "matter") ==
              std::vector<std::int64_t>{alone.value});
        CHECK(ids(office.figure("workday_outings", kYear), "outing") ==
              std::vector<std::int64_t>{home.value});
    });
}

TEST_CASE("a figure that exceeds what it must not carries a warning") {
    for_each_database([](storage::Database& database) {
        SampleOffice office(database);
        Value::List guests;
        for (const char* name : {"甲", "乙"}) {
            guests.emplace_back(Value::Map{{"name", name}, {"adult", true}});
        }
        office.add("outing", with(outing("2023-05-01"), "guests", guests));
        const Figure adults = office.figure("adult_guests", kYear);
        REQUIRE(adults.warnings.size() == 1);
        CHECK(adults.warnings.front().code == errors::kExceeds);
        CHECK(adults.warnings.front().message ==
              "“成年来宾”（2人）多于“外出”（1次），请核对登记。");
        office.add("outing", outing("2023-05-02"));
        CHECK(office.figure("adult_guests", kYear).warnings.empty());
        office.matter("2022-05-01", {{"doing", "2022-06-01"}, {"done", "2023-06-01"}});
        CHECK(office.figure("finished", kYear).warnings.size() == 1);
        CHECK(office.figure("finished", kYear, "{kind: home}").warnings.empty());
    });
}

TEST_CASE("a filter is asked on top of the measure's own condition") {
    for_each_database([](storage::Database& database) {
        SampleOffice office(database);
        office.add("outing", with(outing("2023-05-01"), "topics", Value::List{"law"}), "huachuang");
        office.add("outing", with(outing("2023-05-01"), "topics", Value::List{"safety"}), "yifeng");
        office.add("outing", with(outing("2023-05-01", "phone"), "topics", Value::List{"law"}),
                   "yifeng");
        CHECK(office.figure("home_outings", kYear, "{topics: {has_any: [law]}}").value == "1");
        CHECK(office.figure("home_share", kYear, "{topics: {has_any: [law]}}").value == "50");
        CHECK(office.figure("other_outings", kYear, "{topics: {has_any: [law]}}").value == "1");
        CHECK(office.figure("communities_out", kYear, "{kind: phone}").value == "0");
        const definition::Condition by_name = one_of("unit", {"怡丰社区", "huachuang"});
        const auto named = office.answer({{"outings", by_name}, {"outings", {}}}, kYear);
        REQUIRE(named);
        CHECK(named->at(0).value == "3");
        office.add("outing", outing("2023-05-01"), "office");
        CHECK(office.answer({{"outings", by_name}}, kYear)->front().value == "3");
        CHECK(office.figure("outings", kYear).value == "4");
    });
}

TEST_CASE("many questions are answered in the order they were asked") {
    for_each_database([](storage::Database& database) {
        SampleOffice office(database);
        office.add("outing", with(outing("2023-05-01"), "papers", 5));
        office.matter("2023-05-01", {{"doing", "2023-05-02"}});
        const auto figures = office.answer(
            {{"begun"}, {"papers_given"}, {"outings"}, {"begun"}, {"outings_and_matters"}}, kYear);
        REQUIRE(figures);
        std::string values;
        for (const Figure& figure : *figures) values += figure.measure + "=" + figure.value + " ";
        CHECK(values == "begun=1 papers_given=5 outings=1 begun=1 outings_and_matters=2 ");
    });
}

TEST_CASE("what cannot be answered is refused") {
    for_each_database([](storage::Database& database) {
        SampleOffice office(database);
        CHECK(code_of(office.answer({{"outings"}, {"no_such"}}, kYear)) == errors::kNoSuchMeasure);
        const auto asking = [&](const char* measure, const char* key, Value value) {
            const definition::Condition where = one_of(key, {std::move(value)});
            return code_of(office.answer({{measure, where}}, kYear));
        };
        CHECK(asking("outings", "nothing", 1) == errors::kBadCondition);
        CHECK(asking("outings", "remark", "甲") == errors::kBadCondition);
        CHECK(asking("outings", "phone", "甲") == errors::kBadCondition);
        CHECK(asking("outings", "visitor", "无此人") == errors::kBadCondition);
        CHECK(asking("outings", "unit", "无此单位") == errors::kBadCondition);
        CHECK(asking("outings_and_matters", "papers", 1) == errors::kBadCondition);
        CHECK(asking("communities", "kind", "home") == errors::kBadCondition);
        CHECK(asking("outings", "kind", "home").empty());
    });
}

}  // namespace fazhi::measure
