// Scenarios (情景): stories in a pack that must hold (definitions.md §12), run for `fazhi pack
// test`.
//
// Each runs in a jurisdiction of its own, so that all of them share one database. The steps are
// ordinary commands through the Writer; what a scenario may say is listed at read_scenario.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "action/entry_commands.h"
#include "action/workplace.h"

namespace fazhi::action {

struct Scenario {
    std::string file;
    std::string title;
    Value story;                  // the whole document
    std::vector<int> step_lines;  // where each step stands in the file, from 1
};

// What a story may try of these packs: their "步骤 ledger.step", "关口 ledger.step …" (each demand
// that can refuse a step), "期限 ledger.clock", "指标 measure", "文书 form", "义务 duty". In order.
std::vector<std::string> to_be_tried(const definition::DefinitionSet&,
                                     const std::set<std::string>& packs);

// The scenarios of a pack, by file name. Refuses what cannot be read.
Result<std::vector<Scenario>> read_scenarios(const std::filesystem::path& pack);

class ScenarioRun {
public:
    // `number` tells its jurisdictions from those of other scenarios in the database.
    ScenarioRun(Workplace& workplace, const Scenario& scenario, int number)
        : workplace_(workplace), scenario_(scenario), number_(number) {}
    // Everything that did not hold, one sentence each: empty: it holds.
    std::vector<std::string> run();
    // What of to_be_tried the story tried. A gate is tried where it refused.
    [[nodiscard]] const std::set<std::string>& touched() const { return touched_; }

private:
    struct Place {
        std::string ledger;
        EntryId entry;
    };
    using Work = std::function<Result<void>(const Task&)>;

    void set_up();
    void set_up_jurisdictions();
    void set_up_people(JurisdictionId, const std::string& code);
    void set_up_entries();
    void take(const Value& step);
    void command(const Value& step);
    Result<void> perform(const Value& step, const Task&);
    Result<void> perform_change(const Value& step, const Task&, const Place&);
    void check_outcome(const Value& step, const Result<void>& done);
    void check_refusal(const Value& refused, const Error& error);
    void note_gates(const Value& step, const Error& error);
    void check_expectation(const Value& expect);
    [[nodiscard]] bool agrees(const Value& is, const Value& wanted) const;
    // What a step opened is called by these labels from here on.
    void name_opened(const std::string& ledger, const std::vector<std::string>& labels);
    void check_clock(storage::Connection&, const ledger::Context&, const std::string& clock,
                     const Value& wanted);
    void check_explanation(const Value& step);
    void look(const Value& step);
    void check_notices(const Value& step);
    void check_duty(const Value& step);
    void note_what_ran();
    void check_measures(const Value& step);
    void check_ranking(const Value& step);
    void check_measure(const std::string& name, int year, const Value& wanted,
                       const Value& where = {});
    void check_journal(const Value& step);
    Result<void> in_transaction(const std::string& as, const Work&);
    void fail(const std::string& what) { failures_.push_back(what); }
    [[nodiscard]] Value resolved(const Value& value) const;  // labels of entries become "#id"
    [[nodiscard]] calendar::Instant now() const;
    [[nodiscard]] const Place* place(const std::string& label) const;

    Workplace& workplace_;
    const Scenario& scenario_;
    int number_;
    std::string today_;
    JurisdictionId office_;
    std::map<std::string, JurisdictionId> jurisdictions_;
    std::map<std::string, Place> places_;
    Place current_;
    procedure::Outcome outcome_;
    std::string issued_;  // the number of the form made last
    std::vector<std::string> failures_;
    std::set<std::string> touched_;
};

}  // namespace fazhi::action
