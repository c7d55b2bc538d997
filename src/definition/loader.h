// Reads packs: folders of YAML, templates of forms (.docx) and tables (reference/*.csv) → checked
// definitions, or every problem at once (definitions.md §1).
//
// Bounds: kFilesMax files a pack, kFileBytesMax a file of YAML, kDepthMax nesting, kLedgersMax
// ledgers. Reading is the only thing here that touches the disk. Any thread.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "definition/definition_set.h"

namespace fazhi::definition {

inline constexpr std::size_t kFilesMax = 2'000;
inline constexpr std::size_t kFileBytesMax = 1'000'000;
inline constexpr std::size_t kTemplateFileBytesMax = 5'000'000;  // a template
inline constexpr std::size_t kTemplatesBytesMax = 20'000'000;    // a pack's templates together
inline constexpr int kDepthMax = 24;
inline constexpr std::size_t kLedgersMax = 400;

struct Loaded {
    std::shared_ptr<const DefinitionSet> set;  // null where there are errors
    std::vector<Problem> problems;             // errors: the set is null
    std::vector<Problem> notes;  // doubtful, e.g. measures that would count one event twice
};

// Is there a pack.yaml?
bool is_pack(const std::filesystem::path& folder);
// Reads the files of one pack. Refuses kNoPack, kTooLarge, kUnreadable.
Result<PackSource> read_pack(const std::filesystem::path& folder);
// The packs it requires, by name.
std::vector<std::string> required_by(const PackSource&);
// Each after what it requires, else by name.
std::vector<PackSource> in_order_of_need(std::vector<PackSource>);
// Everything wrong with the shape of the stories under <folder>/scenarios (their steps are tried by
// whoever runs them).
Result<std::vector<Problem>> check_scenarios(const std::filesystem::path& folder);

// The packs with the built-in ledgers, each after what it requires whatever their order here;
// every name is checked.
Loaded build_set(const std::vector<PackSource>& packs);
// How packs are stored: canonical JSON of their names, versions and files.
std::string content_of(const std::vector<PackSource>& packs);
// The reverse of DefinitionSet::content(). Refuses kBadContent.
Result<std::vector<PackSource>> packs_of_content(const std::string& content);

// A condition a person typed (--where, a filter): YAML flow text, checked against the ledger the
// measure reads.
Result<Condition> parse_condition(std::string_view yaml_flow, const DefinitionSet&, const Ledger&);

}  // namespace fazhi::definition
