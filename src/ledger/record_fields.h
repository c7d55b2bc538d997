// How an entry's fields stand in a journal body: clear members, and what is sealed; and back again.
//
// In the clear: numbers, dates, choices, yes/no, ids, and fields marked public; of a list that is
// not private the same, row by row. Pure; any thread.
#pragma once

#include "base/value.h"
#include "definition/model.h"

namespace fazhi::ledger {

struct SplitFields {
    Value clear;   // a map, perhaps empty
    Value sealed;  // a map, perhaps empty
};

// Members that are null are left out.
SplitFields split_fields(const definition::Ledger&, const Value& fields);
// `sealed` null (its key destroyed): only what is clear.
Value merge_fields(const Value& clear, const Value& sealed);

}  // namespace fazhi::ledger
