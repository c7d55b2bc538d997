#include "base/value.h"

#include <algorithm>
#include <iterator>

#include "base/invariant.h"

namespace fazhi {
namespace {

using Members = std::vector<ValueMap::Member>;

// Members are dear to move: room is made for several at once.
void insert(Members& members, Members::iterator place, ValueMap::Member member) {
    if (members.size() < members.capacity()) {
        members.insert(place, std::move(member));
        return;
    }
    constexpr std::size_t kFirst = 4;
    constexpr std::size_t kTimes = 3;
    Members wider;
    wider.reserve(std::max(kFirst, members.size() * kTimes));
    std::move(members.begin(), place, std::back_inserter(wider));
    wider.push_back(std::move(member));
    std::move(place, members.end(), std::back_inserter(wider));
    members = std::move(wider);
}

}  // namespace

ValueMap::ValueMap() noexcept = default;
ValueMap::~ValueMap() = default;
ValueMap::ValueMap(const ValueMap&) = default;
ValueMap::ValueMap(ValueMap&&) noexcept = default;
ValueMap& ValueMap::operator=(const ValueMap&) = default;
ValueMap& ValueMap::operator=(ValueMap&&) noexcept = default;

ValueMap::ValueMap(std::initializer_list<Member> members) {
    members_.reserve(members.size());
    for (const Member& member : members) emplace(member.first, member.second);
}

bool ValueMap::empty() const {
    return members_.empty();
}

std::size_t ValueMap::size() const {
    return members_.size();
}

ValueMap::ConstIterator ValueMap::begin() const {
    return members_.begin();
}

ValueMap::ConstIterator ValueMap::end() const {
    return members_.end();
}

ValueMap::Iterator ValueMap::begin() {
    return members_.begin();
}

ValueMap::Iterator ValueMap::end() {
    return members_.end();
}

// Where the key is, or would be. Keys mostly come in order: the end is looked at first.
ValueMap::Iterator ValueMap::place_of(std::string_view key) {
    if (members_.empty() || members_.back().first < key) return members_.end();
    return std::lower_bound(
        members_.begin(), members_.end(), key,
        [](const Member& member, std::string_view wanted) { return member.first < wanted; });
}

// Of a few, most are told apart by their length.
ValueMap::ConstIterator ValueMap::find(std::string_view key) const {
    constexpr std::size_t kFew = 8;
    if (members_.size() <= kFew) {
        return std::find_if(members_.begin(), members_.end(),
                            [key](const Member& member) { return member.first == key; });
    }
    const auto place = std::lower_bound(
        members_.begin(), members_.end(), key,
        [](const Member& member, std::string_view wanted) { return member.first < wanted; });
    return place != members_.end() && place->first == key ? place : members_.end();
}

ValueMap::Iterator ValueMap::find(std::string_view key) {
    const auto place = place_of(key);
    return place != members_.end() && place->first == key ? place : members_.end();
}

bool ValueMap::contains(std::string_view key) const {
    return find(key) != end();
}

const Value& ValueMap::at(std::string_view key) const {
    const auto found = find(key);
    INVARIANT(found != end());
    return found->second;
}

Value& ValueMap::at(std::string_view key) {
    const auto found = find(key);
    INVARIANT(found != end());
    return found->second;
}

void ValueMap::insert_or_assign(std::string key, Value value) {
    const auto place = place_of(key);
    if (place != members_.end() && place->first == key) {
        place->second = std::move(value);
    } else {
        insert(members_, place, Member{std::move(key), std::move(value)});
    }
}

void ValueMap::emplace(std::string key, Value value) {
    const auto place = place_of(key);
    if (place != members_.end() && place->first == key) return;
    insert(members_, place, Member{std::move(key), std::move(value)});
}

void ValueMap::erase(std::string_view key) {
    const auto found = find(key);
    if (found != end()) members_.erase(found);
}

bool operator==(const ValueMap& a, const ValueMap& b) {
    return a.members_ == b.members_;
}

bool operator<(const ValueMap& a, const ValueMap& b) {
    return a.members_ < b.members_;
}

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
