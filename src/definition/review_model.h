// What a pack says about reading reports that others wrote (审查): the words figures are known by,
// how prose is read, and the checks.
//
// Immutable values; any thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "definition/report_model.h"

namespace fazhi::definition {

// A table of a pack's reference/ folder as it was read (CSV); whoever uses it looks into it.
struct ReferenceTable {
    std::string shown;  // "packs/national/reference/law_titles.csv"
    std::string text;
};

// The words by which a figure in prose is known to be this measure.
struct MeasureWords {
    std::string measure;  // a measure's id, or a name of its own where no ledger counts it
    std::string title;
    std::vector<std::string> units;               // the first is usual; the others are right too
    std::vector<std::vector<std::string>> words;  // any of; of one all, in this order
    std::vector<std::string> not_words;           // none of these stands near
};

// A part of a report, known by its meaning.
struct PartWords {
    std::string id;
    std::string title;
    bool required = true;
    std::vector<std::string> headings;  // a heading with one of them opens the part
    std::vector<std::string> openings;  // so does a paragraph without heading that begins so
    std::string claims;                 // problem, promise: what each of its items is; or ""
};

// A kind of report, known by its title.
struct ReportKind {
    std::string kind;
    std::vector<std::string> titles;  // the title has one of these words
};

// How prose is read. Several packs add to one another.
struct Reading {
    std::vector<std::string> units;          // what things are counted in
    std::vector<std::string> money_units;    // 元
    std::vector<std::string> loose_units;    // 个: with a Chinese numeral often no count at all
    std::vector<std::string> named_numbers;  // 三重一大
    std::vector<std::string> uncounted;      // behind a unit: 个方面 counts nothing
    std::vector<std::string> frequencies;    // 每季度: a rule, not what was done
    std::vector<std::string> changes;        // 同比, 较去年
    std::vector<std::string> zero_openings;  // 未发生
    std::vector<std::string> zero_nouns;     // 事件
    std::vector<std::string> zero_words;     // 清零: says nought of what stands before it
    std::vector<std::string> not_yet;        // 确保: what follows is a wish
    std::vector<std::string> periods;        // 今年以来
    std::vector<std::string> causes;         // 由于
    std::vector<std::string> remedies;       // 下一步将
    std::vector<std::string> law_prefixes;   // 中华人民共和国: a title is known without it
    std::vector<std::string> law_endings;  // 法, 条例: a title that ends so names a rule of law
    std::vector<std::string> places;       // 省, 市: a rule of law of a place, if it begins so
    std::vector<std::string> offices;      // 街道办事处: what the name of a unit ends with
    std::vector<ReportKind> report_kinds;
    std::vector<std::string> title_links;    // 关于: what stands before it in a title is the unit
    std::vector<std::string> introductions;  // 如下: a line that ends so is no addressee
    std::vector<std::string> of_which;       // 其中
    std::vector<std::string> rests;          // 其他: a list that names them is whole
    std::vector<std::string> compositions;   // 组成: behind a list that is whole
    std::vector<std::string> subjects;       // 社区, 法律顾问: who did it
    std::vector<PartWords> parts;            // the first whose words are met
};

enum class CheckLevel { Error, Warning, Note };

// What a check looks at: kinds of things a text holds.
enum class CheckFind {
    LawTitle,  // a title in 《》 that ends as a rule of law does
    Phrase,    // words or patterns
    Repeated,  // a word, or a paragraph, twice
    Figure,    // one figure by itself
    Figures,   // two or more figures against each other
    Part,      // parts of the report
    Heading,   // numbers and levels of the outline
    Year,      // years against the year reported on
    Fact,      // what the document says of itself
    Name,      // names of offices
    Claim,     // problems admitted, promises
    Excerpt,   // runs of sentences that stand in another report too
    Record,    // what the reader's own ledgers hold
    Notice,    // what the reader of the file noticed beside the text
    Report,    // the report as a whole
};

// What is held against what. Which of them a `find` knows stands in docs/reference/definition.md.
enum class CheckCompare {
    Known,        // in the table, or near to one that is
    Named,        // not only near to one in the table
    Repealed,     // not before the year reported on
    InForce,      // no later than the year reported on
    Absent,       // is not there
    Word,         // a word of more than one character, or a listed one, follows itself
    Paragraph,    // the same paragraph
    Event,        // one event, counted as several things
    Over,         // above `limit`
    Under,        // below `limit`
    Unit,         // one of the measure's
    Denominator,  // a share's whole is named
    SmallWhole,   // a share's whole is above `limit`
    SameValue,    // the same measure of the same period
    Sum,          // parts make the total
    Subset,       // what 其中 names is no more than the whole
    Share,        // 办结率 follows from what was 办结 and the whole before it
    AtMost,       // what was `done` is no more than what was `begun`
    Thin,         // a part has at least `limit` characters
    Sequence,     // 一、二、四、
    Reported,     // the year of title, opening and headings
    Form,         // matches `pattern`
    Agrees,       // with what the document says elsewhere, or the reader was told
    Deadline,     // a date against a day of the following year
    Unchanging,   // one name throughout
    Cause,        // a problem has a cause
    LastYear,     // with last year's report of the same unit
    Neighbours,   // with the reports of the same district and year
    Others,       // with any other report
    Answered,     // last year's promises, by this report
    Ledger,       // the ledgers hold another number
    Recorded,     // the ledgers hold none
    FromLedgers,  // at least `limit` % of the figures are the ledgers'
    Remedy,       // a promise answers the problem
    Boilerplate,  // at most `limit` % of the prose says nothing of its own
};

struct CheckSample {
    std::string text;
    int year = 0;                         // told to the reader; 0: not
    std::string unit;                     // the same
    std::string published_on;             // of the page it was read from; or ""
    std::vector<std::string> hidden;      // texts that the file does not show
    std::vector<std::string> found;       // each is said of a finding; empty in a passing sample
    std::vector<std::string> nearest;     // one for each of `found`, or none
    std::string last_year;                // last year's report; "": there is none
    std::vector<std::string> neighbours;  // reports of the same district and year
    // By measure, what the ledgers hold; none: they were not asked.
    std::optional<std::vector<std::pair<std::string, std::int64_t>>> recorded;
    bool own_report = false;
};

// A rule for reviewing reports others wrote.
struct Check {
    std::string id;
    std::string title;
    CheckLevel level = CheckLevel::Warning;
    CheckFind find = CheckFind::Phrase;
    CheckCompare compare = CheckCompare::Absent;
    Sentence say;     // {found} {nearest} {expected} …
    std::string fix;  // what to do
    std::vector<Basis> basis;
    std::string known_in;                                    // a reference table
    std::vector<std::pair<std::string, std::string>> words;  // what is written, what it should be
    std::vector<std::string> patterns;                       // RE2
    std::vector<std::string> unless;                         // longer words that are right
    std::vector<std::string> in;                             // parts; empty: everywhere
    std::string fact;                                        // year, unit, number, addressee …
    std::string notice;                                      // its code
    std::vector<std::string> of;                             // measures, any of them
    std::vector<std::string> done, begun;                    // words for what there was of which
    std::vector<std::string> units;                          // of the figures it looks at
    std::optional<std::int64_t> limit;
    std::string by;  // "03-01"
    int since = 0;   // reports on this year and later; 0: on any
    std::vector<CheckSample> passing, failing;
    std::string digest;  // of what the file says of it, without samples
};

}  // namespace fazhi::definition
