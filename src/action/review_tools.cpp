#include "action/review_tools.h"

#include <algorithm>

#include <fmt/format.h>

#include "action/errors.h"
#include "definition/definition_set.h"

namespace fazhi::action {

// One of the places to read at, until it is given back.
class ReviewTools::Turn {
public:
    explicit Turn(ReviewTools& tools) : tools_(tools) {
        const std::lock_guard lock(tools_.mutex_);
        if (tools_.reading_ == kReadersMax) return;
        if (tools_.idle_.empty()) {
            extractor_ = std::make_unique<review::Extractor>(tools_.command_);
        } else {
            extractor_ = std::move(tools_.idle_.back());
            tools_.idle_.pop_back();
        }
        ++tools_.reading_;
    }
    ~Turn() {
        if (!extractor_) return;
        const std::lock_guard lock(tools_.mutex_);
        --tools_.reading_;
        tools_.idle_.push_back(std::move(extractor_));
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

    [[nodiscard]] review::Extractor* extractor() { return extractor_.get(); }

private:
    ReviewTools& tools_;
    std::unique_ptr<review::Extractor> extractor_;
};

SharedText ReviewTools::kept_text(const std::string& digest) {
    const std::lock_guard lock(mutex_);
    const auto found = std::find_if(texts_.begin(), texts_.end(),
                                    [&](const KeptText& each) { return each.digest == digest; });
    if (found == texts_.end()) return nullptr;
    texts_.splice(texts_.begin(), texts_, found);
    return found->text;
}

void ReviewTools::keep_text(const std::string& digest, SharedText text) {
    const std::lock_guard lock(mutex_);
    texts_.push_front({digest, std::move(text)});
    if (texts_.size() > kTextsKept) texts_.pop_back();
}

void ReviewTools::forget(const std::string& digest) {
    const std::lock_guard lock(mutex_);
    texts_.remove_if([&](const KeptText& each) { return each.digest == digest; });
}

Result<SharedText> ReviewTools::text_of(const File& file) {
    if (SharedText kept = kept_text(file.digest)) return kept;
    Turn turn(*this);
    if (turn.extractor() == nullptr) {
        return refuse(ErrorKind::Unavailable, errors::kReadersBusy,
                      fmt::format("正在读的文件已有{}个，请过几秒再试。", kReadersMax), "file");
    }
    const std::optional<std::string> bytes = file.bytes();
    if (!bytes) {
        return refuse(ErrorKind::NotFound, errors::kFileGone,
                      "这份报告的文件已经销毁，不能再审查；要审查请重新送一份。", "file");
    }
    TRY(review::SourceText text, turn.extractor()->extract(file.name, *bytes));
    auto out = std::make_shared<const review::SourceText>(std::move(text));
    keep_text(file.digest, out);
    return SharedText(std::move(out));
}

Result<SharedReviewer> ReviewTools::reviewer_of(
    std::shared_ptr<const definition::DefinitionSet> definitions) {
    {
        const std::lock_guard lock(mutex_);
        for (const SharedReviewer& each : reviewers_) {
            if (each.definitions->digest() == definitions->digest()) return each;
        }
    }
    TRY(review::Reviewer made, review::Reviewer::of(*definitions));
    SharedReviewer out{std::move(definitions),
                       std::make_shared<const review::Reviewer>(std::move(made))};
    const std::lock_guard lock(mutex_);
    reviewers_.push_front(out);
    if (reviewers_.size() > kReviewersKept) reviewers_.pop_back();
    return out;
}

}  // namespace fazhi::action
