// The constant parts of the page: its style and its script.
#pragma once

#include <string_view>

namespace fazhi::document {

std::string_view html_style();
// Opens figures in a side panel (a bottom sheet on phones). Everything from the data goes in as
// text, never as markup.
std::string_view html_script();

}  // namespace fazhi::document
