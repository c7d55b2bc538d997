#include "journal/sodium_box.h"

#include <algorithm>
#include <stdexcept>

#include <sodium.h>
#include <sodium/randombytes_internal_random.h>

#include "base/invariant.h"

namespace fazhi::journal::sodium_box {
namespace {

constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

static_assert(std::tuple_size_v<Key> == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(std::tuple_size_v<Key> == crypto_kdf_KEYBYTES);
static_assert(std::tuple_size_v<Key> == crypto_auth_hmacsha256_KEYBYTES);
static_assert(std::tuple_size_v<Nonce> == kNonceBytes);

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* bytes_of(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

// The length of the context, 8 bytes, the lowest first.
std::array<unsigned char, 8> length_bytes(std::string_view context) {
    std::array<unsigned char, 8> bytes{};
    auto rest = static_cast<std::uint64_t>(context.size());
    for (auto& byte : bytes) {
        byte = static_cast<unsigned char>(rest & 0xff);
        rest >>= 8;
    }
    return bytes;
}

}  // namespace

void ready() {
    static const bool kReady = [] {
        // Seeded by the kernel once, instead of asking it for every key and nonce.
        return randombytes_set_implementation(&randombytes_internal_implementation) == 0 &&
               sodium_init() >= 0;
    }();
    if (!kReady) throw std::runtime_error("libsodium cannot be used on this machine");
}

Key random_key() {
    ready();
    Key key{};
    randombytes_buf(key.data(), key.size());
    return key;
}

Nonce random_nonce() {
    ready();
    Nonce nonce{};
    randombytes_buf(nonce.data(), nonce.size());
    return nonce;
}

Key derived(const Key& key, Purpose purpose) {
    ready();
    Key result{};
    const int failed = crypto_kdf_derive_from_key(
        result.data(), result.size(), static_cast<std::uint64_t>(purpose), "fazhikey", key.data());
    INVARIANT(failed == 0);
    return result;
}

Nonce nonce_of(const Key& key, std::string_view context, std::string_view text) {
    ready();
    const auto length = length_bytes(context);
    Nonce nonce{};
    crypto_generichash_state state;
    crypto_generichash_init(&state, key.data(), key.size(), nonce.size());
    crypto_generichash_update(&state, length.data(), length.size());
    crypto_generichash_update(&state, bytes_of(context), context.size());
    crypto_generichash_update(&state, bytes_of(text), text.size());
    crypto_generichash_final(&state, nonce.data(), nonce.size());
    return nonce;
}

std::string mac_of(const Key& key, std::string_view context, std::string_view text) {
    ready();
    const auto length = length_bytes(context);
    std::string mac(crypto_auth_hmacsha256_BYTES, '\0');
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, key.data(), key.size());
    crypto_auth_hmacsha256_update(&state, length.data(), length.size());
    crypto_auth_hmacsha256_update(&state, bytes_of(context), context.size());
    crypto_auth_hmacsha256_update(&state, bytes_of(text), text.size());
    crypto_auth_hmacsha256_final(&state, bytes_of(mac));
    return mac;
}

std::string close(const Key& key, const Nonce& nonce, std::string_view context,
                  std::string_view text) {
    ready();
    std::string bytes(kNonceBytes + text.size() + kTagBytes, '\0');
    std::copy(nonce.begin(), nonce.end(), bytes_of(bytes));
    unsigned long long written = 0;
    crypto_aead_xchacha20poly1305_ietf_encrypt(bytes_of(bytes) + kNonceBytes, &written,
                                               bytes_of(text), text.size(), bytes_of(context),
                                               context.size(), nullptr, nonce.data(), key.data());
    INVARIANT(written == text.size() + kTagBytes);
    return bytes;
}

std::optional<std::string> open(const Key& key, std::string_view context, std::string_view bytes) {
    ready();
    if (bytes.size() < kNonceBytes + kTagBytes) return std::nullopt;
    const auto closed = bytes.substr(kNonceBytes);
    std::string text(closed.size() - kTagBytes, '\0');
    unsigned long long written = 0;
    const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
        bytes_of(text), &written, nullptr, bytes_of(closed), closed.size(), bytes_of(context),
        context.size(), bytes_of(bytes), key.data());
    if (failed != 0) return std::nullopt;
    return text;
}

}  // namespace fazhi::journal::sodium_box
