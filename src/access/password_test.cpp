#include "access/password.h"

#include <set>

#include <doctest/doctest.h>

#include "access/errors.h"

namespace fazhi::access {

TEST_CASE("a password is verified by its hash and by no other, however it is composed") {
    const std::string hash = hash_password("湖滨-夏夜听蝉 é");
    CHECK(hash.starts_with("$argon2id$v=19$m=65536,t=2,p=1$"));
    CHECK(hash != hash_password("湖滨-夏夜听蝉 é"));
    CHECK(verify_password(hash, "湖滨-夏夜听蝉 é"));
    CHECK(verify_password(hash, "湖滨-夏夜听蝉 e\xCC\x81"));
    CHECK_FALSE(verify_password(hash, "湖滨-夏夜听蝉 e"));
    CHECK_FALSE(verify_password("", "湖滨"));
    CHECK_FALSE(verify_password("$argon2id$v=19$", "湖滨"));
    CHECK_FALSE(verify_password(std::string(500, 'a'), "湖滨"));
    CHECK_FALSE(verify_nothing(""));
}

TEST_CASE("generated passwords are long, different, without look-alikes, and good enough") {
    std::set<std::string> seen;
    for (int n = 0; n < 200; ++n) {
        const std::string made = generated_password();
        CHECK(made.size() == kGeneratedLength);
        CHECK(made.find_first_of("0Oo1lI") == std::string::npos);
        CHECK(checked_password(made, {}, "p003@qianjin"));
        seen.insert(made);
    }
    CHECK(seen.size() == 200);
}

TEST_CASE("weak passwords are refused, each for its reason") {
    struct Case {
        const char* text;
        const char* says;  // "": taken
    };
    const Case cases[] = {
        {"夏夜听蝉湖滨路边人家", ""},
        {"correct horse battery", ""},
        {"p003 wohnt hier", ""},
        {"夏夜听蝉", "至少10个字符"},
        {"short-one", "至少10个字符"},
        {"aaaaaaaaaaaa", "重复"},
        {"ababababab12", ""},
        {"ababababab", "重复"},
        {"abcdefghijk", "连续"},
        {"10987654321", ""},
        {"9876543210", "连续"},
        {"Password123", "太常见"},
        {"1Q2W3E4R5T", "太常见"},
        {"WANGXIAOMING", "登录名"},
        {"wangxiaoming@qianjin", "登录名"},
        {"wangxiaoming2024", "登录名"},
        {"wangxiaomingwangxiaoming", "登录名"},
        {"abc\ndef ghijkl", "控制字符"},
    };
    for (const Case& each : cases) {
        CAPTURE(each.text);
        const auto done = checked_password(each.text, {}, "wangxiaoming@qianjin");
        CHECK(done.has_value() == std::string_view(each.says).empty());
        if (done) continue;
        CHECK(done.error().code == errors::kWeakPassword);
        CHECK(done.error().message.find(each.says) != std::string::npos);
    }
    CHECK_FALSE(checked_password(std::string(201, 'x') + "yzab", {}, ""));
    // Whatever the settings say.
    CHECK_FALSE(checked_password("x7-kQ2", {.min_length = 4}, ""));
    CHECK_FALSE(checked_password("夏夜听蝉湖滨路边人家", {.min_length = 11}, ""));
}

}  // namespace fazhi::access
