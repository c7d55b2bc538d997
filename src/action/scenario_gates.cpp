// What of the packs a story can try, and which demand of a step it was that refused it.
#include <algorithm>

#include <fmt/format.h>

#include "action/scenario.h"
#include "definition/definition_set.h"
#include "procedure/errors.h"

namespace fazhi::action {
namespace {

using definition::Ledger;
using definition::Transition;

// One demand that can refuse a step, and the refusal that it then gives.
struct Demand {
    std::string name;
    std::string_view code;
    std::string where;    // "": wherever
    std::string message;  // "": any
};

class Demands {
public:
    Demands(const Ledger& ledger, const Transition& step) : ledger_(ledger), step_(step) {}

    std::vector<Demand> all() {
        namespace errors = procedure::errors;
        for (const definition::Gate& gate : step_.gates) {
            for (const std::string& kind : gate.evidence) add(errors::kEvidenceMissing, kind);
            for (const std::string& field : gate.requires_fields) add(errors::kFieldMissing, field);
            for (const auto& link : gate.links) add(errors::kLinkMissing, link.ledger);
            if (!gate.refuse.empty()) {
                add(errors::kRefused, step_.id, gate.refuse + "。");
                out_.back().name += fmt::format("（{}）", gate.refuse);
            }
        }
        for (const std::string& clock : step_.after) add(errors::kTooEarly, clock);
        for (const std::string& clock : step_.not_after) add(errors::kTooLate, clock);
        if (!step_.not_by.empty()) add(errors::kSamePerson, "");
        if (step_.note_required) add(errors::kNoteMissing, "note");
        return std::move(out_);
    }

private:
    void add(std::string_view code, std::string where, std::string message = {}) {
        const std::string_view kind = code.substr(code.find('.') + 1);
        std::string name = fmt::format("关口 {}.{} {} {}", ledger_.id, step_.id, kind, where);
        out_.push_back({std::move(name), code, std::move(where), std::move(message)});
    }

    const Ledger& ledger_;
    const Transition& step_;
    std::vector<Demand> out_;
};

bool is_of(const definition::DocumentForm& form, const std::set<std::string>& packs) {
    const auto& by = form.replaced_by;
    return packs.contains(form.pack) ||
           std::any_of(by.begin(), by.end(),
                       [&](const std::string& pack) { return packs.contains(pack); });
}

// A built-in ledger that one of the packs says more of: its steps are told there.
bool is_filled_out(const Ledger& ledger, const std::set<std::string>& packs) {
    return ledger.built_in &&
           std::any_of(ledger.fields.begin(), ledger.fields.end(),
                       [&](const auto& field) { return packs.contains(field.added_by); });
}

bool said(const Demand& demand, const Error& error) {
    return error.code == demand.code && (demand.where.empty() || error.where == demand.where) &&
           (demand.message.empty() || error.message == demand.message);
}

}  // namespace

std::vector<std::string> to_be_tried(const definition::DefinitionSet& set,
                                     const std::set<std::string>& packs) {
    std::vector<std::string> out;
    for (const Ledger& ledger : set.ledgers()) {
        if (!packs.contains(ledger.pack) && !is_filled_out(ledger, packs)) continue;
        for (const Transition& step : ledger.transitions) {
            out.push_back(fmt::format("步骤 {}.{}", ledger.id, step.id));
            for (Demand& demand : Demands(ledger, step).all())
                out.push_back(std::move(demand.name));
        }
        for (const auto& clock : ledger.clocks)
            out.push_back(fmt::format("期限 {}.{}", ledger.id, clock.id));
        for (const auto& measure : ledger.measures) out.push_back("指标 " + measure.id);
    }
    for (const auto& form : set.documents()) {
        if (is_of(form, packs)) out.push_back("文书 " + form.id);
    }
    for (const auto& duty : set.duties()) {
        if (packs.contains(duty.pack)) out.push_back("义务 " + duty.id);
    }
    return out;
}

void ScenarioRun::note_gates(const Value& step, const Error& error) {
    const Ledger* ledger = workplace_.tables->ledger(current_.ledger);
    const Transition* taken = ledger == nullptr ? nullptr : ledger->transition(step.text_at("do"));
    if (taken == nullptr) return;
    const std::vector<Error> given = flatten(error);
    for (const Demand& demand : Demands(*ledger, *taken).all()) {
        if (std::any_of(given.begin(), given.end(),
                        [&](const Error& each) { return said(demand, each); }))
            touched_.insert(demand.name);
    }
}

}  // namespace fazhi::action
