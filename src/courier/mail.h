// Mail (邮件), handed to a mail server by SMTP.
//
// One call, one connection; gives up after kMailSecondsMax. Any thread.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/result.h"

namespace fazhi::courier {

inline constexpr long kMailSecondsMax = 60;

struct MailServer {
    // smtp://host:port (encrypted by STARTTLS, or nothing is sent), smtps://host:port, or
    // smtp+plain://host:port (in the clear)
    std::string url;
    std::string from;      // the sender's address
    std::string user;      // "": no sign-in
    std::string password;  // of the user

    friend bool operator==(const MailServer&, const MailServer&) = default;
};

struct Attachment {
    std::string name;  // ASCII
    std::string bytes;
};

struct Mail {
    std::string to;  // an address
    std::string subject;
    std::string text;
    std::string id;  // the same mail sent again has the same one: programs show it once
    std::chrono::sys_seconds at;
    std::vector<Attachment> attachments = {};
};

// Done when the server has taken it. Refuses kNotSent, kRejected.
Result<void> send(const MailServer&, const Mail&);

}  // namespace fazhi::courier
