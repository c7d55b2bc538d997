// Any text as a record body: refused, or exactly the canonical form of its value.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "journal/record.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto value = fazhi::journal::parse_canonical(bytes);
    if (value && fazhi::journal::canonical(*value) != bytes) std::abort();
    return 0;
}
