// The sockets of a loop, so that all can be closed before the loop goes.
//
// RESTinio closes a connection when it is answered or too slow, and has no way to close those that
// are open when it stops. close_all() is for when no thread runs the loop any more.
#pragma once

#include <mutex>
#include <unordered_set>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace fazhi::http {

class SocketList : public boost::asio::execution_context::service {
public:
    using Socket = boost::asio::ip::tcp::socket;
    inline static boost::asio::execution_context::id id;

    explicit SocketList(boost::asio::execution_context& loop) : service(loop) {}

    void add(Socket& socket) {
        const std::lock_guard lock(mutex_);
        sockets_.insert(&socket);
    }
    void remove(Socket& socket) {
        const std::lock_guard lock(mutex_);
        sockets_.erase(&socket);
    }
    // What waits on them is told so (operation_aborted) when the loop runs again.
    void close_all() {
        const std::lock_guard lock(mutex_);
        for (Socket* const socket : sockets_) {
            boost::system::error_code nothing_lost;  // Whoever asked was answered or put off.
            socket->close(nothing_lost);
        }
    }

private:
    void shutdown() override {}

    std::mutex mutex_;
    std::unordered_set<Socket*> sockets_;  // under mutex_
};

// A socket that stands in the list of its loop as long as it lives.
class ListedSocket : public SocketList::Socket {
public:
    explicit ListedSocket(boost::asio::io_context& loop)
        : Socket(loop), list_(boost::asio::use_service<SocketList>(loop)) {
        list_.add(*this);
    }
    ListedSocket(ListedSocket&& other) noexcept : Socket(std::move(other)), list_(other.list_) {
        list_.add(*this);
    }
    ~ListedSocket() { list_.remove(*this); }
    ListedSocket(const ListedSocket&) = delete;
    ListedSocket& operator=(const ListedSocket&) = delete;
    ListedSocket& operator=(ListedSocket&&) = delete;

private:
    using Socket = SocketList::Socket;
    SocketList& list_;
};

}  // namespace fazhi::http
