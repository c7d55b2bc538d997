#include "review/read_docx_numbering.h"

#include <algorithm>

#include <fmt/format.h>
#include <pugixml.hpp>

#include "text/numeral.h"
#include "text/utf8.h"

namespace fazhi::review {

namespace {

constexpr int kNumberMax = 32'767;  // as Word counts

std::string value_of(const pugi::xml_node& node, const char* child) {
    return node.child(child).attribute("w:val").value();
}

NumberLevel read_level(const pugi::xml_node& node) {
    NumberLevel out;
    out.start = std::clamp(node.child("w:start").attribute("w:val").as_int(1), 0, kNumberMax);
    const std::string format = value_of(node, "w:numFmt");
    if (!format.empty()) out.format = format;
    out.text = value_of(node, "w:lvlText");
    out.style = value_of(node, "w:pStyle");
    const pugi::xml_node legal = node.child("w:isLgl");
    out.is_legal = legal && legal.attribute("w:val").as_bool(true);
    return out;
}

int level_number(const pugi::xml_node& node) {
    return node.attribute("w:ilvl").as_int(-1);
}

bool is_level(int level) {
    return level >= 0 && level < kNumberLevels;
}

std::string letters(int number, char first) {
    constexpr int kLetters = 26;
    const auto times = static_cast<std::size_t>((number - 1) / kLetters + 1);
    const auto letter = static_cast<char>(first + (number - 1) % kLetters);
    constexpr std::size_t kTimesMax = 20;
    return std::string(std::min(times, kTimesMax), letter);
}

std::string roman(int number) {
    struct Step {
        int value;
        const char* text;
    };
    constexpr std::array<Step, 13> kSteps{{{1000, "M"},
                                           {900, "CM"},
                                           {500, "D"},
                                           {400, "CD"},
                                           {100, "C"},
                                           {90, "XC"},
                                           {50, "L"},
                                           {40, "XL"},
                                           {10, "X"},
                                           {9, "IX"},
                                           {5, "V"},
                                           {4, "IV"},
                                           {1, "I"}}};
    std::string out;
    for (const Step& step : kSteps) {
        for (; number >= step.value; number -= step.value) out += step.text;
    }
    return out;
}

std::string in_circle(int number) {
    constexpr int kCirclesMax = 20;
    if (number > kCirclesMax) return std::to_string(number);
    return text::from_code_points(std::u32string(1, U'①' + static_cast<char32_t>(number - 1)));
}

std::string sign_of(std::u32string_view signs, int number) {
    const auto at = static_cast<std::size_t>(number - 1) % signs.size();
    return text::from_code_points(signs.substr(at, 1));
}

bool is_chinese_counting(std::string_view format) {
    return format == "chineseCounting" || format == "chineseCountingThousand" ||
           format == "japaneseCounting" || format == "taiwaneseCounting" ||
           format == "taiwaneseCountingThousand";
}

}  // namespace

std::string number_in_format(int number, std::string_view format) {
    if (format == "none") return {};
    if (number < 1) return std::to_string(number);
    if (is_chinese_counting(format)) return text::numeral_text(number);
    if (format == "chineseLegalSimplified" || format == "ideographLegalTraditional")
        return text::capital_numeral_text(number);
    if (format == "ideographDigital" || format == "japaneseDigitalTenThousand")
        return text::digits_text(number);
    if (format.starts_with("decimalEnclosedCircle")) return in_circle(number);
    if (format == "decimalEnclosedParen") return fmt::format("({})", number);
    if (format == "decimalEnclosedFullstop") return fmt::format("{}.", number);
    if (format == "decimalZero") return fmt::format("{:02}", number);
    if (format == "lowerLetter") return letters(number, 'a');
    if (format == "upperLetter") return letters(number, 'A');
    if (format == "upperRoman") return roman(number);
    if (format == "lowerRoman") {
        std::string out = roman(number);
        for (char& letter : out) letter = static_cast<char>(letter - 'A' + 'a');
        return out;
    }
    if (format == "ideographTraditional") return sign_of(U"甲乙丙丁戊己庚辛壬癸", number);
    if (format == "ideographZodiac") return sign_of(U"子丑寅卯辰巳午未申酉戌亥", number);
    return std::to_string(number);
}

DocxNumbering::DocxNumbering(const pugi::xml_document& part) {
    const pugi::xml_node root = part.child("w:numbering");
    std::map<std::string, std::string> by_style;  // a list style's own scheme
    std::map<std::string, std::string> linked;    // schemes that a list style stands for
    for (const pugi::xml_node scheme : root.children("w:abstractNum")) {
        const std::string id = scheme.attribute("w:abstractNumId").value();
        Levels& levels = schemes_[id];
        for (const pugi::xml_node level : scheme.children("w:lvl")) {
            const int number = level_number(level);
            if (is_level(number)) levels.at(static_cast<std::size_t>(number)) = read_level(level);
        }
        const std::string own = value_of(scheme, "w:styleLink");
        const std::string other = value_of(scheme, "w:numStyleLink");
        if (!own.empty()) by_style[own] = id;
        if (!other.empty()) linked[id] = other;
    }
    for (const auto& [id, style] : linked) {
        const auto found = by_style.find(style);
        if (found != by_style.end()) schemes_[id] = schemes_[found->second];
    }
    read_lists(root);
}

void DocxNumbering::read_lists(const pugi::xml_node& root) {
    for (const pugi::xml_node node : root.children("w:num")) {
        List list;
        list.scheme = value_of(node, "w:abstractNumId");
        for (const pugi::xml_node own : node.children("w:lvlOverride")) {
            const int number = level_number(own);
            if (!is_level(number)) continue;
            const pugi::xml_node start = own.child("w:startOverride");
            if (start) {
                list.own_starts[number] =
                    std::clamp(start.attribute("w:val").as_int(1), 0, kNumberMax);
            }
            const pugi::xml_node level = own.child("w:lvl");
            if (level) list.own_levels[number] = read_level(level);
        }
        if (schemes_.count(list.scheme) > 0)
            lists_[node.attribute("w:numId").value()] = std::move(list);
    }
}

const NumberLevel* DocxNumbering::level_of(const List& list, int level) const {
    const auto own = list.own_levels.find(level);
    if (own != list.own_levels.end()) return &own->second;
    return &schemes_.at(list.scheme).at(static_cast<std::size_t>(level));
}

// A list's own start holds where the list begins, not each time an upper level counts on.
void DocxNumbering::count_on(List& list, Count& count, int level) const {
    if (!list.is_begun) {
        for (const auto& [at, start] : list.own_starts) {
            count.is_begun.at(static_cast<std::size_t>(at)) = true;
            count.numbers.at(static_cast<std::size_t>(at)) = start - 1;
        }
        list.is_begun = true;
    }
    for (int at = 0; at <= level; ++at) {
        const auto place = static_cast<std::size_t>(at);
        int& number = count.numbers.at(place);
        if (!count.is_begun.at(place)) number = level_of(list, at)->start - (at == level ? 1 : 0);
        if (at == level) number = std::min(number + 1, kNumberMax);
        count.is_begun.at(place) = true;
    }
    for (auto below = static_cast<std::size_t>(level) + 1; below < kNumberLevels; ++below) {
        count.is_begun.at(below) = false;
    }
}

std::string DocxNumbering::label_of(const List& list, const Count& count, int level) const {
    const NumberLevel& own = *level_of(list, level);
    std::string out;
    for (std::size_t at = 0; at < own.text.size(); ++at) {
        const bool is_mark = own.text[at] == '%' && at + 1 < own.text.size() &&
                             own.text[at + 1] >= '1' && own.text[at + 1] <= '9';
        if (!is_mark) {
            out += own.text[at];
            continue;
        }
        const int of = own.text[++at] - '1';
        const std::string& format = level_of(list, of)->format;
        const int number = count.numbers.at(static_cast<std::size_t>(of));
        out += number_in_format(number, own.is_legal ? "decimal" : format);
    }
    return out;
}

std::u32string DocxNumbering::next_label(const std::string& list_id, int level) {
    const auto found = lists_.find(list_id);
    if (found == lists_.end() || !is_level(level)) return {};
    List& list = found->second;
    Count& count = counts_[list.scheme];
    count_on(list, count, level);
    if (level_of(list, level)->format == "bullet") return {};
    return text::code_points(label_of(list, count, level));
}

int DocxNumbering::level_for(const std::string& list_id, const std::string& style) const {
    const auto found = lists_.find(list_id);
    if (found == lists_.end() || style.empty()) return 0;
    for (int level = 0; level < kNumberLevels; ++level) {
        if (level_of(found->second, level)->style == style) return level;
    }
    return 0;
}

}  // namespace fazhi::review
