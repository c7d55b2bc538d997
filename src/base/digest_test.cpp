#include "base/digest.h"

#include <set>
#include <string>
#include <thread>

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace fazhi {

TEST_CASE("SM3 and SHA-256 give the digests their standards print") {
    struct Row {
        HashAlgorithm algorithm;
        std::string text;
        const char* digest;
    };
    // GB/T 32905 annex A; FIPS 180-4 examples.
    const Row rows[] = {
        {HashAlgorithm::Sm3, "abc",
         "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"},
        {HashAlgorithm::Sm3, "abcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcd",
         "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"},
        {HashAlgorithm::Sha256, "abc",
         "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {HashAlgorithm::Sha256, "",
         "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {HashAlgorithm::Sha256, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    };
    for (const Row& row : rows) {
        CHECK(digest_of(row.algorithm, row.text).hex() == row.digest);
    }
}

TEST_CASE("a digest over parts is the digest over the whole") {
    for (const HashAlgorithm algorithm : {HashAlgorithm::Sm3, HashAlgorithm::Sha256}) {
        CHECK(digest_of(algorithm, "a", "b", "c") == digest_of(algorithm, "abc"));
        CHECK(digest_of(algorithm, "", "abc") == digest_of(algorithm, "abc"));
        CHECK(digest_of(algorithm, "ab") != digest_of(algorithm, "ba"));
    }
}

TEST_CASE("a digest is the same on every thread") {
    Digest there;
    std::thread([&] { there = digest_of(HashAlgorithm::Sm3, "法治台账"); }).join();
    CHECK(there == digest_of(HashAlgorithm::Sm3, "法治台账"));
}

TEST_CASE("a digest is read back from its hex and its bytes, and from nothing else") {
    const Digest digest = digest_of(HashAlgorithm::Sm3, "abc");
    CHECK(Digest::from_hex(digest.hex()) == digest);
    CHECK(Digest::from_bytes(digest.as_bytes()) == digest);
    CHECK_FALSE(Digest::from_hex(""));
    CHECK_FALSE(Digest::from_hex(digest.hex() + "00"));
    CHECK_FALSE(Digest::from_hex(std::string(64, 'g')));
    CHECK_FALSE(Digest::from_hex(std::string(64, 'A')));
    CHECK_FALSE(Digest::from_bytes("short"));
    CHECK(std::set<Digest>{digest, digest}.size() == 1);
}

TEST_CASE("an algorithm has one name") {
    CHECK(to_text(HashAlgorithm::Sm3) == "sm3");
    CHECK(hash_algorithm_from("sha256") == HashAlgorithm::Sha256);
    CHECK(hash_algorithm_from("sm3") == HashAlgorithm::Sm3);
    CHECK_FALSE(hash_algorithm_from("SM3"));
    CHECK_FALSE(hash_algorithm_from("md5"));
}

TEST_CASE("base64 is written with padding and read only in its one form") {
    // RFC 4648 section 10.
    const std::pair<const char*, const char*> rows[] = {{"", ""},
                                                        {"f", "Zg=="},
                                                        {"fo", "Zm8="},
                                                        {"foo", "Zm9v"},
                                                        {"foob", "Zm9vYg=="},
                                                        {"fooba", "Zm9vYmE="},
                                                        {"foobar", "Zm9vYmFy"}};
    for (const auto& [bytes, text] : rows) {
        CHECK(base64(bytes) == text);
        CHECK(from_base64(text) == bytes);
    }
    for (const char* wrong : {"Zg", "Zg=", "Zg==\n", " Zg==", "Zh==", "Zm9=", "Z===", "====",
                              "Zm9v!", "Zm_v", "Zg==Zg==", "Zm9vYg"}) {
        CAPTURE(wrong);
        CHECK_FALSE(from_base64(wrong));
    }
}

TEST_CASE("hex is lower case and whole bytes") {
    CHECK(hex(std::string_view("\x00\xff\x1a", 3)) == "00ff1a");
    CHECK(from_hex("00ff1a") == std::string("\x00\xff\x1a", 3));
    CHECK(from_hex("") == "");
    for (const char* wrong : {"0", "0g", "FF", "0x00", " 00"}) {
        CAPTURE(wrong);
        CHECK_FALSE(from_hex(wrong));
    }
}

TEST_CASE("any bytes survive base64 and hex") {
    CHECK(rc::check([](const std::string& bytes) {
        RC_ASSERT(from_base64(base64(bytes)) == bytes);
        RC_ASSERT(from_hex(hex(bytes)) == bytes);
    }));
    CHECK(rc::check([](const std::string& text) {
        const auto decoded = from_base64(text);
        RC_ASSERT((!decoded || base64(*decoded) == text));
    }));
}

}  // namespace fazhi
