// Files too large for one request (分块上传): begun with their size and SHA-256, sent in parts in
// any order, each as often as need be, and taken when all are there and the digest is right.
//
// Lie in the data folder, below uploads/, so that every process of a server finds them; outside the
// journal and replay. What was begun and not taken is forgotten after kUploadKept. Whoever did not
// begin one is told that it is not there. Any thread; a part is a file that appears whole. Throws
// std::system_error where the disk refuses.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "calendar/date.h"
#include "ledger/evidence_files.h"
#include "ledger/ledgers.h"

namespace fazhi::action {

inline constexpr std::size_t kUploadPartBytes = ledger::kEvidenceBytesMax;  // the last may be less
inline constexpr std::size_t kUploadBytesMax = ledger::kEvidenceFileMax;
inline constexpr std::size_t kUploadsOpenMax = 5;  // a person's
inline constexpr std::chrono::hours kUploadKept{24};

// Whose, and for which office.
struct UploadOwner {
    JurisdictionId office;
    JurisdictionId of;  // the person's own
    PersonId person;

    friend bool operator==(const UploadOwner&, const UploadOwner&) = default;
};

struct Upload {
    std::string id;  // 32 hex digits that nobody guesses
    std::string name;
    std::int64_t size = 0;
    std::string digest;      // SHA-256, hex
    std::string expires_at;  // instant
    std::vector<int> parts;  // that have come, from 1

    [[nodiscard]] int parts_wanted() const;
    [[nodiscard]] bool is_complete() const;
    // Of part `n`.
    [[nodiscard]] std::size_t bytes_of(int n) const;
};

struct NewUpload {
    std::string name;
    std::int64_t size = 0;
    std::string digest;
};

class Uploads {
public:
    explicit Uploads(const std::filesystem::path& data) : folder_(data / "uploads") {}

    // Refuses kBadUpload: no name, no SHA-256, a size of none or over kUploadBytesMax, more than
    // kUploadsOpenMax begun.
    Result<Upload> begin(const UploadOwner&, const NewUpload&, calendar::Instant now);
    // All refuse kNoSuchUpload.
    [[nodiscard]] Result<Upload> find(const UploadOwner&, const std::string& id,
                                      calendar::Instant now) const;
    // Refuses kBadUpload: no such part, or not of its size. A part that is there is replaced.
    Result<Upload> put_part(const UploadOwner&, const std::string& id, int n,
                            const std::string& bytes, calendar::Instant now);
    // The whole file. Refuses kUploadIncomplete, naming the parts that are missing; kBadUpload
    // where the digest is another one.
    [[nodiscard]] Result<std::string> bytes(const UploadOwner&, const std::string& id,
                                            calendar::Instant now) const;
    void remove(const UploadOwner&, const std::string& id);
    // Those that have expired; answers how many. By the tick.
    std::size_t forget(calendar::Instant now);

private:
    struct Kept {
        UploadOwner owner;
        Upload upload;
    };
    [[nodiscard]] std::filesystem::path place_of(const std::string& id) const;
    [[nodiscard]] bool read(const std::string& id, Kept& out) const;

    std::filesystem::path folder_;
};

}  // namespace fazhi::action
