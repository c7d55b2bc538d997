// Any bytes as an office's own form: filled, or refused.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "document/docx_template.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto marks = fazhi::document::marks_of_docx(bytes);
    if (!marks) return 0;
    fazhi::document::TemplateFill fill{.values = {}, .lists = {{"people", {{{"name", "甲"}}, {}}}}};
    for (const auto& name : *marks) {
        if (!name.starts_with("people.")) fill.values[name] = "甲\n乙";
    }
    static_cast<void>(fazhi::document::fill_docx(bytes, fill));
    return 0;
}
