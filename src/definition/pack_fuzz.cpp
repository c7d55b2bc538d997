// Any text as a ledger file of a pack: built, or every problem said.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "definition/loader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    fazhi::definition::PackSource pack;
    pack.name = "fuzzed";
    pack.files = {{"pack.yaml", "pack: fuzzed\ntitle: 试\nversion: \"1.0.0\"\n"},
                  {"ledgers/one.yaml", std::string(bytes)}};
    const auto loaded = fazhi::definition::build_set({pack});
    if (!loaded.set && loaded.problems.empty()) std::abort();
    return 0;
}
