// Reviewing reports after their text has been read: how many a second on one core, and whether a
// text a thousand times as long costs no more than its length.
#include <fstream>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <malloc.h>

#include "bench.h"
#include "definition/loader.h"
#include "office.h"
#include "review/read_plain_text.h"
#include "review/reviewer.h"
#include "review/similarity.h"
#include "text/numeral.h"

namespace fazhi::bench {
namespace {

constexpr std::size_t kReportCharacters = 3'000;

// Sections as reports have them: some with figures, most of it prose. `n` makes figures differ.
std::string section(int n, int number) {
    return fmt::format(
        "（{}"
        "）加强组织领导，压实法治建设责任。街道把法治建设摆在全局工作的突出位置，纳入经济社会发展总"
        "体规划和年度工作计划，"
        "与各项工作同部署、同推进、同督促、同考核、同奖惩，形成主要领导负总责、分管领导具体抓、各科"
        "室和社区协同配合的工作格局。"
        "一是健全工作机制，召开法治建设工作会议{}次，研究解决执法力量下沉、调解场地保障等有关问题；"
        "二是落实党政主要负责人推进法治建设第一责任人职责，坚持“三重一大”事项集体讨论决定，重大决策"
        "先听取法律顾问意见；"
        "三是组织理论学习中心组集中学习{}"
        "次，学习《中华人民共和国宪法》《民法典》《行政处罚法》等法律法规，"
        "不断提高领导干部运用法治思维和法治方式深化改革、推动发展、化解矛盾、维护稳定的能力。\n"
        "（{}"
        "）坚持多元化解，依法调处矛盾纠纷。依托综治中心和社区调解室，发挥网格员、老党员、法律明白人"
        "的作用，"
        "对婚姻家庭、邻里关系、物业服务、劳动争议等重点领域开展常态化摸排，做到早发现、早介入、早化"
        "解。"
        "全年排查第{}网格矛盾纠纷{}起，化解{}"
        "起，今年以来未发生重大群体性事件，辖区社会大局保持平稳有序。\n",
        text::numeral_text(number), n % 9 + 2, n % 12 + 3, text::numeral_text(number + 1), number,
        n % 50 * 10 + 400, n % 300 + 100);
}

std::string report(int n, std::size_t characters) {
    std::string out =
        "云桥区柳岸街道办事处关于2024年法治政府建设情况的报告\n云柳发〔2025〕9号\n区委、区政府：\n"
        "一、2024年推进法治政府建设的主要举措和成效\n";
    for (int number = 1; out.size() / 3 < characters; number += 2) out += section(n++, number);
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

// What this process has held at most since it was made.
class Peak {
public:
    Peak() {
        malloc_trim(0);  // what others freed would hide what is taken now
        before_ = megabytes("VmRSS:");
        std::ofstream reset("/proc/self/clear_refs");
        if (!(reset << "5" << std::flush)) throw std::runtime_error("the peak cannot be reset");
    }
    [[nodiscard]] double whole() const { return megabytes("VmHWM:"); }
    // More than there was.
    [[nodiscard]] double growth() const { return whole() - before_; }

private:
    static double megabytes(const std::string& line) {
        std::ifstream status("/proc/self/status");
        std::string name;
        double kilobytes = 0;
        while (status >> name) {
            if (name == line && status >> kilobytes) return kilobytes / 1024;
        }
        throw std::runtime_error("/proc/self/status has no " + line);
    }

    double before_ = 0;
};

// A text that no other has: characters as a language has them, some far more often than others.
std::u32string own_prose(std::mt19937& random, std::size_t characters) {
    std::geometric_distribution<std::uint32_t> rank(0.01);
    std::u32string out;
    while (out.size() < characters)
        out += static_cast<char32_t>(0x4E00 + rank(random) * 17 % 20'000);
    return out;
}

// 40,000 reports of 3,000 characters: a third of each is what all write, one in ten has a passage
// of an earlier one.
void similarity_of_many(Sheet& sheet) {
    constexpr std::size_t kReports = 40'000;
    constexpr std::size_t kPassage = 120;
    const Peak peak;
    std::mt19937 random(6);
    const std::u32string all_write = own_prose(random, kReportCharacters / 3);
    std::vector<std::u32string> passages;
    double seconds = 0;  // without making the texts
    review::Similarity similarity;
    std::size_t copies = 0;
    for (std::size_t i = 0; i < kReports; ++i) {
        std::u32string text = all_write + own_prose(random, kReportCharacters * 2 / 3);
        if (i % 10 == 3) passages.push_back(text.substr(kReportCharacters / 2, kPassage));
        if (i % 10 == 7) {
            text.replace(kReportCharacters * 3 / 4, kPassage, passages[copies % passages.size()]);
            ++copies;
        }
        const Instant begun = now();
        similarity.add(review::shingles_of(text));
        seconds += seconds_since(begun);
    }
    const Instant begun = now();
    const review::Similarities found = similarity.take(40);
    seconds += seconds_since(begun);
    if (found.pairs.size() < copies || found.pairs.size() > copies * 11 / 10)
        throw std::runtime_error(fmt::format("{} pairs of {}", found.pairs.size(), copies));
    sheet.add({.name = "review.similarity.40000",
               .value = seconds,
               .unit = "s",
               .bar = Bar{Sense::AtMost, 60}});
    sheet.add({.name = "review.similarity.memory",
               .value = peak.growth(),
               .unit = "MB",
               .bar = Bar{Sense::AtMost, 512}});
}

}  // namespace

void reviews(Sheet& sheet) {
    constexpr int kReports = 400;
    constexpr std::size_t kLongCharacters = 3'400'000;  // 10 MB
    constexpr int kRounds = 15;
    // A worker's: the rules, what they are compiled into, and the reports in hand.
    const Peak peak;
    const auto set = definition::build_set({required(definition::read_pack("packs/national"))}).set;
    if (!set) throw std::runtime_error("packs/national does not load");
    const review::Reviewer reviewer = required(review::Reviewer::of(*set));
    std::vector<double> rates;
    for (int round = 0; round < kRounds; ++round) {
        double seconds = 0;  // without reading the text
        for (int i = 0; i < kReports; ++i) {
            const review::SourceText source =
                required(review::read_plain_text(report(i * 7, kReportCharacters)));
            const Instant begun = now();
            require_figures(reviewer.review(source));
            seconds += seconds_since(begun);
        }
        rates.push_back(kReports / seconds);
    }
    sheet.add({.name = "review.worker.memory",
               .value = peak.growth(),
               .unit = "MB",
               .bar = Bar{Sense::AtMost, 64}});
    sheet.add({.name = "review.reports",
               .value = median(rates),
               .unit = "/s",
               .bar = Bar{Sense::AtLeast, 2000}});
    const review::SourceText long_text =
        required(review::read_plain_text(report(1, kLongCharacters)));
    const Instant begun = now();
    require_figures(reviewer.review(long_text));
    sheet.add({.name = "review.10mb",
               .value = seconds_since(begun),
               .unit = "s",
               .bar = Bar{Sense::AtMost, 2}});
    similarity_of_many(sheet);
}

}  // namespace fazhi::bench
