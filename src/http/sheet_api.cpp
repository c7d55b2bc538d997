#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>

#include <fmt/format.h>
#include <unistd.h>

#include "access/access_log.h"
#include "access/permission.h"
#include "action/accounts.h"
#include "action/export_sheet.h"
#include "action/file_import.h"
#include "definition/definition_set.h"
#include "exchange/csv.h"
#include "exchange/table.h"
#include "exchange/table_file.h"
#include "exchange/xlsx_writer.h"
#include "http/api.h"
#include "http/errors.h"

namespace fazhi::http {
namespace {

constexpr const char* kXlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
constexpr int kBlankRows = 1'000;  // of a template, that offer choices

// A file that a writer makes and that is gone afterwards.
class ScratchFile {
public:
    ScratchFile() {
        std::string name = (std::filesystem::temp_directory_path() / "fazhi-XXXXXX").string();
        const int file = mkstemp(name.data());
        if (file < 0) throw std::runtime_error("cannot make a temporary file");
        close(file);
        path_ = name;
    }
    ~ScratchFile() {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }
    ScratchFile(const ScratchFile&) = delete;
    ScratchFile& operator=(const ScratchFile&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] std::string bytes() const {
        std::ifstream in(path_, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }

private:
    std::filesystem::path path_;
};

action::ExportWish wish_of(const Request& request, const std::string& ledger) {
    return {.ledger = ledger,
            .measure = {},
            .year = 0,
            .filter = {.where = request.asked("where"),
                       .unit = request.asked("unit"),
                       .state = request.asked("state"),
                       .dated_from = request.asked("from"),
                       .dated_to = request.asked("to")}};
}

Result<int> year_asked(const Request& request) {
    const std::string text = request.asked("year");
    int year = 0;
    if (text.empty()) return year;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), year);
    if (error != std::errc() || end != text.data() + text.size())
        return refuse(bad_input("年份应是数字，如 2024。", "year"));
    return year;
}

// The sheet that was sent, as far as it could be read.
struct Sent {
    action::ImportOrder order;
    exchange::WorkSheet read;
};
Result<Sent> sent_sheet(Call& call) {
    TRY(const definition::Ledger* ledger, call.ledger());
    TRY(const int year, year_asked(call.request));
    const action::Office& office = *call.known_office();
    Sent out{.order = {.office = office.directory.jurisdiction.id,
                       .as = call.actor.code,
                       .ledger = ledger->id,
                       .sheet = call.request.asked("sheet"),
                       .file = call.request.asked("name"),
                       .digest = digest_of(call.workplace.journal.algorithm(), call.request.body),
                       .evidence = {},
                       .history = false,
                       .year = year},
             .read = {}};
    if (out.order.file.empty()) return refuse(bad_input("请给出文件名。", "name"));
    if (!call.may_somewhere(access::Ability::Record, *ledger))
        return refuse(ErrorKind::Forbidden, errors::kNotThere,
                      fmt::format("您没有在“{}”中登记的权限，不能导入。", ledger->title));
    // An import records and takes steps under the person's name: a token must have been given both.
    TRY_OK(access::require_of_token(call.actor, access::Ability::Record, ledger->id));
    TRY_OK(access::require_of_token(call.actor, access::Ability::Move, ledger->id));
    TRY(const exchange::TableWish wish, action::import_wish(call.workplace, out.order));
    TRY(out.read, exchange::read_sheet(call.request.body, wish));
    return out;
}

Result<action::Imported> check(Call& call, const Sent& sent) {
    TRY(const exchange::TableWish wish, action::import_wish(call.workplace, sent.order));
    TRY(const exchange::Sheet table, exchange::table_of(sent.read, wish.heads));
    return action::FileImport(call.workplace, sent.order, table)
        .check([](std::size_t, std::size_t) {});
}

Value imported_json(const action::Imported& imported, bool checked) {
    return Value::Map{{"checked", checked},
                      {"made", static_cast<std::int64_t>(imported.made)},
                      {"rows", static_cast<std::int64_t>(imported.rows())},
                      {"unchanged", static_cast<std::int64_t>(imported.unchanged)},
                      {"updated", static_cast<std::int64_t>(imported.updated)}};
}

}  // namespace

Result<Response> export_entries(Call& call) {
    TRY(const definition::Ledger* ledger, call.ledger());
    const action::Office& office = *call.known_office();
    TRY(const action::Export exported,
        action::export_rows(call.workplace, call.reading(), office, call.actor,
                            wish_of(call.request, ledger->id)));
    const JurisdictionId where = office.directory.jurisdiction.id;
    const std::string name =
        fmt::format("{}-{}", ledger->title, calendar::to_text(calendar::civil_date(call.at)));
    call.end_reading();
    TRY_OK(action::record_access(call.workplace, {.jurisdiction = where,
                                                  .at = {},
                                                  .person = call.actor.person,
                                                  .person_jurisdiction = call.actor.jurisdiction,
                                                  .what = std::string(access::accesses::kExport),
                                                  .ledger = ledger->id,
                                                  .entry = {},
                                                  .reason = fmt::format("{}条", exported.rows()),
                                                  .address = call.request.address}));
    if (call.request.asked("format") == "csv") {
        TRY(const auto rows, action::out_rows(exported));
        return file_response("text/csv; charset=utf-8", name + ".csv",
                             exchange::csv_text(rows.front(), {rows.begin() + 1, rows.end()}));
    }
    const ScratchFile file;
    TRY_OK(exchange::write_xlsx(file.path(), action::out_sheets(exported)));
    return file_response(kXlsx, name + ".xlsx", file.bytes());
}

Result<Response> read_template(Call& call) {
    TRY(const definition::Ledger* ledger, call.ledger());
    TRY(const exchange::OutSheet blank,
        action::blank_sheet(*call.known_office(), call.actor, ledger->id));
    const ScratchFile file;
    TRY_OK(exchange::write_xlsx(file.path(), blank, kBlankRows));
    return file_response(kXlsx, ledger->title + "-模板.xlsx", file.bytes());
}

Result<Response> import_entries(Call& call) {
    TRY(const Sent sent, sent_sheet(call));
    call.end_reading();
    TRY(const action::Imported tried, check(call, sent));
    if (call.request.asked("check") == "1") return answer_with(imported_json(tried, true));
    TRY(const exchange::TableWish wish, action::import_wish(call.workplace, sent.order));
    TRY(const exchange::Sheet table, exchange::table_of(sent.read, wish.heads));
    TRY(const auto outcome, action::FileImport(call.workplace, sent.order, table)
                                .write([](const action::Imported&) {}, std::stop_token()));
    Value out = imported_json(outcome.imported, false);
    out.set("import", outcome.import.value);
    out.set("sheet", table.name);
    return answer_with(out, 201);
}

Result<Response> read_remarks(Call& call) {
    TRY(const Sent sent, sent_sheet(call));
    call.end_reading();
    const auto tried = check(call, sent);
    std::vector<exchange::Remark> remarks;
    if (!tried) {
        for (const Error& each : flatten(tried.error())) {
            if (const auto place = exchange::place_of(each.where)) {
                remarks.push_back({*place, each.message});
            } else if (const auto row = exchange::row_of(each.where)) {
                remarks.push_back({{*row - 1, 0}, each.message});
            } else {
                remarks.push_back({{0, 0}, each.message});
            }
        }
    }
    const ScratchFile file;
    TRY_OK(exchange::write_remarks(file.path(), sent.read, remarks));
    return file_response(kXlsx, "标出错误-" + sent.order.file, file.bytes());
}

}  // namespace fazhi::http
