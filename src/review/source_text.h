// A file's text in reading order, every character traceable to its place in the file.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace fazhi::review {

// Where a character stands in the file: page and line from 1 (a format without pages: page 1),
// offset in characters from 0 within the line.
struct Spot {
    std::uint32_t page = 1;
    std::uint32_t line = 1;
    std::uint32_t offset = 0;

    friend bool operator==(const Spot&, const Spot&) = default;
};

// From character `begin` of a block on, spots count up by one character until the next run.
struct SpotRun {
    std::uint32_t begin = 0;
    Spot spot;

    friend bool operator==(const SpotRun&, const SpotRun&) = default;
};

enum class BlockKind { Paragraph, Heading, TableCell, Footnote };

// Where a cell stands, each from 1: the file's first table, its first row, the row's first column.
struct TablePlace {
    std::uint32_t table = 0;
    std::uint32_t row = 0;
    std::uint32_t column = 0;

    friend bool operator==(const TablePlace&, const TablePlace&) = default;
};

// Broken lines rejoined, running heads and page numbers removed, widths and spacing normalised.
struct TextBlock {
    BlockKind kind = BlockKind::Paragraph;
    int level = 0;  // a heading's, from 1, where the format says so; else 0
    std::u32string text;
    std::vector<SpotRun> runs;  // the first begins at 0; none where the text is empty
    TablePlace place = {};      // a table cell's; else zeros

    friend bool operator==(const TextBlock&, const TextBlock&) = default;
};

// What a reader should know that is not in the text: hidden text, deletions in a tracked change,
// pages read by OCR and how sure of them it is.
struct SourceNotice {
    std::string code;     // "hidden_text", "tracked_deletion", "ocr", …
    std::string message;  // Chinese
    Spot spot;
    std::string words = {};  // the text it speaks of; "" where it speaks of none

    friend bool operator==(const SourceNotice&, const SourceNotice&) = default;
};

struct SourceText {
    std::string format;  // "pdf", "docx", "ofd", "html", "markdown", "text", "image"
    std::uint32_t pages = 1;
    std::vector<TextBlock> blocks;
    std::vector<SourceNotice> notices;
    std::string published_on = {};  // "2025-04-18": what a web page says of itself; or ""

    friend bool operator==(const SourceText&, const SourceText&) = default;
};

// The spot of character `at` of the block; `at` < text.size().
Spot spot_of(const TextBlock& block, std::uint32_t at);

}  // namespace fazhi::review
