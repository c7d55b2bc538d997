// The five reports this program began with, which are not part of it: where FAZHI_SEEDS names the
// folder that holds them (seeds/, facts/), the figures read from them are held against lists made
// by hand.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "exchange/csv.h"
#include "exchange/table.h"
#include "review/figures.h"
#include "review/read_plain_text.h"
#include "review/testing/national_lexicon.h"
#include "text/utf8.h"

namespace fazhi::review {

namespace {

namespace fs = std::filesystem;

using Row = std::map<std::string, std::string>;

std::string bytes_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<Row> rows_of(const fs::path& path, const std::vector<std::string>& heads) {
    const auto sheet = exchange::table_of(exchange::read_csv(bytes_of(path)).value(), heads);
    REQUIRE(sheet);
    std::vector<Row> out;
    for (const exchange::SheetRow& row : sheet->rows) {
        Row cells;
        for (std::size_t i = 0; i < sheet->heads.size(); ++i) cells[sheet->heads[i]] = row.cells[i];
        out.push_back(std::move(cells));
    }
    return out;
}

struct SeedFigure {
    Figure figure;
    std::string text;
    std::uint32_t place = 0;  // characters that are no white space before it, from 0
    std::uint32_t end = 0;
    bool met = false;
};

// Of the file as it is, its page numbers and marks included.
std::vector<SeedFigure> figures_of_file(const fs::path& path) {
    const std::string text = bytes_of(path);
    const SourceText source = read_plain_text(text).value();
    const Prose prose(source);
    const TextMarks marks(national_lexicon(), prose.text());
    const Outline outline = outline_of(prose);
    const DocumentFacts facts = facts_of(prose, outline, national_lexicon());
    std::vector<std::uint32_t> solid_before_line = {0};  // by line, from 1
    std::vector<std::u32string> lines = {U""};
    for (const char32_t c : text::code_points(text)) {
        if (c == U'\n') {
            lines.emplace_back();
        } else {
            lines.back() += c;
        }
    }
    const auto solid = [](std::u32string_view part) {
        std::uint32_t count = 0;
        for (const char32_t c : part) count += c == U' ' || c == U'\u3000' || c == U'\t' ? 0U : 1U;
        return count;
    };
    std::uint32_t sum = 0;
    for (const std::u32string& line : lines) {
        solid_before_line.push_back(sum);
        sum += solid(line);
    }
    std::vector<SeedFigure> out;
    for (const Figure& figure : figures_of(prose, marks, outline, facts, national_lexicon())) {
        const Spot spot = prose.spot(figure.extent.begin);
        // Lines were trimmed before they were joined: the offset is one in the trimmed line.
        const std::uint32_t place = solid_before_line[spot.line] + spot.offset;
        out.push_back({figure, figure_text(prose, figure), place, place + figure.extent.size()});
    }
    return out;
}

bool is_counted(const Row& row) {
    const std::string& kind = row.at("figure_class");
    return kind == "stat" || kind == "percent" || kind == "stat_zero";
}

std::string qualifier_of(const Row& row) {
    return row.at("qualifier") == "approx_at_least" ? "at_least" : row.at("qualifier");
}

// The place is of the number; a figure begins there, or with the words that qualify it.
bool meets(const SeedFigure& found, const Row& row) {
    const auto at = static_cast<std::uint32_t>(std::stoul(row.at("norm_offset")));
    constexpr std::uint32_t kNear = 12;
    return found.place < at + kNear && at < found.end + kNear &&
           value_text(found.figure.value) == row.at("value") &&
           found.figure.unit == row.at("unit") &&
           qualifier_name(found.figure.qualifier) == qualifier_of(row);
}

}  // namespace

TEST_CASE("every figure of the five reports is read, and hardly anything else") {
    const char* folder = std::getenv("FAZHI_SEEDS");
    if (folder == nullptr) {
        MESSAGE("FAZHI_SEEDS is not set: the five reports are not read");
        return;
    }
    const fs::path root(folder);
    const std::vector<std::string> heads = {"row_id", "seed_file", "value", "unit", "qualifier"};
    std::map<std::string, std::vector<SeedFigure>> found;
    for (const auto& each : fs::directory_iterator(root / "seeds"))
        found[each.path().filename().string()] = figures_of_file(each.path());
    std::size_t wanted = 0;
    std::size_t met = 0;
    for (const Row& row : rows_of(root / "facts/seed_figures.csv", heads)) {
        for (SeedFigure& each : found[row.at("seed_file")]) {
            const auto at = static_cast<std::uint32_t>(std::stoul(row.at("norm_offset")));
            if (!is_counted(row) && each.place <= at && at < each.end) each.met = true;
        }
        if (!is_counted(row)) continue;
        ++wanted;
        bool here = false;
        for (SeedFigure& each : found[row.at("seed_file")]) {
            if (!meets(each, row)) continue;
            each.met = here = true;
        }
        met += here ? 1 : 0;
        const std::string said = row.at("row_id") + " " + row.at("phrase");
        CHECK_MESSAGE(here, said);
    }
    std::size_t reported = 0;
    std::size_t right = 0;
    for (const auto& [file, figures] : found) {
        for (const SeedFigure& each : figures) {
            ++reported;
            right += each.met ? 1 : 0;
            if (each.met) continue;
            const std::string said = fmt::format("{}: {} at {}", file, each.text, each.place);
            MESSAGE(said);
        }
    }
    const std::string sum = fmt::format("{} of {} figures found; {} of {} reported are figures",
                                        met, wanted, right, reported);
    MESSAGE(sum);
    CHECK(right * 100 >= reported * 98);
    for (const Row& row : rows_of(root / "facts/seed_figures_excluded.csv",
                                  {"row_id", "seed_file", "category", "token", "norm_offset"})) {
        if (row.at("category") == "implied_universal") continue;
        const auto at = static_cast<std::uint32_t>(std::stoul(row.at("norm_offset")));
        for (const SeedFigure& each : found[row.at("seed_file")]) {
            const bool on_it = each.place <= at && at < each.end && !each.met;
            const std::string said = row.at("row_id") + " " + each.text;
            CHECK_MESSAGE(!on_it, said);
        }
    }
}

}  // namespace fazhi::review
