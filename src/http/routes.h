// Every address of the API, in one place: what it is, what it takes, what it answers, who may ask.
// The description of the API (openapi.h) is made from this table, so that the two cannot differ.
#pragma once

#include <span>
#include <string_view>

#include "base/result.h"
#include "http/call.h"
#include "http/request.h"

namespace fazhi::http {

// What an address answers that sends the browser elsewhere (303).
inline constexpr std::string_view kElsewhere = "303";

// Where a browser listens (events.h): the server keeps the connection, the route only says who may.
inline constexpr std::string_view kEventsPath = "/api/events";

// Who may ask at all; what exactly somebody may is asked where it is done (action/).
enum class Open {
    ToAll,
    ToSignedIn,  // also before a first password has been changed
    ToStaff,     // signed in, with a password of their own
    InPerson,    // the same, and not by a program's token
};

// What answering takes: the server has few threads for what is short, which so never wait for each
// other, and many for what may take long or waits for the disk.
enum class Nature {
    Question,
    ShortQuestion,  // what is asked all day: some rows off an index
    Change,
};

struct Route {
    std::string_view method;
    std::string_view path;  // "/api/offices/{office}/ledgers/{ledger}"
    Open open = Open::ToStaff;
    std::string_view summary;
    std::string_view query;   // names, by spaces
    std::string_view body;    // a schema; "bytes"; "": none
    std::string_view answer;  // a schema; media types, by spaces; kElsewhere; "": 204
    Result<Response> (*handle)(Call&);
    Nature nature = Nature::Question;

    // Asks for the session's mark (CSRF), and not for bearer tokens that only view.
    [[nodiscard]] bool changes() const { return nature == Nature::Change; }
};

std::span<const Route> routes();

// The route of a path, and what stands for its {…}.
struct Routed {
    const Route* route = nullptr;  // null: there is none
    bool path_known = false;       // with another method
    std::map<std::string, std::string, std::less<>> parts;
};
Routed route_for(std::string_view method, std::string_view path);

}  // namespace fazhi::http
