// Official forms (文书, definitions.md §12) from YAML; every name they use is checked.
//
// Pure functions; any thread.
#pragma once

#include <string>
#include <vector>

#include "definition/cursor.h"
#include "definition/model.h"

namespace fazhi::definition {

// Id and title, so that steps may name it.
void declare_form(const Cursor&, const std::string& pack, std::vector<DocumentForm>&);
// Fills in the form of this file.
void resolve_form(const Cursor&, const DefinitionSet&, std::vector<DocumentForm>&);
// `replaces:`: the form of `originals` with a body or a file of this pack in place of its own, and
// what it needs besides; takes its place in `forms`. Null: it names no form, or one of its own pack
// has been replaced already.
const DocumentForm* replace_form(const Cursor&, const DefinitionSet&,
                                 const std::vector<DocumentForm>& originals,
                                 std::vector<DocumentForm>& forms);

// The name of a template in the set: its pack and its path there.
std::string template_name(const std::string& pack, const std::string& path);
// Words a form's texts and templates may use beside the fields; a number has {serial} too.
const std::vector<std::string>& form_words();

}  // namespace fazhi::definition
