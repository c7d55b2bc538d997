// What lies on the asker's desk as the API's bodies show it.
#pragma once

#include "base/value.h"
#include "http/call.h"

namespace fazhi::http {

Value drafts_json(Call&);

}  // namespace fazhi::http
