#include "access/setting_check.h"

#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "access/errors.h"
#include "calendar/date.h"
#include "calendar/period.h"
#include "text/decimal.h"
#include "text/utf8.h"
#include "text/written_number.h"

namespace fazhi::access {

namespace {

using definition::Setting;

constexpr std::size_t kSettingCharactersMax = 2'000;
constexpr std::int64_t kIntegerMax = 9'007'199'254'740'991;  // 2^53 - 1: canonical JSON's bound

Refusal bad(const Setting& setting, const std::string& expected) {
    return refuse(ErrorKind::InvalidInput, errors::kBadSetting,
                  fmt::format("参数“{}”应填写{}。", setting.title, expected), setting.name);
}

std::optional<std::int64_t> whole_number(const Value& value) {
    if (value.is_integer()) return value.as_integer();
    if (!value.is_text()) return std::nullopt;
    const std::string& digits = value.as_text();
    std::int64_t number = 0;
    const char* end = digits.data() + digits.size();
    const auto [rest, failed] = std::from_chars(digits.data(), end, number);
    if (failed != std::errc() || rest != end) return std::nullopt;
    return number;
}

Result<Value> checked_integer(const Setting& setting, const Value& value) {
    const auto number = whole_number(value);
    if (!number || *number > kIntegerMax || *number < -kIntegerMax) return bad(setting, "整数");
    if (setting.min.is_integer() && *number < setting.min.as_integer()) {
        return bad(setting, fmt::format("不小于{}的整数", setting.min.as_integer()));
    }
    if (setting.max.is_integer() && *number > setting.max.as_integer()) {
        return bad(setting, fmt::format("不大于{}的整数", setting.max.as_integer()));
    }
    return Value(*number);
}

std::optional<std::int64_t> fen_of(const Value& value) {
    if (value.is_integer()) return text::written_fen(std::to_string(value.as_integer()));
    if (value.is_text()) return text::written_fen(value.as_text());
    if (value.is_map() && value.at("fen").is_integer()) return value.at("fen").as_integer();
    return std::nullopt;
}

// Bounds are fen, as packs write them.
Result<Value> checked_money(const Setting& setting, const Value& value) {
    const auto fen = fen_of(value);
    const auto yuan = [](const Value& bound) {
        return text::short_decimal_text(bound.as_integer(), text::kMoneyScale);
    };
    if (!fen || *fen > kIntegerMax || *fen < -kIntegerMax)
        return bad(setting, "以元为单位的金额，如 2000 或 2000.50");
    if (setting.min.is_integer() && *fen < setting.min.as_integer())
        return bad(setting, fmt::format("不小于{}元的金额", yuan(setting.min)));
    if (setting.max.is_integer() && *fen > setting.max.as_integer())
        return bad(setting, fmt::format("不大于{}元的金额", yuan(setting.max)));
    return Value(*fen);
}

// Both are durations. Nothing where they count in different units: 7 workdays and 9 days have no
// order without a calendar.
std::optional<int> difference(const calendar::Period& a, const calendar::Period& b) {
    if (a.unit != b.unit) return std::nullopt;
    return a.length - b.length;
}

Result<void> within_bound(const Setting& setting, const calendar::Period& period,
                          const Value& bound, bool is_minimum) {
    if (!bound.is_text()) return {};
    TRY(const auto limit, calendar::parse_period(bound.as_text()));
    const auto more = difference(period, limit);
    const std::string_view side = is_minimum ? "不短于" : "不长于";
    if (!more || (is_minimum ? *more < 0 : *more > 0)) {
        return bad(setting, fmt::format("{}{}的期限，并且单位相同", side, chinese_text(limit)));
    }
    return {};
}

Result<Value> checked_duration(const Setting& setting, const Value& value) {
    const auto period = value.is_text() ? calendar::parse_period(value.as_text())
                                        : Result<calendar::Period>(bad(setting, "期限"));
    if (!period) return bad(setting, "期限，如 30 days、7 workdays、1 month");
    TRY_OK(within_bound(setting, *period, setting.min, /*is_minimum=*/true));
    TRY_OK(within_bound(setting, *period, setting.max, /*is_minimum=*/false));
    return Value(calendar::to_text(*period));
}

Result<Value> checked_yes_no(const Setting& setting, const Value& value) {
    if (value.is_bool()) return value;
    const std::string text = value.is_text() ? value.as_text() : std::string();
    if (text == "是" || text == "true") return Value(true);
    if (text == "否" || text == "false") return Value(false);
    return bad(setting, "是或否");
}

const definition::Option* option_called(const Setting& setting, std::string_view called) {
    for (const definition::Option& option : setting.options) {
        if (!option.retired && (option.id == called || option.title == called)) return &option;
    }
    return nullptr;
}

Refusal bad_option(const Setting& setting) {
    std::string titles;
    for (const definition::Option& option : setting.options) {
        if (!option.retired) titles += (titles.empty() ? "" : "、") + option.title;
    }
    return bad(setting, fmt::format("以下选项之内的值：{}", titles));
}

Result<Value> checked_choice(const Setting& setting, const Value& value) {
    const auto* option = value.is_text() ? option_called(setting, value.as_text()) : nullptr;
    if (option == nullptr) return bad_option(setting);
    return Value(option->id);
}

Value::List parts_of(std::string_view text) {
    constexpr std::string_view kMark = "、";
    Value::List parts;
    for (;;) {
        const auto end = text.find(kMark);
        parts.emplace_back(text::trimmed(text.substr(0, end)));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + kMark.size());
    }
}

Result<Value> checked_choices(const Setting& setting, const Value& value) {
    Value::List chosen;
    const Value::List named = value.is_text()   ? parts_of(value.as_text())
                              : value.is_list() ? value.as_list()
                                                : Value::List{Value()};
    for (const Value& one : named) {
        TRY(auto id, checked_choice(setting, one));
        for (const Value& before : chosen) {
            if (before == id) return bad(setting, "互不重复的选项");
        }
        chosen.push_back(std::move(id));
    }
    return Value(std::move(chosen));
}

Result<Value> checked_date(const Setting& setting, const Value& value) {
    const auto date = calendar::date_from(value.is_text() ? value.as_text() : std::string());
    if (!date) return bad(setting, "日期，如 2024-01-01");
    return value;
}

Result<Value> checked_month_day(const Setting& setting, const Value& value) {
    // A leap year, so that 02-29 may stand.
    const std::string day = value.is_text() ? "2024-" + value.as_text() : std::string();
    if (!calendar::date_from(day)) return bad(setting, "月和日，如 03-01");
    return value;
}

Result<Value> checked_free_text(const Setting& setting, const Value& value) {
    if (!value.is_text()) return bad(setting, "文字");
    const auto lines = setting.type == "note" ? text::Lines::Many : text::Lines::One;
    auto clean = text::checked_text(value.as_text(), {lines, kSettingCharactersMax});
    if (!clean) return bad(setting, "没有控制字符、不超过2000字的文字");
    return Value(*std::move(clean));
}

Result<Value> named_person(const Setting& setting, const Value& value, const Directory& where) {
    const Person* person = value.is_text()      ? where.person_named(value.as_text())
                           : value.is_integer() ? where.person(PersonId{value.as_integer()})
                                                : nullptr;
    if (person == nullptr) return bad(setting, "本辖区一名人员的代码或姓名");
    return Value(person->id.value);
}

Result<Value> named_unit(const Setting& setting, const Value& value, const Directory& where) {
    const Unit* unit = value.is_text()      ? where.unit_named(value.as_text())
                       : value.is_integer() ? where.unit(UnitId{value.as_integer()})
                                            : nullptr;
    if (unit == nullptr) return bad(setting, "本辖区一个单位的代码或名称");
    return Value(unit->id.value);
}

}  // namespace

Result<Value> checked_setting(const Setting& setting, const Value& value, const Directory& where) {
    if (is_free_text(setting)) return checked_free_text(setting, value);
    if (setting.type == "integer") return checked_integer(setting, value);
    if (setting.type == "money") return checked_money(setting, value);
    if (setting.type == "duration") return checked_duration(setting, value);
    if (setting.type == "yes_no") return checked_yes_no(setting, value);
    if (setting.type == "choice") return checked_choice(setting, value);
    if (setting.type == "choices") return checked_choices(setting, value);
    if (setting.type == "date") return checked_date(setting, value);
    if (setting.type == "month_day") return checked_month_day(setting, value);
    if (setting.type == "person") return named_person(setting, value, where);
    if (setting.type == "unit") return named_unit(setting, value, where);
    return bad(setting, "本版本支持的类型（定义中的类型还不能作参数）");
}

bool is_free_text(const Setting& setting) {
    return setting.type == "text" || setting.type == "note" || setting.type == "place";
}

}  // namespace fazhi::access
