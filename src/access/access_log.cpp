#include "access/access_log.h"

#include <array>
#include <utility>

namespace fazhi::access {

std::string chinese_access(std::string_view what) {
    using Name = std::pair<std::string_view, const char*>;
    static constexpr std::array<Name, 13> kNames = {
        Name{accesses::kReveal, "查看私密栏目"}, Name{accesses::kExport, "导出"},
        Name{accesses::kSignIn, "登录"},         Name{accesses::kSignInFailed, "登录失败"},
        Name{accesses::kSignOut, "退出"},        Name{accesses::kPassword, "改口令"},
        Name{accesses::kAccount, "账号"},        Name{accesses::kReset, "重置账号"},
        Name{accesses::kToken, "访问令牌"},      Name{accesses::kTotp, "动态码"},
        Name{accesses::kHandOver, "交接"},       Name{accesses::kAdoption, "采用定义或放假安排"},
        Name{accesses::kLog, "访问日志"}};
    for (const auto& [name, chinese] : kNames) {
        if (name == what) return chinese;
    }
    return std::string(what);
}

}  // namespace fazhi::access
