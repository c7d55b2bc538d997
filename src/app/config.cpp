#include "app/config.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "app/errors.h"
#include "definition/yaml_tree.h"

namespace fazhi::app {

cli::Defaults environment_defaults() {
    cli::Defaults out;
    const char* database =
        std::getenv("FAZHI_DATABASE");  // NOLINT(concurrency-mt-unsafe): before any thread.
    if (database != nullptr) out.database = database;
    return out;
}

Result<cli::Defaults> read_config(const std::string& path, const cli::Defaults& defaults) {
    std::ifstream in(path, std::ios::binary);
    if (!in)
        return refuse(ErrorKind::InvalidInput, errors::kBadConfig,
                      fmt::format("读不到配置文件 {}。", path), "--config");
    TRY(const Value values,
        definition::value_of_yaml(std::string(std::istreambuf_iterator<char>(in), {})));
    cli::Defaults out = defaults;
    const std::filesystem::path beside = std::filesystem::path(path).parent_path() / "packs";
    if (std::filesystem::is_directory(beside)) out.packs = beside.string();
    std::vector<Error> wrong;
    const Value::Map none;
    for (const auto& [key, value] : values.is_map() ? values.as_map() : none) {
        const std::string text = value.is_text() ? value.as_text() : std::string();
        if (key == "database") {
            if (out.database.empty()) out.database = text;
        } else if (key == "data") {
            out.data = text;
        } else if (key == "packs") {
            out.packs = text;
        } else if (key == "listen") {
            out.listen = text;
        } else if (key == "log_level") {
            out.log_level = text;
        } else {
            wrong.push_back(Error{ErrorKind::InvalidInput, errors::kBadConfig,
                                  fmt::format("配置文件里没有“{}”这一项。", key), key});
            continue;
        }
        if (text.empty())
            wrong.push_back(Error{ErrorKind::InvalidInput, errors::kBadConfig,
                                  fmt::format("“{}”应是文字。", key), key});
    }
    if (!wrong.empty()) return refuse(join_errors(std::move(wrong)));
    return out;
}

}  // namespace fazhi::app
