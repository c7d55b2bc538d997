#include "definition/measure_reader.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "definition/built_in_register.h"
#include "definition/condition_reader.h"
#include "definition/names.h"
#include "definition/reference.h"

namespace fazhi::definition {

namespace {

struct Counting {
    std::string_view word;
    CountKind kind;
};
constexpr Counting kCountings[] = {
    {"entries", CountKind::Entries},   {"reached", CountKind::Reached},
    {"passages", CountKind::Passages}, {"standing", CountKind::Standing},
    {"rows", CountKind::Rows},         {"units", CountKind::Units},
};

struct Taking {
    std::string_view key;
    MeasureKind kind;
};
constexpr Taking kTakings[] = {
    {"sum", MeasureKind::Sum},           {"average", MeasureKind::Average},
    {"distinct", MeasureKind::Distinct}, {"latest", MeasureKind::Latest},
    {"total", MeasureKind::Total},       {"ratio", MeasureKind::Ratio},
    {"on_time", MeasureKind::OnTime},
};

bool takes_field(MeasureKind kind) {
    return kind == MeasureKind::Sum || kind == MeasureKind::Average ||
           kind == MeasureKind::Distinct || kind == MeasureKind::Latest;
}

bool is_number(FieldType type) {
    return type == FieldType::Integer || type == FieldType::Decimal || type == FieldType::Money;
}

class MeasureReader {
public:
    MeasureReader(const Cursor& cursor, Measure& measure, const Ledger& ledger,
                  const DefinitionSet& set)
        : cursor_(cursor), measure_(measure), ledger_(ledger), set_(set) {}

    void read() {
        read_kind();
        switch (measure_.kind) {
            case MeasureKind::Total:
                read_total();
                break;
            case MeasureKind::Ratio:
                read_ratio();
                break;
            case MeasureKind::OnTime:
                read_on_time();
                break;
            case MeasureKind::Count:
            case MeasureKind::Sum:
            case MeasureKind::Average:
            case MeasureKind::Distinct:
            case MeasureKind::Latest:
                read_counted();
                break;
        }
        measure_.fine = measure_.fine || cursor_.yes("fine");
        read_better();
        if (cursor_.has("must")) {
            const Cursor max = cursor_.at("must").at("max");
            measure_.must_max = max.text();
            if (existing_measure(max, set_) != nullptr && measure_.must_max == measure_.id) {
                max.error("不能与自己相比");
            }
        }
    }

private:
    void read_better() {
        if (!cursor_.has("better")) return;
        const std::string which = cursor_.text_at("better");
        measure_.better = which == "less" ? Better::Less : Better::More;
    }

    void read_kind() {
        int taken = 0;
        for (const Taking& taking : kTakings) {
            if (!cursor_.has(taking.key)) continue;
            measure_.kind = taking.kind;
            if (++taken > 1) cursor_.at(taking.key).error("一个指标只能有一种算法");
        }
        const std::string count = cursor_.text_at("count");
        if (count.empty()) {
            const bool counted = taken == 0 || takes_field(measure_.kind);
            measure_.count = counted ? CountKind::Entries : CountKind::None;
            if (taken == 0) {
                cursor_.error(
                    "要写怎样统计：count、sum、average、distinct、latest、total、ratio 或 on_time");
            }
            return;
        }
        measure_.count = CountKind::Entries;
        for (const Counting& counting : kCountings) {
            if (counting.word == count) measure_.count = counting.kind;
        }
        if (taken > 0 && !takes_field(measure_.kind)) {
            cursor_.at("count").error("total、ratio、on_time 不写 count");
        }
    }

    void refuse_keys(std::initializer_list<const char*> keys, std::string_view why) {
        for (const char* key : keys) {
            if (cursor_.has(key)) cursor_.at(key).error(fmt::format("{}，不写 {}", why, key));
        }
    }

    void read_counted() {
        const CountKind count = measure_.count;
        read_states(count);
        if (count == CountKind::Rows) {
            read_rows();
        } else if (count == CountKind::Units) {
            read_units();
        } else {
            refuse_keys({"over", "each"}, "只有 rows 和 units 才有对象");
        }
        measure_.as_of_start = cursor_.text_at("as_of") == "start";
        if (cursor_.has("as_of") && count != CountKind::Standing) {
            cursor_.at("as_of").error("as_of 只用于 standing");
        }
        if (count != CountKind::Units) {
            measure_.where = read_condition(cursor_.at("where"), scope());
        } else {
            refuse_keys({"where"}, "units 的条件写在 over 和 each 里");
        }
        if (takes_field(measure_.kind)) read_field();
    }

    [[nodiscard]] const Field* list() const {
        return measure_.over_list.empty() ? nullptr : ledger_.field(measure_.over_list);
    }
    [[nodiscard]] ConditionScope scope() const {
        return {.set = set_, .ledger = &ledger_, .list = list(), .sealed = SealedValues::Hidden};
    }

    void read_states(CountKind count) {
        const bool by_state = count == CountKind::Reached || count == CountKind::Passages ||
                              count == CountKind::Standing;
        if (!by_state) {
            refuse_keys({"state", "transition"}, "只有 reached、passages、standing 才按状态统计");
            return;
        }
        measure_.states = existing_states(cursor_.at("state"), ledger_);
        if (cursor_.has("transition")) {
            measure_.transition = cursor_.text_at("transition");
            existing_transition(cursor_.at("transition"), ledger_);
            if (count != CountKind::Passages) refuse_keys({"transition"}, "只有 passages 才数步骤");
        }
        const bool named = !measure_.states.empty() || !measure_.transition.empty();
        if (count == CountKind::Standing && !named && !ledger_.is_register) {
            cursor_.error("standing 要写哪些状态（state），或用于登记簿");
        } else if (count != CountKind::Standing && !named) {
            cursor_.error("要写到达哪个状态（state）");
        }
    }

    void read_rows() {
        measure_.over_list = cursor_.text_at("over");
        if (!cursor_.has("over")) {
            cursor_.error("rows 要写哪个列表（over）");
            return;
        }
        const Field* found = existing_field(cursor_.at("over"), ledger_);
        if (found != nullptr && found->type != FieldType::List) {
            cursor_.at("over").error(fmt::format("“{}”不是列表", found->title));
        }
        refuse_keys({"each"}, "rows 数的是列表的行");
    }

    void read_units() {
        const Cursor over = cursor_.at("over");
        read_over(over);
        for (const Cursor& item : cursor_.at("each").items()) {
            const Ledger* ledger = existing_ledger(item.at("ledger"), set_);
            if (ledger == nullptr) continue;
            Coverage coverage{.ledger = ledger->id};
            coverage.where = read_condition(
                item.at("where"), {.set = set_, .ledger = ledger, .sealed = SealedValues::Hidden});
            coverage.at_least = item.integer("at_least", 1);
            measure_.each.push_back(std::move(coverage));
        }
    }

    // {unit: {kind: …}}, unit, or {ledger: a register, where: …}
    void read_over(const Cursor& over) {
        if (!over.present()) {
            cursor_.error("units 要写数什么（over），如 over: {unit: {kind: community}}");
        } else if (over.node().is_scalar() && is_built_in_register(over.text())) {
            measure_.over_register = over.text();
        } else if (over.has("ledger")) {
            const Ledger* found = existing_ledger(over.at("ledger"), set_);
            if (found == nullptr) return;
            measure_.over_register = found->id;
            measure_.over_where = read_condition(
                over.at("where"), {.set = set_, .ledger = found, .sealed = SealedValues::Hidden});
        } else if (over.node().keys.size() == 1 && is_built_in_register(over.node().keys.front())) {
            measure_.over_register = over.node().keys.front();
            measure_.over_where =
                read_condition(over.at(measure_.over_register),
                               {.set = set_, .built_in_register = measure_.over_register});
        } else {
            over.error(
                "over 写 {unit: 条件}、{person: 条件}、{jurisdiction: 条件} 或 {ledger: 登记簿}");
        }
    }

    void read_field() {
        const std::string key = [this] {
            for (const Taking& taking : kTakings) {
                if (taking.kind == measure_.kind) return std::string(taking.key);
            }
            return std::string();
        }();
        const Cursor named = cursor_.at(key);
        measure_.field = named.text();
        const bool built_in = measure_.field == "unit" || measure_.field == "handler";
        if (measure_.kind == MeasureKind::Distinct && built_in) return;

        const Field* field = list() == nullptr ? nullptr : list()->column(measure_.field);
        if (field == nullptr) field = existing_field(named, ledger_);
        if (field == nullptr) return;
        if (measure_.kind != MeasureKind::Distinct && !is_number(field->type)) {
            named.error(fmt::format("“{}”不是数，不能 {}", field->title, key));
        }
        if (field->sealed()) {
            named.error(fmt::format(
                "“{}”的内容是加密保存的，不能统计；若可以公开，请写 public: true", field->title));
        }
        measure_.fine = field->fine;
    }

    void read_total() {
        refuse_keys({"where", "state", "over", "each", "cohort"}, "total 由别的指标相加");
        measure_.total = cursor_.at("total").texts();
        measure_.less = cursor_.at("less").texts();
        for (const char* key : {"total", "less"}) {
            for (const Cursor& item : cursor_.at(key).items()) existing_measure(item, set_);
        }
    }

    void read_ratio() {
        refuse_keys({"where", "state", "over", "each", "less"}, "ratio 由两个指标相除");
        const std::vector<Cursor> sides = cursor_.at("ratio").items();
        if (sides.size() != 2) {
            cursor_.at("ratio").error("ratio 写两个指标：[分子, 分母]");
            return;
        }
        measure_.numerator = sides[0].text();
        measure_.denominator = sides[1].text();
        existing_measure(sides[0], set_);
        const Measure* below = existing_measure(sides[1], set_);
        if (!cursor_.has("cohort") || below == nullptr) return;
        measure_.cohort = cursor_.text_at("cohort");
        const Ledger* ledger = set_.ledger(below->ledger);
        if (ledger != nullptr) existing_state(cursor_.at("cohort"), *ledger);
    }

    void read_on_time() {
        refuse_keys({"state", "over", "each", "less", "cohort"}, "on_time 按期限统计");
        measure_.clock = cursor_.text_at("on_time");
        existing_clock(cursor_.at("on_time"), ledger_);
        measure_.where = read_condition(cursor_.at("where"), scope());
    }

    const Cursor& cursor_;
    Measure& measure_;
    const Ledger& ledger_;
    const DefinitionSet& set_;
};

// The measures this one is made of.
std::vector<std::string> parts_of(const Measure& measure) {
    std::vector<std::string> parts = measure.total;
    parts.insert(parts.end(), measure.less.begin(), measure.less.end());
    if (!measure.numerator.empty()) parts.push_back(measure.numerator);
    if (!measure.denominator.empty()) parts.push_back(measure.denominator);
    return parts;
}

// Everything it is made of, down to the last.
std::set<std::string> all_below(const Measure& measure, const DefinitionSet& set) {
    std::set<std::string> seen;
    std::vector<std::string> open = parts_of(measure);
    while (!open.empty()) {
        const std::string id = open.back();
        open.pop_back();
        const Measure* part = set.measure(id);
        if (!seen.insert(id).second || part == nullptr) continue;
        for (const std::string& below : parts_of(*part)) open.push_back(below);
    }
    return seen;
}

// 行政处罚法 第七十四条: fines are no ground on which anybody is appraised.
bool holds_fines(const Measure& measure, const std::set<std::string>& below,
                 const DefinitionSet& set) {
    return measure.fine || std::any_of(below.begin(), below.end(), [&](const std::string& id) {
               const Measure* part = set.measure(id);
               return part != nullptr && part->fine;
           });
}

bool may_count_one_event_twice(const Measure& a, const Measure& b) {
    const bool counted = a.kind == MeasureKind::Count && b.kind == MeasureKind::Count;
    return counted && a.ledger == b.ledger && a.count == b.count && a.count != CountKind::Units &&
           a.over_list == b.over_list && a.states == b.states && a.transition == b.transition &&
           !exclude_each_other(a.where, b.where);
}

void check_total(const Cursor& cursor, const Measure& measure, const DefinitionSet& set) {
    for (std::size_t i = 0; i < measure.total.size(); ++i) {
        for (std::size_t j = i + 1; j < measure.total.size(); ++j) {
            const Measure* a = set.measure(measure.total[i]);
            const Measure* b = set.measure(measure.total[j]);
            if (a == nullptr || b == nullptr) continue;
            if (a == b) {
                cursor.at("total").error(fmt::format("“{}”加了两次", a->title));
            } else if (may_count_one_event_twice(*a, *b)) {
                cursor.at("total").note(
                    fmt::format("“{}”与“{}”可能把同一件事数两次", a->title, b->title));
            }
        }
    }
}

}  // namespace

std::vector<Measure> declare_measures(const Cursor& cursor, const std::string& ledger) {
    std::vector<Measure> measures;
    for (const Cursor::Member& member : cursor.members()) {
        const std::string fault = fault_of_name(member.key, NameUse::Id);
        if (!fault.empty()) member.value.error(fault);
        Measure measure;
        measure.id = member.key;
        measure.title = member.value.text_at("title");
        measure.unit = member.value.text_at("unit");
        measure.ledger = ledger;
        measures.push_back(std::move(measure));
    }
    return measures;
}

void resolve_measures(const Cursor& cursor, Ledger& ledger, const DefinitionSet& set) {
    for (const Cursor::Member& member : cursor.members()) {
        for (Measure& measure : ledger.measures) {
            if (measure.id != member.key) continue;
            Measure resolved = measure;
            MeasureReader(member.value, resolved, ledger, set).read();
            measure = std::move(resolved);
        }
    }
}

void check_measures(const Cursor& cursor, const std::string& ledger, const DefinitionSet& set) {
    for (const Cursor::Member& member : cursor.members()) {
        const Measure* measure = set.measure(member.key);
        if (measure == nullptr) continue;
        if (measure->ledger != ledger) {
            member.value.error(
                fmt::format("指标“{}”已有，在台账 {}", measure->id, measure->ledger));
            continue;
        }
        const std::set<std::string> below = all_below(*measure, set);
        if (below.contains(measure->id)) {
            member.value.error(fmt::format("“{}”由自己算出自己", measure->title));
        }
        if (measure->better != Better::None && holds_fines(*measure, below, set)) {
            member.value.at("better").error(fmt::format(
                "“{}”统计罚款，不得用于考核排名（行政处罚法 第七十四条）", measure->title));
        }
        check_total(member.value, *measure, set);
    }
}

}  // namespace fazhi::definition
