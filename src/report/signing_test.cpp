#include <algorithm>
#include <set>

#include <doctest/doctest.h>

#include "base/error.h"
#include "journal/projection.h"
#include "report/errors.h"
#include "report/testing/drafting_office.h"
#include "storage/testing/databases.h"

namespace fazhi::report {

using storage::testing::for_each_database;
using testing::DraftingOffice;

namespace {

using Lines = std::vector<std::string>;

void fill(DraftingOffice& office) {
    office.add("outing", {{"occurred_on", "2023-03-01"}, {"papers", 20}}, "huachuang");
    office.add("outing", {{"occurred_on", "2023-03-02"}, {"kind", "home"}});
    office.write_text("shortcomings", "一是人手不足。");
}

std::set<std::string> codes_of(const Error& error) {
    std::set<std::string> out;
    for (const Error& each : flatten(error)) out.insert(std::string(each.code));
    return out;
}

journal::VerifyOutcome verified(DraftingOffice& office) {
    const auto connection = office.office.database.reading();
    return journal::verify(office.office.journal, office.office.vault, *connection,
                           access::testing::kOffice,
                           {&office.office.organisation, &office.ledgers, &office.reports},
                           [](std::int64_t, std::int64_t) {});
}

}  // namespace

TEST_CASE("who clears and who signs must hold the posts and be two persons; all is said at once") {
    for_each_database([](storage::Database& database) {
        DraftingOffice office(database);
        fill(office);
        CHECK(codes_of(office.sign("wang", "wang").error()) ==
              std::set<std::string>{"report.may_not_clear", "report.may_not_sign",
                                    "report.same_person"});
        CHECK(codes_of(office.sign("li", "wang").error()) ==
              std::set<std::string>{"report.may_not_sign"});
        CHECK(codes_of(office.sign("zhao", "zhao").error()) ==
              std::set<std::string>{"report.may_not_clear", "report.same_person"});
        CHECK(office.lines_of("SELECT count(*) FROM figure") == Lines{"0"});
        CHECK(office.lines_of("SELECT count(*) FROM ledger_report") == Lines{"0"});
    });
}

TEST_CASE("a report with an empty part is not signed") {
    for_each_database([](storage::Database& database) {
        DraftingOffice office(database);
        office.add("outing", {{"occurred_on", "2023-03-01"}});
        CHECK(office.sign("li", "zhao").error().code == errors::kPartEmpty);
    });
}

TEST_CASE("signing freezes the figures, numbers the report and signs a checkpoint") {
    for_each_database([](storage::Database& database) {
        DraftingOffice office(database);
        fill(office);
        const auto report = office.sign("li", "zhao");
        REQUIRE(report);
        CHECK(report->is_signed);
        CHECK(report->document.number == "前街办〔2024〕1号");
        CHECK(report->document.issued_on == "2024年1月2日");
        CHECK(report->document.draft_mark.empty());
        REQUIRE(report->document.signer);
        CHECK(report->document.signer->name == "赵刚");
        CHECK(office.lines_of("SELECT count(*) FROM figure") ==
              Lines{std::to_string(report->figures.size())});
        CHECK(office.lines_of("SELECT state, version FROM ledger_report") == Lines{"signed|1"});
        CHECK(office.lines_of("SELECT count(*) FROM checkpoint") == Lines{"1"});
        CHECK(verified(office).findings.empty());
    });
}

TEST_CASE("a changed frozen figure is found") {
    for_each_database([](storage::Database& database) {
        DraftingOffice office(database);
        fill(office);
        REQUIRE(office.sign("li", "zhao"));
        {
            const auto connection = database.writing();
            connection->execute("UPDATE figure SET value = '99' WHERE figure_key = 'f1'");
        }
        const journal::VerifyOutcome found = verified(office);
        REQUIRE(found.findings.size() == 1);
        CHECK(found.findings.front().table == "figure");
        CHECK(found.findings.front().column == "value");
    });
}

TEST_CASE("signing again without a change is refused; with one, it is a version that says what") {
    for_each_database([](storage::Database& database) {
        DraftingOffice office(database);
        fill(office);
        REQUIRE(office.sign("li", "zhao"));
        CHECK(office.sign("li", "zhao").error().code == errors::kNothingChanged);
        office.add("outing", {{"occurred_on", "2023-04-01"}, {"papers", 5}});
        const auto second = office.sign("li", "zhao");
        REQUIRE(second);
        CHECK(second->version == 2);
        CHECK(second->document.number == "前街办〔2024〕2号");
        const auto says = [&](const std::string& line) {
            return std::count(second->changes.begin(), second->changes.end(), line) == 1;
        };
        CHECK(says("数据 outings：2 → 3"));
        CHECK(says("数据 papers_given：20 → 25"));
        CHECK(says("删：外出2次，其中入户1次，发放资料20份。入户比例50%。"));
        CHECK(says("增：外出3次，其中入户1次，发放资料20余份。入户比例33.33%。"));
        CHECK(verified(office).findings.empty());
    });
}

TEST_CASE("the first version stays as it was signed") {
    for_each_database([](storage::Database& database) {
        DraftingOffice office(database);
        fill(office);
        REQUIRE(office.sign("li", "zhao"));
        const Lines before = office.lines_of("SELECT figure_key, value FROM figure ORDER BY 1");
        office.add("outing", {{"occurred_on", "2023-04-01"}, {"papers", 5}});
        REQUIRE(office.sign("li", "zhao"));
        CHECK(office.lines_of("SELECT figure_key, value FROM figure WHERE report_id = "
                              "(SELECT min(report_id) FROM figure) ORDER BY 1") == before);
        CHECK(office.lines_of("SELECT version, state FROM ledger_report ORDER BY version") ==
              Lines{"1|superseded", "2|signed"});
    });
}

}  // namespace fazhi::report
