// Every refusal of this room.
#pragma once

#include <string_view>

namespace fazhi::app::errors {

// The configuration file is not there, is no YAML, or has keys or values that cannot be.
inline constexpr std::string_view kBadConfig = "app.bad_config";

}  // namespace fazhi::app::errors
