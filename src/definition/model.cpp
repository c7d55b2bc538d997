#include "definition/model.h"

#include <algorithm>
#include <array>

#include "base/invariant.h"

namespace fazhi::definition {

namespace {

template <class Thing>
const Thing* with_id(const std::vector<Thing>& things, std::string_view id) {
    const auto found = std::find_if(things.begin(), things.end(),
                                    [id](const Thing& thing) { return thing.id == id; });
    return found == things.end() ? nullptr : &*found;
}

// In the order of FieldType.
constexpr auto kTypeNames = std::to_array<std::string_view>(
    {"text",   "note",      "integer", "decimal",        "money", "date",  "datetime", "time",
     "yes_no", "choice",    "choices", "person",         "unit",  "entry", "laws",     "list",
     "group",  "id_number", "phone",   "versioned_text", "place", "figure"});

}  // namespace

std::string_view to_text(FieldType type) {
    const auto index = static_cast<std::size_t>(type);
    INVARIANT(index < kTypeNames.size());
    return kTypeNames[index];
}

std::optional<FieldType> field_type_from(std::string_view text) {
    const auto found = std::find(kTypeNames.begin(), kTypeNames.end(), text);
    if (found == kTypeNames.end()) return std::nullopt;
    return static_cast<FieldType>(found - kTypeNames.begin());
}

std::vector<std::string> field_type_names() {
    return {kTypeNames.begin(), kTypeNames.end()};
}

const Option* Field::option(std::string_view option_id) const {
    return with_id(options, option_id);
}

const Field* Field::column(std::string_view column_id) const {
    return with_id(of, column_id);
}

bool Field::sealed() const {
    if (is_private) return true;
    if (is_public) return false;
    switch (type) {
        case FieldType::Text:
        case FieldType::Note:
        case FieldType::IdNumber:
        case FieldType::Phone:
        case FieldType::VersionedText:
        case FieldType::Place:
            return true;
        case FieldType::Integer:
        case FieldType::Decimal:
        case FieldType::Money:
        case FieldType::Date:
        case FieldType::Datetime:
        case FieldType::Time:
        case FieldType::YesNo:
        case FieldType::Choice:
        case FieldType::Choices:
        case FieldType::Person:
        case FieldType::Unit:
        case FieldType::Entry:
        case FieldType::Laws:
        case FieldType::List:
        case FieldType::Group:
        case FieldType::Figure:
            return false;
    }
    return true;
}

bool Field::has_rows() const {
    return type == FieldType::List || type == FieldType::Choices || type == FieldType::Laws ||
           type == FieldType::Group;
}

const Field* Ledger::field(std::string_view field_id) const {
    return with_id(fields, field_id);
}
const State* Ledger::state(std::string_view state_id) const {
    return with_id(states, state_id);
}
const Transition* Ledger::transition(std::string_view transition_id) const {
    return with_id(transitions, transition_id);
}
const EvidenceKind* Ledger::evidence_kind(std::string_view kind_id) const {
    return with_id(evidence, kind_id);
}
const Clock* Ledger::clock(std::string_view clock_id) const {
    return with_id(clocks, clock_id);
}

}  // namespace fazhi::definition
