// The prepared statements a connection keeps, by their text: the kStatementsMax used last.
#pragma once

#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/invariant.h"

namespace fazhi::storage {

inline constexpr std::size_t kStatementsMax = 256;  // A connection.

template <class Statement>
class StatementCache {
public:
    // The statement of this text, which becomes the one used last; null where there is none.
    Statement* find(std::string_view sql) {
        const auto found = by_text_.find(sql);
        if (found == by_text_.end()) return nullptr;
        statements_.splice(statements_.begin(), statements_, found->second);
        return &found->second->second;
    }

    [[nodiscard]] bool is_full() const { return statements_.size() >= kStatementsMax; }
    [[nodiscard]] const Statement& oldest() const { return statements_.back().second; }

    void drop_oldest() {
        by_text_.erase(statements_.back().first);
        statements_.pop_back();
    }

    // INVARIANT: there is room, and no statement of this text.
    Statement& keep(std::string_view sql, Statement statement) {
        INVARIANT(!is_full());
        INVARIANT(!by_text_.contains(sql));
        statements_.emplace_front(std::string(sql), std::move(statement));
        by_text_.emplace(statements_.front().first, statements_.begin());
        return statements_.front().second;
    }

    void clear() {
        by_text_.clear();
        statements_.clear();
    }

private:
    using Statements = std::list<std::pair<std::string, Statement>>;  // The one used last in front.
    Statements statements_;
    std::unordered_map<std::string_view, typename Statements::iterator>
        by_text_;  // Views into the list.
};

}  // namespace fazhi::storage
