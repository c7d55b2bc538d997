// Where nobody answers: what is put off, given up and dropped. Real servers: tests/functional/.
#include "action/deliver_notices.h"

#include <doctest/doctest.h>

#include "action/entry_commands.h"
#include "action/set_email.h"
#include "action/testing/small_office.h"
#include "action/testing/timed_ledgers.h"
#include "action/tick.h"
#include "duty/delivery_rules.h"
#include "storage/testing/databases.h"
#include "storage/transaction.h"

namespace fazhi::action {
namespace {

using Lines = std::vector<std::string>;

courier::Channels nobody_answers() {
    return {.mail = courier::MailServer{.url = "smtp+plain://127.0.0.1:1", .from = "a@b.cn"},
            .webhook = {}};
}

DeliverOutcome deliver(testing::SmallOffice& office, calendar::Instant at) {
    office.clock.set(at);
    const auto done = deliver_notices(*office.workplace, nobody_answers(), [] { return false; });
    if (!done) FAIL(done.error().message);
    return *done;
}

calendar::Instant morning(const char* day) {
    return calendar::instant_of(
        {.date = calendar::date_from(day).value(), .hour = 9, .minute = 0, .second = 0});
}

EntryId record_due(testing::SmallOffice& office) {
    const auto out = office.create("p3", "due_case", Value::Map{{"occurred_on", "2024-05-06"}});
    REQUIRE(out);
    return *out;
}

Result<void> give_email(testing::SmallOffice& office, const char* whom, const char* address) {
    return office.run("p1", [&](storage::Transaction& transaction, ledger::Context& context) {
        const access::Person* person = context.directory.person_named(whom);
        return office.workplace->organisation.set_email(
            transaction, {office.id, context.actor, context.accepted_at}, person->id, address);
    });
}

constexpr const char* kStates = "SELECT kind, channel, state, tries FROM delivery ORDER BY kind";

}  // namespace

TEST_CASE("what nobody takes is tried again, later each time, and given up in the end") {
    storage::testing::for_each_database([](storage::Database& database) {
        testing::SmallOffice office(database, testing::timed_ledgers());
        REQUIRE(give_email(office, "p3", "p3@example.gov.cn"));
        record_due(office);
        office.clock.set(morning("2024-05-15"));
        REQUIRE(tick(*office.workplace, office.id, office.clock.now()));
        calendar::Instant at = morning("2024-05-15");
        CHECK(deliver(office, at).put_off == 1);
        CHECK(office.lines_of(kStates) == Lines{"warn|mail|waiting|1"});
        CHECK(deliver(office, at).put_off == 0);  // Not yet again.
        for (int tries = 2; tries <= duty::kTriesMax; ++tries) {
            at += duty::pause_after(tries - 1);
            const DeliverOutcome out = deliver(office, at);
            CHECK(out.put_off == (tries < duty::kTriesMax ? 1 : 0));
            CHECK(out.given_up == (tries < duty::kTriesMax ? 0 : 1));
        }
        CHECK(office.lines_of(kStates) == Lines{"warn|mail|failed|6"});
        CHECK(deliver(office, morning("2024-05-17")).put_off == 0);
    });
}

TEST_CASE("nobody is warned of what is done meanwhile, nor by a mail without an address") {
    storage::testing::for_each_database([](storage::Database& database) {
        testing::SmallOffice office(database, testing::timed_ledgers());
        const EntryId id = record_due(office);
        office.clock.set(morning("2024-05-15"));
        REQUIRE(tick(*office.workplace, office.id, office.clock.now()));
        deliver(office, morning("2024-05-15"));
        CHECK(office.lines_of(kStates) == Lines{"warn|mail|dropped|0"});
        REQUIRE(give_email(office, "p3", "p3@example.gov.cn"));
        office.clock.set(morning("2024-05-20"));  // The last day.
        REQUIRE(tick(*office.workplace, office.id, office.clock.now()));
        REQUIRE(office.move("p3", "due_case", id, "finish"));
        CHECK(deliver(office, morning("2024-05-20")).put_off == 0);
        CHECK(office.lines_of(kStates) == Lines{"last_day|mail|dropped|1", "warn|mail|dropped|0"});
    });
}

TEST_CASE("who may say where notices go is a setting's; without it nobody may") {
    storage::testing::for_each_database([](storage::Database& database) {
        testing::SmallOffice office(database, testing::timed_ledgers());
        const auto done = set_email(*office.workplace, "qianjin",
                                    {.as = "p1", .person = "p3", .address = "p3@example.gov.cn"});
        REQUIRE_FALSE(done);
        CHECK(done.error().code == "access.forbidden");
        CHECK(give_email(office, "p3", "p3").error().code == "access.bad_email");
        REQUIRE(give_email(office, "p3", "p3@example.gov.cn"));
        CHECK(office.lines_of("SELECT code, email FROM person WHERE email <> ''") ==
              Lines{"p3|p3@example.gov.cn"});
        REQUIRE(give_email(office, "p3", ""));
        CHECK(office.lines_of("SELECT code FROM person WHERE email <> ''").empty());
    });
}

}  // namespace fazhi::action
