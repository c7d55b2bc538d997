#include "definition/form_reader.h"

#include <algorithm>

#include <fmt/format.h>

#include "definition/basis_reader.h"
#include "definition/condition_reader.h"
#include "definition/names.h"
#include "definition/reference.h"
#include "definition/template.h"

namespace fazhi::definition {
namespace {

const std::vector<std::string> kWords = {"year",
                                         "serial",
                                         "unit.short",
                                         "unit.name",
                                         "jurisdiction.name",
                                         "jurisdiction.full_name",
                                         "jurisdiction.short",
                                         "jurisdiction.document_code",
                                         "number"};

// Its {placeholders} are fields of the ledger, or columns of the list it goes through.
Sentence read_form_text(const Cursor& text, const Ledger& ledger, const Field* list) {
    if (!text.present()) return {};
    auto parsed = parse_sentence(text.text());
    if (!parsed) {
        text.error(parsed.error().message);
        return {};
    }
    for (const Placeholder& placeholder : placeholders_of(*parsed)) {
        const std::string& name = placeholder.name;
        const bool column = list != nullptr && list->column(name) != nullptr;
        const bool word = std::find(kWords.begin(), kWords.end(), name) != kWords.end();
        if (column || word || ledger.field(name) != nullptr) continue;
        std::vector<std::string> known = kWords;
        for (const Field& field : ledger.fields) known.push_back(field.id);
        text.error(fmt::format("没有“{{{}}}”{}", name, suggestion(name, known)));
    }
    return *std::move(parsed);
}

void read_form(const Cursor& cursor, const Ledger& ledger, const DefinitionSet& set,
               DocumentForm& form) {
    form.in_states = existing_states(cursor.at("in_states"), ledger);
    form.number = cursor.text_at("number");
    read_form_text(cursor.at("number"), ledger, nullptr);
    for (const Cursor::Member& need : cursor.at("needs").members()) {
        if (ledger.field(need.key) == nullptr)
            need.value.error(fmt::format("{}没有“{}”这一项", ledger.title, need.key));
        form.needs.push_back({need.key, read_basis(need.value.at("basis"), set)});
    }
    for (const Cursor& block : cursor.at("body").items()) {
        FormBlock out{.heading = block.text_at("heading"), .each = block.text_at("each")};
        const Field* list = block.has("each") ? existing_field(block.at("each"), ledger) : nullptr;
        out.text = read_form_text(block.at("text"), ledger, list);
        out.when = read_condition(block.at("when"), {.set = set, .ledger = &ledger});
        form.body.push_back(std::move(out));
    }
    for (const Cursor& signature : cursor.at("sign").items()) {
        if (signature.has("each")) existing_field(signature.at("each"), ledger);
        if (signature.has("field")) existing_field(signature.at("field"), ledger);
        form.signatures.push_back({signature.text_at("title"), signature.text_at("each"),
                                   signature.text_at("field"), signature.text_at("seal")});
    }
    form.copies = cursor.text_at("copies");
    form.signed_as = cursor.text_at("signed_as");
    if (cursor.has("signed_as")) existing_evidence(cursor.at("signed_as"), ledger);
}

}  // namespace

void declare_form(const Cursor& cursor, const std::string& pack, std::vector<DocumentForm>& forms) {
    DocumentForm form{.id = cursor.text_at("document"),
                      .title = cursor.text_at("title"),
                      .ledger = cursor.text_at("ledger"),
                      .pack = pack};
    const std::string fault = fault_of_name(form.id, NameUse::Id);
    if (!fault.empty()) cursor.at("document").error(fault);
    const bool known = std::any_of(forms.begin(), forms.end(),
                                   [&](const DocumentForm& each) { return each.id == form.id; });
    if (known) {
        cursor.at("document").error(fmt::format("文书“{}”已有", form.id));
        return;
    }
    forms.push_back(std::move(form));
}

void resolve_form(const Cursor& cursor, const DefinitionSet& set,
                  std::vector<DocumentForm>& forms) {
    const Ledger* ledger = existing_ledger(cursor.at("ledger"), set);
    const std::vector<Basis> basis = read_basis(cursor.at("basis"), set);
    if (ledger == nullptr) return;
    for (DocumentForm& form : forms) {
        if (form.id != cursor.text_at("document")) continue;
        DocumentForm resolved = form;
        resolved.basis = basis;
        read_form(cursor, *ledger, set, resolved);
        form = std::move(resolved);
    }
}

}  // namespace fazhi::definition
