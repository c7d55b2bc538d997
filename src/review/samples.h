// The samples that checks carry (示例), tried: what passes and what must be found, and as what.
//
// Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "review/reviewer.h"

namespace fazhi::review {

// A sample that does not hold.
struct SampleFault {
    std::string check;
    std::string sample;   // its text, cut
    std::string message;  // Chinese: what was found instead
};

struct SampleRun {
    std::size_t checks = 0;
    std::size_t samples = 0;
    std::vector<SampleFault> faults;
};

// Of every check of the definitions the reviewer was made from.
SampleRun try_samples(const Reviewer&);

}  // namespace fazhi::review
