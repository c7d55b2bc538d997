#include "ledger/field_parser.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <re2/re2.h>

#include "calendar/date.h"
#include "calendar/written_date.h"
#include "ledger/cell_text.h"
#include "ledger/errors.h"
#include "ledger/ledgers.h"
#include "text/decimal.h"
#include "text/nearest.h"
#include "text/utf8.h"
#include "text/written_number.h"

namespace fazhi::ledger {
namespace {

using definition::Field;
using definition::FieldType;

// GB 11643-1999: 17 digits and a check character.
bool is_id_number(std::string_view text) {
    static constexpr std::string_view kCheck = "10X98765432";
    static constexpr int kWeights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    if (text.size() != 18) return false;
    int sum = 0;
    for (size_t i = 0; i < 17; ++i) {
        if (text[i] < '0' || text[i] > '9') return false;
        sum += (text[i] - '0') * kWeights[i];
    }
    return text[17] == kCheck[static_cast<size_t>(sum % 11)];
}

bool is_phone(std::string_view text) {
    static const RE2 kPhone(R"((\+?86[- ]?)?(1\d{10}|0\d{2,3}-?\d{7,8}(-\d{1,5})?|\d{5,8}))");
    return RE2::FullMatch(re2::StringPiece(text.data(), text.size()), kPhone);
}

bool is_time(std::string_view text) {
    static const RE2 kTime(R"(([01]\d|2[0-3]):[0-5]\d)");
    return RE2::FullMatch(re2::StringPiece(text.data(), text.size()), kTime);
}

}  // namespace

Refusal FieldParser::refusal(const Field& field, std::string_view code,
                             const std::string& message) const {
    return refuse(Error{ErrorKind::InvalidInput, code,
                        fmt::format("“{}”：{}", field.title, message), path_ + field.id,
                        field.basis});
}

Result<Value> FieldParser::parse(const Field& field, const Value& input) {
    if (field.type == FieldType::List || field.type == FieldType::Group)
        return parse_rows(field, input);
    if (field.type == FieldType::Choices || field.type == FieldType::Laws)
        return parse_words(field, input);
    TRY(Value value, parse_scalar(field, input));
    TRY_OK(check_range(field, value));
    return value;
}

Result<Value> FieldParser::parse_scalar(const Field& field, const Value& input) {
    const std::string typed = input.is_text() ? input.as_text() : std::string();
    switch (field.type) {
        case FieldType::Integer:
        case FieldType::Decimal:
        case FieldType::Money:
            return parse_number(field, input);
        case FieldType::YesNo:
            if (input.is_bool()) return input;
            if (typed == "是" || typed == "true" || typed == "有") return Value(true);
            if (typed == "否" || typed == "false" || typed == "无") return Value(false);
            return refusal(field, errors::kBadValue, "请填“是”或“否”。");
        case FieldType::Person:
        case FieldType::Unit:
            return parse_reference(field, input);
        case FieldType::Entry:
            return parse_entry(field, input);
        case FieldType::Figure:
            return parse_figure(field, input);
        case FieldType::Text:
        case FieldType::Note:
        case FieldType::Date:
        case FieldType::Datetime:
        case FieldType::Time:
        case FieldType::Choice:
        case FieldType::IdNumber:
        case FieldType::Phone:
        case FieldType::VersionedText:
        case FieldType::Place:
            if (input.is_integer()) return parse_text(field, std::to_string(input.as_integer()));
            if (!input.is_text()) return refusal(field, errors::kBadValue, "请填文字。");
            return parse_text(field, typed);
        case FieldType::Choices:
        case FieldType::Laws:
        case FieldType::List:
        case FieldType::Group:
            break;  // parse() has dealt with them.
    }
    return Value();
}

Result<std::string> FieldParser::checked(const Field& field, const std::string& typed) const {
    const bool is_long = field.type == FieldType::Note || field.type == FieldType::VersionedText;
    auto plain = text::checked_text(
        text::trimmed(typed), {.lines = is_long ? text::Lines::Many : text::Lines::One,
                               .length_max = is_long ? kNoteCharactersMax : kTextCharactersMax});
    if (!plain) return refusal(field, errors::kBadText, plain.error().message);
    return plain;
}

Result<Value> FieldParser::parse_text(const Field& field, const std::string& typed) const {
    TRY(const std::string plain, checked(field, typed));
    switch (field.type) {
        case FieldType::Date:
        case FieldType::Datetime:
            return parse_day(field, plain);
        case FieldType::Choice:
            return parse_choice(field, plain);
        case FieldType::Time:
            if (!is_time(text::fold_width(plain)))
                return refusal(field, errors::kBadValue, "请按 09:30 的样式填写时间。");
            return Value(text::fold_width(plain));
        case FieldType::IdNumber: {
            const std::string folded = text::fold_width(plain);
            if (is_id_number(folded)) return Value(folded);
            // Other papers (passports, unified social credit codes) are letters and digits.
            static const RE2 kOther("[A-Z0-9]{5,17}|[A-Z0-9]{18}");
            const bool like_id = folded.size() == 18 && folded.substr(0, 17).find_first_not_of(
                                                            "0123456789") == std::string::npos;
            if (!like_id && RE2::FullMatch(folded, kOther)) return Value(folded);
            return refusal(field, errors::kBadValue,
                           "证件号码不对（身份证号应为18位且校验位相符），请核对；从表格导入时把这"
                           "一列设为文本。");
        }
        case FieldType::Phone:
            if (!is_phone(text::fold_width(plain)))
                return refusal(field, errors::kBadValue,
                               "电话号码不对，请填手机号或带区号的固定电话。");
            return Value(text::fold_width(plain));
        default:
            break;
    }
    if (!field.pattern.empty() && !RE2::FullMatch(plain, RE2(field.pattern))) {
        return refusal(
            field, errors::kBadValue,
            field.help.empty() ? fmt::format("不合规定的样式（{}）。", field.pattern) : field.help);
    }
    return Value(plain);
}

Result<Value> FieldParser::parse_figure(const Field& field, const Value& input) const {
    static constexpr std::string_view kParts[] = {
        "measure", "from", "to", "unit", "value", "journal_size", "definitions", "entries"};
    const auto is_known = [](const auto& part) {
        return std::find(std::begin(kParts), std::end(kParts), part.first) != std::end(kParts);
    };
    const auto are_ids = [](const auto& of_ledger) {
        return of_ledger.second.is_list() &&
               std::all_of(of_ledger.second.as_list().begin(), of_ledger.second.as_list().end(),
                           [](const Value& id) { return id.is_integer(); });
    };
    const auto is_number = [](const std::string& text) {
        return !text.empty() && text.find_first_not_of("-.0123456789") == std::string::npos;
    };
    const auto from = calendar::date_from(input.text_at("from"));
    const auto to = calendar::date_from(input.text_at("to"));
    const bool is_whole = input.is_map() &&
                          std::all_of(input.as_map().begin(), input.as_map().end(), is_known) &&
                          input.text_at("measure") == field.measure && from && to &&
                          !(*to < *from) && (!input.has("unit") || input.at("unit").is_integer()) &&
                          (!input.has("value") || is_number(input.text_at("value"))) &&
                          input.at("journal_size").is_integer() &&
                          input.at("definitions").is_text() && input.at("entries").is_map() &&
                          std::all_of(input.at("entries").as_map().begin(),
                                      input.at("entries").as_map().end(), are_ids);
    if (is_whole) return input;
    return refusal(field, errors::kBadValue, "这一栏由系统从台账取数，不能手填。");
}

Result<Value> FieldParser::parse_number(const Field& field, const Value& input) {
    if (field.type == FieldType::Money && input.is_map() && input.at("fen").is_integer())
        return input.at("fen");
    const bool is_whole = field.type == FieldType::Integer;
    const bool is_money = field.type == FieldType::Money;
    const std::string typed = input.is_integer() ? std::to_string(input.as_integer())
                              : input.is_text()  ? input.as_text()
                                                 : std::string();
    const int scale = is_whole ? 0 : (is_money ? text::kMoneyScale : field.scale);
    auto scaled = text::written_number(typed, field.unit, scale);
    if (!scaled && is_money) scaled = text::written_fen(typed);
    if (!scaled) {
        const std::string wanted =
            is_whole ? "请填整数，不带“余”“多”等字" : fmt::format("请填数字，小数最多{}位", scale);
        return refusal(field, errors::kBadValue,
                       fmt::format("“{}”不是可用的数。{}。", typed, wanted));
    }
    if (field.type == FieldType::Decimal) return Value(text::decimal_text(*scaled, field.scale));
    return Value(*scaled);
}

Result<Value> FieldParser::parse_day(const Field& field, const std::string& typed) const {
    std::string stored;
    calendar::Date day{};
    if (field.type == FieldType::Datetime) {
        const auto instant = calendar::parse_written_time(typed);
        if (!instant) return refusal(field, errors::kBadValue, instant.error().message);
        day = calendar::civil_date(*instant);
        stored = calendar::to_text(*instant);
    } else {
        const auto date = calendar::parse_written_date(typed);
        if (!date) return refusal(field, errors::kBadValue, date.error().message);
        day = *date;
        stored = calendar::to_text(day);
    }
    if (!field.future && day > today_) {
        return refusal(field, errors::kInFuture,
                       fmt::format("{}还没有到（今天是{}），请核对日期。",
                                   calendar::chinese_text(day), calendar::chinese_text(today_)));
    }
    if (calendar::to_text(day) < kEarliestDate) {
        return refusal(field, errors::kBadValue,
                       fmt::format("{}过早，请核对年份。", calendar::chinese_text(day)));
    }
    return Value(stored);
}

Result<Value> FieldParser::parse_choice(const Field& field, const std::string& typed) const {
    for (const definition::Option& option : field.options) {
        if (!option.retired && (option.id == typed || option.title == typed))
            return Value(option.id);
    }
    std::vector<std::string> titles;
    for (const definition::Option& option : field.options) {
        if (!option.retired) titles.push_back(option.title);
    }
    for (const definition::Option& option : field.options) {
        if (option.retired && (option.id == typed || option.title == typed)) {
            return refusal(
                field, errors::kNoSuchOption,
                fmt::format("“{}”已停用，请另选：{}。", option.title, fmt::join(titles, "、")));
        }
    }
    const std::string nearest = text::nearest(typed, titles);
    return refusal(field, errors::kNoSuchOption,
                   fmt::format("没有“{}”这一项{}。可选：{}。", typed,
                               nearest.empty() ? "" : fmt::format("，可能应为“{}”", nearest),
                               fmt::join(titles, "、")));
}

Result<Value> FieldParser::parse_words(const Field& field, const Value& input) const {
    std::vector<std::string> words;
    if (input.is_list()) {
        for (const Value& word : input.as_list())
            words.push_back(word.is_text() ? word.as_text() : std::string());
    } else if (input.is_text()) {
        words = split_words(input.as_text());
    } else {
        return refusal(field, errors::kBadValue, "请用顿号（、）隔开各项。");
    }
    if (words.size() > kListRowsMax)
        return refusal(field, errors::kBadValue, fmt::format("最多{}项。", kListRowsMax));
    Value::List out;
    for (const std::string& word : words) {
        TRY(std::string plain, checked(field, word));
        Value value = plain;
        if (field.type == FieldType::Choices) {
            TRY(value, parse_choice(field, plain));
        }
        if (std::find(out.begin(), out.end(), value) == out.end()) out.push_back(std::move(value));
    }
    return Value(std::move(out));
}

Result<Value> FieldParser::parse_reference(const Field& field, const Value& input) {
    const std::string name = input.is_text()
                                 ? std::string(text::trimmed(input.as_text()))
                                 : fmt::format("#{}", input.is_integer() ? input.as_integer() : 0);
    const bool is_person = field.type == FieldType::Person;
    const auto found = is_person ? lookup_.person(name) : lookup_.unit(name);
    if (found) {
        TRY_OK(check_source(field, is_person ? "person" : "unit", *found, name));
        return Value(*found);
    }
    return refusal(field, errors::kNoSuchReference,
                   fmt::format("找不到{}“{}”，或有重名；请核对，或改填代码。",
                               is_person ? "人员" : "单位", name));
}

// Only those the definition lets be chosen (`from: {where: …}`).
Result<void> FieldParser::check_source(const Field& field, const std::string& ledger,
                                       std::int64_t row, const std::string& name) {
    if (!field.from || field.from->where.always() || lookup_.fits(ledger, row, field.from->where))
        return {};
    return refusal(field, errors::kNotToBeChosen,
                   fmt::format("“{}”不在这一栏可选的范围内，请核对{}。", name,
                               field.help.empty() ? "" : fmt::format("（{}）", field.help)));
}

Result<Value> FieldParser::parse_entry(const Field& field, const Value& input) {
    if (!field.from) return refusal(field, errors::kBadValue, "定义没有说明取自哪本台账。");
    const bool is_map = input.is_map() && input.at("id").is_integer();
    std::string name =
        input.is_text() ? std::string(text::trimmed(input.as_text())) : std::string();
    if (input.is_integer()) name = fmt::format("#{}", input.as_integer());
    if (is_map) name = fmt::format("#{}", input.at("id").as_integer());
    for (const std::string& ledger : field.from->ledgers) {
        if (is_map && input.has("ledger") && input.text_at("ledger") != ledger) continue;
        const auto found = lookup_.entry(ledger, name);
        if (!found) continue;
        std::string day = calendar::to_text(today_);
        if (!field.from->valid_on.empty()) {
            const Value on = other_(field.from->valid_on);
            if (on.is_text() && calendar::date_from(on.as_text())) day = on.as_text();
        }
        if (!field.from->valid_on.empty() && !lookup_.valid_on(ledger, *found, day)) {
            return refusal(field, errors::kNotValidThen,
                           fmt::format("“{}”在{}不在有效期内，请核对名册。", name, day));
        }
        TRY_OK(check_source(field, ledger, *found, name));
        if (field.from->ledgers.size() == 1) return Value(*found);
        return Value(Value::Map{{"id", *found}, {"ledger", ledger}});
    }
    return refusal(field, errors::kNoSuchReference,
                   fmt::format("找不到“{}”；请填那条台账的编号、原编号或关键栏。", name));
}

Result<Value> FieldParser::parse_rows(const Field& field, const Value& input) {
    TRY(const Value rows, rows_from(field, input));
    const Value::List& list = rows.as_list();
    if (list.size() > kListRowsMax)
        return refusal(field, errors::kBadValue, fmt::format("最多{}行。", kListRowsMax));
    Value::List out;
    std::vector<Error> wrong;
    for (size_t i = 0; i < list.size(); ++i) {
        const std::string path = field.type == FieldType::Group
                                     ? fmt::format("{}.", field.id)
                                     : fmt::format("{}[{}].", field.id, i + 1);
        Result<Value> row = parse_row(field, list[i], path);
        if (row) {
            out.push_back(*std::move(row));
        } else {
            for (Error& error : flatten(row.error())) wrong.push_back(std::move(error));
        }
    }
    if (wrong.empty()) check_rows_differ(field, out, wrong);
    if (!wrong.empty()) return refuse(join_errors(std::move(wrong)));
    if (field.type == FieldType::Group) return out.empty() ? Value() : out.front();
    const auto at_least =
        field.min && field.min->value.is_integer() ? field.min->value.as_integer() : 0;
    if (static_cast<std::int64_t>(out.size()) < at_least) {
        return refusal(field, errors::kBadValue,
                       fmt::format("至少填{}行，现有{}行。", at_least, out.size()));
    }
    return Value(std::move(out));
}

void FieldParser::check_rows_differ(const Field& field, const Value::List& rows,
                                    std::vector<Error>& wrong) {
    if (field.key.empty()) return;
    std::string titles;
    for (const std::string& id : field.key) {
        const Field* column = field.column(id);
        titles += fmt::format("{}“{}”", titles.empty() ? "" : "和",
                              column == nullptr ? id : column->title);
    }
    std::map<Value, size_t> seen;
    for (size_t i = 0; i < rows.size(); ++i) {
        Value key = Value::Map{};
        for (const std::string& id : field.key) key.set(id, rows[i].at(id));
        const auto [first, is_new] = seen.emplace(std::move(key), i);
        if (is_new) continue;
        wrong.push_back(Error{ErrorKind::InvalidInput, errors::kBadValue,
                              fmt::format("“{}”第{}行与第{}行的{}相同，同一{}只填一行。",
                                          field.title, i + 1, first->second + 1, titles, titles),
                              fmt::format("{}[{}]", field.id, i + 1), field.basis});
    }
}

Result<Value> FieldParser::parse_row(const Field& field, const Value& row,
                                     const std::string& path) {
    FieldParser inner(today_, lookup_, other_);
    inner.path_ = path;
    Value out = Value::Map{};
    std::vector<Error> wrong;
    for (const auto& [name, value] : row.as_map()) {
        if (field.column(name) == nullptr) {
            wrong.push_back(Error{ErrorKind::InvalidInput, errors::kNoSuchField,
                                  fmt::format("“{}”里没有“{}”这一栏。", field.title, name),
                                  path + name});
        }
    }
    for (const Field& column : field.of) {
        const Value& written = row.at(column.id);
        if (written.is_null() || (written.is_text() && written.as_text().empty())) {
            if (column.required) {
                wrong.push_back(Error{ErrorKind::InvalidInput, errors::kRequired,
                                      fmt::format("“{}”的“{}”没有填。", field.title, column.title),
                                      path + column.id, column.basis});
            }
            continue;
        }
        Result<Value> parsed = inner.parse(column, written);
        if (parsed) {
            out.set(column.id, *std::move(parsed));
        } else {
            for (Error& error : flatten(parsed.error())) wrong.push_back(std::move(error));
        }
    }
    if (!wrong.empty()) return refuse(join_errors(std::move(wrong)));
    return out;
}

Result<void> FieldParser::check_range(const Field& field, const Value& value) {
    const bool is_decimal = field.type == FieldType::Decimal;
    const bool is_ranged = is_decimal || field.type == FieldType::Integer ||
                           field.type == FieldType::Money || field.type == FieldType::Date;
    if (!is_ranged) return {};
    const int scale =
        is_decimal ? field.scale : (field.type == FieldType::Money ? text::kMoneyScale : 0);
    // A limit is written as people write it: yuan, days, a date.
    const auto bound = [&](const definition::Literal& literal) -> Value {
        if (!literal.field.empty()) return {};  // When all fields are known (field_input.cpp).
        Value limit = literal.setting.empty() ? literal.value : lookup_.setting(literal.setting);
        if (field.type == FieldType::Date) return limit;
        const std::string text = limit.is_integer() ? std::to_string(limit.as_integer())
                                                    : (limit.is_text() ? limit.as_text() : "");
        const auto scaled = text::scaled_decimal(text, scale);
        return scaled ? Value(*scaled) : Value();
    };
    const auto own =
        is_decimal ? Value(text::scaled_decimal(value.as_text(), scale).value_or(0)) : value;
    const auto written = [&](const Value& limit) {
        return limit.is_integer() ? text::short_decimal_text(limit.as_integer(), scale)
                                  : limit.as_text();
    };
    if (field.min) {
        const Value min = bound(*field.min);
        if (!min.is_null() && own < min)
            return refusal(field, errors::kBadValue,
                           fmt::format("不能小于{}{}。", written(min), field.unit));
    }
    if (field.max) {
        const Value max = bound(*field.max);
        if (!max.is_null() && max < own)
            return refusal(field, errors::kBadValue,
                           fmt::format("不能大于{}{}。", written(max), field.unit));
    }
    return {};
}

}  // namespace fazhi::ledger
