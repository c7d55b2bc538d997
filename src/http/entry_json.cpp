#include "http/entry_json.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "definition/definition_set.h"
#include "http/problem.h"
#include "journal/record.h"
#include "ledger/entry_title.h"
#include "ledger/lateness.h"
#include "ledger/listing.h"

namespace fazhi::http {
namespace {

using definition::Field;
using definition::FieldType;
using definition::Ledger;

constexpr std::size_t kColumnsMax = 6;

Value texts_json(const std::vector<std::string>& texts) {
    Value::List out;
    for (const std::string& text : texts) out.emplace_back(text);
    return out;
}

// A literal as a form shows it; what depends on another field or a setting is not known before.
std::string literal_text(const std::optional<definition::Literal>& literal) {
    if (!literal) return {};
    if (literal->value.is_text()) return literal->value.as_text();
    if (literal->value.is_integer()) return std::to_string(literal->value.as_integer());
    return {};
}

Value default_json(const Field& field) {
    switch (field.default_kind) {
        case definition::DefaultKind::Literal:
            return field.default_value;
        case definition::DefaultKind::Today:
            return Value("today");
        case definition::DefaultKind::Setting:
            return Value(Value::Map{{"setting", field.default_value}});
        case definition::DefaultKind::None:
        case definition::DefaultKind::Transition:
            return {};
    }
    return {};
}

Value field_json(const Field& field) {
    Value out = Value::Map{
        {"id", field.id}, {"title", field.title}, {"type", std::string(to_text(field.type))}};
    const auto flag = [&](const char* name, bool value) {
        if (value) out.set(name, true);
    };
    const auto text = [&](const char* name, const std::string& value) {
        if (!value.empty()) out.set(name, value);
    };
    if (field.scale > 0) out.set("scale", field.scale);
    flag("required", field.required);
    flag("private", field.is_private);
    flag("public", field.is_public);
    flag("future", field.future);
    text("min", literal_text(field.min));
    text("max", literal_text(field.max));
    text("pattern", field.pattern);
    text("unit", field.unit);
    text("help", field.help);
    if (!field.required_in.empty()) out.set("required_in", texts_json(field.required_in));
    if (!field.options.empty()) out.set("options", choices_json(field.options));
    if (Value value = default_json(field); !value.is_null()) out.set("default", std::move(value));
    if (field.from) out.set("from", texts_json(field.from->ledgers));
    if (field.from) text("valid_on", field.from->valid_on);
    if (!field.basis.empty()) out.set("basis", basis_of(field.basis));
    if (!field.of.empty()) {
        Value::List columns;
        for (const Field& column : field.of) columns.push_back(field_json(column));
        out.set("of", std::move(columns));
    }
    return out;
}

// What somebody taking the step is to fill in: what its gates demand, what its state needs.
Value step_fields_json(const Ledger& ledger, const definition::Transition& step) {
    std::vector<std::string> out;
    const auto add = [&](const std::string& id) {
        if (ledger.field(id) != nullptr && std::find(out.begin(), out.end(), id) == out.end())
            out.push_back(id);
    };
    for (const definition::Gate& gate : step.gates) {
        for (const std::string& id : gate.requires_fields) add(id);
    }
    for (const Field& field : ledger.fields) {
        const auto& states = field.required_in;
        if (std::find(states.begin(), states.end(), step.to) != states.end()) add(field.id);
    }
    if (!step.assign.unit_field.empty()) add(step.assign.unit_field);
    if (!step.assign.handler_field.empty()) add(step.assign.handler_field);
    return texts_json(out);
}

Value step_evidence_json(const definition::Transition& step) {
    std::set<std::string> kinds;
    for (const definition::Gate& gate : step.gates)
        kinds.insert(gate.evidence.begin(), gate.evidence.end());
    return texts_json({kinds.begin(), kinds.end()});
}

Value transition_json(const Ledger& ledger, const definition::Transition& step) {
    Value out = Value::Map{{"id", step.id},
                           {"title", step.title},
                           {"to", step.to},
                           {"note_required", step.note_required}};
    out.set("from", texts_json(step.from));
    out.set("fields", step_fields_json(ledger, step));
    out.set("evidence", step_evidence_json(step));
    if (!step.document.empty()) out.set("document", step.document);
    if (!step.basis.empty()) out.set("basis", basis_of(step.basis));
    return out;
}

// The text of one value; what is in a list's row is shown in the same words.
std::string shown_text(const Field& field, const ledger::Entry& entry, ledger::Names& names) {
    const auto absent = entry.absent.find(field.id);
    if (absent != entry.absent.end())
        return absent->second == ledger::Absence::Unknown ? "未知" : "不适用";
    return ledger::display_text(field, entry.fields.at(field.id), names);
}

}  // namespace

Value unit_json(const access::Unit& unit) {
    return Value::Map{{"code", unit.code}, {"id", unit.id.value},
                      {"kind", unit.kind}, {"lead_section", unit.lead_section.value},
                      {"name", unit.name}, {"short_name", unit.short_name}};
}

Value person_json(const access::Directory& directory, PersonId id) {
    const access::Person* person = directory.person(id);
    return Value::Map{{"code", person == nullptr ? std::string() : person->code},
                      {"id", id.value},
                      {"name", directory.person_name(id)}};
}

Value post_json(const definition::DefinitionSet* set, const access::Post& post) {
    const definition::Role* role = set == nullptr ? nullptr : set->role(post.post);
    return Value::Map{{"post", post.post},
                      {"title", role == nullptr ? post.post : role->title},
                      {"unit", post.unit.value}};
}

Value person_in_office_json(const definition::DefinitionSet& set,
                            const access::Directory& directory, const access::Person& person) {
    Value out = person_json(directory, person.id);
    Value::List posts;
    for (const access::Post& post : person.posts) posts.push_back(post_json(&set, post));
    out.set("posts", std::move(posts));
    out.set("unit", person.unit.value);
    return out;
}

Value choices_json(const std::vector<definition::Option>& options) {
    Value::List out;
    for (const definition::Option& option : options) {
        Value one = Value::Map{{"id", option.id}, {"title", option.title}};
        if (option.retired) one.set("retired", true);
        out.push_back(std::move(one));
    }
    return out;
}

std::vector<const Field*> listed_fields(const Ledger& ledger) {
    std::vector<const Field*> out;
    for (const Field& field : ledger.fields) {
        const bool is_listed = !field.is_private && field.of.empty() &&
                               field.type != FieldType::Note && field.id != ledger.dated_by;
        if (is_listed && out.size() < kColumnsMax) out.push_back(&field);
    }
    return out;
}

Value measure_json(const definition::DefinitionSet& set, const definition::Measure& measure) {
    Value out = Value::Map{{"id", measure.id},
                           {"ledger", measure.ledger},
                           {"ranked", measure.better != definition::Better::None},
                           {"title", measure.title},
                           {"unit", measure.unit}};
    Value::List dimensions = {Value::Map{{"id", "month"}, {"title", "月份"}},
                              Value::Map{{"id", "unit"}, {"title", "单位"}},
                              Value::Map{{"id", "handler"}, {"title", "经办人"}}};
    const Ledger* ledger = set.ledger(measure.ledger);
    if (ledger != nullptr) {
        for (const Field& field : ledger->fields) {
            if (ledger::can_be_asked(field))
                dimensions.push_back(Value::Map{{"id", field.id}, {"title", field.title}});
        }
    }
    out.set("dimensions", std::move(dimensions));
    return out;
}

Value ledger_json(const definition::DefinitionSet& set, const Ledger& ledger,
                  const std::vector<std::string>& may) {
    Value out = Value::Map{{"about", ledger.about},
                           {"dated_by", ledger.dated_by},
                           {"id", ledger.id},
                           {"is_register", ledger.is_register},
                           {"record_within", ledger.record_within},
                           {"title", ledger.title}};
    out.set("basis", basis_of(ledger.basis));
    out.set("may", texts_json(may));
    Value::List fields, states, transitions, evidence, clocks, measures, forms;
    std::vector<std::string> columns, filters;
    for (const Field& field : ledger.fields) {
        fields.push_back(field_json(field));
        const bool has_choices = field.type != FieldType::Person && field.type != FieldType::Unit;
        if (ledger::can_be_asked(field) && has_choices) filters.push_back(field.id);
    }
    for (const Field* field : listed_fields(ledger)) columns.push_back(field->id);
    for (const definition::State& state : ledger.states)
        states.push_back(
            Value::Map{{"final", state.is_final}, {"id", state.id}, {"title", state.title}});
    for (const definition::Transition& step : ledger.transitions)
        transitions.push_back(transition_json(ledger, step));
    for (const definition::EvidenceKind& kind : ledger.evidence)
        evidence.push_back(
            Value::Map{{"expected", kind.expected}, {"id", kind.id}, {"title", kind.title}});
    for (const definition::Clock& clock : ledger.clocks) {
        Value one = Value::Map{{"id", clock.id}, {"title", clock.title}};
        if (!clock.basis.empty()) one.set("basis", basis_of(clock.basis));
        clocks.push_back(std::move(one));
    }
    for (const definition::Measure& measure : ledger.measures)
        measures.push_back(measure_json(set, measure));
    for (const definition::DocumentForm& form : set.documents()) {
        if (form.ledger == ledger.id)
            forms.push_back(Value::Map{{"id", form.id}, {"title", form.title}});
    }
    out.set("fields", std::move(fields));
    out.set("states", std::move(states));
    out.set("transitions", std::move(transitions));
    out.set("evidence", std::move(evidence));
    out.set("clocks", std::move(clocks));
    out.set("measures", std::move(measures));
    out.set("forms", std::move(forms));
    out.set("columns", texts_json(columns));
    out.set("filters", texts_json(filters));
    return out;
}

Value head_json(const access::Directory& directory, const Ledger& ledger,
                const ledger::Entry& entry, ledger::Names& names) {
    const ledger::EntryHead& head = entry.head;
    const definition::State* state = ledger.state(head.state);
    // In the order of the keys, so that none is moved: a list has many of them.
    Value::Map out;
    out.emplace("dated_on", head.dated_on);
    if (head.handler) out.emplace("handler", person_json(directory, head.handler));
    out.emplace("id", head.id.value);
    if (head.imported) out.emplace("imported", true);
    if (ledger::is_late(ledger, directory.jurisdiction, head)) out.emplace("late", true);
    out.emplace("number", head.number);
    out.emplace("recorded_at", head.recorded_at);
    out.emplace("reference", head.reference);
    out.emplace("revision", head.revision);
    out.emplace("state", head.state);
    out.emplace("state_title", state == nullptr ? head.state : state->title);
    out.emplace("title", ledger::entry_title(ledger, entry, names));
    if (const access::Unit* unit = directory.unit(head.unit)) out.emplace("unit", unit_json(*unit));
    return out;
}

Value shown_json(const Ledger&, const ledger::Entry& entry, const std::vector<const Field*>& fields,
                 ledger::Names& names) {
    Value out = Value::Map{};
    for (const Field* field : fields) {
        if (field->is_private || !field->of.empty()) continue;
        std::string text = shown_text(*field, entry, names);
        if (!text.empty()) out.set(field->id, std::move(text));
    }
    return out;
}

Value shown_rows_json(const Ledger& ledger, const ledger::Entry& entry, ledger::Names& names) {
    Value out = Value::Map{};
    for (const Field& field : ledger.fields) {
        const Value& value = entry.fields.at(field.id);
        if (field.is_private || field.of.empty() || value.is_null()) continue;
        const Value::List rows = value.is_list() ? value.as_list() : Value::List{value};
        Value::List shown;
        for (const Value& row : rows) {
            Value texts = Value::Map{};
            for (const Field& column : field.of) {
                if (column.is_private) continue;
                std::string text = ledger::display_text(column, row.at(column.id), names);
                if (!text.empty()) texts.set(column.id, std::move(text));
            }
            shown.push_back(std::move(texts));
        }
        out.set(field.id, std::move(shown));
    }
    return out;
}

Value days_json(const std::vector<calendar::DayCount>& days) {
    Value::List out;
    for (const calendar::DayCount& day : days)
        out.push_back(Value::Map{{"counted", day.counted},
                                 {"date", calendar::to_text(day.date)},
                                 {"weekday", std::string(calendar::weekday_text(day.date))},
                                 {"why", day.text}});
    return out;
}

Value clock_json(const procedure::ClockView& view) {
    Value out = Value::Map{{"clock", view.clock},
                           {"due_at", view.run.due_at},
                           {"due_on", view.run.due_on},
                           {"how", view.how},
                           {"overdue", view.overdue},
                           {"party", view.party},
                           {"run", view.run.run},
                           {"safe_day", view.safe_day},
                           {"soft", view.soft},
                           {"started_on", view.run.started_on},
                           {"state_text", view.state_text},
                           {"status", std::string(to_text(view.run.status))},
                           {"stopped_on", view.run.stopped_on},
                           {"title", view.title}};
    out.set("workdays_left", view.workdays_left ? Value(*view.workdays_left) : Value());
    out.set("days", days_json(view.days));
    if (!view.basis.empty()) out.set("basis", basis_of(view.basis));
    return out;
}

Value possible_json(const Ledger& ledger, const procedure::Procedures::Possible& possible) {
    Value::List missing;
    for (const Error& each : possible.missing) missing.push_back(part_of(each));
    const definition::Transition* step = ledger.transition(possible.transition);
    return Value::Map{{"id", possible.transition},
                      {"missing", std::move(missing)},
                      {"title", possible.title},
                      {"to", step == nullptr ? std::string() : step->to}};
}

Value evidence_json(const Ledger& ledger, const ledger::EvidenceUse& use) {
    const definition::EvidenceKind* kind = ledger.evidence_kind(use.kind);
    return Value::Map{{"digest", use.digest.hex()},
                      {"happened_on", use.happened_on},
                      {"kind", use.kind},
                      {"kind_title", kind == nullptr ? use.kind : kind->title},
                      {"media_type", use.media_type},
                      {"name", use.name},
                      {"recorded_at", use.recorded_at},
                      {"size", use.size}};
}

std::string action_title(const Ledger& ledger, const journal::Record& record) {
    const std::string action = record.body.text_at("action");
    if (action == "move") {
        const definition::Transition* step = ledger.transition(record.body.text_at("transition"));
        return step == nullptr ? record.body.text_at("transition") : step->title;
    }
    if (action == "create") return "登记";
    if (action == "set") return "补充内容";
    if (action == "amend") return "更正";
    if (action == "void") return "作废";
    if (action == "attach") return "附佐证";
    if (action == "link") return "关联";
    if (action == "assign") return "交接";
    if (action == "destroy") return "删除个人信息";
    if (action == "clocks") return "期限重算";
    return action;
}

}  // namespace fazhi::http
