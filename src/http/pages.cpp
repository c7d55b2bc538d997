#include "http/pages.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "document/docx_writer.h"
#include "document/html_writer.h"
#include "document/pdf_writer.h"
#include "http/clock_pages.h"
#include "http/errors.h"
#include "http/html.h"
#include "http/search_page.h"
#include "ledger/entry_title.h"
#include "ledger/lateness.h"
#include "ledger/scan.h"
#include "ledger/stored_lookup.h"

namespace fazhi::http {
namespace {

using action::Office;
using definition::Field;
using definition::Ledger;
using ledger::Entry;

constexpr std::size_t kColumnsMax = 6;
constexpr std::size_t kLinksShown = 200;  // an import may have made thousands

struct Site {
    action::Workplace& workplace;
    storage::Connection& connection;
};

std::vector<std::string> parts_of(const std::string& path) {
    std::vector<std::string> out;
    size_t from = 0;
    while (from < path.size()) {
        const size_t slash = std::min(path.find('/', from), path.size());
        if (slash > from) out.push_back(path.substr(from, slash - from));
        from = slash + 1;
    }
    return out;
}

std::optional<std::int64_t> number_from(const std::string& text) {
    std::int64_t out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc() || end != text.data() + text.size() || out < 0) return std::nullopt;
    return out;
}

int status_of(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::InvalidInput:
            return 400;
        case ErrorKind::Unauthenticated:
            return 401;
        case ErrorKind::Forbidden:
            return 403;
        case ErrorKind::NotFound:
            return 404;
        case ErrorKind::Conflict:
            return 409;
        case ErrorKind::TooLarge:
            return 413;
        case ErrorKind::RefusedByRule:
            return 422;
        case ErrorKind::Unavailable:
            return 503;
    }
    return 500;
}

Response refusal_page(int status, const std::string& message) {
    return Response{.status = status,
                    .body = page("没有办成", {}, fmt::format("<p>{}</p>", escaped(message)))};
}

Response html(const std::string& title,
              const std::vector<std::pair<std::string, std::string>>& trail,
              const std::string& body) {
    return Response{.body = page(title, trail, body)};
}

std::string office_path(const Office& office) {
    return "/offices/" + office.directory.jurisdiction.code;
}

// Nobody has signed in, so nobody holds a post that a closed ledger (visible_to) is open to.
bool is_shown(const Ledger& ledger) {
    return ledger.visible_to.empty();
}

Result<Response> offices_page(const Site& site) {
    std::vector<std::vector<std::string>> rows;
    for (const access::Jurisdiction& jurisdiction :
         access::Organisation::jurisdictions(site.connection)) {
        if (jurisdiction.definitions.empty())
            continue;  // Above the offices: no ledgers of its own yet.
        const journal::Head head = site.workplace.journal.head(site.connection, jurisdiction.id);
        rows.push_back({linked("/offices/" + jurisdiction.code, jurisdiction.name),
                        escaped(jurisdiction.full_name), std::to_string(head.size)});
    }
    return html("各单位", {}, table({"单位", "全称", "流水条数"}, rows));
}

Result<Response> office_page(const Site& site, const Office& office) {
    std::vector<std::vector<std::string>> rows;
    const std::string base = office_path(office);
    std::optional<int> last_year;
    for (const Ledger& ledger : office.definitions->ledgers()) {
        if (!is_shown(ledger)) continue;
        std::int64_t count = 0;
        std::int64_t open = 0;
        ledger::scan(site.connection, office.directory.jurisdiction.id, ledger, {ledger.dated_by},
                     {}, [&](const Entry& entry) {
                         ++count;
                         const definition::State* state = ledger.state(entry.head.state);
                         if (state != nullptr && !state->is_final) ++open;
                         if (ledger.id == "report_text" || ledger.built_in) return;
                         const auto date = calendar::date_from(entry.head.dated_on);
                         if (date)
                             last_year =
                                 std::max(last_year.value_or(0), static_cast<int>(date->year()));
                     });
        if (count == 0) continue;
        rows.push_back({linked(fmt::format("{}/ledgers/{}", base, ledger.id), ledger.title),
                        std::to_string(count), ledger.states.empty() ? "" : std::to_string(open)});
    }
    std::string body =
        search_form(office, "") +
        fmt::format("<p>{} · {} · {} · {}</p>", linked(base + "/due", "期限与任务"),
                    linked(base + "/notices", "提醒"), linked(base + "/duties", "定期义务"),
                    linked("/deadline", "期限计算")) +
        "<h2>年度报告</h2>";
    for (int year = last_year.value_or(0); last_year && year > *last_year - 2; --year) {
        const std::string path = fmt::format("{}/reports/{}", base, year);
        body += fmt::format("<p>{}（{} {}）</p>",
                            linked(path, fmt::format("{}年法治政府建设情况报告", year)),
                            linked(path + ".docx", "DOCX"), linked(path + ".pdf", "PDF"));
    }
    body += "<h2>台账</h2>" + table({"台账", "条数", "未办结"}, rows);
    return html(office.directory.jurisdiction.name, {}, body);
}

std::vector<const Field*> listed_fields(const Ledger& ledger) {
    std::vector<const Field*> out;
    for (const Field& field : ledger.fields) {
        const bool listed = !field.is_private && field.of.empty() &&
                            field.type != definition::FieldType::Note &&
                            field.id != ledger.dated_by;
        if (listed && out.size() < kColumnsMax) out.push_back(&field);
    }
    return out;
}

std::string state_title(const Ledger& ledger, const std::string& id) {
    const definition::State* state = ledger.state(id);
    return state == nullptr ? id : state->title;
}

Result<Response> ledger_page(const Site& site, const Office& office, const Ledger& ledger,
                             const Request& request) {
    const auto number = static_cast<std::int64_t>(request.page());
    const std::int64_t count =
        ledger::count_entries(site.connection, office.directory.jurisdiction.id, ledger, {});
    const std::vector<const Field*> fields = listed_fields(ledger);
    std::vector<std::string> wanted = {ledger.dated_by};
    for (const Field* field : fields) wanted.push_back(field->id);
    std::vector<Entry> entries;
    ledger::scan(
        site.connection, office.directory.jurisdiction.id, ledger, wanted,
        {.newest_first = true, .limit = kEntriesAPage, .offset = (number - 1) * kEntriesAPage},
        [&](const Entry& entry) { entries.push_back(entry); });
    ledger::StoredLookup names(site.connection, office.directory, *office.definitions);
    const std::string path = fmt::format("{}/ledgers/{}", office_path(office), ledger.id);
    std::vector<std::string> heads = {"编号", "日期", "单位", "状态"};
    for (const Field* field : fields) heads.push_back(field->title);
    std::vector<std::vector<std::string>> rows;
    for (const Entry& entry : entries) {
        const std::string shown =
            !entry.head.number.empty()
                ? entry.head.number
                : (!entry.head.reference.empty() ? entry.head.reference
                                                 : fmt::format("第{}条", entry.head.id.value));
        std::vector<std::string> row = {
            linked(fmt::format("{}/entries/{}", path, entry.head.id.value), shown),
            escaped(entry.head.dated_on),
            entry.head.unit ? escaped(names.unit(entry.head.unit.value)) : "",
            escaped(state_title(ledger, entry.head.state))};
        for (const Field* field : fields)
            row.push_back(escaped(ledger::display_text(*field, entry.fields.at(field->id), names)));
        rows.push_back(std::move(row));
    }
    const std::int64_t last =
        std::max<std::int64_t>(1, (count + kEntriesAPage - 1) / kEntriesAPage);
    std::string turn = fmt::format("<p>共{}条，第{}/{}页 ", count, number, last);
    if (number > 1) turn += linked(fmt::format("{}?page={}", path, number - 1), "上一页") + " ";
    if (number < last) turn += linked(fmt::format("{}?page={}", path, number + 1), "下一页");
    return html(ledger.title, {{office_path(office), office.directory.jurisdiction.name}},
                turn + "</p>" + table(heads, rows));
}

std::string fields_html(const Ledger& ledger, const Entry& entry, ledger::Names& names) {
    std::string out = "<h2>内容</h2><dl>";
    for (const Field& field : ledger.fields) {
        std::string text = fmt::format("<span class=\"hidden\">●●●（私密，已加密）</span>");
        if (!field.is_private) {
            const auto absent = entry.absent.find(field.id);
            text = escaped(ledger::display_text(field, entry.fields.at(field.id), names));
            if (absent != entry.absent.end())
                text = absent->second == ledger::Absence::Unknown ? "未知" : "不适用";
        }
        if (!text.empty())
            out += fmt::format("<dt>{}</dt><dd>{}{}</dd>", escaped(field.title), text,
                               field.is_private ? "" : escaped(field.unit));
    }
    return out + "</dl>";
}

std::string head_html(const Office& office, const Ledger& ledger, const Entry& entry,
                      ledger::Names& names, bool destroyed) {
    std::string out = "<dl>";
    const auto line = [&](const char* title, const std::string& text) {
        if (!text.empty()) out += fmt::format("<dt>{}</dt><dd>{}</dd>", title, escaped(text));
    };
    line("编号", entry.head.number);
    line("原编号", entry.head.reference);
    line("日期", entry.head.dated_on);
    line("单位", entry.head.unit ? names.unit(entry.head.unit.value) : "");
    line("经办人", entry.head.handler ? names.person(entry.head.handler.value) : "");
    line("状态", state_title(ledger, entry.head.state));
    std::string marks;
    if (entry.head.imported) marks += "<span class=\"mark\">导入</span> ";
    if (ledger::is_late(ledger, office.directory.jurisdiction, entry.head))
        marks += "<span class=\"mark\">补录</span> ";
    if (entry.head.voided) marks += "<span class=\"mark\">已作废</span> ";
    if (destroyed) marks += "<span class=\"mark\">个人信息已依法删除</span>";
    if (!marks.empty()) out += "<dt>标记</dt><dd>" + marks + "</dd>";
    return out + "</dl>";
}

std::string action_title(const Ledger& ledger, const journal::Record& record) {
    const std::string action = record.body.text_at("action");
    if (action == "move") {
        const definition::Transition* step = ledger.transition(record.body.text_at("transition"));
        return step == nullptr ? record.body.text_at("transition") : step->title;
    }
    if (action == "create") return "登记";
    if (action == "set") return "补充内容";
    if (action == "amend") return "更正";
    if (action == "void") return "作废";
    if (action == "attach") return "附佐证";
    if (action == "link") return "关联";
    if (action == "destroy") return "删除个人信息";
    if (action == "clocks") return "期限重算";
    return action;
}

Result<Response> entry_page(const Site& site, const Office& office, const Ledger& ledger,
                            EntryId id) {
    const JurisdictionId jurisdiction = office.directory.jurisdiction.id;
    const ledger::Context context =
        action::context_of(office, access::system_actor(jurisdiction), site.workplace.clock.now());
    TRY(const Entry entry, site.workplace.ledgers.find(site.connection, context, ledger.id, id,
                                                       ledger::Ledgers::Private::Masked));
    ledger::StoredLookup names(site.connection, office.directory, *office.definitions);
    const bool destroyed = site.workplace.ledgers.is_destroyed(site.connection, context, id);
    std::string body =
        head_html(office, ledger, entry, names, destroyed) + fields_html(ledger, entry, names);
    TRY(const std::string clocks,
        clocks_html(site.workplace, site.connection, context, ledger.id, id));
    body += clocks;
    std::vector<std::vector<std::string>> papers;
    for (const auto& use :
         site.workplace.ledgers.evidence(site.connection, jurisdiction, ledger.id, id)) {
        const definition::EvidenceKind* kind = ledger.evidence_kind(use.kind);
        papers.push_back({escaped(kind == nullptr ? use.kind : kind->title), escaped(use.name),
                          escaped(use.media_type), escaped(use.digest.hex())});
    }
    if (!papers.empty())
        body += "<h2>佐证材料</h2>" + table({"种类", "文件", "类型", "摘要"}, papers);
    std::vector<std::vector<std::string>> links;
    const auto all_links =
        site.workplace.ledgers.links(site.connection, jurisdiction, ledger.id, id);
    for (const auto& link : all_links) {
        if (links.size() == kLinksShown) break;
        const bool outward = link.from == id && link.from_ledger == ledger.id;
        const std::string& other = outward ? link.to_ledger : link.from_ledger;
        const std::int64_t other_id = (outward ? link.to : link.from).value;
        const Ledger* definition = office.definitions->ledger(other);
        if (definition != nullptr && !is_shown(*definition)) continue;
        links.push_back(
            {escaped(definition == nullptr ? other : definition->title),
             linked(fmt::format("{}/ledgers/{}/entries/{}", office_path(office), other, other_id),
                    names.entry(other, other_id))});
    }
    if (!links.empty()) body += "<h2>关联</h2>" + table({"台账", "条目"}, links);
    if (all_links.size() > kLinksShown)
        body += fmt::format("<p>共{}条，只列前{}条。</p>", all_links.size(), kLinksShown);
    std::vector<std::vector<std::string>> history;
    TRY(const auto records,
        site.workplace.journal.history(site.connection, jurisdiction, id.value));
    for (const journal::Record& record : records) {
        const std::int64_t actor = record.body.integer_at("actor");
        const auto at = calendar::parse_instant(record.body.text_at("at"));
        history.push_back({std::to_string(record.seq), escaped(action_title(ledger, record)),
                           escaped(record.body.text_at("happened_on")),
                           actor == 0 ? "系统" : escaped(names.person(actor)),
                           at ? escaped(calendar::chinese_text(*at)) : ""});
    }
    body += "<h2>经过</h2>" + table({"流水号", "事项", "办理日期", "经办", "登记时间"}, history);
    return html(entry_title(ledger, entry, names),
                {{office_path(office), office.directory.jurisdiction.name},
                 {fmt::format("{}/ledgers/{}", office_path(office), ledger.id), ledger.title}},
                body);
}

Response file(const std::string& type, const std::string& name, std::string bytes) {
    return Response{
        .content_type = type,
        .headers = {{"Content-Disposition", fmt::format("attachment; filename=\"{}\"", name)}},
        .body = std::move(bytes)};
}

Result<Response> report_page(const Site& site, const Office& office, const std::string& wanted) {
    const size_t dot = std::min(wanted.find('.'), wanted.size());
    const auto year = number_from(wanted.substr(0, dot));
    const std::string ending = wanted.substr(dot);
    const bool known = ending.empty() || ending == ".docx" || ending == ".pdf";
    if (!year || *year > 9999 || !known)
        return refuse(ErrorKind::NotFound, errors::kNoSuchPage, "没有这一页。");
    const ledger::Context context = action::context_of(
        office, access::system_actor(office.directory.jurisdiction.id), site.workplace.clock.now());
    TRY(const report::BuiltReport built,
        site.workplace.reports.build(site.connection, context,
                                     {.report = "annual", .year = static_cast<int>(*year)}));
    const std::string name =
        fmt::format("{}-{}{}", office.directory.jurisdiction.code, *year, ending);
    if (ending == ".docx")
        return file("application/vnd.openxmlformats-officedocument.wordprocessingml.document", name,
                    document::write_docx(built.document));
    if (ending == ".pdf")
        return file("application/pdf", name, document::write_pdf(built.document, {}));
    Response out{.body =
                     document::write_html(built.document, {.figures_json = built.figures_json})};
    out.headers = {{"Content-Security-Policy",
                    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
                    "img-src data:; frame-ancestors 'none'"}};
    return out;
}

Result<Response> routed(const Site& site, const Request& request) {
    const std::vector<std::string> parts = parts_of(request.path);
    if (parts.empty()) return offices_page(site);
    if (parts.front() == "healthz" && parts.size() == 1)
        return Response{.content_type = "text/plain; charset=utf-8", .body = "ok\n"};
    if (parts.front() == "favicon.ico" && parts.size() == 1)
        return Response{.status = 204, .body = {}};  // Browsers ask; there is none.
    const Refusal nothing =
        refuse(ErrorKind::NotFound, errors::kNoSuchPage, "没有这一页，请从首页重新选择。");
    if (parts.front() == "deadline" && parts.size() == 1)
        return deadline_page(site.workplace, site.connection, request);
    if (parts.front() != "offices" || parts.size() < 2) return nothing;
    TRY(const Office office, action::open_office(site.workplace, site.connection, parts[1]));
    if (parts.size() == 2) return office_page(site, office);
    if (parts[2] == "search" && parts.size() == 3)
        return search_page(site.workplace, site.connection, office, request);
    if (parts[2] == "due" && parts.size() == 3)
        return due_page(site.workplace, site.connection, office);
    if (parts[2] == "duties" && parts.size() == 3)
        return duties_page(site.workplace, site.connection, office);
    if (parts[2] == "notices" && parts.size() == 3) return notices_page(site.connection, office);
    if (parts[2] == "reports" && parts.size() == 4) return report_page(site, office, parts[3]);
    const Ledger* ledger =
        parts[2] == "ledgers" && parts.size() > 3 ? office.definitions->ledger(parts[3]) : nullptr;
    if (ledger == nullptr) return nothing;
    if (!is_shown(*ledger))
        return refuse(ErrorKind::Forbidden, errors::kClosedLedger,
                      fmt::format("“{}”只对指定岗位开放，登录功能启用后才能查看。", ledger->title));
    if (parts.size() == 4) return ledger_page(site, office, *ledger, request);
    const auto id =
        parts.size() == 6 && parts[4] == "entries" ? number_from(parts[5]) : std::nullopt;
    if (!id) return nothing;
    return entry_page(site, office, *ledger, EntryId{*id});
}

bool is_loopback_name(const std::string& host) {
    const std::string name =
        host.starts_with("[") ? host.substr(0, host.find(']') + 1) : host.substr(0, host.find(':'));
    return name == "127.0.0.1" || name == "localhost" || name == "[::1]";
}

}  // namespace

std::size_t Request::page() const {
    constexpr std::int64_t kPagesMax = 1'000'000;
    const auto found = query.find("page");
    const auto number = found == query.end() ? std::nullopt : number_from(found->second);
    return static_cast<std::size_t>(std::clamp(number.value_or(1), std::int64_t{1}, kPagesMax));
}

Response answer(action::Workplace& workplace, const Request& request) {
    Response out;
    if (!is_loopback_name(request.host)) {
        out = refusal_page(421, "请用本机地址 127.0.0.1 打开。");
    } else if (request.method != "GET" && request.method != "HEAD") {
        out = refusal_page(405, "目前只能查看。");
    } else {
        const auto connection = workplace.database.reading();
        const Result<Response> made = routed({workplace, *connection}, request);
        out = made ? *made : refusal_page(status_of(made.error().kind), made.error().message);
    }
    const bool has_policy =
        !out.headers.empty() && out.headers.front().first == "Content-Security-Policy";
    if (!has_policy)
        out.headers.emplace_back(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
    out.headers.emplace_back("X-Content-Type-Options", "nosniff");
    out.headers.emplace_back("Referrer-Policy", "no-referrer");
    out.headers.emplace_back("Cache-Control", "no-store");
    return out;
}

}  // namespace fazhi::http
