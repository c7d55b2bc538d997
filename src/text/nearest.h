// The word somebody probably meant: for refusals that suggest what to write instead.
//
// Pure; any thread. Cost: the length of the word times all characters of the known words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fazhi::text {

// The known word that differs least from `word` in characters changed, added, left out or swapped
// with a neighbour, where that is at most one in `one_in` of its own; else "". Of equally near ones
// the first. Nothing is suggested for more than 100 characters.
std::string nearest(std::string_view word, const std::vector<std::string>& known,
                    std::size_t one_in = 3);

}  // namespace fazhi::text
