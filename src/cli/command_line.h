// The command line of `fazhi`.
//
// One call a process. Writes to standard output and standard error; answers the exit code
// (README.md).
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "action/external_sign_in.h"
#include "action/sign_log.h"
#include "base/result.h"
#include "base/value.h"
#include "calendar/clock.h"
#include "courier/channels.h"

namespace fazhi::storage {
class Database;
}
namespace fazhi::action {
class Workplace;
}
namespace fazhi::definition {
class DefinitionSet;
}

namespace fazhi::cli {

// What the config file and the environment say; options override it.
struct Defaults {
    std::string database;  // file or postgresql://…; empty: --database is required
    std::string data;      // keys, evidence; empty: FILE.data
    std::string packs = "packs";
    std::string extraction;  // the program that reads files to review; "": this one
    std::string listen = "127.0.0.1:8080";
    std::string web;                 // folder of the web application; empty: only the API is served
    std::string account_rate;        // requests, "50/s"; empty: the program's own
    std::string address_rate;        // the same of one address
    std::string log_level = "info";  // debug, info, warning, error
    std::string deliver_to;          // folder the signed server's log goes to; empty: nowhere
    std::string log_mail_to;         // address it is mailed to; empty: none
    courier::ChannelSettings channels;
    action::ExternalSettings external;
};

// What other doors do for the command line: app/ passes it, since doors do not know each other.
struct Doors {
    // Serves at defaults.listen until asked to stop. Refuses an address that is not loopback.
    std::function<Result<void>(action::Workplace&, const Defaults&)> serve;
    // Reads a config file over the defaults.
    std::function<Result<Defaults>(const std::string& path, const Defaults&)> read_config;
    // The API as a server with these definitions describes it (OpenAPI).
    std::function<Value(const definition::DefinitionSet&)> describe_api;
};

// Where the signed server's log goes. Refuses kBadChannel.
Result<action::LogGoesTo> log_goes_to(const Defaults&);

int run(int argument_count, char** arguments, const Defaults&, const Doors&,
        const calendar::Clock&);

}  // namespace fazhi::cli
