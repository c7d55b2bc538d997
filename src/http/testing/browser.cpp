#include "http/testing/browser.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "action/accounts.h"
#include "http/json.h"
#include "http/testing/described.h"
#include "journal/record.h"

namespace fazhi::http::testing {

Browser::Browser(action::Workplace& workplace, const std::string& office, const std::string& person)
    : door_(workplace, files_) {
    const auto jurisdiction =
        access::Organisation::jurisdiction(*workplace.database.reading(), office);
    REQUIRE(jurisdiction);
    const auto first = action::reset_account(workplace,
                                             {.by = access::system_actor(jurisdiction->id),
                                              .office = jurisdiction->id,
                                              .person = person,
                                              .address = {}},
                                             action::Codes::Remove);
    REQUIRE_MESSAGE(first, (first ? "" : first.error().message));
    password = first->password;
    const Response in =
        send("POST", "/api/session",
             Value(Value::Map{{"login", first->login}, {"password", first->password}}));
    const Value session = json(in);
    const std::string set = in.header("Set-Cookie");
    cookie = set.substr(0, set.find(';'));
    csrf = session.text_at("csrf");
    const std::string own = "Own-word-of-" + person + "-27";
    const Response changed = send("POST", "/api/session/password",
                                  Value(Value::Map{{"new", own}, {"old", first->password}}));
    REQUIRE_MESSAGE(changed.status == 204, changed.body);
    password = own;
}

Response Browser::send(const std::string& method, const std::string& target,
                       const std::string& body, const Headers& more) {
    Request request;
    request.method = method;
    const std::size_t question = std::min(target.find('?'), target.size());
    request.path = target.substr(0, question);
    std::size_t from = question + 1;
    while (from < target.size()) {
        const std::size_t to = std::min(target.find('&', from), target.size());
        const std::string pair = target.substr(from, to - from);
        const std::size_t equals = std::min(pair.find('='), pair.size());
        request.query.emplace(pair.substr(0, equals),
                              equals < pair.size() ? pair.substr(equals + 1) : std::string());
        from = to + 1;
    }
    request.headers = more;
    if (!cookie.empty()) request.headers.emplace("cookie", cookie);
    if (!csrf.empty()) request.headers.emplace("x-csrf-token", csrf);
    request.headers.emplace("content-type", "application/json");
    request.body = body;
    request.address = "127.0.0.1";
    Response out = door_.answer(request, "test-" + std::to_string(++requests_));
    const std::string fault = fault_of(method, request.path, out);
    CHECK_MESSAGE(fault.empty(), fmt::format("{} {}: {}", method, request.path, fault));
    return out;
}

Response Browser::send(const std::string& method, const std::string& target, const Value& body,
                       const Headers& more) {
    return send(method, target, journal::canonical(body), more);
}

Value Browser::json(const Response& response, int status) {
    CHECK_MESSAGE(response.status == status, response.body);
    const auto body = parse_body(response.body);
    REQUIRE_MESSAGE(body, response.body);
    return *body;
}

}  // namespace fazhi::http::testing
