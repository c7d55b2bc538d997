#include "base/invariant.h"

#include <cstdio>
#include <cstdlib>

namespace fazhi {

void die_of_broken_invariant(const char* condition, const char* file, int line) {
    std::fprintf(stderr, "fatal: broken invariant `%s` at %s:%d\n", condition, file, line);
    std::fflush(stderr);
    std::abort();
}

}  // namespace fazhi
