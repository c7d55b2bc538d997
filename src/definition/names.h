// Names (名称): the ids of ledgers, fields, states … (definitions.md §1.2), and what somebody who
// misspelt one meant.
//
// Pure functions; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fazhi::definition {

inline constexpr std::size_t kNameCharactersMax = 41;
// In a ledger's `visible_to`, beside posts and "handler": whoever is of the entry's own
// jurisdiction and otherwise may; nobody of one above.
inline constexpr std::string_view kOwnJurisdiction = "jurisdiction";

inline constexpr std::size_t kTableNameCharactersMax = 54;  // ledger and list together

// What a name is for: what becomes a column must also be free of SQL's and our own words.
enum class NameUse { Id, Column };

// "" where the name may be used; else what is wrong with it, in Chinese.
std::string fault_of_name(std::string_view name, NameUse);

// "，是否要写“titel”" where a known word is near; else listing().
std::string suggestion(std::string_view word, const std::vector<std::string>& known);
// "；可以写 a、b、c" for at most a dozen.
std::string listing(const std::vector<std::string>& known);

}  // namespace fazhi::definition
