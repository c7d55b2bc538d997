// The table of a ledger: its names, columns and how values stand in them. Identifiers come only
// from checked definitions.
//
// ledger_<name>(jurisdiction_id, id, unit_id, handler, state, revision, dated_on, month,
// recorded_at, recorded_by, entry_number, reference, voided, imported, absent, …one column a
// field…); a field with rows of its own (list, group, choices, laws) is
// ledger_<name>__<field>(jurisdiction_id, entry_id, position, …). Private columns hold ciphertext.
// Pure; any thread.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/value.h"
#include "definition/definition_set.h"
#include "storage/connection.h"

namespace fazhi::ledger {

std::string table_of(const definition::Ledger&);
std::string rows_table_of(const definition::Ledger&, const definition::Field&);

// One column of a ledger's or a list's table that comes from a field.
struct FieldColumn {
    const definition::Field* field = nullptr;
    std::string name;
    bool sealed = false;  // ciphertext: the field, or the list it is in, is private
    bool names_ledger =
        false;  // the twin column <field>__ledger of an entry field with several sources
};
std::vector<FieldColumn> columns_of(const definition::Ledger&);               // the entry's own
std::vector<FieldColumn> row_columns_of(const definition::Field& with_rows);  // a list's or group's
std::vector<FieldColumn> key_columns_of(const definition::Ledger&);           // of its `key`
const std::vector<std::string>& head_columns();                               // before the fields'

// CREATE TABLE and CREATE INDEX, in the words of storage::in_dialect.
std::string table_ddl(const definition::Ledger&);
std::string column_type(const FieldColumn&);  // "{int}", "TEXT" or "{blob}"

// CREATE INDEX IF NOT EXISTS for statistics, the key, the number and every column that names
// entries: so that what is looked for by them is found without reading the ledger.
std::string look_up_indexes_ddl(const definition::Ledger&);

// A stored value as a cell and back. `seal` makes the ciphertext of a column's text ("" where the
// key is gone); `open` is the reverse, or nothing.
using Sealer = std::function<std::string(std::string_view text)>;
using Opener =
    std::function<std::optional<std::string>(const std::string& column, std::string_view bytes)>;
storage::Cell cell_of(const FieldColumn&, const Value&, const Sealer& seal);
Value value_from(const FieldColumn&, const storage::Row&, int column, const Opener& open);

}  // namespace fazhi::ledger
