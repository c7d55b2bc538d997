#include "review/titles.h"

#include <algorithm>

#include "text/utf8.h"

namespace fazhi::review {
namespace {

// （试行）, （2021—2025年） at the end are not what the name ends with.
std::string_view without_bracket(std::string_view title) {
    constexpr std::string_view kClose = "）";
    if (!title.ends_with(kClose) && !title.ends_with(')')) return title;
    const std::size_t wide = title.rfind("（");
    const std::size_t open = wide == std::string_view::npos ? title.rfind('(') : wide;
    return open == std::string_view::npos || open == 0 ? title : title.substr(0, open);
}

bool ends_as_law(std::string_view title, const std::vector<std::string>& endings) {
    const std::string_view name = without_bracket(title);
    return std::any_of(endings.begin(), endings.end(),
                       [&](const std::string& ending) { return name.ends_with(ending); });
}

// 山东省…, 街道…: a place among the first characters. 城市… and 农村… begin with none.
bool begins_with_place(std::string_view title, const std::vector<std::u32string>& places) {
    constexpr std::size_t kWithin = 14;
    const std::u32string points = text::code_points(title).substr(0, kWithin);
    return std::any_of(places.begin(), places.end(), [&](const std::u32string& place) {
        const std::size_t at = points.find(place, place.size() > 1 ? 0 : 2);
        return at != std::u32string::npos;
    });
}

}  // namespace

std::vector<CitedTitle> titles_of(const Prose& prose, const Lexicon& lexicon) {
    std::vector<CitedTitle> out;
    const definition::Reading& reading = lexicon.reading();
    for (const Extent extent : prose.titles()) {
        if (extent.empty()) continue;
        CitedTitle title{.text = prose.utf8(extent), .extent = extent};
        title.known = lexicon.law_titles.find(title.text);
        title.is_law = title.known != nullptr || ends_as_law(title.text, reading.law_endings);
        title.is_local =
            title.known == nullptr &&
            begins_with_place(lexicon.law_titles.without_prefix(title.text), lexicon.places);
        out.push_back(std::move(title));
    }
    return out;
}

}  // namespace fazhi::review
