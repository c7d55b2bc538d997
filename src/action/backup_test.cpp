#include "action/backup.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "action/errors.h"
#include "action/restore_backup.h"
#include "action/testing/small_office.h"
#include "storage/testing/databases.h"

namespace fazhi::action {
namespace {

namespace fs = std::filesystem;
using testing::SmallOffice;

std::string text_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write(const fs::path& path, const std::string& text) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

// With its digest, as somebody would who knows how it is made.
void write_manifest_text(const fs::path& folder, const std::string& text) {
    write(folder / "manifest.json", text);
    write(folder / "manifest.json.sha256",
          digest_of(HashAlgorithm::Sha256, text).hex() + "  manifest.json\n");
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

std::string_view code_of(const fs::path& folder) {
    const auto checked = check_backup(folder);
    return checked ? std::string_view("whole") : checked.error().code;
}

}  // namespace

TEST_CASE("a backup says what it holds, and holds no keys unless they are asked for") {
    storage::testing::for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        write(office.folders.data() / "destroyed.jsonl", "");
        write(office.folders.data() / "evidence" / "ab" / "abcd.4711", "half written");
        const fs::path folder = office.folders.scratch.folder() / "backup";
        const auto done = back_up(*office.workplace, folder, BackupKeys::Left);
        REQUIRE(done);
        CHECK(done->missing.empty());
        CHECK(done->damaged.empty());
        const auto read = check_backup(folder);
        REQUIRE(read);
        CHECK(*read == done->manifest);
        CHECK(read->at == "2024-05-06T01:00:00Z");
        CHECK(read->database == database.dialect());
        const auto head = office.workplace->journal.head(*database.reading(), office.id);
        CHECK(std::count_if(read->journals.begin(), read->journals.end(),
                            [&](const BackupJournal& each) {
                                return each.id == office.id && each.size == head.size &&
                                       each.root == head.root;
                            }) == 1);
        CHECK_FALSE(fs::exists(folder / "keys"));
        CHECK_FALSE(fs::exists(folder / "data" / "evidence" / "ab" / "abcd.4711"));

        const fs::path with_keys = office.folders.scratch.folder() / "with-keys";
        REQUIRE(back_up(*office.workplace, with_keys, BackupKeys::Included));
        CHECK(text_of(with_keys / "keys" / "master.key") ==
              text_of(office.folders.data() / "keys" / "master.key"));
        CHECK(code_of(with_keys) == "whole");
    });
}

TEST_CASE("what a killed backup left is cleared up by the next, whenever it was killed") {
    const storage::testing::Scratch scratch;
    const auto database = storage::testing::opened(scratch.file("office.db"));
    SmallOffice office(*database);
    const fs::path folder = scratch.folder() / "backup";
    const fs::path partial = scratch.folder() / "backup.partial";
    const auto made_anew = [&] {
        const auto done = back_up(*office.workplace, folder, BackupKeys::Left);
        const bool whole = done && code_of(folder) == "whole" && !fs::exists(partial);
        fs::remove_all(folder);
        return whole;
    };
    SUBCASE("before it was marked") {
        fs::create_directory(partial);
        CHECK(made_anew());
    }
    SUBCASE("while it was written, or taken away") {
        write(partial / "unfinished", "");
        write(partial / "data" / "evidence" / "ab" / "abcd", "half written");
        CHECK(made_anew());
    }
    SUBCASE("before it was named") {
        REQUIRE(back_up(*office.workplace, folder, BackupKeys::Left));
        fs::rename(folder, partial);
        CHECK(made_anew());
    }
    SUBCASE("but not what nobody knows for a backup") {
        write(partial / "mine.txt", "mine");
        const auto refused = back_up(*office.workplace, folder, BackupKeys::Left);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == errors::kPlaceTaken);
        CHECK(text_of(partial / "mine.txt") == "mine");
    }
}

TEST_CASE("a manifest that leads out of its folder, or is of a later program, is refused") {
    const storage::testing::Scratch scratch;
    const auto database = storage::testing::opened(scratch.file("office.db"));
    SmallOffice office(*database);
    const fs::path folder = scratch.folder() / "backup";
    write(office.folders.data() / "destroyed.jsonl", "");
    REQUIRE(back_up(*office.workplace, folder, BackupKeys::Left));
    const std::string text = text_of(folder / "manifest.json");
    write_manifest_text(folder, text);
    REQUIRE(code_of(folder) == "whole");
    for (const char* path : {"data/../../out", "/etc/passwd", "elsewhere/file", "", "data/./x"}) {
        CAPTURE(path);
        write_manifest_text(folder, replaced(text, "data/destroyed.jsonl", path));
        CHECK(code_of(folder) == errors::kDamagedBackup);
    }
    write_manifest_text(folder, replaced(text, R"("format":1)", R"("format":2)"));
    CHECK(code_of(folder) == errors::kLaterBackup);
    write_manifest_text(folder, "{}");
    CHECK(code_of(folder) == errors::kLaterBackup);
    write_manifest_text(folder, "no JSON");
    CHECK(code_of(folder) == errors::kDamagedBackup);
    write(folder / "manifest.json", text + " ");
    CHECK(code_of(folder) == errors::kDamagedBackup);

    // Of a later database: nothing is written.
    const auto schema = text.find("\"schema\":") + 9;
    write_manifest_text(folder, text.substr(0, schema) + "99" + text.substr(schema));
    const RestoreOrder order{.folder = folder,
                             .url = scratch.file("restored.db"),
                             .data = scratch.folder() / "restored",
                             .keys = office.folders.data() / "keys",
                             .destroyed = {}};
    const auto restored = restore_backup(order, office.clock, {});
    REQUIRE_FALSE(restored);
    CHECK(restored.error().code == errors::kLaterBackup);
    CHECK_FALSE(fs::exists(order.url));
    CHECK_FALSE(fs::exists(order.data));
}

TEST_CASE("journals that are not of the manifest's size and root are not taken for it") {
    const storage::testing::Scratch scratch;
    const auto database = storage::testing::opened(scratch.file("office.db"));
    SmallOffice office(*database);
    const fs::path folder = scratch.folder() / "backup";
    const auto done = back_up(*office.workplace, folder, BackupKeys::Included);
    REQUIRE(done);
    Manifest wrong = done->manifest;
    wrong.journals.back().root.bytes[0] ^= 1U;
    write_manifest(folder, wrong);
    const RestoreOrder order{.folder = folder,
                             .url = scratch.file("restored.db"),
                             .data = scratch.folder() / "restored",
                             .keys = {},
                             .destroyed = {}};
    const auto restored = restore_backup(order, office.clock, {});
    REQUIRE_FALSE(restored);
    CHECK(restored.error().code == errors::kNotAsBackedUp);
}

}  // namespace fazhi::action
