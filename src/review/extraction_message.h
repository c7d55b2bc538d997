// What passes between the process that asks for a file's text and the child that reads it.
//
// Both ways frames: the length as four bytes, most significant first, then as many bytes.
//   asked:    {"cpu_seconds":60,"memory_bytes":1500000000,"name":"报告.pdf"}, a second frame with
//             the file's bytes
//   answered: {"blocks":[{"kind":"table_cell","level":0,"place":"1 2 3","runs":"0 1 1 0 12 1 2 0",
//             "text":"…"}],"format":"pdf","notices":[{"code":"ocr","message":"…","spot":"1 1 0"}],
//             "pages":4}
//        or   {"refusal":{"code":"review.locked","kind":1,"message":"…"}}
// in canonical JSON (journal/record.h). `runs` are begin, page, line, offset of each run.
//
// The child reads hostile files: what it answers is checked as a stranger's. Pure; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "review/source_text.h"

namespace fazhi::review {

// How much one file may ask for.
struct ExtractionLimits {
    std::int64_t cpu_seconds = 0;
    std::int64_t memory_bytes = 0;
};

struct ExtractionRequest {
    std::string name;
    ExtractionLimits limits;
};

std::string encoded(const ExtractionRequest& request);
// Refuses kReaderFailed.
Result<ExtractionRequest> decoded_request(std::string_view json);

std::string encoded(const Result<SourceText>& answer);
// The answer. Refuses what the child refused; kReaderFailed where the answer is none, or breaks a
// promise of source_text.h.
Result<SourceText> decoded_answer(std::string_view json);

}  // namespace fazhi::review
