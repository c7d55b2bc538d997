// An office's administration by those whose posts it is: settings, units, persons. One command
// each.
#pragma once

#include <string_view>

#include "action/entry_commands.h"

namespace fazhi::action {

// Whether the actor holds one of the posts that change this setting, in this jurisdiction, and does
// not come by a token.
bool may_set(const access::Directory&, const definition::Setting&, const access::Actor&);
// Null: back to the default. What a setting moves (clocks) follows at the next change or renewal of
// its entries. Refuses access::errors::kNotByToken, kMayNotSet, access::errors::kNoSuchSetting,
// kBadSetting.
Result<void> set_setting(const Task&, std::string_view name, const Value&);

// These are for the holders of the post that keeps accounts (setting account_post), refuse
// kNotAccountPost and what Organisation refuses. Units and persons by code.
Result<UnitId> add_unit(const Task&, const access::NewUnit&);
Result<void> change_unit(const Task&, std::string_view code, const access::UnitChange&);
Result<PersonId> add_person(const Task&, const access::NewPerson&);
// Refuses kOwnAccount besides: who keeps the accounts does not lay that post down alone.
Result<void> place_person(const Task&, std::string_view code, const access::Placement&);

}  // namespace fazhi::action
