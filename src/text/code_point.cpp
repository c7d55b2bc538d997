#include "text/code_point.h"

namespace fazhi::text {
namespace {

constexpr bool is_surrogate(char32_t c) {
    return c >= 0xD800 && c <= 0xDFFF;
}

// How many bytes follow the lead byte and what it contributes; `count` 0: a lead byte it is not.
struct Lead {
    std::size_t count = 0;
    char32_t bits = 0;
    char32_t least = 0;  // a smaller result is an overlong form
};

Lead lead_of(unsigned char byte) {
    if (byte >= 0xC2 && byte <= 0xDF) return {1, byte & 0x1FU, 0x80};
    if (byte >= 0xE0 && byte <= 0xEF) return {2, byte & 0x0FU, 0x800};
    if (byte >= 0xF0 && byte <= 0xF4) return {3, byte & 0x07U, 0x10000};
    return {};
}

}  // namespace

std::optional<char32_t> next_code_point(std::string_view text, std::size_t& at) {
    const auto first = static_cast<unsigned char>(text[at]);
    ++at;
    if (first < 0x80) return first;
    const Lead lead = lead_of(first);
    if (lead.count == 0 || text.size() - at < lead.count) return std::nullopt;

    char32_t c = lead.bits;
    for (std::size_t i = 0; i < lead.count; ++i) {
        const auto byte = static_cast<unsigned char>(text[at + i]);
        if ((byte & 0xC0U) != 0x80U) return std::nullopt;
        c = (c << 6U) | (byte & 0x3FU);
    }
    if (c < lead.least || c > 0x10FFFF || is_surrogate(c)) return std::nullopt;
    at += lead.count;
    return c;
}

void append_utf8(char32_t c, std::string& out) {
    if (c > 0x10FFFF || is_surrogate(c)) c = kReplacement;
    const auto tail = [&](unsigned shift) {
        out += static_cast<char>(0x80U | ((c >> shift) & 0x3FU));
    };
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0U | (c >> 6U));
        tail(0);
    } else if (c < 0x10000) {
        out += static_cast<char>(0xE0U | (c >> 12U));
        tail(6);
        tail(0);
    } else {
        out += static_cast<char>(0xF0U | (c >> 18U));
        tail(12);
        tail(6);
        tail(0);
    }
}

}  // namespace fazhi::text
