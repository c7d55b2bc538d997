// Holds what the door answers against the API's own description (openapi.h): the status, the media
// type, the schema of the body; a member that the description does not name is a fault as well.
//
// For the tests of one thread.
#pragma once

#include <string>

#include "base/value.h"
#include "http/request.h"

namespace fazhi::http::testing {

// What differs; "" where nothing does. `path`: without the query. What is no address of the API
// must be answered with a problem.
std::string fault_of(const std::string& method, const std::string& path, const Response&);

// A body against the schema of this name: "Entry".
std::string fault_of_body(const std::string& schema, const std::string& body);

}  // namespace fazhi::http::testing
