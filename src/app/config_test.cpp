#include "app/config.h"

#include <algorithm>
#include <fstream>

#include <doctest/doctest.h>

#include "app/errors.h"
#include "storage/testing/scratch.h"

namespace fazhi::app {

namespace {

struct ConfigFile {
    explicit ConfigFile(std::string_view text) : path(scratch.folder() / "config.yaml") {
        std::ofstream(path, std::ios::binary) << text;
    }
    storage::testing::Scratch scratch;
    std::filesystem::path path;
};

std::vector<std::string> wrong_keys(std::string_view text) {
    const ConfigFile file(text);
    const auto read = read_config(file.path.string(), {});
    std::vector<std::string> out;
    if (read) return out;
    for (const Error& each : flatten(read.error())) {
        CHECK(each.code == errors::kBadConfig);
        out.push_back(each.where);
    }
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace

TEST_CASE("every key of the file is taken, the environment's database stays") {
    const ConfigFile file(
        "database: /a.db\ndata: /d\npacks: /p\nlisten: 127.0.0.1:9\nlog_level: warning\nweb: /w\n");
    const auto alone = read_config(file.path.string(), {});
    REQUIRE(alone);
    CHECK(alone->database == "/a.db");
    CHECK(alone->data == "/d");
    CHECK(alone->packs == "/p");
    CHECK(alone->listen == "127.0.0.1:9");
    CHECK(alone->log_level == "warning");
    CHECK(alone->web == "/w");
    cli::Defaults environment;
    environment.database = "/b.db";
    CHECK(read_config(file.path.string(), environment)->database == "/b.db");
}

TEST_CASE("packs beside the file are found without being named") {
    const ConfigFile file("database: /a.db\n");
    CHECK(read_config(file.path.string(), {})->packs == "packs");
    std::filesystem::create_directory(file.path.parent_path() / "packs");
    CHECK(read_config(file.path.string(), {})->packs ==
          (file.path.parent_path() / "packs").string());
}

TEST_CASE("every wrong key is named, and what is no configuration at all") {
    using Lines = std::vector<std::string>;
    CHECK(wrong_keys(
              "databse: /a.db\nlisten: [1]\nlog_level: loud\ncolour: red\naccount_rate: fast\n") ==
          Lines{"account_rate", "colour", "databse", "listen", "log_level"});
    CHECK(wrong_keys("- a\n- b\n") == Lines{"--config"});
    CHECK_FALSE(wrong_keys("database: [\n").empty());
    CHECK(read_config("/nowhere/config.yaml", {}).error().code == errors::kBadConfig);
    const ConfigFile misspelt("databse: /a.db\n");
    CHECK(read_config(misspelt.path.string(), {}).error().message ==
          "配置文件里没有“databse”这一项，可能应为“database”。");
}

}  // namespace fazhi::app
