#include "http/search_page.h"

#include <algorithm>

#include <fmt/format.h>

#include "http/html.h"
#include "text/utf8.h"

namespace fazhi::http {
namespace {

constexpr std::size_t kBefore = 20;  // characters shown before the first mark
constexpr std::size_t kShown = 80;

// The part of the text around the first mark, marks and all.
std::string marked(const ledger::FoundField& field) {
    const std::string_view text = field.text;
    const std::vector<std::string_view> characters = text::characters(text);
    std::size_t first = 0;
    std::size_t at = 0;
    while (first < characters.size() && at + characters[first].size() <= field.spans.front().from)
        at += characters[first++].size();
    const std::size_t begin = first > kBefore ? first - kBefore : 0;
    const std::size_t end = std::min(characters.size(), begin + kShown);
    std::string out = begin > 0 ? "…" : "";
    auto span = field.spans.begin();
    bool open = false;
    for (std::size_t i = begin; i < end; ++i) {
        const auto place = static_cast<std::size_t>(characters[i].data() - text.data());
        while (span != field.spans.end() && span->from + span->size <= place) {
            if (open) out += "</mark>";
            open = false;
            ++span;
        }
        if (!open && span != field.spans.end() && span->from <= place) {
            out += "<mark>";
            open = true;
        }
        out += escaped(std::string(characters[i]));
    }
    if (open) out += "</mark>";
    return out + (end < characters.size() ? "…" : "");
}

std::string value_of(const Request& request, const std::string& name) {
    const auto found = request.query.find(name);
    return found == request.query.end() ? std::string() : found->second;
}

// Nobody has signed in: closed ledgers (visible_to) stay closed.
bool is_shown(const action::Office& office, const ledger::EntryHead& head) {
    const definition::Ledger* ledger = office.definitions->ledger(head.ledger);
    return ledger != nullptr && ledger->visible_to.empty();
}

std::string path_of(const action::Office& office) {
    return "/offices/" + office.directory.jurisdiction.code;
}

}  // namespace

std::string search_form(const action::Office& office, const std::string& words) {
    return fmt::format(
        "<form method=\"get\" action=\"{}/search\" role=\"search\"><label>检索 <input "
        "type=\"search\" "
        "name=\"words\" value=\"{}\" maxlength=\"{}\" required></label> <button>找</button></form>",
        path_of(office), escaped(words), ledger::kSearchCharactersMax);
}

Result<Response> search_page(action::Workplace& workplace, storage::Connection& connection,
                             const action::Office& office, const Request& request) {
    const std::string words = value_of(request, "words");
    const std::size_t number = request.page();
    const ledger::SearchQuestion question{.words = words,
                                          .ledger = value_of(request, "ledger"),
                                          .dated_from = {},
                                          .dated_to = {},
                                          .limit = kHitsAPage + 1,
                                          .skip = (number - 1) * kHitsAPage};
    TRY(const std::vector<ledger::Hit> hits,
        workplace.search.find(
            connection, office.directory.jurisdiction.id, *office.definitions, question,
            [&](const ledger::EntryHead& head) { return is_shown(office, head); }));
    std::string body = search_form(office, words);
    if (const auto behind = workplace.search.behind(connection, office.directory.jurisdiction.id);
        behind > 0)
        body += fmt::format("<p>还有{}条流水没有编入检索，稍后再找一次。</p>", behind);
    std::vector<std::vector<std::string>> rows;
    for (std::size_t i = 0; i < std::min(hits.size(), kHitsAPage); ++i) {
        const ledger::EntryHead& head = hits[i].head;
        const definition::Ledger* ledger = office.definitions->ledger(head.ledger);
        std::string found;
        for (const ledger::FoundField& field : hits[i].found)
            found += fmt::format("<div>{}：{}</div>", escaped(field.title), marked(field));
        rows.push_back({escaped(ledger->title),
                        linked(fmt::format("{}/ledgers/{}/entries/{}", path_of(office), head.ledger,
                                           head.id.value),
                               fmt::format("第{}条", head.id.value)),
                        escaped(head.dated_on) + (head.voided ? "（已作废）" : ""), found});
    }
    body += rows.empty() ? "<p>没有找到。</p>" : table({"台账", "条目", "日期", "内容"}, rows);
    const auto turn = [&](std::size_t to, const char* text) {
        return fmt::format(
            "<form method=\"get\" action=\"{}/search\"><input type=\"hidden\" name=\"words\" "
            "value=\"{}\"><input type=\"hidden\" name=\"page\" value=\"{}\">"
            "<button>{}</button></form>",
            path_of(office), escaped(words), to, text);
    };
    if (number > 1) body += turn(number - 1, "上一页");
    if (hits.size() > kHitsAPage) body += turn(number + 1, "下一页");
    return Response{
        .body = page("检索", {{path_of(office), office.directory.jurisdiction.name}}, body)};
}

}  // namespace fazhi::http
