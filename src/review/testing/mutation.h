// One change in a report, as tests/data/review/mutations.json has them.
#pragma once

#include <string>
#include <vector>

#include "review/source_text.h"

namespace fazhi::review::testing {

struct Mutation {
    std::string report;
    std::string replace;  // lines apart by \n, cells of a table by \t
    std::string with;
    std::string check;  // that must find it
};

std::vector<Mutation> mutations();

struct Mutated {
    SourceText source;
    std::vector<bool> changed;  // by block
};

// The words replaced, wherever the reader put them. Throws std::runtime_error where they do not
// stand in the source, white space apart.
Mutated mutated(const SourceText&, const Mutation&);

}  // namespace fazhi::review::testing
