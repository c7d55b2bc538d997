#include "storage/testing/databases.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "storage/postgres_connection.h"
#include "storage/testing/scratch.h"

namespace fazhi::storage::testing {
namespace {

// postgresql://user@host:port/name?options with another name.
std::string with_name(const std::string& url, const std::string& name) {
    const auto authority = url.find("://") + 3;
    const auto options = std::min(url.find('?', authority), url.size());
    const auto path = std::min(url.find('/', authority), options);
    return url.substr(0, path) + "/" + name + url.substr(options);
}

// The database this process tests in, dropped when the process ends. Emptied rather than made anew
// for each test: that is ten times as fast.
class TestDatabase {
public:
    explicit TestDatabase(std::string server)
        : server_(std::move(server)), name_("fazhi_test_" + unlike_any_other()) {
        open_postgresql(server_)->run_script("CREATE DATABASE " + name_);
    }
    ~TestDatabase() {
        try {
            open_postgresql(server_)->run_script("DROP DATABASE " + name_ + " WITH (FORCE)");
        } catch (const Failure& failure) {
            std::fprintf(stderr, "left behind: %s: %s\n", name_.c_str(), failure.what());
        }
    }
    TestDatabase(const TestDatabase&) = delete;
    TestDatabase& operator=(const TestDatabase&) = delete;

    void empty() const {
        open_postgresql(url())->run_script(
            "DROP SCHEMA public CASCADE; CREATE SCHEMA public;"
            "ALTER DATABASE " +
            name_ + " RESET ALL");
    }
    [[nodiscard]] std::string url() const { return with_name(server_, name_); }

private:
    std::string server_;
    std::string name_;
};

const TestDatabase& emptied_database_of(const std::string& server) {
    static const TestDatabase kDatabase(server);
    kDatabase.empty();
    return kDatabase;
}

void say_once_that_only_sqlite_runs() {
    static bool said = false;
    if (!said) MESSAGE("PostgreSQL not given: only SQLite run");
    said = true;
}

}  // namespace

std::optional<std::string> postgresql_server() {
    const char* server = std::getenv("FAZHI_TEST_POSTGRESQL");
    if (server == nullptr || *server == '\0') return std::nullopt;
    return server;
}

std::unique_ptr<Database> opened(const std::string& url) {
    auto database = Database::open(url, Migrate::Yes);
    REQUIRE(database);
    return *std::move(database);
}

void for_each_url(const std::function<void(const std::string&)>& test) {
    {
        INFO("on SQLite");
        const Scratch scratch;
        test(scratch.file("test.db"));
    }
    const auto server = postgresql_server();
    if (!server) {
        say_once_that_only_sqlite_runs();
        return;
    }
    INFO("on PostgreSQL");
    test(emptied_database_of(*server).url());
}

void for_each_database(const std::function<void(Database&)>& test) {
    for_each_url([&](const std::string& url) {
        const auto database = opened(url);
        test(*database);
    });
}

std::optional<FailureKind> failure_of(const std::function<void()>& step) {
    try {
        step();
    } catch (const Failure& failure) {
        return failure.kind();
    }
    return std::nullopt;
}

std::vector<std::string> lines_of(Connection& connection, std::string_view sql) {
    std::vector<std::string> lines;
    connection.query(sql, {}, [&](const Row& row) {
        std::string line;
        for (int i = 0; i < row.width(); ++i) {
            if (i > 0) line += '|';
            line += row.is_null(i) ? std::string_view("-") : row.text(i);
        }
        lines.push_back(line);
    });
    return lines;
}

}  // namespace fazhi::storage::testing
