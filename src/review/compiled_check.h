// A check made ready: its words indexed, its patterns compiled. And what every kind of check needs
// to say what it found. For checks_*.cpp and reviewer.cpp.
//
// Immutable; any thread.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "review/companions.h"
#include "review/finding.h"
#include "review/lexicon.h"
#include "review/report_reading.h"
#include "text/word_index.h"

namespace re2 {
class RE2;
}

namespace fazhi::review {

// What a check looks into.
struct Subject {
    const ReportReading& reading;
    const Lexicon& lexicon;
    const Companions& companions;
    int expected_year = 0;      // told by whoever asks; 0: not
    std::string expected_unit;  // the same; empty: not
    std::string utf8;           // the prose, for patterns
    // Which patterns of checks that look through the whole text stand somewhere in it, by
    // CompiledCheck::first_pattern; empty: not known.
    std::vector<bool> patterns = {};

    // The year reported on: told, else said; 0: unknown.
    [[nodiscard]] int year() const {
        return expected_year != 0 ? expected_year : reading.facts.year;
    }
};

// The parts of a finding that its place and the check do not say.
struct Words {
    std::string found;
    std::string expected = {};
    std::string nearest = {};
    std::map<std::string, std::string> others = {};  // further {names} of `say`
};

class CompiledCheck {
public:
    // `number`: its index in DefinitionSet::checks().
    CompiledCheck(const definition::Check&, std::size_t number, const Lexicon&);
    ~CompiledCheck();
    CompiledCheck(const CompiledCheck&) = delete;
    CompiledCheck& operator=(const CompiledCheck&) = delete;

    // What is found; the verdict where that is nothing (Pass, or NotAssessable).
    [[nodiscard]] std::vector<Finding> run(const Subject&, Verdict& otherwise) const;

    [[nodiscard]] const definition::Check& definition() const { return definition_; }
    [[nodiscard]] Finding finding(Verdict, Extent, Words) const;
    // Whether the check looks at this place (`in`).
    [[nodiscard]] bool looks_at(const Subject&, std::uint32_t at) const;
    [[nodiscard]] bool is_one_of(std::int32_t measure, const std::vector<std::int32_t>&) const;
    // Of a check that looks_everywhere: where its words stand.
    [[nodiscard]] const std::vector<text::WordHit>& words_in(const Subject& subject) const {
        return subject.reading.marks.of_check(number_).hits();
    }

    text::WordIndex words;  // of any other's definition, by their order
    text::WordIndex unless;
    std::vector<std::unique_ptr<re2::RE2>> patterns;
    std::size_t first_pattern = 0;  // number of its first one in Subject::patterns
    text::WordIndex done, begun;
    std::vector<std::int32_t> of;   // indexes of measures
    std::vector<std::uint32_t> in;  // indexes of parts

private:
    const definition::Check& definition_;
    const std::size_t number_;
    std::string why_;
};

// The sentence with its {names} filled in; a […] clause without one of them is left out.
std::string filled(const definition::Sentence&, const std::map<std::string, std::string>& names);

}  // namespace fazhi::review
