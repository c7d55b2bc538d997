#include "procedure/procedures.h"

#include <algorithm>

#include <doctest/doctest.h>

#include "calendar/testing/china.h"
#include "ledger/testing/kept_office.h"
#include "procedure/clocks.h"
#include "procedure/errors.h"
#include "procedure/testing/permit_ledgers.h"
#include "storage/testing/databases.h"
#include "storage/transaction.h"

namespace fazhi::procedure {

using ledger::testing::codes_of;
using ledger::testing::KeptOffice;
using storage::testing::for_each_database;

namespace {

using Lines = std::vector<std::string>;

struct Permits {
    explicit Permits(storage::Database& database)
        : kept(database, testing::permit_set()),
          clocks(kept.ledgers),
          procedures(kept.ledgers, clocks) {}

    EntryId permit(const char* kind = "plain") {
        return kept.made("permit", {{"occurred_on", "2023-11-01"}, {"kind", kind}});
    }
    void visit(EntryId of, bool good) {
        kept.made("visit", {{"occurred_on", "2023-11-02"}, {"permit", of.value}, {"good", good}});
    }
    void attach(EntryId permit, const char* kind) {
        REQUIRE(kept.run(
            [&](storage::Transaction& transaction, ledger::Context& where) -> Result<void> {
                TRY_OK(kept.ledgers.attach(
                    transaction, where, "permit", permit,
                    {.kind = kind, .name = "材料.txt", .bytes = kind, .happened_on = {}}));
                return {};
            }));
    }
    // `change` may set anything of the context: importing, the actor.
    Result<Outcome> take(Step step, const std::string& person = "li",
                         const std::function<void(ledger::Context&)>& change = {}) {
        Outcome out;
        step.ledger = "permit";
        TRY_OK(kept.run(
            [&](storage::Transaction& transaction, ledger::Context& where) -> Result<void> {
                if (change) change(where);
                TRY(out, procedures.move(transaction, where, step));
                return {};
            },
            person));
        return out;
    }
    Result<Outcome> take(EntryId permit, const char* transition, const std::string& person = "li") {
        return take(Step{.ledger = {},
                         .entry = permit,
                         .transition = transition,
                         .happened_on = "2023-11-03",
                         .fields = {},
                         .note = {}},
                    person);
    }
    // Ready for check: one good visit and the form.
    EntryId checkable() {
        const EntryId id = permit();
        visit(id, true);
        attach(id, "form");
        return id;
    }
    std::string state(EntryId id) { return kept.find("permit", id)->head.state; }

    KeptOffice kept;
    Clocks clocks;
    Procedures procedures;
};

Lines codes(const Result<Outcome>& result) {
    return result ? Lines{} : codes_of(result.error());
}

}  // namespace

TEST_CASE("a step that has all it needs moves the entry and leaves a passage") {
    for_each_database([](storage::Database& database) {
        Permits office(database);
        const EntryId id = office.checkable();
        const auto done = office.take(id, "check");
        REQUIRE(done);
        CHECK(done->entry.head.state == "checked");
        const auto connection = database.reading();
        const auto passages =
            office.kept.ledgers.passages(*connection, access::testing::kOffice, "permit", id);
        REQUIRE(passages.size() == 2);
        CHECK(passages[1].transition == "check");
        CHECK(passages[1].from_state == "received");
        CHECK(passages[1].happened_on == "2023-11-03");
        CHECK(passages[1].actor == office.kept.directory.person_named("li")->id);
        CHECK(office.kept.found_by_verify() == Lines{});
    });
}

TEST_CASE("everything that is missing is named at once, with its basis") {
    for_each_database([](storage::Database& database) {
        Permits office(database);
        const EntryId id = office.permit("large");
        const auto refused = office.take(id, "check", "sun");
        CHECK(codes(refused) ==
              Lines{"procedure.evidence_missing|form", "procedure.evidence_missing|plan",
                    "procedure.field_missing|fee", "procedure.link_missing|visit",
                    "procedure.link_missing|visit", "procedure.not_your_step|check"});
        for (const Error& error : flatten(refused.error())) {
            if (error.where != "plan") continue;
            REQUIRE(error.basis.size() == 1);
            CHECK(error.basis.front().law == "行政许可法");
        }
        // The same list without doing it.
        const auto connection = database.reading();
        const auto missing = office.procedures.missing(*connection, office.kept.context("sun"),
                                                       {.ledger = "permit",
                                                        .entry = id,
                                                        .transition = "check",
                                                        .happened_on = "2023-11-03",
                                                        .fields = {},
                                                        .note = {}});
        REQUIRE(missing);
        CHECK(codes_of(join_errors(*missing)) == codes(refused));
        CHECK(office.state(id) == "received");
    });
}

TEST_CASE("a conditional gate holds only when its condition does") {
    for_each_database([](storage::Database& database) {
        Permits office(database);
        const EntryId plain = office.checkable();
        CHECK(office.take(plain, "check"));

        const EntryId large = office.permit("large");
        office.attach(large, "form");
        office.attach(large, "plan");
        office.visit(large, false);
        office.visit(large, true);
        Step step{.ledger = {},
                  .entry = large,
                  .transition = "check",
                  .happened_on = "2023-11-03",
                  .fields = Value::Map{{"fee", "12.5"}},
                  .note = {}};
        CHECK(codes(office.take(step)) == Lines{"procedure.link_missing|visit"});
        office.visit(large, true);
        REQUIRE(office.take(step));
        CHECK(office.kept.find("permit", large)->fields.at("fee") == Value(1250));
    });
}

TEST_CASE("the latest link decides where the latest is asked for") {
    for_each_database([](storage::Database& database) {
        Permits office(database);
        const EntryId id = office.checkable();
        office.visit(id, false);
        CHECK(codes(office.take(id, "check")) == Lines{"procedure.link_missing|visit"});
        office.visit(id, true);
        CHECK(office.take(id, "check"));
    });
}

TEST_CASE("what the definition refuses says why, and a step exists only where its when holds") {
    for_each_database([](storage::Database& database) {
        Permits office(database);
        const EntryId id = office.checkable();
        Step step{.ledger = {},
                  .entry = id,
                  .transition = "check",
                  .happened_on = "2023-11-03",
                  .fields = Value::Map{{"reason", "另有考虑"}},
                  .note = {}};
        const auto refused = office.take(step);
        CHECK(codes(refused) == Lines{"procedure.refused|check"});
        CHECK(refused.error().message.find("有理由的不走核查") != std::string::npos);
        CHECK(codes(office.take(id, "refuse", "zhao")) == Lines{"procedure.no_such_step|refuse"});
        CHECK(codes(office.take(id, "nothing")) == Lines{"procedure.no_such_step|transition"});
        CHECK(codes(office.take(id, "grant", "zhao")) == Lines{"procedure.no_such_step|grant"});
    });
}

TEST_CASE("the date of a step lies between the one before and today") {
    for_each_database([](storage::Database& database) {
        Permits office(database);
        const EntryId id = office.checkable();
        const auto on = [&](const char* day) {
            return codes(office.take(Step{.ledger = {},
                                          .entry = id,
                                          .transition = "check",
                                          .happened_on = day,
                                          .fields = {},
                                          .note = {}}));
        };
        CHECK(on("2023-10-31") == Lines{"procedure.bad_date|happened_on"});
        CHECK(on("2024-01-03") == Lines{"procedure.bad_date|happened_on"});
        CHECK(on("2023-11-31") == Lines{"procedure.bad_date|happened_on"});
        CHECK(on("") == Lines{});  // today
        const auto connection = database.reading();
        CHECK(office.kept.ledgers.passages(*connection, access::testing::kOffice, "permit", id)
                  .back()
                  .happened_on == "2024-01-02");
    });
}

TEST_CASE(
    "who did the step before does not take the next; the leader stands in where nobody is left") {
    for_each_database([](storage::Database& database) {
        Permits office(database);
        const EntryId id = office.checkable();
        REQUIRE(office.take(id, "check"));
        Step step{.ledger = {},
                  .entry = id,
                  .transition = "grant",
                  .happened_on = "2023-11-04",
                  .fields = Value::Map{{"opinion", "同意"}},
                  .note = {}};
        const auto same = office.take(step, "li");
        CHECK(codes(same) == Lines{"procedure.same_person|previous_actor"});
        CHECK(flatten(same.error()).front().may == Lines{"zhao"});
        CHECK(codes(office.take(step, "sun")) == Lines{"procedure.not_your_step|grant"});
        CHECK(office.take(step, "zhao"));
    });
}

TEST_CASE("required fields of a state, a default by the step, and entries that a step opens") {
    for_each_database([](storage::Database& database) {
        Permits office(database);
        const EntryId id = office.checkable();
        REQUIRE(office.kept.amend("permit", id, {{"sites", "街路：解放路；街路：人民路"}}));
        REQUIRE(office.take(id, "check"));
        CHECK(codes(office.take(id, "grant", "zhao")) == Lines{"procedure.field_missing|opinion"});
        const auto done = office.take(Step{.ledger = {},
                                           .entry = id,
                                           .transition = "grant",
                                           .happened_on = "2023-11-04",
                                           .fields = Value::Map{{"opinion", "同意"}},
                                           .note = {}},
                                      "zhao");
        REQUIRE(done);
        CHECK(done->entry.fields.at("granted_on") == Value("2023-11-04"));
        REQUIRE(done->opened.at("visit").size() == 3);
        const auto first = office.kept.find("visit", done->opened.at("visit")[0]);
        CHECK(first->fields.at("permit") == Value(id.value));
        CHECK(first->fields.at("occurred_on") == Value("2023-11-04"));
        CHECK(first->fields.at("good") == Value(true));
        CHECK(office.kept.find("visit", done->opened.at("visit")[2])->fields.at("street") ==
              Value("人民路"));
        CHECK(office.kept.found_by_verify() == Lines{});
    });
}

TEST_CASE("a step hands the entry over, and the new handler may go on") {
    for_each_database([](storage::Database& database) {
        Permits office(database);
        const EntryId id = office.checkable();
        CHECK(codes(office.take(id, "check", "sun")) == Lines{"procedure.not_your_step|check"});
        REQUIRE(office.take(Step{.ledger = {},
                                 .entry = id,
                                 .transition = "assign",
                                 .happened_on = "2023-11-02",
                                 .fields = Value::Map{{"officer", "孙立"}, {"section", "yifeng"}},
                                 .note = {}}));
        const auto head = office.kept.find("permit", id)->head;
        CHECK(head.handler == office.kept.directory.person_named("sun")->id);
        CHECK(head.unit == office.kept.directory.unit_named("yifeng")->id);
        CHECK(office.take(id, "check", "sun"));
    });
}

TEST_CASE("a step may be limited in number, and may demand a note") {
    for_each_database([](storage::Database& database) {
        Permits office(database);
        const EntryId id = office.permit("large");
        CHECK(office.take(id, "urge"));
        CHECK(codes(office.take(id, "urge")) == Lines{"procedure.too_often|urge"});
        CHECK(codes(office.take(id, "refuse", "zhao")) == Lines{"procedure.note_missing|note"});
        CHECK(office.take(Step{.ledger = {},
                               .entry = id,
                               .transition = "refuse",
                               .happened_on = "2023-11-03",
                               .fields = {},
                               .note = "不符合条件"},
                          "zhao"));
        CHECK(codes(office.take(id, "urge")) == Lines{"procedure.no_such_step|urge"});
    });
}

TEST_CASE("the system takes only the steps that name it") {
    for_each_database([](storage::Database& database) {
        Permits office(database);
        const EntryId id = office.checkable();
        const auto by_system = [&](const char* transition) {
            return codes(office.take(Step{.ledger = {},
                                          .entry = id,
                                          .transition = transition,
                                          .happened_on = "2023-11-03",
                                          .fields = {},
                                          .note = {}},
                                     "li", [](ledger::Context& where) {
                                         where.actor =
                                             access::system_actor(access::testing::kOffice);
                                     }));
        };
        CHECK(by_system("check") == Lines{"procedure.not_your_step|check"});
        CHECK(by_system("urge") == Lines{});
    });
}

TEST_CASE("a step that comes after a period waits until it has run out") {
    for_each_database([](storage::Database& database) {
        Permits office(database);
        const EntryId id = office.permit();  // 1 November 2023: 20 workdays end on the 29th
        const auto early = office.take(id, "wait");
        CHECK(codes(early) == Lines{"procedure.too_early|term"});
        CHECK(early.error().message.find("2023年11月29日") != std::string::npos);
        const auto late = office.take(Step{.ledger = {},
                                           .entry = id,
                                           .transition = "wait",
                                           .happened_on = "2023-11-30",
                                           .fields = {},
                                           .note = {}});
        CHECK(codes(late) == Lines{});
    });
}

TEST_CASE("a locked field is amended no more") {
    for_each_database([](storage::Database& database) {
        Permits office(database);
        const EntryId id = office.checkable();
        REQUIRE(office.kept.amend("permit", id, {{"kind", "plain"}}));
        REQUIRE(office.take(id, "check"));
        CHECK(codes_of(office.kept.amend("permit", id, {{"kind", "large"}}).error()) ==
              Lines{"ledger.locked|kind"});
    });
}

TEST_CASE("history import waives persons and papers, not links, fields or dates") {
    for_each_database([](storage::Database& database) {
        Permits office(database);
        const EntryId id = office.permit();
        const auto import = [&](const char* transition, const char* day) {
            return codes(office.take(Step{.ledger = {},
                                          .entry = id,
                                          .transition = transition,
                                          .happened_on = day,
                                          .fields = {},
                                          .note = "历史导入"},
                                     "sun",
                                     [](ledger::Context& where) { where.importing = true; }));
        };
        CHECK(import("check", "2023-11-03") == Lines{"procedure.link_missing|visit"});
        office.visit(id, true);
        CHECK(import("check", "2023-10-01") == Lines{"procedure.bad_date|happened_on"});
        CHECK(import("check", "2023-11-03") == Lines{});
        const auto connection = database.reading();
        CHECK(office.kept.ledgers.passages(*connection, access::testing::kOffice, "permit", id)
                  .back()
                  .imported);
        CHECK(import("grant", "2023-11-04") == Lines{"procedure.field_missing|opinion"});
    });
}

TEST_CASE("the possible steps of an entry say what each still misses") {
    for_each_database([](storage::Database& database) {
        Permits office(database);
        const EntryId id = office.checkable();
        const auto connection = database.reading();
        const auto possible =
            office.procedures.possible(*connection, office.kept.context("li"), "permit", id);
        REQUIRE(possible);
        Lines names;
        for (const auto& each : *possible)
            names.push_back(each.transition + " " + std::to_string(each.missing.size()));
        CHECK(names == Lines{"assign 1", "check 0", "urge 0", "wait 0"});
    });
}

}  // namespace fazhi::procedure
