// Any bytes as a file of any format: its format, or a refusal. The reader of each has its own.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "review/read_format.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto format = fazhi::review::format_of("报告.docx", bytes);
    if (format) static_cast<void>(fazhi::review::is_renamed("报告.docx", *format));
    return 0;
}
