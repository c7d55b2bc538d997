#include "http/meter.h"

#include <prometheus/counter.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace fazhi::http {
namespace {

const prometheus::Histogram::BucketBoundaries kSeconds = {0.001, 0.002, 0.005, 0.01, 0.02, 0.05,
                                                          0.1,   0.2,   0.5,   1,    2,    5};

}  // namespace

struct Meter::Parts {
    prometheus::Registry registry;
    prometheus::Family<prometheus::Counter>& requests = prometheus::BuildCounter()
                                                            .Name("fazhi_requests_total")
                                                            .Help("Requests answered")
                                                            .Register(registry);
    prometheus::Family<prometheus::Counter>& refused = prometheus::BuildCounter()
                                                           .Name("fazhi_requests_refused_total")
                                                           .Help("Requests not taken on")
                                                           .Register(registry);
    prometheus::Family<prometheus::Histogram>& durations = prometheus::BuildHistogram()
                                                               .Name("fazhi_request_seconds")
                                                               .Help("Time to the answer")
                                                               .Register(registry);
};

Meter::Meter() : parts_(std::make_unique<Parts>()) {}
Meter::~Meter() = default;

void Meter::count(std::string_view method, std::string_view route, int status,
                  std::chrono::nanoseconds took) {
    const std::string of(route.empty() ? "files" : route);
    parts_->requests
        .Add({{"method", std::string(method)},
              {"route", of},
              {"status", std::to_string(status / 100) + "xx"}})
        .Increment();
    parts_->durations.Add({{"route", of}}, kSeconds)
        .Observe(std::chrono::duration<double>(took).count());
}

void Meter::count_refused(std::string_view why) {
    parts_->refused.Add({{"why", std::string(why)}}).Increment();
}

std::string Meter::text() const {
    return prometheus::TextSerializer().Serialize(parts_->registry.Collect());
}

Meter& meter() {
    static Meter the_meter;
    return the_meter;
}

}  // namespace fazhi::http
