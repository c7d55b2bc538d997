#include "definition/review_reader.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <re2/re2.h>

#include "base/digest.h"
#include "definition/basis_reader.h"
#include "definition/names.h"
#include "definition/reference.h"
#include "definition/template.h"

namespace fazhi::definition {

namespace {

template <class Meaning>
struct Word {
    std::string_view word;
    Meaning meaning;
};
template <class Meaning>  // clang 14 does not find it by itself.
Word(std::string_view, Meaning)->Word<Meaning>;

constexpr std::array kLevels = {Word{"error", CheckLevel::Error},
                                Word{"warning", CheckLevel::Warning},
                                Word{"note", CheckLevel::Note}};

constexpr std::array kFinds = {
    Word{"law_title", CheckFind::LawTitle}, Word{"phrase", CheckFind::Phrase},
    Word{"repeated", CheckFind::Repeated},  Word{"figure", CheckFind::Figure},
    Word{"figures", CheckFind::Figures},    Word{"part", CheckFind::Part},
    Word{"heading", CheckFind::Heading},    Word{"year", CheckFind::Year},
    Word{"fact", CheckFind::Fact},          Word{"name", CheckFind::Name},
    Word{"claim", CheckFind::Claim},        Word{"excerpt", CheckFind::Excerpt},
    Word{"record", CheckFind::Record},      Word{"notice", CheckFind::Notice},
    Word{"report", CheckFind::Report}};

// What may be compared of what is found; the first is meant where nothing is said.
struct Pair {
    CheckFind find;
    std::string_view word;
    CheckCompare compare;
};
constexpr std::array kCompares = {
    Pair{CheckFind::LawTitle, "known", CheckCompare::Known},
    Pair{CheckFind::LawTitle, "named", CheckCompare::Named},
    Pair{CheckFind::LawTitle, "repealed", CheckCompare::Repealed},
    Pair{CheckFind::LawTitle, "in_force", CheckCompare::InForce},
    Pair{CheckFind::Phrase, "absent", CheckCompare::Absent},
    Pair{CheckFind::Repeated, "word", CheckCompare::Word},
    Pair{CheckFind::Repeated, "paragraph", CheckCompare::Paragraph},
    Pair{CheckFind::Repeated, "event", CheckCompare::Event},
    Pair{CheckFind::Figure, "over", CheckCompare::Over},
    Pair{CheckFind::Figure, "under", CheckCompare::Under},
    Pair{CheckFind::Figure, "unit", CheckCompare::Unit},
    Pair{CheckFind::Figure, "denominator", CheckCompare::Denominator},
    Pair{CheckFind::Figure, "small_whole", CheckCompare::SmallWhole},
    Pair{CheckFind::Figures, "same_value", CheckCompare::SameValue},
    Pair{CheckFind::Figures, "sum", CheckCompare::Sum},
    Pair{CheckFind::Figures, "subset", CheckCompare::Subset},
    Pair{CheckFind::Figures, "share", CheckCompare::Share},
    Pair{CheckFind::Figures, "at_most", CheckCompare::AtMost},
    Pair{CheckFind::Part, "absent", CheckCompare::Absent},
    Pair{CheckFind::Part, "thin", CheckCompare::Thin},
    Pair{CheckFind::Heading, "sequence", CheckCompare::Sequence},
    Pair{CheckFind::Year, "reported", CheckCompare::Reported},
    Pair{CheckFind::Fact, "absent", CheckCompare::Absent},
    Pair{CheckFind::Fact, "form", CheckCompare::Form},
    Pair{CheckFind::Fact, "agrees", CheckCompare::Agrees},
    Pair{CheckFind::Fact, "deadline", CheckCompare::Deadline},
    Pair{CheckFind::Name, "unchanging", CheckCompare::Unchanging},
    Pair{CheckFind::Claim, "cause", CheckCompare::Cause},
    Pair{CheckFind::Claim, "answered", CheckCompare::Answered},
    Pair{CheckFind::Figure, "last_year", CheckCompare::LastYear},
    Pair{CheckFind::Figure, "neighbours", CheckCompare::Neighbours},
    Pair{CheckFind::Figure, "ledger", CheckCompare::Ledger},
    Pair{CheckFind::Figure, "recorded", CheckCompare::Recorded},
    Pair{CheckFind::Figures, "from_ledgers", CheckCompare::FromLedgers},
    Pair{CheckFind::Excerpt, "last_year", CheckCompare::LastYear},
    Pair{CheckFind::Excerpt, "others", CheckCompare::Others},
    Pair{CheckFind::Record, "reported", CheckCompare::Reported},
    Pair{CheckFind::Claim, "remedy", CheckCompare::Remedy},
    Pair{CheckFind::Notice, "absent", CheckCompare::Absent},
    Pair{CheckFind::Report, "boilerplate", CheckCompare::Boilerplate},
};

template <class Meaning, std::size_t count>
Meaning meaning_of(const std::string& word, const std::array<Word<Meaning>, count>& words) {
    for (const Word<Meaning>& each : words) {
        if (each.word == word) return each.meaning;
    }
    return words.front().meaning;  // the schema has said what there is
}

CheckCompare read_compare(const Cursor& cursor, CheckFind find) {
    const std::string word = cursor.text_at("compare");
    std::vector<std::string> known;
    for (const Pair& each : kCompares) {
        if (each.find != find) continue;
        if (word.empty() || each.word == word) return each.compare;
        known.emplace_back(each.word);
    }
    cursor.at("compare").error(fmt::format("{} 不这样比较“{}”，可写 {}", cursor.text_at("find"),
                                           word, fmt::join(known, "、")));
    return CheckCompare::Absent;
}

// Keys without which a comparison compares nothing.
std::vector<std::string_view> needed_keys(CheckCompare compare, CheckFind find) {
    switch (compare) {
        case CheckCompare::Known:
        case CheckCompare::Named:
        case CheckCompare::Repealed:
        case CheckCompare::InForce:
            return {"known_in"};
        case CheckCompare::Over:
        case CheckCompare::Under:
        case CheckCompare::SmallWhole:
        case CheckCompare::Thin:
        case CheckCompare::LastYear:
        case CheckCompare::Neighbours:
        case CheckCompare::Others:
        case CheckCompare::Answered:
        case CheckCompare::FromLedgers:
            return {"limit"};
        case CheckCompare::Reported:
            return find == CheckFind::Record ? std::vector<std::string_view>{"of"}
                                             : std::vector<std::string_view>{};
        case CheckCompare::AtMost:
            return {"done", "begun"};
        case CheckCompare::Boilerplate:
            return {"limit", "words"};
        case CheckCompare::Form:
            return {"fact", "patterns"};
        case CheckCompare::Agrees:
            return {"fact"};
        case CheckCompare::Deadline:
            return {"fact", "by"};
        case CheckCompare::Absent:
            if (find == CheckFind::Fact) return {"fact"};
            if (find == CheckFind::Notice) return {"notice"};
            return {};
        case CheckCompare::Word:
        case CheckCompare::Paragraph:
        case CheckCompare::Event:
        case CheckCompare::Unit:
        case CheckCompare::Denominator:
        case CheckCompare::SameValue:
        case CheckCompare::Sum:
        case CheckCompare::Subset:
        case CheckCompare::Share:
        case CheckCompare::Sequence:
        case CheckCompare::Unchanging:
        case CheckCompare::Cause:
        case CheckCompare::Remedy:
        case CheckCompare::Ledger:
        case CheckCompare::Recorded:
            return {};
    }
    return {};
}

// {wrong: right}, or a list of what is wrong.
std::vector<std::pair<std::string, std::string>> read_words(const Cursor& cursor) {
    std::vector<std::pair<std::string, std::string>> out;
    if (cursor.node().is_map()) {
        for (const Cursor::Member& member : cursor.members())
            out.emplace_back(member.key, member.value.text());
        return out;
    }
    for (const std::string& word : cursor.texts()) out.emplace_back(word, "");
    return out;
}

std::vector<std::string> read_patterns(const Cursor& cursor) {
    for (const Cursor& item : cursor.items()) {
        const re2::RE2 pattern(item.text(), re2::RE2::Quiet);
        if (!pattern.ok()) item.error(fmt::format("不是正则表达式（RE2）：{}", pattern.error()));
    }
    return cursor.texts();
}

// Names of measures: of packs, or of measure_words.
bool is_measure(const DefinitionSet& set, const std::string& name) {
    if (set.measure(name) != nullptr) return true;
    const auto& words = set.measure_words();
    return std::any_of(words.begin(), words.end(),
                       [&](const MeasureWords& each) { return each.measure == name; });
}

void check_measure(const Cursor& cursor, const std::string& name, const DefinitionSet& set) {
    if (is_measure(set, name)) return;
    std::vector<std::string> known;
    for (const MeasureWords& each : set.measure_words()) known.push_back(each.measure);
    cursor.error(fmt::format("没有指标“{}”{}", name, suggestion(name, known)));
}

std::vector<std::string> read_measures(const Cursor& cursor, const DefinitionSet& set) {
    for (const Cursor& item : cursor.items()) check_measure(item, item.text(), set);
    return cursor.texts();
}

CheckSample read_sample(const Cursor& cursor, const DefinitionSet& set) {
    CheckSample out{.text = cursor.text_at("text"),
                    .year = cursor.integer("year", 0),
                    .unit = cursor.text_at("unit"),
                    .published_on = cursor.text_at("published_on"),
                    .hidden = cursor.at("hidden").texts(),
                    .found = cursor.at("found").texts(),
                    .nearest = cursor.at("nearest").texts(),
                    .last_year = cursor.text_at("last_year"),
                    .neighbours = cursor.at("neighbours").texts(),
                    .own_report = cursor.yes("own_report")};
    if (!cursor.has("recorded")) return out;
    out.recorded.emplace();
    for (const Cursor::Member& member : cursor.at("recorded").members()) {
        check_measure(member.value, member.key, set);
        out.recorded->emplace_back(member.key, cursor.at("recorded").integer(member.key, 0));
    }
    return out;
}

std::vector<CheckSample> read_samples(const Cursor& cursor, bool failing,
                                      const DefinitionSet& set) {
    std::vector<CheckSample> out;
    for (const Cursor& item : cursor.items()) {
        if (!item.node().is_map()) {
            out.push_back({.text = item.text()});
        } else {
            out.push_back(read_sample(item, set));
        }
        const CheckSample& sample = out.back();
        if (sample.found.empty() == failing)
            item.error(failing ? "不合格的例子要写明查出什么（found）" : "合格的例子查不出什么");
        if (!sample.nearest.empty() && sample.nearest.size() != sample.found.size())
            item.at("nearest").error("与 found 一一对应");
    }
    return out;
}

std::vector<std::string> read_parts(const Cursor& cursor, const DefinitionSet& set) {
    std::vector<std::string> known;
    for (const PartWords& each : set.reading().parts) known.push_back(each.id);
    for (const Cursor& item : cursor.items()) {
        if (std::find(known.begin(), known.end(), item.text()) != known.end()) continue;
        item.error(fmt::format("报告没有部分“{}”{}", item.text(), suggestion(item.text(), known)));
    }
    return cursor.texts();
}

void append_written(const Node& node, std::string& out) {
    out += node.text;
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        out += node.is_map() ? "\n" + node.keys[i] + ": " : "\n- ";
        append_written(node.items[i], out);
    }
}

// Of everything but the samples: a sample more leaves verdicts alone.
std::string digest_without_samples(const Cursor& cursor) {
    std::string said;
    for (const Cursor::Member& member : cursor.members()) {
        if (member.key == "passing" || member.key == "failing") continue;
        said += "\n" + member.key + ": ";
        append_written(member.value.node(), said);
    }
    return digest_of(HashAlgorithm::Sha256, said).hex().substr(0, 16);
}

PartWords read_part_words(const Cursor& cursor) {
    return {.id = cursor.text_at("part"),
            .title = cursor.text_at("title"),
            .required = !cursor.yes("optional"),
            .headings = cursor.at("headings").texts(),
            .openings = cursor.at("openings").texts(),
            .claims = cursor.text_at("claims")};
}

void add(std::vector<std::string>& to, const Cursor& from) {
    for (std::string& text : from.texts()) to.push_back(std::move(text));
}

}  // namespace

void read_measure_words(const Cursor& cursor, const DefinitionSet& set,
                        std::vector<MeasureWords>& out) {
    for (const Cursor::Member& member : cursor.members()) {
        const Cursor& at = member.value;
        MeasureWords words{.measure = member.key,
                           .title = at.text_at("title"),
                           .units = at.at("units").texts(),
                           .not_words = at.at("not").texts()};
        for (const Cursor& item : at.at("words").items()) words.words.push_back(item.texts());
        const Measure* measure = set.measure(member.key);
        if (measure == nullptr && words.title.empty()) {
            at.error(fmt::format("没有台账统计“{}”，要写名称（title）", member.key));
        } else if (measure != nullptr && words.title.empty()) {
            words.title = measure->title;
        }
        if (words.units.empty() && measure != nullptr) words.units = {measure->unit};
        if (words.units.empty()) at.error("要写单位（units）");
        out.push_back(std::move(words));
    }
}

void read_reading(const Cursor& cursor, Reading& out) {
    add(out.units, cursor.at("units"));
    add(out.money_units, cursor.at("money_units"));
    add(out.loose_units, cursor.at("loose_units"));
    add(out.named_numbers, cursor.at("named_numbers"));
    add(out.uncounted, cursor.at("uncounted"));
    add(out.frequencies, cursor.at("frequencies"));
    add(out.changes, cursor.at("changes"));
    add(out.zero_openings, cursor.at("zero_openings"));
    add(out.zero_nouns, cursor.at("zero_nouns"));
    add(out.zero_words, cursor.at("zero_words"));
    add(out.not_yet, cursor.at("not_yet"));
    add(out.periods, cursor.at("periods"));
    add(out.causes, cursor.at("causes"));
    add(out.remedies, cursor.at("remedies"));
    add(out.law_prefixes, cursor.at("law_prefixes"));
    add(out.law_endings, cursor.at("law_endings"));
    add(out.places, cursor.at("places"));
    add(out.offices, cursor.at("offices"));
    for (const Cursor::Member& member : cursor.at("report_kinds").members())
        out.report_kinds.push_back({member.key, member.value.texts()});
    add(out.title_links, cursor.at("title_links"));
    add(out.introductions, cursor.at("introductions"));
    add(out.of_which, cursor.at("of_which"));
    add(out.rests, cursor.at("rests"));
    add(out.compositions, cursor.at("compositions"));
    add(out.subjects, cursor.at("subjects"));
    for (const Cursor& item : cursor.at("parts").items())
        out.parts.push_back(read_part_words(item));
}

Check read_check(const Cursor& cursor, const DefinitionSet& set) {
    Check check{.id = cursor.text_at("check"),
                .title = cursor.text_at("title"),
                .level = meaning_of(cursor.text_at("level"), kLevels),
                .find = meaning_of(cursor.text_at("find"), kFinds),
                .fix = cursor.text_at("fix"),
                .basis = read_basis(cursor.at("basis"), set),
                .known_in = cursor.text_at("known_in"),
                .words = read_words(cursor.at("words")),
                .patterns = read_patterns(cursor.at("patterns")),
                .unless = cursor.at("unless").texts(),
                .in = read_parts(cursor.at("in"), set),
                .fact = cursor.text_at("fact"),
                .notice = cursor.text_at("notice"),
                .of = read_measures(cursor.at("of"), set),
                .done = cursor.at("done").texts(),
                .begun = cursor.at("begun").texts(),
                .units = cursor.at("units").texts(),
                .by = checked_month_day(cursor.at("by")),
                .since = cursor.integer("since", 0),
                .passing = read_samples(cursor.at("passing"), /*failing=*/false, set),
                .failing = read_samples(cursor.at("failing"), /*failing=*/true, set)};
    const std::string fault = fault_of_name(check.id, NameUse::Id);
    if (!fault.empty()) cursor.at("check").error(fault);
    check.compare = read_compare(cursor, check.find);
    for (const std::string_view key : needed_keys(check.compare, check.find)) {
        if (!cursor.has(key)) cursor.error(fmt::format("这样比较要写 {}", key));
    }
    if (cursor.has("limit")) check.limit = cursor.integer("limit", 0);
    if (check.find == CheckFind::Phrase && check.words.empty() && check.patterns.empty())
        cursor.error("要写找哪些词（words）或者样式（patterns）");
    if (!check.known_in.empty() && set.reference_table(check.known_in) == nullptr)
        cursor.at("known_in").error(fmt::format("没有表 reference/{}.csv", check.known_in));
    auto say = parse_sentence(cursor.text_at("say"));
    if (say) {
        check.say = *std::move(say);
    } else {
        cursor.at("say").error(say.error().message);
    }
    check.digest = digest_without_samples(cursor);
    return check;
}

}  // namespace fazhi::definition
