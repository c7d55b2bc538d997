#include "journal/sm2.h"

#include <algorithm>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "base/digest.h"
#include "journal/signature.h"

namespace fazhi::journal {
namespace {

// The worked example of GB/T 32918.5-2017, annex A: key, message and signature.
constexpr std::string_view kSecret =
    "3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8";
constexpr std::string_view kPublicKey =
    "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
    "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13";
constexpr std::string_view kSignature =
    "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
    "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa";
constexpr std::string_view kText = "message digest";
// Of the curve.
constexpr std::string_view kOrder =
    "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123";

std::string bytes(std::string_view hex_text) {
    const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
    std::string out;
    for (std::size_t i = 0; i < hex_text.size(); i += 2)
        out += static_cast<char>(digit(hex_text[i]) * 16 + digit(hex_text[i + 1]));
    return out;
}

KeyBytes key_bytes(std::string_view hex_text) {
    const std::string text = bytes(hex_text);
    KeyBytes out{};
    std::transform(text.begin(), text.end(), out.begin(),
                   [](char c) { return static_cast<unsigned char>(c); });
    return out;
}

TEST_CASE("SM2 agrees with the worked example of the standard") {
    CHECK(hex(sm2::public_key_of(key_bytes(kSecret))) == kPublicKey);
    CHECK(sm2::verify(bytes(kPublicKey), kText, bytes(kSignature)));
    const std::string own = sm2::sign(key_bytes(kSecret), kText);
    CHECK(own.size() == 64);
    CHECK(sm2::verify(bytes(kPublicKey), kText, own));
    CHECK(own != sm2::sign(key_bytes(kSecret), kText));  // Each has a random number of its own.
}

TEST_CASE("SM2: any changed byte of key, text or signature is found") {
    const auto changed = [](std::string_view text, std::size_t at) {
        std::string out(text);
        out[at] = static_cast<char>(out[at] ^ 1);
        return out;
    };
    const std::string key = bytes(kPublicKey);
    const std::string signature = bytes(kSignature);
    for (std::size_t i = 0; i < key.size(); ++i)
        CHECK_FALSE(sm2::verify(changed(key, i), kText, signature));
    for (std::size_t i = 0; i < signature.size(); ++i)
        CHECK_FALSE(sm2::verify(key, kText, changed(signature, i)));
    for (std::size_t i = 0; i < kText.size(); ++i)
        CHECK_FALSE(sm2::verify(key, changed(kText, i), signature));
}

TEST_CASE("what is no key or signature of SM2 is none") {
    const std::string key = bytes(kPublicKey);
    const std::string signature = bytes(kSignature);
    const std::string zero(32, '\0');
    CHECK_FALSE(sm2::verify("", kText, signature));
    CHECK_FALSE(sm2::verify(key.substr(1), kText, signature));
    CHECK_FALSE(sm2::verify(std::string(65, '\0'), kText, signature));
    CHECK_FALSE(sm2::verify(key, kText, ""));
    CHECK_FALSE(sm2::verify(key, kText, signature.substr(0, 63)));
    CHECK_FALSE(sm2::verify(key, kText, signature + "x"));
    CHECK_FALSE(sm2::verify(key, kText, zero + signature.substr(32)));
    CHECK_FALSE(sm2::verify(key, kText, signature.substr(0, 32) + zero));
    CHECK_FALSE(sm2::verify(key, kText, bytes(kOrder) + signature.substr(32)));
    const std::string halves = signature.substr(32) + signature.substr(0, 32);
    CHECK_FALSE(sm2::verify(key, kText, halves));
}

TEST_CASE("a private key of SM2 lies between 1 and the order less 2") {
    std::string last(kOrder);
    const auto ends_in = [&](char digit) {
        last.back() = digit;
        return key_bytes(last);
    };
    CHECK_FALSE(sm2::is_secret(KeyBytes{}));
    CHECK(sm2::is_secret(key_bytes(fmt::format("{:064}", 1))));
    CHECK(sm2::is_secret(ends_in('1')));
    CHECK_FALSE(sm2::is_secret(ends_in('2')));
    CHECK_FALSE(sm2::is_secret(ends_in('3')));
    CHECK_FALSE(SigningKey::from(SignatureAlgorithm::Sm2, ends_in('3')).has_value());
    CHECK(SigningKey::from(SignatureAlgorithm::Ed25519, ends_in('3')).has_value());
    for (const auto algorithm : {SignatureAlgorithm::Ed25519, SignatureAlgorithm::Sm2}) {
        const auto key = SigningKey::from(algorithm, random_secret(algorithm));
        REQUIRE(key);
        CHECK(verify_signature(key->public_key(), kText, key->sign(kText)));
        CHECK(signature_algorithm_from(to_text(algorithm)) == algorithm);
    }
    CHECK_FALSE(signature_algorithm_from("rsa"));
}

}  // namespace
}  // namespace fazhi::journal
