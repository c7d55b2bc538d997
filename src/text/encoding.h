// Encodings other than UTF-8 that Chinese offices' files come in.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fazhi::text {

// GB18030-2005 (and with it GBK and GB2312) as UTF-8. Nothing where a byte sequence is none of it.
// Pure; any thread.
std::optional<std::string> from_gb18030(std::string_view bytes);

}  // namespace fazhi::text
