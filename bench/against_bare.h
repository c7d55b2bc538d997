// What work costs the program, and what it costs a bare SQLite program to write the same rows.
#pragma once

#include <functional>

#include "office.h"

namespace fazhi::bench {

inline constexpr int kRounds = 5;

struct Work {
    int count = 0;  // deeds a round
    int group = 0;  // deeds in a transaction
};

// Medians over the rounds.
struct AgainstBare {
    double ours = 0;  // deeds/s
    double bare = 0;
    double rows = 0;  // written by a deed
};

// `round` is called kRounds times, with 0 first. It does `work.count` deeds and answers the seconds
// it took. Whatever rows the office's file then has more, or other, a copy of the file as it was is
// given by the bare program.
AgainstBare against_bare(const LoadedOffice& office, const Work& work,
                         const std::function<double(int round)>& round);

}  // namespace fazhi::bench
