#include "calendar/period.h"

#include <fmt/format.h>

#include "calendar/errors.h"

namespace fazhi::calendar {
namespace {

Refusal not_a_period() {
    return refuse(
        ErrorKind::InvalidInput, errors::kNotAPeriod,
        "期限应写成数字、空格、单位，例如 30 days、20 workdays、1 month、2 years、24 hours。");
}

}  // namespace

Result<Unit> parse_unit(std::string_view text) {
    if (text == "days") return Unit::Days;
    if (text == "workdays") return Unit::Workdays;
    if (text == "months") return Unit::Months;
    if (text == "years") return Unit::Years;
    if (text == "hours") return Unit::Hours;
    return refuse(ErrorKind::InvalidInput, errors::kNotAPeriod,
                  "期限的单位只有 days、workdays、months、years、hours。");
}

std::string_view to_text(Unit unit) {
    switch (unit) {
        case Unit::Days:
            return "days";
        case Unit::Workdays:
            return "workdays";
        case Unit::Months:
            return "months";
        case Unit::Years:
            return "years";
        case Unit::Hours:
            return "hours";
    }
    return {};
}

int length_max(Unit unit) {
    switch (unit) {
        case Unit::Years:
            return 100;
        case Unit::Months:
            return 1200;
        case Unit::Days:
        case Unit::Workdays:
        case Unit::Hours:
            return 9999;
    }
    return 0;
}

Result<Period> make_period(std::int64_t length, Unit unit) {
    if (length < 1 || length > length_max(unit)) {
        return refuse(ErrorKind::InvalidInput, errors::kNotAPeriod,
                      fmt::format("期限过长或不足1，请填1至{}之间的数。", length_max(unit)));
    }
    return Period{static_cast<int>(length), unit};
}

Result<Period> parse_period(std::string_view text) {
    const std::size_t space = text.find(' ');
    if (space == 0 || space > 4 || text.front() == '0') return not_a_period();
    int length = 0;
    for (const char c : text.substr(0, space)) {
        if (c < '0' || c > '9') return not_a_period();
        length = length * 10 + (c - '0');
    }
    std::string unit(text.substr(space + 1));
    if (!unit.ends_with('s')) unit += 's';
    TRY(const Unit parsed, parse_unit(unit));
    return make_period(length, parsed);
}

std::string to_text(Period period) {
    std::string_view unit = to_text(period.unit);
    if (period.length == 1) unit.remove_suffix(1);
    return fmt::format("{} {}", period.length, unit);
}

std::string chinese_text(Period period) {
    switch (period.unit) {
        case Unit::Days:
            return fmt::format("{}日", period.length);
        case Unit::Workdays:
            return fmt::format("{}个工作日", period.length);
        case Unit::Months:
            return fmt::format("{}个月", period.length);
        case Unit::Years:
            return fmt::format("{}年", period.length);
        case Unit::Hours:
            return fmt::format("{}小时", period.length);
    }
    return {};
}

}  // namespace fazhi::calendar
