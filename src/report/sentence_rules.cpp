#include "report/sentence_rules.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "text/approximate.h"
#include "text/percent.h"

namespace fazhi::report {
namespace {

using definition::SentencePiece;
using document::Run;
using document::Runs;

std::optional<std::int64_t> whole_number(const std::string& text) {
    std::int64_t out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return out;
}

struct Rendered {
    Runs runs;
    int figures = 0;
    int live = 0;     // with a value that is not 0
    int without = 0;  // without a value
};

void add_text(Runs& runs, const std::string& text, const std::string& key) {
    if (text.empty()) return;
    if (key.empty() && !runs.empty() && runs.back().figure.empty()) {
        runs.back().text += text;
    } else {
        runs.push_back(Run{.text = text, .figure = key});
    }
}

Rendered render_pieces(const std::vector<SentencePiece>& pieces, const Reader& read) {
    Rendered out;
    for (const SentencePiece& piece : pieces) {
        if (!piece.clause.empty()) {
            // Only one level of clauses: the definition room refuses nested ones.
            Rendered clause;
            for (const SentencePiece& inner : piece.clause) {
                const Rendered part = render_pieces({inner}, read);
                for (const Run& run : part.runs) add_text(clause.runs, run.text, run.figure);
                clause.figures += part.figures;
                clause.live += part.live;
            }
            if (clause.live < clause.figures) continue;
            for (const Run& run : clause.runs) add_text(out.runs, run.text, run.figure);
            out.figures += clause.figures;
            out.live += clause.live;
        } else if (piece.placeholder) {
            const Reading reading = read(*piece.placeholder);
            add_text(out.runs, reading.has_value ? reading.text : "无数据", reading.key);
            if (!reading.is_figure) continue;
            ++out.figures;
            if (!reading.has_value) ++out.without;
            if (reading.has_value && !reading.is_zero) ++out.live;
        } else {
            add_text(out.runs, piece.text, {});
        }
    }
    return out;
}

}  // namespace

std::string figure_text(const measure::Figure& figure, const std::string& format,
                        const std::string& unit) {
    const std::string& shown_unit = unit.empty() ? figure.unit : unit;
    const auto whole = whole_number(figure.value);
    if (whole && format == "余") return text::about_text(*whole) + shown_unit;
    if (whole && format == "万") return text::ten_thousands_text(*whole) + shown_unit;
    return figure.value + shown_unit;
}

std::string change_text(const measure::Figure& now, const measure::Figure& before) {
    if (!now.has_value || !before.has_value || before.scaled <= 0) return {};
    return text::change_text(now.scaled, before.scaled).value_or("");
}

Runs render(const definition::Sentence& sentence, const Reader& read) {
    Rendered rendered = render_pieces(sentence.pieces, read);
    const bool stands =
        sentence.keep || rendered.figures == 0 || (rendered.live > 0 && rendered.without == 0);
    return stands ? std::move(rendered.runs) : Runs{};
}

}  // namespace fazhi::report
