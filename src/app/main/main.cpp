// `fazhi`: reads the environment once, wires the doors, and hands over to the command line.
#include <csignal>

#include "app/config.h"
#include "app/serving.h"
#include "calendar/clock.h"
#include "cli/command_line.h"

int main(int argument_count, char** arguments) {
    std::signal(SIGPIPE, SIG_IGN);  // A reader that went away is an error of the write.
    const fazhi::calendar::SystemClock clock;
    const fazhi::cli::Doors doors{.serve = fazhi::app::serve,
                                  .read_config = fazhi::app::read_config};
    return fazhi::cli::run(argument_count, arguments, fazhi::app::environment_defaults(), doors,
                           clock);
}
