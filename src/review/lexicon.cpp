#include "review/lexicon.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "calendar/date.h"
#include "exchange/csv.h"
#include "exchange/table.h"
#include "review/errors.h"
#include "text/nearest.h"
#include "text/utf8.h"

namespace fazhi::review {
namespace {

constexpr char kShortsApart = '|';  // in a cell
constexpr std::size_t kMarkLists = static_cast<std::size_t>(MarkList::Measures) + 1;

Refusal bad_table(const definition::ReferenceTable& table, const std::string& what) {
    return refuse(ErrorKind::InvalidInput, errors::kBadTable,
                  fmt::format("{}：{}", table.shown, what));
}

// Dashes and brackets are written in several ways.
std::string plain_title(std::string_view title) {
    std::u32string out;
    for (const char32_t c : text::code_points(text::fold_width(title))) {
        if (c == U'—' || c == U'－' || c == U'–') {
            out += U'-';
        } else if (c != U' ' && !(c == U'-' && !out.empty() && out.back() == U'-')) {
            out += c;
        }
    }
    return text::from_code_points(out);
}

// (2021-2025年) at the end.
std::string_view without_version(std::string_view plain) {
    if (!plain.ends_with(')')) return plain;
    const std::size_t open = plain.rfind('(');
    return open == std::string_view::npos || open == 0 ? plain : plain.substr(0, open);
}

std::set<std::u32string> grams_of(std::string_view title) {
    const std::u32string points = text::code_points(title);
    std::set<std::u32string> out;
    for (std::size_t i = 0; i + 1 < points.size(); ++i) out.insert(points.substr(i, 2));
    return out;
}

// The same first two characters and the same last; or the first and the last three.
bool frames_alike(std::string_view a, std::string_view b) {
    const std::u32string one = text::code_points(a);
    const std::u32string other = text::code_points(b);
    if (one.size() < 5 || other.size() < 5 || one.front() != other.front()) return false;
    return (one[1] == other[1] && one.back() == other.back()) ||
           one.substr(one.size() - 3) == other.substr(other.size() - 3);
}

std::vector<std::string> names_in(std::string_view rest) {
    std::vector<std::string> out;
    while (!rest.empty()) {
        const std::size_t end = rest.find(kShortsApart);
        out.emplace_back(rest.substr(0, end));
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    return out;
}

std::vector<std::string> without_year(std::vector<std::string> words) {
    std::erase_if(
        words, [](const std::string& word) { return word.find(kNextYear) != std::string::npos; });
    return words;
}

}  // namespace

Result<LawTitles> LawTitles::from_table(const definition::ReferenceTable& table,
                                        const std::vector<std::string>& prefixes) {
    static const std::vector<std::string> kHeads = {
        "title",         "short",          "level",       "version_date",
        "in_force_from", "in_force_until", "replaced_by", "misnamed"};
    TRY(const exchange::WorkSheet cells, exchange::read_csv(table.text));
    TRY(const exchange::Sheet sheet, exchange::table_of(cells, kHeads));
    std::map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < sheet.heads.size(); ++i) places[sheet.heads[i]] = i;
    for (const std::string& head : kHeads) {
        if (!places.contains(head)) return bad_table(table, fmt::format("缺“{}”这一列。", head));
    }
    LawTitles out;
    out.prefixes_ = prefixes;
    for (const exchange::SheetRow& row : sheet.rows) {
        const auto cell = [&](const char* head) { return row.cells[places.at(head)]; };
        for (const char* head : {"version_date", "in_force_from", "in_force_until"}) {
            if (cell(head).empty() || calendar::date_from(cell(head))) continue;
            return bad_table(table, fmt::format("第{}行的“{}”不是日期。", row.number, cell(head)));
        }
        if (cell("title").empty())
            return bad_table(table, fmt::format("第{}行没有名称。", row.number));
        const auto law = static_cast<std::uint32_t>(out.laws_.size());
        out.laws_.push_back({cell("title"), cell("version_date"), cell("in_force_from"),
                             cell("in_force_until"), cell("replaced_by")});
        out.add_name(cell("title"), law);
        for (const std::string& name : names_in(cell("short"))) out.add_name(name, law);
        for (const std::string& name : names_in(cell("misnamed")))
            out.by_misname_.emplace(plain_title(name), law);
    }
    return out;
}

void LawTitles::add_name(const std::string& name, std::uint32_t law) {
    const std::string plain = plain_title(name);
    by_name_.emplace(plain, law);
    by_name_.emplace(std::string(without_prefix(plain)), law);
    by_name_.emplace(std::string(without_version(plain)), law);
    for (const std::u32string& gram : grams_of(plain)) {
        auto& laws = by_gram_[gram];
        if (laws.empty() || laws.back() != law) laws.push_back(law);
    }
}

std::string_view LawTitles::without_prefix(std::string_view title) const {
    for (const std::string& prefix : prefixes_) {
        if (title.starts_with(prefix) && title.size() > prefix.size() + 3)
            return title.substr(prefix.size());
    }
    return title;
}

const KnownLaw* LawTitles::find(std::string_view title) const {
    const std::string plain = plain_title(title);
    for (const std::string_view name :
         {std::string_view(plain), without_prefix(plain), without_version(plain),
          without_version(without_prefix(plain))}) {
        const auto found = by_name_.find(name);
        if (found != by_name_.end()) return &laws_[found->second];
    }
    return nullptr;
}

std::string LawTitles::nearest(std::string_view title) const {
    constexpr std::size_t kCandidates = 24;
    const std::string plain = plain_title(title);
    const std::string wanted(without_prefix(plain));
    const auto misname = by_misname_.find(wanted);
    if (misname != by_misname_.end()) return laws_[misname->second].title;
    std::map<std::uint32_t, std::uint32_t> shared;
    for (const std::u32string& gram : grams_of(wanted)) {
        const auto laws = by_gram_.find(gram);
        if (laws == by_gram_.end()) continue;
        for (const std::uint32_t law : laws->second) ++shared[law];
    }
    std::vector<std::pair<std::uint32_t, std::uint32_t>> best;  // grams shared, law
    for (const auto& [law, count] : shared) best.emplace_back(count, law);
    std::sort(best.begin(), best.end(), [&](const auto& a, const auto& b) {
        if (a.first != b.first) return a.first > b.first;
        return laws_[a.second].title.size() < laws_[b.second].title.size();
    });
    if (best.size() > kCandidates) best.resize(kCandidates);
    std::vector<std::string> candidates;
    for (const auto& each : best) {
        candidates.emplace_back(without_prefix(laws_[each.second].title));
    }
    const std::string near = text::nearest(wanted, candidates);
    if (!near.empty()) return near == wanted ? "" : near;
    // 残疾人权益保护法 is far from 残疾人保障法, but that both begin and end alike.
    std::erase_if(candidates, [&](const std::string& each) { return !frames_alike(each, wanted); });
    return text::nearest(wanted, candidates, /*one_in=*/2);
}

std::span<const text::WordHit> Marks::in(Extent extent) const {
    const auto begins_before = [](const text::WordHit& hit, std::uint32_t at) {
        return hit.begin < at;
    };
    const auto first = std::lower_bound(hits_.begin(), hits_.end(), extent.begin, begins_before);
    const auto last = std::lower_bound(first, hits_.end(), extent.end, begins_before);
    return {first, last};
}

bool Marks::any_in(Extent extent) const {
    const auto first =
        std::lower_bound(hits_.begin(), hits_.end(), extent.begin,
                         [](const text::WordHit& hit, std::uint32_t at) { return hit.begin < at; });
    return first != hits_.end() && first->begin < extent.end;
}

bool Marks::covers(Extent extent) const {
    constexpr std::uint32_t kWordMax = 40;
    const std::uint32_t from = extent.begin > kWordMax ? extent.begin - kWordMax : 0;
    auto hit = std::lower_bound(
        hits_.begin(), hits_.end(), from,
        [](const text::WordHit& each, std::uint32_t at) { return each.begin < at; });
    for (; hit != hits_.end() && hit->begin < extent.end; ++hit) {
        if (hit->end > extent.begin) return true;
    }
    return false;
}

Lexicon::Lexicon(const definition::DefinitionSet& definitions)
    : units(definitions.reading().units),
      loose_units(definitions.reading().loose_units),
      uncounted(definitions.reading().uncounted),
      causes(definitions.reading().causes),
      remedies(definitions.reading().remedies),
      of_which(definitions.reading().of_which),
      rests(definitions.reading().rests),
      definitions_(&definitions) {
    add_lists(add_measures());
    for (const std::string& ending : reading().offices)
        offices.push_back(text::code_points(ending));
    for (const std::string& ending : reading().places) places.push_back(text::code_points(ending));
}

// One index over all that is looked for everywhere.
void Lexicon::add_lists(const std::vector<std::string>& measures) {
    const definition::Reading& words = reading();
    std::vector<std::vector<std::string>> lists = {
        words.named_numbers, words.frequencies,  words.changes,  words.zero_openings,
        words.zero_nouns,    words.zero_words,   words.not_yet,  words.periods,
        words.of_which,      words.compositions, words.subjects, measures};
    for (const definition::PartWords& part : words.parts) {
        lists.push_back(without_year(part.headings));
        part_openings.emplace_back(without_year(part.openings));
    }
    for (const definition::Check& check : definitions_->checks()) {
        auto& list = lists.emplace_back();
        if (!looks_everywhere(check)) continue;
        for (const auto& word : check.words) list.push_back(word.first);
    }
    lists_ = text::WordLists(lists);
}

std::vector<std::string> Lexicon::add_measures() {
    std::map<std::string, std::uint32_t> known;
    std::vector<std::string> words;
    const auto add = [&](const std::string& word, MeasureClue clue) {
        const auto index = known.emplace(word, static_cast<std::uint32_t>(words.size()));
        if (index.second) {
            words.push_back(word);
            clues_.emplace_back();
        }
        clues_[index.first->second].push_back(clue);
    };
    const auto& all = definitions_->measure_words();
    for (std::uint32_t i = 0; i < all.size(); ++i) {
        for (std::size_t group = 0; group < all[i].words.size(); ++group) {
            for (std::size_t place = 0; place < all[i].words[group].size(); ++place) {
                add(all[i].words[group][place],
                    {i, static_cast<std::uint16_t>(group), static_cast<std::uint8_t>(place)});
            }
        }
        for (const std::string& word : all[i].not_words) add(word, {.measure = i, .is_not = true});
    }
    return words;
}

TextMarks::TextMarks(const Lexicon& lexicon, std::u32string_view text)
    : checks_(kMarkLists + lexicon.reading().parts.size()) {
    for (auto& hits : lexicon.words_in(text)) lists_.emplace_back(std::move(hits));
}

const Marks& TextMarks::of_part(std::uint32_t part) const {
    return lists_[kMarkLists + part];
}

const Marks& TextMarks::of_check(std::size_t check) const {
    return lists_[checks_ + check];
}

bool looks_everywhere(const definition::Check& check) {
    return check.find == definition::CheckFind::Phrase ||
           check.find == definition::CheckFind::Report;
}

Result<Lexicon> Lexicon::of(const definition::DefinitionSet& definitions) {
    Lexicon out(definitions);
    const definition::ReferenceTable* table = definitions.reference_table(kLawTitlesTable);
    if (table != nullptr) {
        TRY(out.law_titles, LawTitles::from_table(*table, definitions.reading().law_prefixes));
    }
    return out;
}

}  // namespace fazhi::review
