#include "procedure/person_rules.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "access/permission.h"
#include "procedure/errors.h"

namespace fazhi::procedure {
namespace {

using access::Actor;
using access::Directory;
using access::Person;

Actor as_actor(const Directory& office, const Person& person) {
    return Actor{.jurisdiction = office.jurisdiction.id,
                 .person = person.id,
                 .code = person.code,
                 .name = person.name,
                 .unit = person.unit,
                 .posts = person.posts};
}

bool is_by(const PersonFacts& facts, const Actor& actor) {
    return std::any_of(facts.step.by.begin(), facts.step.by.end(), [&](const std::string& post) {
        if (post == "handler")
            return actor.jurisdiction == facts.office.jurisdiction.id &&
                   actor.person == facts.entry.head.handler;
        return access::holds_for(facts.office, facts.definitions, actor, post,
                                 facts.entry.head.unit);
    });
}

bool is_same(const PersonFacts& facts, const Actor& actor, PersonId person,
             JurisdictionId jurisdiction) {
    const JurisdictionId of = jurisdiction ? jurisdiction : facts.office.jurisdiction.id;
    return person && actor.person == person && actor.jurisdiction == of;
}

// Which of not_by the actor is; "" : none.
std::string excluded_as(const PersonFacts& facts, const Actor& actor) {
    for (const std::string& who : facts.step.not_by) {
        bool same = false;
        if (who == "previous_actor") {
            same = !facts.passages.empty() && is_same(facts, actor, facts.passages.back().actor,
                                                      facts.passages.back().actor_jurisdiction);
        } else if (who == "handler") {
            same = is_same(facts, actor, facts.entry.head.handler, {});
        } else {
            same = is_same(facts, actor, PersonId{facts.entry.fields.integer_at(who)}, {});
        }
        if (same) return who;
    }
    return {};
}

// Persons of `directory` of whom `test` holds and who did not do the work.
template <class Test>
std::vector<Actor> eligible(const PersonFacts& facts, const Directory& directory,
                            const Test& test) {
    std::vector<Actor> out;
    for (const Person& person : directory.persons) {
        Actor actor = as_actor(directory, person);
        if (test(actor) && excluded_as(facts, actor).empty()) out.push_back(std::move(actor));
    }
    return out;
}

bool reaches_below(const PersonFacts& facts, const Actor& actor) {
    return access::may(facts.office, facts.definitions, actor, access::Ability::View,
                       {.ledger = facts.ledger.id,
                        .unit = facts.entry.head.unit,
                        .handler = facts.entry.head.handler});
}

// The one option of the setting second_person that is no post.
constexpr std::string_view kSuperiorUnit = "superior_unit";

struct StandIns {
    std::string kind;  // a post, or kSuperiorUnit
    std::vector<Actor> actors;
};

StandIns stand_ins(const PersonFacts& facts) {
    const Value setting = facts.office.setting(facts.definitions, "second_person");
    if (!setting.is_list()) return {};
    for (const Value& kind : setting.as_list()) {
        StandIns out;
        if (!kind.is_text()) continue;
        out.kind = kind.as_text();
        const bool is_above = out.kind == kSuperiorUnit;
        const Directory* superior = is_above && facts.superior ? facts.superior() : nullptr;
        if (!is_above) {
            out.actors = eligible(facts, facts.office,
                                  [&](const Actor& actor) { return actor.holds(out.kind); });
        } else if (superior != nullptr) {
            out.actors = eligible(facts, *superior,
                                  [&](const Actor& actor) { return reaches_below(facts, actor); });
        }
        if (!out.actors.empty()) return out;
    }
    return {};
}

std::vector<std::string> codes_of(const std::vector<Actor>& actors) {
    std::vector<std::string> out;
    for (const Actor& actor : actors) out.push_back(actor.code);
    return out;
}

std::string names_of(const std::vector<Actor>& actors) {
    constexpr size_t kNamesMax = 3;
    std::string out;
    for (size_t i = 0; i < std::min(actors.size(), kNamesMax); ++i)
        out += (i == 0 ? "" : "、") + actors[i].name;
    return out;
}

std::string posts_text(const PersonFacts& facts) {
    std::string out;
    for (const std::string& post : facts.step.by) {
        const definition::Role* role = facts.definitions.role(post);
        out += (out.empty() ? "" : "、") +
               (post == "handler" ? "经办人" : (role == nullptr ? post : role->title));
    }
    return out;
}

Error refusal(const PersonFacts& facts, const std::string& excluded,
              const std::vector<Actor>& may) {
    const std::string who = may.empty() ? std::string("，但没有人可以办理，请指定")
                                        : fmt::format("，可由{}办理", names_of(may));
    Error out{ErrorKind::Forbidden, errors::kNotYourStep, {}, facts.step.id, facts.step.basis};
    if (excluded.empty()) {
        out.message = fmt::format("“{}”应由{}办理{}。", facts.step.title, posts_text(facts), who);
    } else {
        out.code = errors::kSamePerson;
        out.where = excluded;
        out.message =
            fmt::format("“{}”不能由{}本人办理{}。", facts.step.title,
                        excluded == "previous_actor" ? "上一步的经办人" : "承办该事项的人", who);
    }
    out.may = codes_of(may);
    return out;
}

}  // namespace

PersonVerdict judge_person(const PersonFacts& facts, const Actor& actor) {
    if (actor.system) {
        const bool for_system =
            !facts.step.automatic.empty() ||
            std::find(facts.step.by.begin(), facts.step.by.end(), "system") != facts.step.by.end();
        if (for_system) return {};
    }
    const std::string excluded = excluded_as(facts, actor);
    if (excluded.empty() && !actor.system && is_by(facts, actor)) return {};
    const std::vector<Actor> ordinary =
        eligible(facts, facts.office, [&](const Actor& other) { return is_by(facts, other); });
    if (!ordinary.empty() || facts.step.not_by.empty())
        return {{refusal(facts, excluded, ordinary)}, {}};
    const StandIns standing_in = stand_ins(facts);
    const bool stands_in =
        std::any_of(standing_in.actors.begin(), standing_in.actors.end(), [&](const Actor& other) {
            return other.person == actor.person && other.jurisdiction == actor.jurisdiction;
        });
    if (stands_in) return {{}, standing_in.kind};
    return {{refusal(facts, excluded, standing_in.actors)}, {}};
}

}  // namespace fazhi::procedure
