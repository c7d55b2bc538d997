#include "action/report_command.h"

#include <doctest/doctest.h>

#include "action/testing/small_office.h"
#include "report/errors.h"
#include "storage/testing/databases.h"

namespace fazhi::action {

using storage::testing::for_each_database;
using testing::SmallOffice;

TEST_CASE("a draft and a signed report come as three files") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        const std::filesystem::path folder = office.folders.scratch.folder() / "out";
        ReportOrder order{.jurisdiction = "qianjin",
                          .year = 2023,
                          .folder = folder,
                          .signing = {},
                          .clearing = {}};
        const auto draft = make_report(*office.workplace, order);
        REQUIRE(draft);
        CHECK(draft->report.document.addressee == "湖滨区人民政府");
        for (const auto& file : {draft->files.docx, draft->files.pdf, draft->files.html})
            CHECK(std::filesystem::file_size(file) > 1'000);
        CHECK(draft->files.docx.filename() == "qianjin-2023.docx");
        CHECK(office.lines_of("SELECT count(*) FROM ledger_report") ==
              std::vector<std::string>{"0"});

        order.signing = "p1";
        order.clearing = "p1";
        CHECK(flatten(make_report(*office.workplace, order).error()).front().code ==
              report::errors::kMayNotClear);
        order.clearing = "p2";
        const auto done = make_report(*office.workplace, order);
        REQUIRE(done);
        CHECK(done->report.document.number == "前街办〔2024〕1号");
        CHECK(office.lines_of("SELECT state FROM ledger_report") ==
              std::vector<std::string>{"signed"});
        order.signing = "nobody";
        CHECK_FALSE(make_report(*office.workplace, order));
        order.jurisdiction = "nowhere";
        CHECK_FALSE(make_report(*office.workplace, order));
    });
}

TEST_CASE("a folder that cannot be written to is an accident that leaves nothing half written") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        office.folders.write("taken", "a file stands where the folder should be");
        CHECK_THROWS_AS(
            make_report(*office.workplace, {.jurisdiction = "qianjin",
                                            .year = 2023,
                                            .folder = office.folders.scratch.folder() / "taken",
                                            .signing = {},
                                            .clearing = {}}),
            std::exception);
    });
}

}  // namespace fazhi::action
