// The configuration file (packaging/config.example.yaml): which database, where the data lies,
// where to listen.
#pragma once

#include <string>

#include "base/result.h"
#include "cli/command_line.h"

namespace fazhi::app {

// From the environment: FAZHI_DATABASE.
cli::Defaults environment_defaults();
// The file's keys over `defaults`, but not over what the environment says. An unknown key is
// refused (kBadConfig), with all others.
Result<cli::Defaults> read_config(const std::string& path, const cli::Defaults& defaults);

}  // namespace fazhi::app
