#include "journal/vault.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "journal/errors.h"
#include "journal/key_file.h"
#include "journal/testing/keys.h"
#include "storage/testing/scratch.h"

namespace fazhi::journal {
namespace {

namespace fs = std::filesystem;
using storage::testing::Scratch;

constexpr JurisdictionId kOffice{2};

EntryKey key_of_bytes(unsigned char byte) {
    EntryKey key;
    key.bytes.fill(byte);
    return key;
}

std::string contents(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void overwrite(const fs::path& file, const std::string& text) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
}

TEST_CASE("what is sealed opens only with the same key, in the same place, unchanged") {
    const auto key = key_of_bytes(7);
    const auto sealed = seal(key, "2/31/phone", "13800000000");
    CHECK(sealed.size() == 24 + 11 + 16);
    CHECK(unseal(key, "2/31/phone", sealed) == "13800000000");

    CHECK_FALSE(unseal(key_of_bytes(8), "2/31/phone", sealed));
    CHECK_FALSE(unseal(key, "2/32/phone", sealed));
    CHECK_FALSE(unseal(key, "", sealed));
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        auto flipped = sealed;
        flipped[i] = static_cast<char>(flipped[i] ^ 1);
        CHECK_FALSE(unseal(key, "2/31/phone", flipped));
        CHECK_FALSE(unseal(key, "2/31/phone", sealed.substr(0, i)));
    }
}

TEST_CASE("sealing the same again gives the same bytes, anything else gives others") {
    const auto key = key_of_bytes(7);
    const auto sealed = seal(key, "2/31", "张三");
    CHECK(seal(key, "2/31", "张三") == sealed);
    CHECK(seal(key, "2/32", "张三").substr(0, 24) != sealed.substr(0, 24));
    CHECK(seal(key, "2/31", "李四").substr(0, 24) != sealed.substr(0, 24));
    CHECK(seal(key_of_bytes(8), "2/31", "张三").substr(0, 24) != sealed.substr(0, 24));
    // Where the context ends counts.
    CHECK(seal(key, "2/3", "1x").substr(0, 24) != seal(key, "2/31", "x").substr(0, 24));
}

TEST_CASE("any text comes out of its seal as it went in") {
    const auto holds = rc::check([](const std::string& context, const std::string& text) {
        const auto key = key_of_bytes(*rc::gen::arbitrary<unsigned char>());
        RC_ASSERT(unseal(key, context, seal(key, context, text)) == text);
    });
    CHECK(holds);
}

TEST_CASE("a wrapped key belongs to one subject of one jurisdiction") {
    const testing::Keys keys;
    const auto key = key_of_bytes(9);
    const auto wrapped = keys.vault().wrap(kOffice, 31, key);
    CHECK(keys.vault().unwrap(kOffice, 31, wrapped) == key);
    CHECK_FALSE(keys.vault().unwrap(kOffice, 32, wrapped));
    CHECK_FALSE(keys.vault().unwrap(JurisdictionId{3}, 31, wrapped));
    CHECK_FALSE(keys.vault().unwrap(kOffice, 31, wrapped.substr(1)));
    CHECK_FALSE(keys.vault().unwrap(kOffice, 31, ""));

    const testing::Keys others;
    CHECK_FALSE(others.vault().unwrap(kOffice, 31, wrapped));
}

TEST_CASE("a blind index finds the same value again and tells nothing to others") {
    const testing::Keys keys;
    const auto index = keys.vault().blind_index("person/phone", "13800000000");
    CHECK(index.size() == 64);
    CHECK(keys.vault().blind_index("person/phone", "13800000000") == index);
    CHECK(keys.vault().blind_index("person/phone", "13800000001") != index);
    CHECK(keys.vault().blind_index("person/phone1", "3800000000") != index);
    const testing::Keys others;
    CHECK(others.vault().blind_index("person/phone", "13800000000") != index);
}

TEST_CASE("a signature holds for its text and its key only") {
    const testing::Keys keys;
    const testing::Keys others;
    const auto& vault = keys.vault();
    const auto signature = vault.sign("检查点");
    CHECK(signature.size() == 64);
    CHECK(verify_signature(vault.public_key(), "检查点", signature));
    CHECK_FALSE(verify_signature(vault.public_key(), "检查占", signature));
    CHECK_FALSE(verify_signature(others.vault().public_key(), "检查点", signature));
    CHECK_FALSE(verify_signature(vault.public_key(), "检查点", signature.substr(1)));
    CHECK_FALSE(verify_signature({}, "检查点", signature));
    CHECK(vault.signer_name().starts_with("fazhi-"));
    CHECK(vault.signer_name() != others.vault().signer_name());
}

TEST_CASE("keys are made once, for their owner alone") {
    const Scratch scratch;
    const auto folder = scratch.folder() / "office.db.data" / "keys";
    REQUIRE(Vault::make_keys(folder));
    CHECK((fs::status(folder).permissions() & fs::perms::all) == fs::perms::owner_all);
    for (const auto* name : {"master.key", "signing.key"}) {
        CAPTURE(name);
        CHECK((fs::status(folder / name).permissions() & fs::perms::all) ==
              (fs::perms::owner_read | fs::perms::owner_write));
    }
    CHECK(std::distance(fs::directory_iterator(folder), fs::directory_iterator()) == 2);

    const auto before = contents(folder / "master.key");
    REQUIRE(Vault::make_keys(folder));
    CHECK(contents(folder / "master.key") == before);
    const auto first = Vault::open(folder);
    const auto second = Vault::open(folder);
    REQUIRE(first);
    REQUIRE(second);
    CHECK(first->public_key() == second->public_key());
    CHECK(first->blind_index("a", "b") == second->blind_index("a", "b"));
}

TEST_CASE("a server's key is made for one algorithm and stays of it") {
    const Scratch scratch;
    const auto old = scratch.folder() / "old";
    REQUIRE(Vault::make_keys(old));
    CHECK(contents(old / "signing.key").starts_with("fazhi signing key 1\n"));
    REQUIRE(Vault::make_keys(old, SignatureAlgorithm::Sm2));
    CHECK(Vault::open(old)->public_key().algorithm == SignatureAlgorithm::Ed25519);

    const auto folder = scratch.folder() / "sm2";
    REQUIRE(Vault::make_keys(folder, SignatureAlgorithm::Sm2));
    const auto file = folder / "signing.key";
    const auto good = contents(file);
    CHECK(good.starts_with("fazhi sm2-signing key 1\n"));
    const auto first = Vault::open(folder);
    REQUIRE(first);
    CHECK(first->public_key().algorithm == SignatureAlgorithm::Sm2);
    REQUIRE(Vault::make_keys(folder));
    CHECK(contents(file) == good);
    CHECK(Vault::open(folder)->public_key() == first->public_key());

    // A key called by the other name is a damaged file, and so is one that is no key of SM2.
    overwrite(file, "fazhi signing key 1" + good.substr(good.find('\n')));
    CHECK(Vault::open(folder).error().code == errors::kKeysBroken);
    KeyBytes too_large{};
    too_large.fill(0xff);
    for (const KeyBytes& secret : {KeyBytes{}, too_large}) {
        fs::remove(file);
        REQUIRE(make_key_file(file, "sm2-signing", secret));
        CHECK(Vault::open(folder).error().code == errors::kKeysBroken);
    }
}

TEST_CASE("missing, broken and exposed keys are refused, and never replaced") {
    const Scratch scratch;
    const auto folder = scratch.folder() / "keys";
    const auto refusal = [&] { return Vault::open(folder).error().code; };
    CHECK(refusal() == errors::kKeysMissing);

    REQUIRE(Vault::make_keys(folder));
    const auto file = folder / "master.key";
    const auto good = contents(file);
    CHECK(good.starts_with("fazhi master key 1\n"));

    auto other_key = good;
    other_key[25] = other_key[25] == 'A' ? 'B' : 'A';
    for (const auto& broken :
         {std::string(), std::string("fazhi"), good.substr(0, good.size() - 1), good + "x",
          other_key, contents(folder / "signing.key"), std::string(5000, 'A')}) {
        CAPTURE(broken);
        overwrite(file, broken);
        CHECK(refusal() == errors::kKeysBroken);
        REQUIRE(Vault::make_keys(folder));
        CHECK(contents(file) == broken);
    }

    overwrite(file, good);
    CHECK(Vault::open(folder).has_value());
    fs::permissions(file, fs::perms::group_read, fs::perm_options::add);
    CHECK(refusal() == errors::kKeysExposed);
    fs::permissions(file, fs::perms::group_read, fs::perm_options::remove);
    fs::remove(folder / "signing.key");
    CHECK(refusal() == errors::kKeysMissing);
}

TEST_CASE("keys that cannot be written are refused") {
    const Scratch scratch;
    overwrite(scratch.folder() / "file", "not a folder");
    const auto made = Vault::make_keys(scratch.folder() / "file" / "keys");
    REQUIRE_FALSE(made);
    CHECK(made.error().code == errors::kKeysNotWritten);
}

}  // namespace
}  // namespace fazhi::journal
