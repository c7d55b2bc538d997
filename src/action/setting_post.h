// What only the holders of one post may do, whom a setting names. Without the setting nobody may.
//
// Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "ledger/context.h"

namespace fazhi::action {

struct PostOfSetting {
    std::string setting;    // "history_post"
    std::string what;       // what is done: "历史导入"
    std::string_view code;  // of the refusal
    std::string where;
};

// The system may. Refuses with `code`, naming who may; nobody of another office may, and no token
// (access::errors::kNotByToken).
Result<void> require_post(const ledger::Context&, const PostOfSetting&);

}  // namespace fazhi::action
