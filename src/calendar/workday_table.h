// Working days (工作日): Monday to Friday, less the rest days and plus the make-up days (调休) of
// the notice the State Council issues each year. 全国年节及纪念日放假办法.
//
// A table is a value, immutable once built; any thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "calendar/date.h"

namespace fazhi::calendar {

// What one notice arranges. The texts are the names of the holidays (春节), also of the make-up
// days for them.
struct YearArrangement {
    int year = 0;
    std::string notice;                // where the notice can be read; https or http
    std::map<Date, std::string> rest;  // weekends it names may stand here too
    std::map<Date, std::string> work;  // weekend days worked

    friend bool operator==(const YearArrangement&, const YearArrangement&) = default;
};

// Everything wrong with one arrangement, one Chinese sentence each; empty: nothing. Dates lie in
// the year or in its New Year spans (20 December before to 10 January after), no day is both rest
// and work, a make-up day is a Saturday or Sunday, every day has a holiday's name.
std::vector<std::string> problems_of(const YearArrangement& arrangement);

enum class DayKind { Workday, MakeUpWorkday, Weekend, Holiday };

struct DayStatus {
    DayKind kind = DayKind::Workday;
    std::string holiday;  // of Holiday and MakeUpWorkday: 春节; else empty

    [[nodiscard]] bool is_workday() const {
        return kind == DayKind::Workday || kind == DayKind::MakeUpWorkday;
    }
    friend bool operator==(const DayStatus&, const DayStatus&) = default;
};

// "工作日", "调休上班（春节）", "周末", "法定节假日（春节）".
std::string chinese_text(const DayStatus& status);

class WorkdayTable {
public:
    WorkdayTable() = default;  // holds no year: every question is refused

    // Refuses kFaultyArrangement, with every problem in `also`: those of problems_of, a year given
    // twice, two notices that say different things of one day.
    static Result<WorkdayTable> build(std::vector<YearArrangement> arrangements);

    // A day of a year that is not held is refused with kYearNotPublished, never guessed. (A notice
    // may name days of a neighbouring year; that does not publish that year.)
    [[nodiscard]] Result<bool> is_workday(Date day) const;
    [[nodiscard]] Result<DayStatus> why(Date day) const;
    [[nodiscard]] Result<int> workdays_in_year(int year) const;

    // The same with every year of these that it lacks as plain Mondays to Fridays: for days shown
    // as provisional, never for one that decides.
    [[nodiscard]] WorkdayTable assuming(int first_year, int last_year) const;

    [[nodiscard]] bool holds(int year) const { return years_.contains(year); }
    [[nodiscard]] std::vector<int> years() const;                         // ascending
    [[nodiscard]] const YearArrangement* arrangement_of(int year) const;  // null: not held

    friend bool operator==(const WorkdayTable&, const WorkdayTable&) = default;

private:
    std::map<int, YearArrangement> years_;
    std::map<Date, DayStatus> named_;  // the days the notices name, of all years
};

}  // namespace fazhi::calendar
