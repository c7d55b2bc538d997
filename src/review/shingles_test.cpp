#include "review/shingles.h"

#include <algorithm>
#include <random>

#include <doctest/doctest.h>

#include "review/excerpts.h"
#include "review/read_plain_text.h"
#include "review/testing/national_lexicon.h"

namespace fazhi::review {

namespace {

std::u32string letters(std::mt19937& random, std::size_t count) {
    std::uniform_int_distribution<std::uint32_t> any(0x4E00, 0x9FA5);
    std::u32string out;
    for (std::size_t i = 0; i < count; ++i) out += static_cast<char32_t>(any(random));
    return out;
}

bool share(const std::vector<Shingle>& a, const std::vector<Shingle>& b) {
    return std::any_of(a.begin(), a.end(), [&](const Shingle& one) {
        return std::any_of(b.begin(), b.end(),
                           [&](const Shingle& other) { return one.hash == other.hash; });
    });
}

struct Read {
    explicit Read(std::string_view text)
        : source(*read_plain_text(text)), reading(read_report(source, national_lexicon())) {}

    SourceText source;
    ReportReading reading;
};

std::vector<std::string> excerpts(const Read& here, const Read& there,
                                  const ShingleHashes& common = {}) {
    const Companion companion("另一份", there.reading);
    std::vector<std::string> out;
    for (const Excerpt& each :
         excerpts_of(here.reading, shingles_of(here.reading.prose.text()), companion, common))
        out.push_back(here.reading.prose.utf8(each.here));
    return out;
}

}  // namespace

TEST_CASE(
    "texts that have enough letters in a row in common share a shingle, wherever they stand") {
    std::mt19937 random(20);
    for (int n = 0; n < 200; ++n) {
        const std::u32string both = letters(random, kSharedMin);
        const auto a = shingles_of(letters(random, 100) + both + letters(random, 7));
        const auto b = shingles_of(letters(random, 3) + both + letters(random, 60));
        CHECK(share(a, b));
        CHECK_FALSE(share(a, shingles_of(letters(random, 200))));
    }
}

TEST_CASE("punctuation, spaces and line ends make no difference to shingles") {
    const auto plain =
        shingles_of(U"将年度要点分解为二十七项逐项明确牵头科室和完成时限年底全部办结");
    const auto marked =
        shingles_of(U"将年度要点分解为二十七项，逐项明确牵头科室\n和完成时限，年底全部办结。");
    CHECK(plain == marked);
    CHECK(shingles_of(U"太短的一句话。").empty());
}

TEST_CASE("about two of every seventeen runs are kept") {
    std::mt19937 random(3);
    const auto all = shingles_of(letters(random, 30'000));
    CHECK(all.size() > 3'000);
    CHECK(all.size() < 4'200);
}

TEST_CASE("an excerpt is made of whole sentences, a changed word or number allowed") {
    const Read here(
        "一、主要举措\n全年办案12件。将年度要点分解为31项，逐项明确牵头科室和完成时限，年底全部办"
        "结。各社区书记在述职时一并述法，12个社区无一遗漏。下一句是自己的。");
    const Read there(
        "一、主要举措\n将年度要点分解为27项，逐项明确牵头科室和完成时限，年底全部办结。各社区书记在"
        "述职时一并述法，12个社区无一遗漏。");
    CHECK(excerpts(here, there) ==
          std::vector<std::string>{
              "将年度要点分解为31项，逐项明确牵头科室和完成时限，年底全部办结。各社"
              "区书记在述职时一并述法，12个社区无一遗漏。"});
    CHECK(excerpts(here, Read("全年没有别的事情可说，只有这一句完全不同的话写在这里作为比较。"))
              .empty());
}

TEST_CASE("the headings that all reports have are no excerpt") {
    const std::string heading =
        "三、2024年党政主要负责人履行推进法治建设第一责任人职责，加强法治政府建设的有关情况\n　　";
    CHECK(excerpts(Read(heading + "甲街道做了一些事情。"), Read(heading + "乙街道另做别的工作。"))
              .empty());
}

TEST_CASE("what nearly everybody writes does not count") {
    const Read here(
        "坚持重要工作亲自部署重大问题亲自过问重点环节亲自协调重要任务亲自督办，层层压实责任。");
    ShingleHashes common;
    for (const Shingle& each : shingles_of(here.reading.prose.text())) common.insert(each.hash);
    CHECK(excerpts(here, here).size() == 1);
    CHECK(excerpts(here, here, common).empty());
}

}  // namespace fazhi::review
