#include "ledger/register_rows.h"

namespace fazhi::ledger {
namespace {

Entry row_of(std::string_view register_name, std::int64_t id, Value fields) {
    Entry entry;
    entry.head.ledger = std::string(register_name);
    entry.head.id = EntryId{id};
    entry.fields = std::move(fields);
    return entry;
}

Value fields_of(const access::Unit& unit) {
    Value fields = Value::Map{
        {"kind", unit.kind}, {"code", unit.code}, {"name", unit.name}, {"short", unit.short_name}};
    if (unit.lead_section) fields.set("lead_section", unit.lead_section.value);
    return fields;
}

Value fields_of(const access::Person& person) {
    Value::List posts;
    for (const access::Post& held : person.posts) posts.emplace_back(held.post);
    return Value::Map{{"code", person.code},
                      {"name", person.name},
                      {"unit", person.unit.value},
                      {"post", std::move(posts)}};
}

}  // namespace

std::vector<Entry> register_rows(const access::Directory& directory,
                                 std::string_view register_name) {
    std::vector<Entry> rows;
    if (register_name == "unit") {
        for (const access::Unit& unit : directory.units) {
            rows.push_back(row_of(register_name, unit.id.value, fields_of(unit)));
        }
    } else if (register_name == "person") {
        for (const access::Person& person : directory.persons) {
            rows.push_back(row_of(register_name, person.id.value, fields_of(person)));
        }
    } else if (register_name == "jurisdiction") {
        const access::Jurisdiction& here = directory.jurisdiction;
        rows.push_back(
            row_of(register_name, here.id.value,
                   Value::Map{{"kind", here.kind}, {"code", here.code}, {"name", here.name}}));
    }
    return rows;
}

}  // namespace fazhi::ledger
