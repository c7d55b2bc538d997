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

TEST_CASE("a checkpoint is a signed note: origin, size, root, empty line, signature") {
    const testing::Keys keys;
    const auto& vault = keys.vault();
    const auto note = signed_note(vault, "fazhi/qianjin", 4711, kRoot);
    const auto head = "fazhi/qianjin\n4711\n" + base64(kRoot.as_bytes()) + "\n";
    const auto begin = head + "\n— " + vault.signer_name() + " ";
    REQUIRE(note.starts_with(begin));
    REQUIRE(note.ends_with("\n"));
    const auto bytes = from_base64(note.substr(begin.size(), note.size() - begin.size() - 1));
    REQUIRE(bytes);
    REQUIRE(bytes->size() == 4 + 64);
    const auto key_id =
        digest_of(HashAlgorithm::Sha256, vault.signer_name() + "\n\x01", vault.public_key());
    CHECK(bytes->substr(0, 4) == key_id.as_bytes().substr(0, 4));
    CHECK(verify_signature(vault.public_key(), head, bytes->substr(4)));
}

TEST_CASE("a checkpoint reads back and names its signer") {
    const testing::Keys keys;
    const testing::Keys others;
    const auto& vault = keys.vault();
    const auto note = parse_note(signed_note(vault, "fazhi/qianjin", 0, kRoot));
    REQUIRE(note);
    CHECK(note->origin == "fazhi/qianjin");
    CHECK(note->size == 0);
    CHECK(note->root == kRoot);
    CHECK(is_signed_by(*note, vault.signer_name(), vault.public_key()));
    CHECK_FALSE(is_signed_by(*note, vault.signer_name(), others.vault().public_key()));
    CHECK_FALSE(is_signed_by(*note, others.vault().signer_name(), others.vault().public_key()));
}

TEST_CASE("a second signature and extension lines do no harm") {
    const testing::Keys keys;
    const testing::Keys superior;
    const auto text = "fazhi/qianjin\n7\n" + base64(kRoot.as_bytes()) + "\nextension\n";
    const auto by = [&](const Vault& vault) {
        const auto id =
            digest_of(HashAlgorithm::Sha256, vault.signer_name() + "\n\x01", vault.public_key());
        return "— " + vault.signer_name() + " " +
               base64(std::string(id.as_bytes().substr(0, 4)) + vault.sign(text)) + "\n";
    };
    const auto note = parse_note(text + "\n" + by(superior.vault()) + by(keys.vault()));
    REQUIRE(note);
    CHECK(note->size == 7);
    CHECK(is_signed_by(*note, keys.vault().signer_name(), keys.vault().public_key()));
    CHECK(is_signed_by(*note, superior.vault().signer_name(), superior.vault().public_key()));
}

TEST_CASE("a changed byte of a checkpoint is never still signed") {
    const testing::Keys keys;
    const auto good = signed_note(keys.vault(), "fazhi/qianjin", 4711, kRoot);
    for (std::size_t i = 0; i < good.size(); ++i) {
        auto changed = good;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        const auto note = parse_note(changed);
        CAPTURE(changed);
        const bool holds =
            note && is_signed_by(*note, keys.vault().signer_name(), keys.vault().public_key());
        CHECK_FALSE(holds);
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
