#include "review/extraction_channel.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace fazhi::review {

namespace {

constexpr std::size_t kHeadBytes = 4;
constexpr std::size_t kStep = 1'000'000;  // grows with what comes, not with what is announced

}  // namespace

void Channel::reset(int socket) {
    if (socket_ >= 0) ::close(socket_);
    socket_ = socket;
}

bool Channel::is_ready(short events, Deadline until) const {
    if (socket_ < 0) return false;
    for (;;) {
        int wait_ms = -1;
        if (until != kNoDeadline) {
            const auto left = until - std::chrono::steady_clock::now();
            if (left.count() <= 0) return false;
            constexpr std::int64_t kWaitMax = 1'000'000;
            const auto rounded = std::chrono::ceil<std::chrono::milliseconds>(left);
            wait_ms = static_cast<int>(std::min<std::int64_t>(rounded.count(), kWaitMax));
        }
        pollfd each{socket_, events, 0};
        const int ready = ::poll(&each, 1, wait_ms);
        if (ready > 0) return true;
        if (ready < 0 && errno != EINTR) return false;
    }
}

bool Channel::send_all(std::string_view bytes, Deadline until) {
    while (!bytes.empty()) {
        if (!is_ready(POLLOUT, until)) return false;
        const ssize_t sent =
            ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && errno != EAGAIN && errno != EINTR) return false;
        if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool Channel::receive_all(char* to, std::size_t size, Deadline until) {
    while (size > 0) {
        if (!is_ready(POLLIN, until)) return false;
        const ssize_t got = ::recv(socket_, to, size, MSG_DONTWAIT);
        if (got == 0) return false;
        if (got < 0 && errno != EAGAIN && errno != EINTR) return false;
        if (got < 0) continue;
        to += got;
        size -= static_cast<std::size_t>(got);
    }
    return true;
}

bool Channel::send(std::string_view frame, Deadline until) {
    std::array<char, kHeadBytes> head{};
    const auto size = static_cast<std::uint32_t>(frame.size());
    for (std::size_t i = 0; i < kHeadBytes; ++i) {
        head.at(i) = static_cast<char>((size >> (8 * (kHeadBytes - 1 - i))) & 0xFFU);
    }
    return send_all({head.data(), head.size()}, until) && send_all(frame, until);
}

std::optional<std::string> Channel::receive(std::size_t bytes_max, Deadline until) {
    std::array<char, kHeadBytes> head{};
    if (!receive_all(head.data(), head.size(), until)) return std::nullopt;
    std::size_t size = 0;
    for (const char byte : head) size = (size << 8U) + static_cast<unsigned char>(byte);
    if (size > bytes_max) return std::nullopt;
    std::string out;
    while (out.size() < size) {
        const std::size_t have = out.size();
        const std::size_t step = std::min(kStep, size - have);
        out.resize(have + step);
        if (!receive_all(out.data() + have, step, until)) return std::nullopt;
    }
    return out;
}

}  // namespace fazhi::review
