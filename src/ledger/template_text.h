// Templates of definitions: "{unit.short}调〔{year}〕{serial}号", "{place}{category}纠纷". Pure;
// any thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace fazhi::ledger {

// Each {name} is replaced by what `resolve` answers; text around stays. An unclosed brace is text.
std::string fill_template(std::string_view pattern,
                          const std::function<std::string(const std::string& name)>& resolve);

}  // namespace fazhi::ledger
