// The configuration file (packaging/config.example.yaml): which database, where the data lies,
// where to listen.
#pragma once

#include <string>

#include "base/result.h"
#include "cli/command_line.h"

namespace fazhi::app {

// From the environment: FAZHI_DATABASE.
cli::Defaults environment_defaults();
// The file's keys over `defaults`, but not over what the environment says. An unknown key, a value
// that is no text and a log level that there is not are refused (kBadConfig), all at once.
Result<cli::Defaults> read_config(const std::string& path, const cli::Defaults& defaults);

}  // namespace fazhi::app
