#include "definition/duty_reader.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "definition/basis_reader.h"
#include "definition/built_in_register.h"
#include "definition/condition_reader.h"
#include "definition/names.h"
#include "definition/reference.h"

namespace fazhi::definition {
namespace {

constexpr std::array<std::pair<std::string_view, Every>, 4> kEvery = {{
    {"month", Every::Month},
    {"quarter", Every::Quarter},
    {"half_year", Every::HalfYear},
    {"year", Every::Year},
}};

class DutyReader {
public:
    DutyReader(const Cursor& cursor, const DefinitionSet& set) : cursor_(cursor), set_(set) {}

    void read_into(Duty& duty) const {
        duty.basis = read_basis(cursor_.at("basis"), set_);
        read_target(cursor_.at("for_each"), duty.for_each);
        read_when(duty);
        read_parts(duty);
        read_due(duty);
        for (const Cursor& item : cursor_.at("remind").items()) {
            const auto period = calendar::parse_period(checked_period(item));
            if (period) duty.remind.push_back(*period);
        }
        duty.post = cursor_.text_at("post");
        if (cursor_.has("post")) existing_post(cursor_.at("post"), set_);
        duty.declares_nil = cursor_.text_at("nil") == "declare";
    }

private:
    void read_target(const Cursor& target, DutyTarget& out) const {
        if (target.node().is_scalar() && is_built_in_register(target.text())) {
            out.built_in = target.text();
        } else if (target.has("ledger")) {
            const Ledger* found = existing_ledger(target.at("ledger"), set_);
            if (found == nullptr) return;
            out.ledger = found->id;
            out.where = read_condition(
                target.at("where"), {.set = set_, .ledger = found, .sealed = SealedValues::Hidden});
        } else if (target.node().keys.size() == 1 &&
                   is_built_in_register(target.node().keys.front())) {
            out.built_in = target.node().keys.front();
            out.where = read_condition(target.at(out.built_in),
                                       {.set = set_, .built_in_register = out.built_in});
        } else {
            target.error(
                "for_each 写 {unit: 条件}、{person: 条件}、{jurisdiction: 条件} 或 {ledger: "
                "登记簿}");
        }
    }

    void read_when(Duty& duty) const {
        if (cursor_.has("every") == cursor_.has("days")) {
            cursor_.error("every（每月、每季度、每半年、每年）与 days（固定日期）写一个");
            return;
        }
        if (cursor_.has("days")) {
            duty.every = Every::Days;
            for (const Cursor& item : cursor_.at("days").items())
                duty.days.push_back(checked_month_day(item));
            const auto window = calendar::parse_period(cursor_.text_at("window"));
            if (window && window->unit != calendar::Unit::Days)
                cursor_.at("window").error("window 按日写，如 10 days");
            duty.window = window ? window->length : 0;
            return;
        }
        for (const auto& [name, every] : kEvery) {
            if (cursor_.text_at("every") == name) duty.every = every;
        }
    }

    void read_parts(Duty& duty) const {
        if (cursor_.has("expects") == cursor_.has("all_of")) {
            cursor_.error("expects（要有什么）与 all_of（几样都要有）写一个");
            return;
        }
        if (cursor_.has("expects")) {
            duty.parts = {read_part(cursor_.at("expects"), duty)};
            if (duty.parts[0].title.empty()) duty.parts[0].title = duty.title;
            return;
        }
        for (const Cursor& item : cursor_.at("all_of").items())
            duty.parts.push_back(read_part(item, duty));
    }

    DutyPart read_part(const Cursor& part, const Duty& duty) const {
        DutyPart out{.title = part.text_at("title")};
        out.at_least = Literal{Value(1), {}};
        if (part.has("at_least")) out.at_least = read_literal(part.at("at_least"), set_);
        if (part.has("ledger")) {
            const Ledger* ledger = existing_ledger(part.at("ledger"), set_);
            out.name = part.text_at("ledger");
            out.where = read_condition(
                part.at("where"), {.set = set_, .ledger = ledger, .sealed = SealedValues::Hidden});
        } else if (part.has("measure")) {
            out.kind = DutyPartKind::Measure;
            existing_measure(part.at("measure"), set_);
            out.name = part.text_at("measure");
        } else if (part.has("duty")) {
            out.kind = DutyPartKind::Duty;
            out.name = part.text_at("duty");
            if (set_.duty(out.name) == nullptr)
                part.at("duty").error(fmt::format("没有定期义务“{}”", out.name));
            if (out.name == duty.id) part.at("duty").error("不能是它自己");
        } else if (part.has("where")) {
            out.kind = DutyPartKind::Itself;
            const Ledger* ledger = set_.ledger(duty.for_each.ledger);
            out.where = read_condition(
                part.at("where"),
                {.set = set_, .ledger = ledger, .built_in_register = duty.for_each.built_in});
        } else {
            part.error("写 ledger、measure、duty，或对它本身的条件 where");
        }
        return out;
    }

    void read_due(Duty& duty) const {
        if (!cursor_.has("due")) return;
        const Cursor due = cursor_.at("due");
        duty.due.exclusive = due.yes("exclusive");
        const Cursor day = due.at("month_day");
        if (day.has("setting")) {
            existing_setting(day.at("setting"), set_);
            duty.due.setting = day.text_at("setting");
        } else {
            duty.due.month_day = checked_month_day(day);
        }
        if (duty.every != Every::Year)
            due.error("每年一次的才写 due；其他的到期日就是这一期的最后一天");
    }

    const Cursor& cursor_;
    const DefinitionSet& set_;
};

}  // namespace

void declare_duty(const Cursor& cursor, const std::string& pack, std::vector<Duty>& duties) {
    Duty duty;
    duty.id = cursor.text_at("duty");
    duty.title = cursor.text_at("title");
    duty.pack = pack;
    const std::string fault = fault_of_name(duty.id, NameUse::Id);
    if (!fault.empty()) cursor.at("duty").error(fault);
    const bool known = std::any_of(duties.begin(), duties.end(),
                                   [&](const Duty& each) { return each.id == duty.id; });
    if (known) {
        cursor.at("duty").error(fmt::format("定期义务“{}”已有", duty.id));
        return;
    }
    duties.push_back(std::move(duty));
}

void resolve_duty(const Cursor& cursor, const DefinitionSet& set, std::vector<Duty>& duties) {
    for (Duty& duty : duties) {
        if (duty.id != cursor.text_at("duty")) continue;
        Duty resolved = duty;
        DutyReader(cursor, set).read_into(resolved);
        duty = std::move(resolved);
    }
}

}  // namespace fazhi::definition
