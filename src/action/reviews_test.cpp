#include "action/reviews.h"

#include <doctest/doctest.h>

#include "action/errors.h"
#include "action/report_command.h"
#include "action/review_retention.h"
#include "action/review_verdicts.h"
#include "action/testing/small_office.h"
#include "ledger/errors.h"
#include "procedure/errors.h"
#include "storage/testing/databases.h"
#include "storage/transaction.h"

namespace fazhi::action {
namespace {

using storage::testing::for_each_database;
using testing::SmallOffice;

// A report may not say 走访, which ours does in its first sentence, nor leave a gap.
constexpr std::string_view kChecks = R"(settings:
  review_retention:
    {title: 第三方文本, type: duration, default: 30 days, source: 做法, change: [law_office]}
---
check: said_visit
title: 用词
level: error
find: phrase
words: [走访]
say: "“{found}”应写作“入户”。"
fix: 改用规范的说法。
passing: [全年入户三次。, 全年没有。]
failing:
  - {text: 全年走访三次。, found: [走访]}
  - {text: 走访群众。, found: [走访]}
---
check: gap_left
title: 空白
level: warning
find: phrase
words: [××]
say: "“{found}”没有填。"
fix: 填上。
passing: [全年入户三次。, 全年没有。]
failing:
  - {text: 全年××三次。, found: [××]}
  - {text: 在××。, found: [××]}
)";

constexpr const char* kFirst = "前进街道2023年度报告\n全年走访12次。\n在××社区开展活动。\n";
constexpr const char* kSecond = "前进街道2023年度报告\n全年走访12次。\n在华创社区开展××活动。\n";

struct Desk {
    explicit Desk(storage::Database& database) : office(database, kChecks) {
        office.workplace->reviewing.read_with({FAZHI_EXTRACTION_CHILD, {}});
    }

    // Asks as this person.
    template <class Ask>
    auto ask(const std::string& person, const Ask& ask) {
        const auto reading = office.workplace->database.reading();
        const auto opened = open_office(*office.workplace, *reading, office.id);
        REQUIRE(opened);
        const auto actor = actor_in(*reading, *opened, person);
        REQUIRE(actor);
        const ledger::Context context = context_of(*opened, *actor, office.workplace->clock.now());
        return ask(ReviewQuestion{*office.workplace, *reading, *opened, context});
    }
    Result<EntryId> hand_in(const std::string& person, const std::string& text,
                            std::optional<EntryId> replaces = {},
                            const std::string& origin = "own") {
        const auto order = ask(person, [&](const ReviewQuestion& question) {
            return read_for_review(question, {.file = "报告.txt",
                                              .bytes = text,
                                              .unit_name = origin == "own" ? "" : "云桥街道",
                                              .origin = origin,
                                              .replaces = replaces});
        });
        if (!order) return Refusal(order.error());
        EntryId made;
        const auto done = command(person, [&](const Task& task) -> Result<void> {
            TRY(const ledger::Entry entry, hand_in_for_review(task, *order));
            made = entry.head.id;
            return {};
        });
        if (!done) return Refusal(done.error());
        return made;
    }
    Result<void> command(const std::string& person,
                         const std::function<Result<void>(const Task&)>& command) {
        return office.run(person, [&](storage::Transaction& transaction, ledger::Context& context) {
            return command({*office.workplace, transaction, context});
        });
    }
    JudgedReview review(const std::string& person, EntryId id) {
        auto out = ask(person, [&](const ReviewQuestion& question) -> Result<JudgedReview> {
            TRY(const ledger::Entry entry, reviewed_report(question, id));
            return review_of(question, entry);
        });
        REQUIRE_MESSAGE(out, out.error().message);
        return *std::move(out);
    }
    Result<EntryId> say(const std::string& person, const JudgedReview& judged,
                        const NewVerdict& verdict, const ledger::EntryHead* head) {
        EntryId made;
        const auto done = command(person, [&](const Task& task) -> Result<void> {
            TRY(made, give_verdict(task, judged, head, verdict));
            return {};
        });
        if (!done) return Refusal(done.error());
        return made;
    }
    ledger::EntryHead head_of(EntryId id) {
        return ask("p2", [&](const ReviewQuestion& question) {
            const auto entry = reviewed_report(question, id);
            REQUIRE(entry);
            return entry->head;
        });
    }

    SmallOffice office;
};

std::string fingerprint_of(const JudgedReview& judged, const std::string& check) {
    for (const review::Finding& each : judged.review->findings) {
        if (each.check == check) return each.fingerprint;
    }
    return {};
}

const HumanVerdict* said_of(const JudgedReview& judged, const std::string& check) {
    for (std::size_t i = 0; i < judged.human.size(); ++i) {
        if (judged.review->findings[i].check == check && judged.human[i]) return &*judged.human[i];
    }
    return nullptr;
}

std::vector<std::string> changes_of(const std::vector<ComparedFinding>& all) {
    constexpr const char* kNames[] = {"gone ", "stayed ", "new "};
    std::vector<std::string> out;
    for (const ComparedFinding& each : all)
        out.push_back(kNames[static_cast<int>(each.change)] + each.finding->check);
    return out;
}

}  // namespace

TEST_CASE("a report handed in is read, and keeps what people said of it from draft to draft") {
    for_each_database([](storage::Database& database) {
        Desk desk(database);
        const auto first = desk.hand_in("p3", kFirst);
        REQUIRE_MESSAGE(first, first.error().message);
        CHECK(desk.hand_in("p3", kFirst).error().code == errors::kReviewedBefore);
        const JudgedReview before = desk.review("p3", *first);
        REQUIRE(before.review->findings.size() == 2);
        const ledger::EntryHead head = desk.head_of(*first);

        CHECK(desk.say("p3", before, {"nothing", "confirmed", "", ""}, &head).error().code ==
              errors::kNoSuchFinding);
        const std::string visit = fingerprint_of(before, "said_visit");
        CHECK(desk.say("p3", before, {visit, "wrong", "", ""}, &head).error().code ==
              errors::kVerdictIncomplete);
        CHECK(desk.say("p4", before, {visit, "wrong", "固定用语", ""}, &head).error().kind ==
              ErrorKind::Forbidden);
        REQUIRE(desk.say("p3", before, {visit, "wrong", "固定用语", ""}, &head));
        REQUIRE(desk.say("p3", before, {fingerprint_of(before, "gap_left"), "confirmed", "", ""},
                         &head));

        const JudgedReview again = desk.review("p3", *first);
        REQUIRE(said_of(again, "said_visit") != nullptr);
        CHECK(said_of(again, "said_visit")->settles());
        CHECK(said_of(again, "said_visit")->given_by == "王小明");
        CHECK_FALSE(said_of(again, "gap_left")->settles());

        // The words around the gap are other ones now: what was said of it holds no more.
        const auto second = desk.hand_in("p3", kSecond, *first);
        REQUIRE_MESSAGE(second, second.error().message);
        const JudgedReview after = desk.review("p3", *second);
        CHECK(said_of(after, "said_visit") != nullptr);
        CHECK(said_of(after, "gap_left") == nullptr);
        CHECK(changes_of(compared(*before.review, *after.review)) ==
              std::vector<std::string>{"stayed said_visit", "stayed gap_left"});
        const auto third =
            desk.hand_in("p3", "前进街道2023年度报告\n全年走访12次，走访老人。\n", *second);
        REQUIRE(third);
        CHECK(changes_of(compared(*after.review, *desk.review("p3", *third).review)) ==
              std::vector<std::string>{"stayed said_visit", "new said_visit", "gone gap_left"});
        CHECK(desk.hand_in("p3", "前进街道2022年度报告\n没有。\n", *third).error().code ==
              errors::kBadReviewOrder);
    });
}

TEST_CASE("a unit's draft is seen by the unit and by who sees the whole office") {
    for_each_database([](storage::Database& database) {
        Desk desk(database);
        const auto draft = desk.hand_in("p3", kFirst);
        REQUIRE(draft);
        const auto seen = [&](const std::string& person) {
            return desk.ask(person, [&](const ReviewQuestion& question) {
                return reviewed_report(question, *draft) &&
                       reviewed_reports(question, 0).size() == 1;
            });
        };
        CHECK(seen("p3"));
        CHECK(seen("p2"));
        CHECK_FALSE(seen("p4"));
    });
}

TEST_CASE("a waiver holds once somebody else has approved it, until its day") {
    for_each_database([](storage::Database& database) {
        Desk desk(database);
        const auto draft = desk.hand_in("p2", kFirst);
        REQUIRE(draft);
        const JudgedReview judged = desk.review("p2", *draft);
        const ledger::EntryHead head = desk.head_of(*draft);
        const std::string visit = fingerprint_of(judged, "said_visit");
        CHECK(desk.say("p2", judged, {visit, "waived", "已印发", ""}, &head).error().code ==
              errors::kVerdictIncomplete);
        CHECK(
            desk.say("p2", judged, {visit, "waived", "已印发", "2024-05-06"}, &head).error().code ==
            errors::kVerdictIncomplete);
        const auto asked = desk.say("p2", judged, {visit, "waived", "已印发", "2024-05-31"}, &head);
        REQUIRE_MESSAGE(asked, asked.error().message);
        CHECK(said_of(desk.review("p2", *draft), "said_visit")->state == VerdictState::Asked);

        const auto decide = [&](const std::string& person, bool approve, const std::string& note) {
            return desk.command(person, [&](const Task& task) {
                return decide_waiver(task, *asked, approve, note);
            });
        };
        CHECK(decide("p2", true, "").error().code == procedure::errors::kSamePerson);
        CHECK(decide("p3", true, "").error().kind == ErrorKind::Forbidden);
        CHECK(decide("p1", false, "").error().code == errors::kVerdictIncomplete);
        REQUIRE(decide("p1", true, ""));
        CHECK(decide("p1", true, "").error().code == errors::kWaiverNotOpen);
        const JudgedReview approved = desk.review("p2", *draft);
        CHECK(said_of(approved, "said_visit")->settles());
        CHECK(said_of(approved, "said_visit")->approved_by == "赵刚");

        desk.office.clock.set(calendar::make_date(2024, 6, 1).value());
        const JudgedReview later = desk.review("p2", *draft);
        CHECK(said_of(later, "said_visit")->state == VerdictState::Expired);
        CHECK_FALSE(said_of(later, "said_visit")->settles());
    });
}

TEST_CASE("what was approved is no longer approved once it was changed") {
    for_each_database([](storage::Database& database) {
        Desk desk(database);
        const auto draft = desk.hand_in("p2", kFirst);
        REQUIRE(draft);
        const JudgedReview judged = desk.review("p2", *draft);
        const ledger::EntryHead head = desk.head_of(*draft);
        const auto asked = desk.say(
            "p2", judged, {fingerprint_of(judged, "said_visit"), "waived", "已印发", "2024-05-31"},
            &head);
        REQUIRE(asked);
        REQUIRE(desk.command(
            "p1", [&](const Task& task) { return decide_waiver(task, *asked, true, ""); }));
        const auto longer = desk.command("p2", [&](const Task& task) -> Result<void> {
            TRY_OK(amend_entry(task, kReviewVerdicts, *asked,
                               {Value(Value::Map{{"expires_on", "2030-01-01"}}), "延长"}));
            return {};
        });
        REQUIRE_MESSAGE(longer, longer.error().message);
        CHECK(said_of(desk.review("p2", *draft), "said_visit")->state == VerdictState::Asked);
    });
}

TEST_CASE("our own report is signed once its errors are mended, judged wrong or waived") {
    for_each_database([](storage::Database& database) {
        Desk desk(database);
        const ReportOrder order{.jurisdiction = "qianjin",
                                .year = 2023,
                                .folder = desk.office.folders.scratch.folder() / "out",
                                .signing = "p1",
                                .clearing = "p2"};
        const auto refused = make_report(*desk.office.workplace, order);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == errors::kFindingsOpen);
        CHECK(refused.error().message.find("“走访”应写作“入户”") != std::string::npos);
        CHECK(desk.office.lines_of("SELECT count(*) FROM ledger_report") ==
              std::vector<std::string>{"0"});

        const auto own = [&] {
            auto out = desk.ask("p2", [&](const ReviewQuestion& question) {
                return review_of_own(question, {.report = "annual", .year = 2023});
            });
            REQUIRE(out);
            return *std::move(out);
        };
        const JudgedReview judged = own();
        REQUIRE(judged.review->findings.size() == 1);
        const std::string visit = judged.review->findings.front().fingerprint;
        // A clerk's post covers a unit, and the report is of the whole office.
        CHECK(desk.say("p3", judged, {visit, "wrong", "固定用语", ""}, nullptr).error().kind ==
              ErrorKind::Forbidden);
        REQUIRE(desk.say("p2", judged, {visit, "confirmed", "", ""}, nullptr));
        CHECK(make_report(*desk.office.workplace, order).error().code == errors::kFindingsOpen);
        REQUIRE(desk.say("p2", own(), {visit, "wrong", "固定用语", ""}, nullptr));
        const auto done = make_report(*desk.office.workplace, order);
        REQUIRE_MESSAGE(done, done.error().message);
        CHECK(done->report.is_signed);
    });
}

TEST_CASE("a third party's text is destroyed when its time is over") {
    for_each_database([](storage::Database& database) {
        Desk desk(database);
        const auto entry =
            desk.hand_in("p2", "云桥街道2023年度报告\n　　全年走访12次。\n", {}, "third_party");
        REQUIRE_MESSAGE(entry, entry.error().message);
        const auto now = [&] { return desk.office.workplace->clock.now(); };
        CHECK(*destroy_expired_reviews(*desk.office.workplace, desk.office.id, now()) == 0);
        const JudgedReview judged = desk.review("p2", *entry);
        const ledger::EntryHead head = desk.head_of(*entry);
        REQUIRE(desk.say("p2", judged, {fingerprint_of(judged, "said_visit"), "confirmed", "", ""},
                         &head));
        CHECK(desk.office.lines_of("SELECT retain_until FROM ledger_reviewed_report") ==
              std::vector<std::string>{"2024-06-05"});

        desk.office.clock.set(calendar::make_date(2024, 6, 6).value());
        CHECK(*destroy_expired_reviews(*desk.office.workplace, desk.office.id, now()) == 1);
        CHECK(*destroy_expired_reviews(*desk.office.workplace, desk.office.id, now()) == 0);
        const auto gone =
            desk.ask("p2", [&](const ReviewQuestion& question) -> Result<JudgedReview> {
                TRY(const ledger::Entry expired, reviewed_report(question, *entry));
                return review_of(question, expired);
            });
        REQUIRE_FALSE(gone);
        CHECK(gone.error().code == errors::kFileGone);
        CHECK(desk.office.lines_of("SELECT state FROM ledger_reviewed_report") ==
              std::vector<std::string>{"expired"});
    });
}

}  // namespace fazhi::action
