// The cookie that a session's token travels in. Pure.
#pragma once

#include <string>

#include "http/request.h"

namespace fazhi::http {

inline constexpr const char* kSessionCookie = "fazhi_session";

// Set-Cookie for the token; "": takes the cookie away. Out of reach of scripts and of other sites;
// Secure where the request came over TLS, which a proxy in front says.
std::string session_cookie(const Request&, const std::string& token);
// Whether the request came over TLS: X-Forwarded-Proto of the proxy on this machine.
bool came_over_tls(const Request&);

}  // namespace fazhi::http
