// Keys of a test's own: a folder, made and opened, and removed at the end.
#pragma once

#include "journal/vault.h"
#include "storage/testing/scratch.h"

namespace fazhi::journal::testing {

class Keys {
public:
    explicit Keys(SignatureAlgorithm = SignatureAlgorithm::Ed25519);

    [[nodiscard]] const Vault& vault() const { return vault_; }
    [[nodiscard]] std::filesystem::path folder() const { return scratch_.folder() / "keys"; }

private:
    storage::testing::Scratch scratch_;
    Vault vault_;
};

}  // namespace fazhi::journal::testing
