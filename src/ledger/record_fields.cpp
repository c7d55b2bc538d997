#include "ledger/record_fields.h"

namespace fazhi::ledger {
namespace {

using definition::Field;

void split_row(const Field& field, const Value& row, Value& clear, Value& sealed) {
    clear = Value::Map{};
    sealed = Value::Map{};
    for (const auto& [id, value] : row.as_map()) {
        const Field* column = field.column(id);
        const bool in_clear = column != nullptr && !column->sealed();
        (in_clear ? clear : sealed).set(id, value);
    }
}

Value merge_value(const Value& clear, const Value& sealed) {
    if (clear.is_map() && sealed.is_map()) {
        Value out = clear;
        for (const auto& [id, value] : sealed.as_map()) out.set(id, value);
        return out;
    }
    if (clear.is_list() && sealed.is_list() && clear.as_list().size() == sealed.as_list().size()) {
        Value::List out;
        for (size_t i = 0; i < clear.as_list().size(); ++i) {
            out.push_back(merge_value(clear.as_list()[i], sealed.as_list()[i]));
        }
        return out;
    }
    return sealed.is_null() ? clear : sealed;
}

void split_rows(const Field& field, const Value& value, SplitFields& out) {
    if (value.is_map()) {
        Value clear;
        Value sealed;
        split_row(field, value, clear, sealed);
        out.clear.set(field.id, std::move(clear));
        out.sealed.set(field.id, std::move(sealed));
        return;
    }
    Value::List clear_rows;
    Value::List sealed_rows;
    bool any_sealed = false;
    for (const Value& row : value.as_list()) {
        Value clear;
        Value sealed;
        split_row(field, row, clear, sealed);
        any_sealed = any_sealed || !sealed.as_map().empty();
        clear_rows.push_back(std::move(clear));
        sealed_rows.push_back(std::move(sealed));
    }
    out.clear.set(field.id, std::move(clear_rows));
    if (any_sealed) out.sealed.set(field.id, std::move(sealed_rows));
}

}  // namespace

SplitFields split_fields(const definition::Ledger& ledger, const Value& fields) {
    SplitFields out{Value::Map{}, Value::Map{}};
    if (!fields.is_map()) return out;
    for (const auto& [id, value] : fields.as_map()) {
        if (value.is_null()) continue;
        const Field* field = ledger.field(id);
        const bool with_rows = field != nullptr && !field->of.empty() && !field->is_private;
        if (field == nullptr || field->is_private) {
            out.sealed.set(id, value);
        } else if (with_rows && (value.is_list() || value.is_map())) {
            split_rows(*field, value, out);
        } else {
            (field->sealed() ? out.sealed : out.clear).set(id, value);
        }
    }
    return out;
}

Value merge_fields(const Value& clear, const Value& sealed) {
    Value out = clear.is_map() ? clear : Value(Value::Map{});
    if (!sealed.is_map()) return out;
    for (const auto& [id, value] : sealed.as_map()) out.set(id, merge_value(out.at(id), value));
    return out;
}

}  // namespace fazhi::ledger
