// The pages: offices, their ledgers, an entry with its history, the annual report whose figures
// open.
//
// answer() never throws a refusal: every outcome is a page. Any thread; each call reads one
// snapshot.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "action/workplace.h"

namespace fazhi::http {

struct Request {
    std::string method;  // GET, HEAD; others answer 405
    std::string path;    // "/offices/qianjin", percent-decoded, without the query
    std::map<std::string, std::string> query;  // decoded
    std::string host;  // the Host header: a loopback name, else 421 (DNS rebinding)

    // Which page of a list: from 1; 1 where none or nonsense is asked for.
    [[nodiscard]] std::size_t page() const;
};

struct Response {
    int status = 200;
    std::string content_type = "text/html; charset=utf-8";
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::string body;
};

inline constexpr std::int64_t kEntriesAPage = 50;

Response answer(action::Workplace&, const Request&);

}  // namespace fazhi::http
