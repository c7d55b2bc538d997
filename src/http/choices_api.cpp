#include <charconv>

#include <fmt/format.h>

#include "action/field_choices.h"
#include "http/api.h"

namespace fazhi::http {
namespace {

constexpr std::size_t kWordsBytesMax = 300;

// "mediator_2024-05-06_12"
std::string cursor_of(const action::ChoicePlace& place) {
    return fmt::format("{}_{}_{}", place.ledger, place.place.dated_on, place.place.entry.value);
}

Result<std::optional<action::ChoicePlace>> place_of(const std::string& cursor) {
    if (cursor.empty()) return std::optional<action::ChoicePlace>();
    action::ChoicePlace place;
    const std::size_t second = cursor.rfind('_');
    const std::size_t first =
        second == 0 || second == std::string::npos ? second : cursor.rfind('_', second - 1);
    if (second != std::string::npos && first != std::string::npos && first < second) {
        place.ledger = cursor.substr(0, first);
        place.place.dated_on = cursor.substr(first + 1, second - first - 1);
        std::from_chars(cursor.data() + second + 1, cursor.data() + cursor.size(),
                        place.place.entry.value);
    }
    const std::string& day = place.place.dated_on;
    if (!place.place.entry || (!day.empty() && !calendar::date_from(day)))
        return refuse(bad_input("翻页的位置不对，请从第一页重新打开。", "cursor"));
    return std::optional(std::move(place));
}

Result<std::size_t> limit_of(const std::string& asked) {
    if (asked.empty()) return std::size_t{20};
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(asked.data(), asked.data() + asked.size(), number);
    if (error != std::errc() || end != asked.data() + asked.size() || number == 0 ||
        number > action::kChoicesMax)
        return refuse(bad_input(fmt::format("每页可取1到{}条。", action::kChoicesMax), "limit"));
    return number;
}

}  // namespace

Result<Response> list_choices(Call& call) {
    TRY(const definition::Ledger* ledger, call.ledger());
    TRY(const ledger::Context context, call.context());
    action::ChoicesQuestion question;
    question.ledger = ledger->id;
    question.field = call.parts.at("field");
    question.words = call.request.asked("words");
    if (question.words.size() > kWordsBytesMax) return refuse(bad_input("要找的字太多。", "words"));
    question.on = call.request.asked("on");
    if (question.on.empty()) question.on = calendar::to_text(context.today);
    if (!calendar::date_from(question.on))
        return refuse(bad_input(
            fmt::format("“{}”不是日期，请按 2023-01-01 的样式填写。", question.on), "on"));
    TRY(question.limit, limit_of(call.request.asked("limit")));
    TRY(question.after, place_of(call.request.asked("cursor")));
    TRY(const action::Choices choices, action::field_choices(call.reading(), context, question));
    Value::List items;
    for (const action::Choice& choice : choices.items)
        items.push_back(Value::Map{
            {"id", choice.entry.value}, {"ledger", choice.ledger}, {"title", choice.title}});
    Value out = Value::Map{{"items", std::move(items)}};
    out.set("next", choices.next ? cursor_of(*choices.next) : std::string());
    return answer_with(out);
}

}  // namespace fazhi::http
