#include "measure/ranking.h"

#include <algorithm>
#include <compare>

#include <fmt/format.h>

#include "measure/errors.h"

namespace fazhi::measure {
namespace {

__extension__ using Wide = __int128;  // no product of two numbers of 64 bits is too large for it

bool is_share(const Figure& figure) {
    return figure.numerator && figure.denominator && *figure.denominator > 0;
}

std::strong_ordering compared(const Figure& a, const Figure& b) {
    if (!is_share(a) || !is_share(b)) return a.scaled <=> b.scaled;
    return Wide{*a.numerator} * *b.denominator <=> Wide{*b.numerator} * *a.denominator;
}

}  // namespace

Result<std::vector<Ranked>> ranking(const definition::Measure& measure, std::vector<Group> groups) {
    if (measure.better == definition::Better::None) {
        return refuse(ErrorKind::InvalidInput, errors::kNotRanked,
                      fmt::format("“{}”没有写明多好还是少好，不能排名。", measure.title));
    }
    const bool more = measure.better == definition::Better::More;
    std::erase_if(groups, [](const Group& group) { return group.key.empty(); });
    std::stable_sort(groups.begin(), groups.end(), [more](const Group& a, const Group& b) {
        if (a.figure.has_value != b.figure.has_value) return a.figure.has_value;
        if (!a.figure.has_value) return false;
        return more ? compared(a.figure, b.figure) > 0 : compared(a.figure, b.figure) < 0;
    });
    std::vector<Ranked> out;
    for (Group& group : groups) {
        int place = static_cast<int>(out.size()) + 1;
        if (!group.figure.has_value) {
            place = 0;
        } else if (!out.empty() && compared(out.back().group.figure, group.figure) == 0) {
            place = out.back().place;
        }
        out.push_back({std::move(group), place});
    }
    return out;
}

}  // namespace fazhi::measure
