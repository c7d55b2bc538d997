// The door: finds out who asks, whether they may ask that at all, lets the route answer, and makes
// one answer of whatever comes of it.
//
// answer() never throws: every outcome is a response. Any thread. Requests beyond the rates
// are put off (429).
#pragma once

#include <cstdint>
#include <string>

#include "action/workplace.h"
#include "http/call.h"
#include "http/limiter.h"
#include "http/request.h"
#include "http/web_files.h"

namespace fazhi::http {

class Door {
public:
    // `external`: null where no identity provider is set.
    Door(action::Workplace& workplace, const WebFiles& files,
         action::ExternalSignIn* external = nullptr, const Rates& rates = {})
        : workplace_(workplace), files_(files), external_(external), rates_(rates) {}

    // The path of a request decides who takes it: /api, /healthz, … the routes, all else the
    // application's files. `id`: the request's, for the log.
    Response answer(const Request&, const std::string& id);
    // The same of a request whose route has been looked up (route_for).
    Response answer(const Request&, const std::string& id, struct Routed found);

private:
    Response routed(const Request&, const std::string& id, struct Routed& found);

    action::Workplace& workplace_;
    const WebFiles& files_;
    action::ExternalSignIn* const external_;
    const Rates rates_;
    Limiter limiter_;
};

// Finds out who asks, and refuses where nobody is signed in, or a password of their own is missing.
Result<void> admit_staff(Call&);

}  // namespace fazhi::http
