// What a pack says beside its ledgers and reports: settings, posts, laws, working-day calendars,
// official forms.
//
// Pure functions; any thread. Each adds to what is there and complains of ids that are taken.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "definition/cursor.h"
#include "definition/model.h"

namespace fazhi::definition {

void read_settings(const Cursor& settings, std::vector<Setting>&);
void read_laws(const Cursor& laws, std::map<std::string, Law, std::less<>>&);
void read_calendar(const Cursor&, std::vector<CalendarYear>&);
// Ids and titles; their ledgers are named later.
void declare_roles(const Cursor& roles, std::vector<Role>&);

void resolve_settings(const Cursor& settings, const DefinitionSet&);
void resolve_laws(const Cursor& laws, const DefinitionSet&);
void resolve_roles(const Cursor& roles, const DefinitionSet&, std::vector<Role>&);
void read_conflicts(const Cursor& conflicts, const DefinitionSet&, std::vector<Conflict>&);

}  // namespace fazhi::definition
