#include <fmt/format.h>

#include "access/access_log.h"
#include "access/permission.h"
#include "action/accounts.h"
#include "action/issue_form.h"
#include "definition/definition_set.h"
#include "http/api.h"
#include "http/entry_json.h"
#include "http/uploads.h"
#include "ledger/evidence_files.h"

namespace fazhi::http {
namespace {

using ledger::Entry;

constexpr const char* kDocx =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

// "notice", "notice.pdf"
struct WantedForm {
    std::string form;
    bool docx = false;
};
WantedForm wanted_form(const std::string& part) {
    if (part.ends_with(".docx")) return {part.substr(0, part.size() - 5), true};
    if (part.ends_with(".pdf")) return {part.substr(0, part.size() - 4), false};
    return {part, false};
}

// A form states what is private: reading it is a look at it.
access::AccessLine form_line(const Call& call, const std::string& ledger, EntryId id,
                             const std::string& form) {
    return {.jurisdiction = call.known_office()->directory.jurisdiction.id,
            .at = {},
            .person = call.actor.person,
            .person_jurisdiction = call.actor.jurisdiction,
            .what = std::string(access::accesses::kReveal),
            .ledger = ledger,
            .entry = id,
            .reason = fmt::format("文书：{}", form),
            .address = call.request.address};
}

}  // namespace

Result<Response> add_evidence(Call& call) {
    TRY(const definition::Ledger* ledger, call.ledger());
    TRY(const EntryId id, call.entry_id());
    const std::string name = ledger->id;
    ledger::NewEvidence paper{.kind = call.request.asked("kind"),
                              .name = call.request.asked("name"),
                              .bytes = {},
                              .happened_on = call.request.asked("happened_on")};
    const std::string upload = call.request.asked("upload");
    // Refused within the change: the same request again is answered as before, though the parts are
    // gone by then.
    Result<void> taken;
    if (upload.empty()) {
        paper.bytes = call.request.body;
    } else {
        taken = take_upload(call, upload, paper);
    }
    TRY(const Value made, call.change([&](const action::Task& task) -> Result<Value> {
        TRY_OK(taken);
        TRY(const ledger::EvidenceUse use, action::attach_evidence(task, name, id, paper));
        return evidence_json(*task.context.definitions.ledger(name), use);
    }));
    if (!upload.empty()) drop_upload(call, upload);
    return answer_with(made, 201);
}

Result<Response> read_evidence(Call& call) {
    TRY(const definition::Ledger* ledger, call.ledger());
    TRY(const ledger::Context context, call.context());
    TRY(const EntryId id, call.entry_id());
    const auto entry = call.workplace.ledgers.find(call.reading(), context, ledger->id, id,
                                                   ledger::Ledgers::Private::Masked);
    if (!entry ||
        !access::may(
            context.directory, context.definitions, call.actor, access::Ability::View,
            {.ledger = ledger->id, .unit = entry->head.unit, .handler = entry->head.handler}))
        return not_there();
    const std::string& wanted = call.parts.at("digest");
    for (const auto& use : call.workplace.ledgers.evidence(
             call.reading(), context.directory.jurisdiction.id, ledger->id, id)) {
        if (use.digest.hex() != wanted) continue;
        auto bytes = call.workplace.ledgers.evidence_bytes(use.digest);
        if (!bytes) return not_there();
        Response out = file_response(use.media_type, use.name, *std::move(bytes));
        // A digest never means anything else.
        out.headers.emplace_back("Cache-Control", "private, max-age=3600, immutable");
        return out;
    }
    return not_there();
}

Result<Response> preview_form(Call& call) {
    TRY(const definition::Ledger* ledger, call.ledger());
    TRY(const ledger::Context context, call.context());
    TRY(const EntryId id, call.entry_id());
    TRY(const Entry entry, call.workplace.ledgers.find(call.reading(), context, ledger->id, id,
                                                       ledger::Ledgers::Private::Masked));
    TRY_OK(access::require(
        context.directory, context.definitions, call.actor, access::Ability::Record,
        {.ledger = ledger->id, .unit = entry.head.unit, .handler = entry.head.handler}));
    const WantedForm wanted = wanted_form(call.parts.at("form"));
    TRY(const action::IssuedForm form,
        action::preview_form(call.workplace, call.reading(), context, wanted.form, id));
    call.end_reading();
    TRY_OK(action::record_access(call.workplace, form_line(call, ledger->id, id, form.title)));
    // An office's own file is not laid out here: it is what Word opens.
    if (wanted.docx || form.pdf.empty())
        return file_response(kDocx, form.title + ".docx", form.docx);
    return file_response("application/pdf", form.title + ".pdf", form.pdf);
}

Result<Response> issue_form(Call& call) {
    TRY(const EntryId id, call.entry_id());
    const std::string form = wanted_form(call.parts.at("form")).form;
    TRY(const definition::Ledger* ledger, call.ledger());
    const std::string name = ledger->id;
    TRY(const Value made, call.change([&](const action::Task& task) -> Result<Value> {
        TRY(const action::IssuedForm issued, action::issue_form(task, form, id));
        action::log_access(task.workplace, task.transaction,
                           form_line(call, name, id, issued.title));
        return Value(Value::Map{{"id", issued.entry.value},
                                {"ledger", "issued_document"},
                                {"number", issued.number},
                                {"revision", 1}});
    }));
    return answer_with(made, 201);
}

}  // namespace fazhi::http
