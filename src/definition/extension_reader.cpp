#include "definition/extension_reader.h"

#include <algorithm>

#include <fmt/format.h>

#include "definition/clock_reader.h"
#include "definition/field_reader.h"
#include "definition/ledger_reader.h"
#include "definition/measure_reader.h"

namespace fazhi::definition {

namespace {

bool contains(const std::vector<std::string>& words, const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

template <class Thing>
Thing* with_id(std::vector<Thing>& things, const std::string& id) {
    const auto found = std::find_if(things.begin(), things.end(),
                                    [&](const Thing& thing) { return thing.id == id; });
    return found == things.end() ? nullptr : &*found;
}

void add_options(const Cursor& cursor, Field& field) {
    for (const Option& option : read_options(cursor)) {
        const Option* known = field.option(option.id);
        if (known == nullptr) {
            field.options.push_back(option);
        } else if (known->title != option.title || option.retired) {
            cursor.at(option.id).error(
                fmt::format("“{}”已有选项 {}（{}），不能改", field.title, known->id, known->title));
        }
    }
}

// A field that is there already: more options, or more demanded.
void tighten_field(const Cursor& cursor, Field& field) {
    static const std::vector<std::string> kMayChange = {"options", "required", "required_in",
                                                        "help"};
    for (const Cursor::Member& member : cursor.members()) {
        if (contains(kMayChange, member.key)) continue;
        member.value.error(fmt::format("“{}”已有，扩展只能加选项或收紧（{}）", field.title,
                                       fmt::join(kMayChange, "、")));
    }
    if (cursor.has("options")) add_options(cursor.at("options"), field);
    if (cursor.has("required") && !cursor.yes("required") && field.required) {
        cursor.at("required").error("不能把必填改为可以不填");
    }
    field.required = field.required || cursor.yes("required");
    for (const std::string& state : cursor.at("required_in").texts()) {
        if (!contains(field.required_in, state)) field.required_in.push_back(state);
    }
    if (cursor.has("help")) field.help = cursor.text_at("help");
}

void add_fields(const Cursor& cursor, Ledger& ledger, const std::string& pack) {
    for (const Cursor::Member& member : cursor.members()) {
        if (Field* known = with_id(ledger.fields, member.key)) {
            tighten_field(member.value, *known);
        } else {
            ledger.fields.push_back(
                declare_field(member.key, member.value, FieldPlace::Ledger, pack));
        }
    }
}

template <class Thing>
void add_new(const Cursor& cursor, std::vector<Thing> added, std::vector<Thing>& things,
             std::string_view what) {
    for (Thing& thing : added) {
        if (const Thing* known = with_id(things, thing.id)) {
            cursor.at(thing.id).error(
                fmt::format("{}“{}”（{}）已有，不能改", what, known->id, known->title));
            continue;
        }
        things.push_back(std::move(thing));
    }
}

}  // namespace

Tightened declare_extension(const Cursor& cursor, Ledger& ledger, const std::string& pack) {
    Tightened tightened;
    add_fields(cursor.at("fields"), ledger, pack);
    add_new(cursor.at("evidence"), declare_evidence(cursor.at("evidence")), ledger.evidence,
            "证据");
    add_new(cursor.at("states"), declare_states(cursor.at("states")), ledger.states, "状态");
    for (Transition& step : declare_transitions(cursor.at("transitions"))) {
        if (with_id(ledger.transitions, step.id) != nullptr) {
            tightened.transitions.push_back(step.id);
        } else {
            ledger.transitions.push_back(std::move(step));
        }
    }
    for (Clock& clock : declare_clocks(cursor.at("clocks"))) {
        if (ledger.clock(clock.id) != nullptr) {
            tightened.clocks.push_back(clock.id);
        } else {
            ledger.clocks.push_back(std::move(clock));
        }
    }
    add_new(cursor.at("measures"), declare_measures(cursor.at("measures"), ledger.id),
            ledger.measures, "指标");
    return tightened;
}

void resolve_extension(const Cursor& cursor, Ledger& ledger, const Tightened& tightened,
                       const ProcedureScope& scope) {
    resolve_fields(cursor.at("fields"), ledger, scope.set);
    for (const Cursor::Member& member : cursor.at("transitions").members()) {
        if (contains(tightened.transitions, member.key)) {
            tighten_transition(member.key, member.value, ledger, scope);
        } else {
            resolve_transition(member.key, member.value, ledger, scope);
        }
    }
    for (const Cursor::Member& member : cursor.at("clocks").members()) {
        if (contains(tightened.clocks, member.key)) {
            tighten_clock(member.key, member.value, ledger);
        } else {
            resolve_clock(member.key, member.value, ledger, scope.set);
        }
    }
    resolve_measures(cursor.at("measures"), ledger, scope.set);
    check_ledger(cursor, ledger);
}

}  // namespace fazhi::definition
