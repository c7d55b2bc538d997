#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "access/reach.h"
#include "definition/definition_set.h"
#include "http/api.h"
#include "http/entry_json.h"
#include "http/errors.h"
#include "http/figure_json.h"
#include "ledger/entry_title.h"
#include "ledger/scan.h"
#include "ledger/stored_lookup.h"
#include "measure/measures.h"
#include "measure/ranking.h"

namespace fazhi::http {
namespace {

using access::Ability;
using definition::Ledger;
using definition::Measure;

// What somebody may be told of a measure: all of it, or what lies in the units they reach.
Result<measure::Question> question_for(Call& call, const Measure& measure) {
    const action::Office& office = *call.known_office();
    const auto reach = access::reach(office.directory, *office.definitions, call.actor,
                                     Ability::View, measure.ledger);
    measure::Question out{.measure = measure.id};
    if (reach.everything) return out;
    definition::Test test{.kind = definition::TestKind::AnyOf};
    for (const UnitId unit : reach.units) {
        if (unit) test.literals.emplace_back().value = unit.value;
    }
    if (test.literals.empty()) return not_there();
    out.where.clauses.push_back({"unit", std::move(test)});
    return out;
}

Result<measure::Period> period_asked(Call& call) {
    const calendar::Date today = calendar::civil_date(call.at);
    measure::Period out = measure::year_period(static_cast<int>(today.year()));
    for (const auto& [name, day] : {std::pair("from", &out.from), std::pair("to", &out.to)}) {
        const std::string text = call.request.asked(name);
        if (text.empty()) continue;
        const auto date = calendar::date_from(text);
        if (!date)
            return refuse(
                bad_input(fmt::format("“{}”不是日期，请按 2023-01-01 的样式填写。", text), name));
        *day = *date;
    }
    if (out.to < out.from) return refuse(bad_input("起日在止日之后。", "from"));
    return out;
}

Result<const Measure*> measure_asked(Call& call) {
    TRY(const action::Office* office, call.office());
    const Measure* measure = office->definitions->measure(call.parts.at("measure"));
    const Ledger* ledger =
        measure == nullptr ? nullptr : office->definitions->ledger(measure->ledger);
    if (ledger == nullptr || !call.may_somewhere(Ability::View, *ledger)) return not_there();
    return measure;
}

Value group_json(const measure::Group& group) {
    return Value::Map{
        {"figure", figure_json(group.figure)}, {"key", group.key}, {"title", group.title}};
}

// In their own order, or by their places where `ranked` asks for it.
Result<Value::List> groups_json(Call& call, const Measure& measure,
                                std::vector<measure::Group> groups) {
    Value::List out;
    if (call.request.asked("ranked") != "true") {
        for (const measure::Group& group : groups) out.push_back(group_json(group));
        return out;
    }
    TRY(const auto ranked, measure::ranking(measure, std::move(groups)));
    for (const measure::Ranked& each : ranked) {
        Value line = group_json(each.group);
        line.set("place", each.place == 0 ? Value() : Value(each.place));
        out.push_back(std::move(line));
    }
    return out;
}

}  // namespace

Value figure_json(const measure::Figure& figure) {
    Value out = Value::Map{{"count", figure.count()},
                           {"has_value", figure.has_value},
                           {"scaled", figure.scaled},
                           {"unit", figure.unit},
                           {"value", figure.value}};
    out.set("numerator", figure.numerator ? Value(*figure.numerator) : Value());
    out.set("denominator", figure.denominator ? Value(*figure.denominator) : Value());
    Value::List warnings;
    for (const Error& warning : figure.warnings) warnings.emplace_back(warning.message);
    if (!warnings.empty()) out.set("warnings", std::move(warnings));
    return out;
}

// Page by page in the order of ledgers and numbers: an entry that somebody may not see is counted,
// not told.
Value behind_json(Call& call, const ledger::Context& context, const measure::Figure& figure) {
    const std::string cursor = call.request.asked("cursor");
    std::size_t skip = 0;
    std::from_chars(cursor.data(), cursor.data() + cursor.size(), skip);
    std::size_t total = 0;
    std::size_t at = 0;
    std::size_t hidden = 0;
    Value::List items;
    ledger::StoredLookup names(call.reading(), context.directory, context.definitions);
    for (const auto& [name, ids] : figure.entries) {
        total += ids.size();
        const Ledger* ledger = context.definitions.ledger(name);
        std::vector<EntryId> page;
        for (const EntryId id : ids) {
            if (at++ >= skip && items.size() + page.size() < kBehindAPage) page.push_back(id);
        }
        if (page.empty()) continue;
        if (ledger == nullptr) {  // Units and persons are no entries.
            for (const EntryId id : page)
                items.push_back(Value::Map{
                    {"id", id.value},
                    {"ledger", name},
                    {"ledger_title", name == "unit" ? "单位" : "人员"},
                    {"title", name == "unit" ? names.unit(id.value) : names.person(id.value)}});
            continue;
        }
        const auto reach =
            access::reach(context.directory, context.definitions, call.actor, Ability::View, name);
        std::vector<std::string> titled = ledger::title_fields(*ledger);
        titled.push_back(ledger->dated_by);
        ledger::scan(call.reading(), context.directory.jurisdiction.id, *ledger, titled,
                     {.only = &page}, [&](const ledger::Entry& entry) {
                         if (!reach.covers(entry.head.unit, entry.head.handler)) {
                             ++hidden;
                             return;
                         }
                         const definition::State* state = ledger->state(entry.head.state);
                         items.push_back(Value::Map{
                             {"dated_on", entry.head.dated_on},
                             {"id", entry.head.id.value},
                             {"ledger", name},
                             {"ledger_title", ledger->title},
                             {"state_title", state == nullptr ? std::string() : state->title},
                             {"title", ledger::entry_title(*ledger, entry, names)}});
                     });
    }
    const std::size_t end = std::min(total, skip + kBehindAPage);
    Value out = Value::Map{{"hidden", static_cast<std::int64_t>(hidden)},
                           {"items", std::move(items)},
                           {"next", end < total ? std::to_string(end) : std::string()},
                           {"total", static_cast<std::int64_t>(total)}};
    return out;
}

Result<Response> list_measures(Call& call) {
    TRY(const action::Office* office, call.office());
    Value::List items;
    for (const Measure* measure : office->definitions->measures()) {
        const Ledger* ledger = office->definitions->ledger(measure->ledger);
        if (ledger != nullptr && call.may_somewhere(Ability::View, *ledger))
            items.push_back(measure_json(*office->definitions, *measure));
    }
    return answer_with(Value::Map{{"items", std::move(items)}});
}

Result<Response> read_measure(Call& call) {
    TRY(const Measure* measure, measure_asked(call));
    TRY(const ledger::Context context, call.context());
    TRY(const measure::Question question, question_for(call, *measure));
    TRY(const measure::Period period, period_asked(call));
    measure::Measures measures(call.reading(), context.directory, context.definitions,
                               context.workdays, context.today);
    TRY(const auto total, measures.answer(question, period, measure::Behind::Nothing));
    Value out =
        Value::Map{{"from", calendar::to_text(period.from)}, {"to", calendar::to_text(period.to)}};
    out.set("measure", measure_json(context.definitions, *measure));
    out.set("total", figure_json(total));
    const std::string by = call.request.asked("by");
    out.set("by", by);
    Value::List groups;
    if (!by.empty()) {
        TRY(auto found, measures.by(question, period, by, measure::Behind::Nothing));
        TRY(groups, groups_json(call, *measure, std::move(found)));
    }
    out.set("groups", std::move(groups));
    return answer_with(out);
}

Result<Response> read_behind(Call& call) {
    TRY(const Measure* measure, measure_asked(call));
    TRY(const ledger::Context context, call.context());
    TRY(const measure::Question question, question_for(call, *measure));
    TRY(const measure::Period period, period_asked(call));
    measure::Measures measures(call.reading(), context.directory, context.definitions,
                               context.workdays, context.today);
    const std::string by = call.request.asked("by");
    if (by.empty()) {
        TRY(const auto figures, measures.answer({question}, period));
        return answer_with(behind_json(call, context, figures.front()));
    }
    const std::string key = call.request.asked("key");
    TRY(const auto groups, measures.by(question, period, by));
    const auto group = std::find_if(groups.begin(), groups.end(),
                                    [&](const measure::Group& each) { return each.key == key; });
    if (group == groups.end()) return not_there();
    return answer_with(behind_json(call, context, group->figure));
}

}  // namespace fazhi::http
