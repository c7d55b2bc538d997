// A refusal: what was asked cannot be done, said so that a clerk can act on it and a program can
// branch on it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fazhi {

// What the asker can do next. A closed set: http/ gives each kind one status, cli/ one exit code.
enum class ErrorKind {
    InvalidInput,     // Correct the input, then ask again.
    Unauthenticated,  // Sign in first.
    Forbidden,        // Ask somebody who holds the post.
    NotFound,         // Nothing there, or nothing this person may know of.
    Conflict,         // Somebody else was first: read again, then redo.
    RefusedByRule,    // The law or the definition says no until the facts change.
    TooLarge,         // Send less.
    Unavailable,      // Not now; the same call may succeed later.
};

// Where a rule comes from. Articles are listed only where the text has been verified
// (reference/laws.yaml).
struct Basis {
    std::string law;
    std::vector<int> articles;
    std::string note;
    std::string applies;  // "参照" where the law applies by analogy; else empty.

    friend bool operator==(const Basis&, const Basis&) = default;
};

struct Error {
    ErrorKind kind = ErrorKind::InvalidInput;
    std::string_view code;  // "room.reason": a constant of <room>/errors.h, never reworded.
    std::string message;    // One Chinese sentence: what is wrong and what to do. No ids, no stack.
    std::string where;      // Path of what is at fault ("parties[2].id_number"); empty: the whole.
    std::vector<Basis> basis = {};      // Empty where no rule says so.
    std::vector<Error> also = {};       // Everything else that is wrong, in order of precedence.
    std::vector<std::string> may = {};  // Codes of the persons who could do it instead.
};

// "《人民调解法》第三十三条（…）", as a person reads it.
std::string basis_text(const Basis&);

// The error and all of `also`, flat, in order.
std::vector<Error> flatten(const Error&);

// Joins several errors into one refusal: the first carries the rest in `also`. `errors` is not
// empty.
Error join_errors(std::vector<Error> errors);

}  // namespace fazhi
