#include "action/deadline.h"

#include <fmt/format.h>

#include "action/errors.h"
#include "calendar/written_date.h"
#include "text/nearest.h"

namespace fazhi::action {
namespace {

Error wrong(const char* where, std::string message) {
    return {ErrorKind::InvalidInput, errors::kBadDeadlineQuestion, std::move(message), where};
}

}  // namespace

Result<Deadline> deadline_of(const DeadlineQuestion& question,
                             const definition::DefinitionSet& definitions,
                             const calendar::WorkdayTable& workdays) {
    std::vector<Error> errors;
    const auto from = calendar::parse_written_date(question.from);
    if (!from) errors.push_back(wrong("from", from.error().message));
    const auto within = calendar::parse_written_period(question.within);
    if (!within)
        errors.push_back(wrong("within", "多久请写成20个工作日、30日、2个月、1年这样的数和单位。"));
    if (!question.law.empty() && definitions.law(question.law) == nullptr) {
        std::vector<std::string> known;
        for (const auto& [title, law] : definitions.laws()) known.push_back(title);
        const std::string nearest = text::nearest(question.law, known);
        errors.push_back(wrong(
            "law", fmt::format("计算规则表里没有《{}》{}。", question.law,
                               nearest.empty() ? "" : fmt::format("，可能是《{}》", nearest))));
    }
    if (!errors.empty()) return refuse(join_errors(std::move(errors)));

    Deadline out{.from = *from, .within = *within};
    if (!question.law.empty()) {
        out.rule = definitions.counting_rule({Basis{question.law, {}, {}, {}}});
        // 日 of this law may be working days (e.g. 行政复议法第八十八条).
        const auto unit = definition::unit_by_law(*definitions.law(question.law), within->length);
        if (unit && within->unit == calendar::Unit::Days) out.within.unit = *unit;
    }
    if (question.party) out.rule.roll_forward = calendar::RollForward::Yes;
    TRY(out.days, calendar::explain(out.from, out.within, workdays, out.rule));
    out.due_on = out.days.back().date;
    const auto safe = calendar::safe_day(out.due_on, workdays);
    out.safe_day = safe ? *safe : out.due_on;
    return out;
}

}  // namespace fazhi::action
