// The bare engine a benchmark is measured against: SQLite through its C interface, the same file
// settings, no rules.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

struct sqlite3;

namespace fazhi::bench {

// What one statement writes of one table: its cells as SQLite holds them.
struct TableRows;

class BareSqlite {
public:
    // Opens, or makes, a file with WAL, synchronous=FULL and foreign keys: storage's settings.
    explicit BareSqlite(const std::filesystem::path& file);
    ~BareSqlite();
    BareSqlite(const BareSqlite&) = delete;
    BareSqlite& operator=(const BareSqlite&) = delete;

    void run(const std::string& sql);
    [[nodiscard]] std::int64_t number(const std::string& sql);
    [[nodiscard]] std::vector<std::string> texts(const std::string& sql);  // first column
    // The first column of each row, as bytes.
    void blobs(const std::string& sql, const std::function<void(std::string_view)>& each);
    // Runs `sql` with these bound to ?1, ?2, …: bytes as a blob.
    void run(const std::string& sql, std::int64_t first, std::int64_t second, std::int64_t third,
             std::string_view bytes);
    // Steps over all rows and reads all cells; answers how many cells.
    [[nodiscard]] std::int64_t read_all(const std::string& sql);

    [[nodiscard]] sqlite3* handle() const { return handle_; }

private:
    sqlite3* handle_ = nullptr;
};

// What one file holds and another does not: the rows of all tables that are new, and those that are
// there under the same primary key with other values, in the order they are to be written. Rows
// that are gone are not missed.
class NewRows {
public:
    // `after` is attached to `before`; tables are those of `after`.
    NewRows(const std::filesystem::path& before, const std::filesystem::path& after);
    ~NewRows();
    NewRows(const NewRows&) = delete;
    NewRows& operator=(const NewRows&) = delete;

    // Writes them into `file` (a copy of `before`) in `transactions` equal portions, with prepared
    // statements; answers the seconds it took.
    [[nodiscard]] double write_to(const std::filesystem::path& file, int transactions) const;
    [[nodiscard]] std::size_t size() const;

private:
    std::vector<TableRows> tables_;
};

}  // namespace fazhi::bench
