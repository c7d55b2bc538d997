#include <fmt/format.h>

#include "access/session.h"
#include "action/errors.h"
#include "action/external_sign_in.h"
#include "http/api.h"
#include "http/session_cookie.h"

namespace fazhi::http {
namespace {

constexpr const char* kBeginnerCookie = "fazhi_external";
constexpr int kBeginnerSeconds = 600;

// The provider's page sends the browser back from another site: Strict would keep the cookie back.
std::string beginner_cookie(const Request& request, const std::string& value) {
    return fmt::format("{}={}; Path=/api/session/external; HttpOnly; SameSite=Lax; Max-Age={}{}",
                       kBeginnerCookie, value, value.empty() ? 0 : kBeginnerSeconds,
                       came_over_tls(request) ? "; Secure" : "");
}

Response elsewhere(const std::string& where) {
    return Response{
        .status = 303, .content_type = {}, .headers = {{"Location", where}}, .body = {}};
}

// A person sees the application say what was wrong, and not a body meant for programs.
Response back_with(const Error& error) {
    return elsewhere(fmt::format("/?refused={}", error.code));
}

Error none_set() {
    return {ErrorKind::NotFound, action::errors::kNoExternal, "没有配置统一身份认证。", {}};
}

}  // namespace

Result<Response> read_external(Call& call) {
    return answer_with(
        Value::Map{{"configured", call.external != nullptr},
                   {"title", call.external == nullptr ? std::string() : call.external->title()}});
}

Result<Response> begin_external(Call& call) {
    if (call.external == nullptr) return refuse(none_set());
    const auto begun = call.external->begin(call.workplace, call.request.asked("office"));
    if (!begun) return back_with(begun.error());
    Response out = elsewhere(begun->url);
    out.headers.emplace_back("Set-Cookie", beginner_cookie(call.request, begun->browser));
    return out;
}

Result<Response> finish_external(Call& call) {
    if (call.external == nullptr) return refuse(none_set());
    const Request& request = call.request;
    const auto opened = call.external->finish(
        call.workplace, {.state = request.asked("state"),
                         .code = request.asked("code"),
                         .error = request.asked("error"),
                         .browser = request.cookie(kBeginnerCookie),
                         .address = request.address,
                         .agent = request.header("user-agent").substr(0, 200)});
    Response out = opened ? elsewhere("/") : back_with(opened.error());
    out.headers.emplace_back("Set-Cookie", beginner_cookie(request, ""));
    if (opened) out.headers.emplace_back("Set-Cookie", session_cookie(request, opened->token));
    return out;
}

}  // namespace fazhi::http
