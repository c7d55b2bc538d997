// fazhi_hello PORT: the least a server on RESTinio can do. What ours costs beyond it is measured
// against this.
#include <cstdint>
#include <cstdlib>
#include <utility>  // which Boost.Asio 1.74 needs and does not ask for

#include <restinio/all.hpp>

int main(int count, char** arguments) {
    if (count != 2) return 2;
    constexpr std::size_t kThreads = 2;  // as many as fazhi reads sockets with
    restinio::run(restinio::on_thread_pool(kThreads)
                      .address("127.0.0.1")
                      .port(static_cast<std::uint16_t>(std::atoi(arguments[1])))
                      .request_handler([](const restinio::request_handle_t& request) {
                          return request->create_response()
                              .append_header(restinio::http_field::content_type, "text/plain")
                              .set_body("hello")
                              .done();
                      }));
    return 0;
}
