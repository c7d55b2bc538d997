#include "ledger/surroundings.h"

#include <doctest/doctest.h>

#include "calendar/testing/china.h"
#include "definition/loader.h"
#include "ledger/link_index.h"
#include "ledger/testing/kept_office.h"
#include "storage/testing/databases.h"
#include "storage/transaction.h"

namespace fazhi::ledger {

using storage::testing::for_each_database;
using testing::KeptOffice;

namespace {

std::vector<std::int64_t> ids_of(const std::vector<const Entry*>& entries) {
    std::vector<std::int64_t> out;
    for (const Entry* entry : entries) out.push_back(entry->head.id.value);
    return out;
}

}  // namespace

TEST_CASE("what is linked is the same, looked up one by one or through an index") {
    for_each_database([](storage::Database& database) {
        KeptOffice office(database);
        const EntryId paper =
            office.made("paper", {{"certificate", "证001"}, {"valid_from", "2023-01-01"}});
        const EntryId by_field =
            office.made("thing", {{"occurred_on", "2023-05-06"}, {"paper", "证001"}});
        const EntryId by_origin =
            office.made("thing", {{"occurred_on", "2023-05-06"}, {"origin", "证001"}});
        const EntryId by_link = office.made("thing", {{"occurred_on", "2023-05-06"}});
        const EntryId voided =
            office.made("thing", {{"occurred_on", "2023-05-06"}, {"paper", "证001"}});
        office.made("thing", {{"occurred_on", "2023-05-06"}});
        REQUIRE(office.run([&](storage::Transaction& transaction, Context& where) -> Result<void> {
            TRY_OK(office.ledgers.link(transaction, where, {"paper", paper, "", "thing", by_link}));
            TRY_OK(office.ledgers.void_entry(transaction, where, "thing", voided, "重复"));
            return {};
        }));
        const auto connection = database.reading();
        StoredSurroundings single(*connection, office.directory, office.set,
                                  calendar::testing::china());
        IndexedSurroundings indexed(*connection, office.directory, office.set,
                                    calendar::testing::china());
        const Entry the_paper = *office.find("paper", paper);
        const std::vector<std::int64_t> expected = {by_field.value, by_origin.value, by_link.value};
        CHECK(ids_of(single.linked(the_paper, "thing")) == expected);
        CHECK(ids_of(indexed.linked(the_paper, "thing")) == expected);
        for (const EntryId thing : {by_field, by_origin, by_link}) {
            const Entry the_thing = *office.find("thing", thing);
            CHECK(ids_of(single.linked(the_thing, "paper")) ==
                  std::vector<std::int64_t>{paper.value});
            CHECK(ids_of(indexed.linked(the_thing, "paper")) ==
                  std::vector<std::int64_t>{paper.value});
        }
        CHECK(single.linked(the_paper, "local").empty());
    });
}

TEST_CASE("days are of the calendar, posts of the directory, settings of the office") {
    for_each_database([](storage::Database& database) {
        KeptOffice office(database);
        const auto connection = database.reading();
        StoredSurroundings around(*connection, office.directory, office.set,
                                  calendar::testing::china());
        CHECK(around.day_kind("2024-02-10") == "holiday");
        CHECK(around.day_kind("2024-02-04") == "workday");  // 调休上班, a Sunday
        CHECK(around.day_kind("2024-02-24") == "weekend");
        CHECK(around.day_kind("1999-01-01").empty());
        const PersonId li = office.directory.person_named("li")->id;
        CHECK(around.has_post(li, "law_office"));
        CHECK_FALSE(around.has_post(li, "leader"));
        CHECK(around.setting("addressee") == Value("区政府"));
    });
}

}  // namespace fazhi::ledger
