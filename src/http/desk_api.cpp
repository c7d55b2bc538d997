#include <algorithm>

#include <fmt/format.h>

#include "access/desk_store.h"
#include "http/api.h"
#include "http/desk_json.h"
#include "http/json.h"
#include "journal/record.h"
#include "storage/transaction.h"
#include "text/utf8.h"

namespace fazhi::http {
namespace {

constexpr std::size_t kKeyMax = 100;
constexpr std::size_t kTitleCharactersMax = 100;
constexpr std::size_t kViewQueryMax = 2'000;

// Drafts and views lie with the person's own jurisdiction, whichever office they are about.
access::DeskOwner owner_of(const Call& call) {
    return {call.actor.jurisdiction, call.actor.jurisdiction, call.actor.person};
}

std::string draft_context(const Call& call, const std::string& key) {
    return fmt::format("draft/{}/{}/{}", call.actor.jurisdiction.value, call.actor.person.value,
                       key);
}

// Drafts may hold what is private: they are sealed under the person's own key, and go with it.
std::optional<journal::EntryKey> key_of(Call& call) {
    return call.workplace.vault.find_key(call.reading(), call.actor.jurisdiction,
                                         call.actor.person.value);
}

Result<void> on_desk(Call& call, const std::function<Result<void>(access::DeskStore&)>& command) {
    call.end_reading();
    return call.workplace.writer.run(call.actor.jurisdiction,
                                     [&](storage::Transaction& transaction) {
                                         access::DeskStore desk(transaction.connection());
                                         return command(desk);
                                     });
}

Value view_json(const access::SavedView& view) {
    return Value::Map{
        {"id", view.id}, {"ledger", view.ledger}, {"query", view.query}, {"title", view.title}};
}

}  // namespace

Value drafts_json(Call& call) {
    Value::List out;
    const auto key = key_of(call);
    // What somebody has begun to write is no program's business.
    if (!key || call.who.by_token) return out;
    access::DeskStore desk(call.reading());
    for (const access::Draft& draft : desk.drafts(owner_of(call))) {
        const auto text = journal::unseal(*key, draft_context(call, draft.key), draft.sealed);
        if (!text) continue;  // Of another master key: restored without its keys.
        const auto body = journal::parse_canonical(*text);
        out.push_back(Value::Map{{"at", draft.at},
                                 {"body", body ? *body : Value(Value::Map{})},
                                 {"key", draft.key},
                                 {"ledger", draft.ledger},
                                 {"title", draft.title}});
    }
    return out;
}

Result<Response> list_drafts(Call& call) {
    return answer_with(Value::Map{{"items", drafts_json(call)}});
}

Result<Response> put_draft(Call& call) {
    TRY(const Value body, call.body());
    access::Draft draft;
    draft.key = call.parts.at("key");
    TRY(draft.ledger, text_in(body, "ledger", true));
    TRY(draft.title, text_in(body, "title"));
    draft.at = calendar::to_text(call.at);
    if (!body.at("body").is_map()) return refuse(bad_input("草稿应有内容。", "body"));
    const std::string text = journal::canonical(body.at("body"));
    if (draft.key.size() > kKeyMax || draft.ledger.size() > kKeyMax ||
        text::characters(draft.title).size() > kTitleCharactersMax ||
        text.size() > access::kDraftBytesMax)
        return refuse(bad_input("草稿太大，存不下；请先提交一部分。", "body"));
    const auto key = key_of(call);
    if (!key) return not_there();
    draft.sealed = journal::seal(*key, draft_context(call, draft.key), text);
    TRY_OK(on_desk(call, [&](access::DeskStore& desk) -> Result<void> {
        const auto all = desk.drafts(owner_of(call));
        const bool is_new = std::none_of(all.begin(), all.end(), [&](const access::Draft& each) {
            return each.key == draft.key;
        });
        if (is_new && all.size() >= access::kDraftsMax)
            return refuse(bad_input(
                fmt::format("草稿已有{}份，请先删去不用的。", access::kDraftsMax), "key"));
        desk.put_draft(owner_of(call), draft);
        return {};
    }));
    return answer_with(Value::Map{
        {"at", draft.at}, {"key", draft.key}, {"ledger", draft.ledger}, {"title", draft.title}});
}

Result<Response> remove_draft(Call& call) {
    TRY_OK(on_desk(call, [&](access::DeskStore& desk) -> Result<void> {
        desk.remove_draft(owner_of(call), call.parts.at("key"));
        return {};
    }));
    return nothing_more();
}

Result<Response> list_views(Call& call) {
    access::DeskStore desk(call.reading());
    Value::List items;
    for (const access::SavedView& view : desk.views(owner_of(call)))
        items.push_back(view_json(view));
    return answer_with(Value::Map{{"items", std::move(items)}});
}

Result<Response> add_view(Call& call) {
    TRY(const Value body, call.body());
    access::SavedView view;
    TRY(view.ledger, text_in(body, "ledger", true));
    TRY(view.title, text_in(body, "title", true));
    TRY(view.query, text_in(body, "query"));
    if (view.ledger.size() > kKeyMax || view.query.size() > kViewQueryMax ||
        text::characters(view.title).size() > kTitleCharactersMax)
        return refuse(bad_input("视图的名称或条件太长。", "title"));
    TRY_OK(on_desk(call, [&](access::DeskStore& desk) -> Result<void> {
        if (desk.views(owner_of(call)).size() >= access::kViewsMax)
            return refuse(bad_input(
                fmt::format("视图已有{}个，请先删去不用的。", access::kViewsMax), "title"));
        view.id = desk.add_view(owner_of(call), view);
        return {};
    }));
    return answer_with(view_json(view), 201);
}

Result<Response> remove_view(Call& call) {
    TRY(const EntryId id, call.entry_id());
    TRY_OK(on_desk(call, [&](access::DeskStore& desk) -> Result<void> {
        desk.remove_view(owner_of(call), id.value);
        return {};
    }));
    return nothing_more();
}

}  // namespace fazhi::http
