// Ledgers of each kind with measures of each kind, and an office that keeps them, for the tests of
// this room.
//
//   outing   a list of events, with fields of the types measures read and a list `guests`
//   matter   cases: open → doing → done, `reopen` done → doing, `remark` stays in doing
//   permit   a register, valid from a day to a day
//   deal     events that name permits and persons; `round` is dated by decided_on
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/testing/office.h"
#include "definition/definition_set.h"
#include "ledger/ledgers.h"
#include "measure/measures.h"

namespace fazhi::measure::testing {

const definition::DefinitionSet& sample_set();

// An office (access/testing/office.h) that keeps the sample ledgers in a database.
class SampleOffice {
public:
    explicit SampleOffice(storage::Database& database);

    // An entry of `ledger` in the unit of that code ("": office), by the system.
    EntryId add(const std::string& ledger, Value::Map fields, const std::string& unit = "office");
    // A step, without asking whether it may happen.
    void move(EntryId matter, const std::string& transition, const std::string& to,
              const std::string& happened_on);
    void cancel(const std::string& ledger, EntryId entry);
    void connect(const std::string& from, EntryId from_id, const std::string& to, EntryId to_id);
    // matter, opened on the first day; then a step to each further state on its day.
    EntryId matter(const std::string& opened_on,
                   const std::vector<std::pair<std::string, std::string>>& states,
                   Value::Map fields = {}, const std::string& unit = "office");

    Result<std::vector<Figure>> answer(const std::vector<Question>& questions,
                                       const Period& period);
    // The one figure of a question that must have an answer.
    Figure figure(const std::string& measure, const Period& period, std::string_view where = "");
    Result<std::vector<Group>> by(const std::string& measure, const Period& period,
                                  const std::string& dimension);
    // Each group as "key value", in order.
    std::vector<std::string> groups(const std::string& measure, const Period& period,
                                    const std::string& dimension);
    [[nodiscard]] std::int64_t unit(const std::string& code) const;
    [[nodiscard]] std::int64_t person(const std::string& code) const;

    access::testing::OfficeInDatabase office;
    ledger::Ledgers ledgers;
    access::Directory directory;

private:
    ledger::Context context() const;
    void write(const std::function<Result<void>(storage::Transaction&, ledger::Context&)>& command);
};

// A condition as people type it (--where).
definition::Condition condition(std::string_view yaml, std::string_view ledger);
std::vector<std::int64_t> ids(const Figure& figure, const std::string& ledger);

inline const Period kYear = year_period(2023);

}  // namespace fazhi::measure::testing
