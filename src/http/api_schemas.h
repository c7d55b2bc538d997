// api/schemas.yaml, which is part of the program.
#pragma once

#include <string_view>

namespace fazhi::http {

std::string_view api_schemas();

}  // namespace fazhi::http
