// Whether a text is XML as spreadsheets are made of: well formed, its names' spaces declared, no
// types of its own. Any thread. Cost: one pass, memory by its depth, which is bounded.
//
// liborcus ends the program where a part of a file is not well formed (an assertion, found by a
// fuzzer), so nothing else is handed to it.
#pragma once

#include <string_view>

namespace fazhi::exchange {

bool is_plain_xml(std::string_view bytes);

}  // namespace fazhi::exchange
