#include <algorithm>
#include <fstream>

#include <fmt/format.h>

#include "action/errors.h"
#include "action/export_sheet.h"
#include "action/import_sheet.h"
#include "cli/errors.h"
#include "cli/session.h"
#include "storage/transaction.h"

namespace fazhi::cli {
namespace {

// How an import is tried without writing: its command ends in this refusal, which undoes it.
constexpr std::string_view kTriedOnly = "cli.tried_only";

struct Importing {
    action::Workplace& workplace;
    const Options& options;
    JurisdictionId office;
    exchange::Sheet sheet;
};

Result<std::size_t> import_rows(const Importing& importing, storage::Transaction& transaction,
                                const exchange::Sheet& sheet, const std::string& what) {
    TRY(const action::Office office,
        action::open_office(importing.workplace, transaction, importing.office));
    TRY(const access::Actor actor,
        action::actor_in(transaction.connection(), office, importing.options.as));
    const definition::Ledger* ledger = office.definitions->ledger_named(importing.options.ledger);
    if (ledger == nullptr) {
        return refuse(ErrorKind::NotFound, errors::kBadOption,
                      fmt::format("本单位没有台账“{}”。", importing.options.ledger), "--ledger");
    }
    ledger::Context context = action::context_of(office, actor, importing.workplace.clock.now());
    context.importing = importing.options.history;
    TRY(action::ImportPlan plan,
        action::plan_import(*office.definitions, *ledger, sheet, importing.options.history));
    plan.files = std::filesystem::path(importing.options.words.front()).parent_path() / "files";
    const std::vector<action::ImportPlan> plans = {std::move(plan)};
    return action::SheetImport({importing.workplace, transaction, context}, plans)
        .run([&](std::size_t done, std::size_t of) {
            print_progress(importing.options, what, done, of);
        });
}

Result<void> try_all(const Importing& importing) {
    const Result<void> tried = importing.workplace.writer.run(
        importing.office, [&](storage::Transaction& transaction) -> Result<void> {
            TRY_OK(import_rows(importing, transaction, importing.sheet, "查错"));
            return refuse(ErrorKind::Conflict, kTriedOnly, "");
        });
    if (!tried && tried.error().code != kTriedOnly) return tried;
    return {};
}

}  // namespace

Result<int> import_command(Session& session) {
    const Options& options = session.options;
    std::ifstream in(options.words.front(), std::ios::binary);
    if (!in)
        return refuse(ErrorKind::NotFound, errors::kBadOption,
                      fmt::format("读不到文件 {}。", options.words.front()), "file");
    if (options.as.empty())
        return refuse(ErrorKind::InvalidInput, errors::kBadOption, "请用 --as 指明办理人。",
                      "--as");
    TRY(exchange::Sheet sheet,
        exchange::read_csv(std::string(std::istreambuf_iterator<char>(in), {})));
    TRY(action::Workplace * workplace, session.workplace());
    TRY(const access::Jurisdiction jurisdiction,
        access::Organisation::jurisdiction(*workplace->database.reading(), options.jurisdiction));
    const Importing importing{*workplace, options, jurisdiction.id, std::move(sheet)};
    TRY_OK(try_all(importing));
    if (options.check_only) {
        print_line(fmt::format("没有问题：{}行可以导入。", importing.sheet.rows.size()));
        return 0;
    }
    std::size_t made = 0;
    const std::vector<exchange::SheetRow>& rows = importing.sheet.rows;
    for (std::size_t first = 0; first < rows.size(); first += storage::kGroupMax) {
        const std::size_t last = std::min(rows.size(), first + storage::kGroupMax);
        exchange::Sheet batch{importing.sheet.heads,
                              {rows.begin() + static_cast<std::ptrdiff_t>(first),
                               rows.begin() + static_cast<std::ptrdiff_t>(last)}};
        const Result<void> written = workplace->writer.run(
            importing.office, [&](storage::Transaction& transaction) -> Result<void> {
                TRY(const std::size_t count,
                    import_rows(importing, transaction, batch,
                                fmt::format("写入第{}行起", batch.rows.front().number)));
                made += count;
                return {};
            });
        if (!written) {
            print_note(
                fmt::format("前{}条已写入，第{}行起没有写入。", made, batch.rows.front().number));
            return Refusal(written.error());
        }
    }
    print_line(fmt::format("已导入{}条。", made));
    return 0;
}

Result<int> export_command(Session& session) {
    const Options& options = session.options;
    TRY(action::Workplace * workplace, session.workplace());
    const auto connection = workplace->database.reading();
    TRY(const action::Office office,
        action::open_office(*workplace, *connection, options.jurisdiction));
    if (options.as.empty())
        return refuse(ErrorKind::InvalidInput, errors::kBadOption, "请用 --as 指明办理人。",
                      "--as");
    TRY(const access::Actor actor, action::actor_in(*connection, office, options.as));
    TRY(const action::ExportedSheet sheet,
        action::export_sheet(*workplace, *connection, office, actor, options.ledger));
    std::ofstream out(options.words.front(), std::ios::binary | std::ios::trunc);
    out << exchange::write_csv(sheet.heads, sheet.rows);
    out.close();
    if (!out)
        return refuse(ErrorKind::Unavailable, errors::kBadOption,
                      fmt::format("写不了文件 {}。", options.words.front()), "file");
    print_line(fmt::format("已导出{}条到 {}。", sheet.rows.size(), options.words.front()));
    return 0;
}

}  // namespace fazhi::cli
