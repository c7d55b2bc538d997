// A tree of plain data: what a definition file, a journal body, a form or a row of cells holds once
// it is read. No fractions (decimals and dates are text, money is whole fen), so that it has one
// canonical form (journal/format.h).
//
// Values are values: copies are deep, comparison is exact. Any thread.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace fazhi {

class Value;

// The members of a map, by key in the order of bytes, each key once. Maps here have a few dozen
// members: one block of memory is both smaller and faster than a tree. Adding costs nothing beyond
// the member where keys come in order, else a move of those behind it.
class ValueMap {
public:
    struct Member;
    using Iterator = std::vector<Member>::iterator;
    using ConstIterator = std::vector<Member>::const_iterator;

    // What copies and destroys members stands where they are known (value.cpp).
    ValueMap() noexcept;
    ~ValueMap();
    ValueMap(const ValueMap&);
    ValueMap(ValueMap&&) noexcept;
    ValueMap& operator=(const ValueMap&);
    ValueMap& operator=(ValueMap&&) noexcept;
    // The first of equal keys stands.
    ValueMap(std::initializer_list<Member> members);

    [[nodiscard]] bool empty() const;
    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] ConstIterator begin() const;
    [[nodiscard]] ConstIterator end() const;
    // Keys stay as they are.
    [[nodiscard]] Iterator begin();
    [[nodiscard]] Iterator end();

    [[nodiscard]] ConstIterator find(std::string_view key) const;
    [[nodiscard]] Iterator find(std::string_view key);
    [[nodiscard]] bool contains(std::string_view key) const;
    // INVARIANT: it is there.
    [[nodiscard]] const Value& at(std::string_view key) const;
    [[nodiscard]] Value& at(std::string_view key);
    void insert_or_assign(std::string key, Value value);
    // Nothing where the key is there.
    void emplace(std::string key, Value value);
    void erase(std::string_view key);

    friend bool operator==(const ValueMap& a, const ValueMap& b);
    friend bool operator<(const ValueMap& a, const ValueMap& b);

private:
    [[nodiscard]] Iterator place_of(std::string_view key);

    std::vector<Member> members_;
};

class Value {
public:
    using List = std::vector<Value>;
    using Map = ValueMap;

    Value() = default;                                   // null
    Value(bool flag) : data_(flag) {}                    // NOLINT(google-explicit-constructor)
    Value(int number) : data_(std::int64_t{number}) {}   // NOLINT(google-explicit-constructor)
    Value(std::int64_t number) : data_(number) {}        // NOLINT(google-explicit-constructor)
    Value(std::string text) : data_(std::move(text)) {}  // NOLINT(google-explicit-constructor)
    Value(std::string_view text)
        : data_(std::string(text)) {}                      // NOLINT(google-explicit-constructor)
    Value(const char* text) : data_(std::string(text)) {}  // NOLINT(google-explicit-constructor)
    Value(List list) : data_(std::move(list)) {}           // NOLINT(google-explicit-constructor)
    Value(Map map) : data_(std::move(map)) {}              // NOLINT(google-explicit-constructor)

    [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(data_); }
    [[nodiscard]] bool is_bool() const { return std::holds_alternative<bool>(data_); }
    [[nodiscard]] bool is_integer() const { return std::holds_alternative<std::int64_t>(data_); }
    [[nodiscard]] bool is_text() const { return std::holds_alternative<std::string>(data_); }
    [[nodiscard]] bool is_list() const { return std::holds_alternative<List>(data_); }
    [[nodiscard]] bool is_map() const { return std::holds_alternative<Map>(data_); }

    // The held value. Each is INVARIANT: ask is_…() first where the value comes from outside.
    [[nodiscard]] bool as_bool() const;
    [[nodiscard]] std::int64_t as_integer() const;
    [[nodiscard]] const std::string& as_text() const;
    [[nodiscard]] const List& as_list() const;
    [[nodiscard]] const Map& as_map() const;
    [[nodiscard]] List& as_list();
    [[nodiscard]] Map& as_map();

    // The member of a map, or null where this is no map or has no such key.
    [[nodiscard]] const Value& at(std::string_view key) const;
    [[nodiscard]] bool has(std::string_view key) const;
    // Makes this a map if it is null, then sets the member. INVARIANT on other kinds.
    void set(std::string key, Value value);

    // The text of a member, or "" ; the integer of a member, or `otherwise`.
    [[nodiscard]] std::string text_at(std::string_view key) const;
    [[nodiscard]] std::int64_t integer_at(std::string_view key, std::int64_t otherwise = 0) const;

    friend bool operator==(const Value&, const Value&) = default;
    friend bool operator<(const Value& a, const Value& b) { return a.data_ < b.data_; }

private:
    std::variant<std::monostate, bool, std::int64_t, std::string, List, Map> data_;
};

struct ValueMap::Member {
    std::string first;
    Value second;

    friend bool operator==(const Member&, const Member&) = default;
    friend bool operator<(const Member& a, const Member& b) {
        return a.first != b.first ? a.first < b.first : a.second < b.second;
    }
};

}  // namespace fazhi
