#include "action/hand_over.h"

#include <doctest/doctest.h>

#include "access/errors.h"
#include "action/errors.h"
#include "action/testing/with_accounts.h"
#include "journal/projection.h"
#include "storage/testing/databases.h"

namespace fazhi::action {

using storage::testing::for_each_database;
using testing::WithAccounts;

namespace {

using Lines = std::vector<std::string>;

template <class T>
std::string code_of(const Result<T>& result) {
    return result ? "" : std::string(result.error().code);
}

HandOverOrder order(WithAccounts& office, const std::string& by, const std::string& from,
                    const std::string& to, After after = After::Leaves) {
    return {.by = office.actor(by),
            .office = office.id(),
            .from = from,
            .to = to,
            .note = "调走",
            .after = after,
            .address = "10.0.0.9"};
}

// `count` open matters of p3, and one that is done.
void fill(WithAccounts& office, std::size_t count) {
    const Value::Map fields{{"occurred_on", "2024-05-01"}};
    for (std::size_t n = 0; n < count; ++n) REQUIRE(office.office.create("p3", "matter", fields));
    const auto done = office.office.create("p3", "matter", fields);
    REQUIRE(done);
    REQUIRE(office.office.move("p3", "matter", *done, "finish"));
}

std::string in_hand(WithAccounts& office, const std::string& code, const std::string& state) {
    return office.office
        .lines_of(
            "SELECT COUNT(*) FROM ledger_matter m JOIN person p "
            "ON p.jurisdiction_id = m.jurisdiction_id AND p.id = m.handler "
            "WHERE p.code = '" +
            code + "' AND m.state = '" + state + "'")
        .front();
}

Lines findings(WithAccounts& office) {
    Workplace& workplace = office.workplace();
    Lines out;
    for (const journal::Finding& finding :
         journal::verify(workplace.journal, workplace.vault, *workplace.database.reading(),
                         office.id(), workplace.projections(), {})
             .findings)
        out.push_back(finding.message);
    return out;
}

}  // namespace

TEST_CASE("who leaves hands over all that is open, slice by slice, and then may do nothing") {
    for_each_database([](storage::Database& database) {
        WithAccounts office(database);
        fill(office, kHandOverSlice + 3);
        const access::SignedIn who = office.entered("p3");
        const std::string before = in_hand(office, "p3", "open");
        REQUIRE(before == std::to_string(kHandOverSlice + 3));
        const std::string done_before = in_hand(office, "p3", "done");

        const auto out = hand_over(office.workplace(), order(office, "p2", "p3", "p4"));
        REQUIRE(out);
        CHECK(out->entries == kHandOverSlice + 3);
        CHECK(out->tasks == 0);
        CHECK(out->posts == 1);
        CHECK(out->account_disabled);
        CHECK(in_hand(office, "p3", "open") == "0");
        CHECK(in_hand(office, "p3", "done") == done_before);  // what was done stays whose it was
        CHECK(office.office.lines_of("SELECT COUNT(*) FROM journal WHERE body LIKE "
                                     "'%\"action\":\"assign\"%'") ==
              Lines{std::to_string(kHandOverSlice + 3)});
        CHECK(office.office.lines_of("SELECT COUNT(*) FROM journal WHERE body LIKE '%调走%'") ==
              Lines{"0"});
        CHECK(list_sessions(office.workplace(), *database.reading(), who)->empty());
        CHECK(office.actor("p3").posts.empty());
        CHECK(findings(office).empty());

        const auto again = hand_over(office.workplace(), order(office, "p2", "p3", "p4"));
        REQUIRE(again);
        CHECK(again->entries == 0);
        CHECK(again->posts == 0);
        CHECK_FALSE(again->account_disabled);
    });
}

TEST_CASE("who changes work hands over and stays, by whoever may assign") {
    for_each_database([](storage::Database& database) {
        WithAccounts office(database);
        fill(office, 2);
        CHECK(
            code_of(hand_over(office.workplace(), order(office, "p1", "p3", "p4", After::Stays))) ==
            access::errors::kForbidden);
        CHECK(in_hand(office, "p3", "open") == "2");
        CHECK(
            hand_over(office.workplace(), order(office, "p2", "p3", "p4", After::Stays))->entries ==
            2);
        CHECK(office.actor("p3").posts.size() == 1);
        CHECK(findings(office).empty());
    });
}

TEST_CASE("handing over needs the right, another person, and one with a post") {
    for_each_database([](storage::Database& database) {
        WithAccounts office(database);
        fill(office, 1);
        const auto asked = [&](const std::string& by, const std::string& from,
                               const std::string& to) {
            return code_of(hand_over(office.workplace(), order(office, by, from, to)));
        };
        CHECK(asked("p1", "p3", "p4") == errors::kNotAccountPost);
        CHECK(asked("p2", "p3", "p3") == errors::kBadHandOver);
        CHECK(asked("p2", "p9", "p4") == access::errors::kNoSuchPerson);
        CHECK(asked("p2", "p3", "p9") == access::errors::kNoSuchPerson);
        CHECK(asked("p2", "p2", "p4") == errors::kBadHandOver);
        REQUIRE(asked("p2", "p4", "p3") == "");
        CHECK(asked("p2", "p3", "p4") == errors::kBadHandOver);  // has left
        HandOverOrder by_program = order(office, "p2", "p3", "p1");
        by_program.by.token = access::TokenLimits{{"assign"}, {}};
        CHECK(code_of(hand_over(office.workplace(), by_program)) == access::errors::kNotByToken);
        CHECK(in_hand(office, "p3", "open") == "1");
    });
}

}  // namespace fazhi::action
