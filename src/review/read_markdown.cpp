#include "review/read_markdown.h"

#include <algorithm>
#include <exception>
#include <optional>
#include <vector>

#include <md4c.h>

#include "review/errors.h"
#include "review/read_lines.h"
#include "review/read_plain_text.h"
#include "text/utf8.h"

namespace fazhi::review {

namespace {

// Where bytes of a text stand, asked for mostly in ascending order.
class Places {
public:
    explicit Places(std::string_view text) : text_(text) {
        starts_.push_back(0);
        for (std::size_t at = 0; at < text.size(); ++at) {
            if (text[at] == '\n') starts_.push_back(at + 1);
        }
    }

    Spot spot_at(std::size_t byte) {
        const auto line = std::upper_bound(starts_.begin(), starts_.end(), byte) - 1;
        if (*line != line_start_ || byte < counted_to_) {
            line_start_ = *line;
            counted_to_ = *line;
            characters_ = 0;
        }
        characters_ +=
            static_cast<std::uint32_t>(text::length(text_.substr(counted_to_, byte - counted_to_)));
        counted_to_ = byte;
        return {1, static_cast<std::uint32_t>(line - starts_.begin()) + 1, characters_};
    }

    // What stands before a byte on its line.
    [[nodiscard]] std::string_view line_until(std::size_t byte) const {
        const auto line = std::upper_bound(starts_.begin(), starts_.end(), byte) - 1;
        return text_.substr(*line, byte - *line);
    }

private:
    std::string_view text_;
    std::vector<std::size_t> starts_;
    std::size_t line_start_ = 0;
    std::size_t counted_to_ = 0;
    std::uint32_t characters_ = 0;
};

// "12." or "3)" at the end of what precedes an item's text, spaces apart.
std::string_view number_of_item(std::string_view before) {
    while (!before.empty() && before.back() == ' ') before.remove_suffix(1);
    if (before.empty() || (before.back() != '.' && before.back() != ')')) return {};
    std::size_t begin = before.size() - 1;
    while (begin > 0 && before[begin - 1] >= '0' && before[begin - 1] <= '9') --begin;
    return before.substr(begin);
}

// Takes what md4c calls out and makes blocks of it.
class Collector {
public:
    Collector(std::string_view text, SourceText& out) : text_(text), places_(text), out_(out) {}

    void enter(MD_BLOCKTYPE type, const void* detail) {
        flush();
        if (type == MD_BLOCK_H) {
            kind_ = BlockKind::Heading;
            level_ = static_cast<int>(static_cast<const MD_BLOCK_H_DETAIL*>(detail)->level);
        }
        if (type == MD_BLOCK_TABLE) place_ = {place_.table + 1, 0, 0};
        if (type == MD_BLOCK_TR) place_ = {place_.table, place_.row + 1, 0};
        if (type == MD_BLOCK_TH || type == MD_BLOCK_TD) {
            kind_ = BlockKind::TableCell;
            ++place_.column;
        }
        begins_item_ = begins_item_ || type == MD_BLOCK_LI;
    }

    void leave(MD_BLOCKTYPE type) {
        flush();
        if (type == MD_BLOCK_H || type == MD_BLOCK_TH || type == MD_BLOCK_TD) {
            kind_ = BlockKind::Paragraph;
            level_ = 0;
        }
        if (type == MD_BLOCK_LI) begins_item_ = false;
    }

    void take(MD_TEXTTYPE type, std::string_view piece) {
        if (type == MD_TEXT_BR || (type == MD_TEXT_HTML && piece.starts_with("<br"))) {
            flush();
        } else if (type == MD_TEXT_SOFTBR) {
            end_line();
        } else if (type != MD_TEXT_HTML) {
            const bool named = type == MD_TEXT_ENTITY;
            take_text(named ? entity(piece) : text::code_points(piece), piece.data());
        }
    }

private:
    // Those that Chinese text is written with; others stay as they are written.
    static std::u32string entity(std::string_view name) {
        if (name == "&nbsp;" || name == "&emsp;" || name == "&ensp;") return U" ";
        if (name == "&lt;") return U"<";
        if (name == "&gt;") return U">";
        if (name == "&amp;") return U"&";
        if (name == "&quot;") return U"\"";
        if (name == "&ldquo;") return U"“";
        if (name == "&rdquo;") return U"”";
        if (name == "&middot;") return U"·";
        return text::code_points(name);
    }

    // Code comes in lines, whose ends md4c writes itself.
    void take_text(const std::u32string& piece, const char* from) {
        if (piece == U"\n") {
            end_line();
            return;
        }
        const bool of_file = from >= text_.data() && from < text_.data() + text_.size();
        if (of_file) {
            const auto byte = static_cast<std::size_t>(from - text_.data());
            if (begins_item_) take_number(byte);
            spot_ = places_.spot_at(byte);
        }
        begins_item_ = false;
        append(line_, piece, spot_);
        spot_.offset += static_cast<std::uint32_t>(piece.size());
    }

    void take_number(std::size_t byte) {
        const std::string_view number = number_of_item(places_.line_until(byte));
        if (number.size() < 2) return;
        const auto begin = static_cast<std::size_t>(number.data() - text_.data());
        append(line_, text::code_points(number), places_.spot_at(begin));
    }

    void end_line() {
        if (line_.empty()) return;
        SourceLine line;
        line.right = static_cast<double>(columns_of(characters_of(line_))) / 2;
        line.text = std::exchange(line_, {});
        lines_.push_back(std::move(line));
    }

    void flush() {
        end_line();
        for (const PlacedText& paragraph : joined_paragraphs(lines_)) {
            TextBlock block = block_of(kind_, level_, paragraph);
            if (block.text.empty()) continue;
            if (kind_ == BlockKind::TableCell) block.place = place_;
            out_.blocks.push_back(std::move(block));
        }
        lines_.clear();
    }

    std::string_view text_;
    Places places_;
    SourceText& out_;
    BlockKind kind_ = BlockKind::Paragraph;
    int level_ = 0;
    TablePlace place_;
    bool begins_item_ = false;
    Spot spot_;
    PlacedText line_;
    std::vector<SourceLine> lines_;
};

Collector& collector(void* of) {
    return *static_cast<Collector*>(of);
}

}  // namespace

Result<SourceText> read_markdown(std::string_view bytes) {
    TRY(const std::string text, decoded_text(bytes));
    SourceText out{.format = "markdown", .pages = 1, .blocks = {}, .notices = {}};
    Collector collected(text, out);
    MD_PARSER parser{};
    parser.flags = MD_FLAG_TABLES | MD_FLAG_NOINDENTEDCODEBLOCKS | MD_FLAG_NOHTMLBLOCKS;
    parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* to) {
        collector(to).enter(type, detail);
        return 0;
    };
    parser.leave_block = [](MD_BLOCKTYPE type, void*, void* to) {
        collector(to).leave(type);
        return 0;
    };
    parser.enter_span = [](MD_SPANTYPE, void*, void*) { return 0; };
    parser.leave_span = [](MD_SPANTYPE, void*, void*) { return 0; };
    parser.text = [](MD_TEXTTYPE type, const MD_CHAR* piece, MD_SIZE size, void* to) {
        collector(to).take(type, {piece, size});
        return 0;
    };
    if (md_parse(text.data(), static_cast<MD_SIZE>(text.size()), &parser, &collected) != 0)
        throw std::bad_alloc();
    join_parted(out.blocks);
    if (!out.blocks.empty()) return out;
    return refuse(ErrorKind::InvalidInput, errors::kNoText, "文件里没有文字。");
}

bool has_markdown_heading(std::string_view text) {
    constexpr std::size_t kLevelMax = 6;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const std::string_view line = text.substr(begin, end - begin);
        const std::size_t marks = std::min(line.find_first_not_of('#'), line.size());
        const bool spaced = marks < line.size() && line[marks] == ' ';
        if (marks > 0 && marks <= kLevelMax && spaced) return true;
        begin = end + 1;
    }
    return false;
}

}  // namespace fazhi::review
