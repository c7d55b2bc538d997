// What people of the office do through the front door, as commands that wait for the Writer.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "action/entry_commands.h"
#include "office.h"
#include "storage/writer.h"

namespace fazhi::bench {

using Deed = std::function<Result<void>(const action::Task&)>;

// The deed done by the person with this code. The office outlives the command.
storage::Command as(LoadedOffice& office, const std::string& person, Deed deed);

// Runs them in groups of `group` commands that wait together; answers the seconds it took. Throws
// std::runtime_error with the first refusal.
double run_in_groups(LoadedOffice& office, std::vector<storage::Command> commands, int group);

// A token with which the person with this code reads and records over HTTP. Throws
// std::runtime_error where nobody may make the account.
std::string token_of(LoadedOffice& office, const std::string& person);

}  // namespace fazhi::bench
