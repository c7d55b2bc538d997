#include "text/utf8.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <stdexcept>

#include <fmt/format.h>
#include <unicode/brkiter.h>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

#include "text/code_point.h"
#include "text/errors.h"

namespace fazhi::text {
namespace {

void require(UErrorCode status) {
    if (U_FAILURE(status)) throw std::runtime_error(u_errorName(status));
}

const icu::Normalizer2& nfc_normalizer() {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* normalizer = icu::Normalizer2::getNFCInstance(status);
    require(status);
    return *normalizer;
}

icu::StringPiece piece_of(std::string_view text) {
    return {text.data(), static_cast<std::int32_t>(text.size())};
}

bool is_direction_mark(char32_t c) {
    return c == U'\u061C' || c == U'\u200E' || c == U'\u200F' ||
           (c >= U'\u202A' && c <= U'\u202E') || (c >= U'\u2066' && c <= U'\u2069');
}

// Format characters that leave no trace on the page; variation selectors, which do, are none of
// them.
bool is_invisible(char32_t c) {
    return c == U'\u00AD' || c == U'\u034F' || c == U'\u115F' || c == U'\u1160' || c == U'\u180E' ||
           (c >= U'\u200B' && c <= U'\u200D') || (c >= U'\u2060' && c <= U'\u2065') ||
           (c >= U'\u206A' && c <= U'\u206F') || c == U'\u3164' || c == U'\uFEFF' ||
           c == U'\uFFA0' || (c >= U'\uFFF9' && c <= U'\uFFFB') || (c >= 0xE0000 && c <= 0xE007F);
}

bool is_control(char32_t c, Lines lines) {
    if (c == U'\n' || c == U'\t') return lines == Lines::One;
    const bool no_character = (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029 || no_character;
}

struct Fault {
    std::string_view code;
    const char* what;
};

std::optional<Fault> fault_of(char32_t c, Lines lines) {
    if (c == 0) return Fault{errors::kNullCharacter, "是空字符"};
    if (is_control(c, lines)) {
        const bool breaks = c == U'\n' || c == U'\t';
        return Fault{errors::kControlCharacter, breaks ? "是换行或制表符" : "是控制字符"};
    }
    if (is_direction_mark(c)) return Fault{errors::kDirectionMark, "是改变文字方向的隐藏符号"};
    if (is_invisible(c)) return Fault{errors::kInvisibleCharacter, "是看不见的零宽字符"};
    return std::nullopt;
}

// A carriage return belongs to a line break only in front of its newline.
std::string with_plain_newlines(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool pair = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
        if (!pair) out += text[i];
    }
    return out;
}

Result<void> check_characters(std::string_view text, Lines lines) {
    std::size_t at = 0;
    for (std::size_t n = 1; at < text.size(); ++n) {
        const auto c = next_code_point(text, at);
        if (!c) {
            return refuse(
                ErrorKind::InvalidInput, errors::kInvalidUtf8,
                fmt::format("第{}个字符不是有效的 UTF-8 编码，请将文件另存为 UTF-8。", n));
        }
        if (const auto fault = fault_of(*c, lines)) {
            return refuse(ErrorKind::InvalidInput, fault->code,
                          fmt::format("第{}个字符{}，请删去后重新填写。", n, fault->what));
        }
    }
    return {};
}

// One break iterator a thread: making one costs far more than walking a field's text.
icu::BreakIterator& grapheme_iterator() {
    thread_local const std::unique_ptr<icu::BreakIterator> kIterator = [] {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<icu::BreakIterator> made(
            icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
        require(status);
        return made;
    }();
    return *kIterator;
}

// The byte offsets at which graphemes end, ascending; at most `limit` of them.
std::vector<std::size_t> grapheme_ends(std::string_view text, std::size_t limit) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UText, decltype(&utext_close)> utext(
        utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), &status),
        utext_close);
    require(status);
    icu::BreakIterator& iterator = grapheme_iterator();
    iterator.setText(utext.get(), status);
    require(status);

    std::vector<std::size_t> ends;
    iterator.first();
    for (std::int32_t end = iterator.next(); end != icu::BreakIterator::DONE && ends.size() < limit;
         end = iterator.next()) {
        ends.push_back(static_cast<std::size_t>(end));
    }
    return ends;
}

constexpr std::size_t kNoLimit = static_cast<std::size_t>(-1);

}  // namespace

bool valid_utf8(std::string_view bytes) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(bytes[at]); };
    const auto follows = [&](std::size_t at) { return (byte(at) & 0xC0U) == 0x80U; };
    std::size_t at = 0;
    while (at < bytes.size()) {
        const unsigned char lead = byte(at);
        // Nearly all there is: ASCII, and three bytes whose lead (E1 to EC: Chinese) allows any
        // two.
        const bool of_three = lead >= 0xE1 && lead <= 0xEC && bytes.size() - at >= 3;
        if (lead < 0x80) {
            ++at;
        } else if (of_three && follows(at + 1) && follows(at + 2)) {
            at += 3;
        } else if (!next_code_point(bytes, at)) {
            return false;
        }
    }
    return true;
}

Result<std::string> checked_text(std::string_view bytes, TextRules rules) {
    std::string text = rules.lines == Lines::Many ? with_plain_newlines(bytes) : std::string(bytes);
    TRY_OK(check_characters(text, rules.lines));
    if (!is_nfc(text)) text = nfc(text);
    const std::size_t characters_long = length(text);
    if (characters_long > rules.length_max) {
        return refuse(ErrorKind::InvalidInput, errors::kTooLong,
                      fmt::format("最多填写{}个字符，现有{}个，请从第{}个字符起删减。",
                                  rules.length_max, characters_long, rules.length_max + 1));
    }
    return text;
}

std::string nfc(std::string_view text) {
    std::string out;
    icu::StringByteSink<std::string> sink(&out, static_cast<std::int32_t>(text.size()));
    UErrorCode status = U_ZERO_ERROR;
    nfc_normalizer().normalizeUTF8(0, piece_of(text), sink, nullptr, status);
    require(status);
    return out;
}

bool is_nfc(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const bool normal = nfc_normalizer().isNormalizedUTF8(piece_of(text), status);
    require(status);
    return normal;
}

std::size_t length(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++count) next_code_point(text, at);
    return count;
}

std::size_t grapheme_count(std::string_view text) {
    return grapheme_ends(text, kNoLimit).size();
}

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto c = static_cast<UChar32>(next_code_point(text, at).value_or(kReplacement));
        const auto kind = u_charType(c);
        const bool no_width =
            kind == U_NON_SPACING_MARK || kind == U_ENCLOSING_MARK || kind == U_FORMAT_CHAR;
        if (no_width) continue;
        const auto east_asian = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
        width += east_asian == U_EA_WIDE || east_asian == U_EA_FULLWIDTH ? 2 : 1;
    }
    return width;
}

std::string truncated(std::string_view text, std::size_t characters_max,
                      std::string_view ellipsis) {
    if (text.size() <= characters_max) return std::string(text);
    if (characters_max == 0) return {};
    const auto ends = grapheme_ends(text, characters_max + 1);
    if (ends.size() <= characters_max) return std::string(text);
    const std::size_t kept = characters_max == 1 ? 0 : ends[characters_max - 2];
    return std::string(text.substr(0, kept)) + std::string(ellipsis);
}

std::vector<std::string_view> characters(std::string_view text) {
    std::vector<std::string_view> out;
    std::size_t begin = 0;
    for (const std::size_t end : grapheme_ends(text, kNoLimit)) {
        out.push_back(text.substr(begin, end - begin));
        begin = end;
    }
    return out;
}

std::u32string code_points(std::string_view text) {
    std::u32string out(text.size(), U'\0');
    std::size_t size = 0;
    for (std::size_t at = 0; at < text.size();)
        out[size++] = next_code_point(text, at).value_or(kReplacement);
    out.resize(size);
    return out;
}

std::string from_code_points(std::u32string_view points) {
    std::size_t bytes = 0;
    for (const char32_t c : points)
        bytes += c < 0x80 ? 1U : c < 0x800 ? 2U : c < 0x10000 || c > 0x10FFFF ? 3U : 4U;
    std::string out(bytes, '\0');
    char* to = out.data();
    for (const char32_t c : points) {
        // Nearly all that offices write, ideographs and full-width signs; the rest as everywhere.
        if ((c >= 0x800 && c < 0xD800) || (c >= 0xE000 && c < 0x10000)) {
            to[0] = static_cast<char>(0xE0U | (c >> 12U));
            to[1] = static_cast<char>(0x80U | ((c >> 6U) & 0x3FU));
            to[2] = static_cast<char>(0x80U | (c & 0x3FU));
            to += 3;
        } else if (c < 0x80) {
            *to++ = static_cast<char>(c);
        } else {
            std::string other;
            append_utf8(c, other);
            to = std::copy(other.begin(), other.end(), to);
        }
    }
    return out;
}

std::string fold_width(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_code_point(text, at).value_or(kReplacement);
        const bool full = c >= U'\uFF01' && c <= U'\uFF5E';
        append_utf8(full ? c - 0xFEE0 : (c == U'\u3000' ? U' ' : c), out);
    }
    return out;
}

std::string_view trimmed(std::string_view text) {
    std::size_t first = text.size();
    std::size_t last = text.size();
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        const auto c = static_cast<UChar32>(next_code_point(text, at).value_or(kReplacement));
        if (u_isUWhiteSpace(c)) continue;
        if (first == text.size()) first = begin;
        last = at;
    }
    return text.substr(first, last - first);
}

}  // namespace fazhi::text
