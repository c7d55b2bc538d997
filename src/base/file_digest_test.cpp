#include "base/file_digest.h"

#include <fstream>
#include <system_error>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <unistd.h>

namespace fazhi {

TEST_CASE("a file has the digest of its bytes, whatever its size") {
    const auto file =
        std::filesystem::temp_directory_path() / fmt::format("file_digest_{}", ::getpid());
    for (const std::size_t size : {0U, 1U, 65'535U, 65'536U, 65'537U, 200'000U}) {
        CAPTURE(size);
        const std::string bytes(size, 'x');
        std::ofstream(file, std::ios::binary) << bytes;
        for (const HashAlgorithm algorithm : {HashAlgorithm::Sm3, HashAlgorithm::Sha256})
            CHECK(digest_of_file(algorithm, file) == digest_of(algorithm, bytes));
    }
    std::filesystem::remove(file);
    CHECK_THROWS_AS(digest_of_file(HashAlgorithm::Sm3, file), std::system_error);
    CHECK_THROWS_AS(digest_of_file(HashAlgorithm::Sm3, file.parent_path()), std::system_error);
}

}  // namespace fazhi
