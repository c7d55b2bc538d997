#include "base/value.h"

#include "base/invariant.h"

namespace fazhi {

bool Value::as_bool() const {
    INVARIANT(is_bool());
    return std::get<bool>(data_);
}

std::int64_t Value::as_integer() const {
    INVARIANT(is_integer());
    return std::get<std::int64_t>(data_);
}

const std::string& Value::as_text() const {
    INVARIANT(is_text());
    return std::get<std::string>(data_);
}

const Value::List& Value::as_list() const {
    INVARIANT(is_list());
    return std::get<List>(data_);
}

const Value::Map& Value::as_map() const {
    INVARIANT(is_map());
    return std::get<Map>(data_);
}

Value::List& Value::as_list() {
    INVARIANT(is_list());
    return std::get<List>(data_);
}

Value::Map& Value::as_map() {
    INVARIANT(is_map());
    return std::get<Map>(data_);
}

const Value& Value::at(std::string_view key) const {
    static const Value kNull;
    if (!is_map()) return kNull;
    const Map& map = as_map();
    const auto found = map.find(key);
    return found == map.end() ? kNull : found->second;
}

bool Value::has(std::string_view key) const {
    return is_map() && as_map().contains(key);
}

void Value::set(std::string key, Value value) {
    if (is_null()) data_ = Map{};
    as_map().insert_or_assign(std::move(key), std::move(value));
}

std::string Value::text_at(std::string_view key) const {
    const Value& member = at(key);
    return member.is_text() ? member.as_text() : std::string();
}

std::int64_t Value::integer_at(std::string_view key, std::int64_t otherwise) const {
    const Value& member = at(key);
    return member.is_integer() ? member.as_integer() : otherwise;
}

}  // namespace fazhi
