#include "review/batch.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <memory>
#include <mutex>
#include <numeric>
#include <set>

#include <fmt/format.h>

#include "base/digest.h"
#include "base/parallel.h"
#include "review/errors.h"
#include "review/excerpts.h"
#include "review/kin.h"
#include "review/read_limits.h"
#include "review/review_docx.h"
#include "review/review_html.h"
#include "review/review_json.h"

namespace fazhi::review {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kReportsAtOnce = 64;
constexpr std::size_t kKeyDigits = 16;

std::string sha256(std::string_view bytes) {
    return digest_of(HashAlgorithm::Sha256, bytes).hex();
}

Result<std::string> bytes_of(const fs::path& file) {
    std::error_code failed;
    const std::uintmax_t size = fs::file_size(file, failed);
    if (!failed && size > kFileBytesMax) {
        return refuse(
            ErrorKind::TooLarge, errors::kTooLarge,
            fmt::format("文件超过{}兆字节，请缩小图片或分成几个文件。", kFileBytesMax / 1'000'000));
    }
    std::ifstream in(file, std::ios::binary);
    std::string bytes(std::istreambuf_iterator<char>(in), {});
    if (failed || in.bad() || bytes.size() != size)
        return refuse(ErrorKind::Unavailable, errors::kUnreadable, "读不了这个文件。");
    return bytes;
}

// Whole or not at all: a run that is stopped leaves no half of a result.
void write_whole(const fs::path& path, std::string_view bytes) {
    const fs::path part = path.string() + ".part";
    std::ofstream out(part, std::ios::binary | std::ios::trunc);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (!out)
        throw fs::filesystem_error("cannot write", part, std::make_error_code(std::errc::io_error));
    fs::rename(part, path);
}

// Of the program that reads: another may read the same file otherwise.
std::string program_stamp() {
    const fs::path program = fs::read_symlink("/proc/self/exe");
    return fmt::format("{}-{}", fs::file_size(program),
                       fs::last_write_time(program).time_since_epoch().count());
}

// A report in memory.
struct Loaded {
    Loaded(SourceText its_source, const Lexicon& lexicon, const std::string& name)
        : source(std::move(its_source)),
          reading(read_report(source, lexicon)),
          companion(companion_name(reading, name), reading) {}

    SourceText source;
    ReportReading reading;
    Companion companion;
};

class Batch {
public:
    Batch(const Reviewer& reviewer, const BatchOrder& order) : reviewer_(reviewer), order_(order) {
        for (const fs::path& file : order.files) out_.files.push_back({.file = file});
        known_.resize(order.files.size());
    }

    Result<BatchOutcome> run() {
        for (const fs::path& folder : {order_.results, order_.pages, order_.docx}) {
            if (!folder.empty()) fs::create_directories(folder);
        }
        extract();
        understand();
        find_kin();
        TRY_OK(ask_ledgers());
        review();
        return std::move(out_);
    }

private:
    // What is kept of each report throughout.
    struct Known {
        std::string digest;  // of the file
        DocumentFacts facts;
        Kin kin;
        std::vector<std::size_t> others;
        std::optional<HeldFigures> held;
    };

    void tell(const std::string& what, std::size_t done, std::size_t of) {
        if (order_.progress) order_.progress(what, done, of);
    }

    [[nodiscard]] bool is_read(std::size_t i) const { return !out_.files[i].refused; }
    [[nodiscard]] fs::path text_path(std::size_t i) const {
        return order_.results / (sha256(known_[i].digest + program_) + ".text");
    }

    void extract();
    void extract_one(std::size_t i, std::unique_ptr<Extractor>& extractor);
    [[nodiscard]] SourceText text_of(std::size_t i) const;
    void understand();
    void find_kin();
    Result<void> ask_ledgers();
    void review();
    void review_some(const std::vector<std::size_t>& reports);
    void name_results(std::size_t i);
    [[nodiscard]] bool stands(std::size_t i) const;
    [[nodiscard]] Companions companions_of(
        std::size_t i, const std::map<std::size_t, std::unique_ptr<Loaded>>&) const;

    const Reviewer& reviewer_;
    const BatchOrder& order_;
    const std::string program_ = program_stamp();
    BatchOutcome out_;
    std::vector<Known> known_;
    std::vector<std::vector<Shingle>> shingles_;
    ShingleHashes common_;
    std::mutex mutex_;  // guards counts and progress
};

void Batch::extract() {
    std::vector<std::unique_ptr<Extractor>> extractors(std::max(order_.workers, 1U));
    std::size_t done = 0;
    for_each_parallel(out_.files.size(), order_.workers, [&](std::size_t i, unsigned worker) {
        extract_one(i, extractors[worker]);
        const std::lock_guard lock(mutex_);
        tell("读取文件", ++done, out_.files.size());
    });
}

void Batch::extract_one(std::size_t i, std::unique_ptr<Extractor>& extractor) {
    const auto bytes = bytes_of(out_.files[i].file);
    if (!bytes) {
        out_.files[i].refused = bytes.error();
        return;
    }
    known_[i].digest = sha256(*bytes);
    if (fs::exists(text_path(i))) return;
    if (!extractor) extractor = std::make_unique<Extractor>(order_.reading);
    const auto source = extractor->extract(out_.files[i].file.filename().string(), *bytes);
    if (!source) {
        out_.files[i].refused = source.error();
        return;
    }
    // Two files of the same bytes are written by one at a time.
    const std::lock_guard lock(mutex_);
    write_whole(text_path(i), encoded(source));
    ++out_.extracted;
}

// INVARIANT of results: a text there was written whole.
SourceText Batch::text_of(std::size_t i) const {
    std::ifstream in(text_path(i), std::ios::binary);
    auto source = decoded_answer(std::string(std::istreambuf_iterator<char>(in), {}));
    if (!source)
        throw std::runtime_error(fmt::format("{} 损坏，请删去后重做。", text_path(i).string()));
    return *std::move(source);
}

void Batch::understand() {
    shingles_.resize(out_.files.size());
    std::size_t done = 0;
    for_each_parallel(out_.files.size(), order_.workers, [&](std::size_t i, unsigned) {
        if (is_read(i)) {
            const SourceText source = text_of(i);
            ReportReading reading = read_report(source, reviewer_.lexicon());
            shingles_[i] = shingles_of(own_words(reading));
            known_[i].facts = std::move(reading.facts);
        }
        const std::lock_guard lock(mutex_);
        tell("读懂报告", ++done, out_.files.size());
    });
}

void Batch::find_kin() {
    std::vector<ReportHead> heads;
    for (std::size_t i = 0; i < known_.size(); ++i) {
        const DocumentFacts& facts = known_[i].facts;
        const Expected& expected = order_.expected;
        heads.push_back({expected.unit.empty() ? facts.unit.text : expected.unit,
                         expected.year == 0 ? facts.year : expected.year,
                         out_.files[i].file.parent_path().string()});
    }
    const auto kin = kin_of(heads, reviewer_.lexicon().reading().offices);
    // Older ones first: they are who was copied from.
    std::vector<std::size_t> order(known_.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return heads[a].year < heads[b].year; });
    Similarity similarity;
    for (const std::size_t i : order) {
        similarity.add(shingles_[i]);
        shingles_[i] = {};
    }
    Similarities similar = similarity.take(kSimilarLettersMin);
    common_ = std::move(similar.common);
    for (std::size_t i = 0; i < known_.size(); ++i) {
        known_[i].kin = kin[i];
        out_.files[i].too_many_neighbours = kin[i].too_many;
    }
    for (SimilarPair pair : similar.pairs) {
        pair.first = static_cast<std::uint32_t>(order[pair.first]);
        pair.second = static_cast<std::uint32_t>(order[pair.second]);
        const std::string& unit = kin[pair.first].unit;
        const bool same_bytes = known_[pair.first].digest == known_[pair.second].digest;
        if (same_bytes || (!unit.empty() && unit == kin[pair.second].unit)) continue;
        known_[pair.first].others.push_back(pair.second);
        known_[pair.second].others.push_back(pair.first);
        out_.pairs.push_back(pair);
    }
}

Result<void> Batch::ask_ledgers() {
    if (!order_.ledgers) return {};
    for (std::size_t i = 0; i < known_.size(); ++i) {
        if (!is_read(i)) continue;
        DocumentFacts facts = known_[i].facts;
        if (order_.expected.year != 0) facts.year = order_.expected.year;
        if (!order_.expected.unit.empty()) facts.unit.text = order_.expected.unit;
        TRY(known_[i].held, order_.ledgers(facts));
    }
    return {};
}

// What the review follows from: the key changes with any of it.
void Batch::name_results(std::size_t i) {
    const Known& known = known_[i];
    std::string all = reviewer_.lexicon().definitions().digest().hex();
    const auto add = [&](const std::string& what) { all += "\n" + what; };
    add(program_);
    add(known.digest + out_.files[i].file.string());
    add(fmt::format("{} {}", order_.expected.year, order_.expected.unit));
    add("last year " + (known.kin.last_year ? known_[*known.kin.last_year].digest : ""));
    std::set<std::string> near;
    for (const std::size_t each : known.kin.neighbours) near.insert(known_[each].digest);
    add(fmt::format("neighbours {}", fmt::join(near, " ")));
    std::set<std::string> others;
    for (const std::size_t each : known.others) others.insert(known_[each].digest);
    add(fmt::format("others {}", fmt::join(others, " ")));
    if (known.held) {
        add(known.held->own_report ? "own" : "ledgers");
        for (const RecordedFigure& each : known.held->recorded)
            add(fmt::format("{} {} {} {}", each.measure, each.value, each.unit, each.year));
    }
    const std::string key = sha256(all);
    const std::string name =
        out_.files[i].file.stem().string() + "-" + key.substr(0, kKeyDigits / 2);
    BatchFile& file = out_.files[i];
    file.result = order_.results / (key + ".json");
    if (!order_.pages.empty()) file.page = order_.pages / (name + ".html");
    if (!order_.docx.empty()) file.docx = order_.docx / (name + ".docx");
}

bool Batch::stands(std::size_t i) const {
    const BatchFile& file = out_.files[i];
    return fs::exists(file.result) && (file.page.empty() || fs::exists(file.page)) &&
           (file.docx.empty() || fs::exists(file.docx));
}

// In an order in which those of one district stand together, a few at a time.
void Batch::review() {
    std::vector<std::size_t> todo;
    for (std::size_t i = 0; i < known_.size(); ++i) {
        if (!is_read(i)) continue;
        name_results(i);
        if (!stands(i)) todo.push_back(i);
    }
    std::stable_sort(todo.begin(), todo.end(), [&](std::size_t a, std::size_t b) {
        return known_[a].kin.unit < known_[b].kin.unit;
    });
    out_.reviewed = todo.size();
    for (std::size_t begin = 0; begin < todo.size(); begin += kReportsAtOnce) {
        const std::size_t end = std::min(begin + kReportsAtOnce, todo.size());
        const auto at = [&](std::size_t i) {
            return todo.begin() + static_cast<std::ptrdiff_t>(i);
        };
        review_some({at(begin), at(end)});
        tell("审查", end, todo.size());
    }
}

Companions Batch::companions_of(
    std::size_t i, const std::map<std::size_t, std::unique_ptr<Loaded>>& loaded) const {
    const Known& known = known_[i];
    Companions out;
    if (known.kin.last_year) out.last_year = &loaded.at(*known.kin.last_year)->companion;
    for (const std::size_t each : known.kin.neighbours)
        out.neighbours.push_back(&loaded.at(each)->companion);
    for (const std::size_t each : known.others) {
        const auto& near = known.kin.neighbours;
        if (std::find(near.begin(), near.end(), each) == near.end())
            out.others.push_back(&loaded.at(each)->companion);
    }
    out.common = &common_;
    if (known.held) {
        out.recorded = known.held->recorded;
        out.own_report = known.held->own_report;
    }
    return out;
}

void Batch::review_some(const std::vector<std::size_t>& reports) {
    std::map<std::size_t, std::unique_ptr<Loaded>> loaded;
    for (const std::size_t i : reports) {
        loaded.emplace(i, nullptr);
        if (known_[i].kin.last_year) loaded.emplace(*known_[i].kin.last_year, nullptr);
        for (const std::size_t each : known_[i].kin.neighbours) loaded.emplace(each, nullptr);
        for (const std::size_t each : known_[i].others) loaded.emplace(each, nullptr);
    }
    std::vector<std::size_t> wanted;
    for (const auto& [i, report] : loaded) wanted.push_back(i);
    for_each_parallel(wanted.size(), order_.workers, [&](std::size_t n, unsigned) {
        const std::size_t i = wanted[n];
        loaded.at(i) = std::make_unique<Loaded>(text_of(i), reviewer_.lexicon(),
                                                out_.files[i].file.filename().string());
    });
    for_each_parallel(reports.size(), order_.workers, [&](std::size_t n, unsigned) {
        const std::size_t i = reports[n];
        const BatchFile& file = out_.files[i];
        const SourceText& source = loaded.at(i)->source;
        const Review review = reviewer_.review(source, order_.expected, companions_of(i, loaded));
        const ReviewedFile reviewed{file.file.string(), &review, &source};
        const Lexicon& lexicon = reviewer_.lexicon();
        if (!file.page.empty()) write_whole(file.page, review_html(reviewed, lexicon));
        if (!file.docx.empty()) write_whole(file.docx, review_docx(reviewed, lexicon));
        // Last: where it stands, all of them do.
        write_whole(file.result, review_json(reviewed, lexicon));
    });
}

bool may_be_report(const fs::path& file) {
    constexpr std::array kEndings = {".txt",  ".md",  ".markdown", ".html", ".htm", ".docx",
                                     ".doc",  ".wps", ".pdf",      ".ofd",  ".png", ".jpg",
                                     ".jpeg", ".tif", ".tiff",     ".bmp"};
    std::string ending = file.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return std::find(kEndings.begin(), kEndings.end(), ending) != kEndings.end();
}

// Word leaves ~$ beside a file that is open.
bool is_hidden(const fs::path& file) {
    const std::string name = file.filename().string();
    return name.starts_with(".") || name.starts_with("~$");
}

}  // namespace

Result<BatchOutcome> review_batch(const Reviewer& reviewer, const BatchOrder& order) {
    return Batch(reviewer, order).run();
}

FilesFound files_below(const fs::path& path) {
    if (!fs::is_directory(path)) return {.files = {path}};
    FilesFound out;
    for (auto each = fs::recursive_directory_iterator(path); each != fs::end(each); ++each) {
        if (is_hidden(each->path())) {
            if (each->is_directory()) each.disable_recursion_pending();
        } else if (each->is_regular_file()) {
            (may_be_report(each->path()) ? out.files : out.passed_over).push_back(each->path());
        }
    }
    std::sort(out.files.begin(), out.files.end());
    std::sort(out.passed_over.begin(), out.passed_over.end());
    return out;
}

}  // namespace fazhi::review
