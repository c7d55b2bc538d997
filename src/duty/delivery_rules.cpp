#include "duty/delivery_rules.h"

#include <algorithm>
#include <array>

#include "calendar/date.h"

namespace fazhi::duty {
namespace {

using calendar::Date;
using calendar::Instant;
using std::chrono::minutes;

constexpr int kDaysAheadMax = 30;  // No holiday is as long.
constexpr minutes kWholeDay{std::chrono::hours(24)};

std::optional<minutes> time_of_day(const std::string& text) {
    const auto is_digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
    if (text.size() < 5 || text[2] != ':' || !is_digit(0) || !is_digit(1) || !is_digit(3) ||
        !is_digit(4))
        return std::nullopt;
    const minutes out{std::stoi(text.substr(0, 2)) * 60 + std::stoi(text.substr(3, 2))};
    return out <= kWholeDay ? std::optional(out) : std::nullopt;
}

Instant instant_on(Date day, minutes time) {
    return calendar::instant_of({.date = day, .hour = 0, .minute = 0, .second = 0}) + time;
}

}  // namespace

OfficeHours office_hours(const std::string& opens, const std::string& closes) {
    const auto from = time_of_day(opens);
    const auto to = time_of_day(closes);
    if (!from || !to || *to <= *from) return {};
    return {*from, *to};
}

Instant send_at(Instant now, const std::string& last_day, const OfficeHours& hours,
                const calendar::WorkdayTable& workdays) {
    const Date today = calendar::civil_date(now);
    const int year = static_cast<int>(today.year());
    const calendar::WorkdayTable days = workdays.assuming(year, year + 1);
    // The first opening from now on, on working days or any.
    const auto next_opening = [&](bool on_workdays) {
        for (int ahead = 0; ahead <= kDaysAheadMax; ++ahead) {
            const Date day = calendar::add_days(today, ahead);
            if (on_workdays && !days.is_workday(day).value_or(true)) continue;
            if (now < instant_on(day, hours.closes))
                return std::max(now, instant_on(day, hours.opens));
        }
        return now;
    };
    const Instant usual = next_opening(true);
    const auto last = calendar::date_from(last_day);
    if (!last || *last < today || calendar::civil_date(usual) <= *last) return usual;
    const Instant any_day = next_opening(false);
    return calendar::civil_date(any_day) <= *last ? any_day : now;
}

minutes pause_after(int tries) {
    static constexpr std::array<int, kTriesMax> kMinutes = {2, 10, 30, 120, 360, 720};
    const auto at =
        std::clamp<std::size_t>(static_cast<std::size_t>(std::max(tries, 1)), 1, kMinutes.size());
    return minutes{kMinutes.at(at - 1)};
}

}  // namespace fazhi::duty
