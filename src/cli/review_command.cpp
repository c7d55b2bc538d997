#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <thread>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "action/ledger_figures.h"
#include "calendar/date.h"
#include "cli/errors.h"
#include "cli/passing_folder.h"
#include "cli/session.h"
#include "definition/loader.h"
#include "exchange/xlsx_writer.h"
#include "review/batch.h"
#include "review/overview.h"
#include "review/review_json.h"
#include "review/review_words.h"

namespace fazhi::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

// Every pack of the folder: their words and checks together.
Result<definition::Loaded> definitions_in(const std::string& folder) {
    std::vector<definition::PackSource> packs;
    std::error_code failed;
    for (const auto& each : fs::directory_iterator(folder, failed)) {
        if (!definition::is_pack(each.path())) continue;
        TRY(definition::PackSource pack, definition::read_pack(each.path()));
        packs.push_back(std::move(pack));
    }
    if (packs.empty()) {
        return refuse(ErrorKind::NotFound, errors::kBadOption,
                      fmt::format("{} 里没有定义包，请用 --packs 指明。", folder), "--packs");
    }
    return definition::build_set(packs);
}

std::string level_text(const Json& finding) {
    static const std::map<std::string, std::string> kTitles{
        {"error", "错误"}, {"warning", "警告"}, {"note", "提示"}};
    const bool unsure = finding.at("verdict") == "UNCERTAIN";
    return kTitles.at(finding.at("level")) + (unsure ? "（待核）" : "");
}

void print_finding(const Json& finding) {
    std::string place = "全文";
    if (const Json& at = finding.at("place"); !at.is_null())
        place = review::spot_text({.page = at.at("page"), .line = at.at("line")});
    print_line(fmt::format("  {} {} {} [{}]", place, level_text(finding),
                           finding.at("say").get<std::string>(),
                           finding.at("check").get<std::string>()));
    const auto fix = finding.at("fix").get<std::string>();
    const auto why = finding.at("why").get<std::string>();
    if (!fix.empty()) print_line("      怎么改：" + fix);
    if (!why.empty()) print_line("      依据：" + why);
    if (const Json& other = finding.at("other"); !other.is_null()) {
        print_line(fmt::format("      {}：“{}”", other.at("report").get<std::string>(),
                               other.at("text").get<std::string>()));
    }
}

std::size_t count_of(const Json& review, const std::string& level) {
    const Json& findings = review.at("findings");
    return static_cast<std::size_t>(
        std::count_if(findings.begin(), findings.end(),
                      [&](const Json& each) { return each.at("level") == level; }));
}

std::string said(const Json& value, const std::string& otherwise) {
    if (value.is_null()) return otherwise;
    const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
    return text.empty() ? otherwise : text;
}

void print_review(const Json& review) {
    const Json& document = review.at("document");
    print_line(review.at("file").get<std::string>());
    print_line(fmt::format("  单位：{}  年度：{}  文号：{}  日期：{}",
                           said(document.at("unit"), "没有写明"),
                           said(document.at("year"), "没有写明"), said(document.at("number"), "无"),
                           said(document.at("date"), "无")));
    for (const Json& notice : review.at("notices"))
        print_line("  原件提示：" + notice.at("message").get<std::string>());
    for (const Json& finding : review.at("findings")) print_finding(finding);
    print_line(fmt::format("  {}处标题，{}个数字，{}处引用；错误{}处，警告{}处，提示{}处。",
                           review.at("outline").size(), review.at("figures").size(),
                           review.at("titles").size(), count_of(review, "error"),
                           count_of(review, "warning"), count_of(review, "note")));
}

// Of a folder a line each: the findings stand in the pages.
void print_row(const review::BatchOutcome& outcome, const review::OverviewRow& row) {
    print_line(fmt::format(
        "{}\t{}\t{}\t错误{}\t警告{}\t提示{}", outcome.files[row.file].file.string(), row.unit,
        row.year == 0 ? "" : fmt::format("{}", row.year), row.errors, row.warnings, row.notes));
}

bool has_errors(const Json& review) {
    const Json& findings = review.at("findings");
    return std::any_of(findings.begin(), findings.end(), [](const Json& each) {
        return each.at("level") == "error" && each.at("verdict") == "FAIL";
    });
}

// What the command was asked to do, and what it found.
class ReviewRun {
public:
    ReviewRun(Session& session, const review::Reviewer& reviewer)
        : session_(session), options_(session.options), reviewer_(reviewer) {}

    Result<int> run();

private:
    void find_files();
    [[nodiscard]] bool is_one() const { return !of_folder_ && order_.files.size() == 1; }
    Result<void> hold_against_ledgers();
    Result<std::optional<review::HeldFigures>> ledgers_for(const review::DocumentFacts&);
    void print(const review::BatchOutcome&);
    Result<void> write_files(const review::BatchOutcome&);
    [[nodiscard]] int verdict(const review::BatchOutcome&) const;

    Session& session_;
    const Options& options_;
    const review::Reviewer& reviewer_;
    review::BatchOrder order_;
    bool of_folder_ = false;
};

void ReviewRun::find_files() {
    for (const std::string& word : options_.words) {
        of_folder_ = of_folder_ || fs::is_directory(word);
        const review::FilesFound found = review::files_below(word);
        order_.files.insert(order_.files.end(), found.files.begin(), found.files.end());
        if (!found.passed_over.empty()) {
            print_note(fmt::format("{}：{}个文件从后缀看不是报告，没有读，如 {}。", word,
                                   found.passed_over.size(), found.passed_over.front().string()));
        }
    }
}

std::string bytes_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// A report is our own where it is of the jurisdiction whose ledgers it is held against.
Result<std::optional<review::HeldFigures>> ReviewRun::ledgers_for(
    const review::DocumentFacts& facts) {
    if (facts.year == 0) return std::optional<review::HeldFigures>();
    TRY(action::Workplace * workplace, session_.workplace());
    const auto connection = workplace->database.reading();
    TRY(const action::Office office,
        action::open_office(*workplace, *connection, options_.jurisdiction));
    const auto& endings = reviewer_.lexicon().reading().offices;
    const std::string core = review::office_core(facts.unit.text, endings);
    const auto& jurisdiction = office.directory.jurisdiction;
    const bool is_ours = !core.empty() && (jurisdiction.name.find(core) != std::string::npos ||
                                           jurisdiction.full_name.find(core) != std::string::npos);
    // One report named with the ledgers is meant; of a folder only ours is compared.
    if (!is_ours && !is_one()) return std::optional<review::HeldFigures>();
    action::LedgerQuestion question{.jurisdiction = options_.jurisdiction,
                                    .year = facts.year,
                                    .as_of = calendar::civil_date(session_.clock.now())};
    if (const auto date = calendar::date_from(facts.date.text)) question.as_of = *date;
    TRY(auto recorded, action::ledger_figures(*workplace, *connection, question));
    return std::optional(
        review::HeldFigures{.recorded = std::move(recorded), .own_report = is_ours});
}

Result<void> ReviewRun::hold_against_ledgers() {
    if (options_.against.empty()) return {};
    if (options_.jurisdiction.empty()) {
        return refuse(ErrorKind::InvalidInput, errors::kBadOption,
                      "与台账对照要指明是哪个单位的台账，请加 --jurisdiction。", "--jurisdiction");
    }
    order_.ledgers = [this](const review::DocumentFacts& facts) { return ledgers_for(facts); };
    return {};
}

void ReviewRun::print(const review::BatchOutcome& outcome) {
    std::vector<std::string> reviews;
    for (const review::BatchFile& file : outcome.files) {
        if (!file.refused) reviews.push_back(bytes_of(file.result));
    }
    if (options_.sarif) {
        print_line(review::review_sarif(reviews, reviewer_.lexicon()));
    } else if (options_.json) {
        print_line(is_one() && reviews.size() == 1 ? reviews.front()
                                                   : review::joined_json(reviews));
    } else if (of_folder_) {
        for (const auto& row : review::overview_of(outcome, reviewer_.lexicon()).rows)
            print_row(outcome, row);
        print_line(fmt::format("{}份报告，新读{}个文件，新审{}份；雷同{}对。", reviews.size(),
                               outcome.extracted, outcome.reviewed, outcome.pairs.size()));
    } else {
        for (const std::string& each : reviews) print_review(Json::parse(each));
    }
    for (const review::BatchFile& file : outcome.files) {
        if (file.refused)
            print_note(fmt::format("{}：{}", file.file.string(), file.refused->message));
    }
}

void write_file(const fs::path& path, const std::string& bytes) {
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out << bytes;
    out.close();
    if (!out)
        throw fs::filesystem_error("cannot write", path, std::make_error_code(std::errc::io_error));
}

// One report: the file that was named. Several: a folder, with a page that leads to each.
Result<void> ReviewRun::write_files(const review::BatchOutcome& outcome) {
    const review::BatchFile& first = outcome.files.front();
    if (is_one() && !first.refused) {
        if (!options_.html.empty())
            fs::copy_file(first.page, options_.html, fs::copy_options::overwrite_existing);
        if (!options_.docx.empty())
            fs::copy_file(first.docx, options_.docx, fs::copy_options::overwrite_existing);
    }
    const bool wants_index = !is_one() && !options_.html.empty();
    if (!wants_index && options_.xlsx.empty()) return {};
    const review::Overview overview = review::overview_of(outcome, reviewer_.lexicon());
    if (wants_index) {
        write_file(fs::path(options_.html) / "index.html",
                   review::overview_html(overview, outcome, options_.html));
    }
    if (options_.xlsx.empty()) return {};
    return exchange::write_xlsx(options_.xlsx,
                                review::overview_sheets(overview, outcome, reviewer_.lexicon()));
}

// 1: an error stands in one of them; else what a file that could not be read asks for.
int ReviewRun::verdict(const review::BatchOutcome& outcome) const {
    int out = 0;
    for (const review::BatchFile& file : outcome.files) {
        if (file.refused) {
            out = std::max(out, is_one() ? exit_code(*file.refused) : 1);
        } else if (has_errors(Json::parse(bytes_of(file.result)))) {
            out = std::max(out, 1);
        }
    }
    return out;
}

Result<int> ReviewRun::run() {
    find_files();
    if (order_.files.empty())
        return refuse(ErrorKind::NotFound, errors::kBadOption, "没有找到要审查的文件。", "files");
    TRY_OK(hold_against_ledgers());
    const PassingFolder passing;
    order_.expected = {.year = options_.year, .unit = options_.unit};
    order_.results = options_.results.empty() ? passing.path() : fs::path(options_.results);
    if (!options_.html.empty()) order_.pages = is_one() ? passing.path() : fs::path(options_.html);
    if (!options_.docx.empty()) order_.docx = is_one() ? passing.path() : fs::path(options_.docx);
    order_.workers = std::max(std::thread::hardware_concurrency(), 1U);
    const std::string& program = options_.defaults.extraction;
    if (!program.empty()) order_.reading = review::ExtractionCommand(program, {});
    if (!is_one()) {
        order_.progress = [this](const std::string& what, std::size_t done, std::size_t of) {
            print_progress(options_, what, done, of);
        };
    }
    TRY(const review::BatchOutcome outcome, review::review_batch(reviewer_, order_));
    if (is_one() && outcome.files.front().refused) return refuse(*outcome.files.front().refused);
    print(outcome);
    TRY_OK(write_files(outcome));
    return verdict(outcome);
}

}  // namespace

Result<int> review_command(Session& session) {
    TRY(const definition::Loaded loaded, definitions_in(session.options.defaults.packs));
    for (const auto& problem : loaded.problems) print_note(definition::to_text(problem));
    if (!loaded.set) return 1;
    TRY(const review::Reviewer reviewer, review::Reviewer::of(*loaded.set));
    return ReviewRun(session, reviewer).run();
}

}  // namespace fazhi::cli
