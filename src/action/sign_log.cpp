#include "action/sign_log.h"

#include <fstream>

#include <fmt/format.h>

#include "action/errors.h"
#include "storage/transaction.h"

namespace fazhi::action {
namespace {

bool write_whole(const std::filesystem::path& path, const std::string& text) {
    const std::filesystem::path partial = path.string() + ".partial";
    std::ofstream out(partial, std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    std::error_code error;
    if (out) std::filesystem::rename(partial, path, error);
    return out && !error;
}

std::string stem_of(const journal::SignedLog& log) {
    return fmt::format("fazhi-server-{}", log.size);
}

Result<void> mail_log(const Workplace& workplace, const journal::SignedLog& log,
                      const LogGoesTo& to, const std::string& leaves) {
    if (!to.server)
        return refuse(ErrorKind::InvalidInput, errors::kNotDelivered,
                      "配置文件里还没有 mail_server");
    const std::string stem = stem_of(log);
    return courier::send(*to.server,
                         {.to = to.mail,
                          .subject = fmt::format("【法治台账】服务器日志第{}条，校验码{}", log.size,
                                                 journal::short_code(log.root)),
                          .text = log.note,
                          .id = log.root.hex().substr(0, 32),
                          .at = workplace.clock.now(),
                          .attachments = {{stem + ".note", log.note}, {stem + ".jsonl", leaves}}});
}

}  // namespace

Result<journal::SignedLog> sign_server_log(Workplace& workplace) {
    journal::SignedLog out;
    TRY_OK(workplace.writer.run(
        JurisdictionId{}, [&](storage::Transaction& transaction) -> Result<void> {
            storage::Connection& connection = transaction.connection();
            std::vector<JurisdictionId> journals;
            for (const auto& each : access::Organisation::jurisdictions(connection)) {
                if (workplace.journal.head(connection, each.id).size > 0)
                    journals.push_back(each.id);
            }
            if (journals.empty()) {
                return refuse(ErrorKind::RefusedByRule, errors::kNothingToSign,
                              "还没有任何流水，没有可签署的。");
            }
            out = workplace.server_log.sign(transaction, journals, workplace.clock.now());
            return {};
        }));
    return out;
}

Result<void> deliver_log(const Workplace& workplace, const journal::SignedLog& log,
                         const LogGoesTo& to) {
    const std::string leaves = journal::export_text(workplace.journal.algorithm(), log);
    const std::string stem = stem_of(log);
    std::vector<Error> wrong;
    // The note last: who sees it finds what it is about.
    if (!to.folder.empty() && !(write_whole(to.folder / (stem + ".jsonl"), leaves) &&
                                write_whole(to.folder / (stem + ".note"), log.note)))
        wrong.push_back(
            {ErrorKind::Unavailable, errors::kNotDelivered,
             fmt::format("服务器日志已签署，但写不进 {}；请看文件夹是否存在、能否写入。",
                         to.folder.string()),
             "deliver_to"});
    if (!to.mail.empty()) {
        const Result<void> sent = mail_log(workplace, log, to, leaves);
        if (!sent)
            wrong.push_back({ErrorKind::Unavailable, errors::kNotDelivered,
                             fmt::format("服务器日志已签署，但邮件没有发到 {}：{}", to.mail,
                                         sent.error().message),
                             "log_mail_to"});
    }
    if (!wrong.empty()) return refuse(join_errors(std::move(wrong)));
    return {};
}

std::string log_line(const journal::SignedLog& log) {
    return fmt::format("本报告所依据的流水已列入服务器日志第{}条，校验码{}。", log.size,
                       journal::short_code(log.root));
}

}  // namespace fazhi::action
