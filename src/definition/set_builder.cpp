#include "definition/set_builder.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <thread>
#include <tuple>

#include <fmt/format.h>

#include "base/invariant.h"
#include "base/parallel.h"
#include "definition/duty_reader.h"
#include "definition/embedded_files.h"
#include "definition/form_reader.h"
#include "definition/ledger_reader.h"
#include "definition/measure_reader.h"
#include "definition/names.h"
#include "definition/office_reader.h"
#include "definition/pack_head.h"
#include "definition/report_reader.h"
#include "definition/review_reader.h"
#include "definition/schema.h"

namespace fazhi::definition {

namespace {

// Kinds whose meaning comes with a later version: named, then passed over.
const std::vector<std::string> kLaterKinds = {"indicators"};
const std::vector<std::string> kKinds = {
    "pack",  "ledger", "extend",   "report", "document",      "replaces", "settings",
    "roles", "laws",   "calendar", "duty",   "measure_words", "reading",  "check"};

bool contains(const std::vector<std::string>& words, const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool same_place(const Problem& a, const Problem& b) {
    return a.file == b.file && a.line == b.line && a.key_path == b.key_path;
}

// What the file itself already says of a key (the first `of_the_files`) is not said again by those
// who read it.
void drop_consequences(std::vector<Problem>& errors, std::size_t of_the_files) {
    const auto files_end = errors.begin() + static_cast<std::ptrdiff_t>(of_the_files);
    const auto repeats = [&](const Problem& later) {
        return std::any_of(errors.begin(), files_end,
                           [&](const Problem& first) { return same_place(first, later); });
    };
    errors.erase(std::remove_if(files_end, errors.end(), repeats), errors.end());
}

// By file and line, each said once.
void put_in_order(std::vector<Problem>& problems) {
    std::stable_sort(problems.begin(), problems.end(), [](const Problem& a, const Problem& b) {
        return std::tie(a.file, a.line) < std::tie(b.file, b.line);
    });
    std::vector<Problem> once;
    for (Problem& problem : problems) {
        const bool said = std::any_of(once.rbegin(), once.rend(), [&](const Problem& each) {
            return same_place(each, problem) && each.message == problem.message;
        });
        if (!said) once.push_back(std::move(problem));
    }
    problems = std::move(once);
}

std::string shown_path(const PackSource& pack, const SourceFile& file) {
    const std::string folder = pack.folder.empty() ? "packs/" + pack.name : pack.folder;
    return folder + "/" + file.path;
}

struct OwnFile {
    std::string text;
    YamlFile yaml;
};

// The program's own ledgers, which stand in every set: read, and held against the schema, once.
std::map<std::string, OwnFile, std::less<>> read_own_files() {
    std::map<std::string, OwnFile, std::less<>> out;
    for (const EmbeddedFile& file : embedded_files()) {
        if (file.group != "built_in") continue;
        OwnFile own{std::string(file.text), read_yaml(file.text)};
        Findings findings;
        for (const Node& root : own.yaml.documents) {
            INVARIANT(root.is_map() && !root.keys.empty());
            check_schema({.pack = {},
                          .file = std::string(file.name),
                          .kind = root.keys.front(),
                          .root = root,
                          .text = &own.text},
                         findings);
        }
        INVARIANT(own.yaml.faults.empty() && findings.errors.empty());
        out.emplace(file.name, std::move(own));
    }
    return out;
}

// Null for what is no file of the program, or another version of one: a stored set brings its own.
const OwnFile* own_file(const PackSource& pack, const SourceFile& file) {
    if (pack.name != kBuiltInPack) return nullptr;
    static const auto kFiles = read_own_files();
    const auto found = kFiles.find(file.path);
    return found != kFiles.end() && found->second.text == file.text ? &found->second : nullptr;
}

void add_linked(const Condition& condition, std::set<std::string>& out) {
    for (const Clause& clause : condition.clauses) {
        if (clause.test.kind == TestKind::Linked) out.insert(clause.test.name);
        for (const Condition& inner : clause.test.inner) add_linked(inner, out);
    }
}

// Other ledgers whose entries move this one's clocks.
std::set<std::string> ledgers_watched(const Ledger& ledger) {
    std::set<std::string> out;
    for (const Clock& clock : ledger.clocks) {
        add_linked(clock.when, out);
        for (const LimitCase& each : clock.limits) add_linked(each.when, out);
        if (clock.from && !clock.from->ledger.empty()) out.insert(clock.from->ledger);
        for (const Moment& moment : clock.until) {
            if (!moment.ledger.empty()) out.insert(moment.ledger);
        }
    }
    return out;
}

}  // namespace

SetBuilder::SetBuilder(std::vector<PackSource> packs)
    : packs_(in_order_of_need(std::move(packs))) {}

Loaded SetBuilder::build() {
    read_files();
    const std::size_t of_the_files = findings_.errors.size();
    check_heads();
    declare();
    if (!broken_) resolve();
    drop_consequences(findings_.errors, of_the_files);
    put_in_order(findings_.errors);
    put_in_order(findings_.notes);

    Loaded loaded;
    loaded.problems = std::move(findings_.errors);
    loaded.notes = std::move(findings_.notes);
    if (loaded.problems.empty()) {
        seal();
        loaded.set = set_;
    }
    return loaded;
}

void SetBuilder::fault(const std::string& file, const std::string& text, int line,
                       std::string key_path, std::string message) {
    findings_.errors.push_back(
        Problem{file, line, std::move(key_path), line_of(text, line), std::move(message)});
}

// Parsing is most of the work, and each file's its own: by several threads where there is much.
void SetBuilder::read_files() {
    constexpr std::size_t kWorthThreads = 100'000;  // bytes
    constexpr unsigned kWorkers = 4;
    std::vector<std::pair<const PackSource*, const SourceFile*>> files;
    std::size_t bytes = 0;
    for (const PackSource& pack : packs_) {
        for (const SourceFile& file : pack.files) {
            files.emplace_back(&pack, &file);
            bytes += file.text.size();
        }
    }
    std::vector<YamlFile> parsed(files.size());
    const unsigned workers =
        bytes < kWorthThreads ? 1 : std::min(kWorkers, std::thread::hardware_concurrency());
    for_each_parallel(files.size(), workers, [&](std::size_t i, unsigned) {
        const auto& [pack, file] = files[i];
        const bool is_yaml = !file->path.ends_with(".docx") && !file->path.ends_with(".csv");
        if (is_yaml && own_file(*pack, *file) == nullptr) parsed[i] = read_yaml(file->text);
    });
    for (std::size_t i = 0; i < files.size(); ++i)
        read_file(*files[i].first, *files[i].second, std::move(parsed[i]));
}

void SetBuilder::read_file(const PackSource& pack, const SourceFile& file, YamlFile yaml) {
    const std::string shown = shown_path(pack, file);
    if (file.path.ends_with(".docx")) {
        set_->template_files_[template_name(pack.name, file.path)] = {shown, file.text};
        return;
    }
    if (file.path.ends_with(".csv")) {
        add_reference_table(pack, file);
        return;
    }
    const OwnFile* own = own_file(pack, file);
    if (own != nullptr) yaml = own->yaml;
    for (const YamlFault& found : yaml.faults) {
        fault(shown, file.text, found.line, found.key_path, found.message);
    }
    broken_ = broken_ || yaml.broken;
    for (Node& root : yaml.documents) {
        if (!root.is_map() || root.keys.empty()) {
            fault(shown, file.text, root.line, "", "一份定义由“键: 值”组成，第一个键说明是哪一种");
            continue;
        }
        const std::string kind = root.keys.front();
        const int line = root.items.front().line;
        if (contains(kLaterKinds, kind)) {
            findings_.notes.push_back(Problem{shown, line, kind, line_of(file.text, line),
                                              fmt::format("本版本尚不支持 {}，已略过", kind)});
            continue;
        }
        if (!contains(kKinds, kind)) {
            fault(shown, file.text, line, kind,
                  kind == "scenario"
                      ? std::string("场景放在 scenarios 文件夹里")
                      : fmt::format("没有这一种定义“{}”{}", kind, suggestion(kind, kKinds)));
            continue;
        }
        documents_.push_back(Document{pack.name, shown, kind, std::move(root), &file.text});
        if (own == nullptr) check_schema(documents_.back(), findings_);
    }
}

void SetBuilder::add_reference_table(const PackSource& pack, const SourceFile& file) {
    const std::string shown = shown_path(pack, file);
    const std::string name = std::filesystem::path(file.path).stem().string();
    if (!set_->reference_tables_.emplace(name, ReferenceTable{shown, file.text}).second)
        fault(shown, file.text, 0, "", fmt::format("已有一张表叫 {}", name));
}

void SetBuilder::check_heads() {
    std::set<std::string> names;
    for (const PackSource& pack : packs_) {
        if (pack.name == kBuiltInPack) continue;
        if (!names.insert(pack.name).second) {
            fault(shown_path(pack, {"pack.yaml", ""}), "", 0, "",
                  fmt::format("有两个定义包都叫 {}", pack.name));
        }
        check_head(pack);
    }
}

void SetBuilder::check_head(const PackSource& pack) {
    const Document* head = nullptr;
    for (const Document& document : documents_) {
        if (document.pack != pack.name || document.kind != "pack") continue;
        if (head != nullptr) cursor(document).error("一个定义包只有一份 pack");
        head = &document;
    }
    if (head == nullptr) {
        if (!broken_) fault(shown_path(pack, {"pack.yaml", ""}), "", 0, "", "缺 pack.yaml");
        return;
    }
    const Cursor at = cursor(*head);
    const std::string name_fault = fault_of_name(at.text_at("pack"), NameUse::Id);
    if (!name_fault.empty()) at.at("pack").error(name_fault);
    if (pack.name == kBuiltInPack || at.text_at("pack") == kBuiltInPack) {
        at.at("pack").error("这个名称留给内置台账");
    }
    if (!version_from(at.text_at("version"))) {
        at.at("version").error("版本写成带引号的三个数，如 \"1.0.0\"");
    }
    const auto earlier = [&](const std::string& name) -> const PackSource* {
        for (const PackSource& each : packs_) {
            if (&each == &pack) return nullptr;
            if (each.name == name) return &each;
        }
        return nullptr;
    };
    for (const Cursor::Member& member : at.at("requires").members()) {
        const PackSource* other = earlier(member.key);
        const auto wanted = version_from(member.value.text());
        if (other == nullptr) {
            member.value.error(fmt::format("缺所依据的定义包 {}，或它又要依据本包", member.key));
        } else if (!wanted) {
            member.value.error("版本写成带引号的数，如 \"1.2\"");
        } else if (const auto found = version_from(other->version);
                   found && !satisfies(*found, *wanted)) {
            member.value.error(fmt::format("要 {} 的 {} 或更高的 {}.x 版，现在是 {}", member.key,
                                           member.value.text(), wanted->major, other->version));
        }
    }
}

Ledger* SetBuilder::find_ledger(const std::string& id) {
    const auto found = std::find_if(set_->ledgers_.begin(), set_->ledgers_.end(),
                                    [&](const Ledger& each) { return each.id == id; });
    return found == set_->ledgers_.end() ? nullptr : &*found;
}

void SetBuilder::declare() {
    for (const Document& document : documents_) declare_document_of(document);
    declare_extensions();
    if (set_->ledgers_.size() > kLedgersMax) {
        findings_.errors.push_back(Problem{.message = fmt::format("台账超过 {} 种", kLedgersMax)});
    }
}

void SetBuilder::declare_document_of(const Document& document) {
    const Cursor at = cursor(document);
    if (document.kind == "settings") {
        read_settings(at.at("settings"), set_->settings_);
    } else if (document.kind == "laws") {
        read_laws(at.at("laws"), set_->laws_);
    } else if (document.kind == "calendar") {
        read_calendar(at, set_->calendar_);
    } else if (document.kind == "roles") {
        declare_roles(at.at("roles"), set_->roles_);
    } else if (document.kind == "document") {
        declare_form(at, document.pack, set_->documents_);
        document_ids_.push_back(at.text_at("document"));
    } else if (document.kind == "duty") {
        declare_duty(at, document.pack, set_->duties_);
    } else if (document.kind == "ledger") {
        declare_ledger_of(document);
    }
}

void SetBuilder::declare_ledger_of(const Document& document) {
    const Cursor at = cursor(document);
    Ledger ledger = declare_ledger(at, document.pack);
    ledger.built_in = document.pack == kBuiltInPack;
    if (const Ledger* known = find_ledger(ledger.id)) {
        at.at("ledger").error(fmt::format("台账“{}”已有，在定义包 {}", known->id, known->pack));
        return;
    }
    for (const Ledger& each : set_->ledgers_) {
        if (each.title != ledger.title || ledger.title.empty()) continue;
        at.at("title").error(fmt::format("台账名称“{}”已有（{}）", each.title, each.id));
    }
    ledger_sources_.push_back(LedgerSource{&document, ledger.id});
    set_->ledgers_.push_back(std::move(ledger));
}

void SetBuilder::declare_extensions() {
    for (const Document& document : documents_) {
        if (document.kind != "extend") continue;
        const Cursor at = cursor(document);
        if (at.has("parts")) continue;  // a report's: resolve_reports
        for (const Cursor& target : at.at("extend").items()) declare_extension_of(target, document);
    }
}

void SetBuilder::declare_extension_of(const Cursor& target, const Document& document) {
    Ledger* ledger = find_ledger(target.text());
    if (ledger == nullptr) {
        std::vector<std::string> known;
        for (const Ledger& each : set_->ledgers_) known.push_back(each.id);
        target.error(
            fmt::format("没有台账“{}”{}", target.text(), suggestion(target.text(), known)));
        return;
    }
    Tightened tightened = declare_extension(cursor(document), *ledger, document.pack);
    ledger_sources_.push_back(LedgerSource{&document, ledger->id, true, std::move(tightened)});
}

void SetBuilder::resolve() {
    resolve_ledgers();
    for (const Document& document : documents_) resolve_beside(document);
    resolve_replacements();
    note_unused_templates();
    resolve_reports();
    resolve_checks();
}

// Each is held against the form as its own pack has it: packs that do not know each other may
// replace the same one (Definitions::set_for lets an office turn on only one of them).
void SetBuilder::resolve_replacements() {
    const auto add_template = [&](const DocumentForm& form) {
        if (form.template_file.empty()) return;
        set_->templates_.push_back({form.id, form.template_file, form.needs});
    };
    const std::vector<DocumentForm> originals = set_->documents_;
    for (const DocumentForm& form : originals) add_template(form);
    for (const Document& document : documents_) {
        if (document.kind != "replaces") continue;
        const DocumentForm* made =
            replace_form(cursor(document), *set_, originals, set_->documents_);
        if (made != nullptr) add_template(*made);
    }
}

void SetBuilder::note_unused_templates() {
    for (const auto& [name, file] : set_->template_files_) {
        const auto& used = set_->templates_;
        const bool is_used =
            std::any_of(used.begin(), used.end(),
                        [&file = name](const FormTemplate& each) { return each.file == file; });
        if (is_used) continue;
        findings_.notes.push_back(
            Problem{.file = file.shown, .message = "没有文书用这个模板（template）"});
    }
}

void SetBuilder::resolve_ledgers() {
    const ProcedureScope scope{*set_, document_ids_};
    for (const LedgerSource& source : ledger_sources_) {
        // A copy is filled in: other ledgers may be asked of this one meanwhile.
        Ledger ledger = *find_ledger(source.ledger);
        if (source.extends) {
            resolve_extension(cursor(*source.document), ledger, source.tightened, scope);
        } else {
            resolve_ledger(cursor(*source.document), ledger, scope);
        }
        *find_ledger(source.ledger) = std::move(ledger);
    }
    for (const LedgerSource& source : ledger_sources_) {
        check_measures(cursor(*source.document).at("measures"), source.ledger, *set_);
    }
}

void SetBuilder::resolve_beside(const Document& document) {
    const Cursor at = cursor(document);
    if (document.kind == "settings") {
        resolve_settings(at.at("settings"), *set_);
    } else if (document.kind == "laws") {
        resolve_laws(at.at("laws"), *set_);
    } else if (document.kind == "roles") {
        resolve_roles(at.at("roles"), *set_, set_->roles_);
        read_conflicts(at.at("conflicts"), *set_, set_->conflicts_);
    } else if (document.kind == "document") {
        resolve_form(at, *set_, set_->documents_);
    } else if (document.kind == "duty") {
        resolve_duty(at, *set_, set_->duties_);
    } else if (document.kind == "measure_words") {
        read_measure_words(at.at("measure_words"), *set_, set_->measure_words_);
    } else if (document.kind == "reading") {
        read_reading(at, set_->reading_);
    }
}

// After the words and parts that checks name.
void SetBuilder::resolve_checks() {
    for (const Document& document : documents_) {
        if (document.kind != "check") continue;
        const Cursor at = cursor(document);
        Check check = read_check(at, *set_);
        if (set_->check(check.id) != nullptr) {
            at.at("check").error(fmt::format("审查规则“{}”已有", check.id));
            continue;
        }
        set_->checks_.push_back(std::move(check));
    }
}

void SetBuilder::resolve_reports() {
    for (const Document& document : documents_) {
        if (document.kind != "report") continue;
        const Cursor at = cursor(document);
        Report report = read_report(at, *set_);
        if (set_->report(report.id) != nullptr) {
            at.at("report").error(fmt::format("报告“{}”已有", report.id));
            continue;
        }
        set_->reports_.push_back(std::move(report));
    }
    for (const Document& document : documents_) {
        const Cursor at = cursor(document);
        if (document.kind != "extend" || !at.has("parts")) continue;
        const auto found =
            std::find_if(set_->reports_.begin(), set_->reports_.end(),
                         [&](const Report& each) { return each.id == at.text_at("extend"); });
        if (found == set_->reports_.end()) {
            at.at("extend").error(fmt::format("没有报告“{}”", at.text_at("extend")));
        } else {
            extend_report(at, *found, *set_);
        }
    }
}

void SetBuilder::seal() {
    for (const PackSource& pack : packs_) {
        if (pack.name != kBuiltInPack) set_->packs_.push_back(pack.name);
    }
    set_->content_ = content_of(packs_);
    set_->digest_ = digest_of(HashAlgorithm::Sha256, set_->content_);
    for (const Ledger& ledger : set_->ledgers_) {
        for (const std::string& other : ledgers_watched(ledger))
            set_->moved_by_[other].push_back(ledger.id);
    }
}

}  // namespace fazhi::definition
