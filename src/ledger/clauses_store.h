// What a question asks of a ledger's table, as SQL: what lists and due lists have in common.
//
// Conditions are joined by AND; values are bound, identifiers come from checked definitions. $1 is
// the jurisdiction; void entries are left out. Of one question; one thread.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "access/reach.h"
#include "ledger/id_list_store.h"
#include "storage/connection.h"

namespace fazhi::ledger {

class Clauses {
public:
    Clauses(const storage::Connection&, JurisdictionId);

    // "$n" of a new parameter.
    std::string bind(storage::Cell);
    // "IN …" of a new parameter that holds them all.
    template <class Tag>
    std::string in(const std::vector<Id<Tag>>& ids) {
        return in_list(id_list(connection_, ids));
    }
    // "IN ($n, …)", a parameter each; at least one.
    std::string in(const std::vector<std::string>& texts);

    void add(const std::string& condition) { where_ += " AND " + condition; }
    void add_reach(const access::Reach&);

    [[nodiscard]] const std::string& where() const { return where_; }
    [[nodiscard]] const std::vector<storage::Cell>& cells() const { return cells_; }

private:
    std::string in_list(std::string list);

    const storage::Connection& connection_;
    std::string where_ = "jurisdiction_id = $1 AND voided = 0";
    std::vector<storage::Cell> cells_;
};

}  // namespace fazhi::ledger
