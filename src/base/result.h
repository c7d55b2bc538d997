// The answer to anything that may legitimately be refused.
//
// Answers are values (Result), accidents are exceptions (storage::Failure and its kin), bugs abort
// (INVARIANT). Only this file names tl::.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <tl/expected.hpp>

#include "base/error.h"

namespace fazhi {

template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
public:
    using tl::expected<T, Error>::expected;
};

using Refusal = tl::unexpected<Error>;

inline Refusal refuse(Error error) {
    return Refusal(std::move(error));
}

inline Refusal refuse(ErrorKind kind, std::string_view code, std::string message,
                      std::string where = {}) {
    return Refusal(Error{kind, code, std::move(message), std::move(where)});
}

}  // namespace fazhi

// TRY(const auto due, last_day_on_time(...)) binds the value or passes the refusal on;
// TRY_OK(check(...)) does the same for a Result<void>.
#define TRY_PASTE_INNER(a, b) a##b
#define TRY_PASTE(a, b) TRY_PASTE_INNER(a, b)
#define TRY_HOLD(held, ...)    \
    auto held = (__VA_ARGS__); \
    if (!held) return ::fazhi::Refusal(std::move(held).error())
#define TRY_BIND(held, declaration, ...) \
    TRY_HOLD(held, __VA_ARGS__);         \
    declaration = *std::move(held)
#define TRY(declaration, ...) TRY_BIND(TRY_PASTE(try_, __LINE__), declaration, __VA_ARGS__)
#define TRY_OK(...) TRY_HOLD(TRY_PASTE(try_, __LINE__), __VA_ARGS__)
