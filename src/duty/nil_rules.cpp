#include "duty/nil_rules.h"

#include <algorithm>

#include <fmt/format.h>

#include "duty/duty_rules.h"
#include "duty/errors.h"
#include "text/nearest.h"

namespace fazhi::duty {
namespace {

using definition::Duty;

constexpr int kYearsBack = 10;  // of periods that may still be declared

Refusal unknown_duty(const ledger::Context& context, const std::string& id) {
    std::vector<std::string> known;
    for (const Duty& each : context.definitions.duties()) {
        if (each.declares_nil) known.push_back(each.id);
    }
    const std::string nearest = text::nearest(id, known);
    return refuse(ErrorKind::InvalidInput, errors::kNoSuchDuty,
                  fmt::format("本单位没有定期义务“{}”{}。", id,
                              nearest.empty() ? "" : fmt::format("，可能是“{}”", nearest)),
                  "duty");
}

}  // namespace

Result<void> check_nil(const ledger::Context& context, const Value& fields) {
    const std::string id = fields.text_at("duty");
    const Duty* duty = context.definitions.duty(id);
    if (duty == nullptr) return unknown_duty(context, id);
    if (!duty->declares_nil)
        return refuse(ErrorKind::RefusedByRule, errors::kNotDeclared,
                      fmt::format("“{}”不能以零报告代替，须按要求办理。", duty->title), "duty");
    const auto setting = [&context](const std::string& name) {
        return context.directory.setting(context.definitions, name);
    };
    const std::string label = fields.text_at("period");
    const auto first = calendar::add_days(context.today, -kYearsBack * 366);
    const auto last = calendar::add_days(context.today, 366);
    const auto periods = periods_of(*duty, first, last, setting);
    const auto period =
        std::find_if(periods.begin(), periods.end(),
                     [&label](const DutyPeriod& each) { return each.label == label; });
    if (period == periods.end())
        return refuse(ErrorKind::InvalidInput, errors::kBadPeriod,
                      fmt::format("“{}”没有“{}”这一期，请写成{}的样式。", duty->title, label,
                                  periods.empty() ? "2024-05" : periods.back().label),
                      "period");
    const auto end = std::min(period->to, period->due);
    const auto last_workday = calendar::safe_day(end, context.workdays);
    if (context.today < (last_workday ? *last_workday : end))
        return refuse(ErrorKind::RefusedByRule, errors::kNotOver,
                      fmt::format("“{}”的{}这一期要到{}，这一期结束时才能声明没有发生。",
                                  duty->title, label, calendar::chinese_text(period->to)),
                      "period");
    return {};
}

}  // namespace fazhi::duty
