// What needs no other end: configuration, signatures. Real servers: tests/functional/.
#include <fstream>

#include <doctest/doctest.h>

#include "courier/channels.h"
#include "courier/errors.h"

namespace fazhi::courier {

TEST_CASE("the webhook's signature is HMAC-SHA-256 (RFC 4231, case 2)") {
    CHECK(signature_of({.url = "", .secret = "Jefe"}, "what do ya want for nothing?") ==
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST_CASE("no channel is configured by half: all that is wrong is said at once") {
    CHECK_FALSE(channels_of({})->mail);
    CHECK_FALSE(channels_of({})->webhook);
    const auto read = channels_of({.mail_server = "mail.example.gov.cn",
                                   .mail_from = "nobody",
                                   .mail_user = "fazhi",
                                   .mail_password_file = "no/such/file",
                                   .webhook = "http://example.gov.cn/hook",
                                   .webhook_secret_file = ""});
    REQUIRE_FALSE(read);
    std::vector<std::string> where;
    for (const Error& each : flatten(read.error())) {
        CHECK(each.code == errors::kBadChannel);
        where.push_back(each.where);
    }
    CHECK(where == std::vector<std::string>{"mail_server", "mail_from", "mail_password_file",
                                            "webhook", "webhook_secret_file",
                                            "webhook_secret_file"});
}

TEST_CASE("a server that is not there is tried again later") {
    const auto sent = send({.url = "smtp+plain://127.0.0.1:1", .from = "a@b.cn"},
                           {.to = "c@d.cn", .subject = "提醒", .text = "一", .id = "1", .at = {}});
    REQUIRE_FALSE(sent);
    CHECK(sent.error().code == errors::kNotSent);
    CHECK(post({.url = "http://127.0.0.1:1/", .secret = ""}, "{}", "1").error().code ==
          errors::kNotSent);
    const auto odd = send({.url = "smtp+plain://127.0.0.1:1", .from = "a@b.cn"},
                          {.to = "c", .subject = "", .text = "", .id = "1", .at = {}});
    CHECK(odd.error().code == errors::kRejected);
}

}  // namespace fazhi::courier
