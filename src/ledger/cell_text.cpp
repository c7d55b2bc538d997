#include "ledger/cell_text.h"

#include <fmt/format.h>

#include "ledger/errors.h"
#include "text/utf8.h"

namespace fazhi::ledger {
namespace {

// Cuts at any of `marks` (whole characters), keeping what lies between.
std::vector<std::string> split_at(std::string_view text, std::u32string_view marks) {
    std::vector<std::string> out(1);
    for (const char32_t point : text::code_points(text)) {
        if (marks.find(point) != std::u32string_view::npos) {
            out.emplace_back();
        } else {
            out.back() += text::from_code_points(std::u32string(1, point));
        }
    }
    return out;
}

const definition::Field* column_named(const definition::Field& field, std::string_view name) {
    for (const definition::Field& column : field.of) {
        if (column.id == name || column.title == name) return &column;
    }
    return nullptr;
}

// "姓名：甲，电话：…": a part without a known title belongs to the part before it (a value may hold
// a comma).
Value row_from_text(const definition::Field& field, const std::string& text) {
    Value row = Value::Map{};
    std::string last;
    for (const std::string& part : split_at(text, U"，,")) {
        const std::vector<std::string> pair = split_at(part, U"：:");
        const definition::Field* column =
            pair.size() > 1 ? column_named(field, text::trimmed(pair.front())) : nullptr;
        if (column != nullptr) {
            last = column->id;
            std::string value = pair[1];
            for (size_t i = 2; i < pair.size(); ++i) value += "：" + pair[i];
            row.set(last, std::string(text::trimmed(value)));
        } else if (!last.empty()) {
            row.set(last, row.text_at(last) + "，" + part);
        } else if (!text::trimmed(part).empty() && !field.of.empty()) {
            last = field.of.front().id;  // Without titles, the cell is the first column.
            row.set(last, std::string(text::trimmed(part)));
        }
    }
    return row;
}

}  // namespace

std::vector<std::string> split_words(std::string_view text) {
    std::vector<std::string> out;
    for (const std::string& part : split_at(text, U"、；;")) {
        std::string word;
        for (const char32_t point : text::code_points(text::trimmed(part))) {
            if (point != U'《' && point != U'》')
                word += text::from_code_points(std::u32string(1, point));
        }
        if (!word.empty()) out.push_back(std::move(word));
    }
    return out;
}

Result<Value> rows_from(const definition::Field& field, const Value& input) {
    Value::List rows;
    if (input.is_map()) {
        rows.push_back(input);
    } else if (input.is_text()) {
        for (const std::string& row : split_at(input.as_text(), U"；;\n")) {
            if (!text::trimmed(row).empty()) rows.push_back(row_from_text(field, row));
        }
    } else if (input.is_list()) {
        for (const Value& row : input.as_list()) {
            if (row.is_map()) {
                rows.push_back(row);
            } else if (row.is_text()) {
                rows.push_back(row_from_text(field, row.as_text()));
            } else {
                rows.clear();
                break;
            }
        }
    }
    const bool is_empty_list = input.is_list() && input.as_list().empty();
    if (rows.empty() && !is_empty_list) {
        return refuse(
            ErrorKind::InvalidInput, errors::kBadValue,
            fmt::format("“{}”：请按“栏目：内容，栏目：内容；下一行”的样式填写。", field.title),
            field.id);
    }
    return Value(std::move(rows));
}

}  // namespace fazhi::ledger
