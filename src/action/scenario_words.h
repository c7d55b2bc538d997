// How scenarios write things, and how what went wrong is told. Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "base/value.h"

namespace fazhi::action {

std::vector<std::string> words_of(const Value& value);  // one word, or a list of them
Value::List list_of(const Value& value);                // one thing, or a list; null: none
std::string text_of(const Value& value);
// Everything in the error, one after the other.
std::string described(const Error& error);

}  // namespace fazhi::action
