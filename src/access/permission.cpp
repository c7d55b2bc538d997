#include "access/permission.h"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "access/errors.h"
#include "definition/definition_set.h"
#include "definition/names.h"

namespace fazhi::access {

namespace {

constexpr std::size_t kNamedMax = 3;

template <class Text>
bool contains(const std::vector<Text>& list, std::string_view wanted) {
    return std::find(list.begin(), list.end(), wanted) != list.end();
}

std::string_view chinese(Ability ability) {
    switch (ability) {
        case Ability::View:
            return "查看";
        case Ability::Record:
            return "登记";
        case Ability::Move:
            return "办理";
        case Ability::Assign:
            return "分派";
        case Ability::Close:
            return "销号";
        case Ability::Export:
            return "导出";
        case Ability::Publish:
            return "公开";
        case Ability::Verify:
            return "核验";
    }
    return "";
}

bool token_leaves(const Actor& actor, Ability ability, std::string_view ledger) {
    if (!actor.token) return true;
    return contains(actor.token->abilities, to_text(ability)) &&
           (actor.token->ledgers.empty() || contains(actor.token->ledgers, ledger));
}

bool leads(const Directory& where, UnitId leader, UnitId led) {
    const Unit* unit = where.unit(led);
    return unit != nullptr && leader && unit->lead_section == leader;
}

// Where the actor's posts are held, seen from `where`.
enum class Stands { Here, Above, Elsewhere };

Stands standing_of(const Directory& where, const Actor& actor) {
    if (!actor.jurisdiction) return Stands::Elsewhere;
    if (actor.jurisdiction == where.jurisdiction.id) return Stands::Here;
    const auto above = std::find(where.above.begin(), where.above.end(), actor.jurisdiction);
    return above == where.above.end() ? Stands::Elsewhere : Stands::Above;
}

// Does a post held over `held_over` reach an entry of `unit` by this scope?
bool reaches(const Directory& where, definition::Scope scope, Stands stands, UnitId held_over,
             UnitId unit) {
    using definition::Scope;
    if (stands == Stands::Elsewhere) return false;
    if (scope == Scope::JurisdictionsBelow) return stands == Stands::Above;
    if (stands != Stands::Here) return false;
    switch (scope) {
        case Scope::Own:
        case Scope::JurisdictionsBelow:
            return false;
        case Scope::Unit:
            return unit && held_over == unit;
        case Scope::UnitsBelow:
            return unit && (held_over == unit || leads(where, held_over, unit));
        case Scope::Jurisdiction:
            return true;
    }
    return false;
}

bool is_handler(const Directory& where, const Actor& actor, const Concern& about) {
    return about.handler && actor.person == about.handler &&
           actor.jurisdiction == where.jurisdiction.id;
}

bool grants(const definition::Permission& permission, Ability ability, std::string_view ledger) {
    return contains(permission.abilities, to_text(ability)) &&
           (permission.all_ledgers || contains(permission.ledgers, ledger));
}

bool post_grants(const Directory& where, const definition::Role& role, const Post& post,
                 const Actor& actor, const std::pair<Ability, const Concern*>& asked) {
    const Concern& about = *asked.second;
    for (const definition::Permission& permission : role.may) {
        if (!grants(permission, asked.first, about.ledger)) continue;
        if (permission.scope == definition::Scope::Own && is_handler(where, actor, about)) {
            return true;
        }
        if (reaches(where, permission.scope, standing_of(where, actor), post.unit, about.unit)) {
            return true;
        }
    }
    return false;
}

// A post may take an ability away whatever the others grant (roles.yaml: conflicts, may_not).
bool is_barred(const definition::DefinitionSet& set, const Actor& actor, Ability ability,
               std::string_view ledger) {
    return std::any_of(
        set.conflicts().begin(), set.conflicts().end(), [&](const definition::Conflict& conflict) {
            const bool asked = contains(conflict.may_not, to_text(ability)) &&
                               (conflict.ledgers.empty() || contains(conflict.ledgers, ledger));
            return asked && std::any_of(conflict.posts.begin(), conflict.posts.end(),
                                        [&](const std::string& post) { return actor.holds(post); });
        });
}

bool may_see(const Directory& where, const definition::DefinitionSet& set, const Actor& actor,
             const Concern& about) {
    const definition::Ledger* ledger = set.ledger(about.ledger);
    if (ledger == nullptr || ledger->visible_to.empty()) return true;
    return std::any_of(ledger->visible_to.begin(), ledger->visible_to.end(),
                       [&](const std::string& named) {
                           if (named == "handler") return is_handler(where, actor, about);
                           if (named == definition::kOwnJurisdiction)
                               return standing_of(where, actor) == Stands::Here;
                           return holds_for(where, set, actor, named, about.unit);
                       });
}

Error forbidden(const Directory& where, const definition::DefinitionSet& set, const Actor& actor,
                Ability ability, const Concern& about) {
    const definition::Ledger* ledger = set.ledger(about.ledger);
    const std::string title = ledger == nullptr ? std::string(about.ledger) : ledger->title;
    Error error{ErrorKind::Forbidden, errors::kForbidden, {}, {}};
    std::string names;
    for (const Person& person : where.persons) {
        if (error.may.size() == kNamedMax) break;
        if (!may(where, set, where.actor(person), ability, about)) continue;
        error.may.push_back(person.code);
        names += (names.empty() ? "" : "、") + person.name;
    }
    error.message =
        fmt::format("{}没有在“{}”台账中{}的权限，{}。", actor.name, title, chinese(ability),
                    names.empty() ? "本辖区目前也没有人有，请先由系统管理员设置岗位"
                                  : fmt::format("请由{}办理", names));
    return error;
}

}  // namespace

std::string_view to_text(Ability ability) {
    switch (ability) {
        case Ability::View:
            return "view";
        case Ability::Record:
            return "record";
        case Ability::Move:
            return "move";
        case Ability::Assign:
            return "assign";
        case Ability::Close:
            return "close";
        case Ability::Export:
            return "export";
        case Ability::Publish:
            return "publish";
        case Ability::Verify:
            return "verify";
    }
    return "";
}

bool may(const Directory& where, const definition::DefinitionSet& set, const Actor& actor,
         Ability ability, const Concern& about) {
    if (actor.system) return true;
    if (!token_leaves(actor, ability, about.ledger)) return false;
    if (is_barred(set, actor, ability, about.ledger)) return false;
    if (ability != Ability::Record && !may_see(where, set, actor, about)) return false;
    return std::any_of(actor.posts.begin(), actor.posts.end(), [&](const Post& post) {
        const definition::Role* role = set.role(post.post);
        return role != nullptr && post_grants(where, *role, post, actor, {ability, &about});
    });
}

Result<void> require(const Directory& where, const definition::DefinitionSet& set,
                     const Actor& actor, Ability ability, const Concern& about) {
    TRY_OK(require_of_token(actor, ability, about.ledger));
    if (may(where, set, actor, ability, about)) return {};
    return refuse(forbidden(where, set, actor, ability, about));
}

bool may_name(const Directory& where, const definition::DefinitionSet& set, const Actor& actor,
              std::string_view entries_of) {
    const definition::Ledger* ledger = set.ledger(entries_of);
    return ledger != nullptr && ledger->is_register && ledger->visible_to.empty() && !actor.token &&
           standing_of(where, actor) == Stands::Here &&
           !is_barred(set, actor, Ability::View, entries_of);
}

bool may_throughout(const Directory& where, const definition::DefinitionSet& set,
                    const Actor& actor, Ability ability) {
    if (actor.system) return true;
    const bool token_is_wide = !actor.token || (actor.token->ledgers.empty() &&
                                                contains(actor.token->abilities, to_text(ability)));
    if (!token_is_wide || is_barred(set, actor, ability, {})) return false;
    const Stands stands = standing_of(where, actor);
    return std::any_of(actor.posts.begin(), actor.posts.end(), [&](const Post& post) {
        const definition::Role* role = set.role(post.post);
        return role != nullptr &&
               std::any_of(role->may.begin(), role->may.end(),
                           [&](const definition::Permission& permission) {
                               return permission.all_ledgers &&
                                      contains(permission.abilities, to_text(ability)) &&
                                      reaches(where, permission.scope, stands, {}, {});
                           });
    });
}

Result<void> require_throughout(const Directory& where, const definition::DefinitionSet& set,
                                const Actor& actor, Ability ability, std::string_view what) {
    if (may_throughout(where, set, actor, ability)) return {};
    Error error{ErrorKind::Forbidden, errors::kForbidden, {}, {}};
    std::string names;
    for (const Person& person : where.persons) {
        if (error.may.size() == kNamedMax) break;
        if (!may_throughout(where, set, where.actor(person), ability)) continue;
        error.may.push_back(person.code);
        names += (names.empty() ? "" : "、") + person.name;
    }
    error.message = fmt::format(
        "{}要有在全部台账{}的权限，{}。", what, chinese(ability),
        names.empty() ? "本辖区目前没有人有，请先设置岗位" : fmt::format("请由{}办理", names));
    return refuse(std::move(error));
}

Result<void> require_of_token(const Actor& actor, Ability ability, std::string_view ledger) {
    if (token_leaves(actor, ability, ledger)) return {};
    return refuse(ErrorKind::Forbidden, errors::kForbidden,
                  fmt::format("这个访问令牌不含在此台账中{}的权限，请由本人登录办理，或另设令牌。",
                              chinese(ability)));
}

bool holds_for(const Directory& where, const definition::DefinitionSet& set, const Actor& actor,
               std::string_view post, UnitId unit) {
    if (actor.system) return false;
    const definition::Role* role = set.role(post);
    if (role == nullptr) return false;
    const Stands stands = standing_of(where, actor);
    return std::any_of(actor.posts.begin(), actor.posts.end(), [&](const Post& held) {
        return held.post == post &&
               std::any_of(role->may.begin(), role->may.end(),
                           [&](const definition::Permission& permission) {
                               return reaches(where, permission.scope, stands, held.unit, unit);
                           });
    });
}

}  // namespace fazhi::access
