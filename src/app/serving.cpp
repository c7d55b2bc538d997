#include "app/serving.h"

#include <chrono>
#include <optional>

#include <malloc.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "action/deliver_notices.h"
#include "action/external_sign_in.h"
#include "action/search_entries.h"
#include "action/sign_log.h"
#include "action/tick.h"
#include "app/repeated_work.h"
#include "http/events.h"
#include "http/server.h"

namespace fazhi::app {
namespace {

constexpr std::chrono::milliseconds kFollowed{400};
constexpr std::chrono::milliseconds kEventsLookedAt{500};
constexpr std::chrono::minutes kDayLookedAt{1};
constexpr std::chrono::seconds kMemoryGivenBack{5};

// Once a day, and when the server starts.
void sign_daily(action::Workplace& workplace, const action::LogGoesTo& to,
                std::optional<calendar::Date>& signed_on) {
    const calendar::Date today = calendar::civil_date(workplace.clock.now());
    if (signed_on == today) return;
    const auto log = action::sign_server_log(workplace);
    if (!log) return;  // No journal has a record yet.
    const auto delivered = action::deliver_log(workplace, *log, to);
    if (!delivered) spdlog::error("server log: {}", delivered.error().code);
    if (delivered) signed_on = today;
}

}  // namespace

Result<void> serve(action::Workplace& workplace, const cli::Defaults& defaults) {
    // Standard output belongs to the command.
    spdlog::set_default_logger(spdlog::stderr_logger_mt("fazhi"));
    spdlog::set_level(spdlog::level::from_str(defaults.log_level));
    const RepeatedWork following("search", kFollowed, [&](const std::stop_token& stop) {
        action::catch_up_all(workplace, [&stop] { return stop.stop_requested(); });
    });
    TRY(const action::LogGoesTo log_to, cli::log_goes_to(defaults));
    std::optional<calendar::Date> signed_on;
    const RepeatedWork signing("server log", kDayLookedAt, [&](const std::stop_token&) {
        sign_daily(workplace, log_to, signed_on);
    });
    const RepeatedWork ticking("tick", kDayLookedAt, [&](const std::stop_token& stop) {
        const auto done = action::tick_all(workplace, [&stop] { return stop.stop_requested(); });
        if (!done) spdlog::error("tick: {}", done.error().code);
    });
    TRY(const courier::Channels channels, courier::channels_of(defaults.channels));
    const RepeatedWork delivering("notices", kDayLookedAt, [&](const std::stop_token& stop) {
        const auto done =
            action::deliver_notices(workplace, channels, [&stop] { return stop.stop_requested(); });
        if (!done) spdlog::error("notices: {}", done.error().code);
        if (done && done->put_off + done->given_up > 0)
            spdlog::warn("notices: {} not sent, {} given up", done->put_off, done->given_up);
    });
    http::EventHub events(workplace);
    const RepeatedWork telling("events", kEventsLookedAt,
                               [&](const std::stop_token&) { events.look(); });
    // What a large answer or the tick needed lies free among what is kept, and would stay.
    const RepeatedWork giving_back("memory", kMemoryGivenBack,
                                   [](const std::stop_token&) { malloc_trim(0); });
    http::Rates rates;
    if (!defaults.account_rate.empty()) {
        TRY(rates.account, http::parse_rate(defaults.account_rate));
    }
    if (!defaults.address_rate.empty()) {
        TRY(rates.address, http::parse_rate(defaults.address_rate));
    }
    TRY(const auto external, action::ExternalSignIn::of(defaults.external));
    return http::serve(workplace, {.listen = defaults.listen,
                                   .events = &events,
                                   .web = defaults.web,
                                   .rates = rates,
                                   .external = external.get()});
}

}  // namespace fazhi::app
