// What verify finds, the first kFindingsMax of it.
//
// A value; one thread at a time.
#pragma once

#include <cstdint>
#include <vector>

#include "journal/projection.h"

namespace fazhi::journal {

class Findings {
public:
    void add(Finding finding);
    // In the order found; where there were more than kFindingsMax, the last says how many are not
    // listed.
    [[nodiscard]] std::vector<Finding> listed() const;

private:
    std::vector<Finding> kept_;
    std::int64_t beyond_ = 0;
};

}  // namespace fazhi::journal
