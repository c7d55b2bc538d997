#include "definition/procedure_reader.h"

#include <algorithm>

#include <fmt/format.h>

#include "definition/basis_reader.h"
#include "definition/condition_reader.h"
#include "definition/names.h"
#include "definition/reference.h"

namespace fazhi::definition {

namespace {

const std::vector<std::string> kActors = {"handler", "resident", "system"};
const std::vector<std::string> kPersonsCompared = {"previous_actor", "handler"};

bool contains(const std::vector<std::string>& words, const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

void check_name(const Cursor& cursor, const std::string& name) {
    const std::string fault = fault_of_name(name, NameUse::Id);
    if (!fault.empty()) cursor.error(fault);
}

std::vector<LinkDemand> read_links(const Cursor& cursor, const Ledger& ledger,
                                   const DefinitionSet& set) {
    std::vector<LinkDemand> demands;
    for (const Cursor::Member& member : cursor.members()) {
        LinkDemand demand{.ledger = member.key};
        const Ledger* other = set.ledger(member.key);
        if (other == nullptr) {
            std::vector<std::string> ids;
            for (const Ledger& each : set.ledgers()) ids.push_back(each.id);
            member.value.error(
                fmt::format("没有台账“{}”{}", member.key, suggestion(member.key, ids)));
            continue;
        }
        demand.where = read_condition(member.value.at("where"),
                                      {.set = set, .ledger = other, .origin = &ledger});
        demand.all = member.value.yes("all");
        demand.latest = member.value.yes("latest");
        demand.at_least = member.value.integer("at_least", 1);
        if (demand.at_least == 0 && !demand.all)
            member.value.at("at_least")
                .error("0 条等于没有要求；没有也可以的写 all: true, at_least: 0");
        if (demand.latest && (demand.all || member.value.has("at_least")))
            member.value.at("latest").error("latest 只看最后一条，不与 all、at_least 同写");
        demands.push_back(std::move(demand));
    }
    return demands;
}

Gate read_gate(const Cursor& cursor, const Ledger& ledger, const DefinitionSet& set) {
    Gate gate;
    gate.when = read_condition(cursor.at("when"), {.set = set, .ledger = &ledger});
    gate.evidence = existing_evidences(cursor.at("evidence"), ledger);
    gate.requires_fields = existing_fields(cursor.at("requires"), ledger);
    gate.links = read_links(cursor.at("links"), ledger, set);
    gate.refuse = cursor.text_at("refuse");
    gate.basis = read_basis(cursor.at("basis"), set);
    return gate;
}

bool demands_something(const Gate& gate) {
    return !gate.evidence.empty() || !gate.requires_fields.empty() || !gate.links.empty() ||
           !gate.refuse.empty();
}

void read_gates(const Cursor& cursor, const Ledger& ledger, const DefinitionSet& set,
                std::vector<Gate>& gates) {
    for (const Cursor& item : cursor.items()) {
        Gate gate = read_gate(item, ledger, set);
        if (!demands_something(gate))
            item.error("这一关没有要求：写 evidence、requires、links 或 refuse");
        if (!gate.refuse.empty() && gate.when.always()) {
            item.error("refuse 要写在什么情况下（when），否则永远办不成");
        }
        gates.push_back(std::move(gate));
    }
}

// `set` of an opening: each value says where the new entry's field comes from.
Value read_opening_value(const Cursor& cursor, const Ledger& ledger, const Field* list) {
    const Node& node = cursor.node();
    Value::Map map;
    if (node.is_map() && node.has("is")) {
        map.emplace("is", to_value(node.at("is")));
    } else if (node.is_map() && node.has("field")) {
        map.emplace("field", cursor.text_at("field"));
        existing_field(cursor.at("field"), ledger);
    } else if (node.is_text() && (node.text == "happened_on" || node.text == "self")) {
        map.emplace("from", node.text);
    } else {
        const bool is_column = list != nullptr && list->column(cursor.text()) != nullptr;
        if (!is_column) existing_field(cursor, ledger);
        map.emplace("field", cursor.text());
    }
    return map;
}

// `list`: of an opening for each of its rows, whose columns may be named too.
Assignment read_assignment(const Cursor& cursor, const Ledger& ledger, const Field* list) {
    Assignment assign{.unit_field = cursor.text_at("unit"),
                      .handler_field = cursor.text_at("handler")};
    const auto check = [&](const char* key, FieldType type, std::string_view what) {
        const Field* field = list == nullptr ? nullptr : list->column(cursor.text_at(key));
        if (field == nullptr) field = existing_field(cursor.at(key), ledger);
        if (field != nullptr && field->type != type) {
            cursor.at(key).error(fmt::format("“{}”不是{}", field->title, what));
        }
    };
    if (cursor.has("unit")) check("unit", FieldType::Unit, "单位");
    if (cursor.has("handler") && assign.handler_field != "actor") {
        check("handler", FieldType::Person, "人员");
    }
    return assign;
}

Opening read_opening(const Cursor& cursor, const Ledger& ledger, const DefinitionSet& set) {
    Opening opening{.ledger = cursor.text_at("ledger"), .each = cursor.text_at("each")};
    const Ledger* opened = existing_ledger(cursor.at("ledger"), set);
    const Field* list = nullptr;
    if (!opening.each.empty()) {
        list = existing_field(cursor.at("each"), ledger);
        if (list != nullptr && list->type != FieldType::List) {
            cursor.at("each").error(fmt::format("“{}”不是列表", list->title));
        }
    }
    for (const Cursor::Member& member : cursor.at("set").members()) {
        const Field* target = opened == nullptr ? nullptr : opened->field(member.key);
        if (opened != nullptr && target == nullptr) {
            std::vector<std::string> ids;
            for (const Field& field : opened->fields) ids.push_back(field.id);
            member.value.error(fmt::format("{}没有“{}”这一项{}", opened->title, member.key,
                                           suggestion(member.key, ids)));
        }
        Value value = read_opening_value(member.value, ledger, list);
        if (target != nullptr && value.has("is")) {
            const std::string fault = fault_of_value(value.at("is"), *target);
            if (!fault.empty()) member.value.error(fault);
        }
        opening.set.emplace(member.key, std::move(value));
    }
    if (cursor.has("assign")) opening.assign = read_assignment(cursor.at("assign"), ledger, list);
    if (cursor.has("in") && cursor.text_at("in") != "self") {
        cursor.at("in").error(
            "只能开在本辖区（self）；开到上级或下级的，本版本不办，由对方自行登记");
    }
    return opening;
}

void read_persons(const Cursor& cursor, Transition& step, const Ledger& ledger,
                  const DefinitionSet& set) {
    step.by = cursor.at("by").texts();
    for (const Cursor& item : cursor.at("by").items()) {
        if (!contains(kActors, item.text())) existing_post(item, set);
    }
    step.not_by = cursor.at("not_by").texts();
    for (const Cursor& item : cursor.at("not_by").items()) {
        if (contains(kPersonsCompared, item.text())) continue;
        const Field* field = existing_field(item, ledger);
        if (field != nullptr && field->type != FieldType::Person) {
            item.error(fmt::format("“{}”不是人员", field->title));
        }
    }
}

void read_clock_rules(const Cursor& cursor, Transition& step, const Ledger& ledger) {
    step.after = cursor.at("after").texts();
    step.not_after = cursor.at("not_after").texts();
    step.automatic = cursor.at("auto").text_at("clock");
    for (const char* key : {"after", "not_after"}) {
        for (const Cursor& item : cursor.at(key).items()) existing_clock(item, ledger);
    }
    if (cursor.has("auto")) existing_clock(cursor.at("auto").at("clock"), ledger);
}

// What has ended stays so, unless a step says that it reopens it, and whoever takes it says why.
void check_reopening(const Cursor& cursor, const Transition& step, const Ledger& ledger) {
    if (!step.reopens) return;
    for (const std::string& id : step.from) {
        const State* from = ledger.state(id);
        if (from == nullptr || from->is_final) continue;
        cursor.at("from").error(fmt::format("“{}”不是终结状态，不用 reopens", from->title));
    }
    const State* to = ledger.state(step.to);
    if (to != nullptr && to->is_final)
        cursor.at("to").error(fmt::format("“{}”是终结状态，不是重新打开", to->title));
    if (!step.note_required) cursor.at("reopens").error("重新打开要写明理由：note: required");
}

void check_path(const Cursor& cursor, const Transition& step, const Ledger& ledger) {
    const State* from = nullptr;
    for (const Cursor& item : cursor.at("from").items()) {
        from = existing_state(item, ledger);
        if (from != nullptr && from->is_final && step.to != from->id && !step.reopens) {
            item.error(fmt::format("“{}”是终结状态，要写 reopens: true 才能走出去", from->title));
        }
    }
    if (cursor.has("to")) existing_state(cursor.at("to"), ledger);
    check_reopening(cursor, step, ledger);
    const bool automatic = cursor.has("auto");
    if (step.by.empty() && !automatic) {
        cursor.error("要写由谁办（by），或写 auto");
    }
}

// The demands that stand on the transition itself are its first gate.
void read_demands(const Cursor& cursor, Transition& step, const Ledger& ledger,
                  const DefinitionSet& set) {
    Gate own;
    own.evidence = existing_evidences(cursor.at("evidence"), ledger);
    own.requires_fields = existing_fields(cursor.at("requires"), ledger);
    own.links = read_links(cursor.at("links"), ledger, set);
    if (demands_something(own)) {
        own.basis = read_basis(cursor.at("basis"), set);
        step.gates.push_back(std::move(own));
    }
    if (cursor.has("refuse_if")) {
        Gate barred;
        barred.when = read_condition(cursor.at("refuse_if"), {.set = set, .ledger = &ledger});
        barred.refuse = fmt::format("现在的情况不能“{}”", step.title);
        barred.basis = read_basis(cursor.at("basis"), set);
        step.gates.push_back(std::move(barred));
    }
    read_gates(cursor.at("gates"), ledger, set, step.gates);
}

void read_transition(const Cursor& cursor, Transition& step, const Ledger& ledger,
                     const ProcedureScope& scope) {
    const DefinitionSet& set = scope.set;
    for (const char* key : {"title", "from", "to"}) {
        if (!cursor.has(key)) cursor.at(key).error(fmt::format("缺 {}", key));
    }
    step.from = cursor.at("from").texts();
    step.to = cursor.text_at("to");
    step.note_required = cursor.text_at("note") == "required";
    step.reopens = cursor.yes("reopens");
    read_persons(cursor, step, ledger, set);
    check_path(cursor, step, ledger);
    step.when = read_condition(cursor.at("when"), {.set = set, .ledger = &ledger});
    step.basis = read_basis(cursor.at("basis"), set);
    read_demands(cursor, step, ledger, set);
    for (const Cursor& item : cursor.at("opens").items()) {
        step.opens.push_back(read_opening(item, ledger, set));
    }
    step.document = cursor.text_at("document");
    if (!step.document.empty() && !contains(scope.documents, step.document)) {
        cursor.at("document")
            .error(fmt::format("没有文书“{}”{}", step.document,
                               suggestion(step.document, scope.documents)));
    }
    step.proof = existing_evidences(cursor.at("proof"), ledger);
    step.publishes = existing_fields(cursor.at("public"), ledger);
    step.locks = existing_fields(cursor.at("locks"), ledger);
    step.unlocks = existing_fields(cursor.at("unlocks"), ledger);
    step.times = cursor.integer("times", 0);
    if (cursor.has("assign")) step.assign = read_assignment(cursor.at("assign"), ledger, nullptr);
    read_clock_rules(cursor, step, ledger);
    for (const Cursor& item : cursor.at("public").items()) {
        const Field* field = ledger.field(item.text());
        if (field != nullptr && !field->is_public) {
            item.error(fmt::format("“{}”没有写 public: true，不能公开", field->title));
        }
    }
}

// Who takes a step that names no post is left to whoever extends it; the law's steps are not.
bool leaves_posts_open(const Transition& step, const Ledger& ledger) {
    const bool names_post = std::any_of(step.by.begin(), step.by.end(), [](const std::string& who) {
        return !contains(kActors, who);
    });
    return !names_post && step.basis.empty() && ledger.basis.empty();
}

}  // namespace

std::vector<State> declare_states(const Cursor& cursor) {
    std::vector<State> states;
    for (const Cursor::Member& member : cursor.members()) {
        check_name(member.value, member.key);
        states.push_back(
            State{member.key, member.value.text_at("title"), member.value.yes("final")});
    }
    return states;
}

std::vector<EvidenceKind> declare_evidence(const Cursor& cursor) {
    std::vector<EvidenceKind> kinds;
    for (const Cursor::Member& member : cursor.members()) {
        check_name(member.value, member.key);
        kinds.push_back(
            EvidenceKind{member.key, member.value.text_at("title"), member.value.yes("expected")});
    }
    return kinds;
}

std::vector<Transition> declare_transitions(const Cursor& cursor) {
    std::vector<Transition> steps;
    for (const Cursor::Member& member : cursor.members()) {
        check_name(member.value, member.key);
        Transition step;
        step.id = member.key;
        step.title = member.value.text_at("title");
        steps.push_back(std::move(step));
    }
    return steps;
}

void resolve_transition(const std::string& id, const Cursor& cursor, Ledger& ledger,
                        const ProcedureScope& scope) {
    for (Transition& step : ledger.transitions) {
        if (step.id != id) continue;
        Transition resolved = step;
        read_transition(cursor, resolved, ledger, scope);
        step = std::move(resolved);
    }
}

void tighten_transition(const std::string& id, const Cursor& cursor, Ledger& ledger,
                        const ProcedureScope& scope) {
    static const std::vector<std::string> kMayAdd = {"gates", "evidence", "requires", "links",
                                                     "note",  "not_by",   "by"};
    const auto found = std::find_if(ledger.transitions.begin(), ledger.transitions.end(),
                                    [&](const Transition& each) { return each.id == id; });
    if (found == ledger.transitions.end()) return;
    Transition step = *found;
    for (const Cursor::Member& member : cursor.members()) {
        if (contains(kMayAdd, member.key)) continue;
        member.value.error(fmt::format("步骤“{}”已有，扩展只能给它加要求（{}）", step.title,
                                       fmt::join(kMayAdd, "、")));
    }
    if (cursor.has("by") && !leaves_posts_open(step, ledger)) {
        cursor.at("by").error(
            fmt::format("步骤“{}”已写明由谁办，或有依据，扩展不能增加", step.title));
    }
    Transition added;
    added.title = step.title;
    read_persons(cursor, added, ledger, scope.set);
    read_demands(cursor, added, ledger, scope.set);
    step.by.insert(step.by.end(), added.by.begin(), added.by.end());
    step.not_by.insert(step.not_by.end(), added.not_by.begin(), added.not_by.end());
    step.gates.insert(step.gates.end(), added.gates.begin(), added.gates.end());
    step.note_required = step.note_required || cursor.text_at("note") == "required";
    *found = std::move(step);
}

}  // namespace fazhi::definition
