#include "creating.h"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>

#include "acting.h"

namespace fazhi::bench {
namespace {

Value sample_fields(int n) {
    return Value::Map{{"occurred_on", fmt::format("2026-{:02}-{:02}", n % 10 + 1, n % 28 + 1)},
                      {"title", fmt::format("第{}场法治宣传", n)},
                      {"occasion", "everyday"},
                      {"form", Value::List{"stand", "cases"}},
                      {"site", "community"},
                      {"materials", n % 500},
                      {"audience", n % 300}};
}

storage::Command create_command(LoadedOffice& office, const std::string& person, int n) {
    return as(office, person, [n](const action::Task& task) -> Result<void> {
        TRY(const ledger::Entry entry, action::create_entry(task, {.ledger = "publicity",
                                                                   .fields = sample_fields(n),
                                                                   .unit = {},
                                                                   .handler = {},
                                                                   .reference = {},
                                                                   .opened_by = {},
                                                                   .opened_by_ledger = {}}));
        return {};
    });
}

}  // namespace

std::string recorder(LoadedOffice& office) {
    const auto connection = office.database->reading();
    const auto directory = required(access::Organisation::directory(*connection, office.id));
    for (const access::Person& person : directory.persons) {
        const bool may =
            std::any_of(person.posts.begin(), person.posts.end(),
                        [](const access::Post& post) { return post.post == "law_office"; });
        if (may) return person.code;
    }
    throw std::runtime_error("the example has nobody in the law office");
}

double create_all(LoadedOffice& office, const std::string& person, int count, int group) {
    std::vector<storage::Command> commands;
    for (int n = 0; n < count; ++n) commands.push_back(create_command(office, person, n));
    return run_in_groups(office, std::move(commands), group);
}

}  // namespace fazhi::bench
