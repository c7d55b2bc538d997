#include "courier/channels.h"

#include <fstream>
#include <vector>

#include <fmt/format.h>

#include "courier/errors.h"
#include "text/mail_address.h"

namespace fazhi::courier {
namespace {

class Reading {
public:
    explicit Reading(const ChannelSettings& settings) : settings_(settings) {}

    Result<Channels> channels() {
        Channels out;
        if (!settings_.mail_server.empty()) out.mail = mail();
        if (!settings_.webhook.empty()) out.webhook = webhook();
        if (!wrong_.empty()) return refuse(join_errors(std::move(wrong_)));
        return out;
    }

private:
    MailServer mail() {
        MailServer out{.url = settings_.mail_server,
                       .from = settings_.mail_from,
                       .user = settings_.mail_user,
                       .password = {}};
        if (!out.url.starts_with("smtp://") && !out.url.starts_with("smtps://") &&
            !out.url.starts_with("smtp+plain://"))
            say("mail_server",
                "应写成 smtps://主机:465、smtp://主机:587（加密），或 "
                "smtp+plain://主机:25（不加密）");
        if (!text::is_mail_address(out.from)) say("mail_from", "应是发件人的电子邮箱地址");
        if (!out.user.empty())
            out.password = secret("mail_password_file", settings_.mail_password_file);
        return out;
    }

    Webhook webhook() {
        Webhook out{.url = settings_.webhook, .secret = {}};
        const bool to_this_machine = out.url.starts_with("http://127.0.0.1:") ||
                                     out.url.starts_with("http://127.0.0.1/") ||
                                     out.url.starts_with("http://[::1]");
        if (!out.url.starts_with("https://") && !to_this_machine)
            say("webhook", "应是 https:// 开头的地址（只有本机可以用 http://127.0.0.1）");
        out.secret = secret("webhook_secret_file", settings_.webhook_secret_file);
        if (out.secret.size() < kSecretMin)
            say("webhook_secret_file", fmt::format("其中的密钥至少{}个字节", kSecretMin));
        return out;
    }

    std::string secret(const char* key, const std::string& file) {
        std::ifstream in(file, std::ios::binary);
        std::string line;
        if (file.empty() || !std::getline(in, line) || line.empty())
            say(key, "应是一个文件，第一行是密码或密钥，只有本程序的账号能读");
        if (line.ends_with('\r')) line.pop_back();
        return line;
    }

    void say(const char* key, const std::string& what) {
        wrong_.push_back(Error{ErrorKind::InvalidInput, errors::kBadChannel,
                               fmt::format("配置项“{}”{}。", key, what), key});
    }

    const ChannelSettings& settings_;
    std::vector<Error> wrong_;
};

}  // namespace

Result<Channels> channels_of(const ChannelSettings& settings) {
    return Reading(settings).channels();
}

}  // namespace fazhi::courier
