// Official forms (文书): filled from an entry, numbered, made as DOCX and PDF (an office's own
// file as DOCX only), kept as an entry of
// the ledger `issued_document` linked with what it is about.
//
// A form is not made while a field the law demands is empty, nor in a state it is not for; all that
// is missing is said at once, each with its article.
#pragma once

#include <string>

#include "action/entry_commands.h"
#include "document/block.h"

namespace fazhi::action {

struct IssuedForm {
    std::string title;
    std::string number;  // "": the form has none
    EntryId entry;       // of issued_document; none: a preview
    document::Document document;
    std::string docx;
    std::string pdf;  // "": made of an office's own file, which is not laid out here
};

// As it would be, without a number. Refuses kNoSuchForm, kFormNotNow, kFormNeeds, what find
// refuses, and what fill_docx refuses of a file that did not pass check_templates
// (form_templates.h).
Result<IssuedForm> preview_form(Workplace&, storage::Connection&, const ledger::Context&,
                                const std::string& form, EntryId);
// The same, numbered and kept. Whoever may record or move the entry may. Cost: the forms of this
// kind of the year are looked through for the serial.
Result<IssuedForm> issue_form(const Task&, const std::string& form, EntryId);

}  // namespace fazhi::action
