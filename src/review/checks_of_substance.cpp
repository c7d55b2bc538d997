#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "review/checks.h"
#include "review/figure_relations.h"
#include "review/figure_scan.h"
#include "text/utf8.h"

namespace fazhi::review {
namespace {

bool has_own_matter(const Subject& subject, const std::vector<Extent>& names, Extent sentence) {
    const auto& figures = subject.reading.figures;
    const auto figure = std::lower_bound(
        figures.begin(), figures.end(), sentence.begin,
        [](const Figure& each, std::uint32_t at) { return each.extent.begin < at; });
    if (figure != figures.end() && figure->extent.begin < sentence.end) return true;
    return std::any_of(names.begin(), names.end(),
                       [&](const Extent& each) { return sentence.holds(each.begin); });
}

// A day of the year, and the name in quotes behind it in the same clause.
struct Event {
    std::u32string key;
    std::size_t figure = 0;
    Extent extent;
};

// 6月5日 at `at`: where it ends; 0: none.
std::size_t day_end(std::u32string_view text, std::size_t at) {
    const auto digits = [&](char32_t mark) {
        const std::size_t begin = at;
        while (at < text.size() && is_ascii_digit(text[at])) ++at;
        const bool sound = at > begin && at - begin <= 2 && at < text.size() && text[at] == mark;
        if (sound) ++at;
        return sound;
    };
    return digits(U'月') && digits(U'日') ? at : 0;
}

std::optional<Event> event_of(const Subject& subject, std::size_t index) {
    const Prose& prose = subject.reading.prose;
    const Figure& figure = subject.reading.figures[index];
    const Extent words = words_before(subject, index);
    const std::u32string_view text = prose.view(words);
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool begins = is_ascii_digit(text[at]) && (at == 0 || !is_ascii_digit(text[at - 1]));
        const std::size_t end = begins ? day_end(text, at) : 0;
        if (end == 0) continue;
        const std::size_t open = text.find(U'“', end);
        const std::size_t close = open == text.npos ? open : text.find(U'”', open);
        if (close == text.npos) return std::nullopt;
        return Event{std::u32string(text.substr(at, end - at)) +
                         std::u32string(text.substr(open, close - open)),
                     index,
                     {words.begin + static_cast<std::uint32_t>(at), figure.extent.end}};
    }
    return std::nullopt;
}

}  // namespace

std::vector<Finding> find_notices(const CompiledCheck& check, const Subject& subject) {
    std::vector<Finding> out;
    for (const SourceNotice& notice : subject.reading.prose.source().notices) {
        if (notice.code != check.definition().notice) continue;
        out.push_back(check.finding(Verdict::Fail, {}, {.found = notice.words}));
    }
    return out;
}

// Sentences that give no figure and name nothing, where they also hold what any report says.
std::vector<Finding> find_boilerplate(const CompiledCheck& check, const Subject& subject) {
    constexpr std::uint32_t kSentenceMin = 8;
    const Prose& prose = subject.reading.prose;
    std::vector<Extent> names;
    for (const CitedTitle& title : subject.reading.titles) names.push_back(title.extent);
    std::uint32_t all = 0;
    std::uint32_t empty = 0;
    for (const ProseParagraph& paragraph : prose.paragraphs()) {
        if (paragraph.kind == BlockKind::TableCell) continue;
        for (std::uint32_t at = paragraph.extent.begin; at < paragraph.extent.end;) {
            const Extent sentence = prose.sentence(at);
            at = sentence.end + 1;
            if (sentence.size() < kSentenceMin) continue;
            all += sentence.size();
            if (!has_own_matter(subject, names, sentence)) empty += sentence.size();
        }
    }
    const auto phrases = check.words_in(subject).size();
    const auto limit = static_cast<std::uint32_t>(check.definition().limit.value_or(100));
    constexpr std::size_t kPhrasesMin = 3;
    if (all == 0 || empty * 100 <= all * limit || phrases < kPhrasesMin) return {};
    const std::string share = fmt::format("{}%", empty * 100 / all);
    return {check.finding(Verdict::Uncertain, {}, {.found = share})};
}

// The same day and name with a count of its own, again and again, each time as another thing.
std::vector<Finding> find_repeated_events(const CompiledCheck& check, const Subject& subject) {
    std::map<std::u32string, std::vector<Event>> events;
    std::vector<std::u32string> order;
    for (std::size_t i = 0; i < subject.reading.figures.size(); ++i) {
        const auto event = event_of(subject, i);
        if (!event) continue;
        auto& same = events[event->key];
        if (same.empty()) order.push_back(event->key);
        same.push_back(*event);
    }
    std::vector<Finding> out;
    for (const std::u32string& key : order) {
        const auto& same = events[key];
        std::set<std::string> units;
        for (const Event& each : same) units.insert(subject.reading.figures[each.figure].unit);
        if (units.size() < 2) continue;
        out.push_back(check.finding(Verdict::Uncertain, same.front().extent,
                                    {.found = subject.reading.prose.utf8(same.front().extent),
                                     .others = {{"times", fmt::format("{}", same.size())}}}));
    }
    return out;
}

}  // namespace fazhi::review
