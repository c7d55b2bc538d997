#include "calendar/testing/china.h"

#include <algorithm>

#include "base/invariant.h"

namespace fazhi::calendar::testing {
namespace {

// As the notices say it: from, to, both included, the holiday.
struct Span {
    const char* first;
    const char* last;
    const char* holiday;
};

struct Notice {
    int year;
    const char* address;
    std::vector<Span> rest;
    std::vector<Span> work;
};

const std::vector<Notice>& notices() {
    static const std::vector<Notice> kNotices = {
        {2022,
         "http://www.gov.cn/zhengce/zhengceku/2021-10/25/content_5644835.htm",
         {{"2022-01-01", "2022-01-03", "元旦"},
          {"2022-01-31", "2022-02-06", "春节"},
          {"2022-04-03", "2022-04-05", "清明节"},
          {"2022-04-30", "2022-05-04", "劳动节"},
          {"2022-06-03", "2022-06-05", "端午节"},
          {"2022-09-10", "2022-09-12", "中秋节"},
          {"2022-10-01", "2022-10-07", "国庆节"},
          {"2022-12-31", "2022-12-31", "元旦"}},
         {{"2022-01-29", "2022-01-30", "春节"},
          {"2022-04-02", "2022-04-02", "清明节"},
          {"2022-04-24", "2022-04-24", "劳动节"},
          {"2022-05-07", "2022-05-07", "劳动节"},
          {"2022-10-08", "2022-10-09", "国庆节"}}},
        {2023,
         "http://www.gov.cn/zhengce/zhengceku/2022-12/08/content_5730844.htm",
         {{"2023-01-01", "2023-01-02", "元旦"},
          {"2023-01-21", "2023-01-27", "春节"},
          {"2023-04-05", "2023-04-05", "清明节"},
          {"2023-04-29", "2023-05-03", "劳动节"},
          {"2023-06-22", "2023-06-24", "端午节"},
          {"2023-09-29", "2023-10-06", "中秋节、国庆节"}},
         {{"2023-01-28", "2023-01-29", "春节"},
          {"2023-04-23", "2023-04-23", "劳动节"},
          {"2023-05-06", "2023-05-06", "劳动节"},
          {"2023-06-25", "2023-06-25", "端午节"},
          {"2023-10-07", "2023-10-08", "中秋节、国庆节"}}},
        {2024,
         "https://www.gov.cn/zhengce/zhengceku/202310/content_6911528.htm",
         {{"2024-01-01", "2024-01-01", "元旦"},
          {"2024-02-10", "2024-02-17", "春节"},
          {"2024-04-04", "2024-04-06", "清明节"},
          {"2024-05-01", "2024-05-05", "劳动节"},
          {"2024-06-10", "2024-06-10", "端午节"},
          {"2024-09-15", "2024-09-17", "中秋节"},
          {"2024-10-01", "2024-10-07", "国庆节"}},
         {{"2024-02-04", "2024-02-04", "春节"},
          {"2024-02-18", "2024-02-18", "春节"},
          {"2024-04-07", "2024-04-07", "清明节"},
          {"2024-04-28", "2024-04-28", "劳动节"},
          {"2024-05-11", "2024-05-11", "劳动节"},
          {"2024-09-14", "2024-09-14", "中秋节"},
          {"2024-09-29", "2024-09-29", "国庆节"},
          {"2024-10-12", "2024-10-12", "国庆节"}}},
        {2025,
         "https://www.gov.cn/zhengce/zhengceku/202411/content_6986383.htm",
         {{"2025-01-01", "2025-01-01", "元旦"},
          {"2025-01-28", "2025-02-04", "春节"},
          {"2025-04-04", "2025-04-06", "清明节"},
          {"2025-05-01", "2025-05-05", "劳动节"},
          {"2025-05-31", "2025-06-02", "端午节"},
          {"2025-10-01", "2025-10-08", "国庆节、中秋节"}},
         {{"2025-01-26", "2025-01-26", "春节"},
          {"2025-02-08", "2025-02-08", "春节"},
          {"2025-04-27", "2025-04-27", "劳动节"},
          {"2025-09-28", "2025-09-28", "国庆节、中秋节"},
          {"2025-10-11", "2025-10-11", "国庆节、中秋节"}}},
        {2026,
         "https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm",
         {{"2026-01-01", "2026-01-03", "元旦"},
          {"2026-02-15", "2026-02-23", "春节"},
          {"2026-04-04", "2026-04-06", "清明节"},
          {"2026-05-01", "2026-05-05", "劳动节"},
          {"2026-06-19", "2026-06-21", "端午节"},
          {"2026-09-25", "2026-09-27", "中秋节"},
          {"2026-10-01", "2026-10-07", "国庆节"}},
         {{"2026-01-04", "2026-01-04", "元旦"},
          {"2026-02-14", "2026-02-14", "春节"},
          {"2026-02-28", "2026-02-28", "春节"},
          {"2026-05-09", "2026-05-09", "劳动节"},
          {"2026-09-20", "2026-09-20", "国庆节"},
          {"2026-10-10", "2026-10-10", "国庆节"}}},
    };
    return kNotices;
}

std::map<Date, std::string> days_of(const std::vector<Span>& spans) {
    std::map<Date, std::string> days;
    for (const Span& span : spans) {
        const Date last = *date_from(span.last);
        for (Date day = *date_from(span.first); day <= last; day = add_days(day, 1)) {
            days.emplace(day, span.holiday);
        }
    }
    return days;
}

}  // namespace

std::vector<YearArrangement> china_arrangements() {
    std::vector<YearArrangement> out;
    for (const Notice& notice : notices()) {
        out.push_back({notice.year, notice.address, days_of(notice.rest), days_of(notice.work)});
    }
    return out;
}

const WorkdayTable& china() {
    static const WorkdayTable kTable = *WorkdayTable::build(china_arrangements());
    return kTable;
}

WorkdayTable china_of(int year) {
    auto all = china_arrangements();
    const auto found = std::find_if(
        all.begin(), all.end(), [year](const YearArrangement& one) { return one.year == year; });
    INVARIANT(found != all.end());
    return *WorkdayTable::build({*found});
}

}  // namespace fazhi::calendar::testing
