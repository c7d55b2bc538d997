#include "review/extraction.h"

#include <array>
#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "document/testing/form_file.h"
#include "review/errors.h"
#include "review/read_ocr.h"
#include "review/reader.h"
#include "review/testing/drawn_pdf.h"
#include "review/testing/shown.h"

namespace fazhi::review {
namespace {

using Strings = std::vector<std::string>;

const ExtractionCommand& command() {
    static const ExtractionCommand kCommand(FAZHI_EXTRACTION_CHILD, {});
    return kCommand;
}

std::string_view refusal(const Result<SourceText>& result) {
    return result ? "read" : result.error().code;
}

}  // namespace

TEST_CASE("a child reads every format as this process would") {
    Extractor extractor(command());
    const std::array<std::pair<std::string, std::string>, 5> files{{
        {"a.txt", "　　共 １２ 件，\n"},
        {"a.md", "## 一、做法\n\n| 甲 | 12 |\n|---|---|\n| 乙 | 3 |\n"},
        {"a.html", "<html><body><p>正文</p></body></html>"},
        {"a.docx", document::testing::form_file(document::testing::paragraph("正文一段"))},
        {"a.pdf", testing::drawn_pdf({testing::printed("正文一段。", 80, 100)})},
    }};
    for (const auto& [name, bytes] : files) {
        CAPTURE(name);
        const auto here = read_source(name, bytes);
        const auto there = extractor.extract(name, bytes);
        REQUIRE(here);
        REQUIRE_MESSAGE(there, there.error().message);
        CHECK(*there == *here);
    }
    CHECK(extractor.children_started() == 1);
}

TEST_CASE("what a child refuses is refused with its code and words") {
    Extractor extractor(command());
    const auto here = read_source("a.docx", "PK\x03\x04");
    const auto there = extractor.extract("a.docx", "PK\x03\x04");
    REQUIRE_FALSE(there);
    CHECK(there.error().code == here.error().code);
    CHECK(there.error().message == here.error().message);
    CHECK(there.error().kind == here.error().kind);
    CHECK(extractor.children_started() == 1);
}

TEST_CASE("a child reads its share of files and is replaced") {
    Extractor extractor(command());
    static_assert(kFilesPerChild >= 20);
    for (int i = 0; i < kFilesPerChild; ++i) REQUIRE(extractor.extract("a.txt", "正文"));
    CHECK(extractor.children_started() == 1);
    CHECK(extractor.extract("a.txt", "正文"));
    CHECK(extractor.children_started() == 2);
}

TEST_CASE("a file that ends its reader is refused, and the next is read") {
    Extractor extractor(command());
    CHECK(refusal(extractor.extract("crash.txt", "x")) == errors::kReaderFailed);
    CHECK(refusal(extractor.extract("a.txt", "正文")) == "read");
    CHECK(refusal(extractor.extract("nonsense.txt", "x")) == errors::kReaderFailed);
    CHECK(refusal(extractor.extract("outside.txt", "x")) == errors::kReaderFailed);
    CHECK(refusal(extractor.extract("a.txt", "正文")) == "read");
    const int children = extractor.children_started();
    CHECK(refusal(extractor.extract("throw.txt", "x")) == errors::kReaderFailed);
    CHECK(refusal(extractor.extract("hoard.txt", "x")) == errors::kTooCostly);
    CHECK(refusal(extractor.extract("a.txt", "正文")) == "read");
    CHECK(extractor.children_started() <= children + 1);
}

TEST_CASE("a file that takes too much time is refused, of the processor or of the day") {
    ExtractionBounds bounds;
    bounds.each.cpu_seconds = 1;
    bounds.longest = std::chrono::seconds(30);
    Extractor busy(command(), bounds);
    CHECK(refusal(busy.extract("spin.txt", "x")) == errors::kTooCostly);
    CHECK(refusal(busy.extract("a.txt", "正文")) == "read");

    bounds.longest = std::chrono::milliseconds(300);
    Extractor idle(command(), bounds);
    CHECK(refusal(idle.extract("sleep.txt", "x")) == errors::kTooCostly);
}

TEST_CASE("a child can neither read nor write files of ours") {
    Extractor extractor(command());
    const auto file = std::filesystem::temp_directory_path() / "fazhi_extraction_test";
    std::ofstream(file) << "secret";
    const auto seen = extractor.extract("open.txt", file.string());
    const auto written = extractor.extract("open.txt", file.string() + ".new");
    REQUIRE(seen);
    REQUIRE(written);
    // Without Landlock in the kernel a child can still read.
    CHECK(testing::texts_of(*seen) != Strings{"read and written"});
    CHECK(std::filesystem::file_size(file) == 6);
    std::filesystem::remove(file);
    std::filesystem::remove(file.string() + ".new");
}

TEST_CASE("a scan is read within the child's limits") {
    if (!ocr_is_there()) return;
    Extractor extractor(command());
    const auto read = extractor.extract(
        "a.pdf", testing::scanned_pdf({testing::printed("全年共受理群众诉求十二件。", 80, 100)}));
    REQUIRE_MESSAGE(read, read.error().message);
    // How well it reads is its own affair; here it ran.
    CHECK(testing::notices_of(*read) == Strings{"ocr"});
}

TEST_CASE("an answer that breaks a promise is no answer") {
    const std::string sound = encoded(Result<SourceText>(*read_source("a.txt", "正文")));
    REQUIRE(decoded_answer(sound));
    const std::array<std::pair<std::string, std::string>, 7> kBroken{{
        {"\"0 1 1 0\"", "\"1 1 1 0\""},          // does not begin at 0
        {"\"0 1 1 0\"", "\"0 2 1 0\""},          // a page that there is not
        {"\"0 1 1 0\"", "\"0 1 1\""},            // cut
        {"\"0 1 1 0\"", "\"0 1 1 0 9 1 1 0\""},  // beyond the text
        {"\"paragraph\"", "\"poem\""},
        {"\"level\":0", "\"level\":77"},
        {"\"text\"}", "\"text\""},
    }};
    for (const auto& [from, to] : kBroken) {
        CAPTURE(to);
        std::string broken = sound;
        const std::size_t at = broken.find(from);
        if (at != std::string::npos)
            broken.replace(at, from.size(), to);
        else
            broken += to;
        CHECK(refusal(decoded_answer(broken)) == errors::kReaderFailed);
    }
    CHECK(refusal(decoded_answer(R"({"refusal":{"code":"other.code","kind":0,"message":"x"}})")) ==
          errors::kReaderFailed);
}

}  // namespace fazhi::review
