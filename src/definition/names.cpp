#include "definition/names.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "text/nearest.h"

namespace fazhi::definition {

namespace {

// Words that neither SQLite nor PostgreSQL takes as a bare column name; sorted.
constexpr auto kSqlWords = std::to_array<std::string_view>({
    "_rowid_",
    "add",
    "all",
    "alter",
    "analyse",
    "analyze",
    "and",
    "any",
    "array",
    "as",
    "asc",
    "asymmetric",
    "authorization",
    "autoincrement",
    "between",
    "binary",
    "both",
    "case",
    "cast",
    "check",
    "cmax",
    "cmin",
    "collate",
    "collation",
    "column",
    "commit",
    "concurrently",
    "constraint",
    "create",
    "cross",
    "ctid",
    "current_catalog",
    "current_date",
    "current_role",
    "current_schema",
    "current_time",
    "current_timestamp",
    "current_user",
    "default",
    "deferrable",
    "delete",
    "desc",
    "distinct",
    "do",
    "drop",
    "else",
    "end",
    "escape",
    "except",
    "exists",
    "false",
    "fetch",
    "for",
    "foreign",
    "freeze",
    "from",
    "full",
    "grant",
    "group",
    "having",
    "ilike",
    "in",
    "index",
    "indexed",
    "initially",
    "inner",
    "insert",
    "intersect",
    "into",
    "is",
    "isnull",
    "join",
    "lateral",
    "leading",
    "left",
    "like",
    "limit",
    "localtime",
    "localtimestamp",
    "natural",
    "not",
    "nothing",
    "notnull",
    "null",
    "offset",
    "oid",
    "on",
    "only",
    "or",
    "order",
    "outer",
    "overlaps",
    "placing",
    "primary",
    "references",
    "returning",
    "right",
    "rowid",
    "select",
    "session_user",
    "set",
    "similar",
    "some",
    "symmetric",
    "table",
    "tableoid",
    "tablesample",
    "then",
    "to",
    "trailing",
    "transaction",
    "true",
    "union",
    "unique",
    "update",
    "user",
    "using",
    "values",
    "variadic",
    "verbose",
    "when",
    "where",
    "window",
    "with",
    "xmax",
    "xmin",
});

// Columns and keys that every entry has; sorted.
constexpr auto kOwnWords = std::to_array<std::string_view>({
    "absent",       "actor",           "co_units",     "dated_on", "definitions",
    "entry",        "entry_id",        "entry_number", "fields",   "handler",
    "handler_id",   "happened_at",     "happened_on",  "id",       "imported",
    "jurisdiction", "jurisdiction_id", "late",         "ledger",   "linked",
    "live_from",    "month",           "opened_by",    "position", "record_kind",
    "recorded_at",  "recorded_by",     "reference",    "revision", "sealed",
    "self",         "state",           "unit",         "unit_id",  "via",
    "voided",
});

static_assert(std::is_sorted(kSqlWords.begin(), kSqlWords.end()));

bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
bool is_name_character(char c) {
    return is_lower(c) || c == '_' || (c >= '0' && c <= '9');
}

}  // namespace

std::string fault_of_name(std::string_view name, NameUse use) {
    const bool well_formed = !name.empty() && is_lower(name.front()) &&
                             std::all_of(name.begin(), name.end(), is_name_character);
    if (!well_formed) {
        return fmt::format("名称“{}”只能由小写英文字母、数字和下划线组成，以字母开头", name);
    }
    if (name.size() > kNameCharactersMax) {
        return fmt::format("名称“{}”超过 {} 个字符", name, kNameCharactersMax);
    }
    if (name.find("__") != std::string_view::npos) {
        return fmt::format("名称“{}”不能含两个连续的下划线", name);
    }
    if (use == NameUse::Id) return "";
    if (std::binary_search(kSqlWords.begin(), kSqlWords.end(), name)) {
        return fmt::format("“{}”是数据库的保留字，请换一个名称", name);
    }
    if (std::find(kOwnWords.begin(), kOwnWords.end(), name) != kOwnWords.end()) {
        return fmt::format("“{}”是每条台账已有的内置项，请换一个名称", name);
    }
    return "";
}

std::string suggestion(std::string_view word, const std::vector<std::string>& known) {
    const std::string found = text::nearest(word, known);
    return found.empty() ? listing(known) : fmt::format("，是否要写“{}”", found);
}

std::string listing(const std::vector<std::string>& known) {
    constexpr std::size_t kListedMax = 12;
    if (known.empty() || known.size() > kListedMax) return "";
    return fmt::format("；可以写 {}", fmt::join(known, "、"));
}

}  // namespace fazhi::definition
