#include "document/clean_text.h"

#include <algorithm>
#include <cstdint>

namespace fazhi::document {

namespace {

constexpr char32_t kReplacement = 0xFFFD;

struct Decoded {
    char32_t character = kReplacement;
    std::size_t bytes = 1;
};

struct LeadByte {
    std::size_t bytes;
    char32_t bits;
    char32_t smallest;  // Anything below was written longer than it needs: not UTF-8.
};

LeadByte read_lead(unsigned char byte) {
    if (byte < 0x80) return {1, byte, 0};
    if ((byte & 0xE0U) == 0xC0) return {2, byte & 0x1FU, 0x80};
    if ((byte & 0xF0U) == 0xE0) return {3, byte & 0x0FU, 0x800};
    if ((byte & 0xF8U) == 0xF0) return {4, byte & 0x07U, 0x10000};
    return {0, 0, 0};
}

Decoded decode(std::string_view text, std::size_t at) {
    const LeadByte lead = read_lead(static_cast<unsigned char>(text[at]));
    if (lead.bytes == 0 || at + lead.bytes > text.size()) return {};
    char32_t character = lead.bits;
    for (std::size_t n = 1; n < lead.bytes; ++n) {
        const auto byte = static_cast<unsigned char>(text[at + n]);
        if ((byte & 0xC0U) != 0x80) return {};
        character = (character << 6U) | (byte & 0x3FU);
    }
    const bool is_surrogate = character >= 0xD800 && character <= 0xDFFF;
    if (character < lead.smallest || character > 0x10FFFF || is_surrogate) return {};
    return {character, lead.bytes};
}

bool is_unfit(char32_t c) {
    const bool is_control = (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7F && c <= 0x9F);
    const bool is_direction = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    const bool is_noncharacter = (c & 0xFFFEU) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
    return is_control || is_direction || is_noncharacter;
}

void clean(std::string& text) {
    text = clean_text(text);
}

bool is_blank(char32_t c) {
    return c == ' ' || c == '\t' || c == '\n' || c == 0x3000 || c == 0xA0 || c == 0xFEFF;
}

void trim_front(Runs& runs) {
    for (Run& run : runs) {
        const std::u32string text = code_points(run.text);
        const auto first = std::find_if_not(text.begin(), text.end(), is_blank);
        run.text = utf8(std::u32string(first, text.end()));
        if (!run.text.empty()) return;
    }
}

void trim_back(Runs& runs) {
    for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
        std::u32string text = code_points(run->text);
        while (!text.empty() && is_blank(text.back())) text.pop_back();
        run->text = utf8(text);
        if (!run->text.empty()) return;
    }
}

void clean(Runs& runs) {
    for (Run& run : runs) {
        clean(run.text);
        clean(run.figure);
    }
    trim_front(runs);
    trim_back(runs);
    std::erase_if(runs, [](const Run& run) { return run.text.empty(); });
}

void clean(std::vector<Row>& rows) {
    for (Row& row : rows) {
        for (Cell& cell : row) clean(cell);
    }
}

struct BlockCleaner {
    void operator()(Heading& heading) const {
        heading.level = std::clamp(heading.level, 1, 4);
        clean(heading.runs);
    }
    void operator()(RunInHeading& heading) const {
        heading.level = std::clamp(heading.level, 1, 4);
        clean(heading.lead);
        clean(heading.runs);
    }
    void operator()(Paragraph& paragraph) const { clean(paragraph.runs); }
    void operator()(Table& table) const {
        clean(table.title);
        clean(table.header);
        clean(table.rows);
        for (std::string& note : table.notes) clean(note);
    }
    void operator()(Chart& chart) const {
        clean(chart.title);
        clean(chart.unit);
        for (std::string& category : chart.categories) clean(category);
        for (Series& series : chart.series) clean(series.title);
    }
    void operator()(Attachment& attachment) const { clean(attachment.title); }
    void operator()(PageBreak&) const {}
};

void drop_ending(std::string& text, std::u32string_view endings) {
    std::u32string characters = code_points(text);
    while (!characters.empty() && (is_blank(characters.back()) ||
                                   endings.find(characters.back()) != std::u32string_view::npos)) {
        characters.pop_back();
    }
    text = utf8(characters);
}

}  // namespace

std::u32string code_points(std::string_view text) {
    std::u32string characters;
    characters.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const Decoded decoded = decode(text, at);
        characters.push_back(decoded.character);
        at += decoded.bytes;
    }
    return characters;
}

void append_utf8(std::string& text, char32_t c) {
    const auto put = [&text](std::uint32_t byte) { text.push_back(static_cast<char>(byte)); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0U | (c >> 6U));
        put(0x80U | (c & 0x3FU));
    } else if (c < 0x10000) {
        put(0xE0U | (c >> 12U));
        put(0x80U | ((c >> 6U) & 0x3FU));
        put(0x80U | (c & 0x3FU));
    } else {
        put(0xF0U | (c >> 18U));
        put(0x80U | ((c >> 12U) & 0x3FU));
        put(0x80U | ((c >> 6U) & 0x3FU));
        put(0x80U | (c & 0x3FU));
    }
}

std::string utf8(std::u32string_view characters) {
    std::string text;
    for (const char32_t character : characters) append_utf8(text, character);
    return text;
}

std::string clean_text(std::string_view text) {
    std::string cleaned_text;
    cleaned_text.reserve(text.size());
    bool after_return = false;
    for (const char32_t character : code_points(text)) {
        if (character == '\r') {
            cleaned_text.push_back('\n');
        } else if (character != '\n' || !after_return) {
            append_utf8(cleaned_text, is_unfit(character) ? kReplacement : character);
        }
        after_return = character == '\r';
    }
    return cleaned_text;
}

Document cleaned(Document document) {
    for (std::string* text :
         {&document.title, &document.organisation, &document.number, &document.addressee,
          &document.copies, &document.issued_on, &document.printed_by, &document.printed_on,
          &document.annotation, &document.draft_mark}) {
        clean(*text);
    }
    drop_ending(document.addressee, U"：:");
    drop_ending(document.copies, U"。.");
    if (document.signer) {
        clean(document.signer->title);
        clean(document.signer->name);
        if (document.signer->title.empty()) document.signer->title = "签发人";
    }
    if (document.printed_on.empty()) document.printed_on = document.issued_on;
    for (Block& block : document.blocks) std::visit(BlockCleaner{}, block);
    for (Comment& comment : document.comments) {
        clean(comment.author);
        clean(comment.text);
    }
    return document;
}

std::string escaped(std::string_view text) {
    std::string safe;
    safe.reserve(text.size());
    for (const char character : text) {
        switch (character) {
            case '&':
                safe += "&amp;";
                break;
            case '<':
                safe += "&lt;";
                break;
            case '>':
                safe += "&gt;";
                break;
            case '"':
                safe += "&quot;";
                break;
            case '\'':
                safe += "&#39;";
                break;
            default:
                safe.push_back(character);
        }
    }
    return safe;
}

}  // namespace fazhi::document
