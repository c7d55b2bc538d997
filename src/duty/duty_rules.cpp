#include "duty/duty_rules.h"

#include <fmt/format.h>

namespace fazhi::duty {
namespace {

using calendar::Date;
using definition::Duty;
using definition::Every;

int year_of(Date day) {
    return static_cast<int>(day.year());
}

int months_in(Every every) {
    switch (every) {
        case Every::Month:
            return 1;
        case Every::Quarter:
            return 3;
        case Every::HalfYear:
            return 6;
        case Every::Year:
        case Every::Days:
            break;
    }
    return 12;
}

std::string label_of(Every every, int year, int number) {
    switch (every) {
        case Every::Month:
            return fmt::format("{}-{:02}", year, number);
        case Every::Quarter:
            return fmt::format("{}-Q{}", year, number);
        case Every::HalfYear:
            return fmt::format("{}-H{}", year, number);
        case Every::Year:
        case Every::Days:
            break;
    }
    return fmt::format("{}", year);
}

// The day of the year the duty is due on; its period's last where it says none.
Date due_of(const Duty& duty, int year, Date last, const SettingOf& setting) {
    std::string month_day = duty.due.month_day;
    if (!duty.due.setting.empty()) {
        const Value value = setting(duty.due.setting);
        month_day = value.is_text() ? value.as_text() : "";
    }
    const auto day = calendar::date_from(fmt::format("{:04}-{}", year, month_day));
    if (!day) return last;
    return duty.due.exclusive ? calendar::add_days(*day, -1) : *day;
}

void add_spans(const Duty& duty, int year, const SettingOf& setting, std::vector<DutyPeriod>& out) {
    const int months = months_in(duty.every);
    for (int number = 1; number <= 12 / months; ++number) {
        const auto first_month = static_cast<unsigned>((number - 1) * months + 1);
        const Date from = std::chrono::year(year) / std::chrono::month(first_month) / 1;
        const Date to = calendar::last_day_of_month(year, number * months);
        out.push_back(
            {label_of(duty.every, year, number), from, to, due_of(duty, year, to, setting)});
    }
}

void add_days(const Duty& duty, int year, std::vector<DutyPeriod>& out) {
    for (const std::string& each : duty.days) {
        const auto day = calendar::date_from(fmt::format("{:04}-{}", year, each));
        if (!day) continue;  // 29 February of another year
        const Date to = calendar::add_days(*day, duty.window);
        out.push_back({calendar::to_text(*day), calendar::add_days(*day, -duty.window), to, to});
    }
}

}  // namespace

std::string title_of(const Duty& duty, const DutyPeriod& period) {
    const int year = year_of(period.from);
    const unsigned month = static_cast<unsigned>(period.from.month());
    switch (duty.every) {
        case Every::Month:
            return fmt::format("{}年{}月", year, month);
        case Every::Quarter:
            return fmt::format("{}年第{}季度", year, month / 3 + 1);
        case Every::HalfYear:
            return fmt::format("{}年{}半年", year, month < 7 ? "上" : "下");
        case Every::Year:
            return fmt::format("{}年", year);
        case Every::Days:
            break;
    }
    const auto day = calendar::date_from(period.label);
    return day ? calendar::chinese_text(*day) + "前后" : period.label;
}

std::vector<DutyPeriod> periods_of(const Duty& duty, Date first, Date last,
                                   const SettingOf& setting) {
    std::vector<DutyPeriod> all;
    for (int year = year_of(first) - 1; year <= year_of(last) + 1; ++year) {
        if (duty.every == Every::Days) {
            add_days(duty, year, all);
        } else {
            add_spans(duty, year, setting, all);
        }
    }
    std::vector<DutyPeriod> out;
    for (const DutyPeriod& period : all) {
        if (period.from <= last && first <= period.to) out.push_back(period);
    }
    return out;
}

}  // namespace fazhi::duty
