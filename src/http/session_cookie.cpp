#include "http/session_cookie.h"

#include <fmt/format.h>

namespace fazhi::http {

bool came_over_tls(const Request& request) {
    return request.header("x-forwarded-proto") == "https";
}

std::string session_cookie(const Request& request, const std::string& token) {
    return fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict{}{}", kSessionCookie, token,
                       token.empty() ? "; Max-Age=0" : "",
                       came_over_tls(request) ? "; Secure" : "");
}

}  // namespace fazhi::http
