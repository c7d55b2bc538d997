// What the program counts of its own work (Prometheus text): requests by route and status, and how
// long they took. No names, no addresses. Any thread.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

namespace fazhi::http {

class Meter {
public:
    Meter();
    ~Meter();
    Meter(const Meter&) = delete;
    Meter& operator=(const Meter&) = delete;

    // `route`: as the table of routes writes it, "" for the application's files.
    void count(std::string_view method, std::string_view route, int status,
               std::chrono::nanoseconds took);
    // A request that was not taken on.
    void count_refused(std::string_view why);
    [[nodiscard]] std::string text() const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

// The program's.
Meter& meter();

}  // namespace fazhi::http
