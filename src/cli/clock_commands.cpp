#include <filesystem>

#include <fmt/format.h>

#include "action/adopt_calendar.h"
#include "action/deadline.h"
#include "action/renew_clocks.h"
#include "action/tick.h"
#include "calendar/written_date.h"
#include "cli/errors.h"
#include "cli/session.h"
#include "definition/loader.h"
#include "duty/duties.h"
#include "ledger/clock_store.h"
#include "ledger/entry_title.h"
#include "ledger/stored_lookup.h"

namespace fazhi::cli {
namespace {

namespace fs = std::filesystem;

constexpr int kDutyYearsMax = 5;  // of duties listed at once

struct Asking {
    action::Workplace& workplace;
    std::unique_ptr<storage::Connection> connection;
    action::Office office;
    ledger::Context context;
};

Result<std::unique_ptr<Asking>> ask(Session& session) {
    TRY(action::Workplace * workplace, session.workplace());
    auto connection = workplace->database.reading();
    TRY(action::Office office,
        action::open_office(*workplace, *connection, session.options.jurisdiction));
    access::Actor actor = access::system_actor(office.directory.jurisdiction.id);
    if (!session.options.as.empty()) {
        TRY(actor, action::actor_in(*connection, office, session.options.as));
    }
    const ledger::Context context = action::context_of(office, actor, session.clock.now());
    return std::make_unique<Asking>(
        Asking{*workplace, std::move(connection), std::move(office), context});
}

Value days_value(const std::vector<calendar::DayCount>& days) {
    Value::List out;
    for (const calendar::DayCount& day : days)
        out.push_back(Value::Map{
            {"counted", day.counted}, {"date", calendar::to_text(day.date)}, {"why", day.text}});
    return out;
}

Value view_value(const procedure::ClockView& view) {
    Value out = Value::Map{{"clock", view.clock},
                           {"due_on", view.run.due_on},
                           {"how", view.how},
                           {"overdue", view.overdue},
                           {"run", view.run.run},
                           {"started_on", view.run.started_on},
                           {"status", ledger::to_text(view.run.status)},
                           {"stopped_on", view.run.stopped_on},
                           {"text", view.state_text},
                           {"title", view.title}};
    if (!view.safe_day.empty()) out.set("safe_day", view.safe_day);
    Value::List basis;
    for (const Basis& each : view.basis) basis.emplace_back(basis_text(each));
    out.set("basis", std::move(basis));
    return out;
}

// In which ledger the entry is: entries are numbered by the journal's records.
Result<std::string> ledger_of(const Asking& asking, EntryId entry) {
    TRY(const auto records,
        asking.workplace.journal.history(*asking.connection,
                                         asking.office.directory.jurisdiction.id, entry.value));
    for (const journal::Record& record : records) {
        if (record.seq == entry.value && record.body.text_at("action") == "create")
            return record.body.text_at("ledger");
    }
    return refuse(ErrorKind::NotFound, errors::kBadOption,
                  fmt::format("第{}条流水不是一条台账记录。", entry.value), "entry");
}

// What the calculator counts with: the database's, or that of the packs' folder.
struct Counting {
    definition::SharedWorkdays workdays;
    std::shared_ptr<const definition::DefinitionSet> definitions;
};

Result<Counting> counting_of(Session& session) {
    if (!session.options.defaults.database.empty()) {
        TRY(action::Workplace * workplace, session.workplace());
        return Counting{workplace->calendars.workdays(*workplace->database.reading()),
                        workplace->tables};
    }
    std::vector<definition::PackSource> packs;
    if (fs::is_directory(session.options.defaults.packs)) {
        for (const auto& each : fs::directory_iterator(session.options.defaults.packs)) {
            if (!definition::is_pack(each.path())) continue;
            TRY(definition::PackSource pack, definition::read_pack(each.path()));
            packs.push_back(std::move(pack));
        }
    }
    const definition::Loaded loaded = definition::build_set(packs);
    if (!loaded.set) {
        return refuse(ErrorKind::InvalidInput, errors::kBadOption,
                      fmt::format("“{}”里的定义包有错，请先运行 fazhi pack check。",
                                  session.options.defaults.packs),
                      "packs");
    }
    TRY(auto workdays, definition::workdays_of(*loaded.set));
    return Counting{std::move(workdays), loaded.set};
}

// As dates are written; "": not given.
Result<std::string> date_option(const std::string& written, const char* option) {
    if (written.empty()) return std::string();
    const auto day = calendar::parse_written_date(written);
    if (day) return calendar::to_text(*day);
    return refuse(ErrorKind::InvalidInput, errors::kBadOption,
                  fmt::format("{} 的日期不对：{}", option, day.error().message), option);
}

}  // namespace

Result<int> clock_list_command(Session& session) {
    TRY(const auto asking, ask(session));
    const JurisdictionId office = asking->office.directory.jurisdiction.id;
    ledger::StoredLookup names(*asking->connection, asking->office.directory,
                               *asking->office.definitions);
    TRY(const std::string last, date_option(session.options.dated_to, "--to"));
    Value::List list;
    int open = 0;
    int overdue = 0;
    int waiting = 0;
    const auto runs = ledger::open_runs(*asking->connection, office, last);
    for (const ledger::EntryRun& each : runs) {
        const definition::Ledger* ledger = asking->office.definitions->ledger(each.ledger);
        const definition::Clock* clock =
            ledger == nullptr ? nullptr : ledger->clock(each.run.clock);
        if (clock == nullptr) continue;
        TRY(const auto view,
            asking->workplace.clocks.explain(*asking->connection, asking->context, each.ledger,
                                             each.entry, each.run.clock));
        // Nothing is left to do about what a party let pass, or a minimum that is over.
        if ((view.party || view.minimum) && !view.run.due_on.empty() &&
            view.run.due_on < calendar::to_text(asking->context.today))
            continue;
        ++open;
        waiting += each.run.status == ledger::RunStatus::WaitingCalendar ? 1 : 0;
        overdue += view.overdue ? 1 : 0;
        if (session.options.json) {
            Value value = view_value(view);
            value.set("entry", each.entry.value);
            value.set("ledger", each.ledger);
            list.push_back(std::move(value));
            continue;
        }
        print_line(fmt::format("{}\t{}\t第{}条 {}\t{}\t{}",
                               view.run.due_on.empty() ? "——" : view.run.due_on, ledger->title,
                               each.entry.value, names.entry(each.ledger, each.entry.value),
                               view.title, view.state_text));
    }
    if (session.options.json) {
        print_json(Value::Map{{"clocks", std::move(list)}});
    } else {
        print_line(fmt::format("进行中的期限{}个，逾期{}个。", open, overdue));
        if (waiting > 0) print_note(action::calendar_alarm(waiting));
    }
    return 0;
}

Result<int> clock_explain_command(Session& session) {
    TRY(const auto asking, ask(session));
    const EntryId entry{session.options.entry};
    TRY(const std::string ledger, ledger_of(*asking, entry));
    const std::string clock = session.options.words.empty() ? "" : session.options.words.front();
    TRY(const auto view, asking->workplace.clocks.explain(*asking->connection, asking->context,
                                                          ledger, entry, clock));
    if (session.options.json) {
        Value out = view_value(view);
        out.set("days", days_value(view.days));
        print_json(out);
    } else {
        print_line(procedure::text_of(view));
    }
    return 0;
}

Result<int> clock_renew_command(Session& session) {
    TRY(action::Workplace * workplace, session.workplace());
    TRY(const access::Jurisdiction jurisdiction,
        access::Organisation::jurisdiction(*workplace->database.reading(),
                                           session.options.jurisdiction));
    TRY(const std::size_t changed, action::renew_clocks(*workplace, jurisdiction.id));
    print_line(fmt::format("重算完毕，{}条台账的期限有变动。", changed));
    return 0;
}

Result<int> calendar_due_command(Session& session) {
    TRY(const Counting counting, counting_of(session));
    TRY(const action::Deadline deadline,
        action::deadline_of({.from = session.options.dated_from,
                             .within = session.options.within,
                             .law = session.options.law,
                             .party = session.options.party},
                            *counting.definitions, *counting.workdays));
    if (session.options.json) {
        print_json(Value::Map{{"days", days_value(deadline.days)},
                              {"due_on", calendar::to_text(deadline.due_on)},
                              {"safe_day", calendar::to_text(deadline.safe_day)}});
        return 0;
    }
    for (const calendar::DayCount& day : deadline.days)
        print_line(fmt::format("{} {} {} {}", calendar::to_text(day.date),
                               calendar::weekday_text(day.date), day.counted ? "计入" : "不计",
                               day.text));
    print_line(fmt::format(
        "自{}起{}，最后一日是{}{}{}。", calendar::chinese_text(deadline.from),
        calendar::chinese_text(deadline.within), calendar::chinese_text(deadline.due_on),
        calendar::weekday_text(deadline.due_on),
        deadline.safe_day == deadline.due_on
            ? std::string()
            : fmt::format("，不是工作日，稳妥日是{}", calendar::chinese_text(deadline.safe_day))));
    return 0;
}

Result<int> calendar_load_command(Session& session) {
    TRY(action::Workplace * workplace, session.workplace());
    TRY(const std::string text, bytes_of_file(session.options.words.front(), "file"));
    TRY(const definition::CalendarYear year, definition::read_calendar_year(text));
    const bool check = session.options.check_only;
    TRY(const auto moved, check ? action::clocks_moved_by(*workplace, year)
                                : action::adopt_calendar(*workplace, year));
    if (session.options.json) {
        Value::List list;
        for (const action::MovedClock& each : moved)
            list.push_back(Value::Map{{"after", each.after},
                                      {"before", each.before},
                                      {"clock", each.clock},
                                      {"entry", each.entry.value},
                                      {"ledger", each.ledger},
                                      {"office", each.office}});
        print_json(Value::Map{{"moved", std::move(list)}, {"year", year.year}});
        return 0;
    }
    for (const action::MovedClock& each : moved)
        print_line(fmt::format("{}\t{}\t第{}条\t{}\t{} → {}", each.office, each.ledger,
                               each.entry.value, each.clock,
                               each.before.empty() ? "未定" : each.before, each.after));
    print_line(fmt::format("{}年的放假安排{}，{}个期限变动。", year.year,
                           check ? "采用后" : "已采用", moved.size()));
    return 0;
}

Result<int> tick_command(Session& session) {
    TRY(action::Workplace * workplace, session.workplace());
    TRY(const action::TickOutcome out, action::tick_all(*workplace, [] { return false; }));
    if (session.options.json) {
        print_json(Value::Map{{"notices", out.notices},
                              {"outcomes", out.outcomes},
                              {"stuck", out.stuck},
                              {"tasks_finished", out.tasks_finished},
                              {"tasks_made", out.tasks_made}});
        return 0;
    }
    print_line(fmt::format("依法视为的结果{}件，提醒{}条，新任务{}件，完成任务{}件。", out.outcomes,
                           out.notices, out.tasks_made, out.tasks_finished));
    if (out.stuck > 0) print_note(fmt::format("有{}件应自动办理而办不成，请查看提醒。", out.stuck));
    return 0;
}

Result<int> duty_list_command(Session& session) {
    TRY(const auto asking, ask(session));
    const calendar::Date today = asking->context.today;
    TRY(const std::string from, date_option(session.options.dated_from, "--from"));
    const auto first = from.empty() ? std::optional(today) : calendar::date_from(from);
    const auto earliest = calendar::add_days(today, -kDutyYearsMax * 366);
    if (!first || today < *first || *first < earliest)
        return refuse(
            ErrorKind::InvalidInput, errors::kBadOption,
            fmt::format("--from 写今天或以前的日期，最早{}。", calendar::chinese_text(earliest)),
            "--from");
    TRY(const auto states,
        duty::Duties(*asking->connection, asking->context).states(*first, today));
    Value::List list;
    int unmet = 0;
    for (const duty::DutyState& state : states) {
        unmet += state.met() ? 0 : 1;
        Value::List parts;
        std::string lacking;
        for (const duty::PartState& part : state.parts) {
            parts.push_back(
                Value::Map{{"is", part.is}, {"title", part.title}, {"wanted", part.wanted}});
            if (!part.met())
                lacking += fmt::format("{}{} {}/{}", lacking.empty() ? "" : "，", part.title,
                                       part.is, part.wanted);
        }
        if (session.options.json) {
            list.push_back(Value::Map{{"due_on", calendar::to_text(state.period.due)},
                                      {"duty", state.duty->id},
                                      {"met", state.met()},
                                      {"nil", state.declared_nil},
                                      {"parts", std::move(parts)},
                                      {"period", state.period.label},
                                      {"target", state.target_name},
                                      {"title", state.duty->title}});
            continue;
        }
        print_line(fmt::format("{}\t{}\t{}\t{}\t{}", calendar::to_text(state.period.due),
                               state.duty->title, state.target_name, state.period.label,
                               state.declared_nil ? std::string("零报告")
                               : state.met()      ? std::string("已做到")
                                                  : "缺：" + lacking));
    }
    if (session.options.json) {
        print_json(Value::Map{{"duties", std::move(list)}});
    } else {
        print_line(fmt::format("定期义务{}项次，没有做到的{}项次。", states.size(), unmet));
    }
    return 0;
}

}  // namespace fazhi::cli
