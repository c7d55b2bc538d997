// The ways (渠道) a message can leave this machine, as the configuration names them.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "courier/mail.h"
#include "courier/webhook.h"

namespace fazhi::courier {

// As written in the configuration file; "": not there.
struct ChannelSettings {
    std::string mail_server;
    std::string mail_from;
    std::string mail_user;
    std::string mail_password_file;
    std::string webhook;
    std::string webhook_secret_file;
};

struct Channels {
    std::optional<MailServer> mail;
    std::optional<Webhook> webhook;
};

// Reads the files of secrets, whose first line counts. Refuses kBadChannel with all that is wrong.
Result<Channels> channels_of(const ChannelSettings&);

}  // namespace fazhi::courier
