#include "action/destroy_entry.h"

#include <fstream>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "action/errors.h"
#include "action/setting_post.h"
#include "journal/record.h"
#include "storage/transaction.h"

namespace fazhi::action {
namespace {

constexpr const char* kDestructions = "destruction";
constexpr const char* kList = "destroyed.jsonl";

std::filesystem::path list_of(const Workplace& workplace) {
    return workplace.data / kList;
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

}  // namespace

Result<Destroyed> destroy_entry(Workplace& workplace, const DestroyOrder& order) {
    Doomed doomed{order.office, {}, order.entry};
    std::string line;
    TRY_OK(
        workplace.writer.run(order.office, [&](storage::Transaction& transaction) -> Result<void> {
            TRY(const Office office, open_office(workplace, transaction, order.office));
            TRY(const access::Actor actor, actor_in(transaction.connection(), office, order.as));
            TRY(const definition::Ledger* ledger, ledger_named(office, order.ledger));
            ledger::Context context = context_of(office, actor, workplace.clock.now());
            TRY_OK(require_post(context, {"destruction_post", "删除个人信息",
                                          errors::kNotDestructionPost, "--as"}));
            doomed.ledger = ledger->id;
            line.clear();
            storage::Connection& connection = transaction.connection();
            TRY(const ledger::Entry entry,
                workplace.ledgers.find(transaction, context, ledger->id, order.entry,
                                       ledger::Ledgers::Private::Masked));
            if (workplace.ledgers.is_destroyed(connection, context, order.entry)) return {};
            TRY(const ledger::Entry why,
                workplace.ledgers.create(transaction, context,
                                         {.ledger = kDestructions,
                                          .fields = Value::Map{{"entry_no", order.entry.value},
                                                               {"ground", order.ground},
                                                               {"target", ledger->title}},
                                          .unit = {},
                                          .handler = {},
                                          .reference = {},
                                          .opened_by = {},
                                          .opened_by_ledger = {}}));
            TRY_OK(workplace.ledgers.destroy(transaction, context, ledger->id, order.entry,
                                             why.head.id));
            line = journal::canonical(
                Value::Map{{"entry", order.entry.value},
                           {"jurisdiction", order.office.value},
                           {"leaf", leaf_of(workplace, connection, order.office, order.entry)},
                           {"ledger", ledger->id}});
            return {};
        }));
    if (!line.empty()) list(workplace, line);
    Destroyed out;
    TRY(out.files, clear_away(workplace, doomed));
    out.log_emptied = workplace.database.empty_log();
    return out;
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
                if (workplace.ledgers.is_destroyed(connection, context, each.entry)) return {};
                again = true;
                return workplace.ledgers.destroy(transaction, context, each.ledger, each.entry,
                                                 EntryId{});
            }));
        if (!again) continue;
        TRY(const std::size_t files, clear_away(workplace, {each.office, each.ledger, each.entry}));
        static_cast<void>(files);
        ++count;
    }
    workplace.database.empty_log();
    return count;
}

}  // namespace fazhi::action
