#include "courier/mail.h"

#include <algorithm>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "base/digest.h"
#include "courier/errors.h"
#include "courier/transfer.h"
#include "text/mail_address.h"

namespace fazhi::courier {
namespace {

constexpr std::string_view kInTheClear = "smtp+plain://";

// A text in a header line as RFC 2047 encoded words, each of whole characters and at most 75 long.
std::string encoded_words(std::string_view text) {
    constexpr std::size_t kBytesAWord = 45;
    std::string out;
    while (!text.empty()) {
        std::size_t length = std::min(text.size(), kBytesAWord);
        // No word ends inside a character of UTF-8.
        while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U)
            --length;
        if (!out.empty()) out += "\r\n ";
        out += fmt::format("=?UTF-8?B?{}?=", base64(text.substr(0, length)));
        text.remove_prefix(length);
    }
    return out;
}

}  // namespace

Result<void> send(const MailServer& server, const Mail& mail) {
    if (!text::is_mail_address(mail.to))
        return refuse(ErrorKind::InvalidInput, errors::kRejected,
                      fmt::format("“{}”不是电子邮箱地址。", mail.to));
    const bool in_the_clear = server.url.starts_with(kInTheClear);
    const std::string url =
        in_the_clear ? "smtp://" + server.url.substr(kInTheClear.size()) : server.url;
    Transfer transfer{.url = url, .seconds_max = kMailSecondsMax, .heads = {}};
    transfer.heads = {fmt::format("Date: {:%a, %d %b %Y %H:%M:%S} +0000", mail.at),
                      fmt::format("From: <{}>", server.from),
                      fmt::format("To: <{}>", mail.to),
                      fmt::format("Message-ID: <{}@fazhi>", mail.id),
                      "Subject: " + encoded_words(mail.subject),
                      "Auto-Submitted: auto-generated"};  // RFC 3834: nobody's holiday answers it
    transfer.mail = Envelope{.from = server.from,
                             .to = mail.to,
                             .user = server.user,
                             .password = server.password,
                             .encrypted = !in_the_clear,
                             .parts = {{"text/plain; charset=UTF-8", "", mail.text}}};
    for (const Attachment& attachment : mail.attachments)
        transfer.mail->parts.push_back(
            {"application/octet-stream", attachment.name, attachment.bytes});
    TRY([[maybe_unused]] const long code, perform(transfer));
    return {};
}

}  // namespace fazhi::courier
