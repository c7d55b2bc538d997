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

// Its {placeholders} are fields of the ledger, or columns of the list it goes through.
Sentence read_form_text(const Cursor& text, const Ledger& ledger, const Field* list,
                        const std::vector<std::string>& words = form_words()) {
    if (!text.present()) return {};
    auto parsed = parse_sentence(text.text());
    if (!parsed) {
        text.error(parsed.error().message);
        return {};
    }
    for (const Placeholder& placeholder : placeholders_of(*parsed)) {
        const std::string& name = placeholder.name;
        const bool column = list != nullptr && list->column(name) != nullptr;
        const bool word = std::find(words.begin(), words.end(), name) != words.end();
        if (column || word || ledger.field(name) != nullptr) continue;
        std::vector<std::string> known = words;
        for (const Field& field : ledger.fields) known.push_back(field.id);
        text.error(fmt::format("没有“{{{}}}”{}", name, suggestion(name, known)));
    }
    return *std::move(parsed);
}

std::vector<std::string> number_words() {
    std::vector<std::string> out = form_words();
    out.emplace_back("serial");
    return out;
}

void read_needs(const Cursor& cursor, const Ledger& ledger, const DefinitionSet& set,
                DocumentForm& form) {
    for (const Cursor::Member& need : cursor.members()) {
        if (ledger.field(need.key) == nullptr)
            need.value.error(fmt::format("{}没有“{}”这一项", ledger.title, need.key));
        form.needs.push_back({need.key, read_basis(need.value.at("basis"), set)});
    }
}

void read_body(const Cursor& cursor, const Ledger& ledger, const DefinitionSet& set,
               DocumentForm& form) {
    for (const Cursor& block : cursor.items()) {
        FormBlock out{.heading = block.text_at("heading"), .each = block.text_at("each")};
        const Field* list = block.has("each") ? existing_field(block.at("each"), ledger) : nullptr;
        out.text = read_form_text(block.at("text"), ledger, list);
        out.when = read_condition(block.at("when"), {.set = set, .ledger = &ledger});
        form.body.push_back(std::move(out));
    }
}

// Stays in the pack's folder, wherever that is.
bool is_inside(const std::string& path) {
    if (path.empty() || path.front() == '/' || path.find('\\') != std::string::npos) return false;
    for (std::size_t at = 0; at <= path.size();) {
        const std::size_t end = std::min(path.find('/', at), path.size());
        const std::string step = path.substr(at, end - at);
        if (step.empty() || step == "." || step == "..") return false;
        at = end + 1;
    }
    return true;
}

std::string read_template(const Cursor& cursor, const DefinitionSet& set) {
    const std::string path = cursor.text();
    const std::string folder = template_name(cursor.document().pack, "");
    if (!is_inside(path)) {
        cursor.error("模板写成定义包文件夹里的路径，如 forms/notice.docx，不用 / 开头，没有 ..");
        return {};
    }
    if (!path.ends_with(".docx")) {
        cursor.error("模板应为 .docx 文件");
        return {};
    }
    if (set.template_file(folder + path) != nullptr) return folder + path;
    std::vector<std::string> known;
    for (const auto& [name, file] : set.template_files()) {
        if (name.starts_with(folder)) known.push_back(name.substr(folder.size()));
    }
    cursor.error(fmt::format("定义包里没有文件“{}”{}", path, suggestion(path, known)));
    return {};
}

// What the form says: a body, or a file.
void read_content(const Cursor& cursor, const Ledger& ledger, const DefinitionSet& set,
                  DocumentForm& form) {
    if (cursor.has("template") && cursor.has("body")) {
        cursor.at("template").error("body 和 template 只写一个");
    } else if (cursor.has("template")) {
        form.template_file = read_template(cursor.at("template"), set);
    } else if (cursor.has("body")) {
        read_body(cursor.at("body"), ledger, set, form);
    } else {
        cursor.at("body").error("缺 body 或 template");
    }
}

bool states(const DocumentForm& form, const std::string& field) {
    const auto names = [&](const FormBlock& block) {
        const std::vector<Placeholder> said = placeholders_of(block.text);
        return block.each == field ||
               std::any_of(said.begin(), said.end(),
                           [&](const Placeholder& each) { return each.name == field; });
    };
    return std::any_of(form.body.begin(), form.body.end(), names) ||
           std::any_of(form.signatures.begin(), form.signatures.end(),
                       [&](const FormSignature& line) {
                           return line.field == field || line.each == field;
                       });
}

// What the law demands of the form, another body must state as well.
void check_stated(const Cursor& body, const Ledger& ledger, const DocumentForm& form) {
    for (const FormNeed& need : form.needs) {
        if (need.basis.empty() || states(form, need.field)) continue;
        const Field* field = ledger.field(need.field);
        body.error(fmt::format("没有写“{}”（{{{}}}），而《{}》要求载明",
                               field == nullptr ? need.field : field->title, need.field,
                               need.basis.front().law));
    }
}

void read_form(const Cursor& cursor, const Ledger& ledger, const DefinitionSet& set,
               DocumentForm& form) {
    form.in_states = existing_states(cursor.at("in_states"), ledger);
    form.number = cursor.text_at("number");
    read_form_text(cursor.at("number"), ledger, nullptr, number_words());
    read_needs(cursor.at("needs"), ledger, set, form);
    read_content(cursor, ledger, set, form);
    for (const Cursor& signature : cursor.at("sign").items()) {
        if (signature.has("each")) existing_field(signature.at("each"), ledger);
        if (signature.has("field")) existing_field(signature.at("field"), ledger);
        form.signatures.push_back({signature.text_at("title"), signature.text_at("each"),
                                   signature.text_at("field"), signature.text_at("seal")});
    }
    form.copies = cursor.text_at("copies");
    form.signed_as = cursor.text_at("signed_as");
    if (cursor.has("signed_as")) existing_evidence(cursor.at("signed_as"), ledger);
    for (const char* key : {"sign", "copies"}) {
        if (cursor.has("template") && cursor.has(key))
            cursor.at(key).note("有 template 的文书，这些写在模板文件里；这里的不用");
    }
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

const DocumentForm* replace_form(const Cursor& cursor, const DefinitionSet& set,
                                 const std::vector<DocumentForm>& originals,
                                 std::vector<DocumentForm>& forms) {
    const Cursor name = cursor.at("replaces");
    const auto is_named = [&](const DocumentForm& each) { return each.id == name.text(); };
    const auto original = std::find_if(originals.begin(), originals.end(), is_named);
    if (original == originals.end()) {
        std::vector<std::string> known;
        for (const DocumentForm& each : originals) known.push_back(each.id);
        name.error(fmt::format("没有文书“{}”{}", name.text(), suggestion(name.text(), known)));
        return nullptr;
    }
    const Ledger* ledger = set.ledger(original->ledger);
    DocumentForm& form = *std::find_if(forms.begin(), forms.end(), is_named);
    const std::string& pack = cursor.document().pack;
    const auto& before = form.replaced_by;
    if (pack == original->pack || std::find(before.begin(), before.end(), pack) != before.end()) {
        name.error(fmt::format("文书“{}”就在本包里，或本包已经换过", form.id));
        return nullptr;
    }
    if (ledger == nullptr) return nullptr;  // said of the original
    DocumentForm made = *original;
    made.replaced_by = before;
    made.replaced_by.push_back(pack);
    made.body.clear();
    made.template_file.clear();
    read_needs(cursor.at("needs"), *ledger, set, made);
    read_content(cursor, *ledger, set, made);
    if (cursor.has("body")) check_stated(cursor.at("body"), *ledger, made);
    form = std::move(made);
    return &form;
}

std::string template_name(const std::string& pack, const std::string& path) {
    return pack + "/" + path;
}

const std::vector<std::string>& form_words() {
    static const std::vector<std::string> kWords = {"year",
                                                    "number",
                                                    "unit.short",
                                                    "unit.name",
                                                    "jurisdiction.name",
                                                    "jurisdiction.full_name",
                                                    "jurisdiction.short",
                                                    "jurisdiction.document_code"};
    return kWords;
}

}  // namespace fazhi::definition
