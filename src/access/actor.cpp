#include "access/actor.h"

#include <algorithm>

namespace fazhi::access {

bool Actor::holds(std::string_view post) const {
    return std::any_of(posts.begin(), posts.end(),
                       [post](const Post& held) { return held.post == post; });
}

Actor system_actor(JurisdictionId jurisdiction) {
    return Actor{.system = true,
                 .jurisdiction = jurisdiction,
                 .person = {},
                 .code = "system",
                 .name = "系统",
                 .unit = {},
                 .posts = {}};
}

void name_actor(Value& body, const Actor& actor, JurisdictionId where) {
    if (actor.system) return;
    body.set("actor", actor.person.value);
    if (actor.jurisdiction != where) body.set("actor_jurisdiction", actor.jurisdiction.value);
}

}  // namespace fazhi::access
