// One request being answered: who asks, of which office, on which snapshot; and how it changes
// something.
//
// Made by the door (door.h) for one request, on one thread. Questions read one snapshot; a change
// runs through the Writer, whose answer means durable.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "access/permission.h"
#include "access/session.h"
#include "action/entry_commands.h"
#include "action/workplace.h"
#include "http/request.h"
#include "storage/connection.h"

namespace fazhi::action {
class ExternalSignIn;
}

namespace fazhi::http {

class Call {
public:
    Call(action::Workplace& workplace, const Request& request, std::string id,
         action::ExternalSignIn* external = nullptr);

    action::Workplace& workplace;
    action::ExternalSignIn* const external;  // null: none is set
    const Request& request;
    const std::string id;        // of the request, for the log and for problems
    const calendar::Instant at;  // when it was accepted
    std::map<std::string, std::string, std::less<>> parts;  // what stands for {…} in the path
    access::SignedIn who;
    access::Actor actor;          // of who
    access::SharedDirectory own;  // of the actor's jurisdiction, as it was when they were admitted
    std::string session_token;    // "" for a bearer token

    // One snapshot for all questions of the request. It shows the rows of the actor's jurisdiction,
    // and those of the office of the path once it is known that they may ask for it.
    storage::Connection& reading();
    // Gives the snapshot back: what is read next is newer, and a change does not wait for it.
    void end_reading();
    void see(JurisdictionId);

    // The same question of the same person, of how things stand now.
    [[nodiscard]] Call anew() const;

    // The office of the path, where the actor is of it or of a jurisdiction above. Refuses
    // kNotThere, kNoPacks.
    Result<const action::Office*> office();
    [[nodiscard]] const action::Office* known_office() const { return office_.get(); }
    // What a question of that office stands on.
    Result<ledger::Context> context();
    // The ledger of the path, where the actor may see something of it or record in it. Refuses
    // kNotThere.
    Result<const definition::Ledger*> ledger();
    // The number of the path. Refuses kNotThere.
    Result<EntryId> entry_id();
    // Its body as an object. Refuses kBadBody.
    Result<Value> body() const;

    // Runs a command of the actor in the office of the path. With an Idempotency-Key it is run
    // once: the same request again gets the same answer. Refuses kKeyReused, and what it refuses.
    using Command = std::function<Result<Value>(const action::Task&)>;
    Result<Value> change(const Command&);

    // Whether the actor may do this with entries of the ledger at all, wherever.
    bool may_somewhere(access::Ability, const definition::Ledger&);

private:
    [[nodiscard]] bool is_above(JurisdictionId office);
    Result<const action::Office*> opened(access::SharedDirectory);

    storage::Sight sight_;
    std::unique_ptr<storage::Connection> reading_;
    std::unique_ptr<action::Office> office_;
};

// Refuses kBadInput where the member is there and is no text, or is not there and `required`.
Result<std::string> text_in(const Value& body, std::string_view member, bool required = false);
Error bad_input(std::string message, std::string where);
Refusal not_there();

// 200 with a body; 201; 204.
Response answer_with(const Value& body, int status = 200);
Response nothing_more();
Response file_response(const std::string& media_type, const std::string& name, std::string bytes);

}  // namespace fazhi::http
