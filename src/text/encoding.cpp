#include "text/encoding.h"

#include <memory>
#include <stdexcept>

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

namespace fazhi::text {

std::optional<std::string> from_gb18030(std::string_view bytes) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(
        ucnv_open("gb18030", &status), ucnv_close);
    if (U_FAILURE(status)) throw std::runtime_error("ICU has no GB18030");
    ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr,
                        &status);
    icu::UnicodeString text;
    const auto room = static_cast<int32_t>(bytes.size()) + 1;  // Never more units than bytes.
    char16_t* buffer = text.getBuffer(room);
    const int32_t length = ucnv_toUChars(converter.get(), buffer, room, bytes.data(),
                                         static_cast<int32_t>(bytes.size()), &status);
    text.releaseBuffer(U_SUCCESS(status) ? length : 0);
    if (U_FAILURE(status)) return std::nullopt;
    std::string out;
    return text.toUTF8String(out);
}

}  // namespace fazhi::text
