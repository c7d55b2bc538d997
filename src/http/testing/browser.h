// Somebody at a browser, without a socket: signs in, keeps the cookie, sends the mark that changes
// need. Every answer is held against the API's description (described.h).
#pragma once

#include <map>
#include <string>

#include "action/workplace.h"
#include "base/value.h"
#include "http/door.h"
#include "http/request.h"

namespace fazhi::http::testing {

class Browser {
public:
    // Nobody signed in.
    explicit Browser(action::Workplace& workplace) : door_(workplace, files_) {}
    // Makes the person's account where there is none, signs in, and changes the first password.
    Browser(action::Workplace&, const std::string& office, const std::string& person);

    using Headers = std::map<std::string, std::string, std::less<>>;
    // `target`: a path, perhaps with "?name=value&…", not encoded.
    Response get(const std::string& target) { return send("GET", target); }
    Response send(const std::string& method, const std::string& target,
                  const std::string& body = {}, const Headers& more = {});
    Response send(const std::string& method, const std::string& target, const Value& body,
                  const Headers& more = {});
    // The body of an answer; CHECKs that the status is the one expected.
    Value json(const Response&, int status = 200);

    std::string cookie;  // "fazhi_session=…"; "": none
    std::string csrf;
    std::string password;

private:
    WebFiles files_;
    Door door_;
    int requests_ = 0;
};

}  // namespace fazhi::http::testing
