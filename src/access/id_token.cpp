#include "access/id_token.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <string_view>

#include <cjose/cjose.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "access/errors.h"

namespace fazhi::access {
namespace {

using nlohmann::json;

// A signing algorithm, and the kind of key that belongs to it: whoever could choose both freely
// could sign with what everybody knows.
struct Taken {
    const char* algorithm;
    const char* key_type;
};
constexpr std::array<Taken, 3> kTaken = {Taken{"RS256", "RSA"}, {"PS256", "RSA"}, {"ES256", "EC"}};

struct CjoseDeleter {
    void operator()(cjose_jws_t* jws) const { cjose_jws_release(jws); }
    void operator()(cjose_jwk_t* jwk) const { cjose_jwk_release(jwk); }
};
using Signed = std::unique_ptr<cjose_jws_t, CjoseDeleter>;
using Key = std::unique_ptr<cjose_jwk_t, CjoseDeleter>;

// `why`: for the log of whoever sets it up; people are told one sentence.
Refusal bad(std::string_view why) {
    return refuse(
        ErrorKind::Unauthenticated, errors::kBadIdToken,
        fmt::format("统一身份认证的凭据不对（{}），请重新登录；还不行，请联系管理员。", why),
        "id_token");
}

json read(std::string_view text) {
    return json::parse(text, nullptr, /*allow_exceptions=*/false);
}

std::string text_at(const json& from, const char* member) {
    const auto found = from.find(member);
    return found != from.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// Seconds since 1970; 0: none.
std::int64_t seconds_at(const json& from, const char* member) {
    const auto found = from.find(member);
    if (found == from.end() || !found->is_number()) return 0;
    const double seconds = found->get<double>();
    constexpr double kMax = 1e12;
    return seconds > 0 && seconds < kMax ? static_cast<std::int64_t>(seconds) : 0;
}

std::string head_of(cjose_jws_t* token, const char* name) {
    cjose_err error{};
    const char* value = cjose_header_get(cjose_jws_get_protected(token), name, &error);
    return value == nullptr ? std::string() : std::string(value);
}

// Whether one of the provider's keys signed it. A key that names itself otherwise than the token
// does, or is for something else, is passed over.
bool is_signed(cjose_jws_t* token, const json& keys) {
    const std::string algorithm = head_of(token, CJOSE_HDR_ALG);
    const std::string named = head_of(token, CJOSE_HDR_KID);
    const auto taken = std::find_if(kTaken.begin(), kTaken.end(),
                                    [&](const Taken& each) { return algorithm == each.algorithm; });
    const auto list = keys.find("keys");
    if (taken == kTaken.end() || list == keys.end() || !list->is_array()) return false;
    for (const json& each : *list) {
        if (!each.is_object() || text_at(each, "kty") != taken->key_type) continue;
        const std::string use = text_at(each, "use"), id = text_at(each, "kid");
        const std::string its_algorithm = text_at(each, "alg");
        if (!use.empty() && use != "sig") continue;
        if (!named.empty() && !id.empty() && id != named) continue;
        if (!its_algorithm.empty() && its_algorithm != algorithm) continue;
        cjose_err error{};
        const std::string text = each.dump();
        const Key key(cjose_jwk_import(text.data(), text.size(), &error));
        if (key != nullptr && cjose_jws_verify(token, key.get(), &error)) return true;
    }
    return false;
}

// "aud" is one, or several: then "azp" must say that it is for us.
bool is_for(const json& claims, const std::string& client) {
    const auto audience = claims.find("aud");
    if (audience == claims.end()) return false;
    const std::string party = text_at(claims, "azp");
    if (audience->is_string()) return *audience == client && (party.empty() || party == client);
    if (!audience->is_array()) return false;
    const bool among =
        std::find(audience->begin(), audience->end(), json(client)) != audience->end();
    return among && (audience->size() == 1 ? party.empty() || party == client : party == client);
}

}  // namespace

Result<std::string> subject_of_id_token(const std::string& token, const std::string& keys,
                                        const IdTokenFor& wanted) {
    if (token.empty() || token.size() > kIdTokenBytesMax) return bad("没有凭据");
    cjose_err error{};
    const Signed jws(cjose_jws_import(token.data(), token.size(), &error));
    if (jws == nullptr) return bad("看不懂");
    const json known = read(keys);
    if (!known.is_object() || !is_signed(jws.get(), known)) return bad("签名不对");
    std::uint8_t* bytes = nullptr;
    std::size_t size = 0;
    if (!cjose_jws_get_plaintext(jws.get(), &bytes, &size, &error)) return bad("看不懂");
    const json claims = read({reinterpret_cast<const char*>(bytes), size});
    if (!claims.is_object()) return bad("看不懂");
    if (text_at(claims, "iss") != wanted.issuer) return bad("不是约定的认证方");
    if (!is_for(claims, wanted.client_id)) return bad("不是给本系统的");
    if (wanted.nonce.empty() || text_at(claims, "nonce") != wanted.nonce)
        return bad("不是这一次的");
    const std::int64_t now = wanted.now.time_since_epoch().count();
    const std::int64_t ends = seconds_at(claims, "exp"), made = seconds_at(claims, "iat");
    if (ends == 0 || ends + kClockSkew.count() <= now) return bad("已过期");
    if (made == 0 || made - kClockSkew.count() > now) return bad("时间不对");
    const std::string subject = text_at(claims, "sub");
    if (subject.empty() || subject.size() > kSubjectBytesMax) return bad("没有说是谁");
    return subject;
}

}  // namespace fazhi::access
