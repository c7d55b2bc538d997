// Many reports reviewed at once (批量审查): read by children of this program, reviewed by threads,
// each held against the others it belongs with (kin.h) or has excerpts of (similarity.h).
//
// What is done stands in a folder of results and is not done again: the text of a file by the
// file's digest, a review by the digests of its file, of the rules and of all it was held against;
// both also by the program, for a later one may read otherwise.
//   results/KEY.text       the text, as extraction_message.h has it
//   results/KEY.json       the review, as review_json.h has it
// Memory: the shingles of all, and a few reports at a time. One call a folder at a time.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "review/extraction.h"
#include "review/reviewer.h"
#include "review/similarity.h"

namespace fazhi::review {

// The ledgers a report is held against.
struct HeldFigures {
    std::vector<RecordedFigure> recorded;
    bool own_report = false;
};

struct BatchOrder {
    std::vector<std::filesystem::path> files;
    Expected expected;  // of every file
    std::filesystem::path results;
    std::filesystem::path pages;  // folder for review_html.h; empty: none wanted
    std::filesystem::path docx;   // folder for review_docx.h; empty: none wanted
    ExtractionCommand reading;
    unsigned workers = 1;
    // Of the report's unit and year; nothing: it is held against no ledgers. Called by one thread.
    std::function<Result<std::optional<HeldFigures>>(const DocumentFacts&)> ledgers;
    // What is being done, how many are, of how many. Called by one thread at a time.
    std::function<void(const std::string& what, std::size_t done, std::size_t of)> progress;
};

struct BatchFile {
    std::filesystem::path file;
    std::optional<Error> refused;  // it could not be read: nothing below is there
    std::filesystem::path result;
    std::filesystem::path page;  // empty where none was wanted
    std::filesystem::path docx;
    bool too_many_neighbours = false;  // no district: held against no neighbours
};

struct BatchOutcome {
    std::vector<BatchFile> files;    // in the order asked
    std::vector<SimilarPair> pairs;  // of files of different units, by their order above
    std::size_t extracted = 0;       // files read anew
    std::size_t reviewed = 0;        // reviews made anew
};

// Letters that an excerpt has at least, for two reports to be a pair.
inline constexpr std::uint32_t kSimilarLettersMin = 40;

// A file that is refused does not stop the rest. Refuses what `ledgers` refuses. Throws
// std::system_error and std::filesystem::filesystem_error where results cannot be written.
Result<BatchOutcome> review_batch(const Reviewer&, const BatchOrder&);

struct FilesFound {
    std::vector<std::filesystem::path> files;        // by name
    std::vector<std::filesystem::path> passed_over;  // by their endings no reports
};
// A folder's files, those of the folders in it too, but for hidden ones; a file is itself.
FilesFound files_below(const std::filesystem::path&);

}  // namespace fazhi::review
