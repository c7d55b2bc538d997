// Who acts (行为人): every command has one.
//
// Values; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/value.h"

namespace fazhi::access {

// A post somebody holds: clerk in a unit, leader of the office, bureau of the district above.
struct Post {
    std::int64_t id = 0;
    std::string post;     // a role of the packs (roles.yaml)
    UnitId unit;          // whose it is; its scope may reach further (roles.yaml)
    PersonId instead_of;  // whose post it is, held as a stand-in (代理); none: the person's own

    friend bool operator==(const Post&, const Post&) = default;
};

// What a token (访问令牌) leaves of its holder's abilities: never more than the holder has.
struct TokenLimits {
    std::vector<std::string> abilities;  // "view", … (permission.h)
    std::vector<std::string> ledgers;    // empty: every one

    friend bool operator==(const TokenLimits&, const TokenLimits&) = default;
};

struct Actor {
    bool system = false;          // the program itself: load, tick
    JurisdictionId jurisdiction;  // where the person belongs (a bureau person: the district's)
    PersonId person;
    std::string code;
    std::string name;
    UnitId unit;
    std::vector<Post> posts;                // those held on the day of the command, stand-ins' too
    std::optional<TokenLimits> token = {};  // acts through a token: permission.h keeps to it

    [[nodiscard]] bool holds(std::string_view post) const;
};

Actor system_actor(JurisdictionId jurisdiction);

// Writes who acted into a journal body, as every room does: "actor" (absent: the system), and
// "actor_jurisdiction" where that person belongs to another jurisdiction than `where`.
void name_actor(Value& body, const Actor& actor, JurisdictionId where);

}  // namespace fazhi::access
