#include "journal/sm2.h"

#include <memory>
#include <stdexcept>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/param_build.h>

#include "base/invariant.h"

namespace fazhi::journal::sm2 {
namespace {

constexpr std::string_view kUserId = "1234567812345678";
constexpr std::size_t kNumberBytes = 32;
constexpr std::size_t kPublicKeyBytes = 1 + 2 * kNumberBytes;

// A signature of r and s is at most this long in DER.
constexpr std::size_t kDerBytesMax = 80;

template <auto release>
struct Release {
    template <typename T>
    void operator()(T* thing) const {
        release(thing);
    }
};
using Number = std::unique_ptr<BIGNUM, Release<BN_clear_free>>;
using Group = std::unique_ptr<EC_GROUP, Release<EC_GROUP_free>>;
using Point = std::unique_ptr<EC_POINT, Release<EC_POINT_free>>;
using Key = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Release<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Release<EVP_MD_CTX_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Release<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Release<OSSL_PARAM_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, Release<ECDSA_SIG_free>>;

// What fails without being asked anything wrong: no memory, a library without SM2.
void require(bool done) {
    if (!done) throw std::runtime_error("OpenSSL cannot do SM2 on this machine");
}

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* bytes_of(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

Group curve() {
    Group group(EC_GROUP_new_by_curve_name(NID_sm2));
    require(group != nullptr);
    return group;
}

Number number_from(const unsigned char* bytes) {
    Number number(BN_bin2bn(bytes, kNumberBytes, nullptr));
    require(number != nullptr);
    return number;
}

// Nothing where the bytes are no point of the curve. `secret` may be null.
Key key_from(std::string_view public_key, const BIGNUM* secret) {
    const Builder builder(OSSL_PARAM_BLD_new());
    require(builder != nullptr);
    require(OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "SM2", 0) ==
            1);
    require(OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY,
                                             public_key.data(), public_key.size()) == 1);
    if (secret != nullptr)
        require(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, secret) == 1);
    const Parameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "SM2", nullptr));
    require(parameters != nullptr && context != nullptr);
    require(EVP_PKEY_fromdata_init(context.get()) == 1);
    EVP_PKEY* key = nullptr;
    const int part = secret == nullptr ? EVP_PKEY_PUBLIC_KEY : EVP_PKEY_KEYPAIR;
    if (EVP_PKEY_fromdata(context.get(), &key, part, parameters.get()) != 1) return nullptr;
    return Key(key);
}

// One signing or checking, with the user id said.
struct Operation {
    explicit Operation(EVP_PKEY* key) : of_key(EVP_PKEY_CTX_new(key, nullptr)) {
        require(of_key != nullptr && digest != nullptr);
        require(EVP_PKEY_CTX_set1_id(of_key.get(), kUserId.data(),
                                     static_cast<int>(kUserId.size())) == 1);
        EVP_MD_CTX_set_pkey_ctx(digest.get(), of_key.get());
    }

    // The digest's context uses the key's, so it goes first.
    KeyContext of_key;
    DigestContext digest{EVP_MD_CTX_new()};
};

// r and s, 32 bytes each.
std::string plain_signature(const std::string& der) {
    const unsigned char* begin = bytes_of(der);
    const Signature signature(d2i_ECDSA_SIG(nullptr, &begin, static_cast<long>(der.size())));
    require(signature != nullptr);
    std::string out(2 * kNumberBytes, '\0');
    const int width = static_cast<int>(kNumberBytes);
    require(BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), bytes_of(out), width) == width);
    require(BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), bytes_of(out) + kNumberBytes, width) ==
            width);
    return out;
}

std::string der_signature(std::string_view plain) {
    const Signature signature(ECDSA_SIG_new());
    require(signature != nullptr);
    Number r = number_from(bytes_of(plain));
    Number s = number_from(bytes_of(plain) + kNumberBytes);
    require(ECDSA_SIG_set0(signature.get(), r.release(), s.release()) == 1);
    std::string out(kDerBytesMax, '\0');
    unsigned char* end = bytes_of(out);
    const int size = i2d_ECDSA_SIG(signature.get(), &end);
    require(size > 0 && static_cast<std::size_t>(size) <= kDerBytesMax);
    out.resize(static_cast<std::size_t>(size));
    return out;
}

}  // namespace

bool is_secret(const KeyBytes& secret) {
    const Group group = curve();
    const Number number = number_from(secret.data());
    const Number most(BN_dup(EC_GROUP_get0_order(group.get())));
    require(most != nullptr && BN_sub_word(most.get(), 2) == 1);
    return BN_is_zero(number.get()) == 0 && BN_cmp(number.get(), most.get()) <= 0;
}

std::string public_key_of(const KeyBytes& secret) {
    INVARIANT(is_secret(secret));
    const Group group = curve();
    const Number number = number_from(secret.data());
    const Point point(EC_POINT_new(group.get()));
    require(point != nullptr);
    require(EC_POINT_mul(group.get(), point.get(), number.get(), nullptr, nullptr, nullptr) == 1);
    std::string out(kPublicKeyBytes, '\0');
    require(EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED,
                               bytes_of(out), out.size(), nullptr) == out.size());
    return out;
}

std::string sign(const KeyBytes& secret, std::string_view text) {
    const Number number = number_from(secret.data());
    const Key key = key_from(public_key_of(secret), number.get());
    require(key != nullptr);
    const Operation signing(key.get());
    require(EVP_DigestSignInit(signing.digest.get(), nullptr, EVP_sm3(), nullptr, key.get()) == 1);
    std::string der(kDerBytesMax, '\0');
    std::size_t size = der.size();
    require(EVP_DigestSign(signing.digest.get(), bytes_of(der), &size, bytes_of(text),
                           text.size()) == 1);
    der.resize(size);
    return plain_signature(der);
}

bool verify(std::string_view public_key, std::string_view text, std::string_view signature) {
    if (public_key.size() != kPublicKeyBytes || signature.size() != 2 * kNumberBytes) return false;
    const Key key = key_from(public_key, nullptr);
    if (key == nullptr) return false;
    const Operation checking(key.get());
    require(EVP_DigestVerifyInit(checking.digest.get(), nullptr, EVP_sm3(), nullptr, key.get()) ==
            1);
    const std::string der = der_signature(signature);
    return EVP_DigestVerify(checking.digest.get(), bytes_of(der), der.size(), bytes_of(text),
                            text.size()) == 1;
}

}  // namespace fazhi::journal::sm2
