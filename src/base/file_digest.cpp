#include "base/file_digest.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <new>
#include <stdexcept>
#include <system_error>

#include <openssl/evp.h>

namespace fazhi {
namespace {

constexpr std::size_t kPiece = 65'536;

}  // namespace

Digest digest_of_file(HashAlgorithm algorithm, const std::filesystem::path& file) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> in(std::fopen(file.c_str(), "rbe"),
                                                             &std::fclose);
    if (!in) throw std::system_error(errno, std::generic_category(), file.string());
    const std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> method(
        EVP_MD_fetch(nullptr, std::string(to_text(algorithm)).c_str(), nullptr), EVP_MD_free);
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                          EVP_MD_CTX_free);
    if (!method || !context) throw std::runtime_error("OpenSSL lacks the digest algorithm");

    bool done = EVP_DigestInit_ex2(context.get(), method.get(), nullptr) == 1;
    std::array<char, kPiece> piece{};
    std::size_t size = piece.size();
    while (done && size == piece.size()) {
        size = std::fread(piece.data(), 1, piece.size(), in.get());
        if (std::ferror(in.get()) != 0)
            throw std::system_error(errno, std::generic_category(), file.string());
        done = EVP_DigestUpdate(context.get(), piece.data(), size) == 1;
    }
    Digest out;
    unsigned int length = 0;
    done = done && EVP_DigestFinal_ex(context.get(), out.bytes.data(), &length) == 1;
    if (!done || length != out.bytes.size())
        throw std::runtime_error("OpenSSL could not make a digest");
    return out;
}

}  // namespace fazhi
