#include "definition/clock_reader.h"

#include <algorithm>

#include <fmt/format.h>

#include "calendar/period.h"
#include "definition/basis_reader.h"
#include "definition/condition_reader.h"
#include "definition/names.h"
#include "definition/reference.h"

namespace fazhi::definition {

namespace {

using calendar::Period;
using calendar::Unit;

// How a law counts a period of this many 日; nothing where its text leaves it open.
std::optional<Unit> unit_by_law(const Law& law, int length) {
    const Value& rule = law.rule.at("workdays");
    if (rule.is_text()) {
        return rule.as_text() == "all" ? std::optional(Unit::Workdays) : std::nullopt;
    }
    if (rule.is_list()) {
        const auto& lengths = rule.as_list();
        const bool listed =
            std::find(lengths.begin(), lengths.end(), Value(length)) != lengths.end();
        return listed ? Unit::Workdays : Unit::Days;
    }
    if (rule.has("max")) return length <= rule.integer_at("max") ? Unit::Workdays : Unit::Days;
    return std::nullopt;
}

class ClockReader {
public:
    ClockReader(const Cursor& cursor, const Ledger& ledger, const DefinitionSet& set)
        : cursor_(cursor), ledger_(ledger), set_(set) {}

    void check() const {
        const std::vector<Basis> basis = read_basis(cursor_.at("basis"), set_);
        check_limits(basis);
        check_start();
        for (const Cursor& item : cursor_.at("until").items()) check_moment(item);
        for (const Cursor& pause : cursor_.at("pause").items()) check_pause(pause);
        if (cursor_.has("restart")) {
            existing_transition(cursor_.at("restart").at("stop"), ledger_);
            existing_transition(cursor_.at("restart").at("begin"), ledger_);
        }
        if (cursor_.has("extend")) check_extension(cursor_.at("extend"), basis);
        if (cursor_.has("shorten")) check_extension(cursor_.at("shorten"), basis);
        for (const Cursor& item : cursor_.at("warn").items()) checked_period(item);
        read_condition(cursor_.at("when"), {.set = set_, .ledger = &ledger_});
    }

private:
    void check_limits(const std::vector<Basis>& basis) const {
        int limits = 0;
        for (const char* key : {"within", "at_least", "before", "due"}) {
            if (!cursor_.has(key)) continue;
            if (++limits > 1) cursor_.at(key).error("within、at_least、before、due 只写一个");
        }
        if (limits == 0) cursor_.error("要写期限：within、at_least、before 或 due");
        for (const char* key : {"within", "at_least"}) {
            if (cursor_.has(key)) check_limit_or_cases(cursor_.at(key), basis);
        }
        if (cursor_.has("before")) {
            existing_date_field(cursor_.at("before").at("field"), ledger_);
            check_limit(cursor_.at("before").at("by"), basis);
        }
        if (cursor_.has("due")) {
            const Cursor due = cursor_.at("due").at("month_day");
            if (due.has("setting")) existing_setting(due.at("setting"), set_);
            if (due.node().is_scalar()) checked_month_day(due);
        }
    }

    void check_limit_or_cases(const Cursor& limit, const std::vector<Basis>& basis) const {
        if (!limit.node().is_list()) {
            check_limit(limit, basis);
            return;
        }
        for (const Cursor& each : limit.items()) {
            const std::vector<Basis> own =
                each.has("basis") ? read_basis(each.at("basis"), set_) : basis;
            read_condition(each.at("when"), {.set = set_, .ledger = &ledger_});
            if (!each.has("is")) each.error("缺 is：期限是多少");
            check_limit(each.at("is"), own);
        }
    }

    // "5 workdays", {field, unit} or {setting}.
    void check_limit(const Cursor& limit, const std::vector<Basis>& basis) const {
        if (!limit.present()) return;
        if (limit.has("field")) {
            const Field* field = existing_field(limit.at("field"), ledger_);
            if (field != nullptr && field->type != FieldType::Integer) {
                limit.at("field").error(fmt::format("“{}”不是整数", field->title));
            }
            if (!calendar::parse_unit(limit.text_at("unit"))) {
                limit.error("unit 写 days、workdays、months、years 或 hours");
            }
            return;
        }
        if (limit.has("setting")) {
            const Setting* setting = existing_setting(limit.at("setting"), set_);
            if (setting != nullptr && setting->type != "duration") {
                limit.at("setting").error(fmt::format("“{}”不是期限（duration）", setting->title));
            }
            return;
        }
        const auto period = calendar::parse_period(limit.text());
        if (!period) {
            limit.error(
                "期限写成“数字 单位”，如 30 days、20 workdays，或 {field, unit}、{setting}");
            return;
        }
        for (const Basis& each : basis) check_against_law(limit, *period, each.law);
    }

    // A limit that contradicts its law's rule is an error (definitions.md §1.5).
    void check_against_law(const Cursor& limit, Period period, const std::string& title) const {
        const Law* law = set_.law(title);
        if (law == nullptr) return;
        if (period.unit != Unit::Days && period.unit != Unit::Workdays) return;
        const auto unit = unit_by_law(*law, period.length);
        if (!unit || *unit == period.unit) return;
        limit.error(fmt::format("按《{}》的计算方法，{}日是{}，应写 {}", title, period.length,
                                *unit == Unit::Workdays ? "工作日" : "自然日",
                                calendar::to_text(Period{period.length, *unit})));
    }

    void check_start() const {
        const bool needed = cursor_.has("within") || cursor_.has("at_least");
        if (!cursor_.has("from")) {
            if (needed) cursor_.error("缺 from：从什么时候起算");
            return;
        }
        check_moment(cursor_.at("from"));
    }

    // A transition's name, {transition}, {field}, {clock, at: due}, or of a linked entry: {ledger,
    // field | transition}.
    void check_moment(const Cursor& moment) const {
        if (moment.node().is_scalar()) {
            existing_transition(moment, ledger_);
            return;
        }
        const Ledger* ledger = &ledger_;
        if (moment.has("ledger")) ledger = existing_ledger(moment.at("ledger"), set_);
        if (ledger == nullptr) return;
        if (moment.has("transition")) existing_transition(moment.at("transition"), *ledger);
        if (moment.has("field")) existing_date_field(moment.at("field"), *ledger);
        if (moment.has("clock")) existing_clock(moment.at("clock"), *ledger);
        const bool named = moment.has("transition") || moment.has("field") || moment.has("clock");
        if (!named) moment.error("写一个步骤，或 {field}、{clock, at: due}");
    }

    void check_pause(const Cursor& pause) const {
        existing_transition(pause.at("from"), ledger_);
        existing_transition(pause.at("to"), ledger_);
        if (pause.has("limit")) check_limit(pause.at("limit"), {});
    }

    void check_extension(const Cursor& extend, const std::vector<Basis>& basis) const {
        existing_transition(extend.at("transition"), ledger_);
        if (extend.has("adds")) check_limit(extend.at("adds"), basis);
        if (extend.has("notify")) existing_field(extend.at("notify"), ledger_);
    }

    const Cursor& cursor_;
    const Ledger& ledger_;
    const DefinitionSet& set_;
};

}  // namespace

void check_clock(const std::string& id, const Cursor& cursor, const Ledger& ledger,
                 const DefinitionSet& set) {
    const std::string fault = fault_of_name(id, NameUse::Id);
    if (!fault.empty()) cursor.error(fault);
    ClockReader(cursor, ledger, set).check();
}

Value tightened_clock(const Cursor& cursor, const Value& before) {
    Value after = before;
    for (const Cursor::Member& member : cursor.members()) {
        const std::string& key = member.key;
        if (key == "warn") {
            after.set(key, to_value(member.value.node()));
            continue;
        }
        if (key != "within" && key != "at_least") {
            member.value.error("已有的期限只能收紧：改 within、at_least 或 warn");
            continue;
        }
        const auto old_limit = calendar::parse_period(before.text_at(key));
        const auto new_limit = calendar::parse_period(member.value.text());
        const bool comparable = old_limit && new_limit && old_limit->unit == new_limit->unit;
        const bool shorter =
            comparable && (key == "within" ? new_limit->length <= old_limit->length
                                           : new_limit->length >= old_limit->length);
        if (!shorter) {
            member.value.error(
                fmt::format("只能收紧：原为 {}，计算单位要相同", before.text_at(key)));
            continue;
        }
        after.set(key, member.value.text());
    }
    return after;
}

}  // namespace fazhi::definition
