// packs/systems.csv: each of the 84 groups of mechanisms is carried by a definition, and shown by a
// story that uses it.
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "action/deadline.h"
#include "action/scenario.h"
#include "calendar/date.h"
#include "definition/calendars.h"
#include "definition/loader.h"
#include "definition/yaml_tree.h"
#include "exchange/csv.h"

namespace fazhi::action {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    REQUIRE_MESSAGE(in, file.string());
    return {std::istreambuf_iterator<char>(in), {}};
}

const definition::DefinitionSet& all_packs() {
    static const auto kSet = [] {
        std::vector<definition::PackSource> packs;
        for (const auto& each : fs::directory_iterator("packs")) {
            if (definition::is_pack(each.path()))
                packs.push_back(*definition::read_pack(each.path()));
        }
        return definition::build_set(definition::in_order_of_need(std::move(packs))).set;
    }();
    REQUIRE(kSet != nullptr);
    return *kSet;
}

// Rows of a CSV file by column.
std::vector<std::map<std::string, std::string>> rows_of(const fs::path& file) {
    const auto sheet = exchange::read_csv(text_of(file));
    REQUIRE(sheet);
    std::vector<std::map<std::string, std::string>> out;
    for (std::size_t i = 1; i < sheet->rows.size(); ++i) {
        auto& row = out.emplace_back();
        for (std::size_t c = 0; c < sheet->rows[0].size(); ++c)
            row[sheet->rows[0][c]] = c < sheet->rows[i].size() ? sheet->rows[i][c] : "";
    }
    return out;
}

// Does the story record in the ledger, ask for the duty, or draw on what a step opens?
bool uses(const Value& story, const std::string& definition) {
    const auto names = [&](const Value& step, const char* key) {
        return step.text_at(key) == definition;
    };
    const Value& steps = story.at("steps");
    for (const Value& step : steps.as_list()) {
        if (names(step, "create") || names(step, "duties")) return true;
        const Value& opens = step.at("expect").at("opens");
        if (opens.has(definition)) return true;
    }
    const Value& entries = story.at("entries");
    if (!entries.is_map()) return false;
    for (const auto& [label, entry] : entries.as_map()) {
        if (names(entry, "ledger")) return true;
    }
    return false;
}

}  // namespace

TEST_CASE("all 84 groups of mechanisms are carried by a definition and shown by a story") {
    const auto rows = rows_of("packs/systems.csv");
    std::set<std::string> groups;
    for (const auto& row : rows) {
        CAPTURE(row.at("group"));
        groups.insert(row.at("group"));
        const std::string& name = row.at("definition");
        const bool defined =
            all_packs().ledger(name) != nullptr || all_packs().duty(name) != nullptr;
        CHECK_MESSAGE(defined, name);
        CHECK_FALSE(row.at("behaviour").empty());
        const std::string& story = row.at("scenario");
        const auto slash = story.find('/');
        REQUIRE(slash != std::string::npos);
        const fs::path file = fs::path("packs") / story.substr(0, slash) / "scenarios" /
                              (story.substr(slash + 1) + ".yaml");
        REQUIRE_MESSAGE(fs::exists(file), file.string());
        const auto read = definition::value_of_yaml(text_of(file));
        REQUIRE(read);
        CHECK_MESSAGE(uses(*read, name), name, " in ", file.string());
    }
    CHECK(rows.size() == 84);
    for (int number = 1; number <= 84; ++number)
        CHECK(groups.contains(fmt::format("G{:02}", number)));
}

TEST_CASE("every statutory period ends on the day worked out by hand from the notices") {
    const auto workdays = definition::workdays_of(all_packs());
    REQUIRE(workdays);
    const auto rows = rows_of("tests/data/periods.csv");
    CHECK(rows.size() >= 80);
    for (const auto& row : rows) {
        CAPTURE(row.at("clock"));
        CAPTURE(row.at("from"));
        const auto deadline = deadline_of({.from = row.at("from"),
                                           .within = row.at("within"),
                                           .law = row.at("law"),
                                           .party = row.at("party") == "1"},
                                          all_packs(), **workdays);
        if (!deadline) FAIL(deadline.error().message);
        CHECK(calendar::to_text(deadline->due_on) == row.at("due_on"));
        CHECK(deadline->days.front().date == deadline->from);
        CHECK(deadline->days.back().date == deadline->due_on);
    }
}

TEST_CASE("the deadline calculator says everything that it cannot read") {
    const auto workdays = definition::workdays_of(all_packs());
    const auto refused = deadline_of(
        {.from = "2024-02-30", .within = "20", .law = "政府信息公开条历"}, all_packs(), **workdays);
    REQUIRE_FALSE(refused);
    const auto all = flatten(refused.error());
    REQUIRE(all.size() == 3);
    CHECK(all[2].message.find("政府信息公开条例") != std::string::npos);
    CHECK(deadline_of({.from = "2024年9月27日", .within = "２０个工作日", .law = {}}, all_packs(),
                      **workdays)
              ->due_on == calendar::date_from("2024-10-30"));
}

}  // namespace fazhi::action
