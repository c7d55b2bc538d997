#include "review/overview.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <tuple>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "review/review_words.h"

namespace fazhi::review {
namespace {

using Json = nlohmann::json;

Json result_of(const BatchFile& file) {
    std::ifstream in(file.result, std::ios::binary);
    Json out = Json::parse(in, nullptr, /*allow_exceptions=*/false);
    if (out.is_discarded())
        throw std::runtime_error(fmt::format("{} 损坏，请删去后重做。", file.result.string()));
    return out;
}

std::string number_text(const Json& value) {
    return value.is_number_integer() ? fmt::format("{}", value.get<std::int64_t>())
                                     : fmt::format("{}", value.get<double>());
}

// Of several of one measure the first: later ones are of a part, or another time.
void add_figures(const Json& review, OverviewRow& row) {
    for (const Json& figure : review.at("figures")) {
        if (figure.at("measure").is_null() || figure.contains("part_of") ||
            figure.contains("change"))
            continue;
        const auto measure = figure.at("measure").get<std::string>();
        const bool is_known =
            std::any_of(row.figures.begin(), row.figures.end(),
                        [&](const UnitFigure& each) { return each.measure == measure; });
        if (!is_known) row.figures.push_back({measure, number_text(figure.at("value"))});
    }
}

OverviewRow row_of(const BatchFile& file, const std::map<std::string, std::size_t>& checks) {
    const Json review = result_of(file);
    const Json& document = review.at("document");
    OverviewRow out{.unit = document.at("unit").get<std::string>(),
                    .date = document.at("date").get<std::string>(),
                    .found = std::vector<std::size_t>(checks.size()),
                    .verdicts = std::vector<std::string>(checks.size())};
    if (out.unit.empty()) out.unit = file.file.filename().string();
    if (!document.at("year").is_null()) out.year = document.at("year");
    for (const Json& finding : review.at("findings")) {
        const std::string level = finding.at("level");
        ++(level == "error" ? out.errors : level == "warning" ? out.warnings : out.notes);
        const auto check = checks.find(finding.at("check").get<std::string>());
        if (check != checks.end()) ++out.found[check->second];
    }
    for (const Json& each : review.at("checks")) {
        const auto check = checks.find(each.at("check").get<std::string>());
        if (check != checks.end()) out.verdicts[check->second] = each.at("verdict");
    }
    add_figures(review, out);
    return out;
}

std::string year_text(int year) {
    return year == 0 ? std::string() : fmt::format("{}", year);
}

exchange::OutSheet summary_sheet(const Overview& overview, const BatchOutcome& outcome) {
    exchange::OutSheet out{.name = "汇总"};
    for (const char* title : {"单位", "年度", "日期", "错误", "警告", "提示", "文件"}) {
        const bool is_number = std::string_view(title) == "年度" ||
                               std::string_view("错误警告提示").find(title) != std::string::npos;
        out.columns.push_back({.title = title, .is_number = is_number});
    }
    for (const OverviewRow& row : overview.rows) {
        out.rows.push_back({row.unit, year_text(row.year), row.date, fmt::format("{}", row.errors),
                            fmt::format("{}", row.warnings), fmt::format("{}", row.notes),
                            outcome.files[row.file].file.string()});
    }
    return out;
}

// Empty where the rule is kept, how often it is not, else that it could not be judged.
std::string cell_of(const OverviewRow& row, std::size_t check) {
    if (row.found[check] != 0) return fmt::format("{}", row.found[check]);
    return row.verdicts[check] == verdict_name(Verdict::NotAssessable) ? "无法判断" : "";
}

exchange::OutSheet cross_sheet(const Overview& overview) {
    exchange::OutSheet out{.name = "单位×规则"};
    out.columns = {{.title = "单位"}, {.title = "年度", .is_number = true}};
    for (const definition::Check* check : overview.checks)
        out.columns.push_back({.title = check->title, .help = check->id, .is_number = true});
    for (const OverviewRow& row : overview.rows) {
        std::vector<std::string> cells{row.unit, year_text(row.year)};
        for (std::size_t i = 0; i < overview.checks.size(); ++i) cells.push_back(cell_of(row, i));
        out.rows.push_back(std::move(cells));
    }
    return out;
}

exchange::OutSheet pairs_sheet(const Overview& overview, const BatchOutcome& outcome) {
    exchange::OutSheet out{.name = "雷同"};
    out.columns = {{.title = "先"},
                   {.title = "后"},
                   {.title = "相同字数", .is_number = true},
                   {.title = "最长一段字数", .is_number = true},
                   {.title = "先：文件"},
                   {.title = "后：文件"}};
    std::map<std::size_t, std::string> names;
    for (const OverviewRow& row : overview.rows) names[row.file] = row.unit + year_text(row.year);
    for (const SimilarPair& pair : outcome.pairs) {
        out.rows.push_back({names[pair.first], names[pair.second], fmt::format("{}", pair.letters),
                            fmt::format("{}", pair.longest),
                            outcome.files[pair.first].file.string(),
                            outcome.files[pair.second].file.string()});
    }
    return out;
}

exchange::OutSheet figures_sheet(const Overview& overview, const Lexicon& lexicon) {
    exchange::OutSheet out{.name = "数字"};
    out.columns = {{.title = "单位"}, {.title = "年度", .is_number = true}};
    std::map<std::string, std::size_t> column;  // by measure that somebody gives
    for (const OverviewRow& row : overview.rows) {
        for (const UnitFigure& each : row.figures) column.emplace(each.measure, 0);
    }
    for (const definition::MeasureWords& words : lexicon.definitions().measure_words()) {
        const auto found = column.find(words.measure);
        if (found == column.end() || found->second != 0) continue;
        found->second = out.columns.size();
        out.columns.push_back({.title = fmt::format("{}（{}）", words.title, words.units.front()),
                               .help = words.measure,
                               .is_number = true});
    }
    for (const OverviewRow& row : overview.rows) {
        std::vector<std::string> cells(out.columns.size());
        cells[0] = row.unit;
        cells[1] = year_text(row.year);
        for (const UnitFigure& each : row.figures) cells[column.at(each.measure)] = each.value;
        out.rows.push_back(std::move(cells));
    }
    return out;
}

exchange::OutSheet refused_sheet(const BatchOutcome& outcome) {
    exchange::OutSheet out{.name = "未读", .columns = {{.title = "文件"}, {.title = "原因"}}};
    for (const BatchFile& file : outcome.files) {
        if (file.refused) out.rows.push_back({file.file.string(), file.refused->message});
    }
    return out;
}

}  // namespace

Overview overview_of(const BatchOutcome& outcome, const Lexicon& lexicon) {
    Overview out;
    std::map<std::string, std::size_t> checks;
    for (const definition::Check& check : lexicon.definitions().checks()) {
        checks.emplace(check.id, out.checks.size());
        out.checks.push_back(&check);
    }
    for (std::size_t i = 0; i < outcome.files.size(); ++i) {
        if (outcome.files[i].refused) continue;
        out.rows.push_back(row_of(outcome.files[i], checks));
        out.rows.back().file = i;
    }
    std::stable_sort(out.rows.begin(), out.rows.end(),
                     [](const OverviewRow& a, const OverviewRow& b) {
                         return std::tie(a.unit, a.year) < std::tie(b.unit, b.year);
                     });
    return out;
}

std::vector<exchange::OutSheet> overview_sheets(const Overview& overview,
                                                const BatchOutcome& outcome,
                                                const Lexicon& lexicon) {
    return {summary_sheet(overview, outcome), cross_sheet(overview), pairs_sheet(overview, outcome),
            figures_sheet(overview, lexicon), refused_sheet(outcome)};
}

}  // namespace fazhi::review
