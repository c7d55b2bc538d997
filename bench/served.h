// `fazhi serve`, the one built beside this program, on a port of this machine; what it answers; and
// a load of requests on it (wrk).
#pragma once

#include <cstdint>
#include <string>

#include <sys/types.h>

#include "office.h"

namespace fazhi::bench {

inline constexpr std::uint16_t kServedPort = 18'943;

class Served {
public:
    // Over the office's SQLite file, or its PostgreSQL database; with no limit to what an account
    // asks. Ends with the object.
    explicit Served(const LoadedOffice& office, const std::string& postgresql = {});
    ~Served();
    Served(const Served&) = delete;
    Served& operator=(const Served&) = delete;

    // Until it answers; the seconds since it was started. Throws std::runtime_error where it does
    // not.
    double wait();
    // Until it answers and what it does at its start (the tick, the search's catching up) is done.
    // Throws as wait does.
    void settle();
    [[nodiscard]] double resident() const;  // MB

private:
    pid_t child_;
    double begun_;
};

// A RESTinio server that answers every request with the same few bytes, on its own port.
class Hello {
public:
    Hello();
    ~Hello();
    Hello(const Hello&) = delete;
    Hello& operator=(const Hello&) = delete;

    static constexpr std::uint16_t kPort = 18'944;

private:
    pid_t child_;
};

// What the server on the port answers to GET path; empty: nobody listens.
std::string answer(const std::string& path, const std::string& token = {},
                   std::uint16_t port = kServedPort);

struct Load {
    int connections = 64;
    int seconds = 5;
    std::string script;  // further Lua, which may define request(); "": GET of the path
};
struct Loaded {
    double a_second = 0;
    double p99 = 0;  // milliseconds
    std::int64_t answered = 0;
    std::int64_t refused = 0;  // not answered, or with a status of 400 and above
};
// Throws std::runtime_error where wrk does not run.
Loaded load(const std::string& path, const std::string& token, const Load&,
            std::uint16_t port = kServedPort);

}  // namespace fazhi::bench
