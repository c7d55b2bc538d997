#include "document/column_widths.h"

#include <algorithm>
#include <numeric>

#include "document/text_measure.h"

namespace fazhi::document {

namespace {

constexpr double kLeastEms = 3;
constexpr double kPaddingEms = 1;

std::vector<double> wanted_ems(const Table& table) {
    std::vector<double> wanted(column_count(table), kLeastEms + kPaddingEms);
    for (const auto* rows : {&table.header, &table.rows}) {
        for (const Row& row : *rows) {
            for (std::size_t n = 0; n < row.size(); ++n) {
                const double ems = nominal_ems(plain_text(row[n])) + kPaddingEms;
                wanted[n] = std::max(wanted[n], ems);
            }
        }
    }
    return wanted;
}

// The width no column may exceed so that all of them fit: narrow columns keep what they want.
double fitting_cap(std::vector<double> wanted, double room) {
    std::sort(wanted.begin(), wanted.end());
    double left = room;
    for (std::size_t n = 0; n < wanted.size(); ++n) {
        const double each = left / static_cast<double>(wanted.size() - n);
        if (wanted[n] >= each) return each;
        left -= wanted[n];
    }
    return wanted.back();
}

}  // namespace

std::size_t column_count(const Table& table) {
    std::size_t count = 0;
    for (const auto* rows : {&table.header, &table.rows}) {
        for (const Row& row : *rows) count = std::max(count, row.size());
    }
    return count;
}

std::vector<double> column_shares(const Table& table, double ems_in_line) {
    std::vector<double> widths = wanted_ems(table);
    if (widths.empty()) return widths;
    const double cap = fitting_cap(widths, ems_in_line);
    for (double& width : widths) width = std::min(width, cap);
    const double sum = std::accumulate(widths.begin(), widths.end(), 0.0);
    for (double& width : widths) width /= sum;
    return widths;
}

Alignment column_alignment(const Table& table, std::size_t column) {
    return column < table.alignment.size() ? table.alignment[column] : Alignment::Left;
}

std::string plain_text(const Runs& runs) {
    std::string text;
    for (const Run& run : runs) text += run.text;
    return text;
}

}  // namespace fazhi::document
