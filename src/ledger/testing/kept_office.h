// Ledgers with every type of field, and an office that keeps them, for the tests of this room and
// of procedure/.
//
//   thing    events: one field of each type, evidence of two kinds; numbered per year
//   paper    a register, found by its certificate number
//   local    numbered per unit and year; draws on paper, valid on the day
//   complaint  cases with states; a private caller
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "access/testing/office.h"
#include "ledger/ledgers.h"

namespace fazhi::ledger::testing {

const definition::DefinitionSet& kept_set();

class KeptOffice {
public:
    // Of other definitions: `set`, which must outlive it.
    explicit KeptOffice(storage::Database& database,
                        const definition::DefinitionSet& set = kept_set());

    // Runs one command as `person` on 2024-01-02 and commits it unless refused.
    using Command = std::function<Result<void>(storage::Transaction&, Context&)>;
    Result<void> run(const Command& command, const std::string& person = "li");
    Context context(const std::string& person = "li") const;

    Result<Entry> create(NewEntry input, const std::string& person = "li");
    Result<Entry> create(const std::string& ledger, Value::Map fields);
    // Stops the test where it is refused.
    EntryId made(const std::string& ledger, Value::Map fields);
    Result<Entry> amend(const std::string& ledger, EntryId id, Value::Map fields,
                        const std::string& note = "填错了");
    Result<Entry> find(const std::string& ledger, EntryId id,
                       Ledgers::Private shown = Ledgers::Private::Masked);
    std::vector<std::string> lines_of(std::string_view sql);
    // What verify finds, "kind table row column" each: nothing where all agrees.
    std::vector<std::string> found_by_verify();

    access::testing::OfficeInDatabase office;
    const definition::DefinitionSet& set;
    Ledgers ledgers;
    access::Directory directory;
};

// "code|where" of each, sorted.
std::vector<std::string> codes_of(const Error& error);

}  // namespace fazhi::ledger::testing
