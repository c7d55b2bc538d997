#include "definition/reference.h"

#include <fmt/format.h>

#include "calendar/date.h"
#include "calendar/period.h"
#include "definition/names.h"

namespace fazhi::definition {

namespace {

template <class Thing>
std::vector<std::string> ids_of(const std::vector<Thing>& things) {
    std::vector<std::string> ids;
    for (const Thing& thing : things) ids.push_back(thing.id);
    return ids;
}

template <class Thing>
const Thing* found_or_said(const Cursor& cursor, const Thing* found, std::string_view what,
                           const std::vector<std::string>& known) {
    if (found == nullptr) {
        cursor.error(
            fmt::format("没有{}“{}”{}", what, cursor.text(), suggestion(cursor.text(), known)));
    }
    return found;
}

}  // namespace

const Ledger* existing_ledger(const Cursor& cursor, const DefinitionSet& set) {
    const Ledger* found = set.ledger(cursor.text());
    return found != nullptr ? found : found_or_said(cursor, found, "台账", ids_of(set.ledgers()));
}

const Measure* existing_measure(const Cursor& cursor, const DefinitionSet& set) {
    const Measure* found = set.measure(cursor.text());
    if (found != nullptr) return found;
    std::vector<std::string> ids;
    for (const Measure* measure : set.measures()) ids.push_back(measure->id);
    return found_or_said(cursor, found, "指标", ids);
}

const Setting* existing_setting(const Cursor& cursor, const DefinitionSet& set) {
    std::vector<std::string> names;
    for (const Setting& setting : set.settings()) names.push_back(setting.name);
    return found_or_said(cursor, set.setting(cursor.text()), "设置项", names);
}

const Role* existing_post(const Cursor& cursor, const DefinitionSet& set) {
    return found_or_said(cursor, set.role(cursor.text()), "岗位", ids_of(set.roles()));
}

const Field* existing_field(const Cursor& cursor, const Ledger& ledger) {
    return found_or_said(cursor, ledger.field(cursor.text()), fmt::format("{}的项", ledger.title),
                         ids_of(ledger.fields));
}

const Field* existing_date_field(const Cursor& cursor, const Ledger& ledger) {
    const Field* field = existing_field(cursor, ledger);
    if (field != nullptr && field->type != FieldType::Date && field->type != FieldType::Datetime) {
        cursor.error(fmt::format("“{}”不是日期", field->title));
        return nullptr;
    }
    return field;
}

const State* existing_state(const Cursor& cursor, const Ledger& ledger) {
    return found_or_said(cursor, ledger.state(cursor.text()), fmt::format("{}的状态", ledger.title),
                         ids_of(ledger.states));
}

const Transition* existing_transition(const Cursor& cursor, const Ledger& ledger) {
    return found_or_said(cursor, ledger.transition(cursor.text()),
                         fmt::format("{}的步骤", ledger.title), ids_of(ledger.transitions));
}

const EvidenceKind* existing_evidence(const Cursor& cursor, const Ledger& ledger) {
    return found_or_said(cursor, ledger.evidence_kind(cursor.text()),
                         fmt::format("{}的证据", ledger.title), ids_of(ledger.evidence));
}

bool existing_clock(const Cursor& cursor, const Ledger& ledger) {
    return found_or_said(cursor, ledger.clock(cursor.text()), fmt::format("{}的期限", ledger.title),
                         ids_of(ledger.clocks)) != nullptr;
}

std::vector<std::string> existing_fields(const Cursor& cursor, const Ledger& ledger) {
    for (const Cursor& item : cursor.items()) existing_field(item, ledger);
    return cursor.texts();
}

std::vector<std::string> existing_states(const Cursor& cursor, const Ledger& ledger) {
    for (const Cursor& item : cursor.items()) existing_state(item, ledger);
    return cursor.texts();
}

std::vector<std::string> existing_evidences(const Cursor& cursor, const Ledger& ledger) {
    for (const Cursor& item : cursor.items()) existing_evidence(item, ledger);
    return cursor.texts();
}

std::string checked_period(const Cursor& cursor) {
    if (!cursor.present()) return "";
    if (!calendar::parse_period(cursor.text())) {
        cursor.error("期限写成“数字 单位”，如 30 days、20 workdays、1 month");
    }
    return cursor.text();
}

std::string checked_month_day(const Cursor& cursor) {
    if (!cursor.present()) return "";
    // Any leap year: 29 February is a day of the year.
    if (!calendar::date_from(fmt::format("2024-{}", cursor.text()))) {
        cursor.error("月日写成带引号的 \"MM-DD\"，如 \"03-01\"");
    }
    return cursor.text();
}

}  // namespace fazhi::definition
