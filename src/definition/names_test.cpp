#include "definition/names.h"

#include <doctest/doctest.h>

namespace fazhi::definition {

TEST_CASE("a name is lower-case letters, digits and single underscores, and not too long") {
    for (const char* name : {"a", "dispute", "law_topics_2", "a1"}) {
        CAPTURE(name);
        CHECK(fault_of_name(name, NameUse::Id).empty());
    }
    for (const char* name : {"", "Dispute", "1st", "_a", "a__b", "a-b", "纠纷", "a b"}) {
        CAPTURE(name);
        CHECK_FALSE(fault_of_name(name, NameUse::Id).empty());
    }
    CHECK(fault_of_name(std::string(kNameCharactersMax, 'a'), NameUse::Id).empty());
    CHECK_FALSE(fault_of_name(std::string(kNameCharactersMax + 1, 'a'), NameUse::Id).empty());
}

TEST_CASE("a column is neither a word of SQL nor one every entry has; other names may be") {
    for (const char* name : {"order", "user", "group", "state", "unit_id", "month", "xmin"}) {
        CAPTURE(name);
        CHECK_FALSE(fault_of_name(name, NameUse::Column).empty());
        CHECK(fault_of_name(name, NameUse::Id).empty());
    }
    for (const char* name : {"title", "kind", "place", "number", "name"}) {
        CAPTURE(name);
        CHECK(fault_of_name(name, NameUse::Column).empty());
    }
}

TEST_CASE("a misspelt word is told the one that was meant, a strange one what there is") {
    const std::vector<std::string> known = {"title", "type", "required", "options"};
    CHECK(suggestion("optoins", known) == "，是否要写“options”");
    CHECK(suggestion("colour", known) == "；可以写 title、type、required、options");
}

}  // namespace fazhi::definition
