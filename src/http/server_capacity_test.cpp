// What a server takes on, and how it stops, over real sockets with a small capacity.
#include <atomic>
#include <chrono>
#include <future>
#include <optional>
#include <thread>

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "action/testing/small_office.h"
#include "http/server.h"
#include "storage/testing/databases.h"
#include "storage/testing/scratch.h"

namespace fazhi::http {
namespace {

using namespace std::chrono_literals;
using SteadyClock = std::chrono::steady_clock;

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in out{};
    out.sin_family = AF_INET;
    out.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    out.sin_port = htons(port);
    return out;
}

// A port that nobody listens on now.
std::uint16_t free_port() {
    const int handle = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    REQUIRE(::bind(handle, reinterpret_cast<sockaddr*>(&address), size) == 0);
    REQUIRE(::getsockname(handle, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    ::close(handle);
    return ntohs(address.sin_port);
}

class Client {
public:
    explicit Client(std::uint16_t port) : handle_(::socket(AF_INET, SOCK_STREAM, 0)) {
        const sockaddr_in address = loopback(port);
        connected_ =
            ::connect(handle_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    }
    ~Client() { ::close(handle_); }
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    [[nodiscard]] bool connected() const { return connected_; }
    // False where the other end has gone.
    bool send(std::string_view bytes) const {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(handle_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    // What comes until the other end closes or says nothing for so long.
    std::string read(std::chrono::milliseconds quiet, bool* closed = nullptr) const {
        timeval wait{};
        wait.tv_sec = quiet / 1s;
        wait.tv_usec = static_cast<suseconds_t>((quiet % 1s) / 1us);
        ::setsockopt(handle_, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
        std::string out;
        char buffer[4096];
        for (;;) {
            const ssize_t got = ::recv(handle_, buffer, sizeof buffer, 0);
            if (got > 0) out.append(buffer, static_cast<std::size_t>(got));
            if (got > 0) continue;
            if (closed != nullptr) *closed = got == 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
            return out;
        }
    }

private:
    int handle_;
    bool connected_ = false;
};

std::string get(const std::string& path) {
    return fmt::format("GET {} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", path);
}
std::string post(const std::string& path, const std::string& body, const std::string& more = {}) {
    return fmt::format(
        "POST {} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\n"
        "Content-Length: {}\r\n{}\r\n{}",
        path, body.size(), more, body);
}
// Somebody nobody knows: takes as long as checking a password takes.
std::string slow_question() {
    return post("/api/session", R"({"login":"nobody@qianjin","password":"wrong-password"})");
}
std::string answer_of(std::uint16_t port, const std::string& request) {
    const Client client(port);
    return client.connected() && client.send(request) ? client.read(20s) : std::string();
}
int status_of_text(const std::string& answer) {
    return answer.starts_with("HTTP/1.1 ") ? std::stoi(answer.substr(9, 3)) : 0;
}

// Serves until it is told to stop, or goes.
class Running {
public:
    explicit Running(const Capacity& capacity)
        : database_(storage::testing::opened(scratch_.file("server.db"))),
          office_(*database_),
          port(free_port()) {
        served_ = std::async(std::launch::async, [this, capacity] {
            return serve(*office_.workplace, {.listen = fmt::format("127.0.0.1:{}", port),
                                              .events = nullptr,
                                              .web = {},
                                              .capacity = capacity,
                                              .until = [this] { asked_.get_future().wait(); }});
        });
        for (int i = 0; i < 400 && status_of_text(answer_of(port, get("/healthz"))) != 200; ++i)
            std::this_thread::sleep_for(10ms);
    }
    ~Running() { stop(); }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;

    void ask_to_stop() {
        if (!is_asked_) asked_.set_value();
        is_asked_ = true;
    }
    bool stop() {
        ask_to_stop();
        return !served_.valid() || served_.get().has_value();
    }

private:
    storage::testing::Scratch scratch_;
    std::unique_ptr<storage::Database> database_;
    action::testing::SmallOffice office_;
    std::promise<void> asked_;
    bool is_asked_ = false;
    std::future<Result<void>> served_;

public:
    const std::uint16_t port;
};

bool is_well(const Running& server) {
    return status_of_text(answer_of(server.port, get("/healthz"))) == 200;
}

}  // namespace

TEST_CASE("what is too long is not read to its end, and nobody else is held up by it") {
    const Running server(Capacity{});
    const std::string fields[] = {
        fmt::format("GET /{} HTTP/1.1\r\nHost: a\r\n\r\n", std::string(kUrlBytesMax + 100, 'a')),
        fmt::format("GET /healthz HTTP/1.1\r\nHost: a\r\nX-Long: {}\r\n\r\n",
                    std::string(kFieldBytesMax + 100, 'a')),
        [] {
            std::string many = "GET /healthz HTTP/1.1\r\n";
            for (std::size_t i = 0; i <= kFieldsMax + 1; ++i) many += fmt::format("X-{}: 1\r\n", i);
            return many + "\r\n";
        }(),
        fmt::format("POST /api/session HTTP/1.1\r\nHost: a\r\nContent-Length: {}\r\n\r\n",
                    kBodyBytesMax + 1),
    };
    for (const std::string& request : fields) {
        CAPTURE(request.substr(0, 60));
        const Client client(server.port);
        client.send(request);
        bool closed = false;
        const std::string answer = client.read(5s, &closed);
        CHECK(closed);
        CHECK(status_of_text(answer) != 200);
        CHECK(is_well(server));
    }
    // A body that says nothing of its length beforehand.
    const Client client(server.port);
    client.send("POST /api/session HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    const std::string chunk = fmt::format("{:x}\r\n{}\r\n", 1'000'000, std::string(1'000'000, 'a'));
    std::size_t sent = 0;
    while (sent < kBodyBytesMax + 10'000'000 && client.send(chunk)) sent += 1'000'000;
    bool closed = false;
    CHECK(status_of_text(client.read(5s, &closed)) != 200);
    CHECK(closed);
    CHECK(is_well(server));
}

TEST_CASE("who sends too slowly is cut off, others are answered meanwhile") {
    const Running server(Capacity{.request_time = 600ms});
    const Client slow(server.port);
    const auto begun = SteadyClock::now();
    slow.send("GET /healthz HTTP/1.1\r\n");
    int sent = 0;
    // A header now and then, so that the connection is never quiet.
    while (sent < 100 && slow.send("X-Slow: 1\r\n")) {
        ++sent;
        CHECK(is_well(server));
        std::this_thread::sleep_for(100ms);
        bool closed = false;
        slow.read(1ms, &closed);
        if (closed) break;
    }
    CHECK(SteadyClock::now() - begun < 5s);
    CHECK(sent < 50);
}

TEST_CASE("beyond its connections a server accepts no more until one ends") {
    const Running server(Capacity{.connections = 3});
    std::optional<Client> first(server.port);
    const Client second(server.port), third(server.port);
    const Client* const open[] = {&*first, &second, &third};
    for (const Client* each : open) {
        each->send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
        CHECK(status_of_text(each->read(500ms)) == 200);
    }
    const Client fourth(server.port);
    fourth.send(get("/healthz"));
    CHECK(fourth.read(500ms).empty());
    first.reset();
    CHECK(status_of_text(fourth.read(5s)) == 200);
}

TEST_CASE("beyond what it takes on a server puts off, and says for how long") {
    const Running server(Capacity{.waiting = 2});
    std::vector<std::future<std::string>> answers;
    for (int i = 0; i < 20; ++i) {
        answers.push_back(std::async(std::launch::async,
                                     [&] { return answer_of(server.port, slow_question()); }));
    }
    int put_off = 0, answered = 0;
    for (auto& each : answers) {
        const std::string answer = each.get();
        const int status = status_of_text(answer);
        CHECK((status == 401 || status == 503));
        if (status == 401) ++answered;
        if (status != 503) continue;
        ++put_off;
        CHECK(answer.find("Retry-After: ") != std::string::npos);
        CHECK(answer.find("http.busy") != std::string::npos);
    }
    CHECK(put_off > 0);
    CHECK(answered > 0);
    CHECK(is_well(server));
}

TEST_CASE("uploads beyond their number are put off, other requests are not") {
    const Running server(Capacity{.uploads = 0});
    const std::string large =
        answer_of(server.port, post("/api/session", std::string(kLargeBodyBytes + 1, ' ')));
    CHECK(status_of_text(large) == 503);
    CHECK(large.find("Retry-After: ") != std::string::npos);
    CHECK(status_of_text(answer_of(server.port, slow_question())) == 401);
}

TEST_CASE("who asks too often is put off, with a time, and others at other addresses are not") {
    const Running server(Capacity{});
    int put_off = 0;
    for (int i = 0; i < 80; ++i) {
        const std::string answer =
            answer_of(server.port, post("/api/session", "{}", "X-Forwarded-For: 10.0.0.1\r\n"));
        if (status_of_text(answer) != 429) continue;
        ++put_off;
        CHECK(answer.find("Retry-After: ") != std::string::npos);
    }
    CHECK(put_off > 0);
    CHECK(status_of_text(answer_of(
              server.port, post("/api/session", "{}", "X-Forwarded-For: 10.0.0.2\r\n"))) == 400);
}

TEST_CASE("a server that stops finishes what it accepted, and puts off the rest") {
    Running server(Capacity{});
    std::vector<std::future<std::string>> accepted;
    std::atomic<int> sent = 0;
    constexpr int kAsked = 12;
    for (int i = 0; i < kAsked; ++i) {
        accepted.push_back(std::async(std::launch::async, [&] {
            const Client client(server.port);
            REQUIRE(client.send(slow_question()));
            ++sent;
            return client.read(30s);
        }));
    }
    while (sent < kAsked) std::this_thread::sleep_for(1ms);
    std::this_thread::sleep_for(50ms);  // They are read.
    server.ask_to_stop();
    std::this_thread::sleep_for(20ms);
    const int late = status_of_text(answer_of(server.port, get("/api/session")));
    CHECK((late == 503 || late == 0));  // 0: it had ended already
    for (auto& each : accepted) CHECK(status_of_text(each.get()) == 401);
    CHECK(server.stop());
    CHECK_FALSE(Client(server.port).connected());
}

}  // namespace fazhi::http
