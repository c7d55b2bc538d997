#include "definition/ledger_reader.h"

#include <algorithm>

#include <fmt/format.h>

#include "calendar/period.h"
#include "definition/basis_reader.h"
#include "definition/clock_reader.h"
#include "definition/condition_reader.h"
#include "definition/field_reader.h"
#include "definition/measure_reader.h"
#include "definition/names.h"
#include "definition/reference.h"
#include "definition/template.h"

namespace fazhi::definition {

namespace {

// The parts of a template that are not fields.
const std::vector<std::string> kNumberWords = {"year",
                                               "serial",
                                               "unit.short",
                                               "unit.name",
                                               "jurisdiction.short",
                                               "jurisdiction.name",
                                               "jurisdiction.full_name",
                                               "jurisdiction.document_code"};
const std::vector<std::string> kTitleWords = {"year", "unit.short", "unit.name",
                                              "jurisdiction.short", "jurisdiction.name"};

bool contains(const std::vector<std::string>& words, const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

void check_template(const Cursor& cursor, const Ledger& ledger,
                    const std::vector<std::string>& words) {
    if (!cursor.present()) return;
    const auto parsed = parse_sentence(cursor.text());
    if (!parsed) {
        cursor.error(parsed.error().message);
        return;
    }
    for (const Placeholder& placeholder : placeholders_of(*parsed)) {
        if (contains(words, placeholder.name)) continue;
        const Field* field = ledger.field(placeholder.name);
        if (field == nullptr) {
            std::vector<std::string> known = words;
            for (const Field& each : ledger.fields) known.push_back(each.id);
            cursor.error(fmt::format("没有“{{{}}}”{}", placeholder.name,
                                     suggestion(placeholder.name, known)));
        } else if (field->is_private) {
            cursor.error(fmt::format("“{}”是隐私，不能出现在编号或标题里", field->title));
        }
    }
}

void check_number(const Cursor& cursor, const Ledger& ledger) {
    check_template(cursor, ledger, kNumberWords);
    if (cursor.present() && cursor.text().find("{serial}") == std::string::npos) {
        cursor.error("编号里要有 {serial}（顺序号）");
    }
}

void check_dated_by(const Cursor& cursor, const Ledger& ledger) {
    const Field* field = ledger.field(ledger.dated_by);
    const Cursor at = cursor.at("dated_by");
    if (field == nullptr) {
        at.error(
            fmt::format("没有日期项“{}”：一条记录归到哪一天，由 dated_by（默认 occurred_on）决定",
                        ledger.dated_by));
        return;
    }
    if (field->type != FieldType::Date && field->type != FieldType::Datetime) {
        at.error(fmt::format("dated_by 要用日期，“{}”不是", field->title));
    }
    const bool filled =
        field->required || !field->required_in.empty() || field->default_kind != DefaultKind::None;
    if (!filled) at.error(fmt::format("“{}”决定一条记录归到哪一天，要写 required", field->title));
}

void check_register(const Cursor& cursor, const Ledger& ledger) {
    if (!ledger.is_register) return;
    for (const char* name : {"valid_from", "valid_until"}) {
        const Field* field = ledger.field(name);
        if (field == nullptr || field->type != FieldType::Date) {
            cursor.at("register").error(fmt::format("登记簿要有日期项 {}", name));
        }
    }
}

void check_lengths(const Cursor& fields, const Ledger& ledger) {
    for (const Field& field : ledger.fields) {
        if (!field.has_rows()) continue;
        if (ledger.id.size() + field.id.size() > kTableNameCharactersMax) {
            fields.at(field.id).error(
                fmt::format("台账名与列表名合起来超过 {} 个字符", kTableNameCharactersMax));
        }
    }
}

void check_titles(const Cursor& cursor, const Ledger& ledger) {
    const auto unique = [](const auto& things, const Cursor& at, std::string_view what) {
        for (std::size_t i = 0; i < things.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                if (things[i].title.empty() || things[i].title != things[j].title) continue;
                at.at(things[i].id).error(fmt::format("{}“{}”有两个", what, things[i].title));
            }
        }
    };
    // Files of cells name fields, steps and evidence by their titles.
    unique(ledger.fields, cursor.at("fields"), "项的名称");
    unique(ledger.evidence, cursor.at("evidence"), "证据的名称");
    unique(ledger.states, cursor.at("states"), "状态的名称");
    unique(ledger.transitions, cursor.at("transitions"), "步骤的名称");
}

void check_states(const Cursor& cursor, const Ledger& ledger) {
    if (ledger.states.empty()) {
        if (!ledger.transitions.empty())
            cursor.at("transitions").error("有步骤就要有状态（states）");
        return;
    }
    if (ledger.is_register) cursor.at("register").note("登记簿一般没有状态，用有效期");
    for (const State& state : ledger.states) {
        if (&state == &ledger.states.front()) continue;
        const bool reached =
            std::any_of(ledger.transitions.begin(), ledger.transitions.end(),
                        [&](const Transition& step) { return step.to == state.id; });
        if (!reached) {
            cursor.at("states").at(state.id).note(fmt::format("没有步骤通到“{}”", state.title));
        }
    }
}

// Lateness of recording needs no calendar of working days, so it is not counted in them.
std::string read_record_within(const Cursor& cursor) {
    std::string text = checked_period(cursor);
    const auto period = calendar::parse_period(text);
    if (period &&
        (period->unit == calendar::Unit::Workdays || period->unit == calendar::Unit::Hours))
        cursor.error("补录期限按日、月、年算，如 7 days、1 month");
    return text;
}

// What stands in a register until a day, warns before it; nobody is late when it is over.
Clock expiry_clock(const Cursor& warn) {
    Clock clock{.id = "expiry", .title = "有效期", .kind = ClockKind::Due};
    clock.due.field = "valid_until";
    clock.when.clauses.push_back(
        {"valid_until", Test{.kind = TestKind::Empty, .negated = true, .flag = true}});
    for (const Cursor& item : warn.items()) {
        const auto period = calendar::parse_period(checked_period(item));
        if (period) clock.warn.push_back(*period);
    }
    clock.soft = true;
    return clock;
}

}  // namespace

Ledger declare_ledger(const Cursor& cursor, const std::string& pack) {
    Ledger ledger;
    ledger.pack = pack;
    ledger.id = cursor.text_at("ledger");
    const std::string fault = fault_of_name(ledger.id, NameUse::Id);
    if (!fault.empty()) cursor.at("ledger").error(fault);
    ledger.title = cursor.text_at("title");
    ledger.area = cursor.text_at("area");
    ledger.about = cursor.text_at("about");
    ledger.number = cursor.text_at("number");
    ledger.entry_title = cursor.text_at("entry_title");
    ledger.is_register = cursor.yes("register");
    if (cursor.has("dated_by")) ledger.dated_by = cursor.text_at("dated_by");
    ledger.record_within = read_record_within(cursor.at("record_within"));
    ledger.key = cursor.at("key").texts();
    ledger.visible_to = cursor.at("visible_to").texts();
    ledger.public_side = to_value(cursor.at("public").node());
    ledger.fields = declare_fields(cursor.at("fields"), FieldPlace::Ledger, "");
    ledger.evidence = declare_evidence(cursor.at("evidence"));
    ledger.states = declare_states(cursor.at("states"));
    ledger.transitions = declare_transitions(cursor.at("transitions"));
    ledger.clocks = declare_clocks(cursor.at("clocks"));
    if (ledger.is_register && cursor.has("warn"))
        ledger.clocks.push_back(expiry_clock(cursor.at("warn")));
    ledger.measures = declare_measures(cursor.at("measures"), ledger.id);
    return ledger;
}

void check_ledger(const Cursor& cursor, const Ledger& ledger) {
    check_lengths(cursor.at("fields"), ledger);
    check_titles(cursor, ledger);
}

void resolve_ledger(const Cursor& cursor, Ledger& ledger, const ProcedureScope& scope) {
    ledger.basis = read_basis(cursor.at("basis"), scope.set);
    resolve_fields(cursor.at("fields"), ledger, scope.set);
    for (const Cursor::Member& member : cursor.at("transitions").members()) {
        resolve_transition(member.key, member.value, ledger, scope);
    }
    for (const Cursor::Member& member : cursor.at("clocks").members()) {
        resolve_clock(member.key, member.value, ledger, scope.set);
    }
    resolve_measures(cursor.at("measures"), ledger, scope.set);

    check_dated_by(cursor, ledger);
    check_register(cursor, ledger);
    check_number(cursor.at("number"), ledger);
    check_template(cursor.at("entry_title"), ledger, kTitleWords);
    check_ledger(cursor, ledger);
    check_states(cursor, ledger);
    for (const Cursor& item : cursor.at("key").items()) {
        const Field* field = existing_field(item, ledger);
        if (field != nullptr && field->has_rows()) item.error("列表不能作 key");
        if (field != nullptr && field->is_private)
            item.error("私密栏目不能作 key：存的是密文，找不出同一个值");
    }
    for (const Cursor& item : cursor.at("visible_to").items()) {
        if (item.text() != "handler" && item.text() != kOwnJurisdiction)
            existing_post(item, scope.set);
    }
}

}  // namespace fazhi::definition
