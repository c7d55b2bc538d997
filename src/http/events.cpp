#include "http/events.h"

#include <charconv>
#include <map>
#include <set>

#include <fmt/format.h>

#include "http/door.h"
#include "journal/record.h"

namespace fazhi::http {
namespace {

constexpr const char* kHeartbeat = ": \n\n";

std::string event_of(const std::string& office, const journal::Record& record) {
    Value data = Value::Map{{"action", record.body.text_at("action")},
                            {"ledger", record.body.text_at("ledger")}};
    const std::int64_t entry = record.body.integer_at("entry");
    data.set("entry", entry == 0 ? record.seq : entry);
    return fmt::format("id: {}:{}\ndata: {}\n\n", office, record.seq, journal::canonical(data));
}

}  // namespace

bool EventHub::add(const Listening& listening, Tell tell) {
    const std::lock_guard lock(mutex_);
    if (closed_ || listeners_.size() >= kListenersMax) return false;
    listeners_.push_back({listening, std::move(tell)});
    return true;
}

void EventHub::close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    listeners_.clear();
}

std::size_t EventHub::size() const {
    const std::lock_guard lock(mutex_);
    return listeners_.size();
}

void EventHub::look() {
    std::map<JurisdictionId, std::int64_t> wanted;  // from where on
    {
        const std::lock_guard lock(mutex_);
        for (const Listener& each : listeners_) {
            const auto [place, is_new] =
                wanted.emplace(each.listening.office, each.listening.after);
            if (!is_new) place->second = std::min(place->second, each.listening.after);
        }
    }
    if (wanted.empty()) return;
    std::map<JurisdictionId, std::vector<journal::Record>> news;
    {
        const auto connection = workplace_.database.reading();
        for (const auto& [office, after] : wanted) {
            auto records =
                workplace_.journal.read_clear(*connection, office, after + 1, kEventsALook);
            if (!records.empty()) news.emplace(office, std::move(records));
        }
    }
    const bool heartbeat = ++looks_ % kLooksAHeartbeat == 0;
    const std::lock_guard lock(mutex_);
    for (auto each = listeners_.begin(); each != listeners_.end();) {
        std::string text = heartbeat ? kHeartbeat : "";
        const auto found = news.find(each->listening.office);
        if (found != news.end()) {
            for (const journal::Record& record : found->second) {
                if (record.seq <= each->listening.after) continue;
                text += event_of(each->listening.code, record);
                each->listening.after = record.seq;
            }
        }
        const bool gone = !text.empty() && !each->tell(text);
        each = gone ? listeners_.erase(each) : std::next(each);
    }
}

Result<Listening> listening_of(action::Workplace& workplace, const Request& request,
                               const std::string& id) {
    Call call(workplace, request, id);
    TRY_OK(admit_staff(call));
    std::string code = request.asked("office");
    if (code.empty()) {
        TRY(const auto own, workplace.directories.find(call.reading(), call.actor.jurisdiction));
        code = own->jurisdiction.code;
    }
    call.parts.emplace("office", code);
    TRY(const action::Office* office, call.office());
    const access::Jurisdiction& jurisdiction = office->directory.jurisdiction;
    Listening out{.office = jurisdiction.id, .code = jurisdiction.code, .after = 0};
    const std::string last = request.header("last-event-id");
    const std::size_t colon = last.rfind(':');
    const std::int64_t head = workplace.journal.head(call.reading(), jurisdiction.id).size;
    out.after = head;
    if (colon != std::string::npos && last.substr(0, colon) == jurisdiction.code) {
        std::int64_t seq = -1;
        std::from_chars(last.data() + colon + 1, last.data() + last.size(), seq);
        // Who was away for long asks for everything anew instead.
        if (seq >= 0 && seq <= head && head - seq <= kEventsALook) out.after = seq;
    }
    return out;
}

}  // namespace fazhi::http
