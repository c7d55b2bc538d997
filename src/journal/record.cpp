#include "journal/record.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/invariant.h"
#include "journal/errors.h"
#include "journal/own_record.h"
#include "text/utf8.h"

namespace fazhi::journal {
namespace {

// What stands for a character within a string; "" for itself.
std::string_view escape_of(char c) {
    switch (c) {
        case '"':
            return "\\\"";
        case '\\':
            return "\\\\";
        case '\b':
            return "\\b";
        case '\f':
            return "\\f";
        case '\n':
            return "\\n";
        case '\r':
            return "\\r";
        case '\t':
            return "\\t";
        default:
            return {};
    }
}

bool stands_for_itself(char c) {
    return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
}

void write_string(std::string& out, std::string_view text) {
    out += '"';
    while (!text.empty()) {
        const auto special =
            std::find_if(text.begin(), text.end(), [](char c) { return !stands_for_itself(c); });
        const auto plain = static_cast<std::size_t>(special - text.begin());
        out += text.substr(0, plain);
        text.remove_prefix(plain);
        if (text.empty()) break;
        const std::string_view escape = escape_of(text.front());
        out += escape;
        if (escape.empty())
            fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<int>(text.front()));
        text.remove_prefix(1);
    }
    out += '"';
}

bool is_ascii(std::string_view key) {
    return std::all_of(key.begin(), key.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_storable_integer(std::int64_t number) {
    return number >= -kIntegerMax && number <= kIntegerMax;
}

void write(std::string& out, const Value& value, int depth);

void write_list(std::string& out, const Value::List& list, int depth) {
    INVARIANT(depth <= kDepthMax);
    out += '[';
    for (const auto& member : list) {
        if (&member != &list.front()) out += ',';
        write(out, member, depth);
    }
    out += ']';
}

// A map orders keys by bytes, RFC 8785 by UTF-16 units: the same for ASCII.
void write_map(std::string& out, const Value::Map& map, int depth) {
    INVARIANT(depth <= kDepthMax);
    out += '{';
    for (auto member = map.begin(); member != map.end(); ++member) {
        if (member != map.begin()) out += ',';
        INVARIANT(is_ascii(member->first));
        write_string(out, member->first);
        out += ':';
        write(out, member->second, depth);
    }
    out += '}';
}

void write(std::string& out, const Value& value, int depth) {
    if (value.is_null()) {
        out += "null";
    } else if (value.is_bool()) {
        out += value.as_bool() ? "true" : "false";
    } else if (value.is_integer()) {
        INVARIANT(is_storable_integer(value.as_integer()));
        out += std::to_string(value.as_integer());
    } else if (value.is_text()) {
        INVARIANT(text::valid_utf8(value.as_text()));
        INVARIANT(value.as_text().find('\0') == std::string::npos);
        write_string(out, value.as_text());
    } else if (value.is_list()) {
        write_list(out, value.as_list(), depth + 1);
    } else {
        write_map(out, value.as_map(), depth + 1);
    }
}

// Builds the value from the parser's events, so that what a body may not hold is refused before it
// is built.
class Builder final : public nlohmann::json_sax<nlohmann::json> {
public:
    [[nodiscard]] const Value& value() const { return value_; }
    [[nodiscard]] Value take() { return std::move(value_); }
    [[nodiscard]] const std::string& fault() const { return fault_; }

    bool null() override { return put(Value()); }
    bool boolean(bool flag) override { return put(Value(flag)); }
    bool number_integer(std::int64_t number) override {
        if (!is_storable_integer(number)) return fail("整数超出正负2的53次方");
        return put(Value(number));
    }
    bool number_unsigned(std::uint64_t number) override {
        if (number > static_cast<std::uint64_t>(kIntegerMax)) return fail("整数超出正负2的53次方");
        return put(Value(static_cast<std::int64_t>(number)));
    }
    bool number_float(double, const std::string&) override { return fail("不得有小数"); }
    bool string(std::string& text) override {
        if (text.find('\0') != std::string::npos) return fail("文字中有空字符");
        return put(Value(std::move(text)));
    }
    bool binary(binary_t&) override { return fail("不是文本"); }
    bool start_object(std::size_t) override { return begin(Value(Value::Map())); }
    bool key(std::string& name) override {
        if (!is_ascii(name)) return fail("名称只能用英文字符");
        if (open_.back().container.has(name)) return fail("有重复的名称");
        open_.back().key = std::move(name);
        return true;
    }
    bool end_object() override { return end(); }
    bool start_array(std::size_t) override { return begin(Value(Value::List())); }
    bool end_array() override { return end(); }
    bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception&) override {
        return fail("不是JSON");
    }

private:
    struct Open {
        Value container;
        std::string key;  // of the member that comes next, in a map
    };

    bool fail(std::string why) {
        fault_ = std::move(why);
        return false;
    }
    bool begin(Value container) {
        if (open_.size() >= static_cast<std::size_t>(kDepthMax)) return fail("层数过多");
        open_.push_back({std::move(container), {}});
        return true;
    }
    bool end() {
        Value closed = std::move(open_.back().container);
        open_.pop_back();
        return put(std::move(closed));
    }
    bool put(Value value) {
        if (open_.empty()) {
            value_ = std::move(value);
            return true;
        }
        auto& [container, key] = open_.back();
        if (container.is_list()) {
            container.as_list().push_back(std::move(value));
        } else {
            container.set(std::move(key), std::move(value));
        }
        return true;
    }

    std::vector<Open> open_;
    Value value_;
    std::string fault_;
};

Refusal not_canonical(std::string_view why) {
    return refuse(ErrorKind::InvalidInput, errors::kNotCanonical,
                  fmt::format("流水正文不是规范格式：{}。", why));
}

}  // namespace

std::string canonical(const Value& value) {
    std::string out;
    write(out, value, 0);
    return out;
}

Result<Value> parse_canonical(std::string_view text) {
    Builder builder;
    if (!nlohmann::json::sax_parse(text, &builder)) return not_canonical(builder.fault());
    if (canonical(builder.value()) != text) return not_canonical("次序、空白或转义不合规范");
    return builder.take();
}

std::optional<Value> parse_own(std::string_view text) {
    Builder builder;
    if (!nlohmann::json::sax_parse(text, &builder)) return std::nullopt;
    return builder.take();
}

std::string json_string(std::string_view text) {
    std::string out;
    write_string(out, text);
    return out;
}

}  // namespace fazhi::journal
