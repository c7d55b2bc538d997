#include "measure/selection.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "measure/testing/sample_ledgers.h"

namespace fazhi::measure {

namespace {

using definition::CountKind;

class NoSurroundings final : public ledger::Surroundings {
public:
    Value setting(const std::string&) override { return {}; }
    bool has_post(PersonId, const std::string&) override { return false; }
    std::string day_kind(const std::string&) override { return {}; }
    std::vector<const ledger::Entry*> linked(const ledger::Entry&, const std::string&) override {
        return {};
    }
};

struct Step {
    const char* transition;
    const char* from;
    const char* to;
    const char* on;
};

// Cases 1, 2, … of the ledger matter, each by its steps.
std::vector<Item> collected(const Selection& selection,
                            const std::vector<std::vector<Step>>& cases) {
    PassageBook book(99'991'231);
    std::int64_t id = 0;
    for (const std::vector<Step>& steps : cases) {
        ++id;
        int n = 0;
        for (const Step& step : steps) {
            ledger::Passage passage;
            passage.n = ++n;
            passage.transition = step.transition;
            passage.from_state = step.from;
            passage.state = step.to;
            passage.happened_on = step.on;
            book.add(EntryId{id}, passage);
        }
    }
    Groups groups;
    NoSurroundings surroundings;
    Collector collector(selection, book, groups, surroundings);
    for (std::int64_t each = 1; each <= id; ++each) {
        ledger::Entry entry;
        entry.head.ledger = "matter";
        entry.head.id = EntryId{each};
        entry.head.dated_on = cases[static_cast<std::size_t>(each - 1)].front().on;
        entry.fields = Value::Map{};
        collector.take(entry);
    }
    return collector.items();
}

Selection cases(CountKind count, std::vector<std::string> states, DayNumber from, DayNumber to) {
    Selection selection;
    selection.ledger = testing::sample_set().ledger("matter");
    selection.count = count;
    selection.states = std::move(states);
    selection.from = from;
    selection.to = to;
    return selection;
}

const std::vector<Step> kReopened = {{"", "", "open", "2022-11-01"},
                                     {"begin", "open", "doing", "2022-12-31"},
                                     {"remark", "doing", "doing", "2023-01-05"},
                                     {"finish", "doing", "done", "2023-02-01"},
                                     {"reopen", "done", "doing", "2023-03-01"}};

}  // namespace

TEST_CASE("a day is a number in the order of the days") {
    CHECK(day_number("2023-05-06") == 20230506);
    CHECK(day_number("") == 0);
    CHECK(day_number("2023年5月6日") == 0);
}

TEST_CASE("a state is reached once ever, on the first day it was entered") {
    CHECK(collected(cases(CountKind::Reached, {"doing"}, 20220101, 20221231), {kReopened}).size() ==
          1);
    CHECK(collected(cases(CountKind::Reached, {"doing"}, 20230101, 20231231), {kReopened}).empty());
    CHECK(collected(cases(CountKind::Reached, {"done"}, 20230101, 20231231), {kReopened}).size() ==
          1);
    CHECK(collected(cases(CountKind::Reached, {"done", "doing"}, 20230101, 20231231), {kReopened})
              .empty());
}

TEST_CASE("passages into a state count every time, a step that stays does not enter it") {
    const auto into =
        collected(cases(CountKind::Passages, {"doing"}, 20220101, 20231231), {kReopened});
    REQUIRE(into.size() == 2);
    CHECK(into[0].on == 20221231);
    CHECK(into[1].on == 20230301);

    Selection remarks = cases(CountKind::Passages, {}, 20220101, 20231231);
    remarks.transition = "remark";
    CHECK(collected(remarks, {kReopened}).size() == 1);
    remarks.transition = "never";
    CHECK(collected(remarks, {kReopened}).empty());
}

TEST_CASE("what stands on a day is what the latest passage up to it says") {
    struct Case {
        DayNumber on;
        bool open;
        bool doing;
        bool done;
    };
    for (const Case& one : {Case{20221031, false, false, false}, Case{20221101, true, false, false},
                            Case{20221230, true, false, false}, Case{20221231, false, true, false},
                            Case{20230131, false, true, false}, Case{20230201, false, false, true},
                            Case{20230301, false, true, false}}) {
        CAPTURE(one.on);
        const auto stands = [&](const char* state) {
            return collected(cases(CountKind::Standing, {state}, 0, one.on), {kReopened}).size() ==
                   1;
        };
        CHECK(stands("open") == one.open);
        CHECK(stands("doing") == one.doing);
        CHECK(stands("done") == one.done);
    }
}

TEST_CASE("what has not passed since stood as it stands, what passed only later did not stand") {
    PassageBook book(20221231);
    ledger::Passage later;
    later.state = "done";
    later.happened_on = "2023-01-01";
    book.add(EntryId{2}, later);
    CHECK_FALSE(book.knows(EntryId{1}));
    CHECK(book.knows(EntryId{2}));
    Groups groups;
    NoSurroundings surroundings;
    const Selection done = cases(CountKind::Standing, {"done"}, 0, 20221231);
    Collector collector(done, book, groups, surroundings);
    for (const auto& [id, state] : {std::pair(1, "done"), {2, "done"}, {3, "open"}}) {
        ledger::Entry entry;
        entry.head.ledger = "matter";
        entry.head.id = EntryId{id};
        entry.head.state = state;
        entry.head.dated_on = "2022-05-06";
        entry.fields = Value::Map{};
        collector.take(entry);
    }
    REQUIRE(collector.items().size() == 1);
    CHECK(collector.items()[0].entry == 1);
}

TEST_CASE("of several passages on one day the last one stands") {
    const std::vector<Step> hasty = {{"", "", "open", "2023-05-01"},
                                     {"begin", "open", "doing", "2023-05-01"},
                                     {"finish", "doing", "done", "2023-05-01"}};
    CHECK(collected(cases(CountKind::Standing, {"done"}, 0, 20230501), {hasty}).size() == 1);
    CHECK(collected(cases(CountKind::Standing, {"open", "doing"}, 0, 20230501), {hasty}).empty());
}

TEST_CASE("reached adds up over neighbouring periods and never shrinks as a period grows") {
    rc::check([] {
        std::vector<std::vector<Step>> all;
        static const char* const kDays[] = {"2022-03-01", "2022-12-31", "2023-01-01",
                                            "2023-07-15", "2023-12-31", "2024-01-01"};
        const auto count = *rc::gen::inRange(0, 12);
        for (int i = 0; i < count; ++i) {
            auto day = *rc::gen::inRange<std::size_t>(0, 6);
            std::vector<Step> steps = {{"", "", "open", kDays[day]}};
            const auto length = *rc::gen::inRange(0, 4);
            for (int step = 0; step < length; ++step) {
                day = *rc::gen::inRange<std::size_t>(day, 6);
                const bool begins = step % 2 == 0;
                steps.push_back(
                    {"step", begins ? "open" : "doing", begins ? "doing" : "open", kDays[day]});
            }
            all.push_back(steps);
        }
        const auto reached = [&](DayNumber from, DayNumber to) {
            return collected(cases(CountKind::Reached, {"doing"}, from, to), all).size();
        };
        RC_ASSERT(reached(20220101, 20221231) + reached(20230101, 20241231) ==
                  reached(20220101, 20241231));
        RC_ASSERT(reached(20220101, 20230630) <= reached(20220101, 20231231));
        RC_ASSERT(reached(20220101, 20241231) <= all.size());
    });
}

}  // namespace fazhi::measure
