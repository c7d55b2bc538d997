#include <fmt/format.h>

#include "action/task_list.h"
#include "cli/session.h"

namespace fazhi::cli {
namespace {

using action::ListedTask;

Value or_null(const std::string& text) {
    return text.empty() ? Value() : Value(text);
}

Value value_of(const ListedTask& task) {
    return Value::Map{{"due_on", task.due_on},
                      {"entry", task.entry.value},
                      {"evidence", Value::Map{{"attached", task.evidence_attached},
                                              {"wanted", task.evidence_wanted}}},
                      {"first_closed_on", or_null(task.first_closed_on)},
                      {"handler", task.handler},
                      {"kind", task.kind.id},
                      {"kind_title", task.kind.title},
                      {"overdue", task.overdue_days > 0},
                      {"overdue_days", task.overdue_days},
                      {"score", task.score ? Value(*task.score) : Value()},
                      {"state", task.state.id},
                      {"state_title", task.state.title},
                      {"title", task.title},
                      {"unit", task.unit},
                      {"verdict", or_null(task.verdict.id)},
                      {"verdict_title", or_null(task.verdict.title)}};
}

std::string state_text(const ListedTask& task) {
    std::string out = task.state.title;
    if (!task.first_closed_on.empty() && task.state.id != "closed")
        out += fmt::format("（{}曾销号）", task.first_closed_on);
    return out;
}

// Due, task, unit, handler, then the four columns: state, verdict, score, evidence.
std::string line_of(const ListedTask& task) {
    const std::string due = task.due_on.empty() ? "——" : task.due_on;
    const std::string evidence =
        task.evidence_wanted == 0
            ? std::string("不需佐证")
            : fmt::format("佐证{}/{}", task.evidence_attached, task.evidence_wanted);
    return fmt::format(
        "{}{}\t第{}条\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}", due,
        task.overdue_days > 0 ? fmt::format("（逾期{}日）", task.overdue_days) : std::string(),
        task.entry.value, task.kind.title, task.title, task.unit, task.handler, state_text(task),
        task.verdict.title.empty() ? "未核验" : task.verdict.title,
        task.score ? *task.score + "分" : std::string("未评分"), evidence);
}

}  // namespace

Result<int> task_list_command(Session& session) {
    TRY(action::Workplace * workplace, session.workplace());
    const auto connection = workplace->database.reading();
    TRY(const action::Office office,
        action::open_office(*workplace, *connection, session.options.jurisdiction));
    const ledger::Context context = action::context_of(
        office, access::system_actor(office.directory.jurisdiction.id), session.clock.now());
    action::TaskFilter filter{.unit = session.options.unit,
                              .overdue_only = session.options.overdue_only};
    if (!session.options.state.empty()) filter.state = session.options.state;
    TRY(const auto tasks, action::list_tasks(*connection, context, filter));
    Value::List list;
    int overdue = 0;
    for (const ListedTask& task : tasks) {
        overdue += task.overdue_days > 0 ? 1 : 0;
        if (session.options.json) {
            list.push_back(value_of(task));
        } else {
            print_line(line_of(task));
        }
    }
    if (session.options.json) {
        print_json(Value::Map{{"tasks", std::move(list)}});
    } else {
        print_line(fmt::format("任务{}件，逾期{}件。", tasks.size(), overdue));
    }
    return 0;
}

}  // namespace fazhi::cli
