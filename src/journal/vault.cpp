#include "journal/vault.h"

#include <stdexcept>

#include <fmt/format.h>

#include "base/digest.h"
#include "base/invariant.h"
#include "journal/errors.h"
#include "journal/journal_store.h"
#include "journal/key_file.h"
#include "journal/pending_store.h"
#include "journal/sodium_box.h"

namespace fazhi::journal {
namespace {

using sodium_box::Purpose;

constexpr std::string_view kMasterKind = "master";
constexpr std::string_view kMasterFile = "master.key";
constexpr std::string_view kSigningFile = "signing.key";

// How the file of a signing key calls itself; Ed25519 came first and has the plain name.
std::string_view signing_kind(SignatureAlgorithm algorithm) {
    return algorithm == SignatureAlgorithm::Sm2 ? "sm2-signing" : "signing";
}

Result<SigningKey> read_signing_key(const std::filesystem::path& file) {
    Result<KeyBytes> read = read_key_file(file, signing_kind(SignatureAlgorithm::Ed25519));
    if (read) return *SigningKey::from(SignatureAlgorithm::Ed25519, *read);
    if (read.error().code != errors::kKeysBroken) return refuse(read.error());
    TRY(const KeyBytes secret, read_key_file(file, signing_kind(SignatureAlgorithm::Sm2)));
    auto key = SigningKey::from(SignatureAlgorithm::Sm2, secret);
    if (!key) return refuse(read.error());
    return *std::move(key);
}

// Bound to its place, so that one subject's key cannot be put in another's.
std::string place_of_key(JurisdictionId jurisdiction, std::int64_t subject) {
    return fmt::format("{}/{}", jurisdiction.value, subject);
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

Result<void> Vault::make_keys(const std::filesystem::path& folder, SignatureAlgorithm algorithm) {
    TRY_OK(make_key_folder(folder));
    TRY_OK(make_key_file(folder / kMasterFile, kMasterKind, sodium_box::random_key()));
    return make_key_file(folder / kSigningFile, signing_kind(algorithm), random_secret(algorithm));
}

Result<Vault> Vault::open(const std::filesystem::path& folder) {
    TRY(const auto master, read_key_file(folder / kMasterFile, kMasterKind));
    TRY(auto signing, read_signing_key(folder / kSigningFile));
    return Vault(master, std::move(signing));
}

Vault::Vault(const Key& master, SigningKey signing)
    : wrapping_(sodium_box::derived(master, Purpose::Wrapping)),
      blinding_(sodium_box::derived(master, Purpose::BlindIndex)),
      signing_(std::move(signing)) {
    constexpr std::size_t kNameDigits = 8;
    signer_name_ =
        "fazhi-" +
        digest_of(HashAlgorithm::Sha256, public_key().bytes).hex().substr(0, kNameDigits);
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

}  // namespace fazhi::journal
