#include "storage/failure.h"

namespace fazhi::storage {

std::string message_for(const Failure& failure) {
    switch (failure.kind()) {
        case FailureKind::DiskFull:
            return "磁盘空间不足，本次操作没有保存，请腾出空间后重试。";
        case FailureKind::Locked:
            return "数据库正被其他程序占用，本次操作没有保存，请稍后重试。";
        case FailureKind::ConnectionLost:
            return "与数据库的连接中断，无法确认本次操作是否保存，请稍后查看后再重试。";
        case FailureKind::ReadOnly:
            return "数据库只能读取、不能写入，请检查文件或账号的权限。";
        case FailureKind::Corrupt:
            return "数据库文件已损坏，请停止使用并从备份恢复。";
        case FailureKind::Conflict:
            return "别人刚刚改动了同一内容，本次操作没有保存，请刷新后重做。";
        case FailureKind::Other:
            return "数据库出错，本次操作没有保存，请联系管理员。";
    }
    return {};
}

}  // namespace fazhi::storage
