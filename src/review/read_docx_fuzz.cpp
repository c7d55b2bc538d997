// Any bytes as DOCX: read, or refused; what is read keeps the promises of source_text.h.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/invariant.h"
#include "review/extraction_message.h"
#include "review/read_docx.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto read = fazhi::review::read_docx(bytes);
    // What a child answers is taken only where every promise holds.
    if (read) INVARIANT(fazhi::review::decoded_answer(encoded(read)));
    return 0;
}
