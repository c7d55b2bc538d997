// HTML saved from an authority's site: the report without the page around it.
//
// Scripts, navigation, menus, forms, footers and what is hidden go; so does everything outside the
// element that holds most of the prose, but for the headings before it. A table whose cells hold
// tables or has one column only lays out the page and is no table. A spot's line is the number of
// the stretch of text in the page, those left out counted; its offset counts its characters as they
// stand in the file, with entities resolved. libxml2 keeps global state: one thread at a time.
#pragma once

#include <string_view>

#include "base/result.h"
#include "review/source_text.h"

namespace fazhi::review {

// Refuses kNotText, kTooLarge, kHostile (depth), kNoText.
Result<SourceText> read_html(std::string_view bytes);

}  // namespace fazhi::review
