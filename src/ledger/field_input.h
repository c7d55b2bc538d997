// From what people write to what is stored: each field type's rules, every error at once.
//
// Typed input (YAML, JSON, forms) and text input (cells) go the same way: text is accepted for
// every type. Accepted for: yes_no 是/否/true/false; choice an option's id or title; choices and
// laws a list, or text joined by 、; money "1234.5" yuan or {"fen": n}; person, unit: code, name or
// id; entry: reference, number, key value or id; list "标题：值，标题：值；…" or a list of maps;
// 不适用 / 未知 for any type but text.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "base/value.h"
#include "calendar/date.h"
#include "definition/definition_set.h"
#include "ledger/entry.h"

namespace fazhi::ledger {

// Finds what input names: a code, name, reference or number, or "#12" for an id.
class Lookup {
public:
    virtual ~Lookup() = default;
    [[nodiscard]] virtual std::optional<std::int64_t> person(const std::string& name) = 0;
    [[nodiscard]] virtual std::optional<std::int64_t> unit(const std::string& name) = 0;
    [[nodiscard]] virtual std::optional<std::int64_t> entry(const std::string& ledger,
                                                            const std::string& name) = 0;
    // Was that entry valid (a register) or not void on `date`?
    [[nodiscard]] virtual bool valid_on(const std::string& ledger, std::int64_t entry,
                                        const std::string& date) = 0;
    // Is the entry of that ledger, or the row of a built-in register (person, unit), one of which
    // this holds?
    [[nodiscard]] virtual bool fits(const std::string& ledger, std::int64_t row,
                                    const definition::Condition&) = 0;
    [[nodiscard]] virtual Value setting(const std::string& name) = 0;
};

struct ParsedFields {
    Value fields;  // a map in the stored form (entry.h); null value: to be emptied
    std::map<std::string, Absence> absent;
    std::vector<Error> errors;  // in the order of the ledger's fields
};

// Parses and checks each field that `input` names: type, options, min/max, pattern, length, future,
// different_from, from. Unknown names are errors with a suggestion. `required` is not asked here.
// `stored`: what the entry has already (for different_from).
ParsedFields parse_fields(const definition::Ledger&, const Value& input, const Value& stored,
                          calendar::Date today, Lookup&);

// A stored value as people read it: options' titles, 是/否, yuan, names through `names`.
class Names {
public:
    virtual ~Names() = default;
    [[nodiscard]] virtual std::string person(std::int64_t) = 0;
    [[nodiscard]] virtual std::string unit(std::int64_t) = 0;
    [[nodiscard]] virtual std::string entry(const std::string& ledger, std::int64_t) = 0;
};
std::string display_text(const definition::Field&, const Value& stored, Names&);

}  // namespace fazhi::ledger
