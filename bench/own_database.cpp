#include "own_database.h"

#include <exception>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "bare_postgresql.h"

namespace fazhi::bench {

OwnDatabase::OwnDatabase(std::string server) : server_(std::move(server)) {
    if (server_.empty()) throw std::runtime_error("--postgresql names no server: use ./dev bench");
    BarePostgresql(server_).run("CREATE DATABASE fazhi_bench");
}

OwnDatabase::~OwnDatabase() {
    try {
        BarePostgresql(server_).run("DROP DATABASE fazhi_bench WITH (FORCE)");
    } catch (const std::exception& accident) {
        fmt::print(stderr, "left behind: fazhi_bench: {}\n", accident.what());
    }
}

std::string OwnDatabase::url() const {
    const std::size_t options = server_.find('?');
    const std::size_t name = server_.rfind('/', options);
    return server_.substr(0, name) + "/fazhi_bench" + server_.substr(options);
}

}  // namespace fazhi::bench
