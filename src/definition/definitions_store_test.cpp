#include <doctest/doctest.h>

#include "definition/definition_store.h"
#include "definition/definitions.h"
#include "definition/errors.h"
#include "definition/testing/packs.h"
#include "storage/testing/databases.h"
#include "storage/transaction.h"

namespace fazhi::definition {

using storage::testing::for_each_database;
using testing::changed;
using testing::local_pack;
using testing::office_pack;

namespace {

Result<Definitions::Installed> install(storage::Database& database, const Definitions& definitions,
                                       const PackSource& pack) {
    const auto connection = database.writing();
    storage::Transaction transaction(*connection);
    TRY(const auto outcome, definitions.install(transaction, pack));
    transaction.commit();
    return outcome;
}

PackSource extending(const std::string& name, const std::string& field) {
    return local_pack(
        name, "ledgers/extra.yaml",
        "extend: complaint\nfields: {" + field + ": {title: " + field + ", type: text}}\n");
}

}  // namespace

TEST_CASE("a pack is installed once; the same again changes nothing") {
    for_each_database([](storage::Database& database) {
        const Definitions definitions;
        CHECK(*install(database, definitions, office_pack()) == Definitions::Installed::New);
        CHECK(*install(database, definitions, office_pack()) ==
              Definitions::Installed::AlreadyThere);
        const auto reading = database.reading();
        const auto installed = definitions.installed(*reading);
        REQUIRE(installed.size() == 1);
        CHECK(installed.front().files.size() == office_pack().files.size());
    });
}

TEST_CASE("a later version replaces, an older or unraised one is refused") {
    for_each_database([](storage::Database& database) {
        const Definitions definitions;
        const auto version = [](const char* text) {
            PackSource pack = changed(office_pack(), "pack.yaml", "1.0.0", text);
            pack.version = text;
            return pack;
        };
        REQUIRE(install(database, definitions, version("1.2.0")));
        CHECK(install(database, definitions, version("1.1.9")).error().code ==
              errors::kOlderVersion);
        CHECK(install(database, definitions,
                      changed(version("1.2.0"), "pack.yaml", "试验街道", "别的街道"))
                  .error()
                  .code == errors::kVersionNotRaised);
        CHECK(*install(database, definitions, version("1.10.0")) ==
              Definitions::Installed::Updated);
        CHECK(definitions.installed(*database.reading()).front().version == "1.10.0");
    });
}

TEST_CASE("a faulty pack is refused with every problem and leaves nothing") {
    for_each_database([](storage::Database& database) {
        const Definitions definitions;
        PackSource pack = changed(office_pack(), "roles.yaml", "scope: unit", "scope: units");
        pack = changed(pack, "settings.yaml", "default: 15 days", "default: soon");
        const auto refused = install(database, definitions, pack);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == errors::kFaultyPack);
        CHECK(flatten(refused.error()).size() == 2);
        CHECK(definitions.installed(*database.reading()).empty());
    });
}

TEST_CASE("packs that quarrel over a name cannot both be installed") {
    for_each_database([](storage::Database& database) {
        const Definitions definitions;
        REQUIRE(install(database, definitions, office_pack()));
        REQUIRE(install(database, definitions, extending("a", "lamp")));
        CHECK_FALSE(install(database, definitions, extending("b", "lamp")));
        CHECK(install(database, definitions, extending("b", "bench")));
    });
}

TEST_CASE("the union holds every extension, a jurisdiction's set only its own") {
    for_each_database([](storage::Database& database) {
        const Definitions definitions;
        REQUIRE(install(database, definitions, office_pack()));
        REQUIRE(install(database, definitions, extending("a", "lamp")));
        REQUIRE(install(database, definitions, extending("b", "bench")));
        const auto reading = database.reading();
        const auto all = definitions.union_set(*reading);
        REQUIRE(all);
        CHECK((*all)->ledger("complaint")->field("lamp") != nullptr);
        CHECK((*all)->ledger("complaint")->field("bench") != nullptr);
        const auto own = definitions.set_for(*reading, {"b", "office"});
        REQUIRE(own);
        CHECK((*own)->ledger("complaint")->field("lamp") == nullptr);
        CHECK(*definitions.set_for(*reading, {"office", "b"}) == *own);  // the very same, kept
        CHECK(definitions.set_for(*reading, {"office", "c"}).error().code == errors::kNoPack);
        CHECK(definitions.set_for(*reading, {"b"}).error().code == errors::kFaultyPack);
    });
}

TEST_CASE("packs that replace the same form may both be installed, an office turns on one") {
    for_each_database([](storage::Database& database) {
        const Definitions definitions;
        REQUIRE(install(database, definitions, office_pack()));
        for (const char* name : {"a", "b"}) {
            const auto pack = testing::local_pack(name, "documents/reply.yaml",
                                                  "replaces: reply\ntemplate: forms/own.docx\n");
            REQUIRE(install(database, definitions,
                            testing::with_file(pack, "forms/own.docx", std::string("\xFF\0a", 3))));
        }
        const auto reading = database.reading();
        const auto all = definitions.union_set(*reading);
        REQUIRE(all);
        CHECK((*all)->templates().size() == 2);
        const auto own = definitions.set_for(*reading, {"a", "office"});
        REQUIRE(own);
        CHECK((*own)->template_file("a/forms/own.docx")->bytes == std::string("\xFF\0a", 3));
        for (int time = 0; time < 2; ++time) {  // kept or not
            const auto both = definitions.set_for(*reading, {"a", "b", "office"});
            CHECK(both.error().code == errors::kFaultyPack);
            CHECK(both.error().message.find("a、b") != std::string::npos);
        }
    });
}

TEST_CASE("an install by somebody else is seen at the next question") {
    for_each_database([](storage::Database& database) {
        const Definitions ours;
        const Definitions theirs;
        REQUIRE(install(database, ours, office_pack()));
        CHECK((*ours.union_set(*database.reading()))->ledger("complaint")->field("lamp") ==
              nullptr);
        REQUIRE(install(database, theirs, extending("a", "lamp")));
        CHECK((*ours.union_set(*database.reading()))->ledger("complaint")->field("lamp") !=
              nullptr);
    });
}

TEST_CASE("a stored set comes back by its digest, changed content does not") {
    for_each_database([](storage::Database& database) {
        const auto set = testing::office_set();
        const std::string digest = set->digest().hex();
        {
            const Definitions definitions;
            const auto connection = database.writing();
            storage::Transaction transaction(*connection);
            definitions.store_set(transaction, *set);
            definitions.store_set(transaction, *set);
            transaction.commit();
        }
        const Definitions later;
        const auto found = later.set_by_digest(*database.reading(), digest);
        REQUIRE(found);
        CHECK((*found)->content() == set->content());
        CHECK(later.set_by_digest(*database.reading(), std::string(64, '0')).error().code ==
              errors::kNoSuchSet);

        database.writing()->execute("UPDATE definition_set SET content = $1",
                                    {set->content() + " "});
        const Definitions another;
        CHECK(another.set_by_digest(*database.reading(), digest).error().code ==
              errors::kBadContent);
    });
}

}  // namespace fazhi::definition
