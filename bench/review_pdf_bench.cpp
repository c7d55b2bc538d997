// The text of PDF files, read in a child as a review reads them, against pdftotext on the same
// files: a process for each, as it comes.
#include <array>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"
#include "document/pdf_writer.h"
#include "review/extraction.h"

namespace fazhi::bench {
namespace {

namespace fs = std::filesystem;

constexpr int kFiles = 20;
constexpr int kRounds = 5;
constexpr int kParagraphs = 60;  // some eight pages
constexpr double kRatioMax = 2.5;

// No two lines alike: running heads are found by their likeness.
document::Document report(int file) {
    document::Document out;
    out.title = fmt::format("某某街道办事处关于{}年度法治政府建设情况的报告", 2000 + file);
    out.organisation = "某某街道办事处";
    for (int i = 0; i < kParagraphs; ++i) {
        const std::string text = fmt::format(
            "全年共受理群众来信来访和热线转办的各类诉求{}件，均在规定时限内办结；开展普法宣传{}"
            "场次，"
            "发放宣传材料{}份，受教育群众达到{}人次；排查化解矛盾纠纷{}起，成功率百分之{}。",
            file * 1'000 + i, i + 3, i * 37 + 11, i * 91 + 7, i * 5 + file, i % 10 + 90);
        out.blocks.emplace_back(document::Paragraph{.runs = {document::Run{.text = text}}});
    }
    return out;
}

class Files {
public:
    Files() : folder_(fs::temp_directory_path() / fmt::format("fazhi_bench_pdf_{}", ::getpid())) {
        fs::create_directories(folder_);
        for (int i = 0; i < kFiles; ++i) {
            bytes_.push_back(document::write_pdf(report(i), {}));
            std::ofstream(path(i), std::ios::binary) << bytes_.back();
        }
    }
    ~Files() {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
    Files(const Files&) = delete;
    Files& operator=(const Files&) = delete;

    [[nodiscard]] std::string path(int file) const {
        return (folder_ / fmt::format("{}.pdf", file)).string();
    }
    [[nodiscard]] const std::vector<std::string>& bytes() const { return bytes_; }

private:
    fs::path folder_;
    std::vector<std::string> bytes_;
};

void run_pdftotext(std::string file) {
    std::string program = "pdftotext";
    std::string output = "-";
    std::array<char*, 4> arguments{program.data(), file.data(), output.data(), nullptr};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t child = 0;
    const int fault =
        ::posix_spawnp(&child, program.c_str(), &actions, nullptr, arguments.data(), ::environ);
    posix_spawn_file_actions_destroy(&actions);
    int status = 0;
    if (fault != 0 || ::waitpid(child, &status, 0) != child || status != 0)
        throw std::runtime_error("pdftotext did not read a file (Debian: poppler-utils)");
}

// The first child starts within the time, as each pdftotext does.
double seconds_of_ours(const Files& files) {
    const fs::path program = fs::read_symlink("/proc/self/exe").parent_path() / "fazhi";
    const Instant begun = now();
    review::Extractor extractor(
        review::ExtractionCommand(program.string(), review::ExtractionCommand().arguments));
    for (const std::string& bytes : files.bytes()) {
        const auto read = extractor.extract("report.pdf", bytes);
        if (!read) throw std::runtime_error(read.error().message);
        if (read->blocks.size() < kParagraphs) throw std::runtime_error("paragraphs were lost");
    }
    return seconds_since(begun);
}

double seconds_of_pdftotext(const Files& files) {
    const Instant begun = now();
    for (int i = 0; i < kFiles; ++i) run_pdftotext(files.path(i));
    return seconds_since(begun);
}

}  // namespace

void review_pdf(Sheet& sheet) {
    const Files files;
    std::vector<double> ours;
    std::vector<double> theirs;
    for (int round = 0; round < kRounds; ++round) {
        ours.push_back(seconds_of_ours(files));
        theirs.push_back(seconds_of_pdftotext(files));
    }
    constexpr double kMilliseconds = 1e3;
    sheet.add({.name = "review.pdf",
               .value = median(ours) / kFiles * kMilliseconds,
               .unit = "ms",
               .ratio = median(ours) / median(theirs),
               .bar = Bar{Sense::AtMost, kRatioMax}});
}

}  // namespace fazhi::bench
