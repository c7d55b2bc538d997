#include "definition/office_reader.h"

#include <algorithm>

#include <fmt/format.h>

#include "calendar/date.h"
#include "calendar/period.h"
#include "calendar/workday_table.h"
#include "definition/basis_reader.h"
#include "definition/condition_reader.h"
#include "definition/field_reader.h"
#include "definition/names.h"
#include "definition/reference.h"
#include "definition/template.h"

namespace fazhi::definition {

namespace {

const std::vector<std::string> kBuiltInActors = {"resident", "handler", "previous_actor", "system"};

struct ScopeWord {
    std::string_view word;
    Scope scope;
};
constexpr ScopeWord kScopes[] = {{"own", Scope::Own},
                                 {"unit", Scope::Unit},
                                 {"units below", Scope::UnitsBelow},
                                 {"jurisdiction", Scope::Jurisdiction},
                                 {"jurisdictions below", Scope::JurisdictionsBelow}};

bool contains(const std::vector<std::string>& words, const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

Scope scope_from(std::string_view word) {
    for (const ScopeWord& each : kScopes) {
        if (each.word == word) return each.scope;
    }
    return Scope::Own;  // the schema has said what there is
}

// A setting's value fits its type: "" or what was expected.
std::string fault_of_setting(const Value& value, const Setting& setting) {
    const std::string text = value.is_text() ? value.as_text() : "";
    if (setting.type == "duration") {
        return calendar::parse_period(text) ? "" : "应为期限，如 30 days、7 workdays";
    }
    if (setting.type == "month_day") {
        return calendar::date_from(fmt::format("2024-{}", text)) ? "" : "应为带引号的 \"MM-DD\"";
    }
    const auto type = field_type_from(setting.type);
    if (!type) return "";
    Field like{.id = setting.name, .title = setting.title, .type = *type};
    like.scale = 9;
    like.options = setting.options;
    if (!value.is_list()) return fault_of_value(value, like);
    for (const Value& item : value.as_list()) {
        const std::string fault = fault_of_value(item, like);
        if (!fault.empty()) return fault;
    }
    return "";
}

Setting read_setting(const std::string& name, const Cursor& cursor) {
    Setting setting{.name = name,
                    .title = cursor.text_at("title"),
                    .type = cursor.text_at("type"),
                    .options = read_options(cursor.at("options")),
                    .default_value = to_value(cursor.at("default").node()),
                    .min = to_value(cursor.at("min").node()),
                    .max = to_value(cursor.at("max").node()),
                    .unit = cursor.text_at("unit"),
                    .source = cursor.text_at("source"),
                    .change = cursor.at("change").texts()};
    const std::string fault = fault_of_name(name, NameUse::Id);
    if (!fault.empty()) cursor.error(fault);
    for (const char* key : {"default", "min", "max"}) {
        const Cursor value = cursor.at(key);
        if (!value.present() || value.node().is_null()) continue;
        const std::string said = fault_of_setting(to_value(value.node()), setting);
        if (!said.empty()) value.error(said);
    }
    return setting;
}

std::map<std::string, std::string> read_days(const Cursor& cursor, int year) {
    std::map<std::string, std::string> days;
    for (const Cursor::Member& member : cursor.members()) {
        const auto date = calendar::parse_date(member.key);
        if (!date) {
            member.value.error(date.error().message);
        } else {
            const int found = static_cast<int>(date->year());
            if (found < year - 1 || found > year + 1)
                member.value.error(fmt::format("不是 {} 年的日子", year));
        }
        days.emplace(member.key, member.value.text());
    }
    return days;
}

calendar::YearArrangement arrangement_of(const CalendarYear& year) {
    calendar::YearArrangement arrangement{.year = year.year, .notice = year.notice};
    for (const auto& day : year.rest) {
        if (const auto date = calendar::date_from(day.first)) arrangement.rest[*date] = day.second;
    }
    for (const auto& day : year.work) {
        if (const auto date = calendar::date_from(day.first)) arrangement.work[*date] = day.second;
    }
    return arrangement;
}

}  // namespace

void read_settings(const Cursor& cursor, std::vector<Setting>& settings) {
    for (const Cursor::Member& member : cursor.members()) {
        Setting setting = read_setting(member.key, member.value);
        const bool known = std::any_of(settings.begin(), settings.end(), [&](const Setting& each) {
            return each.name == setting.name;
        });
        if (known) member.value.error(fmt::format("设置项“{}”已有", setting.name));
        settings.push_back(std::move(setting));
    }
}

void resolve_settings(const Cursor& cursor, const DefinitionSet& set) {
    for (const Cursor::Member& member : cursor.members()) {
        for (const Cursor& item : member.value.at("change").items()) existing_post(item, set);
    }
}

void read_laws(const Cursor& cursor, std::map<std::string, Law, std::less<>>& laws) {
    for (const Cursor::Member& member : cursor.members()) {
        Law law{member.key, member.value.yes("verified"), to_value(member.value.node())};
        if (!laws.emplace(member.key, std::move(law)).second) {
            member.value.error(fmt::format("《{}》已有", member.key));
        }
    }
}

void resolve_laws(const Cursor& cursor, const DefinitionSet& set) {
    for (const Cursor::Member& member : cursor.members()) {
        const std::string silent = member.value.text_at("silent");
        if (!silent.empty() && set.law(silent) == nullptr) {
            member.value.at("silent").error(fmt::format("《{}》不在本表中", silent));
        }
        const Cursor in_force = member.value.at("in_force");
        for (const char* key : {"from", "until"}) {
            const Cursor day = in_force.at(key);
            if (day.present() && !calendar::date_from(day.text()))
                day.error("应为日期，如 2024-01-01");
        }
    }
}

void read_calendar(const Cursor& cursor, std::vector<CalendarYear>& years) {
    CalendarYear year{.year = cursor.integer("calendar", 0), .notice = cursor.text_at("notice")};
    year.rest = read_days(cursor.at("rest"), year.year);
    year.work = read_days(cursor.at("work"), year.year);
    const bool known = std::any_of(years.begin(), years.end(), [&](const CalendarYear& each) {
        return each.year == year.year;
    });
    if (known) cursor.at("calendar").error(fmt::format("{} 年的日历已有", year.year));
    for (const std::string& problem : calendar::problems_of(arrangement_of(year))) {
        cursor.at("calendar").error(problem);
    }
    years.push_back(std::move(year));
}

void declare_roles(const Cursor& cursor, std::vector<Role>& roles) {
    for (const Cursor::Member& member : cursor.members()) {
        const std::string fault = fault_of_name(member.key, NameUse::Id);
        if (!fault.empty()) member.value.error(fault);
        const bool known = std::any_of(roles.begin(), roles.end(),
                                       [&](const Role& each) { return each.id == member.key; });
        if (known || contains(kBuiltInActors, member.key)) {
            member.value.error(fmt::format("岗位“{}”已有", member.key));
        }
        roles.push_back(Role{member.key, member.value.text_at("title"), {}});
    }
}

void resolve_roles(const Cursor& cursor, const DefinitionSet& set, std::vector<Role>& roles) {
    for (const Cursor::Member& member : cursor.members()) {
        std::vector<Permission> may;
        for (const Cursor& item : member.value.at("may").items()) {
            Permission permission{.abilities = item.at("do").texts()};
            const Cursor ledgers = item.at("ledgers");
            permission.all_ledgers = ledgers.node().is_scalar() && ledgers.text() == "all";
            if (!permission.all_ledgers) {
                permission.ledgers = ledgers.texts();
                for (const Cursor& ledger : ledgers.items()) existing_ledger(ledger, set);
            }
            permission.scope = scope_from(item.text_at("scope"));
            may.push_back(std::move(permission));
        }
        for (Role& role : roles) {
            if (role.id == member.key) role.may = may;
        }
    }
}

void read_conflicts(const Cursor& cursor, const DefinitionSet& set,
                    std::vector<Conflict>& conflicts) {
    for (const Cursor& item : cursor.items()) {
        Conflict conflict{.posts = item.at("posts").texts(),
                          .may_not = item.at("may_not").texts(),
                          .ledgers = item.at("ledgers").texts(),
                          .title = item.text_at("title")};
        for (const Cursor& post : item.at("posts").items()) existing_post(post, set);
        for (const Cursor& ledger : item.at("ledgers").items()) existing_ledger(ledger, set);
        if (conflict.posts.size() < 2 && conflict.may_not.empty()) {
            item.error("写两个以上不得兼任的岗位，或写 may_not 和 ledgers");
        }
        conflicts.push_back(std::move(conflict));
    }
}

}  // namespace fazhi::definition
