#include "review/reader.h"

#include <array>

#include <doctest/doctest.h>

#include "document/testing/form_file.h"
#include "document/zip_archive.h"
#include "review/errors.h"
#include "review/read_limits.h"
#include "review/testing/drawn_pdf.h"
#include "review/testing/shown.h"

namespace fazhi::review {
namespace {

using document::testing::form_file;
using document::testing::paragraph;
using Strings = std::vector<std::string>;
using namespace std::string_view_literals;

SourceText read(std::string_view name, std::string_view bytes) {
    auto out = read_source(name, bytes);
    REQUIRE_MESSAGE(out, out.error().message);
    return *std::move(out);
}

std::string_view refusal(std::string_view bytes) {
    const auto result = read_source("报告.docx", bytes);
    return result ? "" : result.error().code;
}

}  // namespace

TEST_CASE("a file is read as what it is, and told where its name says something else") {
    const std::string pdf = testing::drawn_pdf({testing::printed("正文一段。", 80, 100)});
    CHECK(read("报告.pdf", pdf).notices.empty());
    const SourceText renamed = read("报告.DOCX", pdf);
    CHECK(renamed.format == "pdf");
    CHECK(testing::notices_of(renamed) == Strings{"renamed"});
    CHECK(read("无名", form_file(paragraph("正文"))).format == "docx");
    CHECK(read("无名", form_file(paragraph("正文"))).notices.empty());
    CHECK(read("a.html", "\xEF\xBB\xBF <!-- 注 --><!DOCTYPE HTML><p>正文").format == "html");
    CHECK(read("a.txt", "## 一、做法\n\n正文").format == "markdown");
    CHECK(read("a.md", "正文 < 五").format == "markdown");
    CHECK(read("a.txt", "正文 < 五").format == "text");
    CHECK(testing::notices_of(read("a.md", "正文")).empty());
    CHECK(testing::notices_of(read("a.pdf", "正文")) == Strings{"renamed"});
}

TEST_CASE("formats that are not read, locked and hostile files are refused by what they are") {
    const std::string old("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
    const std::string locked("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", 32);
    CHECK(refusal("") == errors::kNotText);
    CHECK(refusal(old + "WordDocument") == errors::kFormatNotRead);
    CHECK(refusal(old + std::string(600, '\0') + locked) == errors::kLocked);
    CHECK(refusal("{\\rtf1 a}") == errors::kFormatNotRead);
    CHECK(refusal(document::zip_archive({{"xl/workbook.xml", "<a/>"}})) == errors::kFormatNotRead);
    CHECK(refusal(document::zip_archive({{"a.txt", "a"}})) == errors::kFormatNotRead);
    CHECK(refusal("PK\x03\x04 cut") == errors::kNotWhole);
    CHECK(refusal("MZ\x90\0\x03"sv) == errors::kNotText);
    CHECK(refusal(std::string(kFileBytesMax + 1, 'a')) == errors::kTooLarge);
    const auto said = read_source("a.doc", old);
    REQUIRE_FALSE(said);
    CHECK(said.error().message.find(".doc") != std::string::npos);
}

}  // namespace fazhi::review
