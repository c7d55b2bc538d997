#include "action/set_email.h"

#include <fmt/format.h>

#include "access/errors.h"
#include "action/setting_post.h"
#include "storage/transaction.h"

namespace fazhi::action {

Result<std::string> set_email(Workplace& workplace, const std::string& code, const EmailOf& asked) {
    JurisdictionId where;
    {
        const auto connection = workplace.database.reading();
        TRY(const Office office, open_office(workplace, *connection, code));
        where = office.directory.jurisdiction.id;
    }
    std::string name;
    TRY_OK(workplace.writer.run(where, [&](storage::Transaction& transaction) -> Result<void> {
        TRY(const Office office, open_office(workplace, transaction, where));
        TRY(const access::Actor actor, actor_in(transaction.connection(), office, asked.as));
        const ledger::Context context = context_of(office, actor, workplace.clock.now());
        TRY_OK(require_post(context, {.setting = "contact_post",
                                      .what = "登记人员的电子邮箱",
                                      .code = access::errors::kForbidden,
                                      .where = "as"}));
        const access::Person* person = office.directory.person_named(asked.person);
        if (person == nullptr)
            return refuse(ErrorKind::NotFound, access::errors::kNoSuchPerson,
                          fmt::format("{}没有代码或姓名为“{}”的人员（重名的请用代码）。",
                                      office.directory.jurisdiction.name, asked.person),
                          "person");
        name = person->name;
        return workplace.organisation.set_email(transaction, {where, actor, context.accepted_at},
                                                person->id, asked.address);
    }));
    return name;
}

}  // namespace fazhi::action
