#include "journal/testing/keys.h"

#include "base/invariant.h"

namespace fazhi::journal::testing {
namespace {

Vault made_and_opened(const std::filesystem::path& folder, SignatureAlgorithm algorithm) {
    const auto made = Vault::make_keys(folder, algorithm);
    INVARIANT(made.has_value());
    auto vault = Vault::open(folder);
    INVARIANT(vault.has_value());
    return *std::move(vault);
}

}  // namespace

Keys::Keys(SignatureAlgorithm algorithm) : vault_(made_and_opened(folder(), algorithm)) {}

}  // namespace fazhi::journal::testing
