#include "ledger/entry.h"

#include <array>
#include <utility>

namespace fazhi::ledger {
namespace {

struct StatusName {
    RunStatus status;
    std::string_view name;
    std::string_view chinese;
};

constexpr std::array<StatusName, 7> kStatuses = {{
    {RunStatus::Running, "running", "进行中"},
    {RunStatus::Paused, "paused", "暂停"},
    {RunStatus::Stopped, "stopped", "已完成"},
    {RunStatus::Superseded, "superseded", "已重新起算"},
    {RunStatus::Moot, "moot", "不再适用"},
    {RunStatus::WaitingCalendar, "waiting_calendar", "等待放假安排"},
    {RunStatus::Undetermined, "undetermined", "期限未定"},
}};

}  // namespace

std::string_view to_text(RunStatus status) {
    for (const StatusName& each : kStatuses) {
        if (each.status == status) return each.name;
    }
    return {};
}

std::optional<RunStatus> run_status_from(std::string_view text) {
    for (const StatusName& each : kStatuses) {
        if (each.name == text) return each.status;
    }
    return std::nullopt;
}

std::string_view chinese_text(RunStatus status) {
    for (const StatusName& each : kStatuses) {
        if (each.status == status) return each.chinese;
    }
    return {};
}

}  // namespace fazhi::ledger
