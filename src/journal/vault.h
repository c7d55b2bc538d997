// Keys and sealing: what is private stands in the journal and the tables only as ciphertext
// (个人信息保护法).
//
// A master key (file outside the database) wraps one random key per entry (or unit, person, …: any
// subject that has a journal number). Values are sealed with XChaCha20-Poly1305; the nonce is
// derived from key, context and text, so that replay makes the same bytes. Destroying the entry key
// leaves every hash and figure valid and the text unreadable. Any thread; what takes a connection
// or transaction runs on its thread.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/ids.h"
#include "base/result.h"
#include "journal/signature.h"

namespace fazhi::storage {
class Connection;
class Transaction;
}  // namespace fazhi::storage

namespace fazhi::journal {

struct EntryKey {
    std::array<unsigned char, 32> bytes{};

    friend bool operator==(const EntryKey&, const EntryKey&) = default;
};

// Seals `text` in `context` (e.g. "2/31/phone": what it is and where; unsealing needs the same).
// Bytes, not base64: nonce (24), ciphertext (as long as the text), tag (16).
std::string seal(const EntryKey&, std::string_view context, std::string_view text);
// Nothing where key, context or bytes are not the ones of seal().
std::optional<std::string> unseal(const EntryKey&, std::string_view context,
                                  std::string_view bytes);

class Vault {
public:
    // Makes `folder` (0700) and its keys where they are missing: master.key and signing.key (0600),
    // whose first line says for which algorithm. Idempotent: a file that is there, even a broken
    // one or of another algorithm, stays as it is. Refuses kKeysNotWritten.
    static Result<void> make_keys(const std::filesystem::path& folder,
                                  SignatureAlgorithm = SignatureAlgorithm::Ed25519);
    // Refuses kKeysMissing, kKeysExposed, kKeysBroken.
    static Result<Vault> open(const std::filesystem::path& folder);

    // Makes, stores (wrapped, with the transaction's records) and answers the key of a new subject.
    // Where the subject has one already the transaction fails. Journal::append does this for every
    // record that creates a subject.
    EntryKey create_key(storage::Transaction&, JurisdictionId, std::int64_t subject) const;
    // Nothing where it was destroyed. Throws where the wrapped key does not open with this master
    // key. Does not see the keys an open transaction made: those are Journal::key_of's.
    std::optional<EntryKey> find_key(storage::Connection&, JurisdictionId,
                                     std::int64_t subject) const;
    // From here on what the subject's key sealed cannot be read. Nothing happens where there is
    // none.
    void destroy_key(storage::Transaction&, JurisdictionId, std::int64_t subject) const;

    // The key as it stands in the database, under the master key and bound to its subject, and
    // back.
    [[nodiscard]] std::string wrap(JurisdictionId, std::int64_t subject, const EntryKey&) const;
    [[nodiscard]] std::optional<EntryKey> unwrap(JurisdictionId, std::int64_t subject,
                                                 std::string_view wrapped) const;

    // Blind index (HMAC under a key derived from the master key): exact look-up of a private value.
    // Hex.
    [[nodiscard]] std::string blind_index(std::string_view context, std::string_view text) const;

    // Signs `text`; answers the 64 bytes. The public key and the name it is known by.
    [[nodiscard]] std::string sign(std::string_view text) const { return signing_.sign(text); }
    [[nodiscard]] const PublicKey& public_key() const { return signing_.public_key(); }
    [[nodiscard]] const std::string& signer_name() const { return signer_name_; }

private:
    using Key = std::array<unsigned char, 32>;

    Vault(const Key& master, SigningKey signing);

    Key wrapping_{};
    Key blinding_{};
    SigningKey signing_;
    std::string signer_name_;  // "fazhi-xxxxxxxx", from the public key
};

}  // namespace fazhi::journal
