#include "storage/database.h"

#include <array>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <utility>

#include "storage/database_copy.h"
#include "storage/errors.h"
#include "storage/limits.h"
#include "storage/migrations.h"
#include "storage/pool.h"
#include "storage/postgres_connection.h"
#include "storage/sqlite_checkpointer.h"
#include "storage/sqlite_connection.h"

namespace fazhi::storage {
namespace {

std::unique_ptr<KeptConnection> connect(const std::string& url, Pool::For use,
                                        SqliteCheckpointer& checkpointer) {
    switch (dialect_of(url)) {
        case Dialect::Sqlite:
            return open_sqlite(url, use, [&checkpointer] { checkpointer.wake(); });
        case Dialect::Postgresql:
            return open_postgresql(url);
    }
    return nullptr;
}

std::size_t writers_max(Dialect dialect) {
    return dialect == Dialect::Sqlite ? 1 : kWritersMax;
}

// To such a role the server's row-level security does not apply.
Result<void> check_role(Connection& connection) {
    if (connection.dialect() != Dialect::Postgresql) return {};
    bool sees_all = false;
    connection.query(
        "SELECT CAST(rolsuper OR rolbypassrls AS INTEGER) FROM pg_catalog.pg_roles WHERE rolname = "
        "current_user",
        {}, [&](const Row& row) { sees_all = row.integer(0) == 1; });
    if (!sees_all) return {};
    return refuse(
        ErrorKind::RefusedByRule, errors::kRoleSeesAll,
        "连接 PostgreSQL 的账号是超级用户（或带 BYPASSRLS），各单位的数据行隔离对它不起作用；"
        "请用 createuser 另建一个普通账号，并让它成为数据库的所有者。",
        "--database");
}

class PooledDatabase final : public Database {
public:
    explicit PooledDatabase(std::string url)
        : url_(std::move(url)),
          checkpointer_(url_),
          writers_(writers_max(dialect_of(url_)), Pool::For::Writing,
                   [this] { return connect(url_, Pool::For::Writing, checkpointer_); }),
          readers_(kReadersMax, Pool::For::Reading,
                   [this] { return connect(url_, Pool::For::Reading, checkpointer_); }) {}

    [[nodiscard]] Dialect dialect() const override { return dialect_of(url_); }
    [[nodiscard]] const std::string& url() const override { return url_; }
    [[nodiscard]] int upgraded() const override { return upgraded_; }
    std::unique_ptr<Connection> writing() override { return writers_.borrow(); }
    using Database::reading;
    std::unique_ptr<Connection> reading(const Sight& sight) override {
        return readers_.borrow(sight);
    }
    bool empty_log() override {
        if (dialect() != Dialect::Sqlite) return false;
        bool done = false;
        writing()->query("PRAGMA wal_checkpoint(TRUNCATE)", {},
                         [&](const Row& row) { done = row.integer(0) == 0; });
        return done;
    }

    Result<void> open(Migrate wish) {
        const auto connection = writing();
        TRY_OK(check_role(*connection));
        TRY(upgraded_, migrate(*connection, embedded_migrations(), wish));
        return {};
    }

private:
    std::string url_;
    int upgraded_ = 0;
    SqliteCheckpointer checkpointer_;  // asleep on PostgreSQL
    Pool writers_;
    Pool readers_;
};

// An SQLite file begins with these 16 bytes (sqlite.org/fileformat.html §1.3), or is still empty.
bool is_sqlite_file(const std::string& file) {
    static constexpr std::string_view kMagic("SQLite format 3\0", 16);
    if (!std::filesystem::is_regular_file(file)) return false;
    std::ifstream in(file, std::ios::binary);
    std::array<char, kMagic.size()> head{};
    in.read(head.data(), head.size());
    const auto size = static_cast<std::size_t>(in.gcount());
    return !in.bad() && (size == 0 || std::string_view(head.data(), size) == kMagic);
}

Result<void> check_file(const std::string& file, Migrate wish) {
    if (!std::filesystem::exists(file)) {
        if (wish == Migrate::Yes) return {};
        return refuse(ErrorKind::NotFound, errors::kNotInitialised,
                      "数据库还没有建立，请先运行 fazhi init。");
    }
    if (is_sqlite_file(file)) return {};
    return refuse(ErrorKind::InvalidInput, errors::kNotADatabase,
                  "这个文件不是数据库，请检查数据库的位置。");
}

}  // namespace

Result<std::unique_ptr<Database>> Database::open(const std::string& url, Migrate wish) {
    if (dialect_of(url) == Dialect::Sqlite) {
        TRY_OK(check_file(url, wish));
    }
    auto database = std::make_unique<PooledDatabase>(url);
    TRY_OK(database->open(wish));
    return std::unique_ptr<Database>(std::move(database));
}

}  // namespace fazhi::storage
