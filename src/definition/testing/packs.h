// Packs for tests: one small office with a case ledger, a list of events, a register and a report;
// changed text by text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "definition/loader.h"

namespace fazhi::definition::testing {

// The pack "office", version 1.0.0, without a mistake:
// ledgers complaint (a case, with clocks, gates, an opening), visit (events), guide (a register);
// report yearly; document reply; posts clerk, law_office, leader; settings reply_limit, addressee,
// parts_order; laws; calendar 2024.
PackSource office_pack();

// The pack with the first `from` in `path` replaced by `to`; the test stops where it is not there.
PackSource changed(PackSource, std::string_view path, std::string_view from, std::string_view to);
// The pack with one more file.
PackSource with_file(PackSource, std::string path, std::string text);
// A pack of its own that requires "office" 1.0, with one more file.
PackSource local_pack(std::string name, std::string path, std::string text);

// The set; the test stops, naming every problem, where there is none.
std::shared_ptr<const DefinitionSet> set_of(const std::vector<PackSource>&);
std::shared_ptr<const DefinitionSet> office_set();

// The line of `path` on which `text` first stands, from 1.
int line_with(const PackSource&, std::string_view path, std::string_view text);
// All problems as text, for messages.
std::string all_of(const std::vector<Problem>&);

}  // namespace fazhi::definition::testing
