// Official forms (文书) as packs define them: which ledger's entries fill them, what must not be
// empty, what they say, who signs (definitions.md §12). Immutable values; any thread.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "definition/condition.h"
#include "definition/report_model.h"

namespace fazhi::definition {

// A field without which the form is not made, and the article that says so.
struct FormNeed {
    std::string field;
    std::vector<Basis> basis;
};

// A heading, a text, or both; once, or for each row of a list.
struct FormBlock {
    std::string heading;
    Sentence text;     // […] is left out where something in it is empty
    std::string each;  // a list field; "": once
    Condition when;
};

// A line to be signed or sealed.
struct FormSignature {
    std::string title;
    std::string each;   // a line for each row of this list
    std::string field;  // who signs, where the entry says
    std::string seal;   // "unit" or "jurisdiction": whose seal
};

struct DocumentForm {
    std::string id;
    std::string title;
    std::string ledger;
    std::vector<std::string> in_states;  // none: any
    std::string number;                  // template, its serial by form and year; "": none
    std::vector<Basis> basis;
    std::vector<FormNeed> needs;
    std::vector<FormBlock> body;
    std::string template_file;  // DefinitionSet::template_file; "": made of the body
    std::vector<FormSignature> signatures;
    std::string copies;
    std::string signed_as;  // the kind of evidence its signed scan is; "": none
    std::string pack;
    std::vector<std::string> replaced_by;  // packs; of several the last holds
};

// A file that a form is made of, with what it must state.
struct FormTemplate {
    std::string form;
    std::string file;  // DefinitionSet::template_file
    std::vector<FormNeed> needs;
};

}  // namespace fazhi::definition
