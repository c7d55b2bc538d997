#include <fmt/format.h>

#include "access/account_rules.h"
#include "access/session.h"
#include "action/accounts.h"
#include "action/sign_in.h"
#include "definition/definition_set.h"
#include "http/api.h"
#include "http/entry_json.h"
#include "http/session_cookie.h"

namespace fazhi::http {
namespace {

Value office_name_json(const access::Jurisdiction& office, const Call& call,
                       const std::string& parent) {
    return Value::Map{{"code", office.code},
                      {"full_name", office.full_name},
                      {"has_ledgers", !office.definitions.empty()},
                      {"kind", office.kind},
                      {"name", office.name},
                      {"own", office.id == call.actor.jurisdiction},
                      {"parent", parent}};
}

// One's own, and all below it.
std::vector<access::Jurisdiction> offices_within(const std::vector<access::Jurisdiction>& all,
                                                 JurisdictionId own) {
    std::vector<JurisdictionId> within = {own};
    std::vector<access::Jurisdiction> out;
    for (const access::Jurisdiction& each : all) {  // A parent's number is the smaller.
        const auto known = [&](JurisdictionId id) {
            return std::find(within.begin(), within.end(), id) != within.end();
        };
        if (each.id != own && !known(each.parent)) continue;
        if (!known(each.id)) within.push_back(each.id);
        out.push_back(each);
    }
    return out;
}

Value password_rules_json(const access::AccountRules& rules) {
    return Value::Map{
        {"max_age",
         rules.password_max_age ? calendar::chinese_text(*rules.password_max_age) : std::string()},
        {"max_length", static_cast<std::int64_t>(access::kPasswordLengthMax)},
        {"min_length", static_cast<std::int64_t>(rules.password.min_length)}};
}

Result<Value> session_json(Call& call) {
    const auto all = access::Organisation::jurisdictions(call.reading());
    TRY(const access::Directory directory,
        access::Organisation::directory(call.reading(), call.actor.jurisdiction));
    const auto code_of = [&](JurisdictionId id) {
        for (const access::Jurisdiction& each : all) {
            if (each.id == id) return each.code;
        }
        return std::string();
    };
    const auto opened =
        action::open_office(call.workplace, call.reading(), call.actor.jurisdiction);
    const definition::DefinitionSet* set =
        opened ? opened->definitions.get() : call.workplace.tables.get();
    Value::List posts, offices;
    for (const access::Post& post : call.actor.posts) posts.push_back(post_json(set, post));
    for (const access::Jurisdiction& each : offices_within(all, call.actor.jurisdiction))
        offices.push_back(office_name_json(each, call, code_of(each.parent)));
    Value out = Value::Map{{"expires_at", call.who.expires_at},
                           {"must_add_totp", call.who.must_add_totp},
                           {"must_change_password", call.who.must_change},
                           {"unit", call.actor.unit.value}};
    out.set("csrf",
            call.session_token.empty() ? std::string() : access::csrf_of(call.session_token));
    out.set("office",
            office_name_json(directory.jurisdiction, call, code_of(directory.jurisdiction.parent)));
    out.set("offices", std::move(offices));
    out.set("password_rules", password_rules_json(access::account_rules(
                                  directory, opened ? opened->definitions.get() : nullptr)));
    out.set("person", person_json(directory, call.actor.person));
    out.set("posts", std::move(posts));
    return out;
}

Value texts(const std::vector<std::string>& list) {
    Value::List out;
    for (const std::string& each : list) out.emplace_back(each);
    return out;
}

Result<std::vector<std::string>> texts_in(const Value& body, std::string_view member) {
    std::vector<std::string> out;
    const Value& list = body.at(member);
    if (list.is_null()) return out;
    if (!list.is_list())
        return refuse(bad_input(fmt::format("“{}”应是一列文字。", member), std::string(member)));
    for (const Value& each : list.as_list()) {
        if (!each.is_text())
            return refuse(
                bad_input(fmt::format("“{}”应是一列文字。", member), std::string(member)));
        out.push_back(each.as_text());
    }
    return out;
}

}  // namespace

Result<Response> read_session(Call& call) {
    TRY(const Value session, session_json(call));
    return answer_with(session);
}

Result<Response> open_session(Call& call) {
    // A form of another site cannot say so: nobody is signed in as somebody else unawares.
    if (!call.request.header("content-type").starts_with("application/json"))
        return refuse(bad_input("请求应是 application/json。", "Content-Type"));
    TRY(const Value body, call.body());
    action::Credentials credentials;
    TRY(credentials.login, text_in(body, "login", true));
    TRY(credentials.password, text_in(body, "password", true));
    TRY(credentials.code, text_in(body, "code"));
    credentials.address = call.request.address;
    credentials.agent = call.request.header("user-agent").substr(0, 200);
    TRY(const action::OpenedSession opened, action::sign_in(call.workplace, credentials));
    call.who = opened.who;
    call.session_token = opened.token;
    TRY(call.actor, action::actor_of(call.workplace, call.reading(), call.who));
    TRY(const Value session, session_json(call));
    Response out = answer_with(session);
    out.headers.emplace_back("Set-Cookie", session_cookie(call.request, opened.token));
    return out;
}

Result<Response> end_session(Call& call) {
    call.end_reading();
    TRY_OK(action::sign_out(call.workplace, call.who));
    Response out = nothing_more();
    out.headers.emplace_back("Set-Cookie", session_cookie(call.request, ""));
    return out;
}

Result<Response> put_password(Call& call) {
    TRY(const Value body, call.body());
    TRY(const std::string old_password, text_in(body, "old", true));
    TRY(const std::string new_password, text_in(body, "new", true));
    call.end_reading();
    TRY_OK(action::change_password(call.workplace, call.who, old_password, new_password));
    return nothing_more();
}

Result<Response> list_sessions(Call& call) {
    TRY(const auto sessions, action::list_sessions(call.workplace, call.reading(), call.who));
    Value::List items;
    for (const action::OwnSession& each : sessions)
        items.push_back(Value::Map{{"address", each.address},
                                   {"agent", each.agent},
                                   {"created_at", each.created_at},
                                   {"current", each.is_this},
                                   {"expires_at", each.expires_at},
                                   {"id", each.id},
                                   {"last_seen_at", each.last_seen_at}});
    return answer_with(Value::Map{{"items", std::move(items)}});
}

Result<Response> end_other_session(Call& call) {
    call.end_reading();
    TRY_OK(action::end_session(call.workplace, call.who, call.parts.at("session")));
    return nothing_more();
}

Result<Response> begin_totp(Call& call) {
    call.end_reading();
    TRY(const action::BegunTotp begun, action::begin_totp(call.workplace, call.who));
    return answer_with(Value::Map{{"secret", begun.secret}, {"url", begun.url}});
}

Result<Response> confirm_totp(Call& call) {
    TRY(const Value body, call.body());
    TRY(const std::string code, text_in(body, "code", true));
    call.end_reading();
    TRY_OK(action::confirm_totp(call.workplace, call.who, code));
    return nothing_more();
}

Result<Response> remove_totp(Call& call) {
    TRY(const Value body, call.body());
    TRY(const std::string password, text_in(body, "password", true));
    call.end_reading();
    TRY_OK(action::remove_totp(call.workplace, call.who, password));
    return nothing_more();
}

Result<Response> list_tokens(Call& call) {
    TRY(const auto tokens, action::list_tokens(call.workplace, call.reading(), call.who));
    Value::List items;
    for (const action::OwnToken& each : tokens) {
        if (!each.in_force) continue;
        items.push_back(Value::Map{{"abilities", texts(each.abilities)},
                                   {"created_at", each.created_at},
                                   {"expires_at", each.expires_at},
                                   {"id", each.id},
                                   {"last_used_at", each.last_used_at},
                                   {"ledgers", texts(each.ledgers)},
                                   {"title", each.title}});
    }
    return answer_with(Value::Map{{"items", std::move(items)}});
}

Result<Response> add_token(Call& call) {
    TRY(const Value body, call.body());
    action::NewToken wanted;
    TRY(wanted.title, text_in(body, "title", true));
    TRY(wanted.abilities, texts_in(body, "abilities"));
    TRY(wanted.ledgers, texts_in(body, "ledgers"));
    TRY(wanted.expires_on, text_in(body, "expires_on", true));
    call.end_reading();
    TRY(const action::MadeToken made, action::create_token(call.workplace, call.who, wanted));
    return answer_with(Value::Map{{"abilities", texts(wanted.abilities)},
                                  {"expires_at", made.expires_at},
                                  {"id", made.id},
                                  {"ledgers", texts(wanted.ledgers)},
                                  {"title", wanted.title},
                                  {"token", made.token}},
                       201);
}

Result<Response> end_token(Call& call) {
    TRY(const EntryId id, call.entry_id());
    call.end_reading();
    TRY_OK(action::revoke_token(call.workplace, call.who, id.value));
    return nothing_more();
}

}  // namespace fazhi::http
