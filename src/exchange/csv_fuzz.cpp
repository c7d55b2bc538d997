// Any bytes as a CSV file: read, or refused.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "exchange/csv.h"
#include "exchange/table.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto sheet = fazhi::exchange::read_csv(bytes);
    if (sheet) static_cast<void>(fazhi::exchange::table_of(*sheet, {"日期", "单位"}));
    return 0;
}
