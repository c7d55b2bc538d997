#include "journal/vault.h"

#include <stdexcept>

#include <fmt/format.h>
#include <sodium.h>

#include "base/digest.h"
#include "base/invariant.h"
#include "journal/journal_store.h"
#include "journal/key_file.h"
#include "journal/pending_store.h"
#include "journal/sodium_box.h"

namespace fazhi::journal {
namespace {

using sodium_box::Purpose;

constexpr std::string_view kMasterKind = "master";
constexpr std::string_view kSigningKind = "signing";

std::filesystem::path file_in(const std::filesystem::path& folder, std::string_view kind) {
    return folder / fmt::format("{}.key", kind);
}

// Bound to its place, so that one subject's key cannot be put in another's.
std::string place_of_key(JurisdictionId jurisdiction, std::int64_t subject) {
    return fmt::format("{}/{}", jurisdiction.value, subject);
}

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

std::string seal(const EntryKey& key, std::string_view context, std::string_view text) {
    const auto nonce =
        sodium_box::nonce_of(sodium_box::derived(key.bytes, Purpose::Nonces), context, text);
    return sodium_box::close(sodium_box::derived(key.bytes, Purpose::Encrypting), nonce, context,
                             text);
}

std::optional<std::string> unseal(const EntryKey& key, std::string_view context,
                                  std::string_view bytes) {
    return sodium_box::open(sodium_box::derived(key.bytes, Purpose::Encrypting), context, bytes);
}

Result<void> Vault::make_keys(const std::filesystem::path& folder) {
    TRY_OK(make_key_folder(folder));
    for (const auto kind : {kMasterKind, kSigningKind}) {
        TRY_OK(make_key_file(file_in(folder, kind), kind, sodium_box::random_key()));
    }
    return {};
}

Result<Vault> Vault::open(const std::filesystem::path& folder) {
    TRY(const auto master, read_key_file(file_in(folder, kMasterKind), kMasterKind));
    TRY(const auto signing_seed, read_key_file(file_in(folder, kSigningKind), kSigningKind));
    return Vault(master, signing_seed);
}

Vault::Vault(const Key& master, const Key& signing_seed)
    : wrapping_(sodium_box::derived(master, Purpose::Wrapping)),
      blinding_(sodium_box::derived(master, Purpose::BlindIndex)),
      public_key_(crypto_sign_PUBLICKEYBYTES, '\0') {
    static_assert(sizeof(signing_) == crypto_sign_SECRETKEYBYTES);
    crypto_sign_seed_keypair(reinterpret_cast<unsigned char*>(public_key_.data()), signing_.data(),
                             signing_seed.data());
    constexpr std::size_t kNameDigits = 8;
    signer_name_ =
        "fazhi-" + digest_of(HashAlgorithm::Sha256, public_key_).hex().substr(0, kNameDigits);
}

EntryKey Vault::create_key(storage::Transaction& transaction, JurisdictionId jurisdiction,
                           std::int64_t subject) const {
    INVARIANT(subject > 0);
    const EntryKey key{sodium_box::random_key()};
    hold_new_key(transaction, jurisdiction, {subject, wrap(jurisdiction, subject, key)}, key);
    return key;
}

std::optional<EntryKey> Vault::find_key(storage::Connection& connection,
                                        JurisdictionId jurisdiction, std::int64_t subject) const {
    const auto wrapped = find_wrapped_key(connection, jurisdiction, subject);
    if (!wrapped) return std::nullopt;
    const auto key = unwrap(jurisdiction, subject, *wrapped);
    if (!key) {
        throw std::runtime_error(fmt::format(
            "记录{}的密钥无法用本机的主密钥打开：请检查密钥文件夹是否属于这个数据库", subject));
    }
    return key;
}

void Vault::destroy_key(storage::Transaction& transaction, JurisdictionId jurisdiction,
                        std::int64_t subject) const {
    drop_key(transaction, jurisdiction, subject);
}

std::string Vault::wrap(JurisdictionId jurisdiction, std::int64_t subject,
                        const EntryKey& key) const {
    const std::string_view bytes(reinterpret_cast<const char*>(key.bytes.data()), key.bytes.size());
    return sodium_box::close(wrapping_, sodium_box::random_nonce(),
                             place_of_key(jurisdiction, subject), bytes);
}

std::optional<EntryKey> Vault::unwrap(JurisdictionId jurisdiction, std::int64_t subject,
                                      std::string_view wrapped) const {
    const auto bytes = sodium_box::open(wrapping_, place_of_key(jurisdiction, subject), wrapped);
    EntryKey key;
    if (!bytes || bytes->size() != key.bytes.size()) return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), key.bytes.begin());
    return key;
}

std::string Vault::blind_index(std::string_view context, std::string_view text) const {
    return hex(sodium_box::mac_of(blinding_, context, text));
}

std::string Vault::sign(std::string_view text) const {
    std::string signature(crypto_sign_BYTES, '\0');
    crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr,
                         bytes_of(text), text.size(), signing_.data());
    return signature;
}

bool verify_signature(std::string_view public_key, std::string_view text,
                      std::string_view signature) {
    sodium_box::ready();
    if (public_key.size() != crypto_sign_PUBLICKEYBYTES) return false;
    if (signature.size() != crypto_sign_BYTES) return false;
    return crypto_sign_verify_detached(bytes_of(signature), bytes_of(text), text.size(),
                                       bytes_of(public_key)) == 0;
}

}  // namespace fazhi::journal
