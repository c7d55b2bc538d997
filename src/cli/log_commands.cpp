#include <fmt/format.h>

#include "action/sign_log.h"
#include "cli/session.h"

namespace fazhi::cli {

Result<int> log_sign_command(Session& session) {
    TRY(action::Workplace * workplace, session.workplace());
    TRY(const action::LogGoesTo to, log_goes_to(session.options.defaults));
    TRY(const journal::SignedLog log, action::sign_server_log(*workplace));
    TRY_OK(action::deliver_log(*workplace, log, to));
    print_line(log.note);
    print_note(
        fmt::format("服务器日志第{}条，校验码{}。", log.size, journal::short_code(log.root)));
    return 0;
}

Result<int> log_verify_command(Session& session) {
    TRY(action::Workplace * workplace, session.workplace());
    std::string since;
    if (!session.options.since.empty()) {
        TRY(since, bytes_of_file(session.options.since, "--since"));
    }
    const auto connection = workplace->database.reading();
    const auto findings = workplace->server_log.verify(*connection, since);
    for (const journal::Finding& finding : findings) print_note(finding.message);
    if (!findings.empty()) {
        print_line(fmt::format("不一致：发现{}处，见上。", findings.size()));
        return 1;
    }
    const auto last = workplace->server_log.last(*connection);
    print_line(last ? fmt::format("一致：服务器日志{}条，校验码{}。", last->size,
                                  journal::short_code(last->root))
                    : std::string("服务器日志还没有签署过。"));
    return 0;
}

}  // namespace fazhi::cli
