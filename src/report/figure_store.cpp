#include "report/figure_store.h"

#include "storage/connection.h"

namespace fazhi::report {
namespace {

storage::Cell optional_number(const Value& value) {
    return value.is_integer() ? storage::Cell{value.as_integer()} : storage::Cell{};
}

}  // namespace

void insert_figure(storage::Connection& connection, JurisdictionId jurisdiction, EntryId report,
                   const Value& figure) {
    connection.execute(
        "INSERT INTO figure (jurisdiction_id, report_id, figure_key, measure, definitions, "
        "period_from, period_to, filter, shown, "
        "value, unit, numerator, denominator, entries, journal_size) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        {jurisdiction.value, report.value, figure.text_at("key"), figure.text_at("measure"),
         figure.text_at("definitions"), figure.text_at("from"), figure.text_at("to"),
         figure.text_at("filter"), figure.text_at("shown"), figure.text_at("value"),
         figure.text_at("unit"), optional_number(figure.at("numerator")),
         optional_number(figure.at("denominator")), figure.text_at("entries"),
         figure.integer_at("journal_size")});
}

}  // namespace fazhi::report
