// The child of the tests of extraction: reads as the program's own does, but for files whose name
// says what goes wrong.
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <unistd.h>

#include "review/extraction_child.h"
#include "review/reader.h"

namespace {

using fazhi::Result;
using fazhi::review::SourceText;

[[noreturn]] void spin() {
    for (std::atomic<unsigned> turns = 0;;) ++turns;
}

// A machine without limits would go on; one with them ends in std::bad_alloc.
void hoard() {
    constexpr std::size_t kStep = 10'000'000;
    constexpr int kSteps = 500;
    std::vector<std::string> held;
    for (int i = 0; i < kSteps; ++i) held.emplace_back(kStep, 'x');
    throw std::bad_alloc();
}

SourceText saying(const std::u32string& text) {
    SourceText out{.format = "text", .pages = 1, .blocks = {}, .notices = {}};
    out.blocks.push_back({.text = text, .runs = {{0, {1, 1, 0}}}});
    return out;
}

// What can still be opened, of a file that the bytes name.
SourceText opened(std::string_view path) {
    const bool reads = std::ifstream(std::string(path)).is_open();
    const bool writes = std::ofstream(std::string(path), std::ios::app).is_open();
    return saying(reads ? (writes ? U"read and written" : U"read") : U"closed");
}

Result<SourceText> read_or_fail(std::string_view name, std::string_view bytes) {
    if (name == "crash.txt") std::abort();
    if (name == "spin.txt") spin();
    if (name == "sleep.txt") std::this_thread::sleep_for(std::chrono::hours(1));
    if (name == "hoard.txt") hoard();
    if (name == "throw.txt") throw std::runtime_error("an accident");
    if (name == "nonsense.txt") {
        const std::string junk(8, '\xFF');
        return ::write(STDIN_FILENO, junk.data(), junk.size()) > 0 ? saying(U"x") : saying(U"y");
    }
    if (name == "outside.txt") {
        SourceText out = saying(U"正文");
        out.blocks[0].runs[0].spot.page = 9;
        return out;
    }
    if (name == "open.txt") return opened(bytes);
    return fazhi::review::read_source(name, bytes);
}

}  // namespace

int main() {
    return fazhi::review::serve_extraction(STDIN_FILENO, read_or_fail);
}
