#include "courier/webhook.h"

#include <fmt/format.h>

#include "base/hmac.h"
#include "courier/errors.h"
#include "courier/transfer.h"

namespace fazhi::courier {

std::string signature_of(const Webhook& hook, const std::string& body) {
    return hmac_sha256(hook.secret, body).hex();
}

Result<void> post(const Webhook& hook, const std::string& body, const std::string& id) {
    TRY(const long code,
        perform(
            {.url = hook.url,
             .seconds_max = kHookSecondsMax,
             .heads = {"Content-Type: application/json; charset=utf-8", "Idempotency-Key: " + id,
                       "X-Fazhi-Signature: sha256=" + signature_of(hook, body)},
             .mail = {},
             .body = body}));
    if (code >= 200 && code < 300) return {};
    const bool later = code < 400 || code >= 500 || code == 408 || code == 429;
    return refuse(later ? ErrorKind::Unavailable : ErrorKind::RefusedByRule,
                  later ? errors::kNotSent : errors::kRejected,
                  fmt::format("对方回答{}，没有收下。", code));
}

}  // namespace fazhi::courier
