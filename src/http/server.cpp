#include "http/server.h"

#include <algorithm>
#include <atomic>
#include <cctype>
#include <charconv>
#include <chrono>
#include <csignal>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <thread>
#include <unordered_set>
#include <utility>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/thread_pool.hpp>
#include <fmt/format.h>
#include <malloc.h>
#include <restinio/all.hpp>
#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include "http/door.h"
#include "http/errors.h"
#include "http/events.h"
#include "http/meter.h"
#include "http/problem.h"
#include "http/routes.h"

namespace fazhi::http {
namespace {

namespace asio = boost::asio;

// The sockets of a loop, so that all can be closed before the loop goes: RESTinio closes a
// connection that is answered or too slow, and has no way to close those that are open when it
// stops.
class SocketList : public asio::execution_context::service {
public:
    using Socket = asio::ip::tcp::socket;
    inline static asio::execution_context::id id;

    explicit SocketList(asio::execution_context& loop) : service(loop) {}
    static SocketList& of(asio::io_context& loop) { return asio::use_service<SocketList>(loop); }

    void add(Socket& socket) {
        const std::lock_guard lock(mutex_);
        sockets_.insert(&socket);
    }
    void remove(Socket& socket) {
        const std::lock_guard lock(mutex_);
        sockets_.erase(&socket);
    }
    // For when no thread runs the loop any more. What waits on them is told so (operation_aborted)
    // when the loop runs again. Answers how many were open.
    std::size_t close_all() {
        const std::lock_guard lock(mutex_);
        std::size_t open = 0;
        for (Socket* const socket : sockets_) {
            if (!socket->is_open()) continue;
            ++open;
            boost::system::error_code nothing_lost;  // Whoever asked was answered or put off.
            socket->close(nothing_lost);
        }
        return open;
    }

private:
    void shutdown() override {}

    std::mutex mutex_;
    std::unordered_set<Socket*> sockets_;  // under mutex_
};

// A socket that stands in the list of its loop as long as it lives.
class ListedSocket : public SocketList::Socket {
public:
    explicit ListedSocket(asio::io_context& loop) : Socket(loop), list_(SocketList::of(loop)) {
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

struct Traits : restinio::default_traits_t {
    static constexpr bool use_connection_count_limiter = true;
    using stream_socket_t = ListedSocket;
};

std::string decoded_path(restinio::string_view_t path) {
    const auto decoded =
        restinio::utils::try_unescape_percent_encoding<restinio::utils::relaxed_unescape_traits>(
            path);
    return decoded ? *decoded : std::string("/?");
}

// What cannot be decoded is not there.
std::map<std::string, std::string, std::less<>> decoded_query(restinio::string_view_t query) {
    std::map<std::string, std::string, std::less<>> out;
    const auto parsed = restinio::try_parse_query<restinio::parse_query_traits::relaxed>(query);
    if (!parsed) return out;
    for (const auto& [name, value] : *parsed) out.emplace(std::string(name), std::string(value));
    return out;
}

restinio::http_status_line_t status_line(int status) {
    return {restinio::http_status_code_t{static_cast<std::uint16_t>(status)},
            status < 400 ? "OK" : "Refused"};
}

// Where the request comes from: what the proxy on this machine says last, else the other end.
std::string address_of(const restinio::request_handle_t& handle, const Request& request) {
    const std::string forwarded = request.header("x-forwarded-for");
    if (!forwarded.empty()) {
        const std::size_t comma = forwarded.rfind(',');
        std::string last = comma == std::string::npos ? forwarded : forwarded.substr(comma + 1);
        while (last.starts_with(' ')) last.erase(0, 1);
        return last;
    }
    return handle->remote_endpoint().address().to_string();
}

Request read_request(const restinio::request_handle_t& handle) {
    Request out;
    out.method = handle->header().method().c_str();
    out.path = decoded_path(handle->header().path());
    out.query = decoded_query(handle->header().query());
    handle->header().for_each_field([&](const restinio::http_header_field_t& field) {
        std::string name(field.name());
        std::transform(name.begin(), name.end(), name.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        out.headers.insert_or_assign(std::move(name), std::string(field.value()));
    });
    out.body = handle->body();
    out.address = address_of(handle, out);
    return out;
}

// Answers made and not yet written to their sockets.
class Outgoing {
public:
    void begin() { ++count_; }
    void end() { --count_; }
    // Until all are written, or those that are left are given up.
    void wait(std::chrono::milliseconds at_most) const {
        const auto until = std::chrono::steady_clock::now() + at_most;
        while (count_ > 0 && std::chrono::steady_clock::now() < until)
            std::this_thread::sleep_for(kLook);
        if (count_ > 0) spdlog::warn("{} answers were not taken", count_.load());
    }

private:
    static constexpr std::chrono::milliseconds kLook{5};
    std::atomic<std::size_t> count_ = 0;
};

void send(const restinio::request_handle_t& handle, const Request& request, Response response,
          const std::string& id, const std::shared_ptr<Outgoing>& outgoing) {
    auto builder = handle->create_response(status_line(response.status));
    if (!response.content_type.empty())
        builder.append_header(restinio::http_field::content_type, response.content_type);
    for (const auto& [name, value] : response.headers) builder.append_header(name, value);
    builder.append_header("X-Request-Id", id);
    if (request.method != "HEAD") builder.set_body(std::move(response.body));
    outgoing->begin();
    builder.done([outgoing](const auto&) { outgoing->end(); });
}

// A request number that no other process has at the same time.
std::string request_id(std::uint64_t number) {
    static const std::uint32_t kProcess = std::random_device()();
    return fmt::format("{:08x}-{}", kProcess, number);
}

Response busy_response(const std::string& id) {
    meter().count_refused("busy");
    return problem_response({ErrorKind::Unavailable,
                             errors::kBusy,
                             "现在办事的人太多，请过几秒再试；您填的内容还在。",
                             {}},
                            id, nullptr);
}

// Keeps the connection open and lets the hub write to it.
void listen(const restinio::request_handle_t& handle, EventHub& hub, const Listening& listening) {
    using Streaming = restinio::response_builder_t<restinio::chunked_output_t>;
    auto stream = std::make_shared<Streaming>(
        handle->create_response<restinio::chunked_output_t>(status_line(200)));
    stream->append_header(restinio::http_field::content_type, "text/event-stream");
    stream->append_header("Cache-Control", "no-store");
    stream->append_header("X-Accel-Buffering", "no");
    stream->append_chunk(std::string(kEventsBegin));
    stream->flush();
    const auto gone = std::make_shared<std::atomic<bool>>(false);
    hub.add(listening, [stream, gone](const std::string& text) {
        if (*gone) return false;
        stream->append_chunk(text);
        stream->flush([gone](const auto& failed) {
            if (failed) *gone = true;
        });
        return true;
    });
}

// The threads that read and write sockets, and the server whose sockets they are.
class Sockets {
public:
    explicit Sockets(restinio::server_settings_t<Traits> settings)
        : server_(restinio::external_io_context(loop_), std::move(settings)) {}
    ~Sockets() { stop(); }
    Sockets(const Sockets&) = delete;
    Sockets& operator=(const Sockets&) = delete;

    // False where the address cannot be listened on.
    bool start() {
        try {
            server_.open_sync();
        } catch (const std::exception& accident) {
            spdlog::error("cannot listen: {}", accident.what());
            return false;
        }
        for (int i = 0; i < kSocketThreads; ++i) threads_.emplace_back([this] { run(); });
        return true;
    }

    // Nobody is listened to any more, every thread is home, every connection is closed. What the
    // closed sockets still have to say is heard here: it holds connections, and a connection
    // counts itself off at the acceptor, which is gone before the loop.
    void stop() {
        if (threads_.empty()) return;
        loop_.stop();
        for (std::thread& thread : threads_) thread.join();
        threads_.clear();
        loop_.restart();
        server_.close_sync();
        do {  // Also those that were just being accepted.
            while (loop_.poll_one() > 0) continue;
        } while (SocketList::of(loop_).close_all() > 0);
    }

private:
    void run() {
        for (;;) {
            try {
                loop_.run();
                return;
            } catch (const std::exception& accident) {
                spdlog::error("a socket's thread: {}", accident.what());
            }
        }
    }

    asio::io_context loop_;
    restinio::http_server_t<Traits> server_;
    std::vector<std::thread> threads_;
};

// Until the terminal (SIGINT) or the service manager (SIGTERM) asks us to stop.
void wait_for_signal() {
    asio::io_context waiting;
    asio::signal_set asked(waiting, SIGINT, SIGTERM);
    asked.async_wait([](const boost::system::error_code&, int) {});
    waiting.run();
}

// As many connections as the system lets this process have files for, less those the database, the
// log and the evidence use. RESTinio stops accepting for good where accept() fails once, so that
// it must never be refused a file.
Result<std::size_t> connections_within_limits(std::size_t wanted) {
    rlimit files{};
    if (getrlimit(RLIMIT_NOFILE, &files) != 0) return wanted;
    if (files.rlim_cur < files.rlim_max) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
        getrlimit(RLIMIT_NOFILE, &files);
    }
    if (files.rlim_cur < kFilesKept + kConnectionsMin) {
        return refuse(ErrorKind::Unavailable, errors::kTooFewFiles,
                      fmt::format("系统只准本程序同时打开 {} 个文件，至少需要 {} 个；请由系统管理员"
                                  "调高（ulimit -n 或 LimitNOFILE）后再启动。",
                                  files.rlim_cur, kFilesKept + kConnectionsMin));
    }
    const std::size_t most = files.rlim_cur - kFilesKept;
    if (most < wanted) spdlog::warn("{} connections at most: the limit of open files", most);
    return std::min(wanted, most);
}

restinio::server_settings_t<Traits> settings_for(const Address& address, const Capacity& capacity) {
    return restinio::server_settings_t<Traits>{}
        .address(address.host)
        .port(address.port)
        .max_parallel_connections(capacity.connections)
        .read_next_http_message_timelimit(capacity.request_time)
        .write_http_response_timelimit(capacity.answer_time)
        .handle_request_timeout(kHandleTime)
        .incoming_http_msg_limits(restinio::incoming_http_msg_limits_t{}
                                      .max_url_size(kUrlBytesMax)
                                      .max_field_value_size(kFieldBytesMax)
                                      .max_field_count(kFieldsMax)
                                      .max_body_size(kBodyBytesMax));
}

// What is done with requests: questions and commands wait for the disk and for each other, so that
// they never run on the threads that read and write sockets.
class Work {
public:
    Work(action::Workplace& workplace, const WebFiles& files, const ServeOptions& options)
        : workplace_(workplace),
          options_(options),
          door_(workplace, files, options.external, options.rates),
          workers_(kWorkers),
          short_workers_(
              std::max<std::size_t>(kShortWorkersMin, 2 * std::thread::hardware_concurrency())) {}

    void accept(const restinio::request_handle_t& handle) {
        std::string id = request_id(++requests_);
        const bool is_upload = handle->body().size() > kLargeBodyBytes;
        // Counted before it is asked whether we are stopping: finish() waits for what is counted.
        const bool is_full = waiting_.fetch_add(1) >= options_.capacity.waiting;
        const bool too_many_uploads =
            is_upload && uploads_.fetch_add(1) >= options_.capacity.uploads;
        if (is_full || too_many_uploads || stopping_) {
            send(handle, read_request(handle), busy_response(id), id, outgoing_);
            done(is_upload);
            return;
        }
        Routed found =
            route_for(handle->header().method().c_str(), decoded_path(handle->header().path()));
        // Files of the application are short too.
        const bool is_short =
            found.route == nullptr || found.route->nature == Nature::ShortQuestion;
        asio::post(
            is_short ? short_workers_ : workers_,
            [this, handle, is_upload, id = std::move(id), found = std::move(found)]() mutable {
                answer(handle, id, std::move(found));
                done(is_upload);
            });
    }

    // What was accepted is finished and answered; what comes now is put off.
    void finish() {
        stopping_ = true;
        while (waiting_ > 0) std::this_thread::sleep_for(std::chrono::milliseconds(5));
        workers_.join();
        short_workers_.join();
        outgoing_->wait(kLastAnswersTime);
        if (options_.events != nullptr) options_.events->close();
    }

private:
    void done(bool was_upload) {
        if (was_upload) --uploads_;
        --waiting_;
    }

    void answer(const restinio::request_handle_t& handle, const std::string& id, Routed found) {
        const auto begun = std::chrono::steady_clock::now();
        const Request request = read_request(handle);
        Response response = door_.answer(request, id, std::move(found));
        // Who may listen is told so by the route; the connection is kept here.
        if (request.path == kEventsPath && request.method == "GET" && response.status == 200 &&
            options_.events != nullptr) {
            if (const auto listening = listener(request, id)) {
                listen(handle, *options_.events, *listening);
                return;
            }
            response = busy_response(id);
        }
        const auto took = std::chrono::duration_cast<std::chrono::microseconds>(
            std::chrono::steady_clock::now() - begun);
        spdlog::debug("{} {} {} {} us", id, request.method, response.status, took.count());
        send(handle, request, std::move(response), id, outgoing_);
    }

    std::optional<Listening> listener(const Request& request, const std::string& id) {
        try {
            auto found = listening_of(workplace_, request, id);
            if (found) return *std::move(found);
        } catch (const std::exception& accident) {
            spdlog::error("request {}: {}", id, accident.what());
        }
        return std::nullopt;
    }

    action::Workplace& workplace_;
    const ServeOptions& options_;
    Door door_;
    std::atomic<std::uint64_t> requests_ = 0;
    std::atomic<std::size_t> waiting_ = 0;
    std::atomic<std::size_t> uploads_ = 0;
    std::atomic<bool> stopping_ = false;
    const std::shared_ptr<Outgoing> outgoing_ = std::make_shared<Outgoing>();
    asio::thread_pool workers_;
    asio::thread_pool short_workers_;
};

}  // namespace

Result<Address> parse_address(const std::string& listen) {
    const size_t colon = listen.rfind(':');
    Address out;
    if (colon != std::string::npos) {
        out.host = listen.substr(0, colon);
        const char* from = listen.data() + colon + 1;
        const char* to = listen.data() + listen.size();
        const auto [end, error] = std::from_chars(from, to, out.port);
        if (error != std::errc() || end != to) out.port = 0;
    }
    if (out.host.empty() || out.port == 0) {
        return refuse(ErrorKind::InvalidInput, errors::kBadAddress,
                      fmt::format("监听地址“{}”不对，请按 127.0.0.1:8080 的样式填写。", listen),
                      "--listen");
    }
    if (out.host == "[::1]") out.host = "::1";
    if (out.host == "localhost") out.host = "127.0.0.1";
    if (out.host != "127.0.0.1" && out.host != "::1") {
        return refuse(ErrorKind::Forbidden, errors::kNotLoopback,
                      "只能监听本机地址 127.0.0.1 或 [::1]；要让别的机器访问，请在前面放一个 HTTPS "
                      "代理（docs/operating.md）。",
                      "--listen");
    }
    return out;
}

namespace {

// The allocator would keep a heap for each of the threads, and of each what it had once: a large
// answer or a page of rows would stay for good, in pieces that no other fits into. What is large
// goes back when it is freed.
void keep_memory_small() {
    constexpr int kHeaps = 4;
    constexpr int kLarge = 64 * 1024;
    constexpr int kSpare = 1024 * 1024;
    mallopt(M_ARENA_MAX, kHeaps);
    mallopt(M_MMAP_THRESHOLD, kLarge);
    mallopt(M_TRIM_THRESHOLD, kSpare);
}

}  // namespace

Result<void> serve(action::Workplace& workplace, const ServeOptions& options) {
    TRY(const Address address, parse_address(options.listen));
    WebFiles files;
    if (!options.web.empty()) {
        TRY(files, WebFiles::read(options.web));
    }
    keep_memory_small();
    Work work(workplace, files, options);
    const auto handler = [&](const restinio::request_handle_t& handle) {
        work.accept(handle);
        return restinio::request_accepted();
    };
    Capacity capacity = options.capacity;
    TRY(capacity.connections, connections_within_limits(capacity.connections));
    auto settings = settings_for(address, capacity);
    settings.request_handler(handler);
    Sockets sockets(std::move(settings));
    if (!sockets.start()) {
        return refuse(
            ErrorKind::Unavailable, errors::kCannotListen,
            fmt::format("地址 {} 打不开，可能已被别的程序占用，请换一个端口。", options.listen),
            "--listen");
    }
    fmt::print("已在 http://{} 提供服务，按 Ctrl+C 停止。\n", options.listen);
    std::fflush(stdout);
    if (options.until) {
        options.until();
    } else {
        wait_for_signal();
    }
    work.finish();
    sockets.stop();
    return {};
}

}  // namespace fazhi::http
