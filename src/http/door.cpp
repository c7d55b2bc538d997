#include "http/door.h"

#include <chrono>
#include <exception>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "access/errors.h"
#include "access/session.h"
#include "action/accounts.h"
#include "action/sign_in.h"
#include "http/call.h"
#include "http/errors.h"
#include "http/meter.h"
#include "http/problem.h"
#include "http/routes.h"
#include "http/session_cookie.h"
#include "storage/failure.h"

namespace fazhi::http {
namespace {

constexpr std::string_view kBearer = "Bearer ";
constexpr std::string_view kExternalSignInPath = "/api/session/external/";
constexpr std::string_view kSignInBody = "SignIn";  // the schema of what somebody signs in with

Result<void> identify(Call& call) {
    const std::string authorization = call.request.header("authorization");
    if (authorization.starts_with(kBearer)) {
        TRY(call.who,
            access::api_token_of(call.reading(), authorization.substr(kBearer.size()), call.at));
    } else {
        call.session_token = call.request.cookie(kSessionCookie);
        TRY(call.who, access::session_of(call.reading(), call.session_token, call.at));
    }
    call.see(call.who.jurisdiction);
    TRY(call.own, call.workplace.directories.find(call.reading(), call.who.jurisdiction));
    TRY(call.actor, action::actor_of(call.workplace, *call.own, call.who));
    return {};
}

// A browser sends its cookie along with whatever another site makes it ask: a change must bring
// what only our own page knows.
Result<void> check_csrf(const Call& call) {
    if (call.who.by_token ||
        access::same_text(access::csrf_of(call.session_token), call.request.header("x-csrf-token")))
        return {};
    return refuse(ErrorKind::Forbidden, errors::kNoCsrf,
                  "这一页打开得太久，请刷新后再提交；您填的内容还在。");
}

Result<void> require_own_password(const Call& call) {
    if (!call.who.must_change && !call.who.must_add_totp) return {};
    return refuse(ErrorKind::Forbidden, errors::kMustChangePassword,
                  call.who.must_change ? "请先修改初始密码。" : "请先设置动态码。");
}

Result<void> admit(Call& call, const Route& route) {
    if (route.open == Open::ToAll) return {};
    TRY_OK(identify(call));
    if (route.changes()) {
        TRY_OK(check_csrf(call));
    }
    if (route.open == Open::ToSignedIn) return {};
    TRY_OK(require_own_password(call));
    if (route.open == Open::InPerson && call.who.by_token)
        return refuse(ErrorKind::Forbidden, access::errors::kNotByToken,
                      "访问令牌不能办理这一事项，请由本人登录办理。");
    return {};
}

Error too_many() {
    return {
        ErrorKind::Unavailable, errors::kTooMany, "操作太频繁，请过几秒再试；您填的内容还在。", {}};
}

Response put_off(const std::string& id) {
    meter().count_refused("rate");
    Response out = problem_response(too_many(), id, nullptr);
    out.status = 429;
    return out;
}

Result<Response> answered(Call& call, const Route& route, Limiter& limiter, const Rate& rate) {
    TRY_OK(admit(call, route));
    if (call.actor.person &&
        !limiter.take(
            fmt::format("account {}/{}", call.actor.jurisdiction.value, call.actor.person.value),
            rate))
        return put_off(call.id);
    if (route.open != Open::ToAll) {
        // A question goes on reading what it was admitted by; a change waits with nothing open.
        const bool is_due = action::is_touch_due(call.workplace, call.who);
        // Of the snapshot that is there anyway. Where it is refused, as of an office without packs,
        // the handler that needs it asks again and says so; not all do.
        if (route.changes() && call.parts.contains("office")) static_cast<void>(call.office());
        if (route.changes() || is_due) call.end_reading();
        // Before anything is done: what is done afterwards is not undone by it.
        if (is_due) {
            TRY_OK(action::touch_session(call.workplace, call.who));
        }
    }
    return route.handle(call);
}

Error accident(const std::string& id) {
    return {ErrorKind::Unavailable,
            errors::kAccident,
            fmt::format("出了意外，请稍后再试；还不行，请把这个号告诉管理员：{}", id),
            {}};
}

Response guarded(Call& call, const Route& route, Limiter& limiter, const Rate& rate) {
    try {
        auto made = answered(call, route, limiter, rate);
        if (made) return *std::move(made);
        const action::Office* office = call.known_office();
        return problem_response(made.error(), call.id,
                                office == nullptr ? nullptr : &office->directory);
    } catch (const storage::Failure& failure) {
        spdlog::error("request {}: {}", call.id, failure.what());
        return problem_response(
            {ErrorKind::Unavailable, errors::kBusy, storage::message_for(failure), {}}, call.id,
            nullptr);
    } catch (const std::exception& broken) {
        spdlog::error("request {}: {}", call.id, broken.what());
        Response out = problem_response(accident(call.id), call.id, nullptr);
        out.status = 500;
        return out;
    }
}

bool is_ours(std::string_view path) {
    return path == "/api" || path.starts_with("/api/");
}

Response no_route(const Request& request, const std::string& id, bool path_known) {
    if (path_known) {
        Response out = problem_response({ErrorKind::InvalidInput,
                                         errors::kWrongMethod,
                                         fmt::format("这个地址不接受 {}。", request.method),
                                         {}},
                                        id, nullptr);
        out.status = 405;
        return out;
    }
    return problem_response(
        {ErrorKind::NotFound, errors::kNotThere, "没有这个地址，请从首页重新选择。", {}}, id,
        nullptr);
}

void protect(Response& response) {
    response.headers.emplace_back("X-Content-Type-Options", "nosniff");
    response.headers.emplace_back("Referrer-Policy", "no-referrer");
    response.headers.emplace_back("X-Frame-Options", "DENY");
    if (response.header("Cache-Control").empty())
        response.headers.emplace_back("Cache-Control", "no-store");
    if (response.header("Content-Security-Policy").empty())
        response.headers.emplace_back("Content-Security-Policy",
                                      "default-src 'none'; frame-ancestors 'none'");
}

}  // namespace

Result<void> admit_staff(Call& call) {
    TRY_OK(identify(call));
    return require_own_password(call);
}

Response Door::routed(const Request& request, const std::string& id, Routed& found) {
    const Route& route = *found.route;
    const bool signs_in = route.body == kSignInBody || route.path.starts_with(kExternalSignInPath);
    const bool may_come =
        limiter_.take("address " + request.address, rates_.address) &&
        (!signs_in || limiter_.take("sign-in " + request.address, rates_.sign_in));
    if (!may_come) return put_off(id);
    Call call(workplace_, request, id, external_);
    call.parts = std::move(found.parts);
    return guarded(call, route, limiter_, rates_.account);
}

Response Door::answer(const Request& request, const std::string& id) {
    return answer(request, id, route_for(request.method, request.path));
}

Response Door::answer(const Request& request, const std::string& id, Routed found) {
    const auto begun = std::chrono::steady_clock::now();
    Response response;
    if (found.route != nullptr) {
        response = routed(request, id, found);
    } else if (is_ours(request.path) || found.path_known) {
        response = no_route(request, id, found.path_known);
    } else {
        response = files_.answer(request);
    }
    protect(response);
    meter().count(request.method, found.route == nullptr ? "" : found.route->path, response.status,
                  std::chrono::steady_clock::now() - begun);
    return response;
}

}  // namespace fazhi::http
