// Text in a picture of it (文字识别), by the program tesseract where it is installed with its data
// for Chinese (Debian: tesseract-ocr, tesseract-ocr-chi-sim).
//
// The program is started for each picture, reads it from its standard input and sees no file of
// ours. One thread at a time.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "review/read_pages.h"

namespace fazhi::review {

// Whether the program and its data are there.
bool ocr_is_there();
// What to say where they are not.
Error no_ocr();

struct OcrResult {
    std::vector<PageWord> words;        // in pixels
    int confidence = 0;                 // 0-100, of all words, by their length
    std::vector<std::string> doubtful;  // words below kConfidenceMin
};
inline constexpr int kConfidenceMin = 60;

// Of a picture in any format that tesseract takes (PNG, JPEG, TIFF, PNM). Refuses kNoOcr,
// kNotWhole.
Result<OcrResult> ocr(std::string_view picture);

// What a notice says of a page read so.
SourceNotice ocr_notice(std::uint32_t page, const OcrResult& result);

// A file that is one picture. Refuses as ocr, and kNoText.
Result<SourceText> read_picture(std::string_view bytes);

}  // namespace fazhi::review
