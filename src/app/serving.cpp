#include "app/serving.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "http/server.h"

namespace fazhi::app {

Result<void> serve(action::Workplace& workplace, const cli::Defaults& defaults) {
    // Standard output belongs to the command.
    spdlog::set_default_logger(spdlog::stderr_logger_mt("fazhi"));
    spdlog::set_level(spdlog::level::from_str(defaults.log_level));
    return http::serve(workplace, defaults.listen);
}

}  // namespace fazhi::app
