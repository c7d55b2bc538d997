#include "access/permission.h"

#include <doctest/doctest.h>

#include "access/errors.h"
#include "access/testing/office.h"

namespace fazhi::access {

namespace {

using testing::district_person;
using testing::office_directory;
using testing::office_set;

constexpr UnitId kSection{11};
constexpr UnitId kHuachuang{12};
constexpr UnitId kYifeng{13};
constexpr UnitId kAlone{14};

Actor person_called(const Directory& where, std::string_view code) {
    const Person* person = where.person_named(code);
    REQUIRE(person != nullptr);
    return where.actor(*person);
}

Actor with_posts(const std::vector<std::string>& posts, UnitId unit = kHuachuang) {
    Actor actor;
    actor.jurisdiction = testing::kOffice;
    actor.person = PersonId{21};
    actor.name = "王小明";
    for (const std::string& post : posts) actor.posts.push_back({1, post, unit});
    return actor;
}

}  // namespace

TEST_CASE("what somebody may do follows the scope of the post") {
    const Directory where = office_directory();
    struct Case {
        const char* who;
        Ability ability;
        UnitId unit;
        bool may;
    };
    const Case cases[] = {
        {"wang", Ability::Record, kHuachuang, true}, {"wang", Ability::Record, kYifeng, false},
        {"wang", Ability::Record, kSection, false},  {"wang", Ability::Close, kHuachuang, false},
        {"qian", Ability::Assign, kSection, true},   {"qian", Ability::Assign, kHuachuang, true},
        {"qian", Ability::Assign, kAlone, false},    {"qian", Ability::Record, kSection, false},
        {"li", Ability::Publish, kAlone, true},      {"li", Ability::Verify, kAlone, false},
        {"zhao", Ability::Close, kYifeng, true},     {"zhao", Ability::Record, kYifeng, false},
    };
    for (const Case& one : cases) {
        CAPTURE(one.who);
        CAPTURE(to_text(one.ability));
        CAPTURE(one.unit.value);
        CHECK(may(where, office_set(), person_called(where, one.who), one.ability,
                  {"visit", one.unit}) == one.may);
    }
}

TEST_CASE("what no role grants is refused") {
    const Directory where = office_directory();
    SUBCASE("somebody without a post") {
        CHECK_FALSE(may(where, office_set(), with_posts({}), Ability::View, {"visit", kHuachuang}));
    }
    SUBCASE("a post the packs do not know") {
        CHECK_FALSE(
            may(where, office_set(), with_posts({"ghost"}), Ability::View, {"visit", kHuachuang}));
    }
    SUBCASE("an entry of no unit, through the scope unit") {
        CHECK_FALSE(may(where, office_set(), with_posts({"clerk"}, UnitId{}), Ability::View,
                        {"visit", UnitId{}}));
    }
    SUBCASE("a unit nobody leads, through a post over no unit") {
        CHECK_FALSE(may(where, office_set(), with_posts({"section_head"}, UnitId{}), Ability::View,
                        {"visit", kAlone}));
    }
    SUBCASE("an actor who belongs nowhere") {
        Actor nobody = with_posts({"law_office"});
        nobody.jurisdiction = {};
        CHECK_FALSE(may(where, office_set(), nobody, Ability::View, {"visit", kHuachuang}));
    }
}

TEST_CASE("scope own covers the entries somebody handles and no others") {
    const Directory where = office_directory();
    const Actor reporter = with_posts({"reporter"});
    CHECK(may(where, office_set(), reporter, Ability::View, {"visit", kYifeng, PersonId{21}}));
    CHECK_FALSE(
        may(where, office_set(), reporter, Ability::View, {"visit", kYifeng, PersonId{22}}));
    CHECK_FALSE(may(where, office_set(), reporter, Ability::View, {"visit", kHuachuang}));
}

TEST_CASE("the district acts in an office only through jurisdictions below") {
    const Directory where = office_directory();
    const Concern about{"visit", kHuachuang};
    CHECK(may(where, office_set(), district_person({"bureau"}), Ability::Verify, about));
    CHECK_FALSE(may(where, office_set(), district_person({"bureau"}), Ability::Record, about));
    CHECK_FALSE(may(where, office_set(), district_person({"law_office"}), Ability::Record, about));
    CHECK_FALSE(
        may(where, office_set(), district_person({"clerk"}), Ability::View, {"visit", UnitId{5}}));

    Directory elsewhere = where;
    elsewhere.above = {};
    CHECK_FALSE(may(elsewhere, office_set(), district_person({"bureau"}), Ability::Verify, about));
}

TEST_CASE("what concerns the whole office asks for the ability over all its ledgers") {
    const Directory where = office_directory();
    const auto throughout = [&](const Actor& actor, Ability ability) {
        return may_throughout(where, office_set(), actor, ability);
    };
    CHECK(throughout(with_posts({"law_office"}), Ability::Record));
    CHECK_FALSE(throughout(with_posts({"law_office"}), Ability::Verify));
    CHECK_FALSE(throughout(with_posts({"clerk"}), Ability::Record));  // of a unit only
    CHECK_FALSE(throughout(with_posts({"section_head"}), Ability::View));
    CHECK_FALSE(throughout(with_posts({"reporter"}), Ability::View));
    CHECK(throughout(district_person({"bureau"}), Ability::Verify));
    CHECK_FALSE(throughout(district_person({"law_office"}), Ability::Record));
    CHECK_FALSE(throughout(with_posts({"bureau"}), Ability::Verify));  // scope: those below
    // Only what is barred everywhere bars it: outsider may not see one ledger.
    CHECK(throughout(with_posts({"outsider"}), Ability::View));
    Actor by_token = with_posts({"law_office"});
    by_token.token = TokenLimits{{"record"}, {}};
    CHECK(throughout(by_token, Ability::Record));
    CHECK_FALSE(throughout(by_token, Ability::View));
    by_token.token = TokenLimits{{"record"}, {"visit"}};
    CHECK_FALSE(throughout(by_token, Ability::Record));

    const auto refused =
        require_throughout(where, office_set(), with_posts({"clerk"}), Ability::Record, "核对全办");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errors::kForbidden);
    CHECK_FALSE(refused.error().may.empty());
}

TEST_CASE("jurisdictions below does not reach into one's own jurisdiction") {
    const Directory where = office_directory();
    CHECK_FALSE(
        may(where, office_set(), with_posts({"bureau"}), Ability::View, {"visit", kHuachuang}));
}

TEST_CASE(
    "a confidential ledger is open to its handler and the posts it names, for recording to all") {
    const Directory where = office_directory();
    const Concern handled{"petition", kHuachuang, PersonId{21}};
    const Concern by_another{"petition", kHuachuang, PersonId{25}};
    const Actor clerk = person_called(where, "wang");
    CHECK(may(where, office_set(), clerk, Ability::View, handled));
    CHECK_FALSE(may(where, office_set(), clerk, Ability::View, by_another));
    CHECK(may(where, office_set(), clerk, Ability::Record, by_another));
    CHECK(may(where, office_set(), person_called(where, "zhao"), Ability::View, by_another));
    CHECK_FALSE(may(where, office_set(), person_called(where, "li"), Ability::View, by_another));
}

TEST_CASE("a post that takes an ability away wins over those that grant it") {
    const Directory where = office_directory();
    const Actor actor = with_posts({"leader", "outsider"});
    CHECK(may(where, office_set(), actor, Ability::View, {"visit", kHuachuang}));
    CHECK_FALSE(may(where, office_set(), actor, Ability::View, {"petition", kHuachuang}));
    CHECK(may(where, office_set(), actor, Ability::Close, {"petition", kHuachuang}));
}

TEST_CASE("the system may do everything and holds no post") {
    const Directory where = office_directory();
    const Actor system = system_actor(testing::kOffice);
    CHECK(may(where, office_set(), system, Ability::Verify, {"petition", kAlone}));
    CHECK_FALSE(holds_for(where, office_set(), system, "clerk", kHuachuang));
}

TEST_CASE("a refusal names what was asked and up to three who may") {
    const Directory where = office_directory();
    const auto outcome = require(where, office_set(), person_called(where, "sun"), Ability::Move,
                                 {"visit", kHuachuang});
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().kind == ErrorKind::Forbidden);
    CHECK(outcome.error().code == errors::kForbidden);
    CHECK(outcome.error().message == "孙立没有在“走访”台账中办理的权限，请由王小明、李文办理。");
    CHECK(outcome.error().may == std::vector<std::string>{"wang", "li"});

    Directory crowded = where;
    for (std::int64_t id = 41; id < 50; ++id) {
        crowded.persons.push_back({PersonId{id},
                                   "p" + std::to_string(id),
                                   "某人",
                                   kHuachuang,
                                   {{id, "clerk", kHuachuang}}});
    }
    const auto again = require(crowded, office_set(), person_called(where, "sun"), Ability::Move,
                               {"visit", kHuachuang});
    REQUIRE_FALSE(again);
    CHECK(again.error().may.size() == 3);
}

TEST_CASE("a refusal says so where nobody may") {
    const auto outcome = require(office_directory(), office_set(), with_posts({"clerk"}),
                                 Ability::Export, {"visit", kHuachuang});
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().may.empty());
    CHECK(outcome.error().message.find("没有人有") != std::string::npos);
}

TEST_CASE("a step's post counts where its scope covers the entry's unit") {
    const Directory where = office_directory();
    CHECK(holds_for(where, office_set(), person_called(where, "wang"), "clerk", kHuachuang));
    CHECK_FALSE(holds_for(where, office_set(), person_called(where, "wang"), "clerk", kYifeng));
    CHECK(holds_for(where, office_set(), person_called(where, "li"), "law_office", kYifeng));
    CHECK_FALSE(holds_for(where, office_set(), person_called(where, "li"), "clerk", kSection));
    CHECK(holds_for(where, office_set(), district_person({"bureau"}), "bureau", kYifeng));
    CHECK_FALSE(holds_for(where, office_set(), with_posts({"reporter"}), "reporter", kHuachuang));
}

TEST_CASE("a token leaves of its holder's abilities what it names, and adds none") {
    const Directory where = office_directory();
    Actor li = person_called(where, "li");
    const auto can = [&](Ability ability, std::string_view ledger) {
        return may(where, office_set(), li, ability, {ledger, kAlone});
    };
    REQUIRE(can(Ability::View, "visit"));
    REQUIRE(can(Ability::Publish, "visit"));
    li.token = TokenLimits{{"view", "verify"}, {}};
    CHECK(can(Ability::View, "visit"));
    CHECK_FALSE(can(Ability::Publish, "visit"));
    CHECK_FALSE(can(Ability::Verify, "visit"));  // li has it neither
    CHECK(require_of_token(li, Ability::View, "visit"));
    const auto refused = require(where, office_set(), li, Ability::Publish, {"visit", kAlone});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errors::kForbidden);
    CHECK(refused.error().message.find("令牌") != std::string::npos);
    li.token = TokenLimits{{"view"}, {"petition"}};
    CHECK_FALSE(can(Ability::View, "visit"));
    CHECK_FALSE(require_of_token(li, Ability::View, "visit"));
    li.token = TokenLimits{};
    CHECK_FALSE(can(Ability::View, "visit"));
}

}  // namespace fazhi::access
