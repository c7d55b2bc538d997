#include "journal/note.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "journal/errors.h"
#include "journal/testing/keys.h"
#include "journal/vault.h"

namespace fazhi::journal {
namespace {

const Digest kRoot = digest_of(HashAlgorithm::Sm3, std::string_view("root"));
constexpr SignatureAlgorithm kAlgorithms[] = {SignatureAlgorithm::Ed25519, SignatureAlgorithm::Sm2};

std::string key_id(const Vault& vault) {
    const auto sm2 = vault.public_key().algorithm == SignatureAlgorithm::Sm2;
    const auto digest = digest_of(HashAlgorithm::Sha256,
                                  vault.signer_name() + (sm2 ? "\n\xff"
                                                               "fazhi/sm2-sm3"
                                                             : "\n\x01"),
                                  vault.public_key().bytes);
    return std::string(digest.as_bytes().substr(0, 4));
}

TEST_CASE("a checkpoint is a signed note: origin, size, root, empty line, signature") {
    for (const auto algorithm : kAlgorithms) {
        CAPTURE(to_text(algorithm));
        const testing::Keys keys(algorithm);
        const auto& vault = keys.vault();
        const auto note = signed_note(vault, "fazhi/qianjin", 4711, kRoot);
        const auto head = "fazhi/qianjin\n4711\n" + base64(kRoot.as_bytes()) + "\n";
        const auto begin = head + "\n— " + vault.signer_name() + " ";
        REQUIRE(note.starts_with(begin));
        REQUIRE(note.ends_with("\n"));
        const auto bytes = from_base64(note.substr(begin.size(), note.size() - begin.size() - 1));
        REQUIRE(bytes);
        REQUIRE(bytes->size() == 4 + 64);
        CHECK(bytes->substr(0, 4) == key_id(vault));
        CHECK(verify_signature(vault.public_key(), head, bytes->substr(4)));
        const std::string type = algorithm == SignatureAlgorithm::Sm2 ? "\xff"
                                                                        "fazhi/sm2-sm3"
                                                                      : "\x01";
        CHECK(verifier_key(vault.signer_name(), vault.public_key()) ==
              vault.signer_name() + "+" + hex(key_id(vault)) + "+" +
                  base64(type + vault.public_key().bytes));
    }
}

TEST_CASE("a checkpoint reads back and names its signer") {
    for (const auto algorithm : kAlgorithms) {
        CAPTURE(to_text(algorithm));
        const testing::Keys keys(algorithm);
        const testing::Keys others(algorithm);
        const auto& vault = keys.vault();
        const auto note = parse_note(signed_note(vault, "fazhi/qianjin", 0, kRoot));
        REQUIRE(note);
        CHECK(note->origin == "fazhi/qianjin");
        CHECK(note->size == 0);
        CHECK(note->root == kRoot);
        const auto& other = others.vault();
        CHECK(is_signed_by(*note, vault.signer_name(), vault.public_key()));
        CHECK_FALSE(is_signed_by(*note, vault.signer_name(), other.public_key()));
        CHECK_FALSE(is_signed_by(*note, other.signer_name(), other.public_key()));
    }
}

TEST_CASE("a checkpoint is not taken for one of the other algorithm") {
    const testing::Keys ed25519;
    const testing::Keys sm2(SignatureAlgorithm::Sm2);
    const auto& name = sm2.vault().signer_name();
    const auto of_sm2 = parse_note(signed_note(sm2.vault(), "o", 1, kRoot));
    const auto of_ed25519 = parse_note(signed_note(ed25519.vault(), "o", 1, kRoot));
    CHECK_FALSE(is_signed_by(*of_sm2, name, ed25519.vault().public_key()));
    CHECK_FALSE(is_signed_by(*of_ed25519, ed25519.vault().signer_name(), sm2.vault().public_key()));
    // The same bytes, called a key of the other: neither does its id fit nor the signature.
    const PublicKey miscalled{SignatureAlgorithm::Ed25519, sm2.vault().public_key().bytes};
    CHECK_FALSE(is_signed_by(*of_sm2, name, miscalled));
    CHECK(verifier_key(name, miscalled) != verifier_key(name, sm2.vault().public_key()));
    CHECK_FALSE(verify_signature(miscalled, of_sm2->text, of_sm2->signatures[0].signature));
    // A signature of the other, put under this one's key id.
    auto forged = *of_sm2;
    forged.signatures[0].signature = ed25519.vault().sign(forged.text);
    CHECK_FALSE(is_signed_by(forged, name, sm2.vault().public_key()));
}

TEST_CASE("a second signature and extension lines do no harm") {
    const testing::Keys keys;
    const testing::Keys superior(SignatureAlgorithm::Sm2);
    const auto text = "fazhi/qianjin\n7\n" + base64(kRoot.as_bytes()) + "\nextension\n";
    const auto by = [&](const Vault& vault) {
        return "— " + vault.signer_name() + " " + base64(key_id(vault) + vault.sign(text)) + "\n";
    };
    const auto note = parse_note(text + "\n" + by(superior.vault()) + by(keys.vault()));
    REQUIRE(note);
    CHECK(note->size == 7);
    CHECK(is_signed_by(*note, keys.vault().signer_name(), keys.vault().public_key()));
    CHECK(is_signed_by(*note, superior.vault().signer_name(), superior.vault().public_key()));
}

TEST_CASE("a changed byte of a checkpoint is never still signed") {
    for (const auto algorithm : kAlgorithms) {
        const testing::Keys keys(algorithm);
        const auto& vault = keys.vault();
        const auto good = signed_note(vault, "fazhi/qianjin", 4711, kRoot);
        for (std::size_t i = 0; i < good.size(); ++i) {
            auto changed = good;
            changed[i] = static_cast<char>(changed[i] ^ 1);
            const auto note = parse_note(changed);
            CAPTURE(changed);
            const bool holds = note && is_signed_by(*note, vault.signer_name(), vault.public_key());
            CHECK_FALSE(holds);
        }
    }
}

TEST_CASE("what is no checkpoint is refused") {
    const testing::Keys keys;
    const auto good = signed_note(keys.vault(), "o", 1, kRoot);
    const auto signature = good.substr(good.find("\n\n") + 2);
    const auto root = base64(kRoot.as_bytes());
    const std::vector<std::string> cases = {
        "",
        "\n\n",
        "o\n1\n" + root + "\n",
        "o\n1\n" + root + "\n\n",
        "o\n1\n\n" + signature,
        "\n1\n" + root + "\n\n" + signature,
        "o\n-1\n" + root + "\n\n" + signature,
        "o\n+1\n" + root + "\n\n" + signature,
        "o\n01\n" + root + "\n\n" + signature,
        "o\n1 \n" + root + "\n\n" + signature,
        "o\n99999999999999999999\n" + root + "\n\n" + signature,
        "o\n1\n" + root.substr(4) + "\n\n" + signature,
        good.substr(0, good.size() - 1),
        good + "more\n",
        good + "— name\n",
        good + std::string(kNoteBytesMax, ' '),
    };
    for (const auto& text : cases) {
        CAPTURE(text);
        const auto note = parse_note(text);
        REQUIRE_FALSE(note);
        CHECK(note.error().code == errors::kBrokenNote);
    }
}

}  // namespace
}  // namespace fazhi::journal
