// What needs more than the report itself, over the annotated reports of tests/data/review: last
// year's report, the neighbours', the ledgers.
#include <algorithm>
#include <deque>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "review/kin.h"
#include "review/reader.h"
#include "review/reviewer.h"
#include "review/testing/national_lexicon.h"
#include "text/utf8.h"

namespace fazhi::review {

namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

const fs::path kFolder = "tests/data/review";

const std::set<std::string> kChecks{
    "figure_far_from_last_year", "figure_far_from_neighbours", "copied_from_last_year",
    "copied_from_other",         "promise_unanswered",         "figure_differs_from_ledger",
    "figure_not_recorded",       "record_not_reported",        "figures_not_from_ledgers"};

// As the annotation of the ledgers calls what they count.
const std::map<std::string, std::string> kMeasures{
    {"普法宣传活动", "publicity_activities"},
    {"法治培训", "staff_trainings"},
    {"法治培训参训人次", "staff_training_participants"},
    {"法律顾问服务", "counsel_services"},
    {"合同审查", "contract_reviews"},
    {"受理纠纷", "disputes_found"},
    {"化解纠纷", "disputes_handled"},
    {"法治专题会议", "meetings_on_law"},
    {"行政诉讼案件", "litigation_heard_own"}};

std::string bytes_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// Without white space and in half width, as annotations are compared.
std::string solid(const std::string& utf8) {
    std::u32string out;
    for (const char32_t c : text::code_points(utf8)) {
        if (c == U' ' || c == U'\n' || c == U'\u3000') continue;
        out += c >= U'！' && c <= U'～' && (c >= U'０' && c <= U'９') ? c - 0xFEE0 : c;
    }
    return text::from_code_points(out);
}

struct CorpusReport {
    CorpusReport(std::string its_name, Json its_gold, SourceText its_source, const Lexicon& lexicon)
        : name(std::move(its_name)),
          gold(std::move(its_gold)),
          source(std::move(its_source)),
          reading(read_report(source, lexicon)) {}

    std::string name;
    Json gold;
    SourceText source;
    ReportReading reading;
};

class Corpus {
public:
    Corpus() : reviewer_(*Reviewer::of(national_definitions())) {
        std::vector<ReportHead> heads;
        std::map<std::string, fs::path> files;
        for (const auto& each : fs::directory_iterator(kFolder)) {
            const std::string stem = each.path().stem().string();
            if (fs::exists(kFolder / (stem + ".gold.json"))) files.emplace(stem, each.path());
        }
        for (const auto& [name, file] : files) {
            auto source = read_source(file.filename().string(), bytes_of(file));
            if (!source) throw std::runtime_error(name + ": " + source.error().message);
            reports_.emplace_back(name, Json::parse(bytes_of(kFolder / (name + ".gold.json"))),
                                  *std::move(source), reviewer_.lexicon());
            CorpusReport& report = reports_.back();
            report.reading = read_report(report.source, reviewer_.lexicon());
            companions_.emplace_back(companion_name(report.reading, name), report.reading);
            // The units and years of the annotation, so that this is no test of reading them.
            const Json& document = report.gold.at("document");
            heads.push_back({document.at("unit"), document.at("year"), ""});
        }
        kin_ = kin_of(heads, reviewer_.lexicon().reading().offices);
    }

    [[nodiscard]] std::size_t size() const { return reports_.size(); }
    [[nodiscard]] const CorpusReport& report(std::size_t i) const { return reports_[i]; }
    [[nodiscard]] const Reviewer& reviewer() const { return reviewer_; }
    [[nodiscard]] std::size_t named(const std::string& name) const {
        for (std::size_t i = 0; i < reports_.size(); ++i) {
            if (reports_[i].name == name) return i;
        }
        throw std::runtime_error("no report " + name);
    }

    [[nodiscard]] Companions companions(std::size_t i) const {
        Companions out;
        if (kin_[i].last_year) out.last_year = &companions_[*kin_[i].last_year];
        std::set<std::size_t> near{i};
        for (const std::size_t each : kin_[i].neighbours) {
            out.neighbours.push_back(&companions_[each]);
            near.insert(each);
        }
        if (kin_[i].last_year) near.insert(*kin_[i].last_year);
        for (std::size_t each = 0; each < size(); ++each) {
            if (near.count(each) == 0) out.others.push_back(&companions_[each]);
        }
        add_ledgers(reports_[i], out);
        return out;
    }

private:
    // What the ledgers count and do not hold is nought.
    void add_ledgers(const CorpusReport& report, Companions& out) const {
        const fs::path file = kFolder / (report.name + ".ledgers.json");
        if (!fs::exists(file)) return;
        const Json ledgers = Json::parse(bytes_of(file));
        out.own_report = ledgers.at("own_report");
        out.recorded.emplace();
        std::map<std::string, std::int64_t> values;
        for (const Json& row : ledgers.at("recorded")) {
            const auto measure = kMeasures.find(row.at("measure_zh"));
            if (measure == kMeasures.end()) continue;
            values[measure->second] = row.at("value").get<std::int64_t>();
        }
        for (const auto& words : national_definitions().measure_words()) {
            const bool is_counted = national_definitions().measure(words.measure) != nullptr;
            const auto value = values.find(words.measure);
            if (!is_counted && value == values.end()) continue;
            out.recorded->push_back(
                {.measure = words.measure,
                 .value = value == values.end() ? 0 : value->second * kFigureUnit,
                 .unit = words.units.front(),
                 .year = report.gold.at("document").at("year")});
        }
    }

    Reviewer reviewer_;
    std::deque<CorpusReport> reports_;
    std::deque<Companion> companions_;
    std::vector<Kin> kin_;
};

const Corpus& corpus() {
    static const Corpus kCorpus;
    return kCorpus;
}

// What is annotated holds what was found, or the other way round; "" stands for the whole report.
bool answers(const Finding& finding, const Json& row) {
    if (finding.check != row.at("check")) return false;
    const std::string wanted = solid(row.at("found"));
    const std::string found = solid(finding.found);
    if (wanted.empty()) return finding.extent.empty();
    return wanted.find(found) != std::string::npos || found.find(wanted) != std::string::npos;
}

struct Count {
    int wanted = 0;
    int met = 0;
    int said = 0;
    int right = 0;
};

}  // namespace

TEST_CASE("what the corpus annotates beside the report itself is found, and hardly anything else") {
    std::map<std::string, Count> counts;
    for (std::size_t i = 0; i < corpus().size(); ++i) {
        const CorpusReport& report = corpus().report(i);
        const Review review = corpus().reviewer().review(report.source, {}, corpus().companions(i));
        std::vector<Json> rows;
        for (const Json& row : report.gold.at("findings")) {
            if (kChecks.count(row.at("check")) != 0) rows.push_back(row);
        }
        for (const Json& row : rows) {
            Count& count = counts[row.at("check")];
            ++count.wanted;
            const bool met = std::any_of(review.findings.begin(), review.findings.end(),
                                         [&](const Finding& each) { return answers(each, row); });
            count.met += met ? 1 : 0;
            if (!met) MESSAGE(report.name << " missing: " << row.dump());
        }
        for (const Finding& finding : review.findings) {
            if (kChecks.count(finding.check) == 0) continue;
            Count& count = counts[finding.check];
            ++count.said;
            const bool right = std::any_of(rows.begin(), rows.end(),
                                           [&](const Json& row) { return answers(finding, row); });
            count.right += right ? 1 : 0;
            if (!right) MESSAGE(report.name << " extra: " << finding.check << " " << finding.say);
        }
    }
    Count all;
    for (const auto& [check, count] : counts) {
        MESSAGE(check << ": found " << count.met << " of " << count.wanted << ", right "
                      << count.right << " of " << count.said);
        all.wanted += count.wanted;
        all.met += count.met;
        all.said += count.said;
        all.right += count.right;
    }
    MESSAGE("all: found " << all.met << " of " << all.wanted << ", right " << all.right << " of "
                          << all.said);
    CHECK(all.met == all.wanted);
    CHECK(all.right == all.said);
}

TEST_CASE("one passage, figure or promise changed in a good report is found") {
    int tried = 0;
    for (const Json& row : Json::parse(bytes_of(kFolder / "mutations.json"))) {
        const std::string check = row.at("check");
        if (kChecks.count(check) == 0) continue;
        ++tried;
        const std::size_t i = corpus().named(row.at("report"));
        SourceText source = corpus().report(i).source;
        const std::u32string from = text::code_points(row.at("replace").get<std::string>());
        const std::u32string to = text::code_points(row.at("with").get<std::string>());
        bool changed = false;
        for (TextBlock& block : source.blocks) {
            const std::size_t at = block.text.find(from);
            if (at == std::u32string::npos) continue;
            block.text.replace(at, from.size(), to);
            changed = true;
        }
        REQUIRE_MESSAGE(changed, row.dump());
        const Review review = corpus().reviewer().review(source, {}, corpus().companions(i));
        std::vector<std::string> found;
        for (const Finding& each : review.findings) {
            if (kChecks.count(each.check) != 0) found.push_back(each.check);
        }
        CAPTURE(row.dump());
        CHECK(found == std::vector<std::string>{check});
    }
    CHECK(tried == 4);
}

}  // namespace fazhi::review
