// Prose without any white space, as the annotations of tests/data/review are compared with it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "review/prose.h"

namespace fazhi::review::testing {

// Digits, letters, ％ and ＋ in half width, no white space.
std::u32string solid(std::string_view utf8);

class SolidText {
public:
    explicit SolidText(const Prose&);

    // Where the words stand for the `nth` time, from 1, in the prose; nothing: so often they do
    // not.
    [[nodiscard]] std::optional<Extent> place(std::string_view words, std::size_t nth) const;
    // Whether the prose goes on so from `at`, white space apart.
    [[nodiscard]] bool begins_so(std::uint32_t at, std::string_view words) const;

private:
    std::u32string text_;
    std::vector<std::uint32_t> places_;  // of each character in the prose
};

}  // namespace fazhi::review::testing
