#include "definition/describe.h"

#include <fmt/format.h>

namespace fazhi::definition {

namespace {

std::string marks_of(const Field& field) {
    std::string marks;
    if (field.required) marks += " 必填";
    if (!field.required_in.empty()) {
        marks += fmt::format(" 进入 {} 时必填", fmt::join(field.required_in, "、"));
    }
    if (field.is_private) marks += " 隐私";
    if (field.is_public) marks += " 可公开";
    if (!field.unit.empty()) marks += fmt::format("（{}）", field.unit);
    if (!field.added_by.empty()) marks += fmt::format(" [{}]", field.added_by);
    return marks;
}

void describe_fields(const std::vector<Field>& fields, int indent, std::string& out) {
    for (const Field& field : fields) {
        out += fmt::format("{:{}}{} {} {}{}\n", "", indent, field.id, field.title,
                           to_text(field.type), marks_of(field));
        for (const Option& option : field.options) {
            out += fmt::format("{:{}}- {}{}{}\n", "", indent + 2, option.id,
                               option.id == option.title ? "" : " " + option.title,
                               option.retired ? " 已停用" : "");
        }
        describe_fields(field.of, indent + 2, out);
    }
}

void describe_procedure(const Ledger& ledger, std::string& out) {
    if (!ledger.states.empty()) out += "  状态\n";
    for (const State& state : ledger.states) {
        out += fmt::format("    {} {}{}\n", state.id, state.title, state.is_final ? " 终结" : "");
    }
    if (!ledger.transitions.empty()) out += "  步骤\n";
    for (const Transition& step : ledger.transitions) {
        out += fmt::format("    {} {}：{} → {}，由 {}\n", step.id, step.title,
                           fmt::join(step.from, "、"), step.to,
                           step.by.empty() ? "期限" : fmt::format("{}", fmt::join(step.by, "、")));
    }
}

}  // namespace

std::string describe(const Ledger& ledger) {
    std::string out = fmt::format("{} {}（{}）{}\n", ledger.id, ledger.title, ledger.pack,
                                  ledger.is_register ? " 登记簿" : "");
    out += "  项\n";
    describe_fields(ledger.fields, 4, out);
    if (!ledger.evidence.empty()) out += "  证据\n";
    for (const EvidenceKind& kind : ledger.evidence) {
        out += fmt::format("    {} {}{}\n", kind.id, kind.title, kind.expected ? " 应有" : "");
    }
    describe_procedure(ledger, out);
    if (!ledger.measures.empty()) out += "  指标\n";
    for (const Measure& measure : ledger.measures) {
        out += fmt::format("    {} {}（{}）\n", measure.id, measure.title, measure.unit);
    }
    return out;
}

std::string describe(const DefinitionSet& set, std::string_view pack) {
    std::string out;
    for (const Ledger& ledger : set.ledgers()) {
        if (!pack.empty() && ledger.pack != pack) continue;
        out += describe(ledger) + "\n";
    }
    for (const Report& report : set.reports()) {
        out += fmt::format("报告 {} {}\n", report.id, report.title);
        for (const Part& part : report.parts) {
            out += fmt::format("  {} {}\n", part.id, part.heading);
        }
    }
    for (const Role& role : set.roles()) out += fmt::format("岗位 {} {}\n", role.id, role.title);
    for (const Setting& setting : set.settings()) {
        out += fmt::format("设置项 {} {}\n", setting.name, setting.title);
    }
    out += fmt::format("摘要 {}\n", set.digest().hex());
    return out;
}

}  // namespace fazhi::definition
