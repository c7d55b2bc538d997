// Makes a DefinitionSet out of packs: reads every file, then declares, then resolves, so that files
// and packs may name each other in any order; and gathers everything that is wrong on the way.
//
// Used once, by one thread (build_set, loader.h).
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "definition/cursor.h"
#include "definition/extension_reader.h"
#include "definition/loader.h"

namespace fazhi::definition {

class SetBuilder {
public:
    explicit SetBuilder(std::vector<PackSource> packs);
    Loaded build();

private:
    // A `ledger` or `extend` document and the ledger it is about.
    struct LedgerSource {
        const Document* document;
        std::string ledger;
        bool extends = false;
        Tightened tightened = {};
    };

    void read_files();
    void read_file(const PackSource&, const SourceFile&, YamlFile);
    void add_reference_table(const PackSource&, const SourceFile&);
    void check_heads();
    void check_head(const PackSource&);
    void declare();
    void declare_document_of(const Document&);
    void declare_ledger_of(const Document&);
    void declare_extensions();
    void declare_extension_of(const Cursor& target, const Document&);
    void resolve();
    void resolve_ledgers();
    void resolve_beside(const Document&);
    void resolve_replacements();
    void resolve_reports();
    void resolve_checks();
    void note_unused_templates();
    void seal();

    [[nodiscard]] Cursor cursor(const Document& document) { return {document, findings_}; }
    Ledger* find_ledger(const std::string& id);
    void fault(const std::string& file, const std::string& text, int line, std::string key_path,
               std::string message);

    std::vector<PackSource> packs_;  // in order: each after what it requires
    std::deque<Document> documents_;
    std::vector<LedgerSource> ledger_sources_;
    std::vector<std::string> document_ids_;
    Findings findings_;
    bool broken_ = false;  // a file could not be read to its end: names cannot be checked
    std::shared_ptr<DefinitionSet> set_ = std::make_shared<DefinitionSet>();
};

}  // namespace fazhi::definition
