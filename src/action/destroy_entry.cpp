#include "action/destroy_entry.h"

#include <fstream>
#include <functional>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "access/errors.h"
#include "action/errors.h"
#include "action/setting_post.h"
#include "journal/record.h"
#include "ledger/scan.h"
#include "storage/transaction.h"

namespace fazhi::action {
namespace {

constexpr const char* kDestructions = "destruction";
constexpr std::string_view kPeriodOver = "period_over";  // an option of its field `ground`
constexpr const char* kPersons =
    "person";  // in the place of a ledger in the list; none is called so

std::filesystem::path list_of(const Workplace& workplace) {
    return workplace.data / kDestroyedList;
}

// Appended in one write and flushed: the list must outlast a power cut as the commit does.
void list(const Workplace& workplace, const std::string& line) {
    const std::string path = list_of(workplace).string();
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0) throw std::system_error(errno, std::generic_category(), path);
    const std::string text = line + "\n";
    const bool written =
        ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
        ::fsync(file) == 0;
    const int why = errno;
    ::close(file);
    if (!written) throw std::system_error(why, std::generic_category(), path);
}

struct Listed {
    JurisdictionId office;
    std::string ledger;
    EntryId entry;
    std::string leaf;  // hex
};

Result<std::vector<Listed>> listed(const Workplace& workplace) {
    std::vector<Listed> out;
    std::ifstream in(list_of(workplace));
    for (std::string line; std::getline(in, line);) {
        if (line.empty()) continue;
        const auto value = journal::parse_canonical(line);
        if (!value || !value->is_map()) {
            return refuse(ErrorKind::InvalidInput, errors::kBadDestroyedList,
                          fmt::format("{} 第{}行读不懂，请从另一份备份里取回这个文件。",
                                      list_of(workplace).string(), out.size() + 1),
                          "list");
        }
        out.push_back({JurisdictionId{value->integer_at("jurisdiction")}, value->text_at("ledger"),
                       EntryId{value->integer_at("entry")}, value->text_at("leaf")});
    }
    return out;
}

std::string leaf_of(Workplace& workplace, storage::Connection& connection, JurisdictionId office,
                    EntryId entry) {
    const auto leaves = workplace.journal.leaves(connection, office, {entry.value});
    return leaves.empty() ? std::string() : leaves.front().second.hex();
}

// The entry and the files that are left of it.
struct Doomed {
    JurisdictionId office;
    std::string ledger;
    EntryId entry;
};

Result<std::size_t> clear_away(Workplace& workplace, const Doomed& doomed) {
    std::size_t files = 0;
    TRY_OK(
        workplace.writer.run(doomed.office, [&](storage::Transaction& transaction) -> Result<void> {
            TRY(const Office office, open_office(workplace, transaction, doomed.office));
            const ledger::Context context =
                context_of(office, access::system_actor(doomed.office), workplace.clock.now());
            files = workplace.ledgers.remove_unused_files(transaction, context, doomed.ledger,
                                                          doomed.entry);
            return {};
        }));
    return files;
}

// One line of the list.
std::string list_line(Workplace& workplace, storage::Connection& connection, const Doomed& doomed) {
    return journal::canonical(
        Value::Map{{"entry", doomed.entry.value},
                   {"jurisdiction", doomed.office.value},
                   {"leaf", leaf_of(workplace, connection, doomed.office, doomed.entry)},
                   {"ledger", doomed.ledger}});
}

// The entry that says why.
struct Reason {
    std::string target;
    std::int64_t number = 0;
    std::string ground;
};

Result<EntryId> write_reason(Workplace& workplace, storage::Transaction& transaction,
                             ledger::Context& context, const Reason& reason) {
    TRY(const ledger::Entry why,
        workplace.ledgers.create(transaction, context,
                                 {.ledger = kDestructions,
                                  .fields = Value::Map{{"entry_no", reason.number},
                                                       {"ground", reason.ground},
                                                       {"target", reason.target}},
                                  .unit = {},
                                  .handler = {},
                                  .reference = {},
                                  .opened_by = {},
                                  .opened_by_ledger = {}}));
    return why.head.id;
}

// Who does it, once the office is open.
using Deciding =
    std::function<Result<ledger::Context>(storage::Transaction&, const Office& office)>;

Result<Destroyed> destroyed(Workplace& workplace, const DestroyOrder& order,
                            const Deciding& deciding) {
    Doomed doomed{order.office, {}, order.entry};
    std::string line;
    TRY_OK(
        workplace.writer.run(order.office, [&](storage::Transaction& transaction) -> Result<void> {
            TRY(const Office office, open_office(workplace, transaction, order.office));
            TRY(const definition::Ledger* ledger, ledger_named(office, order.ledger));
            TRY(ledger::Context context, deciding(transaction, office));
            doomed.ledger = ledger->id;
            line.clear();
            storage::Connection& connection = transaction.connection();
            TRY(const ledger::Entry entry,
                workplace.ledgers.find(transaction, context, ledger->id, order.entry,
                                       ledger::Ledgers::Private::Masked));
            if (workplace.ledgers.is_destroyed(connection, context, order.entry)) return {};
            TRY(const EntryId why, write_reason(workplace, transaction, context,
                                                {ledger->title, order.entry.value, order.ground}));
            TRY_OK(workplace.ledgers.destroy(transaction, context, ledger->id, order.entry, why));
            line = list_line(workplace, connection, doomed);
            return {};
        }));
    if (!line.empty()) list(workplace, line);
    Destroyed out;
    TRY(out.files, clear_away(workplace, doomed));
    out.log_emptied = workplace.database.empty_log();
    return out;
}

// How many entries this person handles that are in no final state and not void.
std::int64_t open_entries_of(storage::Connection& connection, const ledger::Context& context,
                             PersonId person) {
    std::int64_t count = 0;
    for (const definition::Ledger& ledger : context.definitions.ledgers()) {
        if (ledger.states.empty()) continue;
        ledger::scan(connection, context.directory.jurisdiction.id, ledger, {ledger.dated_by},
                     {.counting = true}, [&](const ledger::Entry& entry) {
                         if (entry.head.handler != person) return;
                         const definition::State* state = ledger.state(entry.head.state);
                         count += state != nullptr && !state->is_final ? 1 : 0;
                     });
    }
    return count;
}

Result<void> require_gone(storage::Connection& connection, const ledger::Context& context,
                          const access::Person& person) {
    const auto still = [](const std::string& message) {
        return refuse(ErrorKind::RefusedByRule, errors::kStillInOffice, message, "person");
    };
    if (context.actor.person == person.id)
        return still("不能删除办理人自己的信息，请由同岗位的另一人办理。");
    const std::int64_t open = open_entries_of(connection, context, person.id);
    if (open == 0) return {};
    return still(
        fmt::format("{}经办的还有{}条没有办结，办结、作废或移交以后才能删除。", person.name, open));
}

// Again as the system, where the journal is an older one's: answers whether there was anything.
Result<bool> person_again(Workplace& workplace, storage::Transaction& transaction,
                          const access::Change& change, PersonId person) {
    if (workplace.organisation.is_destroyed(transaction, change.jurisdiction, person)) return false;
    TRY_OK(workplace.organisation.destroy_person(transaction, change, person, EntryId{}));
    workplace.accounts.remove(transaction, {change.jurisdiction, person});
    return true;
}

}  // namespace

Result<Destroyed> destroy_entry(Workplace& workplace, const DestroyOrder& order) {
    return destroyed(
        workplace, order,
        [&](storage::Transaction& transaction, const Office& office) -> Result<ledger::Context> {
            TRY(const access::Actor actor, actor_in(transaction.connection(), office, order.as));
            ledger::Context context = context_of(office, actor, workplace.clock.now());
            TRY_OK(require_post(context, {"destruction_post", "删除个人信息",
                                          errors::kNotDestructionPost, "--as"}));
            return context;
        });
}

Result<Destroyed> destroy_expired(Workplace& workplace, JurisdictionId jurisdiction,
                                  const std::string& ledger, EntryId entry) {
    return destroyed(workplace, {jurisdiction, {}, ledger, entry, std::string(kPeriodOver)},
                     [&](storage::Transaction&, const Office& office) -> Result<ledger::Context> {
                         return context_of(office, access::system_actor(jurisdiction),
                                           workplace.clock.now());
                     });
}

Result<Destroyed> destroy_person(Workplace& workplace, const DestroyPersonOrder& order) {
    std::string line;
    TRY_OK(
        workplace.writer.run(order.office, [&](storage::Transaction& transaction) -> Result<void> {
            line.clear();
            TRY(const Office office, open_office(workplace, transaction, order.office));
            storage::Connection& connection = transaction.connection();
            TRY(const access::Actor actor, actor_in(connection, office, order.as));
            ledger::Context context = context_of(office, actor, workplace.clock.now());
            TRY_OK(require_post(context, {"destruction_post", "删除个人信息",
                                          errors::kNotDestructionPost, "--as"}));
            const access::Person* person = office.directory.person_named(order.person);
            if (person == nullptr) {
                return refuse(ErrorKind::NotFound, access::errors::kNoSuchPerson,
                              fmt::format("{}没有代码或姓名为“{}”的人员（重名的请用代码）。",
                                          office.directory.jurisdiction.name, order.person),
                              "person");
            }
            TRY_OK(require_gone(connection, context, *person));
            TRY(const EntryId why, write_reason(workplace, transaction, context,
                                                {"人员", person->id.value, order.ground}));
            TRY_OK(workplace.organisation.destroy_person(
                transaction, {order.office, actor, context.accepted_at}, person->id, why));
            workplace.accounts.remove(transaction, {order.office, person->id});
            line = list_line(workplace, connection,
                             {order.office, kPersons, EntryId{person->id.value}});
            return {};
        }));
    list(workplace, line);
    return Destroyed{.files = 0, .log_emptied = workplace.database.empty_log()};
}

Result<std::size_t> destroy_again(Workplace& workplace) {
    TRY(const std::vector<Listed> all, listed(workplace));
    std::size_t count = 0;
    for (const Listed& each : all) {
        bool again = false;
        TRY_OK(workplace.writer.run(
            each.office, [&](storage::Transaction& transaction) -> Result<void> {
                again = false;
                storage::Connection& connection = transaction.connection();
                // Another entry may have this number now: the leaf hash tells.
                if (leaf_of(workplace, connection, each.office, each.entry) != each.leaf) return {};
                TRY(const Office office, open_office(workplace, transaction, each.office));
                ledger::Context context =
                    context_of(office, access::system_actor(each.office), workplace.clock.now());
                if (each.ledger == kPersons) {
                    TRY(again, person_again(workplace, transaction,
                                            {each.office, context.actor, context.accepted_at},
                                            PersonId{each.entry.value}));
                    return {};
                }
                if (workplace.ledgers.is_destroyed(connection, context, each.entry)) return {};
                again = true;
                return workplace.ledgers.destroy(transaction, context, each.ledger, each.entry,
                                                 EntryId{});
            }));
        if (!again) continue;
        ++count;
        if (each.ledger == kPersons) continue;
        TRY(const std::size_t files, clear_away(workplace, {each.office, each.ledger, each.entry}));
        static_cast<void>(files);
    }
    workplace.database.empty_log();
    return count;
}

}  // namespace fazhi::action
