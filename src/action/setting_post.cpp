#include "action/setting_post.h"

#include <fmt/format.h>

#include "action/account_office.h"

namespace fazhi::action {

Result<void> require_post(const ledger::Context& context, const PostOfSetting& asked) {
    if (context.actor.system) return {};
    TRY_OK(require_person_here(context.actor));
    const Value setting = context.directory.setting(context.definitions, asked.setting);
    const std::string post = setting.is_text() ? setting.as_text() : std::string();
    const bool is_here = context.actor.jurisdiction == context.directory.jurisdiction.id;
    if (!post.empty() && is_here && context.actor.holds(post)) return {};
    const definition::Role* role = context.definitions.role(post);
    Error error{ErrorKind::Forbidden, asked.code, {}, asked.where};
    std::string names;
    for (const access::Person& person : context.directory.persons) {
        if (post.empty() || !context.directory.actor(person).holds(post)) continue;
        error.may.push_back(person.code);
        names += (names.empty() ? "" : "、") + person.name;
    }
    error.message = role == nullptr
                        ? fmt::format("还没有设置由哪个岗位作{}，请先由系统管理员设置“{}”。",
                                      asked.what, asked.setting)
                        : fmt::format("{}只由“{}”岗位办理，{}。", asked.what, role->title,
                                      names.empty() ? "目前没有人担任，请先设置岗位"
                                                    : fmt::format("请由{}办理", names));
    return refuse(std::move(error));
}

}  // namespace fazhi::action
