// What line breaking must know of a character (禁则). Basis: GB/T 15834-2011 §5.1: no closing mark
// begins a line, no opening mark ends one, dashes and ellipses stay whole.
//
// Pure; any thread.
#pragma once

namespace fazhi::document {

bool is_full_width(char32_t);   // takes up one square of the grid
bool may_not_begin(char32_t);   // ，。、；：！？）》」』”’…
bool may_not_end(char32_t);     // （《「『“‘
bool joins_previous(char32_t);  // combining marks and variation selectors
bool doubles(char32_t);         // — and …: two make one sign

}  // namespace fazhi::document
