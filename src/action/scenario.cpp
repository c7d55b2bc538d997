#include "action/scenario.h"

#include <algorithm>
#include <fstream>

#include <fmt/format.h>

#include "action/errors.h"
#include "action/tick.h"
#include "definition/yaml_tree.h"
#include "duty/duties.h"
#include "duty/notice_store.h"
#include "measure/measures.h"
#include "storage/transaction.h"

namespace fazhi::action {
namespace {

constexpr const char* kWholeOffice = "whole_office";
constexpr int kHourOfDay = 9;  // Scenarios happen in the morning, Asia/Shanghai.

std::vector<std::string> words_of(const Value& value) {
    std::vector<std::string> out;
    if (value.is_text()) out.push_back(value.as_text());
    if (value.is_list()) {
        for (const Value& word : value.as_list()) {
            if (word.is_text()) out.push_back(word.as_text());
        }
    }
    return out;
}

Value::List list_of(const Value& value) {
    if (value.is_list()) return value.as_list();
    return value.is_null() ? Value::List{} : Value::List{value};
}

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

std::string text_of(const Value& value) {
    if (value.is_text()) return value.as_text();
    if (value.is_integer()) return std::to_string(value.as_integer());
    if (value.is_bool()) return value.as_bool() ? "true" : "false";
    return {};
}

// A step that only says what to expect of an entry.
bool is_look(const Value& step) {
    static constexpr std::string_view kDoing[] = {"create", "do",     "set", "amend",
                                                  "void",   "attach", "link"};
    return step.has("entry") && step.has("expect") &&
           std::none_of(std::begin(kDoing), std::end(kDoing),
                        [&](std::string_view key) { return step.has(key); });
}

std::string described(const Error& error) {
    std::string out;
    for (const Error& flat : flatten(error))
        out += fmt::format("{}{}（{}）{}", out.empty() ? "" : "；", flat.code, flat.where,
                           flat.message);
    return out;
}

}  // namespace

Result<std::vector<Scenario>> read_scenarios(const std::filesystem::path& pack) {
    std::vector<std::filesystem::path> files;
    const auto folder = pack / "scenarios";
    if (std::filesystem::is_directory(folder)) {
        for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
            if (file.path().extension() == ".yaml") files.push_back(file.path());
        }
    }
    std::sort(files.begin(), files.end());
    std::vector<Scenario> out;
    for (const auto& file : files) {
        std::ifstream in(file, std::ios::binary);
        TRY(Value story,
            definition::value_of_yaml(std::string(std::istreambuf_iterator<char>(in), {})));
        out.push_back({file.string(), story.text_at("scenario"), std::move(story)});
    }
    return out;
}

calendar::Instant ScenarioRun::now() const {
    const auto day = calendar::date_from(today_).value_or(calendar::Date{});
    return calendar::instant_of({.date = day, .hour = kHourOfDay, .minute = 0, .second = 0});
}

const ScenarioRun::Place* ScenarioRun::place(const std::string& label) const {
    const auto found = places_.find(label);
    return found == places_.end() ? nullptr : &found->second;
}

Value ScenarioRun::resolved(const Value& value) const {
    if (value.is_text()) {
        const Place* named = place(value.as_text());
        return named == nullptr ? value : Value(fmt::format("#{}", named->entry.value));
    }
    if (value.is_list()) {
        Value::List out;
        for (const Value& item : value.as_list()) out.push_back(resolved(item));
        return out;
    }
    if (value.is_map()) {
        Value out = Value::Map{};
        for (const auto& [key, item] : value.as_map()) out.set(key, resolved(item));
        return out;
    }
    return value;
}

Result<void> ScenarioRun::in_transaction(const std::string& as, const Work& work) {
    return workplace_.writer.run(office_, [&](storage::Transaction& transaction) -> Result<void> {
        TRY(const Office office, open_office(workplace_, transaction, office_));
        access::Actor actor = access::system_actor(office_);
        if (!as.empty()) {
            TRY(actor, actor_in(transaction.connection(), office, as));
        }
        ledger::Context context = context_of(office, actor, now());
        return work({workplace_, transaction, context});
    });
}

void ScenarioRun::set_up_jurisdictions() {
    Value named = scenario_.story.at("jurisdictions");
    if (!named.is_map()) named = Value::Map{{"office", "示例街道"}};
    std::string child;
    std::string parent;
    for (const auto& [code, value] : named.as_map()) {
        if (value.has("parent_of")) {
            parent = code;
        } else {
            child = code;
        }
    }
    const auto done = workplace_.writer.run(
        JurisdictionId{}, [&](storage::Transaction& transaction) -> Result<void> {
            const std::vector<std::string> packs = words_of(scenario_.story.at("packs"));
            TRY(const auto set, workplace_.definitions.set_for(transaction.connection(), packs));
            workplace_.definitions.store_set(transaction, *set);
            for (const std::string& code : {parent, child}) {
                if (code.empty()) continue;
                const Value& value = named.at(code);
                const std::string title =
                    value.is_text() ? value.as_text() : value.text_at("title");
                access::NewJurisdiction input;
                if (code == child && !parent.empty())
                    input.parent_code = fmt::format("s{}_{}", number_, parent);
                input.values.kind = code == parent ? "district" : "subdistrict";
                input.values.code = fmt::format("s{}_{}", number_, code);
                input.values.name = input.values.full_name = input.values.short_name = title;
                input.values.document_code = "示例";
                input.values.live_from = "2020-01-01";
                input.values.packs = packs;
                const access::Actor nobody = access::system_actor({});
                TRY(const JurisdictionId id, workplace_.organisation.add_jurisdiction(
                                                 transaction, {{}, nobody, now()}, input));
                const access::Actor system = access::system_actor(id);
                TRY_OK(workplace_.organisation.adopt(transaction, {id, system, now()}, *set));
                jurisdictions_.emplace(code, id);
            }
            return {};
        });
    if (!done) return fail("辖区建不起来：" + described(done.error()));
    office_ = jurisdictions_.at(child);
    for (const auto& [code, id] : jurisdictions_) set_up_people(id, code == child ? "" : code);
}

void ScenarioRun::set_up_people(JurisdictionId jurisdiction, const std::string& code) {
    const auto done =
        workplace_.writer.run(jurisdiction, [&](storage::Transaction& transaction) -> Result<void> {
            TRY(const Office office, open_office(workplace_, transaction, jurisdiction));
            const access::Actor system = access::system_actor(jurisdiction);
            const access::Change change{jurisdiction, system, now()};
            const Value& units = scenario_.story.at("units");
            std::vector<Value::Map::Member> ordered;  // those that lead first
            if (units.is_map() && code.empty())
                ordered.assign(units.as_map().begin(), units.as_map().end());
            std::stable_partition(ordered.begin(), ordered.end(), [](const auto& unit) {
                return !unit.second.has("lead_section");
            });
            for (const auto& [unit_code, value] : ordered) {
                access::NewUnit input;
                input.values.code = unit_code;
                input.values.kind = value.has("kind") ? value.text_at("kind") : "section";
                input.values.name = value.is_text() ? value.as_text() : value.text_at("title");
                input.values.short_name = input.values.name;
                input.lead_section_code = value.text_at("lead_section");
                TRY_OK(workplace_.organisation.add_unit(transaction, change, input));
            }
            if (!code.empty()) {  // Persons of the superior office stand in one unit of it.
                access::NewUnit whole;
                whole.values.code = kWholeOffice;
                whole.values.kind = "other";
                whole.values.name = whole.values.short_name = "机关";
                TRY_OK(workplace_.organisation.add_unit(transaction, change, whole));
            }
            const Value& people = scenario_.story.at("people");
            const Value::Map nobody;
            for (const auto& [person, value] : people.is_map() ? people.as_map() : nobody) {
                if (value.text_at("jurisdiction") != code) continue;
                access::NewPerson input;
                input.values.code = person;
                input.values.name = value.has("name") ? value.text_at("name") : person;
                input.unit_code =
                    value.has("unit") ? value.text_at("unit") : (code.empty() ? "" : kWholeOffice);
                input.posts = words_of(value.has("posts") ? value.at("posts") : value.at("post"));
                TRY_OK(workplace_.organisation.add_person(transaction, change, *office.definitions,
                                                          input));
            }
            const Value& settings = scenario_.story.at("settings");
            for (const auto& [name, value] :
                 settings.is_map() && code.empty() ? settings.as_map() : nobody) {
                TRY_OK(workplace_.organisation.set_setting(transaction, change, *office.definitions,
                                                           name, value));
            }
            return {};
        });
    if (!done) fail("单位、人员或设置建不起来：" + described(done.error()));
}

void ScenarioRun::set_up_entries() {
    const Value& entries = scenario_.story.at("entries");
    if (!entries.is_map()) return;
    std::vector<Value::Map::Member> waiting(entries.as_map().begin(), entries.as_map().end());
    for (size_t round = 0; !waiting.empty() && round <= entries.as_map().size(); ++round) {
        std::vector<Value::Map::Member> again;  // those that name an entry not yet there
        std::string why;
        for (const auto& [label, value] : waiting) {
            const auto done = in_transaction(
                value.text_at("as"),
                [&, name = label, given = value](const Task& task) -> Result<void> {
                    const ledger::NewEntry input{.ledger = given.text_at("ledger"),
                                                 .fields = resolved(given.at("fields")),
                                                 .unit = given.text_at("unit"),
                                                 .handler = {},
                                                 .reference = {},
                                                 .opened_by = {},
                                                 .opened_by_ledger = {}};
                    TRY(const ledger::Entry entry, create_entry(task, input));
                    places_.insert_or_assign(name, Place{input.ledger, entry.head.id});
                    return {};
                });
            if (!done) {
                again.push_back({label, value});
                why = described(done.error());
            }
        }
        if (again.size() == waiting.size()) return fail("先有的台账建不起来：" + why);
        waiting = std::move(again);
    }
}

void ScenarioRun::set_up() {
    today_ = scenario_.story.text_at("today");
    if (!calendar::date_from(today_)) return fail("today 不是日期");
    set_up_jurisdictions();
    if (failures_.empty()) set_up_entries();
}

Result<void> ScenarioRun::perform_change(const Value& step, const Task& task, const Place& at) {
    const ledger::FieldChange change{resolved(step.has("set") ? step.at("set") : step.at("amend")),
                                     step.text_at("note")};
    if (step.has("set")) {
        TRY(const ledger::Entry entry, set_fields(task, at.ledger, at.entry, change));
    } else {
        TRY(const ledger::Entry entry, amend_entry(task, at.ledger, at.entry, change));
    }
    return {};
}

Result<void> ScenarioRun::perform(const Value& step, const Task& task) {
    if (step.has("create")) {
        const ledger::NewEntry input{.ledger = step.text_at("create"),
                                     .fields = resolved(step.at("fields")),
                                     .unit = step.text_at("unit"),
                                     .handler = {},
                                     .reference = {},
                                     .opened_by = {},
                                     .opened_by_ledger = {}};
        TRY(const ledger::Entry entry, create_entry(task, input));
        current_ = {input.ledger, entry.head.id};
        if (step.has("entry")) places_.insert_or_assign(step.text_at("entry"), current_);
        return {};
    }
    const std::string label = step.has("void") && step.at("void").is_text() ? step.text_at("void")
                                                                            : step.text_at("entry");
    const Place* at = place(label);
    if (at == nullptr)
        return refuse(ErrorKind::InvalidInput, errors::kScenarioFailed,
                      fmt::format("没有“{}”这条台账", label));
    current_ = *at;
    if (step.has("do")) {
        TRY(outcome_, move_entry(task, {.ledger = at->ledger,
                                        .entry = at->entry,
                                        .transition = step.text_at("do"),
                                        .happened_on = step.text_at("happened_on"),
                                        .fields = resolved(step.at("fields")),
                                        .note = step.text_at("note")}));
        return {};
    }
    if (step.has("attach")) {
        for (const std::string& kind : words_of(step.at("attach"))) {
            TRY(const ledger::EvidenceUse use,
                attach_evidence(task, at->ledger, at->entry,
                                {.kind = kind,
                                 .name = kind + ".txt",
                                 .bytes = fmt::format("佐证 {}\n", kind),
                                 .happened_on = today_}));
        }
        return {};
    }
    if (step.has("link")) {
        for (const std::string& other : words_of(step.at("link"))) {
            const Place* to = place(other);
            if (to == nullptr)
                return refuse(ErrorKind::InvalidInput, errors::kScenarioFailed,
                              fmt::format("没有“{}”这条台账", other));
            TRY_OK(link_entries(task, {at->ledger, at->entry, "", to->ledger, to->entry}));
        }
        return {};
    }
    if (step.has("void")) {
        TRY(const ledger::Entry entry,
            void_entry(task, at->ledger, at->entry, step.text_at("note")));
        return {};
    }
    return perform_change(step, task, *at);
}

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
                if (entry->fields.at(field) != value)
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
        return check_refusal(step.at("refused"), done.error());
    }
    if (!done) return fail("没有办成：" + described(done.error()));
    if (step.at("expect").is_map()) check_expectation(step.at("expect"));
}

void ScenarioRun::check_measures(const Value& step) {
    const int year = static_cast<int>(step.integer_at("year"));
    if (step.has("measure")) check_measure(step.text_at("measure"), year, step.at("is"));
    if (!step.at("measures").is_map()) return;
    for (const auto& [name, is] : step.at("measures").as_map()) check_measure(name, year, is);
}

void ScenarioRun::check_measure(const std::string& name, int year, const Value& wanted) {
    const auto connection = workplace_.database.reading();
    const auto office = open_office(workplace_, *connection, office_);
    if (!office) return fail(described(office.error()));
    measure::Measures measures(*connection, office->directory, *office->definitions,
                               *office->workdays, calendar::civil_date(now()));
    const auto figures =
        measures.answer({{.measure = name, .where = {}}}, measure::year_period(year));
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

void ScenarioRun::command(const Value& step) {
    outcome_ = {};
    const auto done =
        in_transaction(step.text_at("as"), [&](const Task& task) { return perform(step, task); });
    check_outcome(step, done);
}

void ScenarioRun::take(const Value& step) {
    if (step.has("today")) {
        today_ = step.text_at("today");
        const auto ticked = tick(workplace_, office_, now());  // As it is every night.
        if (!ticked) return fail("每日一次的工作没有做成：" + described(ticked.error()));
    } else if (step.has("measure") || step.has("measures")) {
        check_measures(step);
    } else if (step.has("journal")) {
        check_journal(step);
    } else if (step.has("explain")) {
        check_explanation(step);
    } else if (step.has("notices")) {
        check_notices(step);
    } else if (step.has("duties")) {
        check_duty(step);
    } else if (is_look(step)) {
        look(step);
    } else {
        command(step);
    }
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
                for (const Value& run : list_of(record.body.at("runs")))
                    touched_.insert(fmt::format("期限 {}.{}", ledger, run.text_at("clock")));
                return {};
            });
        if (!seen) fail(described(seen.error()));
    }
}

std::vector<std::string> ScenarioRun::run() {
    set_up();
    const Value::List steps = list_of(scenario_.story.at("steps"));
    if (steps.empty()) fail("没有 steps");
    for (size_t i = 0; i < steps.size() && failures_.empty(); ++i) {
        take(steps[i]);
        if (!failures_.empty())
            failures_.front() = fmt::format("第{}步：{}", i + 1, failures_.front());
    }
    note_what_ran();
    return failures_;
}

}  // namespace fazhi::action
