#include "http/call.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "access/desk_store.h"
#include "access/organisation.h"
#include "access/reach.h"
#include "definition/definition_set.h"
#include "http/errors.h"
#include "http/json.h"
#include "journal/record.h"
#include "storage/transaction.h"

namespace fazhi::http {
namespace {

constexpr std::size_t kKeyCharactersMax = 100;

// What the key stands for: the same key with anything else is a mistake.
std::string request_digest(const Request& request) {
    std::string query;
    for (const auto& [name, value] : request.query) query += name + "=" + value + "&";
    return digest_of(HashAlgorithm::Sha256,
                     request.method + "\n" + request.path + "\n" + query + "\n", request.body)
        .hex();
}

Refusal key_reused() {
    return refuse(ErrorKind::RefusedByRule, errors::kKeyReused,
                  "同一个幂等键已用于另一次请求，请换一个键再提交。", "Idempotency-Key");
}

}  // namespace

Call::Call(action::Workplace& the_workplace, const Request& the_request, std::string the_id,
           action::ExternalSignIn* the_external)
    : workplace(the_workplace),
      external(the_external),
      request(the_request),
      id(std::move(the_id)),
      at(the_workplace.clock.now()) {}

storage::Connection& Call::reading() {
    if (!reading_) reading_ = workplace.database.reading(sight_);
    return *reading_;
}

void Call::see(JurisdictionId jurisdiction) {
    if (std::find(sight_.of.begin(), sight_.of.end(), jurisdiction) != sight_.of.end()) return;
    sight_.of.push_back(jurisdiction);
    if (reading_) reading_->see_too(jurisdiction);
}

void Call::end_reading() {
    reading_.reset();
}

Call Call::anew() const {
    Call out(workplace, request, id, external);
    out.parts = parts;
    out.who = who;
    out.actor = actor;
    out.own = own;
    out.session_token = session_token;
    out.sight_ = sight_;
    return out;
}

Result<const action::Office*> Call::office() {
    if (office_) return office_.get();
    if (own && own->jurisdiction.code == parts.at("office")) return opened(own);
    // Whether there is such an office is nobody's business who is not of it.
    const auto found = access::Organisation::id_of(reading(), parts.at("office"));
    if (!found) return not_there();
    if (*found != actor.jurisdiction && !is_above(*found)) return not_there();
    see(*found);
    auto directory = workplace.directories.find(reading(), *found);
    if (!directory) {
        if (directory.error().kind == ErrorKind::NotFound) return not_there();
        return refuse(std::move(directory).error());
    }
    return opened(*std::move(directory));
}

Result<const action::Office*> Call::opened(access::SharedDirectory directory) {
    TRY(action::Office office, action::open_office(workplace, reading(), std::move(directory)));
    office_ = std::make_unique<action::Office>(std::move(office));
    return office_.get();
}

// Whether the actor is of a jurisdiction above it.
bool Call::is_above(JurisdictionId office) {
    const std::vector<JurisdictionId> above = access::Organisation::above(reading(), office);
    return std::find(above.begin(), above.end(), actor.jurisdiction) != above.end();
}

Result<ledger::Context> Call::context() {
    TRY(const action::Office* of, office());
    return action::context_of(*of, actor, at);
}

bool Call::may_somewhere(access::Ability ability, const definition::Ledger& ledger) {
    return !access::reach(office_->directory, *office_->definitions, actor, ability, ledger.id)
                .nothing();
}

Result<const definition::Ledger*> Call::ledger() {
    TRY(const action::Office* of, office());
    const definition::Ledger* found = of->definitions->ledger(parts.at("ledger"));
    if (found == nullptr) return not_there();
    if (!may_somewhere(access::Ability::View, *found) &&
        !may_somewhere(access::Ability::Record, *found))
        return not_there();
    return found;
}

Result<EntryId> Call::entry_id() {
    const std::string& text = parts.at("id");
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number <= 0) return not_there();
    return EntryId{number};
}

Result<Value> Call::body() const {
    return parse_body(request.body);
}

Result<Value> Call::change(const Command& command) {
    TRY(const action::Office* of, office());
    const JurisdictionId where = of->directory.jurisdiction.id;
    const std::string key = request.header("idempotency-key");
    if (key.size() > kKeyCharactersMax) return refuse(bad_input("幂等键太长。", "Idempotency-Key"));
    const access::DeskOwner owner{where, actor.jurisdiction, actor.person};
    const std::string digest = key.empty() ? std::string() : request_digest(request);
    end_reading();
    Value answer;
    TRY_OK(workplace.writer.run(where, [&](storage::Transaction& transaction) -> Result<void> {
        access::DeskStore desk(transaction.connection());
        if (!key.empty()) {
            if (const auto before = desk.answered(owner, key)) {
                if (before->request != digest) return key_reused();
                TRY(answer, journal::parse_canonical(before->answer));
                return {};
            }
        }
        TRY(const action::Office as_it_is, action::open_office(workplace, transaction, where));
        ledger::Context context = action::context_of(as_it_is, actor, at);
        TRY(answer, command({workplace, transaction, context}));
        if (!key.empty()) {
            desk.keep_answer(owner, key,
                             {digest, journal::canonical(answer), calendar::to_text(at)});
        }
        return {};
    }));
    return answer;
}

Result<std::string> text_in(const Value& body, std::string_view member, bool required) {
    const Value& value = body.at(member);
    if (value.is_text() && (!required || !value.as_text().empty())) return value.as_text();
    if (value.is_null() && !required) return std::string();
    return refuse(bad_input(fmt::format("“{}”应填文字。", member), std::string(member)));
}

Error bad_input(std::string message, std::string where) {
    return {ErrorKind::InvalidInput, errors::kBadInput, std::move(message), std::move(where)};
}

Refusal not_there() {
    return refuse(ErrorKind::NotFound, errors::kNotThere,
                  "没有找到，可能已被移走，或不在您的权限之内；请从首页重新选择。");
}

Response answer_with(const Value& body, int status) {
    return Response{.status = status, .body = journal::canonical(body)};
}

Response nothing_more() {
    return Response{.status = 204, .content_type = {}};
}

Response file_response(const std::string& media_type, const std::string& name, std::string bytes) {
    // RFC 6266 with the name in UTF-8 (RFC 8187).
    std::string encoded;
    for (const char c : name) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
        if (plain) {
            encoded += c;
        } else {
            encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        }
    }
    return Response{.content_type = media_type,
                    .headers = {{"Content-Disposition", "attachment; filename*=UTF-8''" + encoded}},
                    .body = std::move(bytes)};
}

}  // namespace fazhi::http
