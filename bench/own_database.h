// A database of its own on the server of --postgresql, dropped when it goes.
#pragma once

#include <string>

namespace fazhi::bench {

class OwnDatabase {
public:
    // Throws std::runtime_error where no server is named.
    explicit OwnDatabase(std::string server);
    ~OwnDatabase();
    OwnDatabase(const OwnDatabase&) = delete;
    OwnDatabase& operator=(const OwnDatabase&) = delete;

    [[nodiscard]] std::string url() const;

private:
    std::string server_;
};

}  // namespace fazhi::bench
