#include "http/json.h"

#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "http/errors.h"

namespace fazhi::http {
namespace {

constexpr std::int64_t kWholeMax = 9'007'199'254'740'992;  // 2⁵³

// Builds the tree as nlohmann reads the text.
class Builder : public nlohmann::json_sax<nlohmann::json> {
public:
    Value root;
    std::string fault;

    bool null() override { return put(Value()); }
    bool boolean(bool flag) override { return put(Value(flag)); }
    bool number_integer(number_integer_t number) override {
        if (number > kWholeMax || number < -kWholeMax) return fail("有一个数字太大");
        return put(Value(std::int64_t{number}));
    }
    bool number_unsigned(number_unsigned_t number) override {
        if (number > static_cast<number_unsigned_t>(kWholeMax)) return fail("有一个数字太大");
        return put(Value(static_cast<std::int64_t>(number)));
    }
    bool number_float(number_float_t, const string_t&) override {
        return fail("小数请写成文字，如 \"12.5\"");
    }
    bool string(string_t& text) override { return put(Value(std::move(text))); }
    bool binary(binary_t&) override { return fail("不是 JSON"); }
    bool start_object(std::size_t) override { return begin(Value(Value::Map{})); }
    bool key(string_t& name) override {
        if (stack_.back().value.has(name)) return fail(fmt::format("“{}”写了两次", name));
        stack_.back().key = std::move(name);
        return true;
    }
    bool end_object() override { return end(); }
    bool start_array(std::size_t) override { return begin(Value(Value::List{})); }
    bool end_array() override { return end(); }
    bool parse_error(std::size_t at, const std::string&,
                     const nlohmann::detail::exception&) override {
        return fail(fmt::format("不是 JSON（第{}个字节）", at));
    }

private:
    struct Open {
        Value value;
        std::string key;
    };
    bool fail(std::string why) {
        if (fault.empty()) fault = std::move(why);
        return false;
    }
    bool begin(Value value) {
        if (stack_.size() == kJsonDepthMax) return fail("层次太深");
        stack_.push_back({std::move(value), {}});
        return true;
    }
    bool end() {
        Value done = std::move(stack_.back().value);
        stack_.pop_back();
        return put(std::move(done));
    }
    bool put(Value value) {
        if (stack_.empty()) {
            root = std::move(value);
        } else if (stack_.back().value.is_list()) {
            stack_.back().value.as_list().push_back(std::move(value));
        } else {
            stack_.back().value.set(stack_.back().key, std::move(value));
        }
        return true;
    }

    std::vector<Open> stack_;
};

}  // namespace

Result<Value> parse_body(std::string_view text) {
    Builder builder;
    const bool read = nlohmann::json::sax_parse(text, &builder);
    if (!read || !builder.root.is_map()) {
        return refuse(ErrorKind::InvalidInput, errors::kBadBody,
                      fmt::format("请求的内容看不懂：{}。", read ? "应是一个对象" : builder.fault));
    }
    return std::move(builder.root);
}

}  // namespace fazhi::http
