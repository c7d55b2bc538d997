#include "storage/testing/faulty_disk.h"

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "storage/testing/databases.h"
#include "storage/testing/scratch.h"
#include "storage/transaction.h"
#include "storage/writer.h"

namespace fazhi::storage {
namespace {

using testing::FaultyDisk;
using testing::lines_of;
using testing::opened;

constexpr JurisdictionId kOffice{2};
constexpr int kCommands = 4;
constexpr std::size_t kTextSize = 9'000;  // some pages each

Command write(int number) {
    return [number](Transaction& transaction) -> Result<void> {
        transaction.connection().execute("INSERT INTO paper (n, text) VALUES ($1, $2)",
                                         {std::int64_t{number}, std::string(kTextSize, 'x')});
        return {};
    };
}

// Writes one after another until the disk fails; answers which were acknowledged.
std::vector<std::string> acknowledged(Database& database) {
    Writer writer(database);
    std::vector<std::string> out;
    for (int number = 1; number <= kCommands; ++number) {
        try {
            if (writer.run(kOffice, write(number))) out.push_back(std::to_string(number));
        } catch (const std::exception&) {  // What is said of it is failure_test's.
        }
    }
    return out;
}

}  // namespace

TEST_CASE("wherever the disk fails, what was acknowledged stands and nothing stands half") {
    const FaultyDisk::Fault faults[] = {FaultyDisk::Fault::Full, FaultyDisk::Fault::Write,
                                        FaultyDisk::Fault::Sync};
    FaultyDisk disk;
    int rounds_failed = 0;
    for (const FaultyDisk::Fault fault : faults) {
        bool failed = true;
        for (int good = 0; failed; ++good) {
            CAPTURE(good);
            const testing::Scratch scratch;
            const std::string file = scratch.file("test.db");
            std::vector<std::string> answered;
            {
                const auto database = opened(file);
                database->writing()->run_script("CREATE TABLE paper (n INTEGER, text TEXT)");
                disk.fail_after(good, fault);
                answered = acknowledged(*database);
                failed = disk.mend();
                rounds_failed += failed ? 1 : 0;
                // Mended, the same connection goes on.
                Writer writer(*database);
                CHECK(writer.run(kOffice, write(100)));
            }
            const auto database = opened(file);
            CHECK(lines_of(*database->reading(), "PRAGMA integrity_check") ==
                  std::vector<std::string>{"ok"});
            const auto stored =
                lines_of(*database->reading(), "SELECT n FROM paper WHERE n < 100 ORDER BY n");
            for (const std::string& number : answered)
                CHECK(std::find(stored.begin(), stored.end(), number) != stored.end());
            CHECK(lines_of(*database->reading(),
                           "SELECT count(*) FROM paper WHERE length(text) <> " +
                               std::to_string(kTextSize)) == std::vector<std::string>{"0"});
            CHECK(lines_of(*database->reading(), "SELECT count(*) FROM paper WHERE n = 100") ==
                  std::vector<std::string>{"1"});
            REQUIRE(good < 1'000);
        }
    }
    CHECK(rounds_failed > 30);
}

}  // namespace fazhi::storage
