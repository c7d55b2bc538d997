#include "action/form_templates.h"

#include <algorithm>

#include <fmt/format.h>

#include "action/errors.h"
#include "base/invariant.h"
#include "definition/form_reader.h"
#include "definition/names.h"
#include "document/docx_template.h"

namespace fazhi::action {
namespace {

using definition::Field;
using definition::FieldType;
using definition::FormTemplate;
using definition::Ledger;
using definition::Problem;
using Marks = std::vector<std::string>;

std::vector<std::string> known_marks(const Ledger& ledger) {
    std::vector<std::string> out = definition::form_words();
    for (const Field& field : ledger.fields) {
        out.push_back(field.id);
        for (const Field& column : field.of)
            out.push_back(fmt::format("{}.{}", field.id, column.id));
    }
    return out;
}

bool states(const Marks& marks, const std::string& field) {
    return std::any_of(marks.begin(), marks.end(), [&](const std::string& mark) {
        return mark == field || mark.starts_with(field + ".");
    });
}

// One filling with something in everything: what only shows when rows are repeated.
Result<void> try_filling(const std::string& docx, const Marks& marks, const Ledger& ledger) {
    document::TemplateFill fill;
    for (const std::string& mark : marks) {
        const MarkMeaning meaning = meaning_of(mark, ledger);
        if (meaning.list == nullptr || meaning.list->type == FieldType::Group) {
            fill.values[mark] = mark;
        } else {
            auto& rows = fill.lists[meaning.list->id];
            if (rows.empty()) rows.emplace_back();
            rows.front()[meaning.column->id] = mark;
        }
    }
    TRY_OK(document::fill_docx(docx, fill));
    return {};
}

void check_template(const FormTemplate& each, const definition::TemplateFile& file,
                    const Ledger& ledger, std::vector<Problem>& out) {
    const auto add = [&](std::string message) {
        out.push_back(Problem{.file = file.shown, .message = std::move(message)});
    };
    const auto marks = document::marks_of_docx(file.bytes);
    if (!marks) return add(marks.error().message);
    const std::size_t before = out.size();
    for (const std::string& mark : *marks) {
        if (meaning_of(mark, ledger).is_known) continue;
        add(fmt::format("台账“{}”没有“{{{}}}”{}", ledger.title, mark,
                        definition::suggestion(mark, known_marks(ledger))));
    }
    for (const definition::FormNeed& need : each.needs) {
        if (need.basis.empty() || states(*marks, need.field)) continue;
        const Field* field = ledger.field(need.field);
        add(fmt::format("没有写“{}”（{{{}}}），而《{}》要求载明",
                        field == nullptr ? need.field : field->title, need.field,
                        need.basis.front().law));
    }
    if (out.size() > before) return;
    const auto tried = try_filling(file.bytes, *marks, ledger);
    if (!tried) add(tried.error().message);
}

}  // namespace

MarkMeaning meaning_of(const std::string& mark, const Ledger& ledger) {
    const auto& words = definition::form_words();
    if (ledger.field(mark) != nullptr || std::find(words.begin(), words.end(), mark) != words.end())
        return {.is_known = true};
    const std::size_t dot = mark.find('.');
    if (dot == std::string::npos) return {};
    const Field* list = ledger.field(mark.substr(0, dot));
    const Field* column = list == nullptr ? nullptr : list->column(mark.substr(dot + 1));
    if (column == nullptr) return {};
    return {.is_known = true, .list = list, .column = column};
}

std::vector<Problem> template_faults(const definition::DefinitionSet& set) {
    std::vector<Problem> out;
    for (const FormTemplate& each : set.templates()) {
        const definition::DocumentForm* form = set.document(each.form);
        const Ledger* ledger = form == nullptr ? nullptr : set.ledger(form->ledger);
        const definition::TemplateFile* file = set.template_file(each.file);
        INVARIANT(ledger != nullptr && file != nullptr);  // checked when the set was built
        check_template(each, *file, *ledger, out);
    }
    return out;
}

Result<void> check_templates(const definition::DefinitionSet& set) {
    std::vector<Error> errors;
    for (const Problem& problem : template_faults(set)) {
        errors.push_back({ErrorKind::InvalidInput, errors::kFaultyTemplate,
                          definition::to_text(problem) + "。", problem.file});
    }
    if (!errors.empty()) return refuse(join_errors(std::move(errors)));
    return {};
}

}  // namespace fazhi::action
