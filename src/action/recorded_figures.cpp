#include "action/recorded_figures.h"

#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "action/errors.h"
#include "calendar/written_date.h"
#include "ledger/stored_lookup.h"
#include "measure/measures.h"
#include "storage/transaction.h"

namespace fazhi::action {
namespace {

using definition::Field;

Refusal bad_figure(const Field& field, const std::string& message) {
    return refuse(ErrorKind::InvalidInput, errors::kBadFigure,
                  fmt::format("“{}”：{}", field.title, message), field.id);
}

std::optional<int> year_of(const Value& written) {
    constexpr int kFirstYear = 1949;
    constexpr int kLastYear = 9999;
    std::int64_t year = written.is_integer() ? written.as_integer() : 0;
    if (written.is_text()) {
        std::string_view digits = written.as_text();
        if (digits.ends_with("年")) digits.remove_suffix(std::string_view("年").size());
        const char* const end = digits.data() + digits.size();
        const auto read = std::from_chars(digits.data(), end, year);
        if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
    }
    if (year < kFirstYear || year > kLastYear) return std::nullopt;
    return static_cast<int>(year);
}

Result<measure::Period> period_of(const Field& field, const Value& written) {
    if (written.is_map() && (written.has("from") || written.has("to"))) {
        const auto from = calendar::parse_written_date(written.text_at("from"));
        const auto to = calendar::parse_written_date(written.text_at("to"));
        if (!from || !to || *to < *from)
            return bad_figure(field, "请填起止日期（from、to），止日不早于起日。");
        return measure::Period{*from, *to};
    }
    const auto year = year_of(written.is_map() ? written.at("year") : written);
    if (year) return measure::year_period(*year);
    return bad_figure(field, "只填年度（如 2024）或者起止日期，数字由系统从台账算出。");
}

// The unit the figure is of; nothing: of the whole office.
Result<std::optional<std::int64_t>> unit_of(const Task& task, const Field& field,
                                            const Value& written) {
    if (!written.is_map() || !written.has("unit")) return std::optional<std::int64_t>();
    const Value& unit = written.at("unit");
    ledger::StoredLookup lookup(task.transaction.connection(), task.context.directory,
                                task.context.definitions);
    const auto found = lookup.unit(unit.is_integer() ? fmt::format("#{}", unit.as_integer())
                                                     : written.text_at("unit"));
    if (!found) return bad_figure(field, "没有这个单位，或有重名。");
    return found;
}

Result<measure::Figure> counted(const Task& task, const Field& field, const measure::Period& period,
                                const std::optional<std::int64_t>& unit) {
    measure::Question question{.measure = field.measure};
    if (unit) {
        definition::Test test{.kind = definition::TestKind::AnyOf};
        test.literals.push_back({.value = *unit});
        question.where.clauses.push_back({"unit", std::move(test)});
    }
    const ledger::Context& context = task.context;
    measure::Measures measures(task.transaction.connection(), context.directory,
                               context.definitions, context.workdays, context.today);
    TRY(std::vector<measure::Figure> figures, measures.answer({question}, period));
    return std::move(figures.front());
}

Result<Value> entries_of(const Field& field, const measure::Figure& figure) {
    Value out = Value::Map{};
    std::size_t count = 0;
    for (const auto& [ledger, ids] : figure.entries) {
        count += ids.size();
        Value::List list;
        for (const EntryId id : ids) list.emplace_back(id.value);
        out.set(ledger, std::move(list));
    }
    if (count > kFigureEntriesMax)
        return bad_figure(
            field, fmt::format("所依据的台账有{}条，超过{}条，请缩短期间或分单位取数。", count,
                               kFigureEntriesMax));
    return out;
}

Result<Value> recorded(const Task& task, const Field& field, const Value& written) {
    TRY(const measure::Period period, period_of(field, written));
    TRY(const auto unit, unit_of(task, field, written));
    TRY(const measure::Figure figure, counted(task, field, period, unit));
    if (written.is_map() && written.has("measure") && written.text_at("measure") != field.measure)
        return bad_figure(field, fmt::format("这一栏取“{}”，不取别的指标。", field.measure));
    if (written.is_map() && written.has("value")) {
        const Value& value = written.at("value");
        const std::string typed =
            value.is_integer() ? std::to_string(value.as_integer()) : written.text_at("value");
        if (!figure.has_value || typed != figure.value)
            return bad_figure(field,
                              fmt::format("从台账算出的是{}，不是{}；请核对台账，不要填数字。",
                                          figure.has_value ? figure.value : "“无数值”", typed));
    }
    TRY(Value entries, entries_of(field, figure));
    Value out = Value::Map{{"measure", field.measure},
                           {"from", calendar::to_text(period.from)},
                           {"to", calendar::to_text(period.to)},
                           {"entries", std::move(entries)},
                           {"definitions", task.context.definitions.digest().hex()}};
    const auto head = task.workplace.journal.head(task.transaction.connection(),
                                                  task.context.directory.jurisdiction.id);
    out.set("journal_size", head.size);
    if (unit) out.set("unit", *unit);
    if (figure.has_value) out.set("value", figure.value);
    return out;
}

bool is_blank(const Value& value) {
    return value.is_null() || (value.is_text() && value.as_text().empty());
}

}  // namespace

Result<Value> with_figures(const Task& task, const std::string& ledger, const Value& fields) {
    const definition::Ledger* of = task.context.definitions.ledger(ledger);
    if (of == nullptr || !fields.is_map()) return fields;
    Value out = fields;
    for (const Field& field : of->fields) {
        if (field.type != definition::FieldType::Figure || !fields.has(field.id) ||
            is_blank(fields.at(field.id)))
            continue;
        const Value& written = fields.at(field.id);
        // Said to be unknown or not applicable: ledger/ knows what that is.
        if (written.is_text() && (written.as_text() == "不适用" || written.as_text() == "未知"))
            continue;
        TRY(Value figure, recorded(task, field, written));
        out.set(field.id, std::move(figure));
    }
    return out;
}

}  // namespace fazhi::action
