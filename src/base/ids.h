// Identities. Each is a distinct type, so that one can never stand in for another.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace fazhi {

template <class Tag>
struct Id {
    std::int64_t value = 0;  // > 0 once assigned; 0: none.

    constexpr explicit operator bool() const { return value != 0; }
    friend constexpr auto operator<=>(const Id&, const Id&) = default;
};

// Assigned by access/ when the jurisdiction is created, one series a database.
using JurisdictionId = Id<struct JurisdictionTag>;

// The seq of the journal record that created it, in the journal of its jurisdiction. Units, persons
// and posts are numbered the same way, so one number names one thing within a jurisdiction.
using EntryId = Id<struct EntryTag>;
using UnitId = Id<struct UnitTag>;
using PersonId = Id<struct PersonTag>;

}  // namespace fazhi

template <class Tag>
struct std::hash<fazhi::Id<Tag>> {
    size_t operator()(const fazhi::Id<Tag>& id) const noexcept {
        return std::hash<std::int64_t>{}(id.value);
    }
};
