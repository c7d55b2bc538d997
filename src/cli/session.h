// What every command has at hand: the options, the opened database, and how to print.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "action/workplace.h"
#include "base/result.h"
#include "base/value.h"
#include "cli/command_line.h"

namespace fazhi::cli {

struct Options {
    Defaults defaults;
    std::string config;
    bool json = false;
    std::string as;  // who acts; load: the system
    std::string jurisdiction;
    std::string ledger;
    std::string hash = "sm3";           // init
    std::string signature = "ed25519";  // init
    std::string where;
    std::string by;
    bool ranked = false;  // groups by their places
    std::string report = "annual";
    std::string out;
    std::string cleared_by;
    std::string dated_from;  // search
    std::string dated_to;
    std::string person;                  // whom it is about
    std::vector<std::string> persons;    // account create: whom
    std::string to_person;               // person hand-over, stand-in: who takes over
    std::string title;                   // account token: what it is for
    std::vector<std::string> abilities;  // account token
    std::vector<std::string> ledgers;    // account token
    std::string state;                   // task list, export: in which state
    std::string unit;                    // task list, export, review: whose; "": every unit's
    std::string measure;                 // export: the rows behind this figure
    bool overdue_only = false;           // task list
    std::string note;                    // why
    std::string ground;                  // destroy: an option of the ledger of destructions
    std::int64_t entry = 0;              // which entry
    std::string output_file;
    std::string sheet;      // import: which of the file's sheets
    std::string remarks;    // import: where the copy goes that says what is wrong
    bool blank = false;     // export: a template without rows
    std::string since;      // a note's file
    std::string within;     // calendar due: a period
    std::string law;        // calendar due: whose counting rule
    bool party = false;     // calendar due: a citizen's deadline
    std::int64_t seq = 0;   // journal proof: of this record
    std::int64_t from = 0;  // journal proof: from this size
    std::int64_t size = 0;  // journal proof: in the tree of this size; 0: as it is now
    int year = 0;
    int count = 0;  // spot-check: how many
    bool sign = false;
    bool stays = false;          // person hand-over
    bool without_codes = false;  // account reset
    bool history = false;
    bool check_only = false;
    bool sarif = false;              // review
    std::string against;             // review: a database whose ledgers it is held against
    std::string html;                // review: where pages go
    std::string docx;                // review: where copies with comments go
    std::string xlsx;                // review: where the tables of all go
    std::string results;             // review: what is done is kept here
    bool with_keys = false;          // backup
    std::string keys;                // restore: the folder of the keys
    std::string destroyed;           // restore: a newer list of what was destroyed
    bool hashes_only = false;        // journal verify: not the tables
    std::vector<std::string> words;  // positional
};

class Session {
public:
    Session(const Options& the_options, const Doors& the_doors, const calendar::Clock& the_clock)
        : options(the_options), doors(the_doors), clock(the_clock) {}

    // That it is said where database and data are. Refuses kNoDatabase, kNoDataFolder.
    [[nodiscard]] Result<void> require_places() const;
    // Opened on first use. Refuse kNoDatabase and what lies below.
    // Only init makes or upgrades a database (Migrate::Yes).
    Result<storage::Database*> database(storage::Migrate wish = storage::Migrate::No);
    Result<action::Workplace*> workplace();
    void reopen() { workplace_.reset(); }  // after packs were installed
    [[nodiscard]] std::filesystem::path data_folder() const;

    const Options& options;
    const Doors& doors;
    const calendar::Clock& clock;

private:
    std::unique_ptr<storage::Database> database_;
    std::unique_ptr<action::Workplace> workplace_;
};

// Somebody must act. Refuses kBadOption.
Result<void> require_person(const Options&);

// Everything in a file that an option names. Refuses kBadOption.
Result<std::string> bytes_of_file(const std::string& file, const std::string& option);

void print_line(const std::string&);  // standard output
void print_note(const std::string&);  // standard error
void print_json(const Value&);        // standard output, canonical
// "已完成 300/4173" on one line of standard error, where that is a terminal; else every 1,000.
// Nothing with --json: standard error is then one document, or empty.
void print_progress(const Options&, const std::string& what, std::size_t done, std::size_t of);
void print_refusal(const Error&, bool json);
int exit_code(const Error&);

// One function per command (commands.cpp names them).
Result<int> init_command(Session&);
Result<int> load_command(Session&);
Result<int> measure_command(Session&);
Result<int> report_command(Session&);
Result<int> journal_verify_command(Session&);
Result<int> journal_checkpoint_command(Session&);
Result<int> journal_proof_command(Session&);
Result<int> journal_key_command(Session&);
Result<int> journal_export_command(Session&);
Result<int> journal_replay_command(Session&);
Result<int> pack_check_command(Session&);
Result<int> pack_test_command(Session&);
Result<int> pack_show_command(Session&);
Result<int> pack_diff_command(Session&);
Result<int> pack_install_command(Session&);
Result<int> pack_adopt_command(Session&);
Result<int> import_command(Session&);
Result<int> undo_import_command(Session&);
Result<int> export_command(Session&);
Result<int> log_sign_command(Session&);
Result<int> log_verify_command(Session&);
Result<int> spot_check_command(Session&);
Result<int> form_issue_command(Session&);
Result<int> form_list_command(Session&);
Result<int> clock_list_command(Session&);
Result<int> clock_explain_command(Session&);
Result<int> clock_renew_command(Session&);
Result<int> calendar_due_command(Session&);
Result<int> calendar_load_command(Session&);
Result<int> tick_command(Session&);
Result<int> duty_list_command(Session&);
Result<int> task_list_command(Session&);
Result<int> notice_list_command(Session&);
Result<int> notice_deliver_command(Session&);
Result<int> person_email_command(Session&);
Result<int> person_hand_over_command(Session&);
Result<int> person_stand_in_command(Session&);
Result<int> person_stand_ins_command(Session&);
Result<int> person_end_stand_in_command(Session&);
Result<int> account_create_command(Session&);
Result<int> account_reset_command(Session&);
Result<int> account_disable_command(Session&);
Result<int> account_enable_command(Session&);
Result<int> account_external_command(Session&);
Result<int> account_list_command(Session&);
Result<int> account_missing_command(Session&);
Result<int> account_log_command(Session&);
Result<int> token_create_command(Session&);
Result<int> token_list_command(Session&);
Result<int> token_revoke_command(Session&);
Result<int> search_command(Session&);
Result<int> review_command(Session&);
Result<int> destroy_command(Session&);
Result<int> person_destroy_command(Session&);
Result<int> destroy_again_command(Session&);
Result<int> backup_command(Session&);
Result<int> restore_command(Session&);
Result<int> serve_command(Session&);
Result<int> openapi_command(Session&);

}  // namespace fazhi::cli
