#include "action/issue_form.h"

#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "access/permission.h"
#include "action/errors.h"
#include "action/form_templates.h"
#include "base/invariant.h"
#include "document/docx_template.h"
#include "document/docx_writer.h"
#include "document/pdf_writer.h"
#include "ledger/evaluate.h"
#include "ledger/scan.h"
#include "ledger/stored_lookup.h"
#include "ledger/surroundings.h"
#include "ledger/template_text.h"
#include "storage/transaction.h"

namespace fazhi::action {
namespace {

using definition::DocumentForm;
using definition::Field;
using definition::Ledger;
using ledger::Entry;

constexpr std::string_view kIssued = "issued_document";

bool is_empty(const Value& value) {
    return value.is_null() || (value.is_list() && value.as_list().empty());
}

// What one {name} stands for.
using Named = std::function<std::string(const std::string& name)>;

class FormFiller {
public:
    FormFiller(storage::Connection& connection, const ledger::Context& context,
               const DocumentForm& form, const Entry& entry)
        : context_(context),
          form_(form),
          entry_(entry),
          ledger_(*context.definitions.ledger(form.ledger)),
          names_(connection, context.directory, context.definitions),
          surroundings_(connection, context.directory, context.definitions, context.workdays) {}

    // Everything that stands in the way.
    [[nodiscard]] std::vector<Error> missing() const {
        std::vector<Error> out;
        const auto& states = form_.in_states;
        if (!states.empty() &&
            std::find(states.begin(), states.end(), entry_.head.state) == states.end()) {
            const definition::State* state = ledger_.state(entry_.head.state);
            out.push_back(
                {ErrorKind::RefusedByRule, errors::kFormNotNow,
                 fmt::format("现在是“{}”，不能制作《{}》。",
                             state == nullptr ? entry_.head.state : state->title, form_.title),
                 form_.id, form_.basis});
        }
        for (const definition::FormNeed& need : form_.needs) {
            if (!is_empty(entry_.fields.at(need.field))) continue;
            const Field* field = ledger_.field(need.field);
            out.push_back({ErrorKind::RefusedByRule, errors::kFormNeeds,
                           fmt::format("《{}》应当载明“{}”，请先填写。", form_.title,
                                       field == nullptr ? need.field : field->title),
                           need.field, need.basis.empty() ? form_.basis : need.basis});
        }
        return out;
    }

    document::Document fill(const std::string& number) {
        number_ = number;
        document::Document out{.title = form_.title, .number = number};
        // The office signs and seals at the foot; what others sign has lines of its own.
        const auto& lines = form_.signatures;
        out.sealed = std::any_of(lines.begin(), lines.end(),
                                 [](const auto& line) { return line.seal == "jurisdiction"; });
        if (out.sealed) {
            out.organisation = context_.directory.jurisdiction.full_name;
            out.issued_on = calendar::chinese_text(context_.today);
        }
        for (const definition::FormBlock& block : form_.body) add_block(block, out);
        for (const definition::FormSignature& line : form_.signatures) add_signature(line, out);
        if (!form_.copies.empty()) add_paragraph(fmt::format("（{}）", form_.copies), out);
        return out;
    }

    // The office's own file, filled.
    Result<std::string> fill_template(const std::string& docx, const std::string& number) {
        number_ = number;
        TRY(const auto marks, document::marks_of_docx(docx));
        document::TemplateFill fill;
        for (const std::string& mark : marks) {
            const MarkMeaning meaning = meaning_of(mark, ledger_);
            if (!meaning.is_known) continue;  // fill_docx refuses it
            if (meaning.list == nullptr) {
                fill.values[mark] = field(mark);
            } else if (meaning.list->type == definition::FieldType::Group) {
                fill.values[mark] = shown(
                    *meaning.column, entry_.fields.at(meaning.list->id).at(meaning.column->id));
            } else if (!fill.lists.contains(meaning.list->id)) {
                fill.lists[meaning.list->id] = rows_of(*meaning.list);
            }
        }
        return document::fill_docx(docx, fill);
    }

    // The form's number with this serial.
    std::string number_text(std::int64_t serial) {
        return ledger::fill_template(form_.number, [&](const std::string& name) {
            return name == "serial" ? std::to_string(serial) : word(name);
        });
    }

private:
    static void add_paragraph(std::string text, document::Document& out) {
        if (text.empty()) return;
        out.blocks.emplace_back(document::Paragraph{.runs = {{.text = std::move(text)}}});
    }

    void add_block(const definition::FormBlock& block, document::Document& out) {
        if (!ledger::holds(block.when, {entry_, {}, nullptr}, surroundings_)) return;
        if (!block.heading.empty())
            out.blocks.emplace_back(document::Heading{.runs = {{.text = block.heading}}});
        if (block.each.empty()) {
            add_paragraph(
                sentence(block.text, [&](const std::string& name) { return field(name); }), out);
            return;
        }
        const Field* list = ledger_.field(block.each);
        for_each_row(block.each, [&](const Value& row) {
            add_paragraph(sentence(block.text,
                                   [&](const std::string& name) {
                                       const Field* column = list->column(name);
                                       return column == nullptr ? field(name)
                                                                : shown(*column, row.at(name));
                                   }),
                          out);
        });
    }

    void add_signature(const definition::FormSignature& line, document::Document& out) {
        const auto add = [&](const std::string& who) {
            add_paragraph(fmt::format("{}：{}", line.title, who), out);
        };
        if (!line.each.empty()) {
            for_each_row(line.each, [&](const Value&) { add(""); });
        } else if (line.seal == "unit") {
            add(word("unit.name"));
        } else if (line.seal.empty()) {
            add(line.field.empty() ? "" : field(line.field));
        }
    }

    void for_each_row(const std::string& list, const std::function<void(const Value&)>& visit) {
        const Value& rows = entry_.fields.at(list);
        if (rows.is_list()) {
            for (const Value& row : rows.as_list()) visit(row);
        } else if (rows.is_map()) {
            visit(rows);
        }
    }

    std::vector<document::TemplateFill::Row> rows_of(const Field& list) {
        std::vector<document::TemplateFill::Row> out;
        for_each_row(list.id, [&](const Value& row) {
            auto& cells = out.emplace_back();
            for (const Field& column : list.of) cells[column.id] = shown(column, row.at(column.id));
        });
        return out;
    }

    // A clause is left out where something it names is empty.
    static std::string sentence(const definition::Sentence& text, const Named& named) {
        std::string out;
        for (const definition::SentencePiece& piece : text.pieces) {
            if (piece.placeholder) {
                out += named(piece.placeholder->name);
            } else if (piece.clause.empty()) {
                out += piece.text;
            } else {
                std::string clause;
                bool whole = true;
                for (const definition::SentencePiece& part : piece.clause) {
                    const std::string said =
                        part.placeholder ? named(part.placeholder->name) : part.text;
                    whole = whole && !(part.placeholder && said.empty());
                    clause += said;
                }
                if (whole) out += clause;
            }
        }
        return out;
    }

    std::string shown(const Field& of, const Value& value) {
        if (value.is_null()) return {};
        if (of.type == definition::FieldType::Date && value.is_text()) {
            const auto day = calendar::date_from(value.as_text());
            if (day) return calendar::chinese_text(*day);
        }
        return ledger::display_text(of, value, names_);
    }

    std::string field(const std::string& name) {
        const Field* found = ledger_.field(name);
        return found == nullptr ? word(name) : shown(*found, entry_.fields.at(name));
    }

    std::string word(const std::string& name) {
        const access::Jurisdiction& office = context_.directory.jurisdiction;
        const access::Unit* unit = context_.directory.unit(entry_.head.unit);
        if (name == "year") return std::to_string(static_cast<int>(context_.today.year()));
        if (name == "number") return number_;
        if (name == "unit.short") return unit == nullptr ? office.short_name : unit->short_name;
        if (name == "unit.name") return unit == nullptr ? office.name : unit->name;
        if (name == "jurisdiction.name") return office.name;
        if (name == "jurisdiction.full_name") return office.full_name;
        if (name == "jurisdiction.short") return office.short_name;
        if (name == "jurisdiction.document_code") return office.document_code;
        return {};
    }

    const ledger::Context& context_;
    const DocumentForm& form_;
    const Entry& entry_;
    const Ledger& ledger_;
    ledger::StoredLookup names_;
    ledger::StoredSurroundings surroundings_;
    std::string number_;
};

Result<const DocumentForm*> form_named(const ledger::Context& context, const std::string& name) {
    for (const DocumentForm& form : context.definitions.documents()) {
        if (form.id == name || form.title == name) return &form;
    }
    return refuse(ErrorKind::NotFound, errors::kNoSuchForm, fmt::format("没有文书“{}”。", name),
                  "form");
}

Result<IssuedForm> made(const ledger::Context& context, const DocumentForm& form,
                        FormFiller& filler, const std::string& number) {
    IssuedForm out{.title = form.title, .number = number};
    out.document = filler.fill(number);
    if (!form.template_file.empty()) {
        const definition::TemplateFile* file =
            context.definitions.template_file(form.template_file);
        INVARIANT(file != nullptr);  // checked when the set was built
        TRY(out.docx, filler.fill_template(file->bytes, number));
        return out;
    }
    out.docx = document::write_docx(out.document);
    out.pdf = document::write_pdf(out.document, {});
    return out;
}

// The next serial of the form in the year.
std::int64_t next_serial(storage::Connection& connection, const ledger::Context& context,
                         const std::string& form) {
    const int year = static_cast<int>(context.today.year());
    std::int64_t last = 0;
    ledger::scan(connection, context.directory.jurisdiction.id,
                 *context.definitions.ledger(kIssued), {"form", "serial"},
                 {.dated_from = fmt::format("{}-01-01", year),
                  .dated_to = fmt::format("{}-12-31", year),
                  .voided_too = true},
                 [&](const Entry& entry) {
                     if (entry.fields.text_at("form") == form)
                         last = std::max(last, entry.fields.integer_at("serial"));
                 });
    return last + 1;
}

Result<void> require_hand_in(const ledger::Context& context, const Entry& entry) {
    const access::Concern concern{
        .ledger = entry.head.ledger, .unit = entry.head.unit, .handler = entry.head.handler};
    if (access::may(context.directory, context.definitions, context.actor, access::Ability::Move,
                    concern))
        return {};
    return access::require(context.directory, context.definitions, context.actor,
                           access::Ability::Record, concern);
}

}  // namespace

Result<IssuedForm> preview_form(Workplace& workplace, storage::Connection& connection,
                                const ledger::Context& context, const std::string& name,
                                EntryId id) {
    TRY(const DocumentForm* form, form_named(context, name));
    TRY(const Entry entry, workplace.ledgers.find(connection, context, form->ledger, id,
                                                  ledger::Ledgers::Private::Revealed));
    TRY_OK(require_hand_in(context, entry));
    FormFiller filler(connection, context, *form, entry);
    std::vector<Error> missing = filler.missing();
    if (!missing.empty()) return refuse(join_errors(std::move(missing)));
    return made(context, *form, filler, "");
}

Result<IssuedForm> issue_form(const Task& task, const std::string& name, EntryId id) {
    ledger::Context& context = task.context;
    storage::Connection& connection = task.transaction.connection();
    TRY(const DocumentForm* form, form_named(context, name));
    TRY(const Entry entry, task.workplace.ledgers.find(task.transaction, context, form->ledger, id,
                                                       ledger::Ledgers::Private::Revealed));
    TRY_OK(require_hand_in(context, entry));
    FormFiller filler(connection, context, *form, entry);
    std::vector<Error> missing = filler.missing();
    if (!missing.empty()) return refuse(join_errors(std::move(missing)));
    const std::int64_t serial = next_serial(connection, context, form->id);
    const std::string number = form->number.empty() ? "" : filler.number_text(serial);
    TRY(IssuedForm out, made(context, *form, filler, number));

    Value fields = Value::Map{{"form", form->id},
                              {"of_entry", id.value},
                              {"of_ledger", form->ledger},
                              {"serial", serial},
                              {"title", form->title}};
    if (!out.number.empty()) fields.set("number_text", out.number);
    ledger::Ledgers& ledgers = task.workplace.ledgers;
    TRY(const Entry issued,
        ledgers.create(task.transaction, context,
                       {.ledger = std::string(kIssued),
                        .fields = std::move(fields),
                        .unit = entry.head.unit ? fmt::format("#{}", entry.head.unit.value) : "",
                        .handler = {},
                        .reference = {},
                        .opened_by = id,
                        .opened_by_ledger = form->ledger}));
    out.entry = issued.head.id;
    const std::string file = form->title + out.number;
    for (const auto& [kind, bytes] : {std::pair("docx", &out.docx), std::pair("pdf", &out.pdf)}) {
        if (bytes->empty()) continue;
        TRY_OK(ledgers.attach(task.transaction, context, std::string(kIssued), issued.head.id,
                              {.kind = kind,
                               .name = fmt::format("{}.{}", file, kind),
                               .bytes = *bytes,
                               .happened_on = calendar::to_text(context.today)}));
    }
    return out;
}

}  // namespace fazhi::action
