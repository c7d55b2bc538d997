#include "ledger/clauses_store.h"

#include <fmt/format.h>

#include "base/invariant.h"

namespace fazhi::ledger {

Clauses::Clauses(const storage::Connection& connection, JurisdictionId jurisdiction)
    : connection_(connection), cells_{jurisdiction.value} {}

std::string Clauses::bind(storage::Cell cell) {
    cells_.push_back(std::move(cell));
    return fmt::format("${}", cells_.size());
}

std::string Clauses::in_list(std::string list) {
    cells_.emplace_back(std::move(list));
    return "IN " + in_id_list(connection_, cells_.size());
}

std::string Clauses::in(const std::vector<std::string>& texts) {
    INVARIANT(!texts.empty());
    std::string out;
    for (const std::string& text : texts) out += (out.empty() ? "" : ", ") + bind(text);
    return fmt::format("IN ({})", out);
}

void Clauses::add_reach(const access::Reach& reach) {
    if (reach.everything) return;
    std::string any = "FALSE";
    if (!reach.units.empty()) any += " OR unit_id " + in(reach.units);
    if (!reach.as_handler.empty()) {
        any += " OR (handler = " + bind(reach.handler.value);
        any += " AND unit_id " + in(reach.as_handler) + ")";
    }
    add("(" + any + ")");
}

}  // namespace fazhi::ledger
