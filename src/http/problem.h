// Refusals as problem bodies (RFC 9457). Pure; any thread.
#pragma once

#include "access/directory.h"
#include "base/error.h"
#include "base/value.h"
#include "http/request.h"

namespace fazhi::http {

inline constexpr std::string_view kProblemType = "application/problem+json; charset=utf-8";

int status_of(ErrorKind kind);
// {text}
Value basis_of(const std::vector<Basis>&);
// {code, detail, where, basis}: what a problem says, as part of another body.
Value part_of(const Error&);
// `office`: who `may` are; null: nobody is named.
Value problem_of(const Error&, const std::string& request_id, const access::Directory* office);
Response problem_response(const Error&, const std::string& request_id,
                          const access::Directory* office);

}  // namespace fazhi::http
