#include "ledger/entry_title.h"

#include <fmt/format.h>

#include "ledger/template_text.h"
#include "text/utf8.h"

namespace fazhi::ledger {
namespace {

constexpr std::size_t kTitleCharactersMax = 60;

// Entries inside a title are shown by number only, so that titles never call each other.
class PlainNames final : public Names {
public:
    explicit PlainNames(Names& names) : names_(names) {}
    std::string person(std::int64_t id) override { return names_.person(id); }
    std::string unit(std::int64_t id) override { return names_.unit(id); }
    std::string entry(const std::string&, std::int64_t id) override {
        return fmt::format("#{}", id);
    }

private:
    Names& names_;
};

bool is_shown_text(const definition::Field& field) {
    return !field.is_private && (field.type == definition::FieldType::Text ||
                                 field.type == definition::FieldType::Place);
}

std::string first_text(const definition::Ledger& ledger, const Entry& entry) {
    for (const definition::Field& field : ledger.fields) {
        if (is_shown_text(field) && entry.fields.has(field.id))
            return entry.fields.text_at(field.id);
    }
    return {};
}

}  // namespace

std::string entry_title(const definition::Ledger& ledger, const Entry& entry, Names& names) {
    PlainNames plain(names);
    std::string out;
    if (!ledger.entry_title.empty()) {
        out = fill_template(ledger.entry_title, [&](const std::string& name) -> std::string {
            const definition::Field* field = ledger.field(name);
            if (field == nullptr || field->is_private) return {};
            return display_text(*field, entry.fields.at(name), plain);
        });
    }
    if (out.empty()) out = first_text(ledger, entry);
    if (out.empty()) out = entry.head.number;
    if (out.empty()) out = entry.head.reference;
    if (out.empty()) out = fmt::format("{} {}", ledger.title, entry.head.dated_on);
    return text::truncated(out, kTitleCharactersMax);
}

std::vector<std::string> title_fields(const definition::Ledger& ledger) {
    std::vector<std::string> out;
    fill_template(ledger.entry_title, [&](const std::string& name) -> std::string {
        const definition::Field* field = ledger.field(name);
        if (field != nullptr && !field->is_private) out.push_back(name);
        return {};
    });
    for (const definition::Field& field : ledger.fields) {
        if (is_shown_text(field)) out.push_back(field.id);
    }
    return out;
}

}  // namespace fazhi::ledger
