#include "measure/breakdown.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "ledger/entry_title.h"
#include "ledger/scan.h"

namespace fazhi::measure {

namespace {

using definition::Field;
using definition::FieldType;

constexpr const char* kEmptyTitle = "未填";

std::string month_text(int year, int month) {
    return fmt::format("{:04}-{:02}", year, month);
}

// Within one year people say 5月, over several 2023年5月.
std::vector<GroupName> months_of(const Period& period) {
    std::vector<GroupName> months;
    const bool one_year = period.from.year() == period.to.year();
    int year = static_cast<int>(period.from.year());
    auto month = static_cast<int>(static_cast<unsigned>(period.from.month()));
    while (year * 100 + month <= calendar::month_number(period.to)) {
        months.push_back(
            {Value(year * 100 + month), month_text(year, month),
             one_year ? fmt::format("{}月", month) : fmt::format("{}年{}月", year, month)});
        month = month % 12 + 1;
        if (month == 1) ++year;
    }
    return months;
}

// Retired options come where something stands under them.
std::vector<GroupName> options_of(const Field& field, const std::set<Value>& met) {
    std::vector<GroupName> options;
    for (const definition::Option& option : field.options) {
        if (option.retired && !met.contains(Value(option.id))) continue;
        options.push_back({Value(option.id), option.id, option.title});
    }
    return options;
}

std::vector<GroupName> units_met(const access::Directory& directory, const std::set<Value>& met) {
    std::vector<GroupName> units;
    for (const access::Unit& unit : directory.units) {
        if (met.contains(Value(unit.id.value))) {
            units.push_back({Value(unit.id.value), unit.code, unit.name});
        }
    }
    return units;
}

std::vector<GroupName> persons_met(const access::Directory& directory, const std::set<Value>& met) {
    std::vector<GroupName> persons;
    for (const access::Person& person : directory.persons) {
        if (met.contains(Value(person.id.value))) {
            persons.push_back(
                {Value(person.id.value), person.code, directory.person_name(person.id)});
        }
    }
    return persons;
}

class DirectoryNames final : public ledger::Names {
public:
    explicit DirectoryNames(const access::Directory& directory) : directory_(directory) {}
    std::string person(std::int64_t id) override { return directory_.person_name(PersonId{id}); }
    std::string unit(std::int64_t id) override {
        const access::Unit* found = directory_.unit(UnitId{id});
        return found == nullptr ? std::string() : found->name;
    }
    // An entry is named by what it says itself.
    std::string entry(const std::string&, std::int64_t) override { return {}; }

private:
    const access::Directory& directory_;
};

std::vector<GroupName> entries_met(storage::Connection& connection,
                                   const access::Directory& directory,
                                   const definition::DefinitionSet& definitions, const Field& field,
                                   const std::set<Value>& met) {
    std::map<std::int64_t, std::string> titles;
    DirectoryNames names(directory);
    if (field.from) {
        for (const std::string& id : field.from->ledgers) {
            const definition::Ledger* ledger = definitions.ledger(id);
            if (ledger == nullptr) continue;
            ledger::ScanRange all;
            all.voided_too = true;
            ledger::scan(connection, directory.jurisdiction.id, *ledger, {}, all,
                         [&](const ledger::Entry& entry) {
                             if (!met.contains(Value(entry.head.id.value))) return;
                             titles.emplace(entry.head.id.value,
                                            ledger::entry_title(*ledger, entry, names));
                         });
        }
    }
    std::vector<GroupName> entries;
    for (const auto& [id, title] : titles) {
        entries.push_back({Value(id), std::to_string(id), title});
    }
    return entries;
}

}  // namespace

std::vector<GroupName> group_names(storage::Connection& connection,
                                   const access::Directory& directory,
                                   const definition::DefinitionSet& definitions,
                                   const BrokenDownBy& by, const Groups& groups) {
    const std::set<Value> met(groups.keys().begin(), groups.keys().end());
    std::vector<GroupName> names;
    if (by.dimension == "month") {
        names = months_of(by.period);
    } else if (by.field == nullptr) {
        names = by.dimension == "unit" ? units_met(directory, met) : persons_met(directory, met);
    } else if (by.field->type == FieldType::Unit) {
        names = units_met(directory, met);
    } else if (by.field->type == FieldType::Person) {
        names = persons_met(directory, met);
    } else if (by.field->type == FieldType::Entry) {
        names = entries_met(connection, directory, definitions, *by.field, met);
    } else if (by.field->type == FieldType::YesNo) {
        names = {{Value(true), "true", "是"}, {Value(false), "false", "否"}};
    } else {
        names = options_of(*by.field, met);
    }
    std::set<Value> named;
    for (const GroupName& name : names) named.insert(name.value);
    // What stands under nothing known (a person of another office, an option a later set has not)
    // still counts: the groups add up to the whole.
    for (const Value& value : met) {
        if (value.is_null() || named.contains(value)) continue;
        const std::string key = value.is_text()
                                    ? value.as_text()
                                    : std::to_string(value.is_integer() ? value.as_integer() : 0);
        names.push_back({value, key, key});
    }
    if (met.contains(Value())) names.push_back({Value(), "", kEmptyTitle});
    return names;
}

}  // namespace fazhi::measure
