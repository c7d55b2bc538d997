#include "ledger/field_input.h"

#include <doctest/doctest.h>

#include "ledger/errors.h"
#include "ledger/ledgers.h"
#include "ledger/testing/kept_office.h"

namespace fazhi::ledger {

namespace {

// Two persons, two units, a paper valid in 2023 and a thing.
class SmallLookup final : public Lookup {
public:
    std::optional<std::int64_t> person(const std::string& name) override {
        if (name == "王小明" || name == "wang") return 21;
        if (name == "李文" || name == "#22") return 22;
        return std::nullopt;
    }
    std::optional<std::int64_t> unit(const std::string& name) override {
        if (name == "司法所" || name == "office") return 11;
        return std::nullopt;
    }
    std::optional<std::int64_t> entry(const std::string& ledger, const std::string& name) override {
        if (ledger == "paper" && (name == "证001" || name == "#31")) return 31;
        if (ledger == "thing" && name == "事〔2023〕1号") return 41;
        return std::nullopt;
    }
    bool valid_on(const std::string&, std::int64_t, const std::string& date) override {
        return date.starts_with("2023");
    }
    bool fits(const std::string&, std::int64_t row, const definition::Condition&) override {
        return row != 22;
    }
    Value setting(const std::string& name) override {
        return name == "hours" ? Value(40) : Value();
    }
};

ParsedFields parsed(Value::Map input, Value::Map stored = {}) {
    SmallLookup lookup;
    return parse_fields(*testing::kept_set().ledger("thing"), Value(std::move(input)),
                        Value(std::move(stored)), calendar::make_date(2024, 1, 2).value(), lookup);
}

struct Case {
    const char* field;
    Value typed;
    Value stored;
};

struct BadCase {
    const char* field;
    Value typed;
    std::string_view code;
    const char* said;  // part of the message
};

}  // namespace

TEST_CASE("what people type becomes what is stored") {
    const Case cases[] = {
        {"occurred_on", "2023-05-06", "2023-05-06"},
        {"occurred_on", " 2023年5月6日 ", "2023-05-06"},
        {"occurred_on", "2023.5.6", "2023-05-06"},
        {"occurred_on", "２０２３／５／６", "2023-05-06"},
        {"occurred_on", "2024-02-29", {}},  // ahead: see below
        {"planned_on", "2024-02-29", "2024-02-29"},
        {"began_at", "2023年5月6日9时30分", "2023-05-06T01:30:00Z"},
        {"clock", "09:30", "09:30"},
        {"clock", "２３：５９", "23:59"},
        {"name", "  宪法宣传 ", "宪法宣传"},
        {"remark", "第一行\n第二行", "第一行\n第二行"},
        {"count", "１２３", 123},
        {"count", 500, 500},
        {"count", "500", 500},
        {"count", "0.05万", 500},
        {"count", "0.0123万份", 123},
        {"count", "12份", 12},
        {"count", "12人", {}},
        {"count", "0.01234万", {}},
        {"count", "万", {}},
        {"hours", "1.5", "1.5"},
        {"hours", 2, "2.0"},
        {"hours", "40", "40.0"},
        {"cost", "1,234.5", 123450},
        {"cost", "0", 0},
        {"cost", "5.5万元", 5'500'000},
        {"cost", "1.5亿", 15'000'000'000},
        {"cost", "12元", 1'200},
        {"cost", Value::Map{{"fen", 99}}, 99},
        {"open", "是", true},
        {"open", "false", false},
        {"open", true, true},
        {"kind", "入户走访", "home"},
        {"kind", "phone", "phone"},
        {"topics", "宪法、民法典、宪法", Value::List{"宪法", "民法典"}},
        {"topics", Value::List{"民法典"}, Value::List{"民法典"}},
        {"laws", "行政处罚法、信访工作条例", Value::List{"行政处罚法", "信访工作条例"}},
        {"visitor", "王小明", 21},
        {"visitor", 22, 22},
        {"partner", "office", 11},
        {"origin", "证001", Value::Map{{"id", 31}, {"ledger", "paper"}}},
        {"origin", "事〔2023〕1号", Value::Map{{"id", 41}, {"ledger", "thing"}}},
        {"card", "11010519491231002X", "11010519491231002X"},
        {"card", "E12345678", "E12345678"},
        {"phone", "138 0013 8000", {}},
        {"phone", "13800138000", "13800138000"},
        {"phone", "0398-2812345", "0398-2812345"},
        {"guests", "姓名：张三，年龄：30；姓名：李四",
         Value::List{Value::Map{{"age", 30}, {"name", "张三"}}, Value::Map{{"name", "李四"}}}},
        {"site", Value::Map{{"street", "解放路"}, {"floor", "3"}},
         Value::Map{{"floor", 3}, {"street", "解放路"}}},
    };
    for (const Case& each : cases) {
        CAPTURE(each.field);
        if (each.typed.is_text()) CAPTURE(each.typed.as_text());
        const ParsedFields found = parsed({{each.field, each.typed}});
        if (each.stored.is_null()) {
            CHECK_FALSE(found.errors.empty());
            continue;
        }
        if (!found.errors.empty()) FAIL_CHECK(found.errors.front().message);
        CHECK(found.fields.at(each.field) == each.stored);
    }
}

TEST_CASE("what cannot be stored is refused with what to write instead") {
    using errors::kBadText;
    using errors::kBadValue;
    using errors::kInFuture;
    using errors::kNoSuchOption;
    using errors::kNoSuchReference;
    const BadCase cases[] = {
        {"occurred_on", "2023-02-30", kBadValue, "2月"},
        {"occurred_on", "2023-06-31", kBadValue, "6月"},
        {"occurred_on", "5月6日", kBadValue, "年"},
        {"occurred_on", "昨天", kBadValue, "2023"},
        {"occurred_on", "2024-01-03", kInFuture, "今天是2024年1月2日"},
        {"occurred_on", "1912-01-01", kBadValue, "过早"},
        {"clock", "25:00", kBadValue, "09:30"},
        {"count", "70余", kBadValue, "不带“余”"},
        {"count", "1.5", kBadValue, "整数"},
        {"count", "0", kBadValue, "不能小于1份"},
        {"count", "501", kBadValue, "不能大于500份"},
        {"count", "99999999999999999999", kBadValue, "整数"},
        {"hours", "1.25", kBadValue, "小数最多1位"},
        {"hours", "40.1", kBadValue, "不能大于40"},
        {"cost", "-0.01", kBadValue, "不能小于0"},
        {"cost", "1.234", kBadValue, "小数最多2位"},
        {"open", "也许", kBadValue, "“是”或“否”"},
        {"kind", "入户走仿", kNoSuchOption, "可能应为“入户走访”"},
        {"kind", "旧的", kNoSuchOption, "已停用"},
        {"topics", "宪法、刑法", kNoSuchOption, "可选：宪法、民法典"},
        {"visitor", "查无此人", kNoSuchReference, "查无此人"},
        {"partner", "没有的所", kNoSuchReference, "没有的所"},
        {"origin", "没有的号", kNoSuchReference, "没有的号"},
        {"card", "110105194912310021", kBadValue, "校验位"},
        {"card", "1.10105E+17", kBadValue, "文本"},
        {"phone", "12345678901", {}, ""},
        {"phone", "abc", kBadValue, "手机号"},
        {"name", "有\xE2\x80\x8B零宽", kBadText, ""},
        {"name", "两\n行", kBadText, ""},
        {"name", "ABC", kBadValue, "不用大写字母"},
        {"guests", Value::List{}, kBadValue, "至少填1行"},
    };
    for (const BadCase& each : cases) {
        CAPTURE(each.field);
        if (each.typed.is_text()) CAPTURE(each.typed.as_text());
        const ParsedFields found = parsed({{each.field, each.typed}});
        if (each.code.empty()) continue;
        REQUIRE(found.errors.size() == 1);
        CHECK(found.errors.front().code == each.code);
        CHECK(found.errors.front().where == each.field);
        CHECK_MESSAGE(found.errors.front().message.find(each.said) != std::string::npos,
                      found.errors.front().message);
        CHECK_FALSE(found.fields.has(each.field));
    }
}

TEST_CASE("a figure is taken whole, as it was counted, or not at all") {
    const Value whole =
        Value::Map{{"measure", "things"}, {"from", "2023-01-01"},
                   {"to", "2023-12-31"},  {"value", "12.5"},
                   {"unit", 11},          {"journal_size", 7},
                   {"definitions", "ab"}, {"entries", Value::Map{{"thing", Value::List{1, 2}}}}};
    CHECK(parsed({{"tally", whole}}).fields.at("tally") == whole);
    const auto changed = [&whole](const char* part, Value value) {
        Value out = whole;
        out.set(part, std::move(value));
        return out;
    };
    const Value wrong[] = {12,
                           "12",
                           Value::List{},
                           Value::Map{},
                           changed("measure", "papers"),
                           changed("from", "2024-01-01"),
                           changed("to", {}),
                           changed("value", "很多"),
                           changed("unit", "司法所"),
                           changed("journal_size", {}),
                           changed("entries", Value::List{1}),
                           changed("entries", Value::Map{{"thing", Value::List{"x"}}}),
                           changed("remark", "多出来的")};
    for (const Value& each : wrong) {
        const ParsedFields found = parsed({{"tally", each}});
        REQUIRE(found.errors.size() == 1);
        CHECK(found.errors.front().code == errors::kBadValue);
    }
}

TEST_CASE("text too long is refused, text just long enough is not") {
    std::string line;
    for (std::size_t n = 0; n < kTextCharactersMax; ++n) line += "字";
    CHECK(parsed({{"name", line}}).errors.empty());
    CHECK(parsed({{"name", line + "字"}}).errors.front().code == errors::kBadText);
}

TEST_CASE("every wrong field of an entry and every wrong row of a list is named at once") {
    const ParsedFields found =
        parsed({{"occurred_on", "2023-02-30"},
                {"count", "很多"},
                {"cuont", 1},
                {"guests", Value::List{Value::Map{{"age", 200}},
                                       Value::Map{{"name", "李四"}, {"age", 20}, {"sex", "男"}}}}});
    CHECK(testing::codes_of(join_errors(found.errors)) ==
          std::vector<std::string>{"ledger.bad_value|count", "ledger.bad_value|guests[1].age",
                                   "ledger.bad_value|occurred_on", "ledger.no_such_field|cuont",
                                   "ledger.no_such_field|guests[2].sex",
                                   "ledger.required|guests[1].name"});
    for (const Error& error : found.errors) {
        if (error.where == "cuont") CHECK(error.message.find("count") != std::string::npos);
    }
}

TEST_CASE("a register's entry must have been valid on the day") {
    CHECK(parsed({{"occurred_on", "2023-05-06"}, {"paper", "证001"}}).errors.empty());
    const ParsedFields late = parsed({{"occurred_on", "2022-05-06"}, {"paper", "证001"}});
    REQUIRE(late.errors.size() == 1);
    CHECK(late.errors.front().code == errors::kNotValidThen);
    CHECK(late.errors.front().message.find("2022-05-06") != std::string::npos);
}

TEST_CASE("two fields that must differ are compared with what is stored too") {
    CHECK(parsed({{"visitor", "王小明"}, {"second", "李文"}}).errors.empty());
    CHECK(parsed({{"visitor", "王小明"}, {"second", "wang"}}).errors.front().code ==
          errors::kMustDiffer);
    CHECK(parsed({{"second", "wang"}}, {{"visitor", 21}}).errors.front().code ==
          errors::kMustDiffer);
}

TEST_CASE("not applicable and unknown are no values, and empty empties") {
    const ParsedFields found =
        parsed({{"count", "不适用"}, {"cost", "未知"}, {"hours", Value()}, {"kind", ""}});
    CHECK(found.errors.empty());
    CHECK(found.absent.at("count") == Absence::NotApplicable);
    CHECK(found.absent.at("cost") == Absence::Unknown);
    CHECK_FALSE(found.absent.contains("hours"));
    CHECK(found.fields.at("hours").is_null());
    // Of a text, the word is the text.
    CHECK(parsed({{"name", "不适用"}}).fields.at("name") == Value("不适用"));
}

}  // namespace fazhi::ledger
