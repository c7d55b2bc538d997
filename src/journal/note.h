// A signed checkpoint (检查点): who held a journal of this size had this root. C2SP signed-note and
// tlog-checkpoint:
//   fazhi/qianjin                    origin
//   4711                             size, decimal
//   CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=     root, base64
//                                    an empty line
//   — fazhi-1a2b3c4d AAAAAA…         "— " (U+2014), signer's name, base64 of key id (4 bytes) and
//   signature (64)
// Signed is the text above the empty line, with the newline that ends it. The key id is the first
// four bytes of SHA-256(name, 0x0A, type, public key). The type is 0x01 for Ed25519; for SM2, which
// C2SP gives no byte of its own, 0xFF and the name "fazhi/sm2-sm3".
//
// Pure functions and values; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/result.h"
#include "journal/signature.h"

namespace fazhi::journal {

class Vault;

struct NoteSignature {
    std::string name;
    std::string key_id;     // 4 bytes
    std::string signature;  // 64 bytes
};

struct Note {
    std::string text;  // what is signed
    std::string origin;
    std::int64_t size = 0;
    Digest root;
    std::vector<NoteSignature> signatures;  // at least one
};

inline constexpr std::size_t kNoteBytesMax = 10'000;

// INVARIANT: `origin` is one line and not empty.
std::string signed_note(const Vault&, std::string_view origin, std::int64_t size,
                        const Digest& root);
// What the signatures of a key's holder are checked with, in one line (C2SP): the signer's name,
// "+", the key id in hex, "+", base64 of type and public key.
std::string verifier_key(std::string_view signer_name, const PublicKey&);
// Refuses kBrokenNote. Says nothing of the signatures' truth. Extension lines after the root are
// kept in `text`.
Result<Note> parse_note(std::string_view note);
// Has the holder of this key signed it?
bool is_signed_by(const Note&, std::string_view signer_name, const PublicKey&);

}  // namespace fazhi::journal
