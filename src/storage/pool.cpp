#include "storage/pool.h"

#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/invariant.h"
#include "storage/failure.h"

namespace fazhi::storage {

// A place in the pool, and the connection standing on it.
class Pool::Lease final : public Connection {
public:
    explicit Lease(Pool& pool) : pool_(pool) {}
    ~Lease() override { pool_.give_back(std::move(kept_)); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

    void hold(std::unique_ptr<KeptConnection> kept) { kept_ = std::move(kept); }
    [[nodiscard]] KeptConnection* kept() const { return kept_.get(); }

    [[nodiscard]] Dialect dialect() const override { return kept_->dialect(); }
    void execute(std::string_view sql, std::span<const Cell> parameters) override {
        kept_->execute(sql, parameters);
    }
    std::int64_t change(std::string_view sql, std::span<const Cell> parameters) override {
        return kept_->change(sql, parameters);
    }
    void settle() override { kept_->settle(); }
    [[nodiscard]] std::uint64_t told() const override { return kept_->told(); }
    void query(std::string_view sql, std::span<const Cell> parameters,
               const RowReader& read) override {
        kept_->query(sql, parameters, read);
    }
    void insert_rows(std::string_view table, std::span<const std::string> columns,
                     std::span<const std::vector<Cell>> rows) override {
        kept_->insert_rows(table, columns, rows);
    }
    void see(const Sight& sight) override { kept_->see(sight); }
    void see_too(JurisdictionId jurisdiction) override { kept_->see_too(jurisdiction); }
    void run_script(std::string_view sql) override { kept_->run_script(sql); }

private:
    Pool& pool_;
    std::unique_ptr<KeptConnection> kept_;
};

Pool::Pool(std::size_t connections_max, For use, Make make)
    : connections_max_(connections_max), use_(use), make_(std::move(make)) {}

Pool::~Pool() {
    INVARIANT(lent_ == 0);
}

std::unique_ptr<Connection> Pool::borrow(const Sight& sight) {
    wait_for_place();
    auto lease = std::make_unique<Lease>(*this);  // Gives the place back if what follows throws.
    while (auto idle = take_idle()) {
        if (!idle->is_alive()) continue;
        lease->hold(std::move(idle));
        break;
    }
    if (lease->kept() == nullptr) lease->hold(make_());
    if (use_ == For::Reading) lease->kept()->begin_reading(sight);
    return lease;
}

void Pool::wait_for_place() {
    std::unique_lock lock(mutex_);
    if (!given_back_.wait_for(lock, kBorrowWait, [&] { return lent_ < connections_max_; })) {
        throw Failure(FailureKind::Locked, "every connection of the pool is in use");
    }
    ++lent_;
}

std::unique_ptr<KeptConnection> Pool::take_idle() {
    const std::lock_guard lock(mutex_);
    if (idle_.empty()) return nullptr;
    auto kept = std::move(idle_.back());
    idle_.pop_back();
    return kept;
}

void Pool::give_back(std::unique_ptr<KeptConnection> kept) {
    if (kept && !kept->make_idle()) kept.reset();
    {
        const std::lock_guard lock(mutex_);
        if (kept) idle_.push_back(std::move(kept));
        --lent_;
    }
    given_back_.notify_one();
}

}  // namespace fazhi::storage
