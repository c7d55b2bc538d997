// Any bytes as an XLSX file: read, or refused.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "exchange/table.h"
#include "exchange/xlsx_reader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto sheets = fazhi::exchange::read_xlsx(bytes);
    if (!sheets) return 0;
    for (const auto& sheet : *sheets)
        static_cast<void>(fazhi::exchange::table_of(sheet, {"日期", "单位"}));
    return 0;
}
