#include "procedure/step_rules.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "procedure/errors.h"

namespace fazhi::procedure {
namespace {

using definition::Gate;
using definition::LinkDemand;
using ledger::Entry;
using ledger::Subject;

const std::vector<Basis>& basis_of(const StepFacts& facts, const Gate& gate) {
    if (!gate.basis.empty()) return gate.basis;
    return facts.step.basis.empty() ? facts.ledger.basis : facts.step.basis;
}

Error missing(std::string_view code, std::string message, std::string where,
              const std::vector<Basis>& basis) {
    return Error{ErrorKind::RefusedByRule, code, std::move(message), std::move(where), basis};
}

bool is_empty(const Value& value) {
    return value.is_null() || (value.is_list() && value.as_list().empty());
}

void check_date(const StepFacts& facts, std::vector<Error>& out) {
    const auto happened = calendar::date_from(facts.happened_on);
    if (!happened) {
        out.push_back(missing(errors::kBadDate,
                              fmt::format("“{}”的办理日期“{}”不对，请按 2024-05-06 的样式填写。",
                                          facts.step.title, facts.happened_on),
                              "happened_on", {}));
        return;
    }
    if (*happened > facts.today) {
        out.push_back(missing(
            errors::kBadDate,
            fmt::format("“{}”的办理日期{}还没有到（今天是{}）。", facts.step.title,
                        calendar::chinese_text(*happened), calendar::chinese_text(facts.today)),
            "happened_on", {}));
    }
    if (!facts.passages.empty() && facts.happened_on < facts.passages.back().happened_on) {
        const auto before = calendar::date_from(facts.passages.back().happened_on);
        out.push_back(missing(errors::kBadDate,
                              fmt::format("“{}”的办理日期{}早于上一步的{}，请核对。",
                                          facts.step.title, calendar::chinese_text(*happened),
                                          before ? calendar::chinese_text(*before)
                                                 : facts.passages.back().happened_on),
                              "happened_on", {}));
    }
}

void check_evidence(const StepFacts& facts, const Gate& gate, std::vector<Error>& out) {
    if (facts.importing) return;
    for (const std::string& kind : gate.evidence) {
        const bool attached = std::any_of(facts.evidence.begin(), facts.evidence.end(),
                                          [&](const auto& use) { return use.kind == kind; });
        if (attached) continue;
        const definition::EvidenceKind* definition = facts.ledger.evidence_kind(kind);
        const std::string title = definition == nullptr ? kind : definition->title;
        out.push_back(missing(errors::kEvidenceMissing,
                              fmt::format("“{}”前须附上“{}”。", facts.step.title, title), kind,
                              basis_of(facts, gate)));
    }
}

void check_fields(const StepFacts& facts, const Gate& gate, std::vector<Error>& out) {
    for (const std::string& id : gate.requires_fields) {
        if (!is_empty(facts.entry.fields.at(id)) || facts.entry.absent.contains(id)) continue;
        const definition::Field* field = facts.ledger.field(id);
        out.push_back(missing(errors::kFieldMissing,
                              fmt::format("“{}”前须填写“{}”。", facts.step.title,
                                          field == nullptr ? id : field->title),
                              id, basis_of(facts, gate)));
    }
}

bool link_satisfied(const LinkDemand& demand, const Entry& own,
                    const std::vector<const Entry*>& others, ledger::Surroundings& surroundings) {
    const auto fits = [&](const Entry* other) {
        return ledger::holds(demand.where, Subject{*other, {}, nullptr, &own}, surroundings);
    };
    if (demand.all) {
        return static_cast<std::int64_t>(others.size()) >= demand.at_least &&
               std::all_of(others.begin(), others.end(), fits);
    }
    if (demand.latest) return !others.empty() && fits(others.back());  // In order of recording.
    return std::count_if(others.begin(), others.end(), fits) >= demand.at_least;
}

// A rule that rests on a setting nobody has filled in decides nothing: the step waits for it.
void check_settings(const StepFacts& facts, const Gate& gate, const Subject& subject,
                    ledger::Surroundings& surroundings, std::vector<Error>& out) {
    for (const std::string& name : ledger::settings_missing(gate.when, subject, surroundings)) {
        const definition::Setting* setting = facts.definitions.setting(name);
        if (setting == nullptr) continue;
        std::string posts;
        for (const std::string& post : setting->change) {
            const definition::Role* role = facts.definitions.role(post);
            posts += fmt::format("{}{}", posts.empty() ? "" : "、",
                                 role == nullptr ? post : role->title);
        }
        out.push_back(missing(errors::kSettingMissing,
                              fmt::format("“{}”前须先设定本单位的“{}”（由{}设定）。",
                                          facts.step.title, setting->title, posts),
                              name, basis_of(facts, gate)));
    }
}

void check_links(const StepFacts& facts, const Gate& gate, ledger::Surroundings& surroundings,
                 std::vector<Error>& out) {
    for (const LinkDemand& demand : gate.links) {
        if (link_satisfied(demand, facts.entry, surroundings.linked(facts.entry, demand.ledger),
                           surroundings))
            continue;
        const definition::Ledger* other = facts.definitions.ledger(demand.ledger);
        out.push_back(missing(errors::kLinkMissing,
                              fmt::format("“{}”前须有符合要求的关联台账“{}”。", facts.step.title,
                                          other == nullptr ? demand.ledger : other->title),
                              demand.ledger, basis_of(facts, gate)));
    }
}

// By what is missing.
struct GateFaults {
    std::vector<Error> settings, refused, papers, fields, links;
};

void check_gates(const StepFacts& facts, ledger::Surroundings& surroundings, GateFaults& out) {
    const std::string via = via_of(facts.passages);
    for (const Gate& gate : facts.step.gates) {
        const Subject subject{facts.entry, via};
        check_settings(facts, gate, subject, surroundings, out.settings);
        if (!ledger::holds(gate.when, subject, surroundings)) continue;
        if (!gate.refuse.empty())
            out.refused.push_back(missing(errors::kRefused, gate.refuse + "。", facts.step.id,
                                          basis_of(facts, gate)));
        check_evidence(facts, gate, out.papers);
        check_fields(facts, gate, out.fields);
        check_links(facts, gate, surroundings, out.links);
    }
}

void check_required_in(const StepFacts& facts, std::vector<Error>& out) {
    if (facts.step.to == facts.entry.head.state)
        return;  // A self-transition does not enter the state again.
    for (const definition::Field& field : facts.ledger.fields) {
        const bool needed = std::find(field.required_in.begin(), field.required_in.end(),
                                      facts.step.to) != field.required_in.end();
        if (!needed || !is_empty(facts.entry.fields.at(field.id)) ||
            facts.entry.absent.contains(field.id))
            continue;
        // A default that this very step gives is filled in when it happens.
        const bool given = field.default_kind == definition::DefaultKind::Transition &&
                           field.default_value == Value(facts.step.id);
        const bool named = std::any_of(out.begin(), out.end(),
                                       [&](const Error& error) { return error.where == field.id; });
        if (given || named) continue;
        out.push_back(missing(errors::kFieldMissing,
                              fmt::format("“{}”前须填写“{}”。", facts.step.title, field.title),
                              field.id, field.basis.empty() ? facts.ledger.basis : field.basis));
    }
}

}  // namespace

std::string via_of(const std::vector<ledger::Passage>& passages) {
    return passages.empty() ? std::string() : passages.back().from_state;
}

bool exists_for(const definition::Transition& step, const Entry& entry, const std::string& via,
                ledger::Surroundings& surroundings) {
    const bool leaves =
        std::find(step.from.begin(), step.from.end(), entry.head.state) != step.from.end();
    return leaves && ledger::holds(step.when, Subject{entry, via, nullptr}, surroundings);
}

std::vector<std::string> evidence_wanted(const definition::Ledger& ledger, const Entry& entry,
                                         const std::string& via,
                                         ledger::Surroundings& surroundings) {
    const Subject subject{entry, via, nullptr};
    std::set<std::string> demanded;
    for (const definition::Transition& step : ledger.transitions) {
        if (!ledger::holds(step.when, subject, surroundings)) continue;
        for (const Gate& gate : step.gates) {
            if (gate.evidence.empty() || !ledger::holds(gate.when, subject, surroundings)) continue;
            demanded.insert(gate.evidence.begin(), gate.evidence.end());
        }
    }
    std::vector<std::string> out;
    for (const definition::EvidenceKind& kind : ledger.evidence) {
        if (kind.expected || demanded.contains(kind.id)) out.push_back(kind.id);
    }
    return out;
}

std::vector<Error> gate_faults(const StepFacts& facts, ledger::Surroundings& surroundings) {
    GateFaults gates;
    check_gates(facts, surroundings, gates);
    std::vector<Error> out = std::move(gates.refused);
    for (std::vector<Error>* group : {&gates.fields, &gates.links}) {
        for (Error& error : *group) out.push_back(std::move(error));
    }
    return out;
}

std::vector<Error> missing_for(const StepFacts& facts, ledger::Surroundings& surroundings) {
    std::vector<Error> out;
    check_date(facts, out);
    const auto taken =
        std::count_if(facts.passages.begin(), facts.passages.end(),
                      [&](const auto& passage) { return passage.transition == facts.step.id; });
    if (facts.step.times > 0 && taken >= facts.step.times) {
        out.push_back(
            missing(errors::kTooOften,
                    fmt::format("“{}”只能办理{}次，已经办过。", facts.step.title, facts.step.times),
                    facts.step.id, facts.step.basis));
    }
    GateFaults gates;
    check_gates(facts, surroundings, gates);
    check_required_in(facts, gates.fields);
    for (std::vector<Error>* group :
         {&gates.settings, &gates.refused, &gates.papers, &gates.fields, &gates.links}) {
        for (Error& error : *group) out.push_back(std::move(error));
    }
    if (facts.step.note_required && facts.note.empty()) {
        out.push_back(missing(errors::kNoteMissing,
                              fmt::format("“{}”须写明情况或理由。", facts.step.title), "note",
                              facts.step.basis));
    }
    return out;
}

}  // namespace fazhi::procedure
