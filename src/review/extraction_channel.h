// One end of the socket between a process and the child that reads files for it: frames
// (extraction_message.h), none longer than asked for, none waited for longer than allowed.
//
// One thread at a time.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace fazhi::review {

using Deadline = std::chrono::steady_clock::time_point;
inline constexpr Deadline kNoDeadline = Deadline::max();

class Channel {
public:
    // Closes the socket at the end. -1: none; everything then fails.
    explicit Channel(int socket = -1) : socket_(socket) {}
    ~Channel() { close(); }
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;

    void reset(int socket);
    void close() { reset(-1); }
    [[nodiscard]] bool is_open() const { return socket_ >= 0; }

    // False where the other end has gone or the deadline has passed.
    bool send(std::string_view frame, Deadline until);
    // Nothing for the same reasons, and where the frame is longer than `bytes_max`.
    std::optional<std::string> receive(std::size_t bytes_max, Deadline until);

private:
    bool is_ready(short events, Deadline until) const;
    bool send_all(std::string_view bytes, Deadline until);
    bool receive_all(char* to, std::size_t size, Deadline until);

    int socket_;
};

}  // namespace fazhi::review
