// Whether a text is an address a mail can be sent to (电子邮箱). Pure; any thread.
#pragma once

#include <string_view>

namespace fazhi::text {

// One @ with something on either side, ASCII, no white space, quotes, brackets or commas, at most
// 254 bytes (RFC 5321 §4.5.3.1.3).
bool is_mail_address(std::string_view address);

}  // namespace fazhi::text
