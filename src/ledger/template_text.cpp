#include "ledger/template_text.h"

namespace fazhi::ledger {

std::string fill_template(std::string_view pattern,
                          const std::function<std::string(const std::string&)>& resolve) {
    std::string out;
    while (!pattern.empty()) {
        const size_t open = pattern.find('{');
        const size_t close = open == std::string_view::npos ? open : pattern.find('}', open);
        if (close == std::string_view::npos) break;
        out += pattern.substr(0, open);
        out += resolve(std::string(pattern.substr(open + 1, close - open - 1)));
        pattern.remove_prefix(close + 1);
    }
    return out + std::string(pattern);
}

}  // namespace fazhi::ledger
