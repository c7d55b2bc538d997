#include "access/directory.h"

#include <doctest/doctest.h>

#include "access/testing/office.h"

namespace fazhi::access {

TEST_CASE("units and people are found by number") {
    const Directory where = testing::office_directory();
    CHECK(where.unit(UnitId{12})->code == "huachuang");
    CHECK(where.unit(UnitId{0}) == nullptr);
    CHECK(where.unit(UnitId{99}) == nullptr);
    CHECK(where.person(PersonId{22})->code == "li");
    CHECK(where.person(PersonId{30}) == nullptr);
}

TEST_CASE("units and people are found by what others call them") {
    Directory where = testing::office_directory();
    where.units[1].short_name = "华创";
    CHECK(where.unit_named("huachuang") == &where.units[1]);
    CHECK(where.unit_named("华创社区") == &where.units[1]);
    CHECK(where.unit_named("华创") == &where.units[1]);
    CHECK(where.unit_named("华") == nullptr);
    CHECK(where.unit_named("") == nullptr);
    CHECK(where.person_named("王小明") == where.person(PersonId{21}));
}

TEST_CASE("a name that two share finds nobody, a code finds its owner all the same") {
    Directory where = testing::office_directory();
    where.persons[1].name = "王小明";
    CHECK(where.person_named("王小明") == nullptr);
    CHECK(where.person_named("li") == &where.persons[1]);
    where.persons[2].name = "sun";  // Somebody's name is another's code.
    where.persons[3].name = "sun";
    CHECK(where.person_named("sun") == &where.persons[4]);
}

TEST_CASE("the holders of a post are found") {
    const Directory where = testing::office_directory();
    CHECK(where.holders("clerk").size() == 2);
    CHECK(where.holders("leader").front()->code == "zhao");
    CHECK(where.holders("bureau").empty());
}

TEST_CASE("a setting is the office's own, else the default, else empty") {
    Directory where = testing::office_directory();
    const definition::DefinitionSet& set = testing::office_set();
    CHECK(where.setting(set, "addressee") == Value("区政府"));
    where.settings.emplace("addressee", "区委、区政府");
    CHECK(where.setting(set, "addressee") == Value("区委、区政府"));
    CHECK(where.setting(set, "hours").is_null());
    CHECK(where.setting(set, "nothing").is_null());
}

}  // namespace fazhi::access
