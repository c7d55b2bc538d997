#include "journal/testing/keys.h"

#include "base/invariant.h"

namespace fazhi::journal::testing {
namespace {

Vault made_and_opened(const std::filesystem::path& folder) {
    const auto made = Vault::make_keys(folder);
    INVARIANT(made.has_value());
    auto vault = Vault::open(folder);
    INVARIANT(vault.has_value());
    return *std::move(vault);
}

}  // namespace

Keys::Keys() : vault_(made_and_opened(folder())) {}

}  // namespace fazhi::journal::testing
