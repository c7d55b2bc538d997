#include <fmt/format.h>

#include "action/backup.h"
#include "action/restore_backup.h"
#include "cli/errors.h"
#include "cli/session.h"

namespace fazhi::cli {
namespace {

Value journals_value(const action::Manifest& manifest) {
    Value::List out;
    for (const action::BackupJournal& each : manifest.journals) {
        out.emplace_back(
            Value::Map{{"code", each.code}, {"root", each.root.hex()}, {"size", each.size}});
    }
    return out;
}

std::int64_t records_in(const action::Manifest& manifest) {
    std::int64_t out = 0;
    for (const action::BackupJournal& each : manifest.journals) out += each.size;
    return out;
}

Value manifest_value(const action::Manifest& manifest) {
    return Value::Map{{"at", manifest.at},
                      {"files", static_cast<std::int64_t>(manifest.files.size())},
                      {"journals", journals_value(manifest)},
                      {"keys", manifest.with_keys},
                      {"program", manifest.program},
                      {"schema", manifest.schema}};
}

Result<std::string> folder_of(const Options& options) {
    if (options.words.size() == 1) return options.words.front();
    return refuse(ErrorKind::InvalidInput, errors::kBadOption, "请只写一个备份文件夹。", "folder");
}

Value::List list_of(const std::vector<std::string>& texts) {
    return {texts.begin(), texts.end()};
}

void print_keys_note(bool with_keys, const std::string& keys) {
    if (with_keys) {
        print_note(
            "备份里有密钥：谁拿到它，谁就能读密封的姓名、证件号和文字；请加密存放，专人保管。");
        return;
    }
    print_note(fmt::format(
        "备份里没有密钥（{}）：没有密钥，密封的姓名、证件号和文字谁也读不出来，也不能恢复使用。"
        "请把密钥抄到另一处专人保管，不要和备份放在一起；密钥不变，抄一次即可。",
        keys));
    print_note("佐证材料在备份里是原样的文件，存放备份的地方也要限制知悉。");
}

int print_backed_up(const Session& session, const std::string& folder,
                    const action::BackedUp& done) {
    const action::Manifest& manifest = done.manifest;
    if (session.options.json) {
        Value out = manifest_value(manifest);
        out.set("bytes", done.bytes);
        out.set("damaged", list_of(done.damaged));
        out.set("missing", list_of(done.missing));
        print_json(out);
    } else {
        print_line(fmt::format("已备份到 {}：流水{}本{}条，文件{}个，{}字节。", folder,
                               manifest.journals.size(), records_in(manifest),
                               manifest.files.size(), done.bytes));
        print_keys_note(manifest.with_keys, (session.data_folder() / "keys").string());
        for (const std::string& each : done.missing)
            print_note(fmt::format("缺材料：台账引用的佐证材料 {} 不在数据文件夹里。", each));
        for (const std::string& each : done.damaged)
            print_note(fmt::format("材料已损坏：佐证材料 {} 与登记的摘要不符。", each));
    }
    return done.missing.empty() && done.damaged.empty() ? 0 : 1;
}

Result<int> check_command(Session& session, const std::string& folder) {
    TRY(const action::Manifest manifest, action::check_backup(folder));
    if (session.options.json) {
        print_json(manifest_value(manifest));
        return 0;
    }
    print_line(fmt::format("备份完好：{}做成，流水{}本{}条，文件{}个，{}密钥。", manifest.at,
                           manifest.journals.size(), records_in(manifest), manifest.files.size(),
                           manifest.with_keys ? "带" : "没有带"));
    return 0;
}

void print_findings(const action::Restored& restored) {
    for (const action::RestoredJournal& each : restored.journals) {
        for (const journal::Finding& finding : each.verified.findings)
            print_note(fmt::format("{}：{}", each.code, finding.message));
        print_line(each.verified.findings.empty()
                       ? fmt::format("{}：一致，流水{}条，各表{}行，签名{}份。", each.code,
                                     each.verified.records, each.verified.rows,
                                     each.verified.checkpoints)
                       : fmt::format("{}：不一致，发现{}处，见上。", each.code,
                                     each.verified.findings.size()));
    }
    for (const journal::Finding& finding : restored.server_log)
        print_note(fmt::format("服务器日志：{}", finding.message));
}

Value restored_value(const action::Restored& restored) {
    Value::List journals;
    for (const action::RestoredJournal& each : restored.journals) {
        Value::List findings;
        for (const journal::Finding& finding : each.verified.findings)
            findings.emplace_back(finding.message);
        journals.emplace_back(Value::Map{{"code", each.code},
                                         {"findings", std::move(findings)},
                                         {"records", each.verified.records},
                                         {"rows", each.verified.rows}});
    }
    return Value::Map{{"backup", manifest_value(restored.manifest)},
                      {"destroyed_again", static_cast<std::int64_t>(restored.destroyed_again)},
                      {"journals", std::move(journals)},
                      {"sound", restored.is_sound()},
                      {"upgraded", restored.is_upgraded}};
}

}  // namespace

Result<int> backup_command(Session& session) {
    TRY(const std::string folder, folder_of(session.options));
    if (session.options.check_only) return check_command(session, folder);
    TRY(action::Workplace * workplace, session.workplace());
    TRY(const action::BackedUp done,
        action::back_up(
            *workplace, folder,
            session.options.with_keys ? action::BackupKeys::Included : action::BackupKeys::Left));
    return print_backed_up(session, folder, done);
}

Result<int> restore_command(Session& session) {
    TRY(const std::string folder, folder_of(session.options));
    TRY_OK(session.require_places());
    const Options& options = session.options;
    const journal::Progress progress = [&](std::int64_t done, std::int64_t of) {
        print_progress(options, "核对", static_cast<std::size_t>(done),
                       static_cast<std::size_t>(of));
    };
    TRY(const action::Restored restored, action::restore_backup({.folder = folder,
                                                                 .url = options.defaults.database,
                                                                 .data = session.data_folder(),
                                                                 .keys = options.keys,
                                                                 .destroyed = options.destroyed},
                                                                session.clock, progress));
    if (options.json) {
        print_json(restored_value(restored));
        return restored.is_sound() ? 0 : 1;
    }
    print_findings(restored);
    if (restored.is_upgraded) print_line("备份是较早版本的程序做成的，数据库已经升级。");
    if (restored.destroyed_again > 0)
        print_line(fmt::format("再次删除{}条。", restored.destroyed_again));
    print_line(restored.is_sound()
                   ? fmt::format("已恢复{}的备份，全部一致，可以启用。", restored.manifest.at)
                   : "恢复出来的与流水不一致，见上：先不要启用，换一份备份。");
    return restored.is_sound() ? 0 : 1;
}

}  // namespace fazhi::cli
