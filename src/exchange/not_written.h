// What is said where a file that was asked for cannot be written. Any thread.
#pragma once

#include <filesystem>

#include "base/result.h"

namespace fazhi::exchange {

// kNotWritten.
Refusal not_written(const std::filesystem::path&);

}  // namespace fazhi::exchange
