// Importing a file (导入): tried whole without writing, written in batches, each durable together
// with how far it came, so that the same file goes on where it stopped; undone as a whole.
//
// Each import is an entry of the built-in ledger `import`; it opens the entries of its rows, and
// their records name the row. One call a thread; every batch is one command of the Writer. Cost:
// linear in the rows, twice (trying, writing).
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>

#include "action/import_sheet.h"
#include "exchange/table_file.h"

namespace fazhi::action {

inline constexpr std::size_t kImportBatchRows = 500;

struct ImportOrder {
    JurisdictionId office;
    std::string as;                  // who imports: a code or name
    std::string ledger;              // id or title
    std::string sheet;               // which of the file's; "": the one that fits best
    std::string file;                // its name, as people know it
    Digest digest;                   // of its bytes, in the journals' algorithm
    std::filesystem::path evidence;  // where files lie that cells name
    bool history = false;
    int year = 0;  // of dates that name none; 0: these are refused
};

// Which heads would be understood. Refuses kNoSuchLedger, and what open_office does.
Result<exchange::TableWish> import_wish(Workplace&, const ImportOrder&);

class FileImport {
public:
    FileImport(Workplace& workplace, const ImportOrder& order, exchange::Sheet table)
        : workplace_(workplace), order_(order), table_(std::move(table)) {}

    // Tries every row that is still to be written; nothing is left of it. Refuses kImportedBefore,
    // kImportOfAnother, and with everything that SheetImport finds wrong.
    Result<Imported> check(const SheetImport::Progress&);

    struct Outcome {
        Imported imported;  // of all batches, those of an earlier start too
        EntryId import;
        int from_row = 0;      // where an earlier start had stopped; 0: this was the first
        bool stopped = false;  // asked to between two batches; the same file goes on from there
    };
    // Refuses as check(), with batches before the refused one written. `written`: after each batch.
    Result<Outcome> write(const std::function<void(const Imported&)>& written,
                          const std::stop_token&);

private:
    struct Standing;
    Result<Standing> standing(storage::Transaction&, const ledger::Context&) const;
    Result<void> begin(storage::Transaction&, Outcome&);
    Result<Imported> import_rows(storage::Transaction&, ledger::Context&, const exchange::Sheet&,
                                 std::optional<EntryId>, const SheetImport::Progress&);
    Result<void> write_batch(storage::Transaction&, const exchange::Sheet&, bool is_last, Outcome&);
    [[nodiscard]] exchange::Sheet rows_after(int row, std::size_t most) const;

    Workplace& workplace_;
    const ImportOrder& order_;
    const exchange::Sheet table_;
};

struct UndoOrder {
    JurisdictionId office;
    std::string as;
    EntryId import;
    std::string note;  // why
};
// Voids every entry the import made, in batches, then the import. What it updated stays as it is.
// Begun and interrupted, it goes on where it stopped. Answers how many were voided this time.
// Refuses kNoSuchEntry, kMovedSince (all at once, before anything is voided), and what void_entry
// does.
Result<std::size_t> undo_import(Workplace&, const UndoOrder&);

}  // namespace fazhi::action
