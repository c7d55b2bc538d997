// What answers the routes, by what they are about. Each is called by the door alone, after it has
// been asked who calls; each refuses as what it calls does.
#pragma once

#include "base/result.h"
#include "http/call.h"

namespace fazhi::http {

// ---- who is there (session_api.cpp, external_api.cpp)
Result<Response> read_session(Call&);
Result<Response> open_session(Call&);
Result<Response> read_external(Call&);
Result<Response> begin_external(Call&);
Result<Response> finish_external(Call&);
Result<Response> end_session(Call&);
Result<Response> put_password(Call&);
Result<Response> list_sessions(Call&);
Result<Response> end_other_session(Call&);
Result<Response> begin_totp(Call&);
Result<Response> confirm_totp(Call&);
Result<Response> remove_totp(Call&);
Result<Response> list_tokens(Call&);
Result<Response> add_token(Call&);
Result<Response> end_token(Call&);

// ---- what lies on the desk (desk_api.cpp)
Result<Response> list_drafts(Call&);
Result<Response> put_draft(Call&);
Result<Response> remove_draft(Call&);
Result<Response> list_views(Call&);
Result<Response> add_view(Call&);
Result<Response> remove_view(Call&);

// ---- an office and its definitions (office_api.cpp)
Result<Response> read_office(Call&);
Result<Response> list_ledgers(Call&);
Result<Response> read_ledger(Call&);
Result<Response> list_choices(Call&);  // choices_api.cpp

// ---- entries (entry_api.cpp; entry_changes_api.cpp; evidence_api.cpp, upload_api.cpp)
Result<Response> list_entries(Call&);
Result<Response> read_entry(Call&);
Result<Response> read_missing(Call&);
Result<Response> read_private(Call&);
Result<Response> add_entry(Call&);
Result<Response> change_entry(Call&);
Result<Response> void_entry(Call&);
Result<Response> move_entry(Call&);
Result<Response> move_entries(Call&);
Result<Response> link_entry(Call&);
Result<Response> add_evidence(Call&);
Result<Response> read_evidence(Call&);
Result<Response> begin_upload(Call&);
Result<Response> read_upload(Call&);
Result<Response> put_upload_part(Call&);
Result<Response> cancel_upload(Call&);
Result<Response> preview_form(Call&);
Result<Response> issue_form(Call&);

// ---- sheets (sheet_api.cpp)
Result<Response> export_entries(Call&);
Result<Response> read_template(Call&);
Result<Response> import_entries(Call&);
Result<Response> read_remarks(Call&);

// ---- what is to be done (work_api.cpp)
Result<Response> read_workbench(Call&);
Result<Response> list_clocks(Call&);
Result<Response> list_tasks(Call&);
Result<Response> list_duties(Call&);
Result<Response> list_notices(Call&);
Result<Response> search_words(Call&);
Result<Response> count_deadline(Call&);
Result<Response> list_laws(Call&);

// ---- figures and reports (figure_api.cpp, report_api.cpp)
Result<Response> list_measures(Call&);
Result<Response> read_measure(Call&);
Result<Response> read_behind(Call&);
Result<Response> list_reports(Call&);
Result<Response> read_report(Call&);
Result<Response> read_report_file(Call&);
Result<Response> read_report_figure(Call&);
Result<Response> clear_report(Call&);
Result<Response> sign_report(Call&);
Result<Response> read_signed_file(Call&);

// ---- reviews of reports (review_api.cpp, review_table_api.cpp)
Result<Response> list_reviews(Call&);
Result<Response> add_review(Call&);
Result<Response> read_review(Call&);
Result<Response> read_review_file(Call&);
Result<Response> compare_review(Call&);
Result<Response> submit_review(Call&);
Result<Response> add_verdict(Call&);
Result<Response> decide_waiver(Call&);
Result<Response> read_own_review(Call&);
Result<Response> add_own_verdict(Call&);
Result<Response> read_review_table(Call&);

// ---- the office's administration (admin_api.cpp)
Result<Response> list_settings(Call&);
Result<Response> put_setting(Call&);
Result<Response> adopt_year(Call&);  // adoption_api.cpp
Result<Response> read_packs(Call&);
Result<Response> adopt_packs(Call&);
Result<Response> add_unit(Call&);
Result<Response> put_unit(Call&);
Result<Response> add_person(Call&);
Result<Response> put_person_place(Call&);
Result<Response> list_accounts(Call&);
Result<Response> put_account_password(Call&);
Result<Response> put_account_enabled(Call&);
Result<Response> put_account_external(Call&);
Result<Response> list_stand_ins(Call&);
Result<Response> add_stand_in(Call&);
Result<Response> end_stand_in(Call&);
Result<Response> hand_over_work(Call&);
Result<Response> read_access_log(Call&);
Result<Response> verify_journal(Call&);
Result<Response> list_calendars(Call&);

// ---- the program (program_api.cpp)
// Who may listen is told so, and nothing more: what listens is the server's (server.h).
Result<Response> read_events(Call&);
Result<Response> read_description(Call&);
Result<Response> read_health(Call&);
Result<Response> read_readiness(Call&);
Result<Response> read_metrics(Call&);

}  // namespace fazhi::http
