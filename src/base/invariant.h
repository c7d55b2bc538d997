// A fact that is false only when our own code is wrong: the process ends, in release builds too.
// Never on input, on a definition file, or on what another process wrote: those are refusals.
#pragma once

namespace fazhi {

[[noreturn]] void die_of_broken_invariant(const char* condition, const char* file, int line);

}  // namespace fazhi

// One fact a line, so that the message names the one that broke.
#define INVARIANT(condition) \
    ((condition) ? void() : ::fazhi::die_of_broken_invariant(#condition, __FILE__, __LINE__))
