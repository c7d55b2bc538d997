// Fields (definitions.md §3) from YAML: first what each says of itself, then what it names
// elsewhere.
//
// Pure functions; any thread.
#pragma once

#include <string>
#include <vector>

#include "definition/cursor.h"
#include "definition/model.h"

namespace fazhi::definition {

// Where a field stands: in the ledger, or as a column of a list or group.
enum class FieldPlace { Ledger, Column };

Field declare_field(const std::string& id, const Cursor&, FieldPlace, const std::string& added_by);
// A ledger's `fields`, without `from` and its condition. `added_by`: the extending pack, or "".
std::vector<Field> declare_fields(const Cursor& fields, FieldPlace, const std::string& added_by);
std::vector<Option> read_options(const Cursor& options);
// Checks what the fields name (states, other fields, settings, ledgers) and reads `from`.
void resolve_fields(const Cursor& fields, Ledger& ledger, const DefinitionSet&);

}  // namespace fazhi::definition
