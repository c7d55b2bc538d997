// What a benchmark is: a function that measures and says its figures, each with the bar it must
// hold.
//
// Figures are medians over a few rounds, and ratios to a bare engine that does the same in the same
// run: the machine may be busy, both sides then are.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace fazhi::bench {

enum class Sense { AtLeast, AtMost };

// A bar over the ratio where there is one, else over the value.
struct Bar {
    Sense sense = Sense::AtLeast;
    double limit = 0;
};

struct Line {
    std::string name;  // "create.sqlite.32"
    double value = 0;
    std::string unit;  // "/s", "ms", "MB"
    std::optional<double> ratio = {};
    std::optional<Bar> bar = {};

    [[nodiscard]] bool holds() const;
    [[nodiscard]] std::string bar_text() const;  // "ratio >= 0.5"; empty: no bar
};

class Sheet {
public:
    // `postgresql`: the address of a server whose role may create databases; empty: none.
    explicit Sheet(std::string postgresql) : postgresql_(std::move(postgresql)) {}

    [[nodiscard]] const std::string& postgresql() const { return postgresql_; }
    void add(Line line) { lines_.push_back(std::move(line)); }
    [[nodiscard]] const std::vector<Line>& lines() const { return lines_; }

private:
    std::string postgresql_;
    std::vector<Line> lines_;
};

struct Benchmark {
    const char* name;  // what ./dev bench NAME says
    void (*run)(Sheet&);
};

// In the order they run.
void create_on_sqlite(Sheet&);
void create_on_postgresql(Sheet&);
void imports(Sheet&);
void reports(Sheet&);
void measures(Sheet&);
void verification(Sheet&);
void serving(Sheet&);
void growth(Sheet&);
void clocks(Sheet&);
void transitions(Sheet&);
void http_load(Sheet&);
void endurance(Sheet&);
void review_pdf(Sheet&);
void reviews(Sheet&);

using Instant = std::chrono::steady_clock::time_point;

inline Instant now() {
    return std::chrono::steady_clock::now();
}
inline double seconds_since(Instant begun) {
    return std::chrono::duration<double>(now() - begun).count();
}
double median(std::vector<double> values);  // of at least one

}  // namespace fazhi::bench
