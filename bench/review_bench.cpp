// Reviewing reports after their text has been read: how many a second on one core, and whether a
// text a thousand times as long costs no more than its length.
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "bench.h"
#include "definition/loader.h"
#include "office.h"
#include "review/plain_text.h"
#include "review/reviewer.h"

namespace fazhi::bench {
namespace {

constexpr std::size_t kReportCharacters = 3'000;

// Sections as reports have them; `n` makes figures differ.
std::string section(int n) {
    return fmt::format(
        "（一）加强组织领导，压实法治建设责任。一是健全工作机制，召开法治建设工作会议{}"
        "次，研究解决有关问题，"
        "将法治建设纳入年度工作计划；二是落实党政主要负责人推进法治建设第一责任人职责，坚持“三重一"
        "大”事项集体讨论决定；"
        "三是组织理论学习中心组集中学习{}"
        "次，学习《中华人民共和国宪法》《民法典》《行政处罚法》，参加人员{}余人。\n"
        "（二）坚持多元化解，依法调处矛盾纠纷。全年排查矛盾纠纷{}起，化解矛盾纠纷{}"
        "起，现有人民调解员{}名，"
        "其中专职人民调解员3名，调解成功率98%，今年以来未发生重大群体性事件。\n"
        "（三）深化普法宣传，营造法治氛围。结合“4.15”全民国家安全教育日、“12."
        "4”国家宪法日等重要节点，"
        "组织各类法治宣传{}场，发放宣传资料{}.5万余份，悬挂横幅30余条，惠及群众{}"
        "余人，群众法治意识不断增强。\n",
        n % 9 + 2, n % 12 + 3, n % 50 * 10 + 100, n % 300 + 100, n % 90 + 10, n % 40 + 12,
        n % 60 + 5, n % 7 + 1, n % 80 * 100 + 500);
}

std::string report(int n, std::size_t characters) {
    std::string out =
        "云桥区柳岸街道办事处关于2024年法治政府建设情况的报告\n云柳发〔2025〕9号\n区委、区政府：\n"
        "一、2024年推进法治政府建设的主要举措和成效\n";
    while (out.size() / 3 < characters) out += section(n++);
    return out +
           "二、存在的不足和原因\n一是宣传形式单一，主要原因是人手不足；二是执法力量薄弱，由于人员"
           "身兼数职。\n"
           "三、党政主要负责人履行推进法治建设第一责任人职责的情况\n带头学法讲法，定期研究法治建设"
           "工作，"
           "亲自部署重要工作，督促班子成员依法办事，支持司法机关依法履职。\n"
           "四、2025年推进法治政府建设的主要安排\n一是加强学法用法；二是充实执法力量；三是创新普法"
           "形式。\n"
           "云桥区柳岸街道办事处\n2025年2月20日\n";
}

// Makes sure that the work was done: every figure is read.
void require_figures(const review::Review& review) {
    if (review.reading.figures.size() < 10) throw std::runtime_error("the report was not read");
}

}  // namespace

void reviews(Sheet& sheet) {
    constexpr int kReports = 400;
    constexpr std::size_t kLongCharacters = 3'400'000;  // 10 MB
    constexpr int kRounds = 5;
    const auto set = definition::build_set({required(definition::read_pack("packs/national"))}).set;
    if (!set) throw std::runtime_error("packs/national does not load");
    const review::Reviewer reviewer = required(review::Reviewer::of(*set));
    std::vector<review::SourceText> sources;
    for (int i = 0; i < kReports; ++i)
        sources.push_back(review::paragraphs_of(report(i * 7, kReportCharacters)));
    std::vector<double> rates;
    for (int round = 0; round < kRounds; ++round) {
        const Instant begun = now();
        for (const review::SourceText& source : sources) require_figures(reviewer.review(source));
        rates.push_back(kReports / seconds_since(begun));
    }
    sheet.add({.name = "review.reports",
               .value = median(rates),
               .unit = "/s",
               .bar = Bar{Sense::AtLeast, 2000}});
    const review::SourceText long_text = review::paragraphs_of(report(1, kLongCharacters));
    const Instant begun = now();
    require_figures(reviewer.review(long_text));
    sheet.add({.name = "review.10mb",
               .value = seconds_since(begun),
               .unit = "s",
               .bar = Bar{Sense::AtMost, 2}});
}

}  // namespace fazhi::bench
