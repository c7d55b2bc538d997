#include "app/config.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/errors.h"
#include "definition/yaml_tree.h"
#include "http/limiter.h"
#include "text/nearest.h"

namespace fazhi::app {
namespace {

constexpr std::array<std::string_view, 4> kLogLevels = {"debug", "info", "warning", "error"};

// Every key, and where its value goes.
std::map<std::string, std::string*> places_of(cli::Defaults& out) {
    courier::ChannelSettings& channels = out.channels;
    action::ExternalSettings& external = out.external;
    return {{"account_rate", &out.account_rate},
            {"address_rate", &out.address_rate},
            {"data", &out.data},
            {"database", &out.database},
            {"deliver_to", &out.deliver_to},
            {"listen", &out.listen},
            {"log_level", &out.log_level},
            {"log_mail_to", &out.log_mail_to},
            {"mail_from", &channels.mail_from},
            {"mail_password_file", &channels.mail_password_file},
            {"mail_server", &channels.mail_server},
            {"mail_user", &channels.mail_user},
            {"oidc_client_id", &external.client_id},
            {"oidc_client_secret_file", &external.client_secret_file},
            {"oidc_issuer", &external.issuer},
            {"oidc_redirect", &external.redirect},
            {"oidc_title", &external.title},
            {"packs", &out.packs},
            {"web", &out.web},
            {"webhook", &channels.webhook},
            {"webhook_secret_file", &channels.webhook_secret_file}};
}

Error fault(const std::string& key, std::string message) {
    return Error{ErrorKind::InvalidInput, errors::kBadConfig, std::move(message), key};
}

}  // namespace

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
    const auto read =
        definition::value_of_yaml(std::string(std::istreambuf_iterator<char>(in), {}));
    if (!read)
        return refuse(ErrorKind::InvalidInput, errors::kBadConfig,
                      fmt::format("配置文件 {} 不是 YAML：{}", path, read.error().message),
                      "--config");
    const Value& values = *read;
    cli::Defaults out = defaults;
    const std::filesystem::path beside = std::filesystem::path(path).parent_path() / "packs";
    if (std::filesystem::is_directory(beside)) out.packs = beside.string();
    std::vector<Error> wrong;
    if (!values.is_map()) wrong.push_back(fault("--config", "配置文件应当是“键: 值”。"));
    const Value::Map none;
    const auto places = places_of(out);
    std::vector<std::string> keys;
    for (const auto& [key, place] : places) keys.push_back(key);
    for (const auto& [key, value] : values.is_map() ? values.as_map() : none) {
        const auto found = places.find(key);
        std::string* place = found == places.end() ? nullptr : found->second;
        if (place == nullptr) {
            const std::string nearest = text::nearest(key, keys);
            wrong.push_back(
                fault(key, fmt::format("配置文件里没有“{}”这一项{}。", key,
                                       nearest.empty() ? "" : "，可能应为“" + nearest + "”")));
        } else if (!value.is_text() || value.as_text().empty()) {
            wrong.push_back(fault(key, fmt::format("“{}”应是文字。", key)));
        } else if (place != &out.database || defaults.database.empty()) {
            *place = value.as_text();
        }
    }
    if (std::find(kLogLevels.begin(), kLogLevels.end(), out.log_level) == kLogLevels.end()) {
        wrong.push_back(fault(
            "log_level", fmt::format("“log_level”应是 {} 之一。", fmt::join(kLogLevels, "、"))));
    }
    for (const std::string* rate : {&out.account_rate, &out.address_rate}) {
        if (rate->empty()) continue;
        if (const auto parsed = http::parse_rate(*rate); !parsed)
            wrong.push_back(fault(rate == &out.account_rate ? "account_rate" : "address_rate",
                                  parsed.error().message));
    }
    if (const auto channels = courier::channels_of(out.channels); !channels) {
        for (const Error& each : flatten(channels.error())) wrong.push_back(each);
    }
    if (const auto external = action::ExternalSignIn::of(out.external); !external) {
        for (const Error& each : flatten(external.error())) wrong.push_back(each);
    }
    if (!wrong.empty()) return refuse(join_errors(std::move(wrong)));
    return out;
}

}  // namespace fazhi::app
