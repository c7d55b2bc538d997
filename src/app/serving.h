// `fazhi serve`: the server over a workplace, until SIGINT or SIGTERM.
#pragma once

#include <string>

#include "action/workplace.h"
#include "base/result.h"

namespace fazhi::app {

// Refuses an address that is not loopback.
Result<void> serve(action::Workplace&, const std::string& listen);

}  // namespace fazhi::app
