#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "action/errors.h"
#include "action/export_sheet.h"
#include "action/import_sheet.h"
#include "cli/errors.h"
#include "cli/session.h"
#include "exchange/csv.h"
#include "exchange/table_file.h"
#include "exchange/xlsx_writer.h"
#include "storage/transaction.h"

namespace fazhi::cli {
namespace {

// How an import is tried without writing: its command ends in this refusal, which undoes it.
constexpr std::string_view kTriedOnly = "cli.tried_only";
constexpr int kBlankRows = 1'000;  // of a template, that offer choices

struct Importing {
    action::Workplace& workplace;
    const Options& options;
    JurisdictionId office;
    exchange::Sheet sheet;
};

Result<const definition::Ledger*> ledger_of(const action::Office& office, const std::string& name) {
    const definition::Ledger* ledger = office.definitions->ledger_named(name);
    if (ledger != nullptr) return ledger;
    return refuse(ErrorKind::NotFound, errors::kBadOption,
                  fmt::format("本单位没有台账“{}”。", name), "--ledger");
}

Result<std::size_t> import_rows(const Importing& importing, storage::Transaction& transaction,
                                const exchange::Sheet& sheet, const std::string& what) {
    TRY(const action::Office office,
        action::open_office(importing.workplace, transaction, importing.office));
    TRY(const access::Actor actor,
        action::actor_in(transaction.connection(), office, importing.options.as));
    TRY(const definition::Ledger* ledger, ledger_of(office, importing.options.ledger));
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

Result<exchange::TableWish> wish_of(action::Workplace& workplace, const Options& options) {
    const auto connection = workplace.database.reading();
    TRY(const action::Office office,
        action::open_office(workplace, *connection, options.jurisdiction));
    TRY(const definition::Ledger* ledger, ledger_of(office, options.ledger));
    return exchange::TableWish{.heads = action::heads_of(*office.definitions, *ledger),
                               .sheet = options.sheet};
}

// "台账!C12" or "C12" as a place; nothing where it names no cell.
std::optional<exchange::Place> place_from(const std::string& where) {
    const std::string cell = where.substr(where.rfind('!') + 1);
    std::size_t column = 0;
    std::size_t at = 0;
    for (; at < cell.size() && cell[at] >= 'A' && cell[at] <= 'Z'; ++at)
        column = column * 26 + static_cast<std::size_t>(cell[at] - 'A') + 1;
    int row = 0;
    const auto [end, error] = std::from_chars(cell.data() + at, cell.data() + cell.size(), row);
    if (column == 0 || error != std::errc() || end != cell.data() + cell.size())
        return std::nullopt;
    return exchange::Place{row - 1, static_cast<int>(column) - 1};
}

// The refusal, and with --remarks a copy of the sheet that says at each cell what is wrong.
Refusal with_remarks(const Options& options, const exchange::WorkSheet& sheet, const Error& error) {
    if (options.remarks.empty()) return Refusal(error);
    std::vector<exchange::Remark> remarks;
    for (const Error& each : flatten(error)) {
        if (const auto place = place_from(each.where)) remarks.push_back({*place, each.message});
    }
    exchange::write_remarks(options.remarks, sheet, remarks);
    print_note(fmt::format("标出错误的副本在 {}。", options.remarks));
    return Refusal(error);
}

bool is_xlsx(const std::string& file) {
    return std::filesystem::path(file).extension() == ".xlsx";
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
    const std::string bytes(std::istreambuf_iterator<char>(in), {});
    TRY(action::Workplace * workplace, session.workplace());
    TRY(const exchange::TableWish wish, wish_of(*workplace, options));
    TRY(const exchange::WorkSheet read, exchange::read_sheet(bytes, wish));
    const auto table = exchange::table_of(read, wish.heads);
    if (!table) return with_remarks(options, read, table.error());
    for (const std::string& note : table->notes) print_note("提示：" + note);
    TRY(const access::Jurisdiction jurisdiction,
        access::Organisation::jurisdiction(*workplace->database.reading(), options.jurisdiction));
    const Importing importing{*workplace, options, jurisdiction.id, *table};
    const Result<void> tried = try_all(importing);
    if (!tried) return with_remarks(options, read, tried.error());
    if (options.check_only) {
        print_line(fmt::format("没有问题：{}行可以导入。", importing.sheet.rows.size()));
        return 0;
    }
    std::size_t made = 0;
    const std::vector<exchange::SheetRow>& rows = importing.sheet.rows;
    for (std::size_t first = 0; first < rows.size(); first += storage::kGroupMax) {
        const std::size_t last = std::min(rows.size(), first + storage::kGroupMax);
        exchange::Sheet batch = importing.sheet;
        batch.rows = {rows.begin() + static_cast<std::ptrdiff_t>(first),
                      rows.begin() + static_cast<std::ptrdiff_t>(last)};
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
        // Durable: whatever happens from here on, these stand.
        if (!options.json) print_note(fmt::format("已写入{}条。", made));
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
    const std::string& file = options.words.front();
    if (options.blank) {
        if (!is_xlsx(file)) {
            return refuse(ErrorKind::InvalidInput, errors::kBadOption,
                          "空白模板是表格文件，文件名请以 .xlsx 结尾。", "file");
        }
        TRY(const exchange::OutSheet blank, action::blank_sheet(office, actor, options.ledger));
        exchange::write_xlsx(file, blank, kBlankRows);
        print_line(
            fmt::format("“{}”的空白模板在 {}，填好后用 fazhi import 导入。", blank.name, file));
        return 0;
    }
    TRY(const action::ExportedSheet sheet,
        action::export_sheet(*workplace, *connection, office, actor, options.ledger));
    if (is_xlsx(file)) {
        exchange::write_xlsx(file, action::out_sheet(*sheet.ledger, sheet));
    } else {
        std::ofstream out(file, std::ios::binary | std::ios::trunc);
        out << exchange::write_csv(sheet.heads, sheet.rows);
        out.close();
        if (!out)
            return refuse(ErrorKind::Unavailable, errors::kBadOption,
                          fmt::format("写不了文件 {}。", file), "file");
    }
    print_line(fmt::format("已导出{}条到 {}。", sheet.rows.size(), options.words.front()));
    return 0;
}

}  // namespace fazhi::cli
