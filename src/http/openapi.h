// The description of the API (OpenAPI 3.1), made of the routes, the schemas of api/schemas.yaml and
// the installed ledgers: what a program needs to talk to it, and what the web application's types
// are made from.
#pragma once

#include <string>

#include "base/value.h"
#include "definition/definition_set.h"

namespace fazhi::http {

// Pure; any thread. Cost: a few milliseconds.
Value description(const definition::DefinitionSet& tables);

}  // namespace fazhi::http
