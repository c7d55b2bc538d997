// One transfer by libcurl: what it needs of mail and of HTTP, as plain values. libcurl itself stays
// in transfer.cpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace fazhi::courier {

// A part of a mail; sent as base64.
struct MailPart {
    std::string type;      // "text/plain; charset=UTF-8"
    std::string filename;  // "": it is read in place
    std::string bytes;
};

struct Envelope {
    std::string from, to;        // addresses
    std::string user, password;  // "": no sign-in
    bool encrypted = true;       // STARTTLS, or nothing is sent
    std::vector<MailPart> parts;
};

struct Transfer {
    std::string url;  // smtp, smtps, http, https
    long seconds_max = 0;
    std::vector<std::string> heads;     // lines of the mail's or the request's head
    std::optional<Envelope> mail = {};  // else:
    std::string body = {};              // what is posted
};

// Follows nothing, uses no proxy, keeps nothing of the answer but its last code (SMTP or HTTP; 0:
// none was said). Refuses kNotSent, or kRejected where a mail server said no for good (5xx).
Result<long> perform(const Transfer&);

// What an HTTP server answered.
struct Answer {
    long code = 0;
    std::string body;
};
// A GET, or a POST of `body` where there is one; no mail. Refuses kNotSent, also where the answer
// is longer than `bytes_max`.
Result<Answer> ask(const Transfer&, std::size_t bytes_max);

}  // namespace fazhi::courier
