// Any text as a signed note: refused, or split where it says.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "journal/note.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto note = fazhi::journal::parse_note(bytes);
    if (note && (!bytes.starts_with(note->text) || note->signatures.empty())) std::abort();
    return 0;
}
