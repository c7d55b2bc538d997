#include "text/mail_address.h"

#include <algorithm>

namespace fazhi::text {

bool is_mail_address(std::string_view address) {
    constexpr std::size_t kLengthMax = 254;
    constexpr std::string_view kOdd = "<>()[]\",;:\\";
    const auto at = address.find('@');
    const bool placed = at != std::string_view::npos && at > 0 && at + 1 < address.size() &&
                        address.find('@', at + 1) == std::string_view::npos;
    return placed && address.size() <= kLengthMax &&
           std::all_of(address.begin(), address.end(), [&](char c) {
               return c > ' ' && c < '\x7F' && kOdd.find(c) == std::string_view::npos;
           });
}

}  // namespace fazhi::text
