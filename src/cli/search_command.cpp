#include <fmt/format.h>

#include "action/search_entries.h"
#include "calendar/date.h"
#include "cli/errors.h"
#include "cli/session.h"

namespace fazhi::cli {
namespace {

// The text with what was found between 【 and 】.
std::string marked(const ledger::FoundField& field) {
    std::string out;
    std::size_t at = 0;
    for (const text::Span& span : field.spans) {
        out += field.text.substr(at, span.from - at);
        out += fmt::format("【{}】", field.text.substr(span.from, span.size));
        at = span.from + span.size;
    }
    return out + field.text.substr(at);
}

Value value_of(const ledger::Hit& hit) {
    Value::List fields;
    for (const ledger::FoundField& field : hit.found) {
        Value::List marks;
        for (const text::Span& span : field.spans)
            marks.push_back(Value::Map{{"from", static_cast<std::int64_t>(span.from)},
                                       {"size", static_cast<std::int64_t>(span.size)}});
        fields.push_back(
            Value::Map{{"marks", std::move(marks)}, {"text", field.text}, {"title", field.title}});
    }
    return Value::Map{{"dated_on", hit.head.dated_on},
                      {"entry", hit.head.id.value},
                      {"fields", std::move(fields)},
                      {"ledger", hit.head.ledger},
                      {"voided", hit.head.voided}};
}

Result<void> check_date(const std::string& date, const char* where) {
    if (date.empty() || calendar::date_from(date)) return {};
    return refuse(ErrorKind::InvalidInput, errors::kBadOption,
                  fmt::format("“{}”不是日期，请按 2023-01-01 的样式填写。", date), where);
}

}  // namespace

Result<int> search_command(Session& session) {
    const Options& options = session.options;
    TRY_OK(require_person(options));
    TRY_OK(check_date(options.dated_from, "--from"));
    TRY_OK(check_date(options.dated_to, "--to"));
    TRY(action::Workplace * workplace, session.workplace());
    TRY(const access::Jurisdiction jurisdiction,
        access::Organisation::jurisdiction(*workplace->database.reading(), options.jurisdiction));
    action::catch_up(*workplace, jurisdiction.id, [] { return false; });
    const auto connection = workplace->database.reading();
    TRY(const action::Office office, action::open_office(*workplace, *connection, jurisdiction.id));
    TRY(const access::Actor actor, action::actor_in(*connection, office, options.as));
    ledger::SearchQuestion question{.words = fmt::format("{}", fmt::join(options.words, " ")),
                                    .ledger = {},
                                    .dated_from = options.dated_from,
                                    .dated_to = options.dated_to};
    if (!options.ledger.empty()) {
        TRY(const definition::Ledger* ledger, action::ledger_named(office, options.ledger));
        question.ledger = ledger->id;
    }
    TRY(const std::vector<ledger::Hit> hits,
        action::search_entries(*workplace, *connection, office, actor, question));
    if (options.json) {
        Value::List list;
        for (const ledger::Hit& hit : hits) list.push_back(value_of(hit));
        print_json(Value::Map{{"hits", std::move(list)}});
        return 0;
    }
    for (const ledger::Hit& hit : hits) {
        const definition::Ledger* ledger = office.definitions->ledger(hit.head.ledger);
        for (const ledger::FoundField& field : hit.found)
            print_line(fmt::format("{}\t第{}条\t{}\t{}：{}", ledger->title, hit.head.id.value,
                                   hit.head.dated_on, field.title, marked(field)));
    }
    print_line(hits.size() == ledger::kHitsMax
                   ? fmt::format("只列最近的{}条，请写得更具体。", hits.size())
                   : fmt::format("找到{}条。", hits.size()));
    return 0;
}

}  // namespace fazhi::cli
