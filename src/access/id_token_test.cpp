#include "access/id_token.h"

#include <cstdlib>
#include <map>
#include <memory>

#include <cjose/cjose.h>
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "access/errors.h"
#include "base/digest.h"

namespace fazhi::access {
namespace {

using nlohmann::json;
using JwkPointer = std::unique_ptr<cjose_jwk_t, decltype(&cjose_jwk_release)>;

const calendar::Instant kNow = calendar::parse_instant("2024-05-06T01:00:00Z").value();
const IdTokenFor kWanted{"https://id.example.gov.cn", "fazhi", "n-1", kNow};

JwkPointer rsa_key(const char* id) {
    cjose_err error{};
    JwkPointer key(cjose_jwk_create_RSA_random(2048, nullptr, 0, &error), cjose_jwk_release);
    REQUIRE(key != nullptr);
    REQUIRE(cjose_jwk_set_kid(key.get(), id, std::string(id).size(), &error));
    return key;
}

std::string public_part(const cjose_jwk_t* key, const std::string& more = {}) {
    cjose_err error{};
    char* text = cjose_jwk_to_json(key, false, &error);
    REQUIRE(text != nullptr);
    json out = json::parse(text);
    std::free(text);
    if (!more.empty()) out.update(json::parse(more));
    return out.dump();
}

std::string keys_of(const std::string& one) {
    return fmt::format(R"({{"keys":[{}]}})", one);
}

json right_claims() {
    const auto now = kNow.time_since_epoch().count();
    return {{"iss", kWanted.issuer}, {"sub", "u-1024"},  {"aud", kWanted.client_id},
            {"iat", now - 5},        {"exp", now + 300}, {"nonce", kWanted.nonce}};
}

std::string signed_by(cjose_jwk_t* key, const json& claims, const char* algorithm = "RS256",
                      const char* id = nullptr) {
    cjose_err error{};
    cjose_header_t* head = cjose_header_new(&error);
    REQUIRE(cjose_header_set(head, CJOSE_HDR_ALG, algorithm, &error));
    if (id != nullptr) REQUIRE(cjose_header_set(head, CJOSE_HDR_KID, id, &error));
    const std::string text = claims.dump();
    cjose_jws_t* jws = cjose_jws_sign(key, head, reinterpret_cast<const uint8_t*>(text.data()),
                                      text.size(), &error);
    REQUIRE(jws != nullptr);
    const char* compact = nullptr;
    REQUIRE(cjose_jws_export(jws, &compact, &error));
    std::string out = compact;
    cjose_jws_release(jws);
    cjose_header_release(head);
    return out;
}

std::string url_part(const std::string& text) {
    std::string out = base64(text);
    while (out.ends_with('=')) out.pop_back();
    for (char& c : out) c = c == '+' ? '-' : c == '/' ? '_' : c;
    return out;
}

}  // namespace

TEST_CASE("a token that is right in everything says who it is") {
    const JwkPointer key = rsa_key("k1");
    const std::string keys = keys_of(public_part(key.get()));
    CHECK(subject_of_id_token(signed_by(key.get(), right_claims()), keys, kWanted) == "u-1024");
    CHECK(subject_of_id_token(signed_by(key.get(), right_claims(), "PS256", "k1"), keys, kWanted) ==
          "u-1024");
    json several = right_claims();
    several["aud"] = {"other", "fazhi"};
    several["azp"] = "fazhi";
    CHECK(subject_of_id_token(signed_by(key.get(), several), keys, kWanted) == "u-1024");
    cjose_err error{};
    const JwkPointer curve(cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, &error),
                           cjose_jwk_release);
    CHECK(subject_of_id_token(signed_by(curve.get(), right_claims(), "ES256"),
                              keys_of(public_part(curve.get())), kWanted) == "u-1024");
    // Among several keys the one that signed it.
    const JwkPointer other = rsa_key("k2");
    const std::string both = keys_of(public_part(other.get()) + "," + public_part(key.get()));
    CHECK(subject_of_id_token(signed_by(key.get(), right_claims()), both, kWanted) == "u-1024");
}

TEST_CASE("a token with anything wrong about it is refused") {
    const JwkPointer key = rsa_key("k1");
    const JwkPointer other = rsa_key("k1");
    const std::string keys = keys_of(public_part(key.get()));
    const auto now = kNow.time_since_epoch().count();
    const std::map<std::string, std::pair<const char*, json>> changes = {
        {"another issuer", {"iss", "https://id.example.org"}},
        {"a slash more", {"iss", kWanted.issuer + "/"}},
        {"for another", {"aud", "other"}},
        {"for others", {"aud", json::array({"other"})}},
        {"for several, and not said for whom", {"aud", json::array({"fazhi", "other"})}},
        {"for another party", {"azp", "other"}},
        {"of another sign-in", {"nonce", "n-2"}},
        {"no nonce", {"nonce", nullptr}},
        {"too old", {"exp", now - 121}},
        {"without an end", {"exp", nullptr}},
        {"an end in words", {"exp", "tomorrow"}},
        {"of the future", {"iat", now + 121}},
        {"without a beginning", {"iat", nullptr}},
        {"nobody", {"sub", ""}},
        {"a number", {"sub", 7}},
        {"too long a name", {"sub", std::string(kSubjectBytesMax + 1, 'u')}}};
    for (const auto& [about, change] : changes) {
        CAPTURE(about);
        json claims = right_claims();
        claims[change.first] = change.second;
        const auto found = subject_of_id_token(signed_by(key.get(), claims), keys, kWanted);
        REQUIRE_FALSE(found);
        CHECK(found.error().code == errors::kBadIdToken);
    }
    const std::string right = signed_by(key.get(), right_claims());
    const std::string body = right.substr(right.find('.'), right.rfind('.') - right.find('.'));
    // Signed with what everybody knows: the public key as a shared secret, or nothing at all.
    cjose_err error{};
    const std::string known = public_part(key.get());
    const JwkPointer shared(
        cjose_jwk_create_oct_spec(reinterpret_cast<const uint8_t*>(known.data()), known.size(),
                                  &error),
        cjose_jwk_release);
    const std::map<std::string, std::string> tokens = {
        {"nothing", ""},
        {"no token", "token"},
        {"another key of the same name", signed_by(other.get(), right_claims())},
        {"a shared secret", signed_by(shared.get(), right_claims(), "HS256")},
        {"unsigned", url_part(R"({"alg":"none"})") + body + "."},
        {"no signature", right.substr(0, right.rfind('.') + 1)},
        {"another body under the signature", right.substr(0, right.find('.') + 1) +
                                                 url_part(R"({"sub":"u-1"})") +
                                                 right.substr(right.rfind('.'))},
        {"too long", std::string(kIdTokenBytesMax + 1, 'a')}};
    for (const auto& [about, token] : tokens) {
        CAPTURE(about);
        CHECK_FALSE(subject_of_id_token(token, keys, kWanted));
    }
    for (const std::string& wrong_keys :
         {std::string(), std::string("[]"), std::string(R"({"keys":[]})"),
          keys_of(public_part(key.get(), R"({"use":"enc"})")),
          keys_of(public_part(key.get(), R"({"alg":"PS256"})"))}) {
        CAPTURE(wrong_keys.substr(0, 40));
        CHECK_FALSE(subject_of_id_token(right, wrong_keys, kWanted));
    }
    CHECK_FALSE(subject_of_id_token(signed_by(key.get(), right_claims(), "RS256", "k9"), keys,
                                    kWanted));  // It names another key.
}

}  // namespace fazhi::access
