#include "calendar/workday_table.h"

#include <fmt/format.h>

#include "base/invariant.h"
#include "calendar/errors.h"

namespace fazhi::calendar {
namespace {

int year_of(Date day) {
    return static_cast<int>(day.year());
}

// A New Year holiday and its make-up days may reach over the turn of the year on either side.
bool lies_in_span(Date day, int year) {
    const Date first(std::chrono::year(year - 1), std::chrono::December, std::chrono::day(20));
    const Date last(std::chrono::year(year + 1), std::chrono::January, std::chrono::day(10));
    return first <= day && day <= last;
}

void check_days(int year, const std::map<Date, std::string>& days,
                std::vector<std::string>& problems) {
    for (const auto& [day, name] : days) {
        if (!day.ok()) {
            problems.emplace_back("有不存在的日期，请核对放假通知。");
            continue;
        }
        if (!lies_in_span(day, year)) {
            problems.push_back(
                fmt::format("{}不在{}年的放假安排范围内。", chinese_text(day), year));
        }
        if (name.empty()) {
            problems.push_back(fmt::format("{}没有写明节日名称。", chinese_text(day)));
        }
    }
}

Refusal year_not_published(int year) {
    return refuse(ErrorKind::RefusedByRule, errors::kYearNotPublished,
                  fmt::format("{}年的放假安排尚未载入，无法确定工作日，"
                              "请在国务院办公厅通知发布后载入该年日历。",
                              year));
}

Error faulty(std::string message) {
    return {ErrorKind::InvalidInput, errors::kFaultyArrangement, std::move(message), {}};
}

}  // namespace

std::vector<std::string> problems_of(const YearArrangement& arrangement) {
    std::vector<std::string> problems;
    if (arrangement.year < 1949 || arrangement.year > 9999) {
        problems.emplace_back("放假安排的年份应为四位，例如 2025。");
        return problems;
    }
    if (!arrangement.notice.starts_with("http://") && !arrangement.notice.starts_with("https://")) {
        problems.push_back(fmt::format("{}年的放假安排没有写明通知的网址。", arrangement.year));
    }
    check_days(arrangement.year, arrangement.rest, problems);
    check_days(arrangement.year, arrangement.work, problems);
    for (const auto& [day, name] : arrangement.work) {
        if (!day.ok()) continue;
        if (arrangement.rest.contains(day)) {
            problems.push_back(fmt::format("{}既列为放假又列为调休上班。", chinese_text(day)));
        }
        if (!is_weekend(day)) {
            problems.push_back(fmt::format("{}是{}，本来就上班，不应列为调休上班。",
                                           chinese_text(day), weekday_text(day)));
        }
    }
    return problems;
}

std::string chinese_text(const DayStatus& status) {
    switch (status.kind) {
        case DayKind::Workday:
            return "工作日";
        case DayKind::MakeUpWorkday:
            return fmt::format("调休上班（{}）", status.holiday);
        case DayKind::Weekend:
            return "周末";
        case DayKind::Holiday:
            return fmt::format("法定节假日（{}）", status.holiday);
    }
    return {};
}

Result<WorkdayTable> WorkdayTable::build(std::vector<YearArrangement> arrangements) {
    WorkdayTable table;
    std::vector<Error> errors;
    const auto name_day = [&](Date day, DayStatus status) {
        const auto [place, added] = table.named_.emplace(day, status);
        if (added || place->second.kind == status.kind) return;
        errors.push_back(
            faulty(fmt::format("两个年份的放假安排对{}的说法不一致。", chinese_text(day))));
    };
    for (YearArrangement& arrangement : arrangements) {
        const auto problems = problems_of(arrangement);
        for (const std::string& problem : problems) errors.push_back(faulty(problem));
        if (!problems.empty()) continue;

        const int year = arrangement.year;
        if (table.holds(year)) {
            errors.push_back(faulty(fmt::format("{}年的放假安排重复。", year)));
            continue;
        }
        for (const auto& [day, name] : arrangement.rest) name_day(day, {DayKind::Holiday, name});
        for (const auto& [day, name] : arrangement.work) {
            name_day(day, {DayKind::MakeUpWorkday, name});
        }
        table.years_.emplace(year, std::move(arrangement));
    }
    if (!errors.empty()) return refuse(join_errors(std::move(errors)));
    return table;
}

Result<DayStatus> WorkdayTable::why(Date day) const {
    INVARIANT(day.ok());
    if (!holds(year_of(day))) return year_not_published(year_of(day));
    const auto named = named_.find(day);
    if (named != named_.end()) return named->second;
    return DayStatus{is_weekend(day) ? DayKind::Weekend : DayKind::Workday, {}};
}

Result<bool> WorkdayTable::is_workday(Date day) const {
    TRY(const DayStatus status, why(day));
    return status.is_workday();
}

Result<int> WorkdayTable::workdays_in_year(int year) const {
    if (!holds(year)) return year_not_published(year);
    int count = 0;
    for (Date day = first_day_of_year(year); year_of(day) == year; day = add_days(day, 1)) {
        TRY(const bool works, is_workday(day));
        count += works ? 1 : 0;
    }
    return count;
}

WorkdayTable WorkdayTable::assuming(int first_year, int last_year) const {
    WorkdayTable out = *this;
    for (int year = first_year; year <= last_year; ++year) {
        if (!out.holds(year)) out.years_.emplace(year, YearArrangement{.year = year, .notice = {}});
    }
    return out;
}

std::vector<int> WorkdayTable::years() const {
    std::vector<int> out;
    for (const auto& [year, arrangement] : years_) out.push_back(year);
    return out;
}

const YearArrangement* WorkdayTable::arrangement_of(int year) const {
    const auto found = years_.find(year);
    return found == years_.end() ? nullptr : &found->second;
}

}  // namespace fazhi::calendar
