#include <fmt/format.h>

#include "action/destroy_entry.h"
#include "cli/session.h"

namespace fazhi::cli {
namespace {

constexpr const char* kLogNotEmptied =
    "数据库里的旧页还没有清空（有人正在读，或用的是 PostgreSQL）：见操作手册。";

}  // namespace

Result<int> destroy_command(Session& session) {
    const Options& options = session.options;
    TRY_OK(require_person(options));
    TRY(action::Workplace * workplace, session.workplace());
    TRY(const access::Jurisdiction jurisdiction,
        access::Organisation::jurisdiction(*workplace->database.reading(), options.jurisdiction));
    TRY(const action::Destroyed destroyed,
        action::destroy_entry(*workplace, {.office = jurisdiction.id,
                                           .as = options.as,
                                           .ledger = options.ledger,
                                           .entry = EntryId{options.entry},
                                           .ground = options.ground}));
    print_line(fmt::format("已删除：第{}条里的个人信息和文字不可恢复；带走佐证材料{}份。",
                           options.entry, destroyed.files));
    if (!destroyed.log_emptied) print_note(kLogNotEmptied);
    return 0;
}

Result<int> person_destroy_command(Session& session) {
    const Options& options = session.options;
    TRY_OK(require_person(options));
    TRY(action::Workplace * workplace, session.workplace());
    TRY(const access::Jurisdiction jurisdiction,
        access::Organisation::jurisdiction(*workplace->database.reading(), options.jurisdiction));
    TRY(const action::Destroyed destroyed,
        action::destroy_person(*workplace, {.office = jurisdiction.id,
                                            .as = options.as,
                                            .person = options.person,
                                            .ground = options.ground}));
    print_line("已删除：这名人员的代码、姓名和邮箱不可恢复，岗位已终止；经手的台账不变。");
    if (!destroyed.log_emptied) print_note(kLogNotEmptied);
    return 0;
}

Result<int> destroy_again_command(Session& session) {
    TRY(action::Workplace * workplace, session.workplace());
    TRY(const std::size_t count, action::destroy_again(*workplace));
    print_line(fmt::format("再次删除{}条。", count));
    return 0;
}

}  // namespace fazhi::cli
