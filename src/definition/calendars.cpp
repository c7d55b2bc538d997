#include "definition/calendars.h"

#include <map>
#include <memory>

#include <fmt/format.h>

#include "base/invariant.h"
#include "calendar/date.h"
#include "definition/cursor.h"
#include "definition/definition_store.h"
#include "definition/errors.h"
#include "definition/office_reader.h"
#include "definition/schema.h"
#include "storage/transaction.h"

namespace fazhi::definition {
namespace {

Refusal faulty(const std::vector<std::string>& messages) {
    std::vector<Error> errors;
    for (const std::string& message : messages)
        errors.push_back({ErrorKind::InvalidInput, errors::kFaultyCalendar, message, "calendar"});
    return refuse(join_errors(std::move(errors)));
}

std::map<calendar::Date, std::string> dates_of(const std::map<std::string, std::string>& days) {
    std::map<calendar::Date, std::string> out;
    for (const auto& [day, holiday] : days) {
        if (const auto date = calendar::date_from(day)) out.emplace(*date, holiday);
    }
    return out;
}

Result<calendar::WorkdayTable> table_of(const std::map<int, CalendarYear>& years) {
    std::vector<calendar::YearArrangement> arrangements;
    for (const auto& [number, year] : years)
        arrangements.push_back({number, year.notice, dates_of(year.rest), dates_of(year.work)});
    return calendar::WorkdayTable::build(std::move(arrangements));
}

// The years in force: the packs', then what was adopted since.
std::map<int, CalendarYear> years_in_force(storage::Connection& connection,
                                           const DefinitionSet& installed) {
    std::map<int, CalendarYear> out;
    for (const CalendarYear& year : installed.calendar()) out.insert_or_assign(year.year, year);
    for (const std::string& text : adopted_calendars(connection)) {
        auto year = read_calendar_year(text);
        INVARIANT(year.has_value());  // As it was written when it was adopted.
        out.insert_or_assign(year->year, *std::move(year));
    }
    return out;
}

std::string yaml_of(const CalendarYear& year) {
    std::string out = fmt::format("calendar: {}\nnotice: {}\n", year.year, year.notice);
    const auto days = [&](const char* key, const std::map<std::string, std::string>& named) {
        out += fmt::format("{}:{}\n", key, named.empty() ? " {}" : "");
        for (const auto& [day, holiday] : named) out += fmt::format("  {}: {}\n", day, holiday);
    };
    days("rest", year.rest);
    days("work", year.work);
    return out;
}

// What a transaction was answered; null: nothing yet, or it may be another by now.
class Asked final : public storage::Companion {
public:
    static SharedWorkdays& of(storage::Transaction& transaction) {
        static const char kKey = 0;
        return dynamic_cast<Asked&>(
                   transaction.companion(&kKey, [] { return std::make_unique<Asked>(); }))
            .table_;
    }

    void mark() override {}
    void keep_mark() override {}
    void back_to_mark() override { table_.reset(); }
    void flush(storage::Transaction& /*transaction*/) override {}

private:
    SharedWorkdays table_;
};

}  // namespace

Result<CalendarYear> read_calendar_year(std::string_view yaml) {
    const std::string text(yaml);
    Document document{.file = "放假安排", .kind = "calendar", .text = &text};
    Findings findings;
    YamlFile file = read_yaml(text);
    std::vector<std::string> wrong;
    for (const YamlFault& fault : file.faults)
        wrong.push_back(fmt::format("第{}行：{}", fault.line, fault.message));
    if (wrong.empty() && file.documents.size() != 1) wrong.push_back("一份文件写一年的放假安排。");
    if (!wrong.empty()) return faulty(wrong);
    document.root = std::move(file.documents.front());
    if (!document.root.is_map())
        return faulty(
            {"这不是放假安排文件：应写 calendar: 年份、notice: 通知网址，rest: 和 work: "
             "下面每行一个“日期: 节日”。"});
    check_schema(document, findings);
    std::vector<CalendarYear> years;
    if (findings.errors.empty()) read_calendar(Cursor(document, findings), years);
    for (const Problem& problem : findings.errors)
        wrong.push_back(fmt::format("第{}行：{}", problem.line, problem.message));
    if (!wrong.empty()) return faulty(wrong);
    return std::move(years.front());
}

Result<SharedWorkdays> workdays_of(const DefinitionSet& set) {
    std::map<int, CalendarYear> years;
    for (const CalendarYear& year : set.calendar()) years.insert_or_assign(year.year, year);
    TRY(calendar::WorkdayTable table, table_of(years));
    return std::make_shared<const calendar::WorkdayTable>(std::move(table));
}

SharedWorkdays Calendars::workdays(storage::Connection& connection) const {
    const std::int64_t version = calendars_version(connection);
    const std::scoped_lock lock(mutex_);
    if (kept_.version == version) return kept_.table;
    auto table = table_of(years_in_force(connection, installed_));
    INVARIANT(table.has_value());  // Each was checked with the others before it was adopted.
    kept_ = {version, std::make_shared<const calendar::WorkdayTable>(*std::move(table))};
    return kept_.table;
}

SharedWorkdays Calendars::workdays(storage::Transaction& transaction) const {
    SharedWorkdays& table = Asked::of(transaction);
    if (!table) table = workdays(transaction.connection());
    return table;
}

Result<SharedWorkdays> Calendars::workdays_with(storage::Connection& connection,
                                                const CalendarYear& year) const {
    std::map<int, CalendarYear> years = years_in_force(connection, installed_);
    years.insert_or_assign(year.year, year);
    auto table = table_of(years);
    if (table) return std::make_shared<const calendar::WorkdayTable>(*std::move(table));
    Error error = table.error();
    error.code = errors::kFaultyCalendar;
    return refuse(std::move(error));
}

Result<bool> Calendars::adopt(storage::Transaction& transaction, const CalendarYear& year) const {
    storage::Connection& connection = transaction.connection();
    const std::map<int, CalendarYear> years = years_in_force(connection, installed_);
    const auto before = years.find(year.year);
    const bool same = before != years.end() && before->second.rest == year.rest &&
                      before->second.work == year.work && before->second.notice == year.notice;
    if (same) return false;
    TRY(const SharedWorkdays fits, workdays_with(connection, year));
    put_calendar(transaction, year.year, yaml_of(year));
    Asked::of(transaction) = fits;
    return true;
}

}  // namespace fazhi::definition
