#include "access/password.h"

#include <algorithm>
#include <array>
#include <new>
#include <semaphore>

#include <fmt/format.h>
#include <sodium.h>

#include "access/errors.h"
#include "journal/sodium_box.h"
#include "text/utf8.h"

namespace fazhi::access {

namespace {

static_assert(kHashPasses == crypto_pwhash_OPSLIMIT_INTERACTIVE);
static_assert(kHashMemory == crypto_pwhash_MEMLIMIT_INTERACTIVE);

// No password has this hash that anybody could find; verifying against it costs what any other
// does.
constexpr const char* kHashOfNothing =
    "$argon2id$v=19$m=65536,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

constexpr std::string_view kLetters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";

// In lower case, those long enough to be taken otherwise, from the lists of what was found in
// leaks, at home and abroad.
constexpr std::array<std::string_view, 64> kCommon = {
    "12345678",    "123456789",    "1234567890",  "0123456789",  "987654321",     "147258369",
    "11223344",    "12341234",     "123123123",   "123321123",   "110110110",     "5201314520",
    "password",    "password1",    "password123", "passw0rd",    "p@ssw0rd",      "p@ssword",
    "p@ssw0rd123", "qwertyui",     "qwertyuiop",  "qwerty123",   "qwerty123456",  "qwer1234",
    "1234qwer",    "asdfghjkl",    "asdf1234",    "zxcvbnm123",  "123qweasd",     "qazwsxedc",
    "1qaz2wsx",    "1qaz2wsx3edc", "zaq12wsx",    "1q2w3e4r",    "1q2w3e4r5t",    "a1b2c3d4",
    "abc12345",    "abc123456",    "abcd1234",    "abcd123456",  "a1234567",      "a12345678",
    "a123456789",  "aa123456",     "aa12345678",  "123456abc",   "123456aa",      "qq123456",
    "qq123456789", "qwe123456",    "woaini1314",  "woaini520",   "woaini123",     "iloveyou",
    "iloveyou1",   "admin123",     "admin1234",   "admin123456", "administrator", "welcome1",
    "welcome123",  "changeme",     "letmein123",  "zhengfu123"};

class HashTurn {
public:
    HashTurn() { turns().acquire(); }
    ~HashTurn() { turns().release(); }
    HashTurn(const HashTurn&) = delete;
    HashTurn& operator=(const HashTurn&) = delete;

private:
    static std::counting_semaphore<kHashesAtOnce>& turns() {
        static std::counting_semaphore<kHashesAtOnce> all{kHashesAtOnce};
        return all;
    }
};

Refusal weak(std::string message) {
    return refuse(ErrorKind::InvalidInput, errors::kWeakPassword, std::move(message), "password");
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

std::string_view without_tail(std::string_view text) {
    constexpr std::string_view kTail = "0123456789!@#$%^&*._-";
    const auto last = text.find_last_not_of(kTail);
    return last == std::string_view::npos ? std::string_view() : text.substr(0, last + 1);
}

// The same character over and over, or abcdefgh, 87654321: one step all along.
bool is_run(const std::u32string& points) {
    const auto step = [&](std::size_t n) {
        return static_cast<std::int64_t>(points[n]) - static_cast<std::int64_t>(points[n - 1]);
    };
    const std::int64_t first = step(1);
    if (first < -1 || first > 1) return false;
    for (std::size_t n = 2; n < points.size(); ++n) {
        if (step(n) != first) return false;
    }
    return true;
}

// "abab…", "112112…": fewer than four different characters are few to guess.
bool has_few(std::u32string points) {
    constexpr std::size_t kDifferentMin = 4;
    std::sort(points.begin(), points.end());
    const auto end = std::unique(points.begin(), points.end());
    return static_cast<std::size_t>(end - points.begin()) < kDifferentMin;
}

bool is_login(const std::string& text, std::string_view login) {
    const std::string whole = lower(text::nfc(login));
    const std::string name = whole.substr(0, whole.rfind('@'));
    return text == whole || text == name || text == name + name || without_tail(text) == name;
}

}  // namespace

std::string hash_password(std::string_view text) {
    journal::sodium_box::ready();
    const std::string normal = text::nfc(text);
    std::array<char, crypto_pwhash_STRBYTES> hash{};
    const HashTurn turn;
    const int failed =
        crypto_pwhash_str(hash.data(), normal.data(), normal.size(), kHashPasses, kHashMemory);
    if (failed != 0) throw std::bad_alloc();
    return hash.data();
}

bool verify_password(const std::string& hash, std::string_view text) {
    journal::sodium_box::ready();
    if (hash.size() >= crypto_pwhash_STRBYTES) return false;
    const std::string normal = text::nfc(text);
    const HashTurn turn;
    return crypto_pwhash_str_verify(hash.c_str(), normal.data(), normal.size()) == 0;
}

bool verify_nothing(std::string_view text) {
    return verify_password(kHashOfNothing, text) && false;
}

std::string generated_password() {
    journal::sodium_box::ready();
    std::string out;
    while (out.size() < kGeneratedLength) {
        out += kLetters[randombytes_uniform(static_cast<std::uint32_t>(kLetters.size()))];
    }
    return out;
}

Result<void> checked_password(std::string_view text, const PasswordRules& rules,
                              std::string_view login) {
    const auto clean = text::checked_text(text, {.length_max = kPasswordLengthMax});
    if (!clean) return weak("口令不能含控制字符，也不能超过200个字符。");
    const std::u32string points = text::code_points(*clean);
    const std::size_t shortest = std::max(rules.min_length, kPasswordLengthFloor);
    if (points.size() < shortest) return weak(fmt::format("口令至少{}个字符。", shortest));
    const std::string folded = lower(*clean);
    if (is_login(folded, login)) return weak("口令不能与登录名相同或只加数字，请另想一个。");
    if (is_run(points) || has_few(points)) {
        return weak("口令不能是同一个或少数几个字符重复，也不能是连续的字母、数字。");
    }
    if (std::find(kCommon.begin(), kCommon.end(), folded) != kCommon.end()) {
        return weak("这个口令太常见，最先被猜到，请另想一个。");
    }
    return {};
}

}  // namespace fazhi::access
