// The text of a file that somebody hands in, read in a child process: a hostile file ends its
// reader, not us.
//
// The child is this program started again (extraction_child.h); it reads kFilesPerChild files and
// is replaced, at once where it crashed or took too long: that file is refused, the next has a new
// reader. An Extractor is used by one thread at a time; for several at once have several.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "review/extraction_channel.h"
#include "review/extraction_message.h"
#include "review/source_text.h"

namespace fazhi::review {

inline constexpr int kFilesPerChild = 50;

// How the child is started. The default is this very program with its hidden command.
struct ExtractionCommand {
    ExtractionCommand();
    ExtractionCommand(std::string the_program, std::vector<std::string> the_arguments);

    std::string program;
    std::vector<std::string> arguments;
};

struct ExtractionBounds {
    ExtractionBounds();  // of read_limits.h

    ExtractionLimits each;              // for each file, kept by the child
    std::chrono::milliseconds longest;  // until an answer; then the child is ended
};

class Extractor {
public:
    explicit Extractor(ExtractionCommand command = {}, ExtractionBounds bounds = {});
    ~Extractor();
    Extractor(const Extractor&) = delete;
    Extractor& operator=(const Extractor&) = delete;

    // `name` as it was handed in: only its ending counts. Refuses as read_source; kTooCostly where
    // time or memory ran out; kReaderFailed where the child ended otherwise or answered nonsense.
    // Throws std::system_error where no child can be started.
    Result<SourceText> extract(const std::string& name, std::string_view bytes);

    // How many children there were: what tests count.
    [[nodiscard]] int children_started() const { return children_started_; }

private:
    // What became of the child that gave no answer.
    enum class Ending { OutOfTime, OutOfMemory, Crashed };

    void start();
    Ending end(bool out_of_time);
    Refusal refused(Ending ending) const;

    ExtractionCommand command_;
    ExtractionBounds bounds_;
    Channel channel_;
    int child_ = -1;  // process id
    int files_ = 0;   // that the child was asked for
    int children_started_ = 0;
};

}  // namespace fazhi::review
