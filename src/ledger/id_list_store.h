// Many numbers as one bound parameter: each row is then found by its key. One connection.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/ids.h"

namespace fazhi::storage {
class Connection;
}

namespace fazhi::ledger {

// The parameter.
std::string id_list_of(const storage::Connection&, const std::vector<std::int64_t>& numbers);
// What follows IN for the parameter of this place.
std::string in_id_list(const storage::Connection&, std::size_t parameter);

template <class Tag>
std::string id_list(const storage::Connection& connection, const std::vector<Id<Tag>>& ids) {
    std::vector<std::int64_t> numbers;
    for (const Id<Tag> id : ids) numbers.push_back(id.value);
    return id_list_of(connection, numbers);
}

}  // namespace fazhi::ledger
