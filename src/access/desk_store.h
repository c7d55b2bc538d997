// What lies on a person's desk: drafts of forms, saved views, and the answers to requests that came
// with a key (幂等键). Outside replay. The only SQL of draft, saved_view and idempotency.
//
// One connection or transaction, one thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"

namespace fazhi::storage {
class Connection;
}

namespace fazhi::access {

inline constexpr std::size_t kDraftsMax = 100;  // a person's
inline constexpr std::size_t kDraftBytesMax = 200'000;
inline constexpr std::size_t kViewsMax = 200;  // a person's
// How long the answer to a request with a key is kept: a browser that was closed over a long
// holiday still sends the same request again, and is not answered as if it were a new one.
inline constexpr std::chrono::days kAnswersKept{15};

// Whose desk, and in which jurisdiction it stands.
struct DeskOwner {
    JurisdictionId where;
    JurisdictionId of;  // the person's own
    PersonId person;
};

struct Draft {
    std::string key;
    std::string ledger;
    std::string title;
    std::string sealed;  // what was typed, as ciphertext
    std::string at;      // instant
};

struct SavedView {
    std::int64_t id = 0;
    std::string ledger;
    std::string title;
    std::string query;  // of the list's address
};

struct KeptAnswer {
    std::string request;  // digest of what was asked
    std::string answer;
    std::string at;  // instant
};

class DeskStore {
public:
    explicit DeskStore(storage::Connection& connection) : connection_(connection) {}

    std::vector<Draft> drafts(const DeskOwner&);  // the newest first
    void put_draft(const DeskOwner&, const Draft&);
    void remove_draft(const DeskOwner&, const std::string& key);

    std::vector<SavedView> views(const DeskOwner&);  // by id
    std::int64_t add_view(const DeskOwner&, const SavedView&);
    void remove_view(const DeskOwner&, std::int64_t id);

    std::optional<KeptAnswer> answered(const DeskOwner&, const std::string& key);
    void keep_answer(const DeskOwner&, const std::string& key, const KeptAnswer&);
    // Those of the jurisdiction kept before this instant.
    void forget_answers(JurisdictionId, const std::string& before);

private:
    storage::Connection& connection_;
};

}  // namespace fazhi::access
