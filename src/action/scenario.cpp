#include "action/scenario.h"

#include <algorithm>
#include <fstream>

#include <fmt/format.h>

#include "action/errors.h"
#include "action/form_templates.h"
#include "action/issue_form.h"
#include "action/scenario_words.h"
#include "action/tick.h"
#include "definition/yaml_tree.h"
#include "storage/transaction.h"

namespace fazhi::action {
namespace {

constexpr const char* kWholeOffice = "whole_office";
constexpr int kHourOfDay = 9;  // Scenarios happen in the morning, Asia/Shanghai.

// A step that only says what to expect of an entry.
bool is_look(const Value& step) {
    static constexpr std::string_view kDoing[] = {"create", "do",     "set",  "amend",
                                                  "void",   "attach", "link", "issue"};
    return step.has("entry") && step.has("expect") &&
           std::none_of(std::begin(kDoing), std::end(kDoing),
                        [&](std::string_view key) { return step.has(key); });
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
        const std::string text(std::istreambuf_iterator<char>(in), {});
        TRY(Value story, definition::value_of_yaml(text));
        Scenario scenario{file.string(), story.text_at("scenario"), std::move(story), {}};
        for (const auto& document : definition::read_yaml(text).documents) {
            for (const auto& step : document.at("steps").items)
                scenario.step_lines.push_back(step.line);
        }
        out.push_back(std::move(scenario));
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
            TRY_OK(check_templates(*set));
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
                jurisdictions_.insert_or_assign(code, id);
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
    if (step.has("issue")) {
        touched_.insert("文书 " + step.text_at("issue"));
        TRY(const IssuedForm form, issue_form(task, step.text_at("issue"), at->entry));
        issued_ = form.number;
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
    } else if (step.has("ranking")) {
        check_ranking(step);
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

std::vector<std::string> ScenarioRun::run() {
    set_up();
    const Value::List steps = list_of(scenario_.story.at("steps"));
    if (steps.empty()) fail("没有 steps");
    for (size_t i = 0; i < steps.size() && failures_.empty(); ++i) {
        take(steps[i]);
        if (!failures_.empty())
            failures_.front() = fmt::format("第{}行，第{}步：{}", scenario_.step_lines.at(i), i + 1,
                                            failures_.front());
    }
    note_what_ran();
    return failures_;
}

}  // namespace fazhi::action
