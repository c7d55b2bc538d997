#include "action/load_office.h"

#include <algorithm>
#include <fstream>

#include <fmt/format.h>

#include "action/errors.h"
#include "action/form_templates.h"
#include "definition/loader.h"
#include "definition/yaml_tree.h"
#include "exchange/table_file.h"
#include "storage/transaction.h"
#include "text/nearest.h"

namespace fazhi::action {
namespace {

namespace fs = std::filesystem;
using access::Change;

Result<std::string> text_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in)
        return refuse(ErrorKind::NotFound, errors::kNoSuchFile,
                      fmt::format("读不到文件 {}。", path.string()), path.filename().string());
    return std::string(std::istreambuf_iterator<char>(in), {});
}

std::vector<std::string> texts_at(const Value& value) {
    std::vector<std::string> out;
    if (!value.is_list()) return out;
    for (const Value& item : value.as_list()) {
        if (item.is_text()) out.push_back(item.as_text());
    }
    return out;
}

access::Jurisdiction jurisdiction_of(const Value& value, const std::string& code) {
    access::Jurisdiction out;
    out.kind = value.text_at("kind");
    out.code = code;
    out.name = value.text_at("name");
    out.full_name = value.has("full_name") ? value.text_at("full_name") : out.name;
    out.short_name = value.has("short") ? value.text_at("short") : out.name;
    out.document_code = value.text_at("document_code");
    return out;
}

Error fault(const std::string& where, const std::string& message) {
    return Error{ErrorKind::InvalidInput, errors::kBadOffice, "office.yaml：" + message, where};
}

// A key nobody reads would be a setting that silently does nothing.
void check_keys(const Value& value, const std::vector<std::string>& known, const std::string& at,
                std::vector<Error>& wrong) {
    if (!value.is_map()) {
        wrong.push_back(fault(at, "应当是“键：值”。"));
        return;
    }
    for (const auto& [key, unused] : value.as_map()) {
        if (std::find(known.begin(), known.end(), key) != known.end()) continue;
        const std::string nearest = text::nearest(key, known);
        wrong.push_back(fault(at.empty() ? key : fmt::format("{}.{}", at, key),
                              nearest.empty()
                                  ? fmt::format("没有“{}”这个键。", key)
                                  : fmt::format("没有“{}”这个键，可能应为“{}”。", key, nearest)));
    }
}

void check_list(const Value& of, const std::string& name, const std::vector<std::string>& known,
                std::vector<Error>& wrong, const std::string& at = {}) {
    const Value& list = of.at(name);
    if (list.is_null()) return;
    if (!list.is_list()) {
        wrong.push_back(fault(at + name, fmt::format("“{}”应当是列表。", name)));
        return;
    }
    for (std::size_t i = 0; i < list.as_list().size(); ++i)
        check_keys(list.as_list()[i], known, fmt::format("{}{}[{}]", at, name, i + 1), wrong);
}

void check_people(const Value& of, const std::string& at, std::vector<Error>& wrong) {
    check_list(of, "units", {"code", "kind", "name", "short", "lead_section"}, wrong, at);
    check_list(of, "people", {"code", "name", "unit", "posts", "email"}, wrong, at);
}

std::vector<Error> faults_of(const Value& office) {
    static const std::vector<std::string> kPlace = {"parent",    "code",  "kind",         "name",
                                                    "full_name", "short", "document_code"};
    std::vector<Error> wrong;
    check_keys(office,
               {"office", "report_year", "parents", "jurisdiction", "packs", "live_from", "units",
                "people", "settings"},
               "", wrong);
    if (!office.is_map()) return wrong;
    if (office.text_at("office").empty()) wrong.push_back(fault("office", "缺少单位的代码。"));
    if (texts_at(office.at("packs")).empty()) wrong.push_back(fault("packs", "缺少定义包。"));
    if (!calendar::date_from(office.text_at("live_from")))
        wrong.push_back(fault("live_from", "缺少启用日期，按 2024-01-01 的样式填写。"));
    check_keys(office.at("jurisdiction"), kPlace, "jurisdiction", wrong);
    std::vector<std::string> above = kPlace;
    above.insert(above.end(), {"units", "people"});
    check_list(office, "parents", above, wrong);
    check_people(office, "", wrong);
    const Value& parents = office.at("parents");
    for (std::size_t i = 0; parents.is_list() && i < parents.as_list().size(); ++i)
        check_people(parents.as_list()[i], fmt::format("parents[{}].", i + 1), wrong);
    return wrong;
}

// What loading one office needs at hand, all within one transaction.
struct Loading {
    Workplace& workplace;
    storage::Transaction& transaction;
    const OfficeFolder& source;
    calendar::Instant at;
    const definition::DefinitionSet& set;  // of the office; the posts of those above too
};

// The units and people that a jurisdiction's map lists.
Result<void> add_people(const Loading& loading, JurisdictionId office, const Value& source,
                        LoadOutcome& outcome) {
    const access::Actor system = access::system_actor(office);
    const Change change{office, system, loading.at};
    const Value::List none;
    const Value& units = source.at("units");
    for (const Value& unit : units.is_list() ? units.as_list() : none) {
        access::NewUnit input;
        input.values.code = unit.text_at("code");
        input.values.kind = unit.text_at("kind");
        input.values.name = unit.text_at("name");
        input.values.short_name = unit.has("short") ? unit.text_at("short") : unit.text_at("name");
        input.lead_section_code = unit.text_at("lead_section");
        TRY_OK(loading.workplace.organisation.add_unit(loading.transaction, change, input));
        ++outcome.units;
    }
    const Value& people = source.at("people");
    for (const Value& person : people.is_list() ? people.as_list() : none) {
        access::NewPerson input;
        input.values.code = person.text_at("code");
        input.values.name = person.text_at("name");
        input.values.email = person.text_at("email");
        input.unit_code = person.text_at("unit");
        input.posts = texts_at(person.at("posts"));
        TRY_OK(loading.workplace.organisation.add_person(loading.transaction, change, loading.set,
                                                         input));
        ++outcome.people;
    }
    return {};
}

Result<JurisdictionId> add_jurisdictions(const Loading& loading) {
    const access::Actor system = access::system_actor({});
    const Change change{{}, system, loading.at};
    std::string parent;
    const Value& parents = loading.source.office.at("parents");
    const Value::List none;
    for (const Value& above : parents.is_list() ? parents.as_list() : none) {
        const std::string code = above.text_at("code");
        if (!access::Organisation::jurisdiction(loading.transaction.connection(), code)) {
            TRY(const JurisdictionId made,
                loading.workplace.organisation.add_jurisdiction(
                    loading.transaction, change, {parent, jurisdiction_of(above, code)}));
            LoadOutcome theirs;  // Not counted: they are not the office's.
            TRY_OK(add_people(loading, made, above, theirs));
        }
        parent = code;
    }
    const Value& own = loading.source.office.at("jurisdiction");
    access::Jurisdiction values = jurisdiction_of(own, loading.source.code);
    values.live_from = loading.source.office.text_at("live_from");
    values.packs = loading.source.packs;
    return loading.workplace.organisation.add_jurisdiction(
        loading.transaction, change,
        {own.has("parent") ? own.text_at("parent") : parent, std::move(values)});
}

Result<void> add_settings(const Loading& loading, JurisdictionId office) {
    const access::Actor system = access::system_actor(office);
    const Change change{office, system, loading.at};
    const Value& settings = loading.source.office.at("settings");
    if (!settings.is_map()) return {};
    for (const auto& [name, value] : settings.as_map()) {
        TRY_OK(loading.workplace.organisation.set_setting(loading.transaction, change, loading.set,
                                                          name, value));
    }
    return {};
}

Result<std::vector<ImportPlan>> plan_ledgers(const OfficeFolder& source,
                                             const definition::DefinitionSet& set) {
    std::vector<fs::path> files;
    const fs::path folder = source.folder / "ledgers";
    if (fs::is_directory(folder)) {
        for (const auto& file : fs::directory_iterator(folder)) {
            if (file.path().extension() == ".csv") files.push_back(file.path());
        }
    }
    std::sort(files.begin(), files.end());
    std::vector<ImportPlan> plans;
    std::vector<Error> wrong;
    for (const fs::path& file : files) {
        const definition::Ledger* ledger = set.ledger(file.stem().string());
        if (ledger == nullptr) {
            wrong.push_back(Error{ErrorKind::InvalidInput, errors::kBadOffice,
                                  fmt::format("没有台账“{}”，请核对文件名。", file.stem().string()),
                                  file.filename().string()});
            continue;
        }
        TRY(const std::string text, text_of(file));
        auto sheet = exchange::read_table(text, {.heads = heads_of(set, *ledger), .sheet = {}});
        auto plan = sheet ? plan_import(set, *ledger, *std::move(sheet), true)
                          : Result<ImportPlan>(Refusal(sheet.error()));
        if (!plan) {
            for (Error error : flatten(plan.error())) {
                if (error.where.find('!') == std::string::npos)
                    error.where = fmt::format("{}!{}", ledger->title, error.where);
                wrong.push_back(std::move(error));
            }
            continue;
        }
        plan->files = source.folder / "files";
        plan->source = ledger->title;
        plans.push_back(*std::move(plan));
    }
    if (!wrong.empty()) return refuse(join_errors(std::move(wrong)));
    return plans;
}

Result<void> load_all(const Loading& loading, LoadOutcome& outcome,
                      const SheetImport::Progress& progress) {
    Workplace& workplace = loading.workplace;
    storage::Connection& connection = loading.transaction.connection();
    const definition::DefinitionSet* const set = &loading.set;
    TRY_OK(check_templates(*set));
    TRY(const JurisdictionId office, add_jurisdictions(loading));
    workplace.definitions.store_set(loading.transaction, *set);
    const access::Actor system = access::system_actor(office);
    TRY_OK(workplace.organisation.adopt(loading.transaction, {office, system, loading.at}, *set));
    TRY_OK(add_people(loading, office, loading.source.office, outcome));
    TRY_OK(add_settings(loading, office));
    TRY(access::Directory directory, access::Organisation::directory(connection, office));
    TRY(const std::vector<ImportPlan> plans, plan_ledgers(loading.source, *set));
    const definition::SharedWorkdays workdays = workplace.calendars.workdays(connection);
    ledger::Context context{.directory = directory,
                            .definitions = *set,
                            .workdays = *workdays,
                            .actor = system,
                            .accepted_at = loading.at,
                            .today = calendar::civil_date(loading.at),
                            .importing = true};
    const Task task{workplace, loading.transaction, context};
    TRY(const Imported imported, SheetImport(task, plans).run(progress));
    outcome.entries = imported.rows();
    outcome.ledgers = plans.size();
    return {};
}

}  // namespace

Result<OfficeFolder> read_office(const fs::path& folder) {
    TRY(const std::string text, text_of(folder / "office.yaml"));
    OfficeFolder out{.folder = folder, .office = {}, .packs = {}, .code = {}};
    TRY(out.office, definition::value_of_yaml(text));
    const std::vector<Error> wrong = faults_of(out.office);
    if (!wrong.empty()) return refuse(join_errors(wrong));
    out.code = out.office.text_at("office");
    out.packs = texts_at(out.office.at("packs"));
    return out;
}

Result<std::vector<std::string>> install_packs(storage::Database& database,
                                               const fs::path& packs_folder,
                                               const std::vector<std::string>& names) {
    const auto connection = database.writing();
    storage::Transaction transaction(*connection);
    definition::Definitions definitions;
    std::vector<std::string> installed;
    std::vector<std::string> present;
    for (const auto& pack : definitions.installed(*connection)) present.push_back(pack.name);
    for (const std::string& name : names) {
        if (std::find(present.begin(), present.end(), name) != present.end()) continue;
        TRY(const definition::PackSource pack, definition::read_pack(packs_folder / name));
        TRY_OK(definitions.install(transaction, pack));
        installed.push_back(name);
    }
    TRY(const auto set, definitions.union_set(*connection));
    TRY_OK(check_templates(*set));
    ledger::Ledgers::make_tables(*connection, *set);
    transaction.commit();
    return installed;
}

Result<LoadOutcome> load_office(Workplace& workplace, const OfficeFolder& source,
                                const SheetImport::Progress& progress) {
    LoadOutcome outcome;
    const calendar::Instant at = workplace.clock.now();
    // One lane for what makes jurisdictions: their ids are one series.
    TRY_OK(workplace.writer.run(
        JurisdictionId{}, [&](storage::Transaction& transaction) -> Result<void> {
            outcome = {};
            if (access::Organisation::jurisdiction(transaction.connection(), source.code)) {
                outcome.already = true;
                return {};
            }
            TRY(const auto set,
                workplace.definitions.set_for(transaction.connection(), source.packs));
            return load_all({workplace, transaction, source, at, *set}, outcome, progress);
        }));
    return outcome;
}

}  // namespace fazhi::action
