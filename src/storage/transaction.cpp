#include "storage/transaction.h"

#include <string_view>

#include <fmt/format.h>

#include "base/invariant.h"
#include "storage/failure.h"

namespace fazhi::storage {
namespace {

std::string_view begin_in(Dialect dialect) {
    switch (dialect) {
        case Dialect::Sqlite:
            return "BEGIN IMMEDIATE";
        case Dialect::Postgresql:
            return "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";
    }
    return {};
}

}  // namespace

// Undone unless kept, companions too.
class Transaction::Savepoint {
public:
    explicit Savepoint(Transaction& transaction)
        : transaction_(transaction),
          name_(fmt::format("attempt_{}", transaction.depth_ + 1)),
          companions_before_(transaction.companions_.size()) {
        transaction_.connection_.execute("SAVEPOINT " + name_);
        for (const auto& [key, companion] : transaction.companions_) companion->mark();
        ++transaction_.depth_;
    }

    ~Savepoint() {
        if (!standing_) return;
        try {
            undo();
        } catch (const Failure&) {
            // The exception under way says what happened; undo() has marked the transaction lost.
        }
    }

    Savepoint(const Savepoint&) = delete;
    Savepoint& operator=(const Savepoint&) = delete;

    void keep() {
        transaction_.connection_.execute("RELEASE SAVEPOINT " + name_);
        transaction_.connection_.settle();  // What fails is this step's.
        for (std::size_t i = 0; i < companions_before_; ++i)
            transaction_.companions_[i].second->keep_mark();
        end();
    }

    void undo() {
        end();
        transaction_.companions_.resize(companions_before_);
        for (const auto& [key, companion] : transaction_.companions_) companion->back_to_mark();
        transaction_.lost_ = true;  // Unless the savepoint is still there to go back to.
        settle_what_is_undone();
        transaction_.connection_.execute("ROLLBACK TO SAVEPOINT " + name_);
        transaction_.connection_.execute("RELEASE SAVEPOINT " + name_);
        transaction_.connection_.settle();
        transaction_.lost_ = false;
    }

private:
    // It may hold what cannot be done, and before it the savepoint itself.
    void settle_what_is_undone() {
        try {
            transaction_.connection_.settle();
        } catch (const Failure&) {
            return;  // Undone with the rest.
        }
    }

    void end() {
        standing_ = false;
        --transaction_.depth_;
    }

    Transaction& transaction_;
    std::string name_;
    std::size_t companions_before_;
    bool standing_ = true;
};

Transaction::Transaction(Connection& connection) : connection_(connection) {
    connection_.execute(begin_in(connection_.dialect()));
}

Transaction::~Transaction() {
    if (!open_) return;
    try {
        connection_.change("ROLLBACK");
    } catch (const Failure&) {
        // The database undoes what a lost connection leaves; whoever lent the connection throws it
        // away.
    }
}

Companion& Transaction::companion(const void* key,
                                  const std::function<std::unique_ptr<Companion>()>& make) {
    for (const auto& [known, companion] : companions_) {
        if (known == key) return *companion;
    }
    auto made = make();
    INVARIANT(made != nullptr);
    return *companions_.emplace_back(key, std::move(made)).second;
}

Result<void> Transaction::attempt(const std::function<Result<void>()>& step) {
    refuse_if_lost();
    Savepoint savepoint(*this);
    auto answer = step();
    if (!answer) {
        savepoint.undo();
        return answer;
    }
    savepoint.keep();
    return answer;
}

void Transaction::commit() {
    INVARIANT(depth_ == 0);
    refuse_if_lost();
    // By index: a flush may make a companion, which is then flushed in its turn.
    for (std::size_t i = 0; i < companions_.size(); ++i) companions_[i].second->flush(*this);
    connection_.change("COMMIT");
    open_ = false;
}

void Transaction::refuse_if_lost() const {
    INVARIANT(open_);
    if (lost_) throw Failure(FailureKind::Other, "the transaction was lost to an earlier failure");
}

}  // namespace fazhi::storage
