// What each route asks for, said anew for the matrix of who is let in (access_matrix_test.cpp): one
// rule a route at least, and a request that is well-formed, so that whoever may not is told so, and
// yet changes nothing.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace fazhi::http::testing {

enum class Needs {
    Nothing,
    SignIn,         // a session or a token
    Person,         // a session
    Office,         // one's own, or one below
    Ledger,         // to see or to record something of it, wherever
    Entry,          // to see this entry
    Do,             // one of `abilities` over this entry
    OwnUnit,        // `abilities` in one's own unit
    Record,         // `abilities` in the entry's unit, as the handler
    Reveal,         // to see it, and to record or take steps in it
    RecordsIn,      // one of `abilities` somewhere in the ledger
    Import,         // to record somewhere; a token, also to take steps
    Step,           // a post of the step's `by`; a token, to take steps
    Works,          // to record or take steps in some ledger
    Throughout,     // `abilities` over everything
    Setting,        // the post that the setting `what` names, in person
    OwnOrSetting,   // the same, or to be the person it is about (post leader)
    Changer,        // a post that may change the setting `what`, in person
    Reports,        // to see some report
    AllOwnReports,  // to see every report of one's own office
    OwnReports,     // to see some report of one's own office
    Reviews,   // to see or hand in some report for review, or to stand above and see everything
    Review,    // to see the draft that was handed in
    Clearer,   // a post that clears the report, in person
    Signer,    // its signer's post, in person
    Measured,  // to see all of some unit in the ledger that is counted
    Untold,    // who is let in gets the answer of who is not: only 401 and the office are looked at
};

struct Rule {
    std::string_view method;
    std::string_view path;  // as the table of routes has it
    Needs needs;
    std::vector<std::string> abilities = {};
    std::string what = {};  // of a setting
    std::string body = {};  // well-formed, so that who may not is told so, and yet changes nothing
    std::string query = {};
    std::map<std::string, std::string> parts = {};  // what stands for {…}, beside the common ones
    bool disputes_only = false;
};

const std::vector<Rule>& route_rules();

}  // namespace fazhi::http::testing
