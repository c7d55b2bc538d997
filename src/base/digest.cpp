#include "base/digest.h"

#include <cstring>
#include <memory>
#include <stdexcept>
#include <vector>

#include <openssl/evp.h>

namespace fazhi {
namespace {

using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

// Fetched once a process and algorithm: a fetch costs more than the hash of a short body.
const EVP_MD* method_of(HashAlgorithm algorithm) {
    static EVP_MD* const kSm3 = EVP_MD_fetch(nullptr, "SM3", nullptr);
    static EVP_MD* const kSha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    const EVP_MD* method = algorithm == HashAlgorithm::Sm3 ? kSm3 : kSha256;
    if (method == nullptr) throw std::runtime_error("OpenSSL lacks the digest algorithm");
    return method;
}

EVP_MD_CTX* context_of_thread() {
    thread_local const Context context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    if (!context) throw std::bad_alloc();
    return context.get();
}

int nibble(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

}  // namespace

std::string_view to_text(HashAlgorithm algorithm) {
    switch (algorithm) {
        case HashAlgorithm::Sm3:
            return "sm3";
        case HashAlgorithm::Sha256:
            return "sha256";
    }
    return {};
}

std::optional<HashAlgorithm> hash_algorithm_from(std::string_view text) {
    if (text == "sm3") return HashAlgorithm::Sm3;
    if (text == "sha256") return HashAlgorithm::Sha256;
    return std::nullopt;
}

std::string Digest::hex() const {
    return fazhi::hex(as_bytes());
}

std::string_view Digest::as_bytes() const {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::optional<Digest> Digest::from_hex(std::string_view text) {
    const auto decoded = fazhi::from_hex(text);
    return decoded ? from_bytes(*decoded) : std::nullopt;
}

std::optional<Digest> Digest::from_bytes(std::string_view bytes) {
    Digest out;
    if (bytes.size() != out.bytes.size()) return std::nullopt;
    std::memcpy(out.bytes.data(), bytes.data(), bytes.size());
    return out;
}

Digest digest_of(HashAlgorithm algorithm, std::string_view bytes) {
    return digest_of(algorithm, bytes, {}, {});
}

Digest digest_of(HashAlgorithm algorithm, std::string_view first, std::string_view second,
                 std::string_view third) {
    EVP_MD_CTX* context = context_of_thread();
    Digest out;
    unsigned int size = 0;
    const bool done = EVP_DigestInit_ex2(context, method_of(algorithm), nullptr) == 1 &&
                      EVP_DigestUpdate(context, first.data(), first.size()) == 1 &&
                      EVP_DigestUpdate(context, second.data(), second.size()) == 1 &&
                      EVP_DigestUpdate(context, third.data(), third.size()) == 1 &&
                      EVP_DigestFinal_ex(context, out.bytes.data(), &size) == 1;
    if (!done || size != out.bytes.size())
        throw std::runtime_error("OpenSSL could not make a digest");
    return out;
}

std::string base64(std::string_view bytes) {
    std::vector<unsigned char> out(4 * ((bytes.size() + 2) / 3) + 1);
    const int size =
        EVP_EncodeBlock(out.data(), reinterpret_cast<const unsigned char*>(bytes.data()),
                        static_cast<int>(bytes.size()));
    return {reinterpret_cast<const char*>(out.data()), static_cast<size_t>(size)};
}

std::optional<std::string> from_base64(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    if (text.empty()) return std::string();
    std::vector<unsigned char> out(text.size() / 4 * 3);
    const int size =
        EVP_DecodeBlock(out.data(), reinterpret_cast<const unsigned char*>(text.data()),
                        static_cast<int>(text.size()));
    if (size < 0) return std::nullopt;
    size_t padding = 0;
    while (padding < 2 && text[text.size() - 1 - padding] == '=') ++padding;
    std::string bytes(reinterpret_cast<const char*>(out.data()),
                      static_cast<size_t>(size) - padding);
    if (base64(bytes) != text) return std::nullopt;  // Not the canonical encoding.
    return bytes;
}

std::string hex(std::string_view bytes) {
    static constexpr std::string_view kDigits = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out += kDigits[byte >> 4U];
        out += kDigits[byte & 15U];
    }
    return out;
}

std::optional<std::string> from_hex(std::string_view text) {
    if (text.size() % 2 != 0) return std::nullopt;
    std::string out;
    out.reserve(text.size() / 2);
    for (size_t i = 0; i < text.size(); i += 2) {
        const int high = nibble(text[i]);
        const int low = nibble(text[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        out += static_cast<char>(high * 16 + low);
    }
    return out;
}

}  // namespace fazhi
