#include <algorithm>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "action/issue_form.h"
#include "action/spot_check.h"
#include "cli/errors.h"
#include "cli/session.h"
#include "storage/transaction.h"

namespace fazhi::cli {
namespace {

namespace fs = std::filesystem;

Result<void> write_bytes(const fs::path& file, const std::string& bytes) {
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << bytes;
    if (out.flush()) return {};
    return refuse(ErrorKind::Unavailable, errors::kBadOption,
                  fmt::format("“{}”写不进去，请检查文件夹和磁盘。", file.string()), "--out");
}

// Made where it is missing, and something can be written there.
Result<void> check_folder(const std::string& folder) {
    std::error_code failed;
    fs::create_directories(folder, failed);
    const fs::path trial = fs::path(folder) / ".fazhi-form";
    TRY_OK(write_bytes(trial, "\n"));
    fs::remove(trial, failed);
    return {};
}

// The DOCX, and the PDF where there is one; answers their paths.
Result<std::vector<std::string>> write_files(const fs::path& base, const action::IssuedForm& form) {
    std::vector<std::string> out{base.string() + ".docx"};
    TRY_OK(write_bytes(out.front(), form.docx));
    if (form.pdf.empty()) return out;
    out.push_back(base.string() + ".pdf");
    TRY_OK(write_bytes(out.back(), form.pdf));
    return out;
}

}  // namespace

Result<int> form_issue_command(Session& session) {
    const Options& options = session.options;
    TRY_OK(require_person(options));
    TRY(action::Workplace * workplace, session.workplace());
    TRY(const access::Jurisdiction jurisdiction,
        access::Organisation::jurisdiction(*workplace->database.reading(), options.jurisdiction));
    const std::string name = options.words.empty() ? "" : options.words.front();
    TRY_OK(check_folder(options.out));  // Before a number is given.
    action::IssuedForm form;
    if (options.check_only) {
        const auto connection = workplace->database.reading();
        TRY(const action::Office office,
            action::open_office(*workplace, *connection, jurisdiction.id));
        TRY(const access::Actor actor, action::actor_in(*connection, office, options.as));
        TRY(form, action::preview_form(*workplace, *connection,
                                       action::context_of(office, actor, session.clock.now()), name,
                                       EntryId{options.entry}));
    } else {
        TRY_OK(workplace->writer.run(
            jurisdiction.id, [&](storage::Transaction& transaction) -> Result<void> {
                TRY(const action::Office office,
                    action::open_office(*workplace, transaction, jurisdiction.id));
                TRY(const access::Actor actor,
                    action::actor_in(transaction.connection(), office, options.as));
                ledger::Context context = action::context_of(office, actor, session.clock.now());
                TRY(form, action::issue_form({*workplace, transaction, context}, name,
                                             EntryId{options.entry}));
                return {};
            }));
    }
    const fs::path base = fs::path(options.out) / fmt::format("{}{}", form.title, form.number);
    TRY(const auto files, write_files(base, form));
    if (options.json) {
        Value::List written;
        for (const std::string& file : files) written.emplace_back(file);
        print_json(Value::Map{{"entry", form.entry.value},
                              {"files", std::move(written)},
                              {"number", form.number},
                              {"title", form.title}});
        return 0;
    }
    print_line(fmt::format("《{}》{}：{}", form.title,
                           form.number.empty() ? "（预览）" : form.number, fmt::join(files, "、")));
    if (form.pdf.empty()) {
        print_note(
            "这种文书用的是自备模板，只做 DOCX；要 PDF，请在文字处理软件里打开后“导出为 PDF”。");
    }
    return 0;
}

Result<int> spot_check_command(Session& session) {
    const Options& options = session.options;
    TRY_OK(require_person(options));
    TRY(action::Workplace * workplace, session.workplace());
    TRY(const access::Jurisdiction jurisdiction,
        access::Organisation::jurisdiction(*workplace->database.reading(), options.jurisdiction));
    action::SpotCheck check;
    TRY_OK(workplace->writer.run(
        jurisdiction.id, [&](storage::Transaction& transaction) -> Result<void> {
            TRY(const action::Office office,
                action::open_office(*workplace, transaction, jurisdiction.id));
            TRY(const access::Actor actor,
                action::actor_in(transaction.connection(), office, options.as));
            ledger::Context context = action::context_of(office, actor, session.clock.now());
            TRY(check, action::spot_check(
                           {*workplace, transaction, context},
                           {.ledger = options.ledger,
                            .where = options.where,
                            .count = static_cast<std::size_t>(std::max(0, options.count))}));
            return {};
        }));
    Value::List drawn;
    for (const EntryId id : check.drawn) drawn.emplace_back(id.value);
    if (options.json) {
        print_json(Value::Map{{"drawn", std::move(drawn)},
                              {"entry", check.entry.value},
                              {"population", static_cast<std::int64_t>(check.population)},
                              {"root", check.root}});
        return 0;
    }
    for (const EntryId id : check.drawn) print_line(fmt::format("第{}条", id.value));
    print_line(fmt::format("从{}条里抽出{}条，流水根值 {}，记为第{}条。", check.population,
                           check.drawn.size(), check.root, check.entry.value));
    return 0;
}

Result<int> form_list_command(Session& session) {
    TRY(action::Workplace * workplace, session.workplace());
    const auto connection = workplace->database.reading();
    TRY(const action::Office office,
        action::open_office(*workplace, *connection, session.options.jurisdiction));
    Value::List list;
    for (const definition::DocumentForm& form : office.definitions->documents()) {
        const definition::Ledger* ledger = office.definitions->ledger(form.ledger);
        if (session.options.json) {
            list.push_back(
                Value::Map{{"form", form.id}, {"ledger", form.ledger}, {"title", form.title}});
        } else {
            print_line(fmt::format("{}\t{}\t{}", form.id, form.title,
                                   ledger == nullptr ? form.ledger : ledger->title));
        }
    }
    if (session.options.json) print_json(Value::Map{{"forms", std::move(list)}});
    return 0;
}

}  // namespace fazhi::cli
