#include "http/routes.h"

#include <array>
#include <vector>

#include "http/api.h"

namespace fazhi::http {
namespace {

#define OFFICE "/api/offices/{office}"
#define LEDGER OFFICE "/ledgers/{ledger}"
#define ENTRY LEDGER "/entries/{id}"

constexpr std::string_view kList =
    "unit handler state from to words columns sort limit cursor count f.*";
constexpr std::string_view kXlsx =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
constexpr std::string_view kXlsxOrCsv =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet text/csv";
constexpr std::string_view kPdfOrDocx =
    "application/pdf application/vnd.openxmlformats-officedocument.wordprocessingml.document";
constexpr std::string_view kAnyFile = "*/*";
constexpr std::string_view kReviewFiles =
    "application/json application/sarif+json text/html "
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

constexpr Route kRoutes[] = {
    // ---- who is there
    {"GET", "/api/session", Open::ToSignedIn, "谁登录了", "", "", "Session", read_session,
     Nature::ShortQuestion},
    {"POST", "/api/session", Open::ToAll, "登录", "", "SignIn", "Session", open_session},
    {"GET", "/api/session/external", Open::ToAll, "有没有统一身份认证", "", "", "ExternalSignIn",
     read_external},
    {"GET", "/api/session/external/start", Open::ToAll, "去统一身份认证登录（浏览器打开）",
     "office", "", kElsewhere, begin_external},
    {"GET", "/api/session/external/callback", Open::ToAll, "从统一身份认证回来（浏览器打开）",
     "state code error", "", kElsewhere, finish_external},
    {"DELETE", "/api/session", Open::ToSignedIn, "退出", "", "", "", end_session, Nature::Change},
    {"POST", "/api/session/password", Open::ToSignedIn, "修改密码", "", "NewPassword", "",
     put_password, Nature::Change},
    {"GET", "/api/session/list", Open::InPerson, "本人的会话", "", "", "OpenSessions",
     list_sessions},
    {"DELETE", "/api/session/list/{session}", Open::InPerson, "结束一个会话", "", "", "",
     end_other_session, Nature::Change},
    {"POST", "/api/session/totp", Open::ToSignedIn, "开始设置动态码", "", "", "TotpSecret",
     begin_totp, Nature::Change},
    {"PUT", "/api/session/totp", Open::ToSignedIn, "启用动态码", "", "Code", "", confirm_totp,
     Nature::Change},
    {"DELETE", "/api/session/totp", Open::InPerson, "停用动态码", "", "Password", "", remove_totp,
     Nature::Change},
    {"GET", "/api/tokens", Open::InPerson, "本人的访问令牌", "", "", "Tokens", list_tokens},
    {"POST", "/api/tokens", Open::InPerson, "新建访问令牌", "", "NewToken", "Token", add_token,
     Nature::Change},
    {"DELETE", "/api/tokens/{id}", Open::InPerson, "作废访问令牌", "", "", "", end_token,
     Nature::Change},

    // ---- the desk
    {"GET", "/api/drafts", Open::InPerson, "没有交的表单", "", "", "Drafts", list_drafts,
     Nature::ShortQuestion},
    {"PUT", "/api/drafts/{key}", Open::InPerson, "存一份草稿", "", "NewDraft", "Draft", put_draft,
     Nature::Change},
    {"DELETE", "/api/drafts/{key}", Open::InPerson, "删去草稿", "", "", "", remove_draft,
     Nature::Change},
    {"GET", "/api/views", Open::InPerson, "存下的视图", "", "", "SavedViews", list_views,
     Nature::ShortQuestion},
    {"POST", "/api/views", Open::InPerson, "存一个视图", "", "SavedView", "SavedView", add_view,
     Nature::Change},
    {"DELETE", "/api/views/{id}", Open::InPerson, "删去视图", "", "", "", remove_view,
     Nature::Change},

    // ---- the law
    {"GET", "/api/deadline", Open::ToStaff, "期限计算", "from within law party", "", "Deadline",
     count_deadline, Nature::ShortQuestion},
    {"GET", "/api/laws", Open::ToStaff, "有计算规则的法律", "", "", "Laws", list_laws,
     Nature::ShortQuestion},

    // ---- an office
    {"GET", OFFICE, Open::ToStaff, "一个单位", "", "", "Office", read_office,
     Nature::ShortQuestion},
    {"GET", OFFICE "/workbench", Open::ToStaff, "工作台", "", "", "Workbench", read_workbench,
     Nature::ShortQuestion},
    {"GET", OFFICE "/ledgers", Open::ToStaff, "台账目录", "", "", "Ledgers", list_ledgers,
     Nature::ShortQuestion},
    {"GET", LEDGER, Open::ToStaff, "一本台账的定义", "", "", "Ledger", read_ledger,
     Nature::ShortQuestion},
    {"GET", LEDGER "/fields/{field}/choices", Open::ToStaff, "一栏可选的条目",
     "words on limit cursor", "", "FieldChoices", list_choices, Nature::ShortQuestion},

    // ---- entries
    {"GET", LEDGER "/entries", Open::ToStaff, "台账的条目", kList, "", "EntryPage", list_entries,
     Nature::ShortQuestion},
    {"POST", LEDGER "/entries", Open::ToStaff, "登记一条", "check", "NewEntry", "Changed",
     add_entry, Nature::Change},
    {"POST", LEDGER "/moves", Open::ToStaff, "成批办理", "", "Bulk", "BulkOutcome", move_entries,
     Nature::Change},
    {"GET", ENTRY, Open::ToStaff, "一条的全部", "", "", "Entry", read_entry, Nature::ShortQuestion},
    {"PATCH", ENTRY, Open::ToStaff, "补充或更正", "", "FieldChange", "Changed", change_entry,
     Nature::Change},
    {"POST", ENTRY "/void", Open::ToStaff, "作废", "", "Note", "Changed", void_entry,
     Nature::Change},
    {"POST", ENTRY "/moves", Open::ToStaff, "办理一步", "", "NewMove", "Changed", move_entry,
     Nature::Change},
    {"GET", ENTRY "/missing", Open::ToStaff, "还差什么", "", "", "Missing", read_missing,
     Nature::ShortQuestion},
    {"POST", ENTRY "/links", Open::ToStaff, "关联另一条", "", "NewLink", "Changed", link_entry,
     Nature::Change},
    {"POST", ENTRY "/private", Open::ToStaff, "查看私密内容（留痕）", "", "Reason", "Private",
     read_private, Nature::Change},
    {"POST", OFFICE "/uploads", Open::ToStaff, "开始分块上传一个大文件", "", "NewUpload", "Upload",
     begin_upload, Nature::Change},
    {"GET", OFFICE "/uploads/{upload}", Open::ToStaff, "传到了第几块", "", "", "Upload",
     read_upload},
    {"PUT", OFFICE "/uploads/{upload}/parts/{part}", Open::ToStaff, "传一块", "", "bytes", "Upload",
     put_upload_part, Nature::Change},
    {"DELETE", OFFICE "/uploads/{upload}", Open::ToStaff, "取消上传", "", "", "", cancel_upload,
     Nature::Change},
    {"POST", ENTRY "/evidence", Open::ToStaff, "附佐证材料；大文件先分块上传，这里只写 upload",
     "kind name happened_on upload", "bytes", "Evidence", add_evidence, Nature::Change},
    {"GET", ENTRY "/evidence/{digest}", Open::ToStaff, "佐证材料的文件", "", "", kAnyFile,
     read_evidence},
    {"GET", ENTRY "/forms/{form}", Open::ToStaff, "文书预览", "", "", kPdfOrDocx, preview_form},
    {"POST", ENTRY "/forms/{form}", Open::ToStaff, "开具文书", "", "", "Changed", issue_form,
     Nature::Change},

    // ---- sheets
    {"GET", LEDGER "/export", Open::ToStaff, "导出", "format unit state from to where", "",
     kXlsxOrCsv, export_entries},
    {"GET", LEDGER "/template", Open::ToStaff, "空白模板", "", "", kXlsx, read_template},
    {"POST", LEDGER "/import", Open::ToStaff, "导入", "name sheet check year", "bytes",
     "ImportOutcome", import_entries, Nature::Change},
    {"POST", LEDGER "/import/remarks", Open::ToStaff, "标出错误的副本", "name sheet year", "bytes",
     kXlsx, read_remarks, Nature::Change},

    // ---- what is to be done
    {"GET", OFFICE "/search", Open::ToStaff, "检索", "words ledger from to cursor", "", "Hits",
     search_words},
    {"GET", OFFICE "/clocks", Open::ToStaff, "期限", "from to unit mine", "", "DueList",
     list_clocks, Nature::ShortQuestion},
    {"GET", OFFICE "/tasks", Open::ToStaff, "任务", "state unit overdue", "", "Tasks", list_tasks,
     Nature::ShortQuestion},
    {"GET", OFFICE "/duties", Open::ToStaff, "定期义务", "on", "", "Duties", list_duties},
    {"GET", OFFICE "/notices", Open::ToStaff, "提醒", "all", "", "Notices", list_notices,
     Nature::ShortQuestion},

    // ---- figures and reports
    {"GET", OFFICE "/measures", Open::ToStaff, "指标", "", "", "Measures", list_measures},
    {"GET", OFFICE "/measures/{measure}", Open::ToStaff, "一个指标的数", "from to by ranked", "",
     "Statistics", read_measure, Nature::ShortQuestion},
    {"GET", OFFICE "/measures/{measure}/entries", Open::ToStaff, "数字后面的条目",
     "from to by key cursor", "", "Behind", read_behind},
    {"GET", OFFICE "/reports", Open::ToStaff, "报告", "", "", "ReportNames", list_reports},
    {"GET", OFFICE "/reports/{report}/{year}", Open::ToStaff, "一份报告", "", "", "Report",
     read_report},
    {"GET", OFFICE "/reports/{report}/{year}/{file}", Open::ToStaff, "报告的文件", "", "", kAnyFile,
     read_report_file},
    {"GET", OFFICE "/reports/{report}/{year}/figures/{key}", Open::ToStaff, "报告里一个数的条目",
     "cursor", "", "Behind", read_report_figure},

    {"POST", OFFICE "/reports/{report}/{year}/clearing", Open::InPerson, "保密审查", "", "",
     "Changed", clear_report, Nature::Change},
    {"POST", OFFICE "/reports/{report}/{year}/signing", Open::InPerson, "签发", "", "", "Signed",
     sign_report, Nature::Change},
    {"GET", OFFICE "/reports/{report}/{year}/versions/{version}/{file}", Open::ToStaff,
     "签发的文件", "", "", kAnyFile, read_signed_file},

    // ---- reviews of reports
    {"GET", OFFICE "/own-reviews/{report}/{year}", Open::ToStaff, "签发前的审查", "", "",
     "OwnReview", read_own_review},
    {"POST", OFFICE "/own-reviews/{report}/{year}/verdicts", Open::ToStaff, "复核签发前的一处发现",
     "", "NewVerdict", "Changed", add_own_verdict, Nature::Change},
    {"GET", OFFICE "/reviews", Open::ToStaff, "受审报告", "year cursor", "", "ReviewedReports",
     list_reviews},
    {"POST", OFFICE "/reviews", Open::ToStaff, "送审一份报告；大文件先分块上传，这里只写 upload",
     "name unit_name year kind origin received_on replaces upload", "bytes", "Changed", add_review,
     Nature::Change},
    {"GET", OFFICE "/reviews/{id}", Open::ToStaff, "审查结果", "", "", "Review", read_review},
    {"GET", OFFICE "/reviews/{id}/files/{file}", Open::ToStaff, "审查结果的文件", "", "",
     kReviewFiles, read_review_file},
    {"GET", OFFICE "/reviews/{id}/diff", Open::ToStaff, "与所代替的一稿比较", "", "", "ReviewDiff",
     compare_review},
    {"POST", OFFICE "/reviews/{id}/submission", Open::ToStaff, "报送", "", "", "Changed",
     submit_review, Nature::Change},
    {"POST", OFFICE "/reviews/{id}/verdicts", Open::ToStaff, "复核一处发现", "", "NewVerdict",
     "Changed", add_verdict, Nature::Change},
    {"POST", OFFICE "/review-verdicts/{id}/approval", Open::InPerson, "批准豁免", "", "Approval",
     "", decide_waiver, Nature::Change},
    {"GET", "/api/review-table", Open::ToStaff, "各单位的发现，按检查项", "year cursor", "",
     "ReviewTable", read_review_table},

    // ---- administration
    {"GET", OFFICE "/settings", Open::ToStaff, "设置", "", "", "Settings", list_settings},
    {"PUT", OFFICE "/settings/{setting}", Open::InPerson, "改一项设置", "", "NewValue", "Setting",
     put_setting, Nature::Change},
    {"POST", OFFICE "/units", Open::InPerson, "设立科室或社区", "", "NewUnit", "Unit", add_unit,
     Nature::Change},
    {"PUT", OFFICE "/units/{unit}", Open::InPerson, "改单位的名称和分管科室", "", "UnitChange",
     "Unit", put_unit, Nature::Change},
    {"POST", OFFICE "/persons", Open::InPerson, "登记人员", "", "NewPerson", "PersonInOffice",
     add_person, Nature::Change},
    {"PUT", OFFICE "/persons/{person}/place", Open::InPerson, "调整人员的单位和岗位", "",
     "Placement", "PersonInOffice", put_person_place, Nature::Change},
    {"GET", OFFICE "/accounts", Open::InPerson, "账号", "", "", "Accounts", list_accounts},
    {"POST", OFFICE "/accounts/{person}/password", Open::InPerson, "新建账号或重置密码", "", "",
     "FirstPassword", put_account_password, Nature::Change},
    {"PUT", OFFICE "/accounts/{person}/enabled", Open::InPerson, "停用或启用账号", "", "NewValue",
     "", put_account_enabled, Nature::Change},
    {"PUT", OFFICE "/accounts/{person}/external", Open::InPerson,
     "绑定统一身份认证的编号；空：解除", "", "NewValue", "", put_account_external, Nature::Change},
    {"GET", OFFICE "/stand-ins", Open::ToStaff, "代理", "", "", "StandIns", list_stand_ins},
    {"POST", OFFICE "/stand-ins", Open::InPerson, "安排代理", "", "NewStandIn", "StandIn",
     add_stand_in, Nature::Change},
    {"DELETE", OFFICE "/stand-ins/{id}", Open::InPerson, "终止代理", "", "", "", end_stand_in,
     Nature::Change},
    {"POST", OFFICE "/hand-over", Open::InPerson, "交接", "", "NewHandOver", "HandedOver",
     hand_over_work, Nature::Change},
    {"GET", OFFICE "/access-log", Open::InPerson, "访问日志", "from to what cursor", "",
     "AccessLog", read_access_log},
    {"POST", OFFICE "/verification", Open::ToStaff, "核验流水", "", "", "Verification",
     verify_journal, Nature::Change},
    {"GET", OFFICE "/calendars", Open::ToStaff, "放假安排", "", "", "CalendarYears",
     list_calendars},
    {"POST", OFFICE "/calendars", Open::InPerson, "采用一年的放假安排", "check", "NewCalendar",
     "CalendarAdoption", adopt_year, Nature::Change},
    {"GET", OFFICE "/packs", Open::InPerson, "采用的定义", "", "", "PacksInForce", read_packs},
    {"POST", OFFICE "/packs/adoption", Open::InPerson, "改用新安装的定义", "", "", "PackAdoption",
     adopt_packs, Nature::Change},

    // ---- the program
    {"GET", kEventsPath, Open::ToStaff, "有变化就告知（只有号，没有内容）", "office", "",
     "text/event-stream", read_events, Nature::ShortQuestion},
    {"GET", "/api/openapi.json", Open::ToAll, "本接口的说明", "", "", "application/json",
     read_description},
    {"GET", "/healthz", Open::ToAll, "程序在运行", "", "", "text/plain", read_health,
     Nature::ShortQuestion},
    {"GET", "/readyz", Open::ToAll, "可以接受请求", "", "", "text/plain", read_readiness,
     Nature::ShortQuestion},
    {"GET", "/metrics", Open::ToAll, "运行数字（只给本机）", "", "", "text/plain", read_metrics},
};

#undef OFFICE
#undef LEDGER
#undef ENTRY

std::vector<std::string_view> pieces_of(std::string_view path) {
    std::vector<std::string_view> out;
    std::size_t from = 1;
    while (from <= path.size()) {
        const std::size_t to = std::min(path.find('/', from), path.size());
        out.push_back(path.substr(from, to - from));
        from = to + 1;
    }
    return out;
}

bool is_part(std::string_view piece) {
    return piece.size() > 2 && piece.front() == '{' && piece.back() == '}';
}

// Routes by their pieces, made once.
struct Known {
    const Route* route;
    std::vector<std::string_view> pieces;
};
const std::vector<Known>& known_routes() {
    static const std::vector<Known> kKnown = [] {
        std::vector<Known> out;
        for (const Route& route : kRoutes) out.push_back({&route, pieces_of(route.path)});
        return out;
    }();
    return kKnown;
}

bool fits(const Known& known, const std::vector<std::string_view>& pieces) {
    if (known.pieces.size() != pieces.size()) return false;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (is_part(known.pieces[i]) ? pieces[i].empty() : known.pieces[i] != pieces[i])
            return false;
    }
    return true;
}

}  // namespace

std::span<const Route> routes() {
    return kRoutes;
}

Routed route_for(std::string_view method, std::string_view path) {
    Routed out;
    if (!path.starts_with('/')) return out;
    const std::vector<std::string_view> pieces = pieces_of(path);
    const std::string_view wanted = method == "HEAD" ? "GET" : method;
    for (const Known& known : known_routes()) {
        if (!fits(known, pieces)) continue;
        out.path_known = true;
        if (known.route->method != wanted) continue;
        out.route = known.route;
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            const std::string_view piece = known.pieces[i];
            if (is_part(piece))
                out.parts.emplace(piece.substr(1, piece.size() - 2), std::string(pieces[i]));
        }
        return out;
    }
    return out;
}

}  // namespace fazhi::http
