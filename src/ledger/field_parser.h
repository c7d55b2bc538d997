// One field's input → its stored value, or why not. The rules of each field type stand here and
// nowhere else.
#pragma once

#include <functional>
#include <string>

#include "base/result.h"
#include "ledger/field_input.h"

namespace fazhi::ledger {

class FieldParser {
public:
    using OtherField = std::function<Value(const std::string& field)>;
    FieldParser(calendar::Date today, Lookup& lookup, OtherField other)
        : today_(today), lookup_(lookup), other_(std::move(other)) {}

    // `input` is neither null nor "". Refuses as ledger/errors.h; a list's rows all at once.
    Result<Value> parse(const definition::Field&, const Value& input);

private:
    Result<Value> parse_scalar(const definition::Field&, const Value& input);
    Result<std::string> checked(const definition::Field&, const std::string& typed) const;
    Result<Value> parse_text(const definition::Field&, const std::string& text) const;
    Result<Value> parse_figure(const definition::Field&, const Value& input) const;
    Result<Value> parse_number(const definition::Field&, const Value& input);
    Result<Value> parse_day(const definition::Field&, const std::string& text) const;
    Result<Value> parse_choice(const definition::Field&, const std::string& text) const;
    Result<Value> parse_words(const definition::Field&, const Value& input) const;
    Result<Value> parse_reference(const definition::Field&, const Value& input);
    Result<Value> parse_entry(const definition::Field&, const Value& input);
    Result<Value> parse_rows(const definition::Field&, const Value& input);
    Result<Value> parse_row(const definition::Field&, const Value& row, const std::string& path);
    Result<void> check_source(const definition::Field&, const std::string& ledger, std::int64_t row,
                              const std::string& name);
    static void check_rows_differ(const definition::Field&, const Value::List& rows,
                                  std::vector<Error>& wrong);
    Result<void> check_range(const definition::Field&, const Value& value);
    [[nodiscard]] Refusal refusal(const definition::Field&, std::string_view code,
                                  const std::string& message) const;

    calendar::Date today_;
    Lookup& lookup_;
    OtherField other_;
    std::string path_;  // of the list row that is being read: "parties[2]."
};

}  // namespace fazhi::ledger
