#include "journal/findings.h"

#include <utility>

#include <fmt/format.h>

namespace fazhi::journal {

void Findings::add(Finding finding) {
    if (kept_.size() < kFindingsMax) {
        kept_.push_back(std::move(finding));
    } else {
        ++beyond_;
    }
}

std::vector<Finding> Findings::listed() const {
    auto listed = kept_;
    if (beyond_ == 0) return listed;
    Finding more;
    more.kind = "more";
    more.message = fmt::format("另有{}处不一致没有列出。", beyond_ + 1);
    listed.back() = std::move(more);
    return listed;
}

}  // namespace fazhi::journal
