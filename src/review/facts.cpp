#include "review/facts.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "calendar/date.h"
#include "text/numeral.h"
#include "text/utf8.h"

namespace fazhi::review {
namespace {

constexpr std::size_t kHeadLineMax = 60;   // characters of a line of the title
constexpr std::size_t kClosingLines = 6;   // paragraphs looked at for signature and date
constexpr std::size_t kSignatureMax = 40;  // characters
constexpr std::u32string_view kOpenBrackets = U"〔[［（(【";
constexpr std::u32string_view kCloseBrackets = U"〕]］）)】";
constexpr std::u32string_view kYear = U"年";

Said said(const Prose& prose, Extent extent) {
    return {prose.utf8(extent), extent};
}

int digits_value(std::u32string_view digits) {
    int value = 0;
    for (const char32_t c : digits) value = value * 10 + static_cast<int>(c - U'0');
    return value;
}

std::uint32_t digits_end(std::u32string_view text, std::uint32_t at) {
    while (at < text.size() && is_ascii_digit(text[at])) ++at;
    return at;
}

// 1990-2099 in four digits that begin at `at`.
std::optional<YearSaid> year_at(std::u32string_view text, std::uint32_t at) {
    const std::uint32_t end = digits_end(text, at);
    if (end - at != 4) return std::nullopt;
    const int year = digits_value(text.substr(at, 4));
    if (year < 1990 || year > 2099) return std::nullopt;
    return YearSaid{year, {at, end}};
}

// 二〇二四
std::optional<YearSaid> chinese_year_at(std::u32string_view text, std::uint32_t at) {
    std::uint32_t end = at;
    while (end < text.size() && is_one_of(text[end], U"零〇○一二三四五六七八九")) ++end;
    if (end - at != 4) return std::nullopt;
    const auto year = text::number_from(text.substr(at, 4));
    if (!year || *year < 1990 || *year > 2099) return std::nullopt;
    return YearSaid{static_cast<int>(*year), {at, end}};
}

// 年2月27日 behind a year: month and day.
std::optional<std::pair<int, int>> month_day_at(std::u32string_view text, std::uint32_t at,
                                                std::uint32_t& end) {
    if (!text.substr(at).starts_with(kYear)) return std::nullopt;
    const auto piece = [&](std::u32string_view mark) {
        const std::uint32_t begin = at + 1;
        std::uint32_t stop = begin;
        while (stop < text.size() && (is_ascii_digit(text[stop]) || is_chinese_digit(text[stop])))
            ++stop;
        const bool sound = stop > begin && text.substr(stop).starts_with(mark);
        const auto value =
            text::number_from(text.substr(begin, std::min<std::uint32_t>(stop - begin, 4)));
        at = stop;
        return sound && value && *value < 100 ? static_cast<int>(*value) : 0;
    };
    const int month = piece(U"月");
    if (month == 0) return std::nullopt;
    const int day = piece(U"日");
    if (day == 0) return std::nullopt;
    end = at + 1;
    return std::pair(month, day);
}

struct DateSaid {
    Said whole;
    std::string iso;  // "" where there is no such day
};

std::vector<DateSaid> dates_of(const Prose& prose, const std::vector<YearSaid>& years) {
    std::vector<DateSaid> out;
    for (const YearSaid& year : years) {
        std::uint32_t end = 0;
        const auto rest = month_day_at(prose.text(), year.extent.end, end);
        if (!rest) continue;
        const std::string iso =
            fmt::format("{:04}-{:02}-{:02}", year.year, rest->first, rest->second);
        out.push_back({said(prose, {year.extent.begin, end}),
                       calendar::date_from(iso) ? iso : std::string()});
    }
    return out;
}

std::vector<DateSaid> dates_in(const Prose& prose, Extent extent) {
    return dates_of(prose, years_in(prose, extent));
}

// 云办发〔2024〕4号 in a paragraph; 第4号 is not the form of an office's papers.
std::optional<DocumentNumber> number_in(const Prose& prose, const ProseParagraph& paragraph) {
    const std::u32string& text = prose.text();
    for (std::uint32_t at = paragraph.extent.begin + 1; at < paragraph.extent.end; ++at) {
        if (!is_one_of(text[at], kOpenBrackets)) continue;
        const auto year = year_at(text, at + 1);
        if (!year || year->extent.end >= text.size()) continue;
        if (!is_one_of(text[year->extent.end], kCloseBrackets)) continue;
        std::uint32_t begin = year->extent.end + 1;
        if (text[begin] == U'第') ++begin;
        const std::uint32_t end = digits_end(text, begin);
        constexpr std::uint32_t kSerialDigits = 5;
        if (end == begin || end - begin > kSerialDigits || text[end] != U'号') continue;
        return DocumentNumber{said(prose, {paragraph.extent.begin, end + 1}), year->year,
                              digits_value(std::u32string_view(text).substr(begin, end - begin))};
    }
    return std::nullopt;
}

std::string without_breaks(std::string text) {
    text.erase(std::remove(text.begin(), text.end(), '\n'), text.end());
    return text;
}

bool ends_with_any(std::string_view text, const std::vector<std::string>& endings) {
    return std::any_of(endings.begin(), endings.end(),
                       [&](const std::string& ending) { return text.ends_with(ending); });
}

// Reads the paragraphs before the text proper, then those at its end.
class FactReader {
public:
    FactReader(const Prose& prose, const Outline& outline, const Lexicon& lexicon)
        : prose_(prose), outline_(outline), reading_(lexicon.reading()) {}

    DocumentFacts read();

private:
    [[nodiscard]] bool is_letterhead(const std::string& line) const;
    bool take_head(const ProseParagraph&);
    void add_title(const ProseParagraph&);
    void read_title();
    [[nodiscard]] std::string office_in(const std::string& words) const;
    [[nodiscard]] std::optional<YearSaid> opening_year() const;
    void read_year();
    void read_closing();
    void take_fuller_name();

    const Prose& prose_;
    const Outline& outline_;
    const definition::Reading& reading_;
    DocumentFacts out_;
};

// 某某街道办事处文件: what an office's paper is printed with, no title.
bool FactReader::is_letterhead(const std::string& line) const {
    constexpr std::string_view kPaper = "文件";
    return line.ends_with(kPaper) &&
           ends_with_any(std::string_view(line).substr(0, line.size() - kPaper.size()),
                         reading_.offices);
}

void FactReader::add_title(const ProseParagraph& paragraph) {
    if (out_.title.empty()) out_.title.extent = paragraph.extent;
    out_.title.extent.end = paragraph.extent.end;
    out_.title.text += prose_.utf8(paragraph.extent);
}

// Whether the paragraph belongs to what stands before the text.
bool FactReader::take_head(const ProseParagraph& paragraph) {
    const std::u32string_view text = prose_.view(paragraph.extent);
    if (text.size() > kHeadLineMax || text.find(U'。') != std::u32string_view::npos) return false;
    if (!out_.number) {
        out_.number = number_in(prose_, paragraph);
        if (out_.number) return true;
    }
    if (is_one_of(text.back(), U"：:")) {
        const std::string line = prose_.utf8({paragraph.extent.begin, paragraph.extent.end - 1});
        if (!ends_with_any(line, reading_.introductions)) {
            out_.addressee = {line, {paragraph.extent.begin, paragraph.extent.end - 1}};
        }
        return true;
    }
    const auto dates = dates_in(prose_, paragraph.extent);
    if (!dates.empty() && dates.front().whole.extent == paragraph.extent) return true;
    if (is_letterhead(prose_.utf8(paragraph.extent))) return true;
    if (out_.addressee.empty()) add_title(paragraph);
    return true;
}

void FactReader::read_title() {
    const std::string& title = out_.title.text;
    std::size_t end = title.size();
    for (const definition::ReportKind& kind : reading_.report_kinds) {
        for (const std::string& word : kind.titles) {
            const std::size_t at = title.find(word);
            if (at == std::string::npos) continue;
            if (out_.kind.empty()) out_.kind = kind.kind;
            end = std::min(end, at);
        }
    }
    for (const std::string& link : reading_.title_links) end = std::min(end, title.find(link));
    const auto years = years_in(prose_, out_.title.extent);
    if (!years.empty()) {
        const Extent before{out_.title.extent.begin, years.front().extent.begin};
        end = std::min(end, without_breaks(prose_.utf8(before)).size());
    }
    if (end >= title.size()) return;
    const std::string unit = office_in(title.substr(0, end));
    if (!unit.empty()) out_.unit = {unit, out_.title.extent};
}

// The name of an office at the end of the words, behind all that is none (a number's 〔2023〕5号);
// a letterhead over the title says it twice.
std::string FactReader::office_in(const std::string& words) const {
    constexpr std::u32string_view kNumberEnd = U"号";
    std::u32string name = text::code_points(words);
    const auto is_name = [](char32_t c) { return is_han(c) || c == U'、'; };
    const auto other = std::find_if_not(name.rbegin(), name.rend(), is_name);
    if (other != name.rend()) {
        name.erase(name.begin(), other.base());
        if (name.starts_with(kNumberEnd)) name.erase(0, 1);
    }
    const std::size_t half = name.size() / 2;
    if (half > 0 && name.size() % 2 == 0 && name.substr(0, half) == name.substr(half))
        name.erase(half);
    const std::string out = text::from_code_points(name);
    return ends_with_any(out, reading_.offices) ? out : "";
}

// The year of the paragraphs between title and first heading, but of no full date.
std::optional<YearSaid> FactReader::opening_year() const {
    constexpr std::uint32_t kOpeningMax = 400;
    const auto size = static_cast<std::uint32_t>(prose_.text().size());
    const std::uint32_t begin = out_.title.extent.end;
    const std::uint32_t end =
        outline_.items.empty() ? std::min(begin + kOpeningMax, size) : outline_.head.end;
    for (const YearSaid& year : years_in(prose_, {begin, std::max(begin, end)})) {
        std::uint32_t date_end = 0;
        if (!month_day_at(prose_.text(), year.extent.end, date_end)) return year;
    }
    return std::nullopt;
}

// The title's year, but where it stands alone against two others; else that of the first sentences.
void FactReader::read_year() {
    constexpr std::uint32_t kFirstSentences = 400;
    const auto of_title = years_in(prose_, out_.title.extent);
    const auto opening = opening_year();
    std::optional<YearSaid> first = opening;
    if (!of_title.empty()) {
        first = of_title.front();
        out_.title_year = first->year;
    } else if (!first) {
        const auto size = static_cast<std::uint32_t>(prose_.text().size());
        const std::uint32_t begin = out_.title.extent.end;
        const auto years = years_in(prose_, {begin, std::min(begin + kFirstSentences, size)});
        if (!years.empty()) first = years.front();
    }
    if (!first) return;
    out_.year = first->year;
    out_.year_said = said(prose_, {first->extent.begin, first->extent.end + 1});
    if (out_.title_year == 0) return;
    std::map<int, int> votes;
    if (opening) ++votes[opening->year];
    if (out_.number) ++votes[out_.number->year - 1];
    if (const auto date = calendar::date_from(out_.date.text))
        ++votes[static_cast<int>(date->year()) - 1];
    for (const OutlineItem& item : outline_.items) {
        const auto years = years_in(prose_, item.title);
        if (!years.empty()) ++votes[years.front().year];
        break;
    }
    if (votes[out_.title_year] > 0) return;
    for (const auto& [year, count] : votes) {
        if (count > 1) out_.year = year;
    }
}

void FactReader::read_closing() {
    const auto& paragraphs = prose_.paragraphs();
    std::size_t looked = 0;
    for (std::size_t i = paragraphs.size(); i-- > 0 && looked < kClosingLines; ++looked) {
        const ProseParagraph& paragraph = paragraphs[i];
        if (!outline_.items.empty() && paragraph.extent.begin < outline_.head.end) return;
        if (paragraph.extent.size() > kSignatureMax) continue;
        const auto dates = dates_in(prose_, paragraph.extent);
        if (!dates.empty() && out_.date.empty()) {
            out_.date = {dates.back().iso.empty() ? dates.back().whole.text : dates.back().iso,
                         dates.back().whole.extent};
        }
        const Extent before{paragraph.extent.begin, dates.empty()
                                                        ? paragraph.extent.end
                                                        : dates.front().whole.extent.begin};
        const std::string line = prose_.utf8(before);
        if (!line.empty() && out_.signature.empty() && ends_with_any(line, reading_.offices)) {
            out_.signature = {line, before};
            return;
        }
    }
}

// The signature may name the same office in full: 云桥区柳岸街道办事处 of 柳岸街道.
void FactReader::take_fuller_name() {
    if (out_.unit.empty()) out_.unit = out_.signature;
    if (out_.signature.text.size() <= out_.unit.text.size()) return;
    const auto& endings = reading_.offices;
    if (office_core(out_.signature.text, endings) == office_core(out_.unit.text, endings))
        out_.unit.text = out_.signature.text;
}

DocumentFacts FactReader::read() {
    for (const ProseParagraph& paragraph : prose_.paragraphs()) {
        if (!outline_.items.empty() && paragraph.extent.begin >= outline_.head.end) break;
        if (!take_head(paragraph)) break;
    }
    read_title();
    read_closing();
    read_year();
    take_fuller_name();
    out_.published = {prose_.source().published_on, {}};
    out_.years = years_in(prose_, {0, static_cast<std::uint32_t>(prose_.text().size())});
    for (const DateSaid& each : dates_of(prose_, out_.years)) out_.dates.push_back(each.whole);
    return std::move(out_);
}

}  // namespace

std::vector<YearSaid> years_in(const Prose& prose, Extent extent) {
    std::vector<YearSaid> out;
    const std::u32string& text = prose.text();
    for (std::uint32_t at = extent.begin; at < extent.end; ++at) {
        const bool arabic = is_ascii_digit(text[at]);
        if (!arabic && text[at] != U'二' && text[at] != U'一') continue;
        const auto year = arabic ? year_at(text, at) : chinese_year_at(text, at);
        const std::uint32_t end = year ? year->extent.end : arabic ? digits_end(text, at) : at + 1;
        if (year && end < text.size() && text[end] == U'年') out.push_back(*year);
        at = end - 1;
    }
    return out;
}

std::string office_core(std::string_view name, const std::vector<std::string>& endings) {
    // The last 省, 市, 区, 县, 政府 before the ending is the superior's, not this office's.
    constexpr std::u32string_view kSuperior = U"省市区县府";
    const std::u32string points = text::code_points(name);
    for (const std::string& each : endings) {
        const std::u32string ending = text::code_points(each);
        const std::size_t at = points.rfind(ending);
        if (ending.size() > 2 || at == std::u32string::npos || at == 0) continue;
        std::size_t begin = at;
        while (begin > 0 && !is_one_of(points[begin - 1], kSuperior)) --begin;
        if (begin == at) continue;
        return text::from_code_points(points.substr(begin, at + ending.size() - begin));
    }
    return std::string(name);
}

DocumentFacts facts_of(const Prose& prose, const Outline& outline, const Lexicon& lexicon) {
    return FactReader(prose, outline, lexicon).read();
}

}  // namespace fazhi::review
