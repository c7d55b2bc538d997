#include "review/read_ofd.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "document/zip_archive.h"
#include "review/errors.h"
#include "review/testing/shown.h"

namespace fazhi::review {
namespace {

using document::ArchiveEntry;
using Strings = std::vector<std::string>;

constexpr std::string_view kNamespace = R"(xmlns:ofd="http://www.ofdspec.org/2016")";

std::string object(double x, double y, double size, std::string_view codes) {
    return fmt::format(
        R"(<ofd:TextObject Boundary="{} {} 160 {}" Font="1" Size="{}">{}</ofd:TextObject>)", x,
        y - size, size, size, codes);
}

// A line of full characters whose base is at y.
std::string line(double x, double y, std::string_view said, double size = 5) {
    return object(x, y, size,
                  fmt::format(R"(<ofd:TextCode X="0" Y="{}" DeltaX="g 40 {}">{}</ofd:TextCode>)",
                              size, size, said));
}

std::string content(std::string_view inside, std::string_view before = "") {
    return fmt::format(R"(<?xml version="1.0"?><ofd:Page {}>{}<ofd:Content>)"
                       R"(<ofd:Layer ID="1">{}</ofd:Layer></ofd:Content></ofd:Page>)",
                       kNamespace, before, inside);
}

std::vector<ArchiveEntry> parts(const std::vector<std::string>& pages,
                                std::string_view common = "") {
    std::vector<ArchiveEntry> out{
        {"OFD.xml",
         fmt::format("<ofd:OFD {}><ofd:DocBody><ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot>"
                     "</ofd:DocBody></ofd:OFD>",
                     kNamespace)}};
    std::string list;
    for (std::size_t i = 0; i < pages.size(); ++i) {
        list += fmt::format(R"(<ofd:Page ID="{}" BaseLoc="Pages/{}.xml"/>)", i + 10, i);
        out.push_back({fmt::format("Doc_0/Pages/{}.xml", i), pages[i]});
    }
    out.push_back(
        {"Doc_0/Document.xml",
         fmt::format("<ofd:Document {}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
                     "</ofd:PhysicalBox></ofd:PageArea>{}</ofd:CommonData><ofd:Pages>{}</ofd:Pages>"
                     "</ofd:Document>",
                     kNamespace, common, list)});
    return out;
}

SourceText read(const std::vector<ArchiveEntry>& entries) {
    auto out = read_ofd(document::zip_archive(entries));
    REQUIRE_MESSAGE(out, out.error().message);
    return *std::move(out);
}

std::string_view refusal(const std::vector<ArchiveEntry>& entries) {
    const auto result = read_ofd(document::zip_archive(entries));
    return result ? "" : result.error().code;
}

}  // namespace

TEST_CASE("an OFD is read from line to line whatever the order its objects were drawn in") {
    const std::string page = content(line(20, 60, "之二，全年共受理群众诉求一") +
                                     line(30, 50, "街道扎实推进依法行政各项") +
                                     line(20, 70, "百二十件。") + line(30, 80, "二是开展普法。"));
    CHECK(
        testing::texts_of(read(parts({page}))) ==
        Strings{"街道扎实推进依法行政各项之二，全年共受理群众诉求一百二十件。", "二是开展普法。"});
}

TEST_CASE("codes of one object, repeated moves and scales place its text") {
    const std::string codes =
        R"(<ofd:TextCode X="0" Y="5" DeltaX="5 g 2 5">法治政府</ofd:TextCode>)"
        R"(<ofd:TextCode X="80" Y="5">2023</ofd:TextCode>)";
    const std::string scaled =
        R"(<ofd:TextObject Boundary="20 90 100 10" Size="1" CTM="5 0 0 5 0 0">)"
        R"(<ofd:TextCode X="0" Y="1">放大</ofd:TextCode></ofd:TextObject>)";
    CHECK(testing::texts_of(read(parts({content(object(20, 50, 5, codes) + scaled)}))) ==
          Strings{"法治政府 2023", "放大"});
}

TEST_CASE("heads of a template page and page numbers go, and pages have their numbers") {
    const std::string use = R"(<ofd:Template TemplateID="7"/>)";
    const std::string common = R"(<ofd:TemplatePage ID="7" BaseLoc="Tpls/T.xml"/>)";
    std::vector<std::string> pages;
    for (int i = 1; i <= 3; ++i) {
        pages.push_back(content(
            line(20, 100, fmt::format("第{}段正文。", i)) + line(100, 285, fmt::format("—{}—", i)),
            use));
    }
    auto entries = parts(pages, common);
    entries.push_back({"Doc_0/Tpls/T.xml", content(line(20, 20, "某某街道办事处文件"))});
    const SourceText source = read(entries);
    CHECK(testing::texts_of(source) == Strings{"第1段正文。", "第2段正文。", "第3段正文。"});
    CHECK(source.pages == 3);
    CHECK(spot_of(source.blocks[2], 0) == Spot{3, 2, 0});
}

TEST_CASE("an OFD that is cut, locked, hostile or empty is refused") {
    auto entries = parts({content("")});
    CHECK(refusal(entries) == errors::kNoText);
    entries.push_back({"Encryptions.xml", "<a/>"});
    CHECK(refusal(entries) == errors::kLocked);
    CHECK(refusal({{"OFD.xml", "<ofd:OFD"}}) == errors::kNotWhole);
    CHECK(refusal({{"OFD.xml", "<OFD><DocBody><DocRoot>Doc.xml</DocRoot></DocBody></OFD>"}}) ==
          errors::kNotWhole);
    CHECK(refusal({{"OFD.xml", "<!DOCTYPE a [<!ENTITY b \"c\">]><OFD/>"}}) == errors::kHostile);
    // A list of moves that says there are a billion of them.
    const std::string many = object(
        20, 50, 5, R"(<ofd:TextCode X="0" Y="5" DeltaX="g 1000000000 5">法治</ofd:TextCode>)");
    CHECK(testing::texts_of(read(parts({content(many)}))) == Strings{"法治"});
}

}  // namespace fazhi::review
