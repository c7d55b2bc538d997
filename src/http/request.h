// A request as the doors' code reads it, and what is answered: without a socket, so that tests call
// the same code.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fazhi::http {

struct Request {
    std::string method;
    std::string path;  // "/api/offices/qianjin", percent-decoded, without the query
    std::map<std::string, std::string, std::less<>> query;    // decoded
    std::map<std::string, std::string, std::less<>> headers;  // names in lower case
    std::string body;
    std::string address;  // of the other end

    // "" where there is none.
    [[nodiscard]] std::string header(std::string_view name) const;
    [[nodiscard]] std::string asked(std::string_view name) const;  // of the query
    [[nodiscard]] std::string cookie(std::string_view name) const;
};

struct Response {
    int status = 200;
    std::string content_type = "application/json; charset=utf-8";
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::string body = {};

    // "" where there is none.
    [[nodiscard]] std::string header(std::string_view name) const;
};

}  // namespace fazhi::http
