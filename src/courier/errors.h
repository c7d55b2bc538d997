// Every refusal of this room.
#pragma once

#include <string_view>

namespace fazhi::courier::errors {

// The configuration of a channel is wrong.
inline constexpr std::string_view kBadChannel = "courier.bad_channel";
// The other end could not be reached or is busy: the same message may be tried again later.
inline constexpr std::string_view kNotSent = "courier.not_sent";
// The other end took a look and will not have it: trying again is no use.
inline constexpr std::string_view kRejected = "courier.rejected";

}  // namespace fazhi::courier::errors
