#include <algorithm>
#include <filesystem>
#include <set>

#include <fmt/format.h>

#include "action/adopt_packs.h"
#include "action/form_templates.h"
#include "action/load_office.h"
#include "action/scenario.h"
#include "cli/errors.h"
#include "cli/passing_folder.h"
#include "cli/session.h"
#include "definition/describe.h"
#include "definition/loader.h"
#include "definition/pack_diff.h"
#include "definition/pack_head.h"
#include "review/samples.h"
#include "storage/transaction.h"

namespace fazhi::cli {
namespace {

namespace fs = std::filesystem;

// The packs among the paths; others are passed over, saying so.
Result<std::vector<definition::PackSource>> packs_at(const std::vector<std::string>& paths) {
    std::vector<definition::PackSource> out;
    for (const std::string& path : paths) {
        if (!definition::is_pack(path)) {
            print_note(fmt::format("{} 里没有 pack.yaml，略过。", path));
            continue;
        }
        TRY(definition::PackSource pack, definition::read_pack(path));
        out.push_back(std::move(pack));
    }
    return out;
}

// With what it requires, looked for among the given packs, then beside it.
Result<std::vector<definition::PackSource>> with_required(std::vector<definition::PackSource> packs,
                                                          const std::vector<std::string>& paths) {
    for (size_t i = 0; i < packs.size(); ++i) {
        for (const std::string& needed : definition::required_by(packs[i])) {
            const bool present = std::any_of(packs.begin(), packs.end(),
                                             [&](const auto& pack) { return pack.name == needed; });
            if (present) continue;
            for (const std::string& path : paths) {
                const fs::path beside = fs::path(path).lexically_normal().parent_path() / needed;
                const fs::path folder = definition::is_pack(beside)
                                            ? beside
                                            : fs::path(path).parent_path().parent_path() / needed;
                if (!definition::is_pack(folder)) continue;
                TRY(definition::PackSource pack, definition::read_pack(folder));
                packs.push_back(std::move(pack));
                break;
            }
        }
    }
    return packs;
}

// With what is wrong with the files of its forms.
definition::Loaded loaded_from(const std::vector<definition::PackSource>& packs) {
    definition::Loaded loaded = definition::build_set(definition::in_order_of_need(packs));
    if (!loaded.set) return loaded;
    loaded.problems = action::template_faults(*loaded.set);
    if (!loaded.problems.empty()) loaded.set = nullptr;
    return loaded;
}

// The rules for reviewing reports, with the samples they carry. Also says how many there are.
Result<int> try_check_samples(const definition::DefinitionSet& set) {
    if (set.checks().empty()) return 0;
    TRY(const review::Reviewer reviewer, review::Reviewer::of(set));
    const review::SampleRun run = review::try_samples(reviewer);
    for (const review::SampleFault& fault : run.faults)
        print_note(fmt::format("✗ 审查规则 {}：“{}” {}", fault.check, fault.sample, fault.message));
    print_line(fmt::format("{}条审查规则，{}个例子，{}个不成立。", run.checks, run.samples,
                           run.faults.size()));
    return run.faults.empty() ? 0 : 1;
}

int report_problems(const definition::Loaded& loaded) {
    for (const auto& problem : loaded.problems) print_note(definition::to_text(problem));
    for (const auto& note : loaded.notes) print_note("提示：" + definition::to_text(note));
    return loaded.problems.empty() ? 0 : 1;
}

std::set<std::string> given_packs(const Session& session) {
    std::set<std::string> out;
    for (const std::string& path : session.options.words)
        out.insert(fs::path(path).lexically_normal().filename().string());
    return out;
}

Result<int> run_scenarios(Session& session, const std::vector<definition::PackSource>& packs,
                          const std::string& url, const fs::path& data) {
    TRY(const auto database, storage::Database::open(url, storage::Migrate::Yes));
    TRY_OK(action::initialise(*database, data, {}));
    {
        const auto connection = database->writing();
        storage::Transaction transaction(*connection);
        definition::Definitions definitions;
        for (const auto& pack : definition::in_order_of_need(packs)) {
            TRY_OK(definitions.install(transaction, pack));
        }
        TRY(const auto set, definitions.union_set(*connection));
        TRY_OK(action::check_templates(*set));
        ledger::Ledgers::make_tables(*connection, *set);
        transaction.commit();
    }
    TRY(const auto workplace, action::Workplace::open(*database, data, session.clock));
    int number = 0;
    int failed = 0;
    std::set<std::string> touched;
    for (const std::string& path : session.options.words) {
        if (!definition::is_pack(path)) continue;
        TRY(const auto scenarios, action::read_scenarios(path));
        for (const action::Scenario& scenario : scenarios) {
            action::ScenarioRun run(*workplace, scenario, ++number);
            const auto wrong = run.run();
            touched.insert(run.touched().begin(), run.touched().end());
            for (const std::string& what : wrong)
                print_note(fmt::format("✗ {}：{}", scenario.file, what));
            failed += wrong.empty() ? 0 : 1;
        }
    }
    const char* kind = database->dialect() == storage::Dialect::Sqlite ? "SQLite" : "PostgreSQL";
    print_line(fmt::format("{}：{}个情景，{}个不成立。", kind, number, failed));
    std::vector<std::string> untouched =
        action::to_be_tried(*workplace->tables, given_packs(session));
    std::erase_if(untouched, [&](const std::string& name) { return touched.contains(name); });
    if (!untouched.empty()) print_note(fmt::format("没有情景试过的{}项：", untouched.size()));
    for (const std::string& each : untouched) print_note("  " + each);
    return failed == 0 ? 0 : 1;
}

}  // namespace

Result<int> pack_check_command(Session& session) {
    TRY(auto packs, packs_at(session.options.words));
    const size_t given = packs.size();
    TRY(packs, with_required(std::move(packs), session.options.words));
    const definition::Loaded loaded = loaded_from(packs);
    const int code = report_problems(loaded);
    print_line(fmt::format("{}个定义包，{}处问题，{}处提示。", given, loaded.problems.size(),
                           loaded.notes.size()));
    if (code != 0) return code;
    return try_check_samples(*loaded.set);
}

Result<int> pack_test_command(Session& session) {
    TRY(auto packs, packs_at(session.options.words));
    TRY(packs, with_required(std::move(packs), session.options.words));
    const definition::Loaded loaded = loaded_from(packs);
    if (report_problems(loaded) != 0) return 1;
    TRY(const int samples, try_check_samples(*loaded.set));
    const PassingFolder scratch;
    const std::string& url = session.options.defaults.database;
    const bool on_server = url.starts_with("postgresql://");
    const std::string place = on_server ? url : (scratch.path() / "scenarios.db").string();
    const fs::path data = on_server ? scratch.path() : scratch.path() / "data";
    TRY(const int scenarios, run_scenarios(session, packs, place, data));
    return std::max(samples, scenarios);
}

Result<int> pack_show_command(Session& session) {
    TRY(auto packs, packs_at(session.options.words));
    TRY(packs, with_required(std::move(packs), session.options.words));
    const definition::Loaded loaded = loaded_from(packs);
    if (report_problems(loaded) != 0) return 1;
    print_line(definition::describe(*loaded.set));
    print_line(fmt::format("摘要 {}", loaded.set->digest().hex()));
    return 0;
}

Result<int> pack_diff_command(Session& session) {
    const auto& paths = session.options.words;
    if (paths.size() != 2)
        return refuse(ErrorKind::InvalidInput, errors::kBadOption, "请给出旧、新两个定义包文件夹。",
                      "paths");
    std::vector<definition::Loaded> both;
    for (const std::string& path : paths) {
        TRY(auto packs, packs_at({path}));
        TRY(packs, with_required(std::move(packs), {path}));
        both.push_back(loaded_from(packs));
        if (report_problems(both.back()) != 0) return 1;
    }
    const auto lines = definition::differences(*both[0].set, *both[1].set);
    for (const std::string& line : lines) print_line(line);
    if (lines.empty()) print_line("没有不同。");
    return 0;
}

Result<int> pack_adopt_command(Session& session) {
    TRY(action::Workplace * workplace, session.workplace());
    TRY(const access::Jurisdiction jurisdiction,
        access::Organisation::jurisdiction(*workplace->database.reading(),
                                           session.options.jurisdiction));
    TRY(const action::Adoption adoption,
        action::adopt_packs(*workplace, jurisdiction.id, access::system_actor(jurisdiction.id)));
    for (const std::string& line : adoption.changes) print_line(line);
    print_line(adoption.changed ? fmt::format("{}已改用新的定义，{}条台账的期限有变动。",
                                              jurisdiction.name, adoption.clocks)
                                : fmt::format("{}用的就是现在安装的定义。", jurisdiction.name));
    return 0;
}

Result<int> pack_install_command(Session& session) {
    TRY(storage::Database * database, session.database());
    TRY(auto packs, packs_at(session.options.words));
    TRY(packs, with_required(std::move(packs), session.options.words));
    const auto connection = database->writing();
    storage::Transaction transaction(*connection);
    definition::Definitions definitions;
    for (const auto& pack : definition::in_order_of_need(packs)) {
        TRY_OK(definitions.install(transaction, pack));
        print_line(fmt::format("{} {} 已安装。", pack.name, pack.version));
    }
    TRY(const auto set, definitions.union_set(*connection));
    TRY_OK(action::check_templates(*set));
    ledger::Ledgers::make_tables(*connection, *set);
    transaction.commit();
    return 0;
}

}  // namespace fazhi::cli
