// Reading and checking reports (审查) for whoever asks: files are read by children of this program,
// kReadersMax at once; the texts read last and the reviewers of the definitions used last are kept.
//
// Nothing here outlives the process: whatever is not kept is read again. Any thread.
#pragma once

#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "review/extraction.h"
#include "review/reviewer.h"
#include "review/source_text.h"

namespace fazhi::action {

inline constexpr std::size_t kReadersMax = 2;     // children reading at once
inline constexpr std::size_t kTextsKept = 64;     // by the file's digest
inline constexpr std::size_t kReviewersKept = 4;  // by the definitions' digest

using SharedText = std::shared_ptr<const review::SourceText>;

// A reviewer, and the definitions it refers to.
struct SharedReviewer {
    std::shared_ptr<const definition::DefinitionSet> definitions;
    std::shared_ptr<const review::Reviewer> reviewer;
};

class ReviewTools {
public:
    // How children are started, where it is not this program with its hidden command: for tests,
    // before the first file.
    void read_with(review::ExtractionCommand command) { command_ = std::move(command); }

    struct File {
        std::string digest;
        std::string name;  // only its ending counts
        std::function<std::optional<std::string>()> bytes;
    };
    // Refuses kReadersBusy where kReadersMax files are being read, kFileGone, and what
    // review::Extractor::extract refuses.
    Result<SharedText> text_of(const File&);
    // Its file was destroyed.
    void forget(const std::string& digest);
    // Refuses what review::Reviewer::of refuses.
    Result<SharedReviewer> reviewer_of(std::shared_ptr<const definition::DefinitionSet>);

private:
    class Turn;
    struct KeptText {
        std::string digest;
        SharedText text;
    };

    [[nodiscard]] SharedText kept_text(const std::string& digest);
    void keep_text(const std::string& digest, SharedText);

    review::ExtractionCommand command_;
    std::mutex mutex_;  // guards all below
    std::vector<std::unique_ptr<review::Extractor>> idle_;
    std::size_t reading_ = 0;
    std::list<KeptText> texts_;  // used last first
    std::list<SharedReviewer> reviewers_;
};

}  // namespace fazhi::action
