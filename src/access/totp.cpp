#include "access/totp.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <stdexcept>

#include <fmt/format.h>
#include <liboath/oath.h>
#include <sodium.h>

#include "journal/sodium_box.h"

namespace fazhi::access {

namespace {

constexpr std::size_t kSecretBytes = 20;

void ready() {
    static const bool kReady = oath_init() == OATH_OK;
    if (!kReady) throw std::runtime_error("liboath cannot be used on this machine");
}

struct Freed {
    void operator()(char* text) const { std::free(text); }
};
using Text = std::unique_ptr<char, Freed>;

std::optional<std::string> bytes_of(std::string_view secret) {
    char* bytes = nullptr;
    std::size_t length = 0;
    if (oath_base32_decode(secret.data(), secret.size(), &bytes, &length) != OATH_OK)
        return std::nullopt;
    const Text held(bytes);
    return std::string(bytes, length);
}

// Everything but letters and digits of ASCII and "-._~" as %XX.
std::string escaped(std::string_view text) {
    constexpr std::string_view kPlain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    std::string out;
    for (const char c : text) {
        if (kPlain.find(c) != std::string_view::npos) {
            out += c;
        } else {
            out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        }
    }
    return out;
}

}  // namespace

std::string new_secret() {
    journal::sodium_box::ready();
    ready();
    std::array<char, kSecretBytes> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    char* written = nullptr;
    if (oath_base32_encode(bytes.data(), bytes.size(), &written, nullptr) != OATH_OK)
        throw std::runtime_error("liboath cannot write base32");
    const Text held(written);
    return written;
}

std::string otpauth_url(std::string_view secret, std::string_view login, std::string_view issuer) {
    return fmt::format(
        "otpauth://totp/{0}:{1}?secret={2}&issuer={0}&algorithm=SHA1&digits={3}&period={4}",
        escaped(issuer), escaped(login), secret, kTotpDigits, kTotpSeconds);
}

std::optional<std::int64_t> verify_totp(std::string_view secret, std::string_view code,
                                        calendar::Instant now, std::int64_t last_step) {
    ready();
    const auto bytes = bytes_of(secret);
    if (!bytes) return std::nullopt;
    std::string digits;
    for (const char c : code) {
        if (c == ' ') continue;
        if (c < '0' || c > '9') return std::nullopt;
        digits += c;
    }
    if (digits.size() != kTotpDigits) return std::nullopt;
    std::uint64_t step = 0;
    const int found = oath_totp_validate4(
        bytes->data(), bytes->size(), static_cast<std::time_t>(now.time_since_epoch().count()),
        kTotpSeconds, OATH_TOTP_DEFAULT_START_TIME, kTotpWindow, nullptr, &step, 0, digits.c_str());
    if (found < 0) return std::nullopt;
    const auto accepted = static_cast<std::int64_t>(step);
    return accepted > last_step ? std::optional(accepted) : std::nullopt;
}

std::string totp_at(std::string_view secret, calendar::Instant now) {
    ready();
    const auto bytes = bytes_of(secret);
    if (!bytes) throw std::runtime_error("the secret is not base32");
    std::array<char, kTotpDigits + 1> code{};
    const int failed = oath_totp_generate(
        bytes->data(), bytes->size(), static_cast<std::time_t>(now.time_since_epoch().count()),
        kTotpSeconds, OATH_TOTP_DEFAULT_START_TIME, kTotpDigits, code.data());
    if (failed != OATH_OK) throw std::runtime_error("liboath cannot make a code");
    return code.data();
}

}  // namespace fazhi::access
