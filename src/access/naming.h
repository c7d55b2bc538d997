// Codes, names, kinds and posts as the organisation takes them.
//
// Pure functions; any thread.
#pragma once

#include <string>
#include <vector>

#include "access/directory.h"
#include "base/result.h"

namespace fazhi::access {

// The same values, names in NFC without white space at their ends. What follows from elsewhere
// (ids, parent, definitions, lead_section, unit, posts) is left empty.
// Refuse kBadCode, kBadKind, kBadText, kBadDate, kBadEmail.
Result<Jurisdiction> checked_jurisdiction(const Jurisdiction& values);
Result<Unit> checked_unit(const Unit& values);
Result<Person> checked_person(const Person& values);
// Without white space at its ends; empty: none. Refuses kBadEmail.
Result<std::string> checked_email(const std::string& written);

// The posts to be held together by one person, each once. Refuses kNoSuchPost, kConflictingPosts.
Result<std::vector<std::string>> checked_posts(const definition::DefinitionSet& set,
                                               const std::vector<std::string>& wanted);

}  // namespace fazhi::access
