#include "http/api.h"
#include "http/errors.h"
#include "http/events.h"
#include "http/meter.h"
#include "http/openapi.h"
#include "journal/record.h"

namespace fazhi::http {
namespace {

Response plain(std::string text) {
    return Response{.status = 200,
                    .content_type = "text/plain; charset=utf-8",
                    .headers = {},
                    .body = std::move(text)};
}

bool is_this_machine(const std::string& address) {
    return address.empty() || address == "127.0.0.1" || address == "::1";
}

}  // namespace

Result<Response> read_events(Call& call) {
    TRY_OK(listening_of(call.workplace, call.request, call.id));
    Response out{.content_type = "text/event-stream", .headers = {}, .body = {}};
    out.body = kEventsBegin;
    return out;
}

Result<Response> read_description(Call& call) {
    return answer_with(description(*call.workplace.tables));
}

Result<Response> read_health(Call&) {
    return plain("ok\n");
}

// The database answers.
Result<Response> read_readiness(Call& call) {
    call.reading().query("SELECT 1", {}, [](const storage::Row&) {});
    return plain("ready\n");
}

// Numbers of an office are nobody's business outside.
Result<Response> read_metrics(Call& call) {
    if (!is_this_machine(call.request.address)) return not_there();
    Response out = plain(meter().text());
    out.content_type = "text/plain; version=0.0.4; charset=utf-8";
    return out;
}

}  // namespace fazhi::http
