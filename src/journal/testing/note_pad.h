// The smallest projection: notes that are written, corrected and struck, with a sealed text, in the
// tables note_pad and note_pad_word.
#pragma once

#include <cstdint>
#include <string>

#include "journal/journal.h"
#include "journal/projection.h"

namespace fazhi::journal::testing {

class NotePad final : public Projection {
public:
    explicit NotePad(const Journal& journal) : journal_(journal) {}

    // Journals and applies, as a room does. Answers the note's id.
    std::int64_t write(storage::Transaction&, JurisdictionId, const std::string& title,
                       const std::string& secret);
    Result<void> correct(storage::Transaction&, JurisdictionId, std::int64_t id,
                         const std::string& title, const std::string& secret);

    [[nodiscard]] std::vector<ProjectedTable> tables() const override;
    [[nodiscard]] bool knows(std::string_view action) const override;
    // Refuses kImpossibleRecord where a note is corrected that was never written.
    Result<void> apply(storage::Transaction&, JurisdictionId, const Record&) override;
    void prepare(storage::Connection&) override;

private:
    const Journal& journal_;
};

}  // namespace fazhi::journal::testing
