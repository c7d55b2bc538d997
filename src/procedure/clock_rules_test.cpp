#include "procedure/clock_rules.h"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <rapidcheck.h>

#include "calendar/testing/china.h"
#include "procedure/clock_refusals.h"
#include "procedure/testing/clock_ledgers.h"

namespace fazhi::procedure {
namespace {

using calendar::testing::china;
using ledger::RunStatus;

class Nothing final : public ledger::Surroundings {
public:
    Value setting(const std::string&) override { return {}; }
    bool has_post(PersonId, const std::string&) override { return false; }
    std::string day_kind(const std::string&) override { return {}; }
    std::vector<const ledger::Entry*> linked(const ledger::Entry&, const std::string&) override {
        return {};
    }
};

// An entry with what happened to it, in order.
struct Story {
    explicit Story(const std::string& received, Value::Map fields = {}) {
        entry.head.ledger = "request";
        entry.head.state = "open";
        entry.head.dated_on = received;
        entry.fields = std::move(fields);
        entry.fields.set("occurred_on", received);
        step("", "open", received);
    }
    Story& step(const std::string& transition, const std::string& to, const std::string& on,
                const std::string& recorded = {}) {
        passages.push_back({.n = static_cast<int>(passages.size()) + 1,
                            .transition = transition,
                            .from_state = entry.head.state,
                            .state = to,
                            .happened_on = on,
                            .recorded_at = (recorded.empty() ? on : recorded) + "T02:00:00Z",
                            .actor = {},
                            .actor_jurisdiction = {},
                            .imported = false});
        entry.head.state = to;
        return *this;
    }
    Story& attach(const char* kind) {
        evidence.push_back({.kind = kind,
                            .digest = {},
                            .name = {},
                            .media_type = {},
                            .size = 0,
                            .happened_on = {},
                            .recorded_at = {}});
        return *this;
    }
    Story& set(const char* field, Value value) {
        entry.fields.set(field, std::move(value));
        return *this;
    }
    [[nodiscard]] ClockFacts facts() {
        return {testing::clock_set(),
                *testing::clock_set().ledger("request"),
                entry,
                passages,
                evidence,
                china(),
                calendar::date_from(today).value(),
                nothing,
                [](const ledger::Entry&) { return std::vector<ledger::Passage>(); }};
    }
    std::vector<WorkedRun> runs(const char* clock) {
        return work_out(facts(), *testing::clock_set().ledger("request")->clock(clock)).runs;
    }
    WorkedRun last(const char* clock) {
        const auto all = runs(clock);
        REQUIRE_FALSE(all.empty());
        return all.back();
    }
    std::string due(const char* clock) { return last(clock).run.due_on; }
    bool overdue(const char* clock) {
        return is_overdue(last(clock).run, *testing::clock_set().ledger("request")->clock(clock),
                          calendar::date_from(today).value());
    }

    ledger::Entry entry;
    std::vector<ledger::Passage> passages;
    std::vector<ledger::EvidenceUse> evidence;
    std::string today = "2024-12-31";
    Nothing nothing;
};

}  // namespace

TEST_CASE("workdays run over the National Day holiday and its make-up days") {
    // 29 September and 12 October are worked, 1 to 7 October are not.
    CHECK(Story("2024-09-27").due("answer") == "2024-10-30");
    CHECK(Story("2024-09-24", {{"kind", "summary"}}).due("reply") == "2024-09-30");
    CHECK(Story("2024-09-24", {{"kind", "ordinary"}}).due("reply") == "2024-10-12");
}

TEST_CASE("a law that came into force on a day binds what began on that day") {
    CHECK(Story("2023-12-31").runs("reply").empty());
    CHECK_FALSE(work_out(Story("2023-12-31").facts(),
                         *testing::clock_set().ledger("request")->clock("reply"))
                    .applies);
    CHECK(Story("2024-01-01").due("reply") == "2024-01-15");
}

TEST_CASE("a restart begins the period anew, once for each correction") {
    Story story("2024-04-08", {{"days", 10}});
    story.step("ask", "waiting", "2024-04-10");
    CHECK(story.runs("answer").size() == 1);
    CHECK(story.last("answer").run.status == RunStatus::Superseded);
    CHECK_FALSE(story.overdue("answer"));
    CHECK(story.due("correct") == "2024-04-24");
    story.step("comply", "open", "2024-04-12");
    CHECK(story.runs("answer").size() == 2);
    CHECK(story.last("answer").run.started_on == "2024-04-12");
    CHECK(story.due("answer") == "2024-05-13");
    // A begin without another stop changes nothing; a second correction begins a third run.
    story.step("comply", "open", "2024-04-15");
    CHECK(story.runs("answer").size() == 2);
    story.step("ask", "waiting", "2024-04-16").step("comply", "open", "2024-04-18");
    CHECK(story.runs("answer").size() == 3);
    CHECK(story.due("answer") == "2024-05-17");
}

TEST_CASE("a restart may have several stops and begins; the first of each counts") {
    Story story("2024-04-08", {{"due_on", "2024-05-10"}});
    story.today = "2024-05-20";
    story.step("answer", "answered", "2024-05-06").step("redo", "open", "2024-05-08");
    CHECK(story.runs("again").size() == 2);
    CHECK(story.due("again") == "2024-05-10");
    story.step("answer", "answered", "2024-05-09").step("end", "ended", "2024-05-10");
    CHECK(story.last("again").run.status == RunStatus::Stopped);
    story.step("reopen", "open", "2024-05-13");
    CHECK(story.runs("again").size() == 3);
    CHECK(story.last("again").run.status == RunStatus::Running);
    CHECK(story.overdue("again"));
}

TEST_CASE("what is opened again has its clocks back, and ends on the day it ends again") {
    Story story("2024-04-08");
    story.step("end", "ended", "2024-04-10");
    CHECK(story.last("limited").run.status == RunStatus::Moot);
    CHECK(story.last("limited").run.stopped_on == "2024-04-10");
    story.step("reopen", "open", "2024-04-15");
    CHECK(story.last("limited").run.status == RunStatus::Running);
    CHECK(story.due("limited") == "2024-05-08");
    story.step("end", "ended", "2024-04-20");
    CHECK(story.last("limited").run.status == RunStatus::Moot);
    CHECK(story.last("limited").run.stopped_on == "2024-04-20");
}

TEST_CASE("a begin before any stop is no restart") {
    Story story("2024-04-08");
    story.step("comply", "open", "2024-04-09");
    CHECK(story.runs("answer").size() == 1);
    CHECK(story.last("answer").run.status == RunStatus::Running);
}

TEST_CASE("what is consulted about is not counted, over a holiday too, and never for ever") {
    Story story("2024-09-20");
    CHECK(story.due("answer") == "2024-10-23");
    story.step("consult", "open", "2024-09-27");
    CHECK(story.last("answer").run.status == RunStatus::Paused);
    CHECK(story.due("answer").empty());
    CHECK_FALSE(story.overdue("answer"));
    story.step("heard", "open", "2024-10-08");
    // 29 and 30 September and 8 October are workdays that do not count.
    CHECK(story.due("answer") == "2024-10-28");
    Story within_a_day("2024-09-20");
    within_a_day.step("consult", "open", "2024-09-24").step("heard", "open", "2024-09-24");
    CHECK(within_a_day.due("answer") == "2024-10-23");
    // A pause with a limit goes no further than that: ten days.
    Story limited("2024-03-01");
    limited.step("consult", "open", "2024-03-11");
    CHECK(limited.due("limited") == "2024-04-10");
    CHECK(limited.last("limited").run.status == RunStatus::Running);
}

TEST_CASE("a pause entered after the last day counts only with the paper that proves it") {
    Story story("2024-09-20");
    CHECK(story.due("answer") == "2024-10-23");
    // Entered on the last day, it still counts.
    Story in_time = story;
    in_time.step("consult", "open", "2024-09-27", "2024-10-23");
    CHECK(in_time.last("answer").run.status == RunStatus::Paused);
    story.step("consult", "open", "2024-09-27", "2024-10-24");
    CHECK(story.last("answer").pause_unproven);
    CHECK(story.due("answer") == "2024-10-23");
    CHECK(story.overdue("answer"));
    story.step("heard", "open", "2024-10-24");
    CHECK(story.due("answer") == "2024-10-23");
    story.attach("request_slip");
    CHECK_FALSE(story.last("answer").pause_unproven);
    CHECK(story.due("answer") == "2024-11-14");
}

TEST_CASE("a pause entered late after one that counts is held against the day that one gives") {
    Story story("2024-09-20");
    story.step("consult", "open", "2024-09-27").step("heard", "open", "2024-10-08");
    CHECK(story.due("answer") == "2024-10-28");
    story.step("consult", "open", "2024-10-10", "2024-10-25");
    CHECK(story.last("answer").run.status == RunStatus::Paused);
    CHECK_FALSE(story.last("answer").pause_unproven);
}

TEST_CASE("what stopped in time has not run out, but a step it waits for lies within it") {
    definition::Transition notify = *testing::clock_set().ledger("request")->transition("notify");
    notify.not_after = {"reply"};
    const auto refused = [&](Story& story, const definition::Transition& step) {
        return clock_refusals(story.facts(), step, "2024-04-24").size();
    };
    Story open("2024-04-08");  // due on 22 April
    CHECK(refused(open, notify) == 1);
    Story in_time("2024-04-08");
    in_time.step("answer", "answered", "2024-04-19");
    CHECK(refused(in_time, notify) == 0);
    Story late("2024-04-08");
    late.step("answer", "answered", "2024-04-23");
    CHECK(refused(late, notify) == 1);
    definition::Transition again = *testing::clock_set().ledger("request")->transition("answer");
    again.not_after = {"reply"};
    CHECK(refused(in_time, again) == 1);
}

TEST_CASE("an extension adds to the end, and its allowance is not renewed") {
    Story story("2024-09-27", {{"extra", 10}});
    story.step("extend", "open", "2024-10-30");
    CHECK(story.due("answer") == "2024-11-13");
    story.step("extend", "open", "2024-11-01");
    CHECK(story.due("answer") == "2024-11-13");
    story.step("ask", "waiting", "2024-11-04").step("comply", "open", "2024-11-05");
    story.step("extend", "open", "2024-11-06");
    CHECK(story.due("answer") == "2024-12-03");
}

TEST_CASE("an extension is asked for before the last day has passed") {
    Story story("2024-09-27", {{"extra", 10}});
    const definition::Transition& extend =
        *testing::clock_set().ledger("request")->transition("extend");
    story.today = "2024-10-30";
    CHECK(clock_refusals(story.facts(), extend, "2024-10-30").empty());
    story.today = "2024-10-31";
    const auto recorded_late = clock_refusals(story.facts(), extend, "2024-10-30");
    REQUIRE(recorded_late.size() == 1);
    CHECK(recorded_late.front().message.find("届满以后登记的") != std::string::npos);
    const auto late = clock_refusals(story.facts(), extend, "2024-10-31");
    REQUIRE(late.size() == 1);
    CHECK(late.front().code == "procedure.too_late");
    CHECK(late.front().where == "answer");
}

TEST_CASE("a step recorded late counts on its day only with the paper that proves it") {
    Story story("2024-04-08", {{"kind", "summary"}});
    story.step("answer", "answered", "2024-04-12", "2024-04-20");
    CHECK(story.overdue("reply"));
    CHECK(story.last("reply").run.stopped_on == "2024-04-20");
    CHECK(story.last("reply").unproven);
    story.attach("posting");
    CHECK_FALSE(story.overdue("reply"));
    CHECK(story.last("reply").run.stopped_on == "2024-04-12");
}

TEST_CASE("periods before an event count back from it") {
    CHECK(Story("2024-09-01", {{"hearing_on", "2024-10-10"}}).due("notice") == "2024-09-25");
    CHECK(Story("2024-09-01").runs("notice").empty());
    Story told("2024-09-01", {{"hearing_on", "2024-10-10"}});
    told.step("notify", "open", "2024-09-27");
    CHECK(told.overdue("notice"));
}

TEST_CASE("hours run through the night") {
    Story story("2024-09-30", {{"taken_at", "2024-09-30T12:00:00Z"}});
    CHECK(story.last("approve").run.due_at == "2024-10-01T12:00:00Z");
    story.set("approved_at", "2024-10-01T12:00:00Z");
    CHECK_FALSE(story.overdue("approve"));
    story.set("approved_at", "2024-10-01T12:00:01Z");
    CHECK(story.overdue("approve"));
}

TEST_CASE("months end on the month's last day; a clock runs from another's due day") {
    CHECK(Story("2024-01-31").due("month") == "2024-02-29");
    CHECK(Story("2023-01-31").due("month") == "2023-02-28");
    // A party's fifteen days end on Friday 15 March; from 30 April they roll over to 15 May.
    CHECK(Story("2024-01-31").due("sue") == "2024-03-15");
    // 5 October is a holiday: the party has until 8 October.
    CHECK(Story("2024-08-20").due("sue") == "2024-10-08");
    CHECK_FALSE(Story("2023-01-31").overdue("month"));  // soft
}

TEST_CASE("a shorter period takes over only where it ends earlier") {
    Story story("2024-03-01");
    story.step("hurry", "open", "2024-03-04");
    CHECK(story.due("month") == "2024-03-11");
}

TEST_CASE("fixed days, and days of the year") {
    CHECK(Story("2024-03-01", {{"due_on", "2024-06-30"}}).due("agreed") == "2024-06-30");
    CHECK(Story("2024-03-01").runs("agreed").empty());
    CHECK(Story("2023-12-31").due("yearly") == "2024-02-29");
    CHECK(Story("2024-03-01").due("yearly") == "2025-02-28");
}

TEST_CASE("an entry that ends otherwise makes its clocks moot, late ones stay late") {
    Story story("2024-04-08");
    story.step("end", "ended", "2024-04-10");
    CHECK(story.last("answer").run.status == RunStatus::Moot);
    CHECK_FALSE(story.overdue("answer"));
    Story late("2024-04-08");
    late.step("end", "ended", "2024-06-10");
    CHECK(late.overdue("answer"));
    Story voided("2024-04-08");
    voided.entry.head.voided = true;
    CHECK(voided.last("answer").run.status == RunStatus::Moot);
}

TEST_CASE("a year that is not published gives a provisional day that decides nothing") {
    Story story("2026-12-28");
    const WorkedRun run = story.last("answer");
    CHECK(run.run.status == RunStatus::WaitingCalendar);
    CHECK(run.run.due_on == "2027-01-25");
    story.today = "2027-03-01";
    CHECK_FALSE(story.overdue("answer"));
    CHECK(story.last("limited").run.status == RunStatus::Running);  // days need no table
}

TEST_CASE("a length nobody has filled in is said, and no day is guessed") {
    Story story("2024-04-08");
    story.step("ask", "waiting", "2024-04-10");
    CHECK(story.last("correct").run.status == RunStatus::Undetermined);
    CHECK(story.last("correct").unknown == "补正天数");
    CHECK(story.due("correct").empty());
}

TEST_CASE("somebody looks at a clock when it warns, on its last day, and the day after") {
    Story story("2024-09-27");
    const auto days = look_days(story.last("answer"),
                                *testing::clock_set().ledger("request")->clock("answer"), china());
    std::vector<std::string> is;
    for (const LookDay& day : days)
        is.push_back(calendar::to_text(day.day) + " " + std::to_string(static_cast<int>(day.kind)));
    CHECK(is ==
          std::vector<std::string>{"2024-10-23 0", "2024-10-29 0", "2024-10-30 1", "2024-10-31 2"});
}

TEST_CASE("whatever is paused, as many workdays count as the law gives") {
    rc::check("the explanation counts exactly the period", [] {
        const auto start =
            calendar::add_days(*calendar::date_from("2024-01-01"), *rc::gen::inRange(0, 200));
        Story story(calendar::to_text(start));
        const auto from = calendar::add_days(start, *rc::gen::inRange(0, 20));
        const auto to = calendar::add_days(from, *rc::gen::inRange(0, 40));
        story.step("consult", "open", calendar::to_text(from))
            .step("heard", "open", calendar::to_text(to));
        const WorkedRun run = story.last("answer");
        int counted = 0;
        for (const auto& day :
             days_of(run, *testing::clock_set().ledger("request")->clock("answer"), china()))
            counted += day.counted ? 1 : 0;
        RC_ASSERT(counted == 20);
    });
}

}  // namespace fazhi::procedure
