#include "action/office_adoption.h"

#include <algorithm>

#include <fmt/format.h>

#include "action/accounts.h"
#include "action/errors.h"
#include "action/setting_post.h"
#include "definition/pack_diff.h"
#include "definition/pack_head.h"

namespace fazhi::action {
namespace {

Result<Office> administered(Workplace& workplace, storage::Connection& reading,
                            const AdoptionOrder& order, const char* what) {
    TRY(Office office, open_office(workplace, reading, order.office));
    const ledger::Context context = context_of(office, order.by, workplace.clock.now());
    TRY_OK(require_post(
        context,
        {.setting = "account_post", .what = what, .code = errors::kNotAccountPost, .where = {}}));
    return office;
}

Result<void> log_adoption(Workplace& workplace, const AdoptionOrder& order, std::string what) {
    return record_access(workplace, {.jurisdiction = order.office,
                                     .at = {},
                                     .person = order.by.person,
                                     .person_jurisdiction = order.by.jurisdiction,
                                     .what = std::string(access::accesses::kAdoption),
                                     .ledger = {},
                                     .entry = {},
                                     .reason = std::move(what),
                                     .address = order.address});
}

bool is_only_office(Workplace& workplace, JurisdictionId office) {
    const auto all = access::Organisation::jurisdictions(*workplace.database.reading());
    return std::none_of(all.begin(), all.end(), [&](const access::Jurisdiction& each) {
        return !each.definitions.empty() && each.id != office;
    });
}

}  // namespace

Result<PacksInForce> packs_in_force(Workplace& workplace, const AdoptionOrder& order) {
    const auto reading = workplace.database.reading();
    TRY(const Office office, administered(workplace, *reading, order, "查看和改用定义"));
    const std::vector<std::string>& packs = office.directory.jurisdiction.packs;
    PacksInForce out;
    for (const definition::PackSource& pack : workplace.definitions.installed(*reading)) {
        if (std::find(packs.begin(), packs.end(), pack.name) != packs.end())
            out.installed.push_back({pack.name, definition::head_of(pack).title, pack.version});
    }
    TRY(const auto set, workplace.definitions.set_for(*reading, packs));
    if (set->digest() == office.definitions->digest()) return out;
    out.is_newest = false;
    out.changes = definition::differences(*office.definitions, *set);
    if (const auto fits = check_adoption(*office.definitions, *set); !fits)
        out.against = flatten(fits.error());
    // The tables and what is inserted into them were made of what was installed when the program
    // began.
    TRY(const auto whole, workplace.definitions.union_set(*reading));
    if (whole->digest() != workplace.tables->digest())
        out.against.push_back({ErrorKind::RefusedByRule,
                               errors::kRestartFirst,
                               "新安装的定义要等服务程序重新启动后才能采用，请联系运维人员。",
                               {}});
    return out;
}

Result<Adoption> adopt_packs_here(Workplace& workplace, const AdoptionOrder& order) {
    TRY(PacksInForce now, packs_in_force(workplace, order));
    if (!now.against.empty()) return refuse(join_errors(std::move(now.against)));
    TRY(const Adoption adopted, adopt_packs(workplace, order.office, order.by));
    if (adopted.changed) {
        TRY_OK(log_adoption(workplace, order,
                            fmt::format("改用新装的定义，{}处变化", adopted.changes.size())));
    }
    return adopted;
}

Result<std::vector<MovedClock>> clocks_moved_here(Workplace& workplace, const AdoptionOrder& order,
                                                  const definition::CalendarYear& year) {
    std::string code;
    {
        const auto reading = workplace.database.reading();
        TRY(const Office office, administered(workplace, *reading, order, "采用放假安排"));
        code = office.directory.jurisdiction.code;
    }
    TRY(auto moved, clocks_moved_by(workplace, year));
    std::erase_if(moved, [&](const MovedClock& each) { return each.office != code; });
    return moved;
}

Result<std::vector<MovedClock>> adopt_calendar_here(Workplace& workplace,
                                                    const AdoptionOrder& order,
                                                    const definition::CalendarYear& year) {
    {
        const auto reading = workplace.database.reading();
        TRY_OK(administered(workplace, *reading, order, "采用放假安排"));
    }
    if (!is_only_office(workplace, order.office)) {
        return refuse(
            ErrorKind::Forbidden, errors::kOtherOfficesToo,
            "放假安排对这台服务器上的所有单位都有效，会改动别的单位的期限；请由运维人员用 "
            "fazhi calendar load 统一采用。");
    }
    TRY_OK(log_adoption(workplace, order, fmt::format("采用{}年放假安排", year.year)));
    return adopt_calendar(workplace, year);
}

}  // namespace fazhi::action
