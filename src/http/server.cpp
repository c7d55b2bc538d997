#include "http/server.h"

#include <charconv>
#include <csignal>
#include <exception>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <fmt/format.h>
#include <restinio/all.hpp>
#include <spdlog/spdlog.h>

#include "http/errors.h"
#include "http/pages.h"

namespace fazhi::http {
namespace {

struct Traits : restinio::default_traits_t {
    static constexpr bool use_connection_count_limiter = true;
};

std::string decoded_path(restinio::string_view_t path) {
    const auto decoded =
        restinio::utils::try_unescape_percent_encoding<restinio::utils::relaxed_unescape_traits>(
            path);
    return decoded ? *decoded : std::string("/?");
}

// What cannot be decoded is not there.
std::map<std::string, std::string> decoded_query(restinio::string_view_t query) {
    std::map<std::string, std::string> out;
    const auto parsed = restinio::try_parse_query<restinio::parse_query_traits::relaxed>(query);
    if (!parsed) return out;
    for (const auto& [name, value] : *parsed) out.emplace(std::string(name), std::string(value));
    return out;
}

restinio::http_status_line_t status_line(int status) {
    return {restinio::http_status_code_t{static_cast<std::uint16_t>(status)},
            status < 400 ? "OK" : "Refused"};
}

Response guarded(action::Workplace& workplace, const Request& request, std::uint64_t id) {
    try {
        return answer(workplace, request);
    } catch (const std::exception& accident) {
        spdlog::error("request {}: {}", id, accident.what());
        return Response{.status = 500,
                        .content_type = "text/plain; charset=utf-8",
                        .body = fmt::format("出了意外，请把这个号告诉管理员：{}\n", id)};
    }
}

using Running = restinio::running_server_handle_t<Traits>;

// Nothing where the address cannot be listened on.
Running started(restinio::server_settings_t<Traits> settings) {
    try {
        return restinio::run_async(restinio::own_io_context(), std::move(settings), kThreads);
    } catch (const std::exception& accident) {
        spdlog::error("cannot listen: {}", accident.what());
        return nullptr;
    }
}

// Until the terminal (SIGINT) or the service manager (SIGTERM) asks us to stop.
void wait_for_signal() {
    boost::asio::io_context waiting;
    boost::asio::signal_set asked(waiting, SIGINT, SIGTERM);
    asked.async_wait([](const boost::system::error_code&, int) {});
    waiting.run();
}

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
                      "还没有登录功能，只能监听本机地址 127.0.0.1 或 [::1]。", "--listen");
    }
    return out;
}

Result<void> serve(action::Workplace& workplace, const std::string& listen) {
    TRY(const Address address, parse_address(listen));
    std::atomic<std::uint64_t> requests = 0;
    const auto handler = [&](const restinio::request_handle_t& handle) {
        const std::uint64_t id = ++requests;
        Request request;
        request.method = handle->header().method().c_str();
        request.path = decoded_path(handle->header().path());
        request.query = decoded_query(handle->header().query());
        request.host = handle->header().get_field_or(restinio::http_field::host, "");
        Response response = guarded(workplace, request, id);
        auto builder = handle->create_response(status_line(response.status));
        builder.append_header(restinio::http_field::content_type, response.content_type);
        for (const auto& [name, value] : response.headers) builder.append_header(name, value);
        if (request.method != "HEAD") builder.set_body(std::move(response.body));
        return builder.done();
    };
    auto settings = restinio::server_settings_t<Traits>{}
                        .address(address.host)
                        .port(address.port)
                        .max_parallel_connections(kConnectionsMax)
                        .read_next_http_message_timelimit(std::chrono::seconds(kRequestSeconds))
                        .write_http_response_timelimit(std::chrono::seconds(kRequestSeconds))
                        .handle_request_timeout(std::chrono::seconds(kRequestSeconds))
                        .incoming_http_msg_limits(restinio::incoming_http_msg_limits_t{}
                                                      .max_url_size(2048)
                                                      .max_field_value_size(8192)
                                                      .max_field_count(100)
                                                      .max_body_size(0))
                        .request_handler(handler);
    const auto server = started(std::move(settings));
    if (!server) {
        return refuse(ErrorKind::Unavailable, errors::kCannotListen,
                      fmt::format("地址 {} 打不开，可能已被别的程序占用，请换一个端口。", listen),
                      "--listen");
    }
    fmt::print("已在 http://{} 提供查看，按 Ctrl+C 停止。\n", listen);
    std::fflush(stdout);
    wait_for_signal();
    server->stop();
    server->wait();
    return {};
}

}  // namespace fazhi::http
