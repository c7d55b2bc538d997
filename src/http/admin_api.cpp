#include <charconv>

#include <fmt/format.h>

#include "access/permission.h"
#include "access/setting_check.h"
#include "action/accounts.h"
#include "action/administration.h"
#include "action/external_sign_in.h"
#include "action/hand_over.h"
#include "action/stand_in.h"
#include "definition/definition_set.h"
#include "http/api.h"
#include "http/entry_json.h"
#include "http/errors.h"
#include "journal/projection.h"

namespace fazhi::http {
namespace {

std::string value_text(const Value& value) {
    if (value.is_null()) return {};
    if (value.is_bool()) return value.as_bool() ? "是" : "否";
    if (value.is_integer()) return std::to_string(value.as_integer());
    if (value.is_text()) return value.as_text();
    std::string out;
    if (value.is_list()) {
        for (const Value& each : value.as_list())
            out += (out.empty() ? "" : "、") + value_text(each);
    }
    return out;
}

// A setting's value in the words of its options and names; a post by its title.
std::string shown_value(const definition::Setting& setting, const Value& value,
                        const action::Office& office) {
    const access::Directory& directory = office.directory;
    if (setting.type == "person" && value.is_integer())
        return directory.person_name(PersonId{value.as_integer()});
    if (setting.type == "unit" && value.is_integer()) {
        const access::Unit* unit = directory.unit(UnitId{value.as_integer()});
        return unit == nullptr ? std::string() : unit->name;
    }
    const auto titled = [&](const std::string& text) {
        for (const definition::Option& option : setting.options) {
            if (option.id == text) return option.title;
        }
        const definition::Role* role = office.definitions->role(text);
        return role == nullptr ? text : role->title;
    };
    if (value.is_list()) {
        std::string out;
        for (const Value& each : value.as_list())
            out += (out.empty() ? "" : "、") + titled(value_text(each));
        return out;
    }
    return titled(value_text(value));
}

Value setting_json(Call& call, const definition::Setting& setting) {
    const action::Office& office = *call.known_office();
    const access::Directory& directory = office.directory;
    const Value value = directory.setting(*office.definitions, setting.name);
    Value out = Value::Map{{"is_default", !directory.settings.contains(setting.name)},
                           {"name", setting.name},
                           {"shown", shown_value(setting, value, office)},
                           {"source", setting.source},
                           {"title", setting.title},
                           {"type", setting.type},
                           {"unit", setting.unit}};
    out.set("value", value);
    out.set("default", setting.default_value);
    out.set("min", setting.min);
    out.set("max", setting.max);
    out.set("options", choices_json(setting.options));
    out.set("may_change", action::may_set(office.directory, setting, call.actor));
    return out;
}

action::AccountOrder account_order(Call& call, const action::Office& office) {
    return {.by = call.actor,
            .office = office.directory.jurisdiction.id,
            .person = {},
            .address = call.request.address};
}

Value stand_in_json(Call& call, const access::StandIn& stand_in) {
    const access::Directory& directory = call.known_office()->directory;
    Value out = Value::Map{{"from_on", stand_in.from_on},
                           {"id", stand_in.id},
                           {"is_on", stand_in.is_on(calendar::civil_date(call.at))},
                           {"until_on", stand_in.until_on}};
    out.set("for_person", person_json(directory, stand_in.for_person));
    out.set("person", person_json(directory, stand_in.person));
    return out;
}

// As it is after a change.
Result<Response> answer_with_unit(Call& call, const std::string& code, int status) {
    Call again = call.anew();
    TRY(const action::Office* office, again.office());
    const access::Unit* unit = office->directory.unit_named(code);
    if (unit == nullptr) return not_there();
    return answer_with(unit_json(*unit), status);
}

Result<Response> answer_with_person(Call& call, const std::string& code, int status) {
    Call again = call.anew();
    TRY(const action::Office* office, again.office());
    const access::Directory& directory = office->directory;
    const access::Person* person = directory.person_named(code);
    if (person == nullptr) return not_there();
    return answer_with(person_in_office_json(*office->definitions, directory, *person), status);
}

}  // namespace

Result<Response> list_settings(Call& call) {
    TRY(const action::Office* office, call.office());
    Value::List items;
    for (const definition::Setting& setting : office->definitions->settings())
        items.push_back(setting_json(call, setting));
    return answer_with(Value::Map{{"items", std::move(items)}});
}

Result<Response> put_setting(Call& call) {
    TRY(const Value body, call.body());
    const std::string name = call.parts.at("setting");
    TRY_OK(call.change([&](const action::Task& task) -> Result<Value> {
        TRY_OK(action::set_setting(task, name, body.at("value")));
        return Value(Value::Map{});
    }));
    Call again = call.anew();
    TRY(const action::Office* office, again.office());
    const definition::Setting* setting = office->definitions->setting(name);
    if (setting == nullptr) return not_there();
    return answer_with(setting_json(again, *setting));
}

Result<Response> add_unit(Call& call) {
    TRY(const Value body, call.body());
    access::NewUnit unit;
    TRY(unit.values.code, text_in(body, "code", true));
    TRY(unit.values.kind, text_in(body, "kind", true));
    TRY(unit.values.name, text_in(body, "name", true));
    TRY(unit.values.short_name, text_in(body, "short_name"));
    TRY(unit.lead_section_code, text_in(body, "lead_section"));
    TRY_OK(call.change([&](const action::Task& task) -> Result<Value> {
        TRY_OK(action::add_unit(task, unit));
        return Value(Value::Map{});
    }));
    return answer_with_unit(call, unit.values.code, 201);
}

Result<Response> put_unit(Call& call) {
    TRY(const Value body, call.body());
    const std::string code = call.parts.at("unit");
    access::UnitChange unit;
    TRY(unit.name, text_in(body, "name", true));
    TRY(unit.short_name, text_in(body, "short_name"));
    TRY(unit.lead_section_code, text_in(body, "lead_section"));
    TRY_OK(call.change([&](const action::Task& task) -> Result<Value> {
        TRY_OK(action::change_unit(task, code, unit));
        return Value(Value::Map{});
    }));
    return answer_with_unit(call, code, 200);
}

Result<Response> put_person_place(Call& call) {
    TRY(const Value body, call.body());
    const std::string code = call.parts.at("person");
    access::Placement placement;
    TRY(placement.unit_code, text_in(body, "unit", true));
    if (!body.at("posts").is_list()) return refuse(bad_input("“posts”应是列表。", "posts"));
    for (const Value& post : body.at("posts").as_list()) {
        access::Placement::Held held;
        TRY(held.post, text_in(post, "post", true));
        TRY(held.unit_code, text_in(post, "unit", true));
        placement.posts.push_back(std::move(held));
    }
    TRY_OK(call.change([&](const action::Task& task) -> Result<Value> {
        TRY_OK(action::place_person(task, code, placement));
        return Value(Value::Map{});
    }));
    return answer_with_person(call, code, 200);
}

Result<Response> add_person(Call& call) {
    TRY(const Value body, call.body());
    access::NewPerson person;
    TRY(person.values.code, text_in(body, "code", true));
    TRY(person.values.name, text_in(body, "name", true));
    TRY(person.values.email, text_in(body, "email"));
    TRY(person.unit_code, text_in(body, "unit", true));
    const Value& posts = body.at("posts");
    if (posts.is_list()) {
        for (const Value& post : posts.as_list())
            person.posts.push_back(post.is_text() ? post.as_text() : std::string());
    }
    TRY_OK(call.change([&](const action::Task& task) -> Result<Value> {
        TRY_OK(action::add_person(task, person));
        return Value(Value::Map{});
    }));
    return answer_with_person(call, person.values.code, 201);
}

Result<Response> list_accounts(Call& call) {
    TRY(const action::Office* office, call.office());
    TRY(const auto lines,
        action::list_accounts(call.workplace, call.reading(), account_order(call, *office)));
    const auto external =
        call.external == nullptr
            ? std::map<PersonId, std::string>()
            : action::external_subjects(call.reading(), office->directory.jurisdiction.id,
                                        call.external->issuer());
    Value::List items;
    for (const action::AccountLine& line : lines) {
        const access::Person* person = office->directory.person(line.person);
        Value one = Value::Map{{"enabled", line.has_account && !line.disabled},
                               {"has_account", line.has_account},
                               {"last_signed_in_at", line.signed_in_at},
                               {"locked_until", line.locked_until},
                               {"login", line.login},
                               {"must_change_password", line.must_change},
                               {"totp_on", line.totp}};
        const auto subject = external.find(line.person);
        if (subject != external.end()) one.set("external", subject->second);
        one.set("person",
                person_json(office->directory, person == nullptr ? line.person : person->id));
        items.push_back(std::move(one));
    }
    return answer_with(Value::Map{{"items", std::move(items)}});
}

Result<Response> put_account_password(Call& call) {
    TRY(const action::Office* office, call.office());
    action::AccountOrder order = account_order(call, *office);
    order.person = call.parts.at("person");
    call.end_reading();
    TRY(const action::FirstPassword made,
        action::reset_account(call.workplace, order, action::Codes::Remove));
    return answer_with(
        Value::Map{{"login", made.login}, {"name", made.name}, {"password", made.password}});
}

Result<Response> put_account_enabled(Call& call) {
    TRY(const action::Office* office, call.office());
    TRY(const Value body, call.body());
    if (!body.at("value").is_bool())
        return refuse(bad_input("“value”应是 true 或 false。", "value"));
    action::AccountOrder order = account_order(call, *office);
    order.person = call.parts.at("person");
    call.end_reading();
    if (body.at("value").as_bool()) {
        TRY_OK(action::enable_account(call.workplace, order));
    } else {
        TRY_OK(action::disable_account(call.workplace, order));
    }
    return nothing_more();
}

Result<Response> put_account_external(Call& call) {
    TRY(const action::Office* office, call.office());
    TRY(const Value body, call.body());
    TRY(const std::string subject, text_in(body, "value"));
    action::AccountOrder order = account_order(call, *office);
    order.person = call.parts.at("person");
    call.end_reading();
    TRY_OK(action::bind_external(call.workplace, order,
                                 call.external == nullptr ? std::string() : call.external->issuer(),
                                 subject));
    return nothing_more();
}

Result<Response> list_stand_ins(Call& call) {
    TRY(const action::Office* office, call.office());
    Value::List items;
    for (const access::StandIn& each : office->directory.stand_ins)
        items.push_back(stand_in_json(call, each));
    return answer_with(Value::Map{{"items", std::move(items)}});
}

Result<Response> add_stand_in(Call& call) {
    TRY(const action::Office* office, call.office());
    TRY(const Value body, call.body());
    action::StandInOrder order{.by = call.actor,
                               .office = office->directory.jurisdiction.id,
                               .for_person = {},
                               .person = {},
                               .from_on = {},
                               .until_on = {}};
    TRY(order.for_person, text_in(body, "for_person", true));
    TRY(order.person, text_in(body, "person", true));
    TRY(order.from_on, text_in(body, "from_on", true));
    TRY(order.until_on, text_in(body, "until_on", true));
    call.end_reading();
    TRY(const std::int64_t id, action::add_stand_in(call.workplace, order));
    Call again = call.anew();
    TRY(const action::Office* now, again.office());
    for (const access::StandIn& each : now->directory.stand_ins) {
        if (each.id == id) return answer_with(stand_in_json(again, each), 201);
    }
    return not_there();
}

Result<Response> end_stand_in(Call& call) {
    TRY(const action::Office* office, call.office());
    TRY(const EntryId id, call.entry_id());
    const JurisdictionId where = office->directory.jurisdiction.id;
    call.end_reading();
    TRY_OK(action::end_stand_in(call.workplace, call.actor, where, id.value));
    return nothing_more();
}

Result<Response> hand_over_work(Call& call) {
    TRY(const action::Office* office, call.office());
    TRY(const Value body, call.body());
    action::HandOverOrder order{
        .by = call.actor,
        .office = office->directory.jurisdiction.id,
        .from = {},
        .to = {},
        .note = {},
        .after = body.at("stays") == Value(true) ? action::After::Stays : action::After::Leaves,
        .address = call.request.address};
    TRY(order.from, text_in(body, "from", true));
    TRY(order.to, text_in(body, "to", true));
    TRY(order.note, text_in(body, "note", true));
    call.end_reading();
    TRY(const action::HandedOver done, action::hand_over(call.workplace, order));
    return answer_with(Value::Map{{"account_disabled", done.account_disabled},
                                  {"entries", static_cast<std::int64_t>(done.entries)},
                                  {"posts", static_cast<std::int64_t>(done.posts)},
                                  {"tasks", static_cast<std::int64_t>(done.tasks)}});
}

Result<Response> read_access_log(Call& call) {
    TRY(const action::Office* office, call.office());
    access::AccessQuery query;
    query.from_on = call.request.asked("from");
    query.until_on = call.request.asked("to");
    query.what = call.request.asked("what");
    const std::string cursor = call.request.asked("cursor");
    if (const std::size_t line = cursor.rfind('_'); line != std::string::npos) {
        query.before_at = cursor.substr(0, line);
        std::from_chars(cursor.data() + line + 1, cursor.data() + cursor.size(), query.before_n);
    }
    const access::Directory directory = office->directory;
    call.end_reading();
    TRY(const action::AccessPage page,
        action::list_access(call.workplace, call.actor, directory.jurisdiction.id, query));
    Value::List items;
    for (const access::AccessLine& line : page.lines) {
        const bool is_own = line.person_jurisdiction == directory.jurisdiction.id;
        Value one = Value::Map{{"address", line.address},
                               {"at", line.at},
                               {"entry", line.entry.value},
                               {"ledger", line.ledger},
                               {"reason", line.reason},
                               {"what", line.what},
                               {"what_title", access::chinese_access(line.what)}};
        one.set("who", !line.person ? std::string("不认识的人")
                       : is_own     ? directory.person_name(line.person)
                                    : std::string("上级单位人员"));
        items.push_back(std::move(one));
    }
    Value out = Value::Map{{"items", std::move(items)}};
    out.set("next", page.more ? fmt::format("{}_{}", page.lines.back().at, page.lines.back().n)
                              : std::string());
    return answer_with(out);
}

Result<Response> verify_journal(Call& call) {
    TRY(const action::Office* office, call.office());
    TRY_OK(access::require_throughout(office->directory, *office->definitions, call.actor,
                                      access::Ability::Verify, "核验流水"));
    const JurisdictionId where = office->directory.jurisdiction.id;
    const journal::VerifyOutcome outcome =
        journal::verify(call.workplace.journal, call.workplace.vault, call.reading(), where,
                        call.workplace.projections(), [](std::int64_t, std::int64_t) {});
    const journal::Head head = call.workplace.journal.head(call.reading(), where);
    Value::List problems, proven;
    for (const journal::Finding& finding : outcome.findings) problems.emplace_back(finding.message);
    proven.emplace_back(fmt::format("流水{}条的摘要和次序", outcome.records));
    proven.emplace_back(fmt::format("各表{}行与流水一致", outcome.rows));
    proven.emplace_back(fmt::format("签名{}份", outcome.checkpoints));
    if (!outcome.findings.empty()) proven.clear();
    return answer_with(Value::Map{{"ok", outcome.findings.empty()},
                                  {"problems", std::move(problems)},
                                  {"proven", std::move(proven)},
                                  {"records", outcome.records},
                                  {"root", head.root.hex()}});
}

Result<Response> list_calendars(Call& call) {
    TRY(const action::Office* office, call.office());
    const calendar::WorkdayTable& table = *office->workdays;
    const auto days = [](const std::map<calendar::Date, std::string>& named) {
        Value out = Value::Map{};
        for (const auto& [date, name] : named) out.set(calendar::to_text(date), name);
        return out;
    };
    Value::List items;
    for (const int year : table.years()) {
        const calendar::YearArrangement& arrangement = *table.arrangement_of(year);
        items.push_back(Value::Map{{"notice", arrangement.notice},
                                   {"rest", days(arrangement.rest)},
                                   {"work", days(arrangement.work)},
                                   {"year", year}});
    }
    return answer_with(Value::Map{{"items", std::move(items)}});
}

}  // namespace fazhi::http
