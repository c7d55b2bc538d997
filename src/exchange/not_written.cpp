#include "exchange/not_written.h"

#include <fmt/format.h>

#include "exchange/errors.h"

namespace fazhi::exchange {

Refusal not_written(const std::filesystem::path& path) {
    return refuse(ErrorKind::Unavailable, errors::kNotWritten,
                  fmt::format("写不了文件 {}：请看文件夹是否存在、能否写入、磁盘是否已满，"
                              "或文件是否正被打开。",
                              path.string()),
                  "file");
}

}  // namespace fazhi::exchange
