// Entries recorded through the front door, as a clerk or an import does.
#pragma once

#include <string>

#include "office.h"

namespace fazhi::bench {

// The code of somebody whose posts let them record here.
std::string recorder(LoadedOffice& office);

// Records `count` entries in groups of `group` commands that wait together; answers the seconds it
// took.
double create_all(LoadedOffice& office, const std::string& person, int count, int group);

}  // namespace fazhi::bench
