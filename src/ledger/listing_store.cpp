#include <charconv>

#include <fmt/format.h>

#include "base/invariant.h"
#include "ledger/clauses_store.h"
#include "ledger/id_list_store.h"
#include "ledger/ledger_table.h"
#include "ledger/listing.h"
#include "storage/connection.h"

namespace fazhi::ledger {
namespace {

using definition::Field;
using definition::FieldType;

void add_days(const ListQuestion& question, Clauses& clauses) {
    if (!question.dated_from.empty())
        clauses.add("dated_on >= " + clauses.bind(question.dated_from));
    if (!question.dated_to.empty()) clauses.add("dated_on <= " + clauses.bind(question.dated_to));
    if (!question.after) return;
    // Both in the order of the index: (dated_on, id).
    const char* beyond = question.newest_first ? "<" : ">";
    const std::string day = clauses.bind(question.after->dated_on);
    clauses.add(fmt::format("(dated_on, id) {} ({}, {})", beyond, day,
                            clauses.bind(question.after->entry.value)));
}

void add_words(const definition::Ledger& ledger, const std::string& words, Clauses& clauses) {
    if (words.empty()) return;
    std::string pattern = "%";
    for (const char c : words) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    const std::string like = fmt::format(" LIKE {} ESCAPE '\\'", clauses.bind(pattern + "%"));
    std::string any = "entry_number" + like + " OR reference" + like;
    for (const FieldColumn& column : columns_of(ledger)) {
        const FieldType type = column.field->type;
        const bool is_text =
            type == FieldType::Text || type == FieldType::Note || type == FieldType::Place;
        if (is_text && !column.sealed) any += " OR " + column.name + like;
    }
    clauses.add("(" + any + ")");
}

void add_equal(const definition::Ledger& ledger, const Field& field, const std::string& value,
               Clauses& clauses) {
    INVARIANT(can_be_asked(field));
    if (field.has_rows()) {
        clauses.add(fmt::format(
            "id IN (SELECT entry_id FROM {} WHERE jurisdiction_id = $1 AND "
            "{} = {})",
            rows_table_of(ledger, field), row_columns_of(field).front().name, clauses.bind(value)));
        return;
    }
    if (field.type == FieldType::Choice) {
        clauses.add(fmt::format("{} = {}", field.id, clauses.bind(value)));
        return;
    }
    std::int64_t number = -1;  // What is no number is no unit's, person's or 是/否.
    std::from_chars(value.data(), value.data() + value.size(), number);
    clauses.add(fmt::format("{} = {}", field.id, clauses.bind(number)));
}

Clauses clauses_of(const storage::Connection& connection, JurisdictionId jurisdiction,
                   const definition::Ledger& ledger, const ListQuestion& question) {
    Clauses out(connection, jurisdiction);
    out.add_reach(question.reach);
    if (question.units.size() == 1) {
        out.add("unit_id = " + out.bind(question.units.front().value));  // In the index's order.
    } else if (!question.units.empty()) {
        out.add("unit_id " + out.in(question.units));
    }
    if (question.handler) out.add("handler = " + out.bind(question.handler.value));
    if (!question.state.empty()) out.add("state = " + out.bind(question.state));
    add_days(question, out);
    add_words(ledger, question.words, out);
    for (const auto& [field, value] : question.equal) add_equal(ledger, *field, value, out);
    return out;
}

}  // namespace

bool can_be_asked(const Field& field) {
    if (field.is_private) return false;
    switch (field.type) {
        case FieldType::Choice:
        case FieldType::Choices:
        case FieldType::YesNo:
        case FieldType::Unit:
        case FieldType::Person:
            return true;
        default:
            return false;
    }
}

std::vector<EntryId> listed(storage::Connection& connection, JurisdictionId jurisdiction,
                            const definition::Ledger& ledger, const ListQuestion& question) {
    INVARIANT(question.limit > 0 && question.limit <= kListedMax);
    const Clauses clauses = clauses_of(connection, jurisdiction, ledger, question);
    std::vector<EntryId> out;
    connection.query(
        fmt::format(
            "SELECT id FROM {} WHERE {} ORDER BY {} LIMIT {}", table_of(ledger), clauses.where(),
            question.newest_first ? "dated_on DESC, id DESC" : "dated_on, id", question.limit + 1),
        clauses.cells(), [&](const storage::Row& row) { out.push_back(EntryId{row.integer(0)}); });
    return out;
}

std::int64_t count_listed(storage::Connection& connection, JurisdictionId jurisdiction,
                          const definition::Ledger& ledger, const ListQuestion& question) {
    ListQuestion all = question;
    all.after.reset();
    const Clauses clauses = clauses_of(connection, jurisdiction, ledger, all);
    std::int64_t out = 0;
    connection.query(
        fmt::format("SELECT count(*) FROM {} WHERE {}", table_of(ledger), clauses.where()),
        clauses.cells(), [&](const storage::Row& row) { out = row.integer(0); });
    return out;
}

std::map<std::string, std::int64_t> count_by_state(storage::Connection& connection,
                                                   JurisdictionId jurisdiction,
                                                   const definition::Ledger& ledger,
                                                   const access::Reach& reach) {
    Clauses clauses(connection, jurisdiction);
    clauses.add_reach(reach);
    std::map<std::string, std::int64_t> out;
    connection.query(fmt::format("SELECT state, count(*) FROM {} WHERE {} GROUP BY state",
                                 table_of(ledger), clauses.where()),
                     clauses.cells(), [&](const storage::Row& row) {
                         out.emplace(std::string(row.text(0)), row.integer(1));
                     });
    return out;
}

std::map<EntryId, std::string> next_due_days(storage::Connection& connection,
                                             JurisdictionId jurisdiction, const std::string& ledger,
                                             const std::vector<EntryId>& entries) {
    std::map<EntryId, std::string> out;
    connection.query(
        fmt::format("SELECT entry_id, min(due_on) FROM clock WHERE jurisdiction_id = $1 AND "
                    "ledger = $2 AND entry_id IN {} AND status IN ('running', "
                    "'waiting_calendar') AND due_on <> '' GROUP BY entry_id",
                    in_id_list(connection, 3)),
        {jurisdiction.value, ledger, id_list(connection, entries)}, [&](const storage::Row& row) {
            out.emplace(EntryId{row.integer(0)}, std::string(row.text(1)));
        });
    return out;
}

}  // namespace fazhi::ledger
