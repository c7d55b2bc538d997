// Every refusal of this room, most important first.
#pragma once

#include <string_view>

namespace fazhi::http::errors {

// Only this machine may reach the server itself: what stands in front of it does TLS.
inline constexpr std::string_view kNotLoopback = "http.not_loopback";
// The address is not "127.0.0.1:8080" or "[::1]:8080".
inline constexpr std::string_view kBadAddress = "http.bad_address";
// A rate is not "50/s": a whole number of requests a second.
inline constexpr std::string_view kBadRate = "http.bad_rate";
// The address is taken, or not this machine's.
inline constexpr std::string_view kCannotListen = "http.cannot_listen";
// The system allows this process too few open files to take connections at all.
inline constexpr std::string_view kTooFewFiles = "http.too_few_files";
// The folder of the web application is not there or holds no index.html.
inline constexpr std::string_view kNoWebApplication = "http.no_web_application";

// There is no such address, or no such office, ledger or entry that this person may know of.
inline constexpr std::string_view kNotThere = "http.not_there";
// The address is there, but not with this method.
inline constexpr std::string_view kWrongMethod = "http.wrong_method";
// A change from a browser without the session's own mark (CSRF).
inline constexpr std::string_view kNoCsrf = "http.no_csrf";
// The first password is to be changed before anything else.
inline constexpr std::string_view kMustChangePassword = "http.must_change_password";
// A file with rows of all units, for whoever may see them all.
inline constexpr std::string_view kWholeViewOnly = "http.whole_view_only";
// No JSON object, or one with a fraction.
inline constexpr std::string_view kBadBody = "http.bad_body";
// A member or a part of the query is missing or of the wrong kind; `where` says which.
inline constexpr std::string_view kBadInput = "http.bad_input";
// If-Match: somebody has changed the entry since it was read.
inline constexpr std::string_view kChangedMeanwhile = "http.changed_meanwhile";
// The Idempotency-Key was used for another request.
inline constexpr std::string_view kKeyReused = "http.key_reused";
// More than is taken at once.
inline constexpr std::string_view kTooLarge = "http.too_large";
// More requests than an account or address may send.
inline constexpr std::string_view kTooMany = "http.too_many";
// The server is stopping, or has as much to do as it takes on.
inline constexpr std::string_view kBusy = "http.busy";
// Not foreseen: the log has it under the request's number.
inline constexpr std::string_view kAccident = "http.accident";

}  // namespace fazhi::http::errors
