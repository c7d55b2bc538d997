// Reading rows of a ledger's table into entries: the columns asked for, in order, and what they
// become.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "definition/model.h"
#include "ledger/entry.h"
#include "ledger/ledger_table.h"
#include "storage/connection.h"

namespace fazhi::ledger {

class EntryReader {
public:
    // Of the head: everything, or what statistics need (scan.h).
    enum class Heads { Whole, Counted };
    // `fields`: which to read; empty: all. Private ones only with `private_too`.
    EntryReader(const definition::Ledger&, const std::vector<std::string>& fields, bool private_too,
                Heads heads = Heads::Whole);

    // "id, unit_id, …" for a SELECT.
    [[nodiscard]] std::string column_list() const;
    // The entry in the row, without fields that have rows of their own.
    [[nodiscard]] Entry read(const storage::Row&, const Opener&) const;
    // The fields with rows among those asked for.
    [[nodiscard]] const std::vector<const definition::Field*>& with_rows() const {
        return with_rows_;
    }

private:
    [[nodiscard]] EntryHead read_head(const storage::Row&) const;

    const definition::Ledger& ledger_;
    Heads heads_;
    int head_columns_;
    std::vector<FieldColumn> columns_;
    std::vector<const definition::Field*> with_rows_;
};

// One row of a list's table as a value: a map for list and group, a text for choices and laws.
class ListReader {
public:
    // The field outlives the reader.
    explicit ListReader(const definition::Field& with_rows);

    [[nodiscard]] std::string column_list() const;
    [[nodiscard]] Value read(const storage::Row&, int first_column, const Opener&) const;

private:
    const definition::Field& field_;
    std::vector<FieldColumn> columns_;
};
// Adds a list row to the entry's fields, as its type holds it.
void add_list_row(const definition::Field& with_rows, Value row, Value& fields);

std::string absence_text(const std::map<std::string, Absence>&);  // canonical JSON, "" for none
std::map<std::string, Absence> absence_from(std::string_view text);
std::string_view to_text(Absence);

}  // namespace fazhi::ledger
