#include "action/account_office.h"

#include <fmt/format.h>

#include "access/errors.h"
#include "storage/transaction.h"

namespace fazhi::action {
namespace {

Result<AccountOffice> with_rules(Workplace& workplace, storage::Connection& connection,
                                 access::SharedDirectory directory) {
    AccountOffice office{.kept = std::move(directory), .installed = workplace.tables};
    const std::string& digest = office.directory.jurisdiction.definitions;
    if (!digest.empty()) {
        TRY(office.definitions, workplace.definitions.set_by_digest(connection, digest));
    }
    office.rules = access::account_rules(office.directory, office.definitions.get());
    return office;
}

Refusal not_by_token() {
    return refuse(ErrorKind::Forbidden, access::errors::kNotByToken,
                  "访问令牌不能办理这一事项，请由本人登录办理。");
}

}  // namespace

std::string AccountOffice::post_of(const char* setting) const {
    return access::post_of_setting(directory, definitions.get(), *installed, setting);
}

std::string AccountOffice::login_of(const access::Person& person) const {
    return person.code + "@" + directory.jurisdiction.code;
}

Result<AccountOffice> account_office(Workplace& workplace, storage::Connection& connection,
                                     JurisdictionId id) {
    TRY(auto directory, workplace.directories.find(connection, id));
    return with_rules(workplace, connection, std::move(directory));
}

Result<AccountOffice> account_office(Workplace& workplace, storage::Transaction& transaction,
                                     JurisdictionId id) {
    TRY(auto directory, workplace.directories.find(transaction, id));
    return with_rules(workplace, transaction.connection(), std::move(directory));
}

bool keeps(const AccountOffice& office, const access::Actor& actor, const KeeperAsked& asked) {
    if (actor.system) return true;
    const std::string post = office.post_of(asked.setting);
    const bool is_here = actor.jurisdiction == office.directory.jurisdiction.id;
    return is_here && !actor.token && !post.empty() && actor.holds(post);
}

Result<void> require_keeper(const AccountOffice& office, const access::Actor& actor,
                            const KeeperAsked& asked) {
    TRY_OK(require_person_here(actor));
    if (keeps(office, actor, asked)) return {};
    const std::string post = office.post_of(asked.setting);
    const definition::Role* role = office.definitions ? office.definitions->role(post) : nullptr;
    if (role == nullptr) role = office.installed->role(post);
    Error error{ErrorKind::Forbidden, asked.code, {}, {}};
    std::string names;
    for (const access::Person* person : office.directory.holders(post)) {
        error.may.push_back(person->code);
        names += (names.empty() ? "" : "、") + person->name;
    }
    error.message =
        post.empty()
            ? fmt::format("还没有安装说明由哪个岗位{}的定义包，请先在服务器上办理。", asked.what)
            : fmt::format("{}只由“{}”岗位办理，{}。", asked.what,
                          role == nullptr ? post : role->title,
                          names.empty() ? "目前没有人担任，请先设置岗位"
                                        : fmt::format("请由{}办理", names));
    return refuse(std::move(error));
}

Result<void> require_person_here(const access::SignedIn& who) {
    if (who.by_token) return not_by_token();
    return {};
}

Result<void> require_person_here(const access::Actor& actor) {
    if (actor.token) return not_by_token();
    return {};
}

Result<const access::Person*> person_of(const access::Directory& directory,
                                        const std::string& called, const char* where) {
    if (const access::Person* person = directory.person_named(called)) return person;
    return refuse(ErrorKind::NotFound, access::errors::kNoSuchPerson,
                  fmt::format("{}没有代码或姓名为“{}”的人员（重名的请用代码）。",
                              directory.jurisdiction.name, called),
                  where);
}

access::AccessLine line_about(const access::Holder& person, std::string_view what,
                              const std::string& reason, const std::string& address) {
    return {.jurisdiction = person.jurisdiction,
            .at = {},
            .n = 0,
            .person = person.person,
            .person_jurisdiction = person.jurisdiction,
            .what = std::string(what),
            .ledger = {},
            .entry = {},
            .reason = reason,
            .address = address};
}

access::AccessLine line_by(const access::Actor& by, JurisdictionId office, std::string_view what,
                           const std::string& reason, const std::string& address) {
    access::AccessLine line = line_about({office, by.person}, what, reason, address);
    line.person_jurisdiction = by.jurisdiction;
    return line;
}

}  // namespace fazhi::action
