// `fazhi serve`: the server over a workplace, until SIGINT or SIGTERM.
#pragma once

#include <string>

#include "action/workplace.h"
#include "base/result.h"
#include "cli/command_line.h"

namespace fazhi::app {

// At `defaults.listen`; logs what is at least as severe as `defaults.log_level` to standard error.
// Refuses an address that is not loopback.
Result<void> serve(action::Workplace&, const cli::Defaults& defaults);

}  // namespace fazhi::app
