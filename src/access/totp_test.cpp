#include "access/totp.h"

#include <doctest/doctest.h>

namespace fazhi::access {

namespace {

// RFC 6238, appendix B: the secret "12345678901234567890".
constexpr const char* kSecret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

calendar::Instant at(std::int64_t seconds) {
    return calendar::Instant(std::chrono::seconds(seconds));
}

}  // namespace

TEST_CASE("codes are those of RFC 6238") {
    CHECK(totp_at(kSecret, at(59)) == "287082");
    CHECK(totp_at(kSecret, at(1'111'111'109)) == "081804");
    CHECK(totp_at(kSecret, at(20'000'000'000)) == "353130");
    CHECK(verify_totp(kSecret, "081804", at(1'111'111'109), 0) == 1'111'111'109 / 30);
    CHECK(verify_totp(kSecret, " 081 804 ", at(1'111'111'109), 0) == 1'111'111'109 / 30);
}

TEST_CASE("a code is taken one step early or late, no more, and never twice") {
    const std::int64_t step = 37'037'036;
    const std::string code = totp_at(kSecret, at(step * 30));
    CHECK(verify_totp(kSecret, code, at((step - 1) * 30), 0) == step);
    CHECK(verify_totp(kSecret, code, at((step + 1) * 30 + 29), 0) == step);
    CHECK_FALSE(verify_totp(kSecret, code, at((step - 2) * 30), 0));
    CHECK_FALSE(verify_totp(kSecret, code, at((step + 2) * 30), 0));
    CHECK(verify_totp(kSecret, code, at(step * 30), step - 1) == step);
    CHECK_FALSE(verify_totp(kSecret, code, at(step * 30), step));
    CHECK_FALSE(verify_totp(kSecret, code, at(step * 30), step + 1));
}

TEST_CASE("what is no code and no secret is not accepted") {
    const std::string code = totp_at(kSecret, at(59));
    for (const char* wrong : {"", "28708", "2870821", "28708a", "287083", "２８７０８２"}) {
        CAPTURE(wrong);
        CHECK_FALSE(verify_totp(kSecret, wrong, at(59), 0));
    }
    CHECK_FALSE(verify_totp("not base32!", code, at(59), 0));
    CHECK_FALSE(verify_totp(new_secret(), code, at(59), 0));
}

TEST_CASE("secrets are 160 bits in base32, and apps can read their address") {
    const std::string secret = new_secret();
    CHECK(secret.size() == 32);
    CHECK(secret.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == std::string::npos);
    CHECK(secret != new_secret());
    CHECK(verify_totp(secret, totp_at(secret, at(1'700'000'000)), at(1'700'000'000), 0));
    CHECK(otpauth_url("ABC", "p003@qianjin", "法治台账") ==
          "otpauth://totp/%E6%B3%95%E6%B2%BB%E5%8F%B0%E8%B4%A6:p003%40qianjin?secret=ABC&issuer="
          "%E6%B3%95%E6%B2%BB%E5%8F%B0%E8%B4%A6&algorithm=SHA1&digits=6&period=30");
}

}  // namespace fazhi::access
