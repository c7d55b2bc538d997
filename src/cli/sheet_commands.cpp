#include <filesystem>

#include <fmt/format.h>

#include "action/export_sheet.h"
#include "action/file_import.h"
#include "cli/errors.h"
#include "cli/session.h"
#include "exchange/csv.h"
#include "exchange/table_file.h"
#include "exchange/xlsx_writer.h"

namespace fazhi::cli {
namespace {

constexpr int kBlankRows = 1'000;  // of a template, that offer choices

// The refusal, and with --remarks a copy of the sheet that says at each cell what is wrong.
Refusal with_remarks(const Options& options, const exchange::WorkSheet& sheet, const Error& error) {
    if (options.remarks.empty()) return Refusal(error);
    std::vector<exchange::Remark> remarks;
    for (const Error& each : flatten(error)) {
        if (const auto place = exchange::place_of(each.where)) {
            remarks.push_back({*place, each.message});
        } else if (const auto row = exchange::row_of(each.where)) {
            remarks.push_back({{*row - 1, 0}, each.message});  // The row as a whole: at its head.
        }
    }
    if (const auto written = exchange::write_remarks(options.remarks, sheet, remarks); !written) {
        Error both = error;
        both.also.push_back(written.error());
        return Refusal(both);
    }
    print_note(fmt::format("标出错误的副本在 {}。", options.remarks));
    return Refusal(error);
}

bool is_xlsx(const std::string& file) {
    return std::filesystem::path(file).extension() == ".xlsx";
}

}  // namespace

Result<int> import_command(Session& session) {
    const Options& options = session.options;
    const std::filesystem::path path = options.words.front();
    TRY_OK(require_person(options));
    TRY(const std::string bytes, bytes_of_file(path.string(), "file"));
    TRY(action::Workplace * workplace, session.workplace());
    TRY(const access::Jurisdiction jurisdiction,
        access::Organisation::jurisdiction(*workplace->database.reading(), options.jurisdiction));
    const action::ImportOrder order{.office = jurisdiction.id,
                                    .as = options.as,
                                    .ledger = options.ledger,
                                    .sheet = options.sheet,
                                    .file = path.filename().string(),
                                    .digest = digest_of(workplace->journal.algorithm(), bytes),
                                    .evidence = path.parent_path() / "files",
                                    .history = options.history,
                                    .year = options.year};
    TRY(const exchange::TableWish wish, action::import_wish(*workplace, order));
    TRY(const exchange::WorkSheet read, exchange::read_sheet(bytes, wish));
    const auto table = exchange::table_of(read, wish.heads);
    if (!table) return with_remarks(options, read, table.error());
    for (const std::string& note : table->notes) print_note("提示：" + note);
    action::FileImport import(*workplace, order, *table);
    const auto tried = import.check(
        [&](std::size_t done, std::size_t of) { print_progress(options, "查错", done, of); });
    if (!tried) return with_remarks(options, read, tried.error());
    if (options.check_only) {
        print_line(fmt::format("没有问题：可以新增{}条、更新{}条，{}条没有变化。", tried->made,
                               tried->updated, tried->unchanged));
        return 0;
    }
    std::size_t safe = 0;
    const auto outcome = import.write(
        [&](const action::Imported& imported) {
            // Durable: whatever happens from here on, these stand.
            safe = imported.rows();
            if (!options.json) print_note(fmt::format("已写入{}条。", safe));
        },
        std::stop_token());
    if (!outcome) {
        if (safe > 0)
            print_note(fmt::format("前{}条已写入；改好以后再导入同一份文件，会接着写。", safe));
        return Refusal(outcome.error());
    }
    const action::Imported& imported = outcome->imported;
    if (outcome->from_row > 0)
        print_note(fmt::format("接着上次停下的第{}行导入。", outcome->from_row));
    std::string line = fmt::format("已导入{}条", imported.made);
    if (imported.updated + imported.unchanged > 0)
        line += fmt::format("，更新{}条，{}条没有变化", imported.updated, imported.unchanged);
    print_line(fmt::format("{}；导入记录第{}条，整批撤销用 fazhi undo-import {}。", line,
                           outcome->import.value, outcome->import.value));
    return 0;
}

Result<int> undo_import_command(Session& session) {
    const Options& options = session.options;
    TRY_OK(require_person(options));
    TRY(action::Workplace * workplace, session.workplace());
    TRY(const access::Jurisdiction jurisdiction,
        access::Organisation::jurisdiction(*workplace->database.reading(), options.jurisdiction));
    TRY(const std::size_t voided,
        action::undo_import(*workplace,
                            {jurisdiction.id, options.as, EntryId{options.entry}, options.note}));
    print_line(fmt::format("已撤销：作废{}条。导入时更新过的记录保留更新后的内容。", voided));
    return 0;
}

Result<int> export_command(Session& session) {
    const Options& options = session.options;
    TRY(action::Workplace * workplace, session.workplace());
    const auto connection = workplace->database.reading();
    TRY(const action::Office office,
        action::open_office(*workplace, *connection, options.jurisdiction));
    TRY_OK(require_person(options));
    TRY(const access::Actor actor, action::actor_in(*connection, office, options.as));
    const std::string& file = options.words.front();
    if (options.blank) {
        if (!is_xlsx(file)) {
            return refuse(ErrorKind::InvalidInput, errors::kBadOption,
                          "空白模板是表格文件，文件名请以 .xlsx 结尾。", "file");
        }
        TRY(const exchange::OutSheet blank, action::blank_sheet(office, actor, options.ledger));
        TRY_OK(exchange::write_xlsx(file, blank, kBlankRows));
        print_line(
            fmt::format("“{}”的空白模板在 {}，填好后用 fazhi import 导入。", blank.name, file));
        return 0;
    }
    const action::ExportWish wish{.ledger = options.ledger,
                                  .measure = options.measure,
                                  .year = options.year,
                                  .filter = {.where = options.where,
                                             .unit = options.unit,
                                             .state = options.state,
                                             .dated_from = options.dated_from,
                                             .dated_to = options.dated_to}};
    TRY(const action::Export exported,
        action::export_rows(*workplace, *connection, office, actor, wish));
    if (is_xlsx(file)) {
        TRY_OK(exchange::write_xlsx(file, action::out_sheets(exported)));
    } else {
        TRY(const auto rows, action::out_rows(exported));
        TRY_OK(exchange::write_csv(file, rows.front(), {rows.begin() + 1, rows.end()}));
    }
    if (options.json) {
        Value::List trace;
        for (const auto& line : exported.trace)
            trace.push_back(Value::Map{{"content", line[1]}, {"item", line[0]}});
        print_json(Value::Map{{"rows", static_cast<std::int64_t>(exported.rows())},
                              {"trace", std::move(trace)}});
        return 0;
    }
    for (const auto& line : exported.trace) print_note(fmt::format("{}：{}", line[0], line[1]));
    print_line(fmt::format("已导出{}条到 {}。", exported.rows(), file));
    return 0;
}

}  // namespace fazhi::cli
