#include "review/testing/read_text.h"

#include "review/read_plain_text.h"

namespace fazhi::review::testing {

SourceText read_text(std::string_view utf8) {
    auto read = read_plain_text(utf8);
    return read ? *std::move(read) : SourceText{.format = "text", .blocks = {}, .notices = {}};
}

}  // namespace fazhi::review::testing
