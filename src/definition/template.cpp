#include "definition/template.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "definition/errors.h"

namespace fazhi::definition {

namespace {

// "余", "万", "last_year", "change" say how a figure is shown; "unit:次" gives it another unit.
constexpr auto kFormats = std::to_array<std::string_view>({"余", "万", "last_year", "change"});

Refusal faulty(std::string message) {
    return refuse(ErrorKind::InvalidInput, errors::kFaultyPack, std::move(message));
}

// What stands between the braces: name|format|unit:次.
Result<Placeholder> parse_placeholder(std::string_view inside) {
    Placeholder placeholder;
    std::size_t begin = inside.find('|');
    placeholder.name = std::string(inside.substr(0, begin));
    if (placeholder.name.empty()) return faulty("花括号里没有名称");
    while (begin != std::string_view::npos) {
        const std::size_t end = inside.find('|', begin + 1);
        const std::string_view mark = inside.substr(begin + 1, end - begin - 1);
        if (mark.starts_with("unit:")) {
            placeholder.unit = std::string(mark.substr(5));
        } else if (std::find(kFormats.begin(), kFormats.end(), mark) != kFormats.end()) {
            if (!placeholder.format.empty()) return faulty("一个数只能有一种写法");
            placeholder.format = std::string(mark);
        } else {
            return faulty(fmt::format(
                "没有写法“|{}”；可以写 |余、|万、|last_year、|change、|unit:单位", mark));
        }
        begin = end;
    }
    return placeholder;
}

class SentenceParser {
public:
    explicit SentenceParser(std::string_view text) : rest_(text) {}

    Result<Sentence> parse() {
        Sentence sentence;
        while (!rest_.empty()) {
            const char next = rest_.front();
            if (next == ']') return faulty("方括号没有配对");
            if (next == '[') {
                TRY(SentencePiece piece, clause());
                sentence.pieces.push_back(std::move(piece));
            } else {
                TRY(SentencePiece piece, text_or_placeholder());
                sentence.pieces.push_back(std::move(piece));
            }
        }
        return sentence;
    }

private:
    Result<SentencePiece> text_or_placeholder() {
        SentencePiece piece;
        if (rest_.front() == '}') return faulty("花括号没有配对");
        if (rest_.front() != '{') {
            const std::size_t end = std::min(rest_.find_first_of("{}[]"), rest_.size());
            piece.text = std::string(rest_.substr(0, end));
            rest_.remove_prefix(end);
            return piece;
        }
        const std::size_t end = rest_.find('}');
        if (end == std::string_view::npos) return faulty("花括号没有配对");
        TRY(piece.placeholder, parse_placeholder(rest_.substr(1, end - 1)));
        rest_.remove_prefix(end + 1);
        return piece;
    }

    Result<SentencePiece> clause() {
        SentencePiece piece;
        rest_.remove_prefix(1);
        while (!rest_.empty() && rest_.front() != ']') {
            if (rest_.front() == '[') return faulty("方括号里不能再有方括号");
            TRY(SentencePiece inner, text_or_placeholder());
            piece.clause.push_back(std::move(inner));
        }
        if (rest_.empty()) return faulty("方括号没有配对");
        rest_.remove_prefix(1);
        if (piece.clause.empty()) return faulty("方括号里没有内容");
        return piece;
    }

    std::string_view rest_;
};

void collect(const std::vector<SentencePiece>& pieces, std::vector<Placeholder>& out) {
    for (const SentencePiece& piece : pieces) {
        if (piece.placeholder) out.push_back(*piece.placeholder);
        for (const SentencePiece& inner : piece.clause) {
            if (inner.placeholder) out.push_back(*inner.placeholder);
        }
    }
}

}  // namespace

Result<Sentence> parse_sentence(std::string_view text) {
    return SentenceParser(text).parse();
}

std::vector<Placeholder> placeholders_of(const Sentence& sentence) {
    std::vector<Placeholder> all;
    collect(sentence.pieces, all);
    return all;
}

}  // namespace fazhi::definition
