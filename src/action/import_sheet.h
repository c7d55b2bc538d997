// Importing a sheet into a ledger: heads are titles or keys, every mistake of every row is named
// before anything is written.
//
// Heads: a field; 编号, 状态 and 流水号 of an export are passed over; 单位/unit, 经办人/handler,
// 原编号/reference; 办理：<step>/do:<step> (its date: history only); 证据：<kind>/ evidence:<kind>
// (file names); 关联：<ledger>/link:<ledger> (references). In a ledger with a `key`, a row whose
// entry is there updates it: what the row leaves empty stays, what is so already is left. Cost:
// linear in the rows; each is one to a few commands.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "action/entry_commands.h"
#include "exchange/table.h"

namespace fazhi::action {

// Heads of what is no field; an export has them, an import understands them.
namespace heads {
inline constexpr std::string_view kSeq = "流水号";
inline constexpr std::string_view kNumber = "编号";
inline constexpr std::string_view kState = "状态";
inline constexpr std::string_view kUnit = "单位";
inline constexpr std::string_view kHandler = "经办人";
inline constexpr std::string_view kReference = "原编号";
}  // namespace heads

// The built-in ledger of imports.
inline constexpr std::string_view kImportLedger = "import";

enum class ColumnKind { Field, Unit, Handler, Reference, Step, Evidence, Link, Ours };

struct ImportColumn {
    ColumnKind kind = ColumnKind::Field;
    std::string id;  // field, transition, evidence kind or ledger
};

struct ImportPlan {
    const definition::Ledger* ledger = nullptr;
    std::vector<ImportColumn> columns;  // one for each head
    exchange::Sheet sheet;
    std::filesystem::path files;  // where evidence files lie
    bool history = false;
    int year = 0;                   // of dates that name none; 0: these are refused
    std::string source;             // what the rows come from, for the reason of an update
    std::optional<EntryId> import;  // the entry of the built-in ledger that opens theirs
};

// What became of the rows.
struct Imported {
    std::size_t made = 0;
    std::size_t updated = 0;
    std::size_t unchanged = 0;

    [[nodiscard]] std::size_t rows() const { return made + updated + unchanged; }
};

// Every head that plan_import understands, titles and keys: what tells the head's row.
std::vector<std::string> heads_of(const definition::DefinitionSet&, const definition::Ledger&);

// Refuses kUnknownHead (all at once, with suggestions), kHistoryOnly.
Result<ImportPlan> plan_import(const definition::DefinitionSet&, const definition::Ledger&,
                               exchange::Sheet, bool history);

// Rows become entries in three passes over all plans, so that rows may name rows of other sheets:
// entries; evidence and links; steps.
class SheetImport {
public:
    SheetImport(const Task& task, const std::vector<ImportPlan>& plans)
        : task_(task), plans_(plans) {}

    using Progress = std::function<void(std::size_t done, std::size_t of)>;
    // Everything wrong is collected; refused with all of it (each `where` is "sheet!C12"). History
    // is refused whole to whom the setting history_post does not name (kNotHistoryPost).
    Result<Imported> run(const Progress&);

private:
    struct RowPlace {
        const ImportPlan& plan;
        const exchange::SheetRow& row;
    };
    void record(const RowPlace&);
    void create(const RowPlace&, ledger::NewEntry);
    void update(const RowPlace&, EntryId, const Value& fields);
    [[nodiscard]] bool was_there(const RowPlace&) const;
    [[nodiscard]] static std::string cell_of(const RowPlace&, std::size_t column);
    void attach_and_link(const RowPlace&, EntryId);
    void take_steps(const RowPlace&, EntryId);
    void attach_files(const RowPlace&, std::size_t column, EntryId);
    void link_rows(const RowPlace&, std::size_t column, EntryId);
    void complain(const RowPlace&, const Error&, const std::string& column_id);
    [[nodiscard]] std::vector<std::size_t> in_order_of_need() const;

    const Task& task_;
    const std::vector<ImportPlan>& plans_;
    std::map<std::pair<const ImportPlan*, int>, EntryId> entries_;
    std::set<std::pair<std::string, std::int64_t>> seen_;  // ledger and entry of the rows so far
    std::set<std::pair<const ImportPlan*, int>> there_;    // rows whose entries stood before
    Imported imported_;
    std::vector<Error> wrong_;
    std::size_t done_ = 0;
};

}  // namespace fazhi::action
