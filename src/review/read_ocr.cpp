#include "review/read_ocr.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <csignal>
#include <optional>

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/descriptor.h"
#include "review/errors.h"
#include "text/utf8.h"

namespace fazhi::review {

namespace {

constexpr const char* kProgram = "tesseract";
constexpr const char* kLanguage = "chi_sim";
constexpr std::size_t kOutputMax = 20'000'000;
constexpr std::size_t kDoubtfulShown = 20;

void write_all(int to, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(to, bytes.data(), bytes.size());
        if (written <= 0) return;  // The program ended; its answer says so.
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

std::string read_all(int from) {
    std::string out;
    std::array<char, 65'536> step{};
    for (;;) {
        const ssize_t got = ::read(from, step.data(), step.size());
        if (got <= 0 || out.size() > kOutputMax) return out;
        out.append(step.data(), static_cast<std::size_t>(got));
    }
}

// What the program prints where it ends well; nothing where it does not, or is not there.
std::optional<std::string> output_of(std::vector<const char*> arguments, std::string_view input) {
    std::array<int, 2> in{};
    std::array<int, 2> out{};
    if (::pipe2(in.data(), O_CLOEXEC) != 0) return std::nullopt;
    Descriptor in_read(in[0]);
    Descriptor in_write(in[1]);
    if (::pipe2(out.data(), O_CLOEXEC) != 0) return std::nullopt;
    Descriptor out_read(out[0]);
    Descriptor out_write(out[1]);

    // A picture is megabytes: fewer turns of the two programs. Where it is refused, it goes slower.
    constexpr int kPipeBytes = 1 << 20;
    ::fcntl(in_write.number(), F_SETPIPE_SZ, kPipeBytes);

    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in_read.number(), STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out_write.number(), STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    // One core, and nothing of our environment.
    std::array<const char*, 3> environment{"OMP_THREAD_LIMIT=1", "LC_ALL=C", nullptr};
    arguments.push_back(nullptr);
    pid_t child = 0;
    const int failed =
        posix_spawnp(&child, arguments.front(), &actions, nullptr,
                     const_cast<char* const*>(arguments.data()),     // NOLINT: as POSIX has it
                     const_cast<char* const*>(environment.data()));  // NOLINT
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) return std::nullopt;
    in_read.close();
    out_write.close();
    write_all(in_write.number(), input);
    in_write.close();
    std::string printed = read_all(out_read.number());
    int status = 0;
    if (::waitpid(child, &status, 0) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return std::nullopt;
    return printed;
}

std::vector<std::string_view> parts_of(std::string_view text, char mark) {
    std::vector<std::string_view> out;
    for (;;) {
        const std::size_t end = text.find(mark);
        out.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return out;
        text.remove_prefix(end + 1);
    }
}

double number_of(std::string_view text) {
    double out = 0;
    std::from_chars(text.data(), text.data() + text.size(), out);
    return out;
}

// Columns of tesseract's TSV: level, page, block, paragraph, line, word, left, top, width, height,
// confidence, text.
enum Column { kLevel = 0, kLeft = 6, kTop, kWidth, kHeight, kConfidence, kText, kColumns };
constexpr std::string_view kLineLevel = "4";
constexpr std::string_view kWordLevel = "5";

double middle_of(std::vector<double> values) {
    if (values.empty()) return 0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

OcrResult result_of(std::string_view table) {
    OcrResult out;
    std::vector<double> heights;
    double weight = 0;
    double sum = 0;
    double height = 0;
    std::uint32_t line = 0;
    for (const std::string_view row : parts_of(table, '\n')) {
        const auto cells = parts_of(row, '\t');
        if (cells.size() < kColumns) continue;
        if (cells[kLevel] == kLineLevel) {
            height = number_of(cells[kHeight]);
            ++line;
            heights.push_back(height);
        }
        const std::string_view said = text::trimmed(cells[kText]);
        if (cells[kLevel] != kWordLevel || said.empty() || !text::valid_utf8(said)) continue;
        const double left = number_of(cells[kLeft]);
        const double top = number_of(cells[kTop]);
        const double confidence = number_of(cells[kConfidence]);
        const auto characters = static_cast<double>(text::length(said));
        // Boxes of neighbours overlap.
        if (!out.words.empty() && out.words.back().line == line) {
            out.words.back().right = std::min(out.words.back().right, left);
        }
        out.words.push_back({.text = text::code_points(said),
                             .left = left,
                             .right = left + number_of(cells[kWidth]),
                             .top = top,
                             .bottom = top + number_of(cells[kHeight]),
                             .em = height,
                             .space_after = false,
                             .rotation = 0,
                             .line = line});
        weight += characters;
        sum += confidence * characters;
        if (confidence < kConfidenceMin) out.doubtful.emplace_back(said);
    }
    out.confidence = weight > 0 ? static_cast<int>(sum / weight) : 0;
    // A line of digits is lower than one of characters of the same type.
    constexpr double kLarger = 1.35;
    const double usual = middle_of(heights);
    for (PageWord& word : out.words) {
        if (word.em < usual * kLarger) word.em = usual;
    }
    return out;
}

}  // namespace

bool ocr_is_there() {
    static const bool kThere = [] {
        const auto listed = output_of({kProgram, "--list-langs"}, "");
        if (!listed) return false;
        const auto lines = parts_of(*listed, '\n');
        return std::find(lines.begin(), lines.end(), kLanguage) != lines.end();
    }();
    return kThere;
}

Error no_ocr() {
    return {
        ErrorKind::InvalidInput,
        errors::kNoOcr,
        "文件里的页面是图片，需要文字识别，而服务器没有安装；请改交带文字的文件，或者请管理员安装 "
        "tesseract-ocr 和 tesseract-ocr-chi-sim。",
        {}};
}

Result<OcrResult> ocr(std::string_view picture) {
    if (!ocr_is_there()) return refuse(no_ocr());
    const auto table = output_of({kProgram, "stdin", "stdout", "-l", kLanguage, "tsv"}, picture);
    if (table) return result_of(*table);
    return refuse(ErrorKind::InvalidInput, errors::kNotWhole,
                  "图片不完整或已损坏，文字识别读不了，请重新扫描或另存后再试。");
}

SourceNotice ocr_notice(std::uint32_t page, const OcrResult& result) {
    std::string doubtful;
    const std::size_t shown = std::min(result.doubtful.size(), kDoubtfulShown);
    for (std::size_t i = 0; i < shown; ++i) {
        doubtful += fmt::format("{}“{}”", i == 0 ? "" : "、", result.doubtful[i]);
    }
    if (!doubtful.empty()) {
        doubtful = fmt::format("，其中{}处没有把握：{}{}", result.doubtful.size(), doubtful,
                               result.doubtful.size() > shown ? "等" : "");
    }
    return {"ocr",
            fmt::format("第{}页是图片，文字由识别得来，平均把握{}%{}。", page, result.confidence,
                        doubtful),
            {page, 1, 0}};
}

Result<SourceText> read_picture(std::string_view bytes) {
    TRY(const OcrResult result, ocr(bytes));
    SourceText out{.format = "image", .pages = 1, .blocks = {}, .notices = {}};
    Page page;
    for (const PageWord& word : result.words) {
        page.width = std::max(page.width, word.right);
        page.height = std::max(page.height, word.bottom);
    }
    page.words = result.words;
    append_pages({page}, out);
    out.notices.push_back(ocr_notice(1, result));
    if (!out.blocks.empty()) return out;
    return refuse(ErrorKind::InvalidInput, errors::kNoText, "图片里没有认出文字。");
}

}  // namespace fazhi::review
