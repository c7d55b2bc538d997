#include <algorithm>
#include <deque>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "cli/errors.h"
#include "cli/session.h"
#include "definition/loader.h"
#include "review/errors.h"
#include "review/extraction.h"
#include "review/read_limits.h"
#include "review/review_json.h"
#include "review/reviewer.h"

namespace fazhi::cli {
namespace {

namespace fs = std::filesystem;

struct ReadFile {
    std::string file;
    const review::SourceText* source;
    review::Review review;
};

// A hostile file ends its reader, a child of this program, and not this one.
Result<review::SourceText> source_of(review::Extractor& extractor, const fs::path& file) {
    std::error_code failed;
    const std::uintmax_t size = fs::file_size(file, failed);
    if (!failed && size > review::kFileBytesMax) {
        return refuse(ErrorKind::TooLarge, review::errors::kTooLarge,
                      fmt::format("{} 超过{}兆字节，请缩小图片或分成几个文件。", file.string(),
                                  review::kFileBytesMax / 1'000'000));
    }
    std::ifstream in(file, std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(in), {});
    if (failed || in.bad() || bytes.size() != size) {
        return refuse(ErrorKind::Unavailable, review::errors::kUnreadable,
                      fmt::format("读不了文件 {}。", file.string()));
    }
    return extractor.extract(file.filename().string(), bytes);
}

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

std::string_view shown_level(definition::CheckLevel level) {
    switch (level) {
        case definition::CheckLevel::Error:
            return "错误";
        case definition::CheckLevel::Warning:
            return "警告";
        case definition::CheckLevel::Note:
            return "提示";
    }
    return "";
}

void print_finding(const review::Review& reviewed, const review::Finding& finding) {
    std::string place = "全文";
    if (!finding.extent.empty()) {
        const review::Spot spot = reviewed.reading.prose.spot(finding.extent.begin);
        place = spot.page > 1 ? fmt::format("第{}页第{}行", spot.page, spot.line)
                              : fmt::format("第{}行", spot.line);
    }
    const bool unsure = finding.verdict == review::Verdict::Uncertain;
    print_line(fmt::format("  {} {}{} {} [{}]", place, shown_level(finding.level),
                           unsure ? "（待核）" : "", finding.say, finding.check));
    if (!finding.fix.empty()) print_line("      怎么改：" + finding.fix);
    if (!finding.why.empty()) print_line("      依据：" + finding.why);
}

void print_review(const ReadFile& read) {
    const review::DocumentFacts& facts = read.review.reading.facts;
    print_line(read.file);
    print_line(fmt::format("  单位：{}  年度：{}  文号：{}  日期：{}",
                           facts.unit.empty() ? "没有写明" : facts.unit.text,
                           facts.year == 0 ? "没有写明" : fmt::format("{}", facts.year),
                           facts.number ? facts.number->whole.text : "无",
                           facts.date.empty() ? "无" : facts.date.text));
    for (const review::SourceNotice& notice : read.source->notices)
        print_line("  原件提示：" + notice.message);
    for (const review::Finding& finding : read.review.findings) print_finding(read.review, finding);
    print_line(fmt::format("  {}处标题，{}个数字，{}处引用；错误{}处，警告{}处，提示{}处。",
                           read.review.reading.outline.items.size(),
                           read.review.reading.figures.size(), read.review.reading.titles.size(),
                           count_of(read.review, definition::CheckLevel::Error),
                           count_of(read.review, definition::CheckLevel::Warning),
                           count_of(read.review, definition::CheckLevel::Note)));
}

bool has_errors(const ReadFile& read) {
    return std::any_of(read.review.findings.begin(), read.review.findings.end(),
                       [](const review::Finding& each) {
                           return each.level == definition::CheckLevel::Error &&
                                  each.verdict == review::Verdict::Fail;
                       });
}

}  // namespace

// Exit code 1 where an error stands in one of them.
Result<int> review_command(Session& session) {
    const Options& options = session.options;
    TRY(const definition::Loaded loaded, definitions_in(options.defaults.packs));
    for (const auto& problem : loaded.problems) print_note(definition::to_text(problem));
    if (!loaded.set) return 1;
    TRY(const review::Reviewer reviewer, review::Reviewer::of(*loaded.set));
    std::deque<review::SourceText> sources;  // reviews refer to them
    std::vector<ReadFile> files;
    const std::string& program = options.defaults.extraction;
    review::Extractor extractor(program.empty() ? review::ExtractionCommand()
                                                : review::ExtractionCommand(program, {}));
    for (const std::string& file : options.words) {
        TRY(review::SourceText source, source_of(extractor, file));
        sources.push_back(std::move(source));
        files.push_back(
            {file, &sources.back(),
             reviewer.review(sources.back(), {.year = options.year, .unit = options.unit})});
    }
    std::vector<review::ReviewedFile> reviewed;
    for (const ReadFile& each : files) reviewed.push_back({each.file, &each.review, each.source});
    if (options.sarif) {
        print_line(review::review_sarif(reviewed, reviewer.lexicon()));
    } else if (options.json) {
        print_line(review::review_json(reviewed, reviewer.lexicon()));
    } else {
        for (const ReadFile& each : files) print_review(each);
    }
    return std::any_of(files.begin(), files.end(), has_errors) ? 1 : 0;
}

}  // namespace fazhi::cli
