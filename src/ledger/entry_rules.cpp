#include "ledger/entry_rules.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "calendar/date.h"
#include "ledger/entry_store.h"
#include "ledger/errors.h"
#include "ledger/field_input.h"

namespace fazhi::ledger {
namespace {

using definition::DefaultKind;
using definition::Field;
using definition::Ledger;

bool has_value(const Field& field, const Value& fields,
               const std::map<std::string, Absence>& absent) {
    return !fields.at(field.id).is_null() || absent.contains(field.id);
}

Error missing_field(const Ledger& ledger, const Field& field) {
    std::string where_from;
    if (!field.help.empty()) where_from = fmt::format("（{}）", field.help);
    return Error{ErrorKind::InvalidInput, errors::kRequired,
                 fmt::format("“{}”的“{}”没有填{}。", ledger.title, field.title, where_from),
                 field.id, field.basis.empty() ? ledger.basis : field.basis};
}

bool complained_of(const std::vector<Error>& errors, const std::string& field) {
    return std::any_of(errors.begin(), errors.end(), [&](const Error& error) {
        return error.where == field || error.where.starts_with(field + "[") ||
               error.where.starts_with(field + ".");
    });
}

bool required_in(const Field& field, const std::string& state) {
    return std::find(field.required_in.begin(), field.required_in.end(), state) !=
           field.required_in.end();
}

}  // namespace

void add_defaults(const Ledger& ledger, const Context& context, Lookup& lookup, Value& input) {
    for (const Field& field : ledger.fields) {
        if (input.has(field.id)) continue;
        switch (field.default_kind) {
            case DefaultKind::None:
            case DefaultKind::Transition:
                break;
            case DefaultKind::Literal:
                input.set(field.id, field.default_value);
                break;
            case DefaultKind::Today:
                input.set(field.id, calendar::to_text(context.today));
                break;
            case DefaultKind::Setting: {
                Value value = lookup.setting(
                    field.default_value.is_text() ? field.default_value.as_text() : "");
                if (!value.is_null()) input.set(field.id, std::move(value));
                break;
            }
        }
    }
}

void drop_nulls(Value& fields) {
    const auto is_null = [](const auto& member) { return member.second.is_null(); };
    if (std::none_of(fields.as_map().begin(), fields.as_map().end(), is_null)) return;
    Value::Map present;
    for (auto& [id, value] : fields.as_map()) {
        if (!value.is_null()) present.insert_or_assign(id, std::move(value));
    }
    fields = std::move(present);
}

void drop_private(const definition::Ledger& ledger, Value& fields) {
    for (const definition::Field& field : ledger.fields) {
        if (field.is_private) {
            fields.as_map().erase(field.id);
            continue;
        }
        for (const definition::Field& column : field.of) {
            if (!column.is_private) continue;
            const auto found = fields.as_map().find(field.id);
            if (found == fields.as_map().end()) break;
            Value& rows = found->second;
            if (rows.is_map()) rows.as_map().erase(column.id);
            if (!rows.is_list()) continue;
            for (Value& row : rows.as_list()) row.as_map().erase(column.id);
        }
    }
}

std::optional<std::string> date_of(const std::string& stored) {
    if (calendar::date_from(stored)) return stored;
    if (const auto instant = calendar::parse_instant(stored))
        return calendar::to_text(calendar::civil_date(*instant));
    return std::nullopt;
}

std::vector<Error> required_on_create(const Ledger& ledger, const Value& fields,
                                      const std::map<std::string, Absence>& absent,
                                      const std::vector<Error>& wrong) {
    const std::string first = ledger.states.empty() ? std::string() : ledger.states.front().id;
    std::vector<Error> out;
    for (const Field& field : ledger.fields) {
        const bool needed = field.required || (!first.empty() && required_in(field, first));
        if (needed && !has_value(field, fields, absent) && !complained_of(wrong, field.id))
            out.push_back(missing_field(ledger, field));
    }
    return out;
}

std::vector<Error> required_on_entering(const Ledger& ledger, const std::string& state,
                                        const Value& fields,
                                        const std::map<std::string, Absence>& absent) {
    std::vector<Error> out;
    for (const Field& field : ledger.fields) {
        if (required_in(field, state) && !has_value(field, fields, absent))
            out.push_back(missing_field(ledger, field));
    }
    return out;
}

std::vector<Error> locked_fields(const Ledger& ledger, const std::vector<Passage>& passages,
                                 const Value& changed) {
    std::map<std::string, std::string> locked;  // field → the step that locked it
    for (const Passage& passage : passages) {
        const definition::Transition* step = ledger.transition(passage.transition);
        if (step == nullptr) continue;
        for (const std::string& field : step->unlocks) locked.erase(field);
        for (const std::string& field : step->locks) locked.insert_or_assign(field, step->title);
    }
    std::vector<Error> out;
    for (const auto& [field, step] : locked) {
        if (!changed.has(field)) continue;
        const Field* definition = ledger.field(field);
        out.push_back(Error{ErrorKind::RefusedByRule, errors::kLocked,
                            fmt::format("“{}”在“{}”后已锁定，不能再改。",
                                        definition == nullptr ? field : definition->title, step),
                            field});
    }
    return out;
}

std::vector<Error> already_filled(const Ledger& ledger, const Entry& before, const Value& changed) {
    std::vector<Error> out;
    for (const Field& field : ledger.fields) {
        if (!changed.has(field.id) || before.fields.at(field.id).is_null()) continue;
        if (changed.at(field.id) == before.fields.at(field.id)) continue;
        out.push_back(Error{ErrorKind::Conflict, errors::kNotEmpty,
                            fmt::format("“{}”已有内容，要改请用“更正”并写明理由。", field.title),
                            field.id});
    }
    return out;
}

std::vector<Error> emptied_required(const Ledger& ledger, const std::vector<Passage>& passages,
                                    const Value& changed,
                                    const std::map<std::string, Absence>& absent) {
    std::set<std::string> passed;
    for (const Passage& passage : passages) passed.insert(passage.state);
    std::vector<Error> out;
    for (const Field& field : ledger.fields) {
        if (!changed.has(field.id) || !changed.at(field.id).is_null() || absent.contains(field.id))
            continue;
        const bool needed =
            field.required ||
            std::any_of(field.required_in.begin(), field.required_in.end(),
                        [&](const std::string& state) { return passed.contains(state); });
        if (needed) out.push_back(missing_field(ledger, field));
    }
    return out;
}

void add_missing(std::vector<Error> more, std::vector<Error>& errors) {
    for (Error& error : more) errors.push_back(std::move(error));
}

Error no_such_unit(const std::string& name) {
    return Error{ErrorKind::InvalidInput, errors::kNoSuchReference,
                 fmt::format("找不到单位“{}”，请核对名称或填代码。", name), "unit"};
}

Error no_such_person(const std::string& name) {
    return Error{ErrorKind::InvalidInput, errors::kNoSuchReference,
                 fmt::format("找不到经办人“{}”，或有重名；请核对，或改填代码。", name), "handler"};
}

Error taken_reference(const Ledger& ledger, const std::string& reference) {
    return Error{ErrorKind::Conflict, errors::kReferenceTaken,
                 fmt::format("“{}”里已有原编号“{}”，请核对是否重复登记。", ledger.title, reference),
                 "reference"};
}

bool reference_taken(storage::Connection& connection, const Context& context, const Ledger& ledger,
                     const std::string& reference) {
    return references(connection, context.directory.jurisdiction.id, ledger, reference) > 0;
}

}  // namespace fazhi::ledger
