// The kinds of checks: each finds one kind of thing and compares it in one way. For
// compiled_check.cpp.
//
// Pure; any thread. `otherwise` becomes NotAssessable where the report does not let one say.
#pragma once

#include <vector>

#include "review/compiled_check.h"

namespace fazhi::review {

// checks_of_words.cpp
std::vector<Finding> find_phrases(const CompiledCheck&, const Subject&);
std::vector<Finding> find_repeated_words(const CompiledCheck&, const Subject&);
std::vector<Finding> find_repeated_paragraphs(const CompiledCheck&, const Subject&);

// checks_of_titles.cpp
std::vector<Finding> find_unknown_laws(const CompiledCheck&, const Subject&);
std::vector<Finding> find_misnamed_laws(const CompiledCheck&, const Subject&);
std::vector<Finding> find_repealed_laws(const CompiledCheck&, const Subject&, Verdict& otherwise);
std::vector<Finding> find_laws_not_in_force(const CompiledCheck&, const Subject&,
                                            Verdict& otherwise);

// checks_of_figures.cpp
std::vector<Finding> find_figures_beyond(const CompiledCheck&, const Subject&);
std::vector<Finding> find_wrong_units(const CompiledCheck&, const Subject&);
std::vector<Finding> find_shares_without_whole(const CompiledCheck&, const Subject&);
std::vector<Finding> find_shares_of_few(const CompiledCheck&, const Subject&);

// checks_of_sums.cpp
std::vector<Finding> find_wrong_sums(const CompiledCheck&, const Subject&);
std::vector<Finding> find_wrong_subsets(const CompiledCheck&, const Subject&);

// checks_of_values.cpp
std::vector<Finding> find_different_values(const CompiledCheck&, const Subject&);
std::vector<Finding> find_wrong_shares(const CompiledCheck&, const Subject&);
std::vector<Finding> find_more_than_begun(const CompiledCheck&, const Subject&);

// checks_of_form.cpp
std::vector<Finding> find_missing_parts(const CompiledCheck&, const Subject&);
std::vector<Finding> find_thin_parts(const CompiledCheck&, const Subject&);
std::vector<Finding> find_broken_sequences(const CompiledCheck&, const Subject&);
std::vector<Finding> find_wrong_years(const CompiledCheck&, const Subject&, Verdict& otherwise);

// checks_of_claims.cpp
std::vector<Finding> find_problems_without_cause(const CompiledCheck&, const Subject&);
std::vector<Finding> find_problems_without_remedy(const CompiledCheck&, const Subject&);

// checks_of_facts.cpp
std::vector<Finding> find_missing_facts(const CompiledCheck&, const Subject&);
std::vector<Finding> find_malformed_facts(const CompiledCheck&, const Subject&);
std::vector<Finding> find_disagreeing_facts(const CompiledCheck&, const Subject&,
                                            Verdict& otherwise);
std::vector<Finding> find_late_dates(const CompiledCheck&, const Subject&, Verdict& otherwise);

// checks_of_names.cpp
std::vector<Finding> find_changing_names(const CompiledCheck&, const Subject&);

// checks_of_companions.cpp: against other reports.
std::vector<Finding> find_figures_far_from_last_year(const CompiledCheck&, const Subject&,
                                                     Verdict& otherwise);
std::vector<Finding> find_figures_far_from_neighbours(const CompiledCheck&, const Subject&,
                                                      Verdict& otherwise);
std::vector<Finding> find_excerpts(const CompiledCheck&, const Subject&, Verdict& otherwise);
std::vector<Finding> find_unanswered_promises(const CompiledCheck&, const Subject&,
                                              Verdict& otherwise);

// checks_of_ledgers.cpp: against what the reader's own ledgers hold.
std::vector<Finding> find_figures_unlike_ledger(const CompiledCheck&, const Subject&,
                                                Verdict& otherwise);
std::vector<Finding> find_figures_not_recorded(const CompiledCheck&, const Subject&,
                                               Verdict& otherwise);
std::vector<Finding> find_records_not_reported(const CompiledCheck&, const Subject&,
                                               Verdict& otherwise);
std::vector<Finding> find_figures_not_from_ledgers(const CompiledCheck&, const Subject&,
                                                   Verdict& otherwise);

// checks_of_substance.cpp
std::vector<Finding> find_notices(const CompiledCheck&, const Subject&);
std::vector<Finding> find_boilerplate(const CompiledCheck&, const Subject&);
std::vector<Finding> find_repeated_events(const CompiledCheck&, const Subject&);

}  // namespace fazhi::review
