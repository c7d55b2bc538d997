// Evidence (佐证材料) as files: kept by digest in the data folder, typed by what they are and not
// by what they are called.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "base/digest.h"
#include "base/result.h"

namespace fazhi::ledger {

// The largest file. What is larger than kEvidenceBytesMax comes in parts (action/uploads.h).
inline constexpr std::size_t kEvidenceFileMax = 200'000'000;

// The media type that libmagic sees in the bytes: "image/jpeg".
std::string sniffed_type(const std::string& bytes);
// Refuses kBadEvidence: empty, over kEvidenceFileMax, a type that is not taken, or a name whose
// ending says otherwise.
Result<std::string> accepted_type(const std::string& name, const std::string& bytes);
// Writes `folder`/ab/abcd…, flushed to the disk, if it is not there; answers where. Throws
// std::runtime_error where it cannot.
std::string store_file(const std::string& folder, const Digest&, const std::string& bytes);
// What the file holds; nothing where it is not there.
std::optional<std::string> read_file(const std::string& folder, const Digest&);
// Takes the file away, if it is there. Throws std::runtime_error where it cannot.
void remove_file(const std::string& folder, const Digest&);

}  // namespace fazhi::ledger
