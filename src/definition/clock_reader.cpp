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

class ClockReader {
public:
    ClockReader(const Cursor& cursor, const Ledger& ledger, const DefinitionSet& set)
        : cursor_(cursor), ledger_(ledger), set_(set) {}

    void read_into(Clock& clock) const {
        clock.basis = read_basis(cursor_.at("basis"), set_);
        clock.when = read_condition(cursor_.at("when"), scope());
        clock.party = cursor_.text_at("whose") == "party";
        clock.soft = cursor_.yes("soft");
        read_limits(clock);
        read_start(clock);
        for (const Cursor& item : cursor_.at("until").items()) {
            if (auto moment = read_moment(item, clock)) clock.until.push_back(*std::move(moment));
        }
        for (const Cursor& pause : cursor_.at("pause").items())
            clock.pauses.push_back(read_pause(pause));
        read_restart(clock);
        read_extension(clock);
        read_shortening(clock);
        for (const Cursor& item : cursor_.at("warn").items()) {
            const auto period = calendar::parse_period(checked_period(item));
            if (period) clock.warn.push_back(*period);
        }
    }

private:
    // What is private is not read when a clock is worked out.
    [[nodiscard]] ConditionScope scope() const {
        return {.set = set_, .ledger = &ledger_, .sealed = SealedValues::Hidden};
    }

    void read_limits(Clock& clock) const {
        int limits = 0;
        for (const char* key : {"within", "at_least", "before", "due"}) {
            if (!cursor_.has(key)) continue;
            if (++limits > 1) cursor_.at(key).error("within、at_least、before、due 只写一个");
        }
        if (limits == 0) cursor_.error("要写期限：within、at_least、before 或 due");
        if (cursor_.has("within")) clock.limits = read_cases(cursor_.at("within"), clock.basis);
        if (cursor_.has("at_least")) {
            clock.kind = ClockKind::AtLeast;
            clock.limits = read_cases(cursor_.at("at_least"), clock.basis);
        }
        if (cursor_.has("before")) read_before(clock);
        if (cursor_.has("due")) read_due(clock);
    }

    void read_before(Clock& clock) const {
        const Cursor before = cursor_.at("before");
        clock.kind = ClockKind::Before;
        existing_date_field(before.at("field"), ledger_);
        clock.before_field = before.text_at("field");
        clock.by = read_limit(before.at("by"), clock.basis);
    }

    void read_due(Clock& clock) const {
        const Cursor due = cursor_.at("due");
        clock.kind = ClockKind::Due;
        clock.due.exclusive = due.yes("exclusive");
        if (due.has("field") == due.has("month_day"))
            due.error("due 写 field 或 month_day，二者之一");
        if (due.has("field")) {
            existing_date_field(due.at("field"), ledger_);
            clock.due.field = due.text_at("field");
            return;
        }
        const Cursor day = due.at("month_day");
        if (day.has("setting")) {
            const Setting* setting = existing_setting(day.at("setting"), set_);
            if (setting != nullptr && setting->type != "month_day")
                day.error(fmt::format("“{}”不是月日（month_day）", setting->title));
            clock.due.setting = day.text_at("setting");
        } else {
            clock.due.month_day = checked_month_day(day);
        }
    }

    std::vector<LimitCase> read_cases(const Cursor& limit, const std::vector<Basis>& basis) const {
        if (!limit.node().is_list()) return {LimitCase{.when = {}, .is = read_limit(limit, basis)}};
        std::vector<LimitCase> cases;
        for (const Cursor& each : limit.items()) {
            LimitCase out;
            out.basis = read_basis(each.at("basis"), set_);
            out.when = read_condition(each.at("when"), scope());
            out.since = each.text_at("since");
            out.until = each.text_at("until");
            if (!each.has("is")) each.error("缺 is：期限是多少");
            out.is = read_limit(each.at("is"), out.basis.empty() ? basis : out.basis);
            cases.push_back(std::move(out));
        }
        return cases;
    }

    // "5 workdays", {field, unit} or {setting}.
    Limit read_limit(const Cursor& limit, const std::vector<Basis>& basis) const {
        Limit out;
        if (!limit.present()) return out;
        if (limit.has("field")) {
            const Field* field = existing_field(limit.at("field"), ledger_);
            if (field != nullptr && field->type != FieldType::Integer) {
                limit.at("field").error(fmt::format("“{}”不是整数", field->title));
            }
            const auto unit = calendar::parse_unit(limit.text_at("unit"));
            if (!unit) limit.error("unit 写 days、workdays、months、years 或 hours");
            out.kind = LimitKind::Field;
            out.name = limit.text_at("field");
            out.unit = unit ? *unit : Unit::Days;
            if (unit) check_unit_against_law(limit, *unit, basis);
            return out;
        }
        if (limit.has("setting")) {
            const Setting* setting = existing_setting(limit.at("setting"), set_);
            if (setting != nullptr && setting->type != "duration") {
                limit.at("setting").error(fmt::format("“{}”不是期限（duration）", setting->title));
            } else if (setting != nullptr && setting->default_value.is_text()) {
                const auto usual = calendar::parse_period(setting->default_value.as_text());
                if (usual) {
                    for (const Basis& each : basis) check_against_law(limit, *usual, each.law);
                }
            }
            out.kind = LimitKind::Setting;
            out.name = limit.text_at("setting");
            return out;
        }
        const auto period = calendar::parse_period(limit.text());
        if (!period) {
            limit.error(
                "期限写成“数字 单位”，如 30 days、20 workdays，或 {field, unit}、{setting}");
            return out;
        }
        for (const Basis& each : basis) check_against_law(limit, *period, each.law);
        out.period = *period;
        return out;
    }

    // The same of a limit that is not known yet, where the law counts all its 日 alike.
    void check_unit_against_law(const Cursor& limit, Unit unit,
                                const std::vector<Basis>& basis) const {
        if (unit != Unit::Days && unit != Unit::Workdays) return;
        for (const Basis& each : basis) {
            const Law* law = set_.law(each.law);
            if (law == nullptr || !law->rule.at("workdays").is_text()) continue;
            const auto lawful = unit_by_law(*law, 1);
            if (!lawful || *lawful == unit) continue;
            limit.at("unit").error(fmt::format("按《{}》的计算方法，日是{}，应写 unit: {}",
                                               each.law,
                                               *lawful == Unit::Workdays ? "工作日" : "自然日",
                                               *lawful == Unit::Workdays ? "workdays" : "days"));
        }
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

    void read_start(Clock& clock) const {
        if (cursor_.has("from")) {
            clock.from = read_moment(cursor_.at("from"), clock);
        } else if (cursor_.has("within") || cursor_.has("at_least")) {
            cursor_.error("缺 from：从什么时候起算");
        }
        check_hours(clock);
    }

    // Hours run from a moment, so the field they run from must hold one.
    void check_hours(const Clock& clock) const {
        const bool in_hours =
            std::any_of(clock.limits.begin(), clock.limits.end(), [](const LimitCase& each) {
                return each.is.kind == LimitKind::Fixed && each.is.period.unit == Unit::Hours;
            });
        if (!in_hours || !clock.from) return;
        const Ledger* ledger =
            clock.from->ledger.empty() ? &ledger_ : set_.ledger(clock.from->ledger);
        const Field* field = ledger == nullptr ? nullptr : ledger->field(clock.from->name);
        if (clock.from->kind == MomentKind::Field && field != nullptr &&
            field->type == FieldType::Datetime)
            return;
        cursor_.at("from").error("以小时计的期限，from 要用带时刻的栏目（datetime）");
    }

    // A transition's name, {transition}, {field}, {clock, at: due}, or of a linked entry: {ledger,
    // field | transition}.
    std::optional<Moment> read_moment(const Cursor& moment, const Clock& clock) const {
        if (moment.node().is_scalar()) {
            existing_transition(moment, ledger_);
            return Moment{MomentKind::Transition, moment.text(), {}};
        }
        const Ledger* ledger = &ledger_;
        if (moment.has("ledger")) ledger = existing_ledger(moment.at("ledger"), set_);
        if (ledger == nullptr) return std::nullopt;
        Moment out{.ledger = moment.text_at("ledger")};
        if (moment.has("transition")) {
            existing_transition(moment.at("transition"), *ledger);
            out.name = moment.text_at("transition");
        } else if (moment.has("field")) {
            existing_date_field(moment.at("field"), *ledger);
            out = {MomentKind::Field, moment.text_at("field"), out.ledger};
        } else if (moment.has("clock")) {
            check_clock_named(moment, *ledger, clock);
            out = {MomentKind::ClockDue, moment.text_at("clock"), out.ledger};
        } else {
            moment.error("写一个步骤，或 {field}、{clock, at: due}");
            return std::nullopt;
        }
        return out;
    }

    // Clocks run from those before them in the file, so that none runs from itself.
    void check_clock_named(const Cursor& moment, const Ledger& ledger, const Clock& clock) const {
        if (!moment.text_at("ledger").empty()) {
            moment.at("clock").error("只能用本台账的期限");
            return;
        }
        if (!existing_clock(moment.at("clock"), ledger)) return;
        for (const Clock& each : ledger.clocks) {
            if (each.id == moment.text_at("clock")) return;
            if (each.id == clock.id) break;
        }
        moment.at("clock").error("要用写在前面的期限");
    }

    PauseRule read_pause(const Cursor& pause) const {
        PauseRule out{pause.text_at("from"), pause.text_at("to"), {}};
        existing_transition(pause.at("from"), ledger_);
        existing_transition(pause.at("to"), ledger_);
        if (pause.has("limit")) out.limit = read_limit(pause.at("limit"), {});
        return out;
    }

    void read_restart(Clock& clock) const {
        if (!cursor_.has("restart")) return;
        const Cursor restart = cursor_.at("restart");
        for (const char* key : {"stop", "begin"}) {
            for (const Cursor& item : restart.at(key).items()) existing_transition(item, ledger_);
        }
        clock.restart = {restart.at("stop").texts(), restart.at("begin").texts()};
    }

    void read_extension(Clock& clock) const {
        if (!cursor_.has("extend")) return;
        const Cursor extend = cursor_.at("extend");
        existing_transition(extend.at("transition"), ledger_);
        if (!extend.has("adds")) extend.error("缺 adds：延长多久");
        clock.extend = {.transition = extend.text_at("transition"),
                        .times = extend.integer("times", 0),
                        .adds = read_limit(extend.at("adds"), clock.basis),
                        .asked_before_due = extend.text_at("ask_before") == "due",
                        .notify = extend.text_at("notify")};
        if (extend.has("notify")) existing_field(extend.at("notify"), ledger_);
    }

    void read_shortening(Clock& clock) const {
        if (!cursor_.has("shorten")) return;
        const Cursor shorten = cursor_.at("shorten");
        existing_transition(shorten.at("transition"), ledger_);
        clock.shorten = {shorten.text_at("transition"), read_limit(shorten.at("is"), clock.basis)};
    }

    const Cursor& cursor_;
    const Ledger& ledger_;
    const DefinitionSet& set_;
};

Clock* clock_of(Ledger& ledger, const std::string& id) {
    const auto found = std::find_if(ledger.clocks.begin(), ledger.clocks.end(),
                                    [&](const Clock& each) { return each.id == id; });
    return found == ledger.clocks.end() ? nullptr : &*found;
}

void tighten_limit(const Cursor& cursor, const std::string& key, Clock& clock) {
    const bool same_kind = clock.kind == (key == "within" ? ClockKind::Within : ClockKind::AtLeast);
    const bool one_fixed =
        same_kind && clock.limits.size() == 1 && clock.limits[0].is.kind == LimitKind::Fixed;
    if (!one_fixed) {
        cursor.error("原来的期限不是一个固定的数，不能在扩展里改");
        return;
    }
    Period& before = clock.limits[0].is.period;
    const auto after = calendar::parse_period(cursor.text());
    const bool comparable = after && after->unit == before.unit;
    const bool tighter = comparable && (key == "within" ? after->length <= before.length
                                                        : after->length >= before.length);
    if (!tighter) {
        cursor.error(fmt::format("只能收紧：原为 {}，计算单位要相同", calendar::to_text(before)));
        return;
    }
    before = *after;
}

}  // namespace

std::vector<Clock> declare_clocks(const Cursor& cursor) {
    std::vector<Clock> out;
    for (const Cursor::Member& member : cursor.members()) {
        const std::string fault = fault_of_name(member.key, NameUse::Id);
        if (!fault.empty()) member.value.error(fault);
        Clock clock;
        clock.id = member.key;
        clock.title = member.value.text_at("title");
        out.push_back(std::move(clock));
    }
    return out;
}

void resolve_clock(const std::string& id, const Cursor& cursor, Ledger& ledger,
                   const DefinitionSet& set) {
    Clock* clock = clock_of(ledger, id);
    if (clock == nullptr) return;
    Clock resolved = *clock;
    ClockReader(cursor, ledger, set).read_into(resolved);
    *clock = std::move(resolved);
}

void tighten_clock(const std::string& id, const Cursor& cursor, Ledger& ledger) {
    Clock* clock = clock_of(ledger, id);
    if (clock == nullptr) return;
    for (const Cursor::Member& member : cursor.members()) {
        if (member.key == "warn") {
            clock->warn.clear();
            for (const Cursor& item : member.value.items()) {
                const auto period = calendar::parse_period(checked_period(item));
                if (period) clock->warn.push_back(*period);
            }
        } else if (member.key == "within" || member.key == "at_least") {
            tighten_limit(member.value, member.key, *clock);
        } else {
            member.value.error("已有的期限只能收紧：改 within、at_least 或 warn");
        }
    }
}

}  // namespace fazhi::definition
