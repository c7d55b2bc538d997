// The definitions in force somewhere: the merged content of some packs, checked as a whole, with
// its digest.
//
// Immutable once built; shared between threads through shared_ptr<const DefinitionSet>.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/result.h"
#include "calendar/deadline.h"
#include "definition/model.h"

namespace fazhi::definition {

// One file of a pack as it was read: its path within the pack folder, its text.
struct SourceFile {
    std::string path;  // "ledgers/dispute.yaml", "forms/notice.docx"
    std::string text;  // of a template its bytes
};

// A template (.docx) of a form; not looked into here.
struct TemplateFile {
    std::string shown;  // "packs/local/forms/notice.docx"
    std::string bytes;
};

struct PackSource {
    std::string name;
    std::string version;
    std::vector<SourceFile> files;  // sorted by path; without scenarios/
    std::string folder = {};        // where it was read from, for messages; empty: packs/<name>
};

// One mistake in a pack, said so that its author finds and mends it.
struct Problem {
    std::string file;      // "packs/national/ledgers/dispute.yaml"
    int line = 0;          // from 1; 0: the file as a whole
    std::string key_path;  // "fields.parties.of.name"
    std::string source;    // the line itself
    std::string message;   // Chinese: what is wrong, what was expected, perhaps what was meant
};

std::string to_text(const Problem&);

// How the law counts a period of this many 日; nothing where its text leaves it open.
std::optional<calendar::Unit> unit_by_law(const Law&, int length);

class DefinitionSet {
public:
    [[nodiscard]] const Digest& digest() const { return digest_; }  // SHA-256 of content()
    [[nodiscard]] const std::string& content() const {
        return content_;
    }  // canonical: packs and their files
    [[nodiscard]] const std::vector<std::string>& packs() const { return packs_; }

    [[nodiscard]] const std::vector<Ledger>& ledgers() const { return ledgers_; }
    [[nodiscard]] const Ledger* ledger(std::string_view id) const;
    // By id or by title, as people write it in a file of cells.
    [[nodiscard]] const Ledger* ledger_named(std::string_view id_or_title) const;
    [[nodiscard]] const Measure* measure(std::string_view id) const;
    [[nodiscard]] std::vector<const Measure*> measures() const;  // all, in file order
    [[nodiscard]] const Report* report(std::string_view id) const;
    [[nodiscard]] const std::vector<Report>& reports() const { return reports_; }
    [[nodiscard]] const Setting* setting(std::string_view name) const;
    [[nodiscard]] const std::vector<Setting>& settings() const { return settings_; }
    [[nodiscard]] const Role* role(std::string_view id) const;
    [[nodiscard]] const std::vector<Role>& roles() const { return roles_; }
    [[nodiscard]] const std::vector<Conflict>& conflicts() const { return conflicts_; }
    [[nodiscard]] const Law* law(std::string_view title) const;
    [[nodiscard]] const std::map<std::string, Law, std::less<>>& laws() const { return laws_; }
    [[nodiscard]] const Duty* duty(std::string_view id) const;
    [[nodiscard]] const std::vector<Duty>& duties() const { return duties_; }
    // How the first of these that laws.yaml holds counts; none of them: strictly, the start day
    // excluded.
    [[nodiscard]] calendar::CountingRule counting_rule(const std::vector<Basis>&) const;
    // The ledgers with a clock that something happening in this one may move.
    [[nodiscard]] const std::vector<std::string>& moved_by(std::string_view ledger) const;
    [[nodiscard]] const std::vector<CalendarYear>& calendar() const { return calendar_; }
    [[nodiscard]] const std::vector<DocumentForm>& documents() const { return documents_; }
    [[nodiscard]] const DocumentForm* document(std::string_view id) const;
    // As DocumentForm::template_file names it; null where there is none.
    [[nodiscard]] const TemplateFile* template_file(std::string_view name) const;
    [[nodiscard]] const std::map<std::string, TemplateFile, std::less<>>& template_files() const {
        return template_files_;
    }
    // Of the forms and of what replaces them, also of what another pack replaced in turn.
    [[nodiscard]] const std::vector<FormTemplate>& templates() const { return templates_; }

    // For reading reports others wrote.
    [[nodiscard]] const std::vector<MeasureWords>& measure_words() const { return measure_words_; }
    [[nodiscard]] const Reading& reading() const { return reading_; }
    [[nodiscard]] const std::vector<Check>& checks() const { return checks_; }
    [[nodiscard]] const Check* check(std::string_view id) const;
    // Of a pack's reference/NAME.csv; null where there is none.
    [[nodiscard]] const ReferenceTable* reference_table(std::string_view name) const;

private:
    friend class SetBuilder;  // definition/set_builder.h: the only maker
    Digest digest_;
    std::string content_;
    std::vector<std::string> packs_;
    std::vector<Ledger> ledgers_;
    std::vector<Report> reports_;
    std::vector<Duty> duties_;
    std::vector<Setting> settings_;
    std::vector<Role> roles_;
    std::vector<Conflict> conflicts_;
    std::map<std::string, Law, std::less<>> laws_;
    std::vector<CalendarYear> calendar_;
    std::vector<DocumentForm> documents_;
    std::map<std::string, TemplateFile, std::less<>> template_files_;
    std::vector<FormTemplate> templates_;
    std::vector<MeasureWords> measure_words_;
    Reading reading_;
    std::vector<Check> checks_;
    std::map<std::string, ReferenceTable, std::less<>> reference_tables_;
    std::map<std::string, std::vector<std::string>, std::less<>> moved_by_;  // ledgers, by ledger
};

}  // namespace fazhi::definition
