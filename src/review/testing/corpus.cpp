#include "review/testing/corpus.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <optional>
#include <stdexcept>

#include <fmt/format.h>

#include "review/reader.h"
#include "review/testing/national_lexicon.h"
#include "review/testing/solid_text.h"
#include "text/utf8.h"

namespace fazhi::review::testing {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

const fs::path kFolder = "tests/data/review";

std::string bytes_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// Reads one report against its annotation.
class Comparison {
public:
    Comparison(const CorpusReport& report, const Review& review)
        : report_(report),
          gold_(report.gold),
          reading_(review.reading),
          findings_(review.findings),
          solid_(review.reading.prose) {}

    Scores all();

private:
    // The same texts, in any order.
    void compare_texts(const std::string& what, std::vector<std::string> wanted,
                       const std::vector<std::string>& said);
    void compare_document();
    void compare_outline();
    void compare_parts();
    void compare_figures();
    void compare_titles();
    void compare_claims();
    void compare_findings();
    void count_finding(const std::string& check, const std::string& level, bool wanted, bool met,
                       const std::string& what);
    [[nodiscard]] std::optional<Extent> place_of(const Json& row, const char* key) const;
    [[nodiscard]] bool is_scan() const;
    [[nodiscard]] std::string text_of(Extent extent) const;
    [[nodiscard]] bool answers(const Finding&, const Json& row) const;

    const CorpusReport& report_;
    const Json& gold_;
    const ReportReading& reading_;
    const std::vector<Finding>& findings_;
    const SolidText solid_;
    Scores out_;
};

std::string Comparison::text_of(Extent extent) const {
    return text::from_code_points(solid(reading_.prose.utf8(extent)));
}

std::optional<Extent> Comparison::place_of(const Json& row, const char* key) const {
    return solid_.place(row.at(key).get<std::string>(), row.value("nth", 1U));
}

bool Comparison::is_scan() const {
    const auto& notices = reading_.prose.source().notices;
    return std::any_of(notices.begin(), notices.end(),
                       [](const SourceNotice& each) { return each.code == "ocr"; });
}

void Comparison::compare_texts(const std::string& what, std::vector<std::string> wanted,
                               const std::vector<std::string>& said) {
    Score& score = out_[what];
    score.wanted += wanted.size();
    for (const std::string& each : said) {
        ++score.said;
        const auto met = std::find(wanted.begin(), wanted.end(), each);
        if (met == wanted.end()) {
            score.extra.push_back(report_.name + ": " + each);
            continue;
        }
        ++score.met;
        ++score.right;
        wanted.erase(met);
    }
    for (const std::string& each : wanted) score.missing.push_back(report_.name + ": " + each);
}

void Comparison::compare_document() {
    const Json& document = gold_.at("document");
    const DocumentFacts& facts = reading_.facts;
    const auto row = [](const char* key, const std::string& value) {
        return key + std::string(" ") + text::from_code_points(solid(value));
    };
    std::vector<std::string> dates = document.at("dates");
    dates.resize(2);
    const auto of = [&](const char* key) { return document.at(key).get<std::string>(); };
    compare_texts(
        "document",
        {row("kind", of("kind")), row("unit", of("unit")),
         row("year", std::to_string(document.at("year").get<int>())), row("number", of("number")),
         row("addressee", of("addressee")), row("signature", of("signature")),
         row("date", dates[0]), row("published", dates[1])},
        {row("kind", facts.kind), row("unit", facts.unit.text),
         row("year", std::to_string(facts.year)),
         row("number", facts.number ? facts.number->whole.text : ""),
         row("addressee", facts.addressee.text), row("signature", facts.signature.text),
         row("date", facts.date.text), row("published", facts.published.text)});
}

void Comparison::compare_outline() {
    std::vector<std::string> wanted;
    for (const Json& row : gold_.at("outline")) {
        wanted.push_back(text::from_code_points(solid(
            fmt::format("{} {} {}", row.at("level").get<int>(), row.at("number").get<std::string>(),
                        row.at("title").get<std::string>()))));
    }
    std::vector<std::string> said;
    for (const OutlineItem& item : reading_.outline.items) {
        said.push_back(fmt::format("{}{}{}", item.level, text_of(item.label), text_of(item.title)));
    }
    compare_texts("outline", std::move(wanted), said);
}

void Comparison::compare_parts() {
    std::vector<std::string> wanted;
    for (const Json& row : gold_.at("parts"))
        wanted.push_back(row.at("part").get<std::string>() + " " +
                         row.at("begins").get<std::string>());
    std::vector<std::string> said;
    for (const ReportPart& part : reading_.parts) {
        const std::string& id = national_lexicon().reading().parts[part.part].id;
        std::string shown =
            id + " " +
            text_of({part.extent.begin, std::min(part.extent.begin + 20, part.extent.end)});
        for (const Json& row : gold_.at("parts")) {
            const auto begins = row.at("begins").get<std::string>();
            // A scan's first words may be misread.
            const bool so = is_scan() || solid_.begins_so(part.extent.begin, begins);
            if (row.at("part") == id && so) shown = id + " " + begins;
        }
        said.push_back(shown);
    }
    compare_texts("parts", std::move(wanted), said);
}

std::int64_t value_of(const Json& row) {
    return static_cast<std::int64_t>(
        std::llround(row.at("value").get<double>() * static_cast<double>(kFigureUnit)));
}

void Comparison::compare_figures() {
    std::vector<const Figure*> said;
    for (const Figure& each : reading_.figures) {
        if (said.empty() || !(said.back()->extent == each.extent)) said.push_back(&each);
    }
    Score& score = out_["figures"];
    score.said += said.size();
    std::vector<bool> used(said.size());
    for (const Json& row : gold_.at("figures")) {
        ++score.wanted;
        const auto place = place_of(row, "text");
        std::size_t met = said.size();
        for (std::size_t i = 0; i < said.size() && met == said.size(); ++i) {
            const bool here = is_scan() ? said[i]->unit == row.at("unit")
                                        : place && said[i]->extent.overlaps(*place);
            if (!used[i] && here && said[i]->value == value_of(row)) met = i;
        }
        const std::string shown =
            fmt::format("{}: {} = {} {} {}", report_.name, row.at("text").get<std::string>(),
                        row.at("value").get<double>(), row.at("unit").get<std::string>(),
                        row.at("measure_zh").get<std::string>());
        if (met == said.size()) {
            score.missing.push_back(shown);
            continue;
        }
        used[met] = true;
        ++score.met;
        ++score.right;
        const auto also = [&](const char* what, const std::string& wanted, const std::string& is) {
            Score& each = out_[what];
            ++each.wanted;
            ++each.said;
            each.met += wanted == is ? 1 : 0;
            each.right += wanted == is ? 1 : 0;
            if (wanted != is) each.missing.push_back(shown + " read as " + is);
        };
        also("figures.unit", row.at("unit"), said[met]->unit);
        also("figures.qualifier", row.at("qualifier"),
             std::string(qualifier_name(said[met]->qualifier)));
        Score& measured = out_["figures.measure"];
        ++measured.wanted;
        measured.met += said[met]->measure >= 0 ? 1 : 0;
        if (said[met]->measure < 0) measured.missing.push_back(shown);
    }
    for (std::size_t i = 0; i < said.size(); ++i) {
        if (used[i]) continue;
        const Extent around = reading_.prose.clause(said[i]->extent.begin);
        score.extra.push_back(
            fmt::format("{}: {} in {}", report_.name, text_of(said[i]->extent), text_of(around)));
    }
}

void Comparison::compare_titles() {
    std::vector<std::string> wanted;
    for (const Json& row : gold_.at("titles")) {
        wanted.push_back(text::from_code_points(solid(row.at("title").get<std::string>())) +
                         (row.at("known").get<bool>() ? " known" : ""));
    }
    std::vector<std::string> said;
    for (const CitedTitle& each : reading_.titles) {
        said.push_back(text::from_code_points(solid(each.text)) +
                       (each.known != nullptr ? " known" : ""));
    }
    compare_texts("titles", std::move(wanted), said);
}

void Comparison::compare_claims() {
    std::vector<std::string> wanted;
    for (const Json& row : gold_.at("claims")) {
        wanted.push_back(row.at("part").get<std::string>() + " " +
                         text::from_code_points(solid(row.at("text").get<std::string>())));
    }
    std::vector<std::string> said;
    for (const Claim& claim : reading_.claims) {
        const char* part = claim.kind == ClaimKind::Problem ? "shortcomings" : "next_year";
        said.push_back(part + std::string(" ") + text_of(claim.title));
    }
    compare_texts("claims", std::move(wanted), said);
}

bool Comparison::answers(const Finding& finding, const Json& row) const {
    if (finding.check != row.at("check")) return false;
    const auto found = row.at("found").get<std::string>();
    if (found.empty()) return true;
    const auto place = place_of(row, "found");
    if (!place || finding.extent.empty()) return finding.found == found;
    return finding.extent.overlaps(*place);
}

void Comparison::count_finding(const std::string& check, const std::string& level, bool wanted,
                               bool met, const std::string& what) {
    for (const std::string& key : {"finding." + level, "check." + check}) {
        Score& score = out_[key];
        (wanted ? score.wanted : score.said) += 1;
        if (met) (wanted ? score.met : score.right) += 1;
        auto& list = wanted ? score.missing : score.extra;
        if (!met) list.push_back(fmt::format("{}: {} {}", report_.name, check, what));
    }
}

void Comparison::compare_findings() {
    std::vector<Json> wanted;
    for (const Json& row : gold_.at("findings")) {
        if (!row.contains("needs")) wanted.push_back(row);
    }
    for (const Json& row : wanted) {
        const bool met = std::any_of(findings_.begin(), findings_.end(),
                                     [&](const Finding& each) { return answers(each, row); });
        count_finding(row.at("check"), row.at("level"), true, met, row.at("found"));
    }
    for (const Finding& each : findings_) {
        const bool right = std::any_of(wanted.begin(), wanted.end(),
                                       [&](const Json& row) { return answers(each, row); });
        const std::string around = reading_.prose.text().empty()
                                       ? ""
                                       : text_of(reading_.prose.sentence(each.extent.begin));
        count_finding(each.check, std::string(level_name(each.level)), false, right,
                      each.found + " | " + each.say + " | " + around);
    }
}

Scores Comparison::all() {
    compare_document();
    compare_outline();
    compare_parts();
    compare_figures();
    compare_titles();
    compare_claims();
    compare_findings();
    return std::move(out_);
}

double percent_of(std::size_t part, std::size_t whole) {
    return whole == 0 ? 100.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

std::vector<CorpusReport> corpus_reports() {
    constexpr std::string_view kGold = ".gold.json";
    std::vector<CorpusReport> out;
    for (const auto& each : fs::directory_iterator(kFolder)) {
        const std::string file = each.path().filename().string();
        if (!std::string_view(file).ends_with(kGold)) continue;
        CorpusReport report{.name = file.substr(0, file.size() - kGold.size()),
                            .gold = Json::parse(bytes_of(each.path()))};
        for (const auto& made : fs::directory_iterator(kFolder)) {
            if (made.path().stem() == report.name && made.path().extension() != ".json")
                report.file = made.path();
        }
        out.push_back(std::move(report));
    }
    std::sort(out.begin(), out.end(),
              [](const CorpusReport& a, const CorpusReport& b) { return a.name < b.name; });
    return out;
}

SourceText source_of(const CorpusReport& report) {
    auto read = read_source(report.file.filename().string(), bytes_of(report.file));
    if (!read) throw std::runtime_error(report.name + ": " + read.error().message);
    return *std::move(read);
}

void Score::add(const Score& other) {
    wanted += other.wanted;
    met += other.met;
    said += other.said;
    right += other.right;
    missing.insert(missing.end(), other.missing.begin(), other.missing.end());
    extra.insert(extra.end(), other.extra.begin(), other.extra.end());
}

double Score::recall() const {
    return percent_of(met, wanted);
}

double Score::precision() const {
    return percent_of(right, said);
}

std::string Score::text() const {
    return fmt::format("recall {:.1f} % ({} of {}), precision {:.1f} % ({} of {})", recall(), met,
                       wanted, precision(), right, said);
}

Scores scores_of(const CorpusReport& report, const Review& review) {
    return Comparison(report, review).all();
}

}  // namespace fazhi::review::testing
