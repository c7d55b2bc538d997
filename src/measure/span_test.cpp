// A span of days reads only the entries it concerns: held against a model that looks at all.
#include <algorithm>
#include <functional>
#include <map>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "measure/measures.h"
#include "measure/testing/sample_ledgers.h"
#include "storage/testing/databases.h"
#include "storage/testing/scratch.h"

namespace fazhi::measure {

namespace {

using testing::SampleOffice;

// What a matter went through: state and day, in order; the first is `open`.
using Past = std::vector<std::pair<std::string, std::string>>;

constexpr int kFirstYear = 2021;
constexpr int kYears = 4;

// The same every time.
class Draw {
public:
    std::uint32_t below(std::uint32_t limit) {
        state_ = state_ * 1664525U + 1013904223U;
        return (state_ >> 16U) % limit;
    }

private:
    std::uint32_t state_ = 19;
};

Past drawn_past(Draw& draw) {
    static const char* const kStates[] = {"doing", "done", "doing", "done"};
    constexpr std::uint32_t kMonths = 12 * kYears;
    std::uint32_t month = draw.below(kMonths);
    Past out;
    const auto add = [&](const std::string& state) {
        out.emplace_back(state, fmt::format("{}-{:02}-{:02}", kFirstYear + month / 12,
                                            month % 12 + 1, draw.below(2) == 0 ? 1 : 28));
    };
    add("open");
    for (const char* state : kStates) {
        month += 1 + draw.below(14);
        if (month >= kMonths || draw.below(4) == 0) break;
        add(state);
    }
    return out;
}

bool lies_in(const std::string& day, int year) {
    return day.starts_with(std::to_string(year));
}

bool reached(const Past& past, const std::string& state, int year) {
    const auto first = std::find_if(past.begin(), past.end(),
                                    [&](const auto& each) { return each.first == state; });
    return first != past.end() && lies_in(first->second, year);
}

int entered(const Past& past, const std::string& state, int year) {
    return static_cast<int>(std::count_if(past.begin(), past.end(), [&](const auto& each) {
        return each.first == state && lies_in(each.second, year);
    }));
}

bool unfinished_on(const Past& past, const std::string& day) {
    std::string state;
    for (const auto& [entered, on] : past) {
        if (on <= day) state = entered;
    }
    return state == "open" || state == "doing";
}

std::map<std::string, int> expected(const std::vector<Past>& pasts, int year) {
    std::map<std::string, int> out;
    for (const Past& past : pasts) {
        out["matters"] += lies_in(past.front().second, year) ? 1 : 0;
        out["opened"] += reached(past, "open", year) ? 1 : 0;
        out["begun"] += reached(past, "doing", year) ? 1 : 0;
        out["finished"] += reached(past, "done", year) ? 1 : 0;
        out["begun_each_time"] += entered(past, "doing", year);
        out["unfinished"] += unfinished_on(past, fmt::format("{}-12-31", year)) ? 1 : 0;
        out["unfinished_before"] += unfinished_on(past, fmt::format("{}-12-31", year - 1)) ? 1 : 0;
    }
    return out;
}

}  // namespace

TEST_CASE("every year's figures are those of a model that looks at every matter") {
    const storage::testing::Scratch scratch;
    const auto database = storage::testing::opened(scratch.file("office.db"));
    SampleOffice office(*database);
    Draw draw;
    std::vector<Past> pasts;
    for (int i = 0; i < 80; ++i) {
        pasts.push_back(drawn_past(draw));
        const Past& past = pasts.back();
        office.matter(past.front().second, {past.begin() + 1, past.end()});
    }
    for (int year = kFirstYear; year < kFirstYear + kYears; ++year) {
        int share_of = 0;
        int share = 0;
        for (const Past& past : pasts) {
            if (!reached(past, "doing", year)) continue;
            ++share_of;
            const std::string end = fmt::format("{}-12-31", year);
            share += std::any_of(past.begin(), past.end(), [&](const auto& each) {
                return each.first == "done" && each.second <= end;
            });
        }
        const Figure cohort = office.figure("finished_share", year_period(year));
        CHECK(cohort.denominator.value_or(0) == share_of);
        CHECK(cohort.numerator.value_or(0) == share);
        for (const auto& [measure, count] : expected(pasts, year)) {
            CAPTURE(measure);
            CAPTURE(year);
            CHECK(office.figure(measure, year_period(year)).value == std::to_string(count));
        }
    }
}

}  // namespace fazhi::measure
