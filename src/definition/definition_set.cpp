#include "definition/definition_set.h"

#include <algorithm>

#include <fmt/format.h>

namespace fazhi::definition {

namespace {

template <class Thing>
const Thing* with_id(const std::vector<Thing>& things, std::string_view id) {
    const auto found = std::find_if(things.begin(), things.end(),
                                    [id](const Thing& thing) { return thing.id == id; });
    return found == things.end() ? nullptr : &*found;
}

}  // namespace

std::string to_text(const Problem& problem) {
    std::string text = problem.file;
    if (problem.line > 0) text += fmt::format(":{}", problem.line);
    text += problem.key_path.empty() ? fmt::format(": {}", problem.message)
                                     : fmt::format(": {}：{}", problem.key_path, problem.message);
    if (!problem.source.empty()) text += fmt::format("\n    {}", problem.source);
    return text;
}

const Ledger* DefinitionSet::ledger(std::string_view id) const {
    return with_id(ledgers_, id);
}

const Ledger* DefinitionSet::ledger_named(std::string_view id_or_title) const {
    if (const Ledger* found = ledger(id_or_title)) return found;
    const auto found = std::find_if(ledgers_.begin(), ledgers_.end(),
                                    [&](const Ledger& each) { return each.title == id_or_title; });
    return found == ledgers_.end() ? nullptr : &*found;
}

const Measure* DefinitionSet::measure(std::string_view id) const {
    for (const Ledger& ledger : ledgers_) {
        if (const Measure* found = with_id(ledger.measures, id)) return found;
    }
    return nullptr;
}

std::vector<const Measure*> DefinitionSet::measures() const {
    std::vector<const Measure*> all;
    for (const Ledger& ledger : ledgers_) {
        for (const Measure& measure : ledger.measures) all.push_back(&measure);
    }
    return all;
}

const Report* DefinitionSet::report(std::string_view id) const {
    return with_id(reports_, id);
}

const DocumentForm* DefinitionSet::document(std::string_view id) const {
    return with_id(documents_, id);
}

const TemplateFile* DefinitionSet::template_file(std::string_view name) const {
    const auto found = template_files_.find(name);
    return found == template_files_.end() ? nullptr : &found->second;
}

const Duty* DefinitionSet::duty(std::string_view id) const {
    return with_id(duties_, id);
}

const Check* DefinitionSet::check(std::string_view id) const {
    return with_id(checks_, id);
}

const ReferenceTable* DefinitionSet::reference_table(std::string_view name) const {
    const auto found = reference_tables_.find(name);
    return found == reference_tables_.end() ? nullptr : &found->second;
}

const Setting* DefinitionSet::setting(std::string_view name) const {
    const auto found = std::find_if(settings_.begin(), settings_.end(),
                                    [name](const Setting& each) { return each.name == name; });
    return found == settings_.end() ? nullptr : &*found;
}

const Role* DefinitionSet::role(std::string_view id) const {
    return with_id(roles_, id);
}

const Law* DefinitionSet::law(std::string_view title) const {
    const auto found = laws_.find(title);
    return found == laws_.end() ? nullptr : &found->second;
}

std::optional<calendar::Unit> unit_by_law(const Law& law, int length) {
    using calendar::Unit;
    const Value& rule = law.rule.at("workdays");
    if (rule.is_text()) {
        return rule.as_text() == "all" ? std::optional(Unit::Workdays) : std::nullopt;
    }
    if (rule.is_list()) {
        const auto& lengths = rule.as_list();
        const bool listed =
            std::find(lengths.begin(), lengths.end(), Value(length)) != lengths.end();
        return listed ? Unit::Workdays : Unit::Days;
    }
    if (rule.has("max")) return length <= rule.integer_at("max") ? Unit::Workdays : Unit::Days;
    return std::nullopt;
}

calendar::CountingRule DefinitionSet::counting_rule(const std::vector<Basis>& basis) const {
    for (const Basis& each : basis) {
        const Law* found = law(each.law);
        if (found == nullptr) continue;
        calendar::CountingRule rule;
        if (found->rule.at("roll_forward") == Value(true))
            rule.roll_forward = calendar::RollForward::Yes;
        // Where the law is silent, the law that fills it in says whether the first day counts.
        const Law* says = found;
        for (int depth = 0; says != nullptr && !says->rule.has("start_day") && depth < 4; ++depth)
            says = law(says->rule.text_at("silent"));
        if (says != nullptr && says->rule.text_at("start_day") == "included")
            rule.start_day = calendar::StartDay::Included;
        return rule;
    }
    return {};
}

const std::vector<std::string>& DefinitionSet::moved_by(std::string_view ledger) const {
    static const std::vector<std::string> kNone;
    const auto found = moved_by_.find(ledger);
    return found == moved_by_.end() ? kNone : found->second;
}

}  // namespace fazhi::definition
