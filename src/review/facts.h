// What a report says of itself (文件要素): title, whose it is, the year reported on, document
// number, addressee, dates, signature. Nothing is guessed: what does not stand there is empty.
//
// Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "review/lexicon.h"
#include "review/outline.h"
#include "review/prose.h"

namespace fazhi::review {

// A piece of text and where it stands; empty: there is none.
struct Said {
    std::string text;
    Extent extent;

    [[nodiscard]] bool empty() const { return text.empty(); }
};

struct DocumentNumber {
    Said whole;  // 云办发〔2024〕4号, brackets as written
    int year = 0;
    int serial = 0;
};

// A year 19xx or 20xx followed by 年, and where; also 二〇二四年.
struct YearSaid {
    int year = 0;
    Extent extent;  // the digits, without 年
};

struct DocumentFacts {
    Said title;
    std::string kind;    // annual_report, as packs name kinds; "": not known
    Said unit;           // as the title has it
    int year = 0;        // reported on: the title's, but where all else says another; 0: not said
    Said year_said;      // 2024年, where it is first said
    int title_year = 0;  // what the title says; 0: nothing
    std::optional<DocumentNumber> number;
    Said addressee;           // without its colon
    Said signature;           // the unit at the end
    Said date;                // "2025-02-27" where it is one
    Said published;           // the same, of the page it was read from; stands nowhere in the prose
    std::vector<Said> dates;  // every full date in the text, as written
    std::vector<YearSaid> years;  // every year
};

DocumentFacts facts_of(const Prose&, const Outline&, const Lexicon&);

// 云桥街道 of 澄湖区人民政府云桥街道办事处: what names of one office have in common. The name as it
// is where no ending of an office stands in it.
std::string office_core(std::string_view name, const std::vector<std::string>& endings);

std::vector<YearSaid> years_in(const Prose&, Extent);

}  // namespace fazhi::review
