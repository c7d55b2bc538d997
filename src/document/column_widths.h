// Widths of a table's columns, from what is in them: the same in DOCX and PDF.
#pragma once

#include <cstddef>
#include <vector>

#include "document/block.h"

namespace fazhi::document {

// Of the widest row; 0 for a table without rows.
std::size_t column_count(const Table&);

// Shares that sum to 1: each column wants its longest cell on one line, and gets at least four
// characters; where that is too much, the long columns give way.
std::vector<double> column_shares(const Table&, double ems_in_line);

Alignment column_alignment(const Table&, std::size_t column);

// The text of runs, without their styles.
std::string plain_text(const Runs&);

}  // namespace fazhi::document
