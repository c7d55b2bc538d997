// The words of packs by which prose is understood, compiled once: indexes over the lists of a
// `reading`, the words of measures, the table of law titles.
//
// Immutable; any thread. Refers to the definition set, which outlives it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "definition/definition_set.h"
#include "review/prose.h"
#include "text/word_index.h"
#include "text/word_lists.h"

namespace fazhi::review {

// What stands in a word of a part for the year after the one reported on.
inline constexpr std::string_view kNextYear = "{next_year}";
inline constexpr std::string_view kLawTitlesTable = "law_titles";  // reference/law_titles.csv

// A law, regulation or rule of the Party as reference/law_titles.csv has it.
struct KnownLaw {
    std::string title;
    std::string adopted;         // a date: this version; or ""
    std::string in_force_from;   // a date, or "": not known
    std::string in_force_until;  // a date, or "": still in force, or not known
    std::string replaced_by;
};

// By full title and by short ones; without what stands before a name (中华人民共和国).
class LawTitles {
public:
    LawTitles() = default;
    // Refuses kBadTable, naming the row.
    static Result<LawTitles> from_table(const definition::ReferenceTable&,
                                        const std::vector<std::string>& prefixes);

    // As it is written between 《 and 》; a version in brackets at its end may stay away.
    [[nodiscard]] const KnownLaw* find(std::string_view title) const;
    // The title that was probably meant; "" where none is near.
    [[nodiscard]] std::string nearest(std::string_view title) const;
    [[nodiscard]] std::string_view without_prefix(std::string_view title) const;

private:
    void add_name(const std::string& name, std::uint32_t law);

    std::vector<std::string> prefixes_;
    std::vector<KnownLaw> laws_;
    std::map<std::string, std::uint32_t, std::less<>> by_name_;
    std::map<std::string, std::uint32_t, std::less<>> by_misname_;
    // Titles by pairs of neighbouring characters, for near misses.
    std::map<std::u32string, std::vector<std::uint32_t>, std::less<>> by_gram_;
};

// Where words of one list stand in a text.
class Marks {
public:
    Marks() = default;
    Marks(const text::WordIndex& index, std::u32string_view text) : hits_(index.all_in(text)) {}
    explicit Marks(std::vector<text::WordHit> hits) : hits_(std::move(hits)) {}

    [[nodiscard]] const std::vector<text::WordHit>& hits() const { return hits_; }
    // Those that begin within the extent; as long as these marks stand.
    [[nodiscard]] std::span<const text::WordHit> in(Extent) const;
    [[nodiscard]] bool any_in(Extent extent) const;
    // One of them overlaps the extent.
    [[nodiscard]] bool covers(Extent extent) const;

private:
    std::vector<text::WordHit> hits_;
};

// Which measure a word speaks of: word `place` of a group of `size`, all of which must stand in
// this order.
struct MeasureClue {
    std::uint32_t measure = 0;  // index in DefinitionSet::measure_words()
    std::uint16_t group = 0;
    std::uint8_t place = 0;
    bool is_not = false;  // it stands for another measure where this word is near
};

// The lists whose words tell figures and what they speak of.
enum class MarkList : std::size_t {
    NamedNumbers,
    Frequencies,
    Changes,
    ZeroOpenings,
    ZeroNouns,
    ZeroWords,
    NotYet,
    Periods,
    OfWhich,
    Compositions,
    Subjects,
    Measures,
};

class Lexicon;

// Where the words of every list stand in one text, found in one pass.
class TextMarks {
public:
    TextMarks() = default;
    TextMarks(const Lexicon&, std::u32string_view text);

    [[nodiscard]] const Marks& of(MarkList list) const {
        return lists_[static_cast<std::size_t>(list)];
    }
    // Words of a part's headings, by index in Reading::parts; those that name a year are none.
    [[nodiscard]] const Marks& of_part(std::uint32_t part) const;
    // Words of a check that looks_everywhere, by index in DefinitionSet::checks().
    [[nodiscard]] const Marks& of_check(std::size_t check) const;

private:
    std::vector<Marks> lists_;
    std::size_t checks_ = 0;  // where their lists begin
};

// Whether the words and patterns of a check are looked for in the whole text.
bool looks_everywhere(const definition::Check&);

class Lexicon {
public:
    // Refuses kBadTable.
    static Result<Lexicon> of(const definition::DefinitionSet&);

    [[nodiscard]] const definition::DefinitionSet& definitions() const { return *definitions_; }
    [[nodiscard]] const definition::Reading& reading() const { return definitions_->reading(); }
    [[nodiscard]] const std::vector<MeasureClue>& clues(std::uint32_t word) const {
        return clues_[word];
    }

    // Where the words of every list stand: by MarkList, then of the parts, then of the checks.
    [[nodiscard]] std::vector<std::vector<text::WordHit>> words_in(std::u32string_view text) const {
        return lists_.all_in(text);
    }

    text::WordIndex units, loose_units, uncounted, causes, remedies, of_which, rests;
    // By part of a report; without the words that name a year (kNextYear).
    std::vector<text::WordIndex> part_openings;
    std::vector<std::u32string> offices;  // 街道办事处, 街道, …: endings of offices' names
    std::vector<std::u32string> places;   // 省, 市, …: what names of places end with
    LawTitles law_titles;

private:
    explicit Lexicon(const definition::DefinitionSet&);
    std::vector<std::string> add_measures();
    void add_lists(const std::vector<std::string>& measures);

    const definition::DefinitionSet* definitions_;
    std::vector<std::vector<MeasureClue>> clues_;  // by word of MarkList::Measures
    text::WordLists lists_;
};

}  // namespace fazhi::review
