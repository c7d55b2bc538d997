#include "storage/transaction.h"

#include <cstdint>
#include <optional>
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

// Where the companions go back to unless it is kept.
class Transaction::Mark {
public:
    explicit Mark(Transaction& transaction) : transaction_(transaction) {
        for (const auto& [key, companion] : transaction.companions_) companion->mark();
        ++transaction_.depth_;
    }

    ~Mark() {
        if (standing_) undo();
    }

    Mark(const Mark&) = delete;
    Mark& operator=(const Mark&) = delete;

    void keep() {
        for (std::size_t i = 0; i < companions_before_; ++i)
            transaction_.companions_[i].second->keep_mark();
        end();
    }

    void undo() {
        end();
        transaction_.companions_.resize(companions_before_);
        for (const auto& [key, companion] : transaction_.companions_) companion->back_to_mark();
    }

private:
    void end() {
        standing_ = false;
        --transaction_.depth_;
    }

    Transaction& transaction_;
    std::size_t companions_before_ = transaction_.companions_.size();
    bool standing_ = true;
};

// Undoes the whole transaction unless it is kept, or is undone before anything was changed.
class Transaction::Unguarded {
public:
    explicit Unguarded(Transaction& transaction)
        : transaction_(transaction),
          told_before_(transaction.connection_.told()),
          companions_(transaction) {}
    ~Unguarded() { transaction_.lost_ = transaction_.lost_ || !has_ended_well_; }
    Unguarded(const Unguarded&) = delete;
    Unguarded& operator=(const Unguarded&) = delete;

    void keep() {
        companions_.keep();
        has_ended_well_ = true;
    }

    void undo() {
        companions_.undo();
        has_ended_well_ = transaction_.connection_.told() == told_before_;
    }

private:
    Transaction& transaction_;
    std::uint64_t told_before_;
    Mark companions_;
    bool has_ended_well_ = false;
};

// Undone unless kept, companions too.
class Transaction::Savepoint {
public:
    explicit Savepoint(Transaction& transaction)
        : transaction_(transaction), name_(fmt::format("attempt_{}", transaction.depth_ + 1)) {
        transaction_.connection_.execute("SAVEPOINT " + name_);
        companions_.emplace(transaction);
    }

    ~Savepoint() {
        if (!companions_) return;
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
        companions_->keep();
        companions_.reset();
    }

    void undo() {
        companions_.reset();
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

    Transaction& transaction_;
    std::string name_;
    std::optional<Mark> companions_;
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

Result<void> Transaction::attempt_unguarded(const std::function<Result<void>()>& step) {
    refuse_if_lost();
    Unguarded unguarded(*this);
    auto answer = step();
    if (answer) {
        unguarded.keep();
    } else {
        unguarded.undo();
    }
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
