#include "journal/note.h"

#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "base/invariant.h"
#include "journal/errors.h"
#include "journal/vault.h"

namespace fazhi::journal {
namespace {

constexpr std::string_view kSignatureBegin = "— ";
constexpr std::size_t kKeyIdBytes = 4;

std::string_view type_of(SignatureAlgorithm algorithm) {
    switch (algorithm) {
        case SignatureAlgorithm::Ed25519:
            return "\x01";
        case SignatureAlgorithm::Sm2:
            return "\xff"
                   "fazhi/sm2-sm3";
    }
    return "";
}

std::string key_id_of(std::string_view name, const PublicKey& key) {
    std::string named(name);
    named += '\n';
    const auto digest = digest_of(HashAlgorithm::Sha256, named, type_of(key.algorithm), key.bytes);
    return std::string(digest.as_bytes().substr(0, kKeyIdBytes));
}

Refusal broken(std::string_view why) {
    return refuse(ErrorKind::InvalidInput, errors::kBrokenNote,
                  fmt::format("这不是完好的检查点：{}。", why));
}

// Takes the first line, without its newline, off `rest`. Nothing where no line ends.
std::optional<std::string_view> take_line(std::string_view& rest) {
    const auto end = rest.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const auto line = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    return line;
}

std::optional<std::int64_t> size_from(std::string_view text) {
    std::int64_t size = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), size);
    if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
    // "+1", "-1" and "007" are not how a size is written.
    if (size < 0 || fmt::format("{}", size) != text) return std::nullopt;
    return size;
}

std::optional<NoteSignature> signature_from(std::string_view line) {
    if (!line.starts_with(kSignatureBegin)) return std::nullopt;
    line.remove_prefix(kSignatureBegin.size());
    const auto space = line.find(' ');
    if (space == 0 || space == std::string_view::npos) return std::nullopt;
    const auto bytes = from_base64(line.substr(space + 1));
    if (!bytes || bytes->size() <= kKeyIdBytes) return std::nullopt;
    return NoteSignature{std::string(line.substr(0, space)), bytes->substr(0, kKeyIdBytes),
                         bytes->substr(kKeyIdBytes)};
}

}  // namespace

std::string signed_note(const Vault& vault, std::string_view origin, std::int64_t size,
                        const Digest& root) {
    INVARIANT(!origin.empty());
    INVARIANT(origin.find('\n') == std::string_view::npos);
    const auto text = fmt::format("{}\n{}\n{}\n", origin, size, base64(root.as_bytes()));
    const auto signature = key_id_of(vault.signer_name(), vault.public_key()) + vault.sign(text);
    return fmt::format("{}\n{}{} {}\n", text, kSignatureBegin, vault.signer_name(),
                       base64(signature));
}

std::string verifier_key(std::string_view signer_name, const PublicKey& key) {
    const std::string type_and_key = std::string(type_of(key.algorithm)) + key.bytes;
    return fmt::format("{}+{}+{}", signer_name, hex(key_id_of(signer_name, key)),
                       base64(type_and_key));
}

Result<Note> parse_note(std::string_view note) {
    if (note.size() > kNoteBytesMax) return broken("太长");
    const auto split = note.rfind("\n\n");
    if (split == std::string_view::npos) return broken("没有签名");

    Note result;
    result.text = std::string(note.substr(0, split + 1));
    std::string_view text = result.text;
    const auto origin = take_line(text);
    const auto size = take_line(text);
    const auto root = take_line(text);
    if (!origin || origin->empty() || !size || !root) return broken("不足三行");
    const auto size_read = size_from(*size);
    if (!size_read) return broken("第二行不是记录数");
    const auto root_bytes = from_base64(*root);
    const auto root_read = root_bytes ? Digest::from_bytes(*root_bytes) : std::nullopt;
    if (!root_read) return broken("第三行不是根摘要");
    result.origin = std::string(*origin);
    result.size = *size_read;
    result.root = *root_read;

    auto rest = note.substr(split + 2);
    while (!rest.empty()) {
        const auto line = take_line(rest);
        auto signature = line ? signature_from(*line) : std::nullopt;
        if (!signature) return broken("签名行不合格式");
        result.signatures.push_back(*std::move(signature));
    }
    if (result.signatures.empty()) return broken("没有签名");
    return result;
}

bool is_signed_by(const Note& note, std::string_view signer_name, const PublicKey& key) {
    const auto key_id = key_id_of(signer_name, key);
    for (const auto& signature : note.signatures) {
        if (signature.name != signer_name || signature.key_id != key_id) continue;
        if (verify_signature(key, note.text, signature.signature)) return true;
    }
    return false;
}

}  // namespace fazhi::journal
