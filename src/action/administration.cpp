#include "action/administration.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "access/organisation.h"
#include "action/account_office.h"
#include "action/errors.h"
#include "action/setting_post.h"
#include "definition/definition_set.h"

namespace fazhi::action {
namespace {

access::Change change_of(const Task& task) {
    return {task.context.directory.jurisdiction.id, task.context.actor, task.context.accepted_at};
}

Result<void> require_account_post(const Task& task, const char* what) {
    return require_post(
        task.context,
        {.setting = "account_post", .what = what, .code = errors::kNotAccountPost, .where = {}});
}

}  // namespace

bool may_set(const access::Directory& directory, const definition::Setting& setting,
             const access::Actor& actor) {
    return actor.system ||
           (!actor.token && actor.jurisdiction == directory.jurisdiction.id &&
            std::any_of(setting.change.begin(), setting.change.end(),
                        [&](const std::string& post) { return actor.holds(post); }));
}

Result<void> set_setting(const Task& task, std::string_view name, const Value& value) {
    TRY_OK(require_person_here(task.context.actor));
    const definition::Setting* setting = task.context.definitions.setting(name);
    if (setting != nullptr && !may_set(task.context.directory, *setting, task.context.actor)) {
        std::vector<std::string> posts;
        for (const std::string& post : setting->change) {
            const definition::Role* role = task.context.definitions.role(post);
            posts.push_back(role == nullptr ? post : role->title);
        }
        return refuse(ErrorKind::Forbidden, errors::kMayNotSet,
                      fmt::format("“{}”由{}修改。", setting->title, fmt::join(posts, "或")),
                      std::string(name));
    }
    return task.workplace.organisation.set_setting(task.transaction, change_of(task),
                                                   task.context.definitions, name, value);
}

Result<UnitId> add_unit(const Task& task, const access::NewUnit& unit) {
    TRY_OK(require_account_post(task, "设立科室和社区"));
    return task.workplace.organisation.add_unit(task.transaction, change_of(task), unit);
}

Result<void> change_unit(const Task& task, std::string_view code, const access::UnitChange& unit) {
    TRY_OK(require_account_post(task, "更改科室和社区"));
    const access::Unit* found = task.context.directory.unit_named(code);
    return task.workplace.organisation.change_unit(task.transaction, change_of(task),
                                                   found == nullptr ? UnitId{} : found->id, unit);
}

Result<PersonId> add_person(const Task& task, const access::NewPerson& person) {
    TRY_OK(require_account_post(task, "登记人员"));
    return task.workplace.organisation.add_person(task.transaction, change_of(task),
                                                  task.context.definitions, person);
}

Result<void> place_person(const Task& task, std::string_view code,
                          const access::Placement& placement) {
    TRY_OK(require_account_post(task, "调整人员的单位和岗位"));
    const access::Directory& directory = task.context.directory;
    const access::Person* person = directory.person_named(code);
    const PersonId id = person == nullptr ? PersonId{} : person->id;
    const Value keeps = directory.setting(task.context.definitions, "account_post");
    const bool goes_on =
        std::any_of(placement.posts.begin(), placement.posts.end(),
                    [&](const access::Placement::Held& held) { return keeps == Value(held.post); });
    if (!task.context.actor.system && task.context.actor.person == id && !goes_on) {
        return refuse(ErrorKind::RefusedByRule, errors::kOwnAccount,
                      "管理账号的岗位不能由本人免去：请先让另一人担任，再由那个人来调整。",
                      "posts");
    }
    return task.workplace.organisation.place_person(task.transaction, change_of(task),
                                                    task.context.definitions, id, placement);
}

}  // namespace fazhi::action
