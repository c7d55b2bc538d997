// Every refusal of this room, most important first.
#pragma once

#include <string_view>

namespace fazhi::cli::errors {

// Neither --database, FAZHI_DATABASE nor the config file says which database.
inline constexpr std::string_view kNoDatabase = "cli.no_database";
// PostgreSQL keeps no files: --data has to say where keys and evidence lie.
inline constexpr std::string_view kNoDataFolder = "cli.no_data_folder";
// An option that the command needs is missing, or cannot be what it says.
inline constexpr std::string_view kBadOption = "cli.bad_option";

}  // namespace fazhi::cli::errors
