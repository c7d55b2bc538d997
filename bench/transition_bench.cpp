// Steps through a full gate, against a bare SQLite program writing the same rows: the entry itself,
// its passage, its clocks, the journal.
//
// The cases are major penalties of the national pack: an officer files one with its record and
// draft decision and sends it to the lawyers, who did not draft it and give their opinion (fields,
// papers, other persons, refusals, a clock ends); the leader decides once the meeting is linked and
// the opinion is favourable (papers, fields, refusals, two linked ledgers, three clocks).
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "acting.h"
#include "against_bare.h"
#include "bare_sqlite.h"
#include "bench.h"
#include "office.h"

namespace fazhi::bench {
namespace {

constexpr int kGroup = 32;
constexpr int kStepsARound = 640;
constexpr int kCases = kStepsARound * kRounds;

// People of the example office.
constexpr const char* kOfficer = "p017";
constexpr const char* kOtherOfficer = "p018";
constexpr const char* kLawOffice = "p003";
constexpr const char* kReviewer = "p005";
constexpr const char* kLeader = "p001";

struct Case {
    EntryId decision;
    EntryId review;
};

ledger::NewEntry new_entry(const std::string& ledger, Value fields) {
    return {.ledger = ledger,
            .fields = std::move(fields),
            .unit = {},
            .handler = {},
            .reference = {},
            .opened_by = {},
            .opened_by_ledger = {}};
}

procedure::Step step_of(const std::string& ledger, EntryId entry, const std::string& transition,
                        Value fields) {
    return {.ledger = ledger,
            .entry = entry,
            .transition = transition,
            .happened_on = {},
            .fields = std::move(fields),
            .note = {}};
}

Result<void> attach(const action::Task& task, const std::string& ledger, EntryId entry,
                    const std::vector<std::string>& kinds) {
    for (const std::string& kind : kinds) {
        TRY(const ledger::EvidenceUse use,
            action::attach_evidence(
                task, ledger, entry,
                {.kind = kind, .name = "材料.txt", .bytes = "材料一份\n", .happened_on = {}}));
    }
    return {};
}

// The cases on their way, all of them at the same step.
class Cases {
public:
    explicit Cases(LoadedOffice& office)
        : office_(office), today_(calendar::to_text(office.clock.today())), cases_(kCases) {
        std::vector<storage::Command> commands;
        for (const char* person : {kOfficer, kOtherOfficer})
            commands.push_back(as(office, kLawOffice, [this, person](const action::Task& task) {
                return certify(person, task);
            }));
        run_in_groups(office, std::move(commands), kGroup);
    }

    void file_all() {
        all(kOfficer, [this](Case& each, const action::Task& task) { return file(each, task); });
        all(kLawOffice, [this](Case& each, const action::Task& task) { return meet(each, task); });
        all(kReviewer, [](Case& each, const action::Task& task) -> Result<void> {
            TRY(const auto done,
                action::move_entry(task, step_of("legal_review", each.review, "take", {})));
            return {};
        });
    }

    double give_opinions(int round) {
        return some(round, kReviewer, [](Case& each, const action::Task& task) -> Result<void> {
            TRY(const auto done,
                action::move_entry(task, step_of("legal_review", each.review, "issue",
                                                 Value::Map{{"powers_ok", true},
                                                            {"procedure_ok", true},
                                                            {"content_ok", true},
                                                            {"outcome", "lawful"}})));
            return {};
        });
    }

    void feed_back_all() {
        all(kOfficer, [](Case& each, const action::Task& task) -> Result<void> {
            TRY(const auto done,
                action::move_entry(task, step_of("legal_review", each.review, "feed_back", {})));
            return {};
        });
    }

    double decide(int round) {
        return some(round, kLeader, [](Case& each, const action::Task& task) -> Result<void> {
            TRY(const auto done,
                action::move_entry(task, step_of("enforcement_decision", each.decision, "decide",
                                                 Value::Map{{"penalty", "罚款五千元"},
                                                            {"legal_ground", "条例第十条"}})));
            return {};
        });
    }

private:
    using CaseDeed = std::function<Result<void>(Case&, const action::Task&)>;

    // The example's certificates run out with time.
    Result<void> certify(const char* person, const action::Task& task) {
        TRY(const ledger::Entry entry,
            action::create_entry(
                task, new_entry("enforcement_officer",
                                Value::Map{{"certificate_no", fmt::format("证{}", person)},
                                           {"kind", "officer"},
                                           {"person", person},
                                           {"valid_from", today_},
                                           {"valid_until", today_}})));
        officers_.emplace_back(Value::Map{{"officer", fmt::format("#{}", entry.head.id.value)}});
        return {};
    }

    Result<void> file(Case& each, const action::Task& task) {
        TRY(const ledger::Entry entry,
            action::create_entry(
                task, new_entry("enforcement_decision",
                                Value::Map{{"authority", "赋权目录第一项"},
                                           {"case_number", fmt::format("案{}", ++serial_)},
                                           {"collective", true},
                                           {"drafter", kOfficer},
                                           {"facts", "占道经营，屡教不改"},
                                           {"field_of_work", "市容环境"},
                                           {"filed_on", today_},
                                           {"hearing_scope", false},
                                           {"kind", "penalty"},
                                           {"major", true},
                                           {"officers", officers_},
                                           {"party", "某某商店"},
                                           {"party_kind", "organisation"},
                                           {"penalty_kinds", Value::List{Value("warning")}},
                                           {"told_on", today_},
                                           {"told_party", true}})));
        each.decision = entry.head.id;
        TRY_OK(
            attach(task, "enforcement_decision", each.decision, {"record", "notice", "decision"}));
        TRY(const auto sent,
            action::move_entry(task, step_of("enforcement_decision", each.decision, "submit", {})));
        each.review = sent.opened.at("legal_review").front();
        return attach(task, "legal_review", each.review,
                      {"materials", "opinion_paper", "qualification"});
    }

    Result<void> meet(const Case& each, const action::Task& task) const {
        TRY(const ledger::Entry meeting,
            action::create_entry(task, new_entry("meeting", Value::Map{{"kind", "collective"},
                                                                       {"occurred_on", today_},
                                                                       {"title", "集体讨论"}})));
        return action::link_entries(task, {.from_ledger = "meeting",
                                           .from = meeting.head.id,
                                           .relation = {},
                                           .to_ledger = "enforcement_decision",
                                           .to = each.decision});
    }

    double some(int round, const char* person, const CaseDeed& deed) {
        std::vector<storage::Command> commands;
        for (int n = round * kStepsARound; n < (round + 1) * kStepsARound; ++n) {
            Case& each = cases_[static_cast<std::size_t>(n)];
            commands.push_back(as(office_, person, [&each, &deed](const action::Task& task) {
                return deed(each, task);
            }));
        }
        return run_in_groups(office_, std::move(commands), kGroup);
    }

    void all(const char* person, const CaseDeed& deed) {
        for (int round = 0; round < kRounds; ++round) some(round, person, deed);
    }

    LoadedOffice& office_;
    std::string today_;
    std::vector<Case> cases_;
    Value::List officers_;
    int serial_ = 0;
};

void add_lines(Sheet& sheet, const std::string& name, const AgainstBare& speed) {
    sheet.add({.name = name,
               .value = speed.ours,
               .unit = "/s",
               .ratio = speed.ours / speed.bare,
               .bar = Bar{Sense::AtLeast, 0.4}});
    sheet.add({.name = name + ".bare", .value = speed.bare, .unit = "/s"});
    sheet.add({.name = name + ".rows", .value = speed.rows, .unit = "rows"});
}

}  // namespace

void transitions(Sheet& sheet) {
    LoadedOffice office("qianjin");
    Cases cases(office);
    constexpr Work kWork{kStepsARound, kGroup};
    cases.file_all();
    add_lines(sheet, "transition.issue.32",
              against_bare(office, kWork, [&](int round) { return cases.give_opinions(round); }));
    cases.feed_back_all();
    add_lines(sheet, "transition.decide.32",
              against_bare(office, kWork, [&](int round) { return cases.decide(round); }));
}

}  // namespace fazhi::bench
