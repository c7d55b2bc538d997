// Tells browsers that something has changed (server-sent events): the numbers of what it was, never
// what it says, which they ask for themselves.
//
// Reads each journal that somebody waits for, so that it does not matter which process wrote. An
// event's id is "<office>:<seq>": a browser that was away goes on from there. Any thread; the
// listeners are called by look() alone.
#pragma once

#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <string_view>

#include "action/workplace.h"
#include "http/request.h"

namespace fazhi::http {

inline constexpr std::size_t kListenersMax = 11'000;
inline constexpr std::int64_t kEventsALook = 500;  // records of one office
inline constexpr std::string_view kEventsBegin = "retry: 3000\n\n";
inline constexpr int kLooksAHeartbeat = 30;  // that the connection is there is said so often

// Who listens: to which office, from where on.
struct Listening {
    JurisdictionId office;
    std::string code;
    std::int64_t after = 0;  // the journal's number that was heard last
};

class EventHub {
public:
    explicit EventHub(action::Workplace& workplace) : workplace_(workplace) {}

    // Answers false where the listener is gone.
    using Tell = std::function<bool(const std::string& text)>;
    // False: too many listen, or it is closed.
    bool add(const Listening&, Tell);
    // Tells what is new. Called again and again (app/).
    void look();
    // Nobody is told anything any more.
    void close();
    [[nodiscard]] std::size_t size() const;

private:
    struct Listener {
        Listening listening;
        Tell tell;
    };
    action::Workplace& workplace_;
    mutable std::mutex mutex_;
    std::list<Listener> listeners_;  // under mutex_
    bool closed_ = false;            // under mutex_
    int looks_ = 0;
};

// Who may listen: whoever is signed in and may ask for the office of `?office=` (none: their own).
// Last-Event-ID says from where on. Refuses as the door does.
Result<Listening> listening_of(action::Workplace&, const Request&, const std::string& id);

}  // namespace fazhi::http
