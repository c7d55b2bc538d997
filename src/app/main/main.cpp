// `fazhi`: reads the environment once, wires the doors, and hands over to the command line.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string_view>

#include <unistd.h>

#include "app/config.h"
#include "app/serving.h"
#include "calendar/clock.h"
#include "cli/command_line.h"
#include "http/openapi.h"
#include "review/extraction_child.h"

namespace {

// As if it were now the instant that FAZHI_TEST_CLOCK names: for tests of what happens on a day.
class TestClock final : public fazhi::calendar::Clock {
public:
    explicit TestClock(fazhi::calendar::Instant now) : now_(now) {}
    [[nodiscard]] fazhi::calendar::Instant now() const override { return now_; }

private:
    fazhi::calendar::Instant now_;
};

// Null: the environment asks for a time that a program in use must not pretend.
std::unique_ptr<fazhi::calendar::Clock> clock_for(const char* asked) {
    if (asked == nullptr) return std::make_unique<fazhi::calendar::SystemClock>();
#ifdef FAZHI_FOR_TESTS
    const auto instant = fazhi::calendar::parse_instant(asked);
    if (instant) return std::make_unique<TestClock>(*instant);
#endif
    return nullptr;
}

}  // namespace

int main(int argument_count, char** arguments) {
    // The child that reads other people's files: no environment, no clock, no database.
    if (argument_count == 2 && arguments[1] == fazhi::review::kExtractionCommand)
        std::_Exit(fazhi::review::serve_extraction(STDIN_FILENO));  // It may not look back.
    std::signal(SIGPIPE, SIG_IGN);  // A reader that went away is an error of the write.
    // NOLINTNEXTLINE(concurrency-mt-unsafe): before any thread.
    const auto clock = clock_for(std::getenv("FAZHI_TEST_CLOCK"));
    if (clock == nullptr) {
        std::fputs("FAZHI_TEST_CLOCK 只用于测试，正式使用的程序不接受；请取消这个环境变量。\n",
                   stderr);
        return 2;
    }
    const fazhi::cli::Doors doors{.serve = fazhi::app::serve,
                                  .read_config = fazhi::app::read_config,
                                  .describe_api = fazhi::http::description};
    return fazhi::cli::run(argument_count, arguments, fazhi::app::environment_defaults(), doors,
                           *clock);
}
