#include "text/nearest.h"

#include <algorithm>
#include <numeric>

#include "text/utf8.h"

namespace fazhi::text {
namespace {

// Edit distance with swaps of neighbours (optimal string alignment).
std::size_t distance(const std::u32string& a, const std::u32string& b) {
    std::vector<std::size_t> before(b.size() + 1);
    std::vector<std::size_t> above(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(above.begin(), above.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + change});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
        }
        std::swap(before, above);
        std::swap(above, row);
    }
    return above[b.size()];
}

}  // namespace

std::string nearest(std::string_view word, const std::vector<std::string>& known,
                    std::size_t one_in) {
    constexpr std::size_t kCharactersMax = 100;
    const std::u32string wanted = code_points(word);
    if (wanted.size() > kCharactersMax) return {};
    std::string best;
    std::size_t best_distance = std::max<std::size_t>(1, wanted.size() / one_in) + 1;
    for (const std::string& candidate : known) {
        const std::size_t found = distance(wanted, code_points(candidate));
        if (found < best_distance) {
            best_distance = found;
            best = candidate;
        }
    }
    return best;
}

}  // namespace fazhi::text
