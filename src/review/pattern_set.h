// Which of many patterns stand in a text at all, found in one pass. For reviewer.cpp.
//
// Immutable once compiled; any thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace re2 {
class RE2;
}

namespace fazhi::review {

class PatternSet {
public:
    // The patterns compile.
    explicit PatternSet(const std::vector<std::string>& patterns);
    ~PatternSet();
    PatternSet(const PatternSet&) = delete;
    PatternSet& operator=(const PatternSet&) = delete;

    // By pattern; empty where a text is too much for one pass, and each is to be asked.
    [[nodiscard]] std::vector<bool> standing_in(std::string_view utf8) const;

private:
    struct Compiled;

    std::unique_ptr<Compiled> compiled_;
    std::size_t count_;
};

}  // namespace fazhi::review
