// What a scenario expects, compared with what is.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "action/scenario.h"
#include "action/scenario_words.h"
#include "definition/loader.h"
#include "duty/duties.h"
#include "duty/notice_store.h"
#include "journal/record.h"
#include "measure/measures.h"
#include "measure/ranking.h"

namespace fazhi::action {
namespace {

bool basis_agrees(const Value& wanted, const Error& error) {
    return std::any_of(error.basis.begin(), error.basis.end(), [&](const Basis& basis) {
        if (wanted.has("law") && basis.law != wanted.text_at("law")) return false;
        const Value::List articles = list_of(wanted.at("article"));
        return std::all_of(articles.begin(), articles.end(), [&](const Value& article) {
            return article.is_integer() && std::find(basis.articles.begin(), basis.articles.end(),
                                                     article.as_integer()) != basis.articles.end();
        });
    });
}

}  // namespace

void ScenarioRun::check_refusal(const Value& refused, const Error& error) {
    const std::vector<Error> given = flatten(error);
    for (const Value& wanted : list_of(refused)) {
        const bool found = std::any_of(given.begin(), given.end(), [&](const Error& each) {
            if (wanted.has("code") && each.code != wanted.text_at("code")) return false;
            if (wanted.has("where") && each.where != wanted.text_at("where")) return false;
            if (wanted.has("may") && each.may != words_of(wanted.at("may"))) return false;
            return !wanted.has("basis") || basis_agrees(wanted.at("basis"), each);
        });
        if (!found)
            fail(fmt::format("应因 {}（{}）被拒，实际：{}", wanted.text_at("code"),
                             wanted.text_at("where"), described(error)));
    }
}

void ScenarioRun::name_opened(const std::string& ledger, const std::vector<std::string>& labels) {
    const auto opened = outcome_.opened.find(ledger);
    if (opened == outcome_.opened.end()) return fail(fmt::format("应开出“{}”，没有", ledger));
    for (size_t i = 0; i < std::min(labels.size(), opened->second.size()); ++i) {
        places_.insert_or_assign(labels[i], Place{ledger, opened->second[i]});
    }
}

// A field that names an entry agrees with that entry's label.
bool ScenarioRun::agrees(const Value& is, const Value& wanted) const {
    // Of a map only what is named.
    if (wanted.is_map() && is.is_map()) {
        return std::all_of(wanted.as_map().begin(), wanted.as_map().end(), [&](const auto& each) {
            return agrees(is.at(each.first), each.second);
        });
    }
    const Place* named = wanted.is_text() ? place(wanted.as_text()) : nullptr;
    if (is == wanted || named == nullptr) return is == wanted;
    if (!is.is_map()) return is == Value(named->entry.value);
    return is.text_at("ledger") == named->ledger && is.at("id") == Value(named->entry.value);
}

void ScenarioRun::check_expectation(const Value& expect) {
    const auto connection = workplace_.database.reading();
    const auto office = open_office(workplace_, *connection, office_);
    if (!office) return fail(described(office.error()));
    const ledger::Context context = context_of(*office, access::system_actor(office_), now());
    const auto entry = workplace_.ledgers.find(*connection, context, current_.ledger,
                                               current_.entry, ledger::Ledgers::Private::Revealed);
    if (!entry) return fail(described(entry.error()));
    for (const auto& [key, wanted] : expect.as_map()) {
        std::string is;
        if (key == "state") {
            is = entry->head.state;
        } else if (key == "handler") {
            const access::Person* person = office->directory.person(entry->head.handler);
            is = person == nullptr ? "" : person->code;
        } else if (key == "unit") {
            const access::Unit* unit = office->directory.unit(entry->head.unit);
            is = unit == nullptr ? "" : unit->code;
        } else if (key == "second_person") {
            is = outcome_.second_person;
        } else if (key == "issued") {
            is = issued_;
        } else if (key == "number") {
            is = entry->head.number;
        } else if (key == "opens") {
            for (const auto& [ledger, label] : wanted.as_map()) {
                name_opened(ledger, words_of(label));
            }
            continue;
        } else if (key == "clocks") {
            for (const auto& [clock, values] : wanted.as_map())
                check_clock(*connection, context, clock, values);
            continue;
        } else if (key == "fields") {
            for (const auto& [field, value] : wanted.as_map()) {
                if (!agrees(entry->fields.at(field), value))
                    fail(fmt::format("“{}”应为 {}，实际 {}", field, text_of(value),
                                     text_of(entry->fields.at(field))));
            }
            continue;
        } else {
            fail(fmt::format("expect 里的“{}”本版本不支持", key));
            continue;
        }
        if (is != text_of(wanted))
            fail(fmt::format("{} 应为“{}”，实际“{}”", key, text_of(wanted), is));
    }
}

// {due, not_before, status, run, started, stopped, safe, overdue}, or {none: true}.
void ScenarioRun::check_clock(storage::Connection& connection, const ledger::Context& context,
                              const std::string& clock, const Value& wanted) {
    const auto view =
        workplace_.clocks.explain(connection, context, current_.ledger, current_.entry, clock);
    if (wanted.at("none") == Value(true)) {
        if (view) fail(fmt::format("期限 {} 不该有", clock));
        return;
    }
    if (!view) return fail(described(view.error()));
    touched_.insert(fmt::format("期限 {}.{}", current_.ledger, view->clock));
    const auto due = calendar::date_from(view->run.due_on);
    const std::map<std::string, std::string> is = {
        {"due", view->run.due_on},
        {"not_before", due ? calendar::to_text(calendar::add_days(*due, 1)) : ""},
        {"status", std::string(ledger::to_text(view->run.status))},
        {"run", std::to_string(view->run.run)},
        {"started", view->run.started_on},
        {"stopped", view->run.stopped_on},
        {"safe", view->safe_day.empty() ? view->run.due_on : view->safe_day},
        {"overdue", view->overdue ? "true" : "false"}};
    for (const auto& [key, value] : wanted.as_map()) {
        const auto found = is.find(key);
        if (found == is.end()) {
            fail(fmt::format("期限的“{}”不能核对", key));
        } else if (found->second != text_of(value)) {
            fail(fmt::format("期限 {} 的 {} 应为“{}”，实际“{}”", clock, key, text_of(value),
                             found->second));
        }
    }
}

// expect: what check_clock knows, and elapsed and total: days counted so far and in all.
void ScenarioRun::check_explanation(const Value& step) {
    const Place* at = place(step.text_at("entry"));
    if (at == nullptr) return fail("explain 所指的台账没有");
    current_ = *at;
    const auto connection = workplace_.database.reading();
    const auto office = open_office(workplace_, *connection, office_);
    if (!office) return fail(described(office.error()));
    const ledger::Context context = context_of(*office, access::system_actor(office_), now());
    const std::string clock = step.text_at("explain");
    const auto view = workplace_.clocks.explain(*connection, context, at->ledger, at->entry, clock);
    if (!view) return fail(described(view.error()));
    Value rest = step.at("expect");
    const auto counted = [&](const char* key, bool so_far) {
        if (!rest.has(key)) return;
        const auto days =
            std::count_if(view->days.begin(), view->days.end(), [&](const calendar::DayCount& day) {
                return day.counted && (!so_far || calendar::to_text(day.date) <= today_);
            });
        if (days != rest.integer_at(key))
            fail(fmt::format("期限 {} 的 {} 应为 {}，实际 {}", clock, key, rest.integer_at(key),
                             days));
        rest.as_map().erase(key);
    };
    counted("elapsed", true);
    counted("total", false);
    check_clock(*connection, context, clock, rest);
}

void ScenarioRun::check_outcome(const Value& step, const Result<void>& done) {
    if (step.has("refused")) {
        if (done) return fail("应被拒绝，却办成了");
        note_gates(step, done.error());
        return check_refusal(step.at("refused"), done.error());
    }
    if (!done) return fail("没有办成：" + described(done.error()));
    if (step.at("expect").is_map()) check_expectation(step.at("expect"));
}

void ScenarioRun::check_measures(const Value& step) {
    const int year = static_cast<int>(step.integer_at("year"));
    if (step.has("measure"))
        check_measure(step.text_at("measure"), year, step.at("is"), step.at("where"));
    if (!step.at("measures").is_map()) return;
    for (const auto& [name, is] : step.at("measures").as_map()) check_measure(name, year, is);
}

void ScenarioRun::check_ranking(const Value& step) {
    const auto connection = workplace_.database.reading();
    const auto office = open_office(workplace_, *connection, office_);
    if (!office) return fail(described(office.error()));
    const std::string name = step.text_at("ranking");
    const definition::Measure* measure = office->definitions->measure(name);
    if (measure == nullptr) return fail(fmt::format("没有指标 {}", name));
    measure::Measures measures(*connection, office->directory, *office->definitions,
                               *office->workdays, calendar::civil_date(now()));
    auto groups = measures.by({.measure = name},
                              measure::year_period(static_cast<int>(step.integer_at("year"))),
                              step.text_at("by"), measure::Behind::Nothing);
    if (!groups) return fail(described(groups.error()));
    const auto ranked = measure::ranking(*measure, *std::move(groups));
    if (!ranked) return fail(described(ranked.error()));
    std::vector<std::string> is;
    for (const measure::Ranked& each : *ranked)
        is.push_back(fmt::format("{} {} {}", each.place, each.group.title,
                                 each.group.figure.has_value ? each.group.figure.value : "无"));
    const std::vector<std::string> wanted = words_of(step.at("is"));
    if (is != wanted)
        fail(fmt::format("排名应为 [{}]，实际 [{}]", fmt::join(wanted, ", "), fmt::join(is, ", ")));
}

void ScenarioRun::check_measure(const std::string& name, int year, const Value& wanted,
                                const Value& where) {
    const auto connection = workplace_.database.reading();
    const auto office = open_office(workplace_, *connection, office_);
    if (!office) return fail(described(office.error()));
    measure::Measures measures(*connection, office->directory, *office->definitions,
                               *office->workdays, calendar::civil_date(now()));
    measure::Question question{.measure = name};
    if (!where.is_null()) {
        const definition::Measure* measure = office->definitions->measure(name);
        const definition::Ledger* ledger =
            measure == nullptr ? nullptr : office->definitions->ledger(measure->ledger);
        if (ledger == nullptr) return fail(fmt::format("指标 {} 没有，或不按台账筛选", name));
        // JSON is YAML as well.
        auto condition =
            definition::parse_condition(journal::canonical(where), *office->definitions, *ledger);
        if (!condition) return fail(described(condition.error()));
        question.where = *std::move(condition);
    }
    const auto figures = measures.answer({question}, measure::year_period(year));
    if (!figures) return fail(described(figures.error()));
    const std::string is = figures->front().has_value ? figures->front().value : "";
    touched_.insert("指标 " + name);
    if (is != text_of(wanted))
        fail(fmt::format("指标 {} 应为 {}，实际 {}", name, text_of(wanted), is));
}

void ScenarioRun::check_journal(const Value& step) {
    const auto connection = workplace_.database.reading();
    const Place* at = place(step.text_at("journal"));
    if (at == nullptr) return fail("journal 所指的台账没有");
    const auto records = workplace_.journal.history(*connection, office_, at->entry.value);
    if (!records) return fail(described(records.error()));
    std::vector<std::string> is;
    for (const journal::Record& record : *records) {
        const std::string action = record.body.text_at("action");
        if (action == "clocks") continue;  // What follows from the steps, no step.
        is.push_back(action == "move" ? record.body.text_at("transition") : action);
    }
    const std::vector<std::string> wanted = words_of(step.at("is"));
    if (is != wanted)
        fail(fmt::format("流水应为 [{}]，实际 [{}]", fmt::join(wanted, ", "), fmt::join(is, ", ")));
}

// Nothing is done: how an entry stands by now.
void ScenarioRun::look(const Value& step) {
    const Place* at = place(step.text_at("entry"));
    if (at == nullptr) return fail("entry 所指的台账没有");
    current_ = *at;
    check_expectation(step.at("expect"));
}

// Who was told what of a clock, "kind person" each, in order of the letters.
void ScenarioRun::check_notices(const Value& step) {
    const Value& of = step.at("notices");
    const Place* at = place(of.text_at("entry"));
    if (at == nullptr) return fail("notices 所指的台账没有");
    const auto connection = workplace_.database.reading();
    const auto office = open_office(workplace_, *connection, office_);
    if (!office) return fail(described(office.error()));
    std::vector<std::string> is;
    for (const duty::Notice& notice :
         duty::notices_of(*connection, office_, {.ledger = at->ledger, .entry = at->entry})) {
        if (notice.clock != of.text_at("clock")) continue;
        const access::Person* person = office->directory.person(notice.person);
        is.push_back(notice.kind + " " + (person == nullptr ? "nobody" : person->code));
    }
    std::sort(is.begin(), is.end());
    const std::vector<std::string> wanted = words_of(step.at("is"));
    if (is != wanted)
        fail(fmt::format("提醒应为 [{}]，实际 [{}]", fmt::join(wanted, ", "), fmt::join(is, ", ")));
}

// How a duty stands in the present period: "target is/wanted …" for each whom it binds.
void ScenarioRun::check_duty(const Value& step) {
    const auto connection = workplace_.database.reading();
    const auto office = open_office(workplace_, *connection, office_);
    if (!office) return fail(described(office.error()));
    const ledger::Context context = context_of(*office, access::system_actor(office_), now());
    const auto states = duty::Duties(*connection, context).states(context.today, context.today);
    if (!states) return fail(described(states.error()));
    const std::string name = step.text_at("duties");
    touched_.insert("义务 " + name);
    std::vector<std::string> is;
    for (const duty::DutyState& state : *states) {
        if (state.duty->id != name) continue;
        std::string line = state.target_name + (state.declared_nil ? " nil" : "");
        for (const duty::PartState& part : state.parts)
            line += fmt::format(" {}/{}", part.is, part.wanted);
        is.push_back(std::move(line));
    }
    const std::vector<std::string> wanted = words_of(step.at("is"));
    if (is != wanted)
        fail(fmt::format("义务 {} 应为 [{}]，实际 [{}]", name, fmt::join(wanted, ", "),
                         fmt::join(is, ", ")));
}

// Everything that ran or was done by itself counts as tried.
void ScenarioRun::note_what_ran() {
    const auto connection = workplace_.database.reading();
    for (const auto& [code, id] : jurisdictions_) {
        const auto seen = workplace_.journal.read(
            *connection, id, 1, [&](const journal::Record& record) -> Result<void> {
                const std::string ledger = record.body.text_at("ledger");
                const std::string action = record.body.text_at("action");
                if (action == "move")
                    touched_.insert(
                        fmt::format("步骤 {}.{}", ledger, record.body.text_at("transition")));
                if (action == "create" && ledger == "task")
                    touched_.insert(
                        fmt::format("义务 {}", record.body.at("fields").text_at("duty")));
                if (action != "clocks") return {};
                for (const char* which : {"begun", "changed"}) {
                    for (const Value& run : list_of(record.body.at(which)))
                        touched_.insert(fmt::format("期限 {}.{}", ledger, run.text_at("clock")));
                }
                return {};
            });
        if (!seen) fail(described(seen.error()));
    }
}

}  // namespace fazhi::action
