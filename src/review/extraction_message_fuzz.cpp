// Any bytes as a child's answer: taken where every promise of source_text.h holds, else refused.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/invariant.h"
#include "review/extraction_message.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto answer = fazhi::review::decoded_answer(bytes);
    if (!answer) return 0;
    for (const auto& block : answer->blocks) {
        for (std::uint32_t at = 0; at < block.text.size(); ++at) {
            INVARIANT(fazhi::review::spot_of(block, at).page <= answer->pages);
        }
    }
    return 0;
}
