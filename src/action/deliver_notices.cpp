#include "action/deliver_notices.h"

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "action/entry_commands.h"
#include "base/digest.h"
#include "courier/errors.h"
#include "duty/delivery_rules.h"
#include "duty/delivery_store.h"
#include "ledger/clock_store.h"
#include "storage/transaction.h"

namespace fazhi::action {
namespace {

using duty::Delivery;
using duty::Notice;

constexpr const char* kMail = "mail";
constexpr const char* kWebhook = "webhook";

// What of a kind is said, before and after the day.
struct KindWords {
    std::string_view kind, before, after;
};
constexpr std::array<KindWords, 7> kKinds = {
    {{"warn", "将于", "届满"},
     {"last_day", "今天是最后一日：", ""},
     {"run_out", "已于", "届满"},
     {"head", "逾期未办，最后一日是", "，报请督促"},
     {"leader", "逾期多日未办，最后一日是", "，报请督促"},
     {"stuck", "届满后应自动办理而没有办成，最后一日是", "，请人工处理"},
     {"extended", "已延长至", "，请告知当事人"}}};

// Several deliveries that go out as one message.
struct Message {
    PersonId person;
    std::string channel;
    std::vector<Delivery> parts;
};

// The same parts, the same id.
std::string id_of(JurisdictionId office, const Message& message) {
    std::string text = fmt::format("{}/{}/{}", office.value, message.person.value, message.channel);
    for (const Delivery& part : message.parts) {
        const Notice& notice = part.notice;
        text += fmt::format("\n{}/{}/{}/{}/{}/{}/{}", notice.ledger, notice.entry.value,
                            notice.clock, notice.run, notice.due_on, notice.kind, notice.day);
    }
    return digest_of(HashAlgorithm::Sha256, text).hex().substr(0, 32);
}

// One office, once.
class Delivering {
public:
    Delivering(Workplace& workplace, const courier::Channels& channels, JurisdictionId office)
        : workplace_(workplace),
          channels_(channels),
          office_(office),
          now_(workplace.clock.now()) {}

    Result<DeliverOutcome> run(const std::function<bool()>& stopping) {
        bool anything = false;
        {
            const auto connection = workplace_.database.reading();
            anything =
                has_new(*connection, kMail) || has_new(*connection, kWebhook) ||
                !duty::deliveries_due(*connection, office_, calendar::to_text(now_), 1).empty();
        }
        if (!anything) return out_;
        TRY_OK(in_transaction([this](const Task& task) { return claim(task); }));
        for (Message& message : messages_) {
            if (stopping()) break;  // What was claimed becomes due again.
            send(message);
            TRY_OK(in_transaction([&](const Task& task) -> Result<void> {
                for (const Delivery& part : message.parts)
                    duty::update_delivery(task.transaction.connection(), office_, part);
                return {};
            }));
        }
        return out_;
    }

private:
    [[nodiscard]] std::string since() const {
        return calendar::to_text(calendar::add_days(calendar::civil_date(now_), -kNoticeDaysBack));
    }
    [[nodiscard]] bool is_open(const std::string& channel) const {
        return channel == kMail ? channels_.mail.has_value() : channels_.webhook.has_value();
    }
    bool has_new(storage::Connection& connection, const char* channel) {
        return is_open(channel) &&
               !duty::notices_without(connection, office_, channel, since(), 1).empty();
    }

    Result<void> in_transaction(const std::function<Result<void>(const Task&)>& work) {
        return workplace_.writer.run(
            office_, [&](storage::Transaction& transaction) -> Result<void> {
                TRY(const Office office, open_office(workplace_, transaction, office_));
                ledger::Context context = context_of(office, access::system_actor(office_), now_);
                return work({workplace_, transaction, context});
            });
    }

    // New notices get their deliveries; those whose time has come are taken on: nobody else takes
    // them within the lease.
    Result<void> claim(const Task& task) {
        messages_.clear();
        texts_.clear();
        storage::Connection& connection = task.transaction.connection();
        const auto setting = [&](const char* name) {
            const Value value = task.context.directory.setting(task.context.definitions, name);
            return value.is_text() ? value.as_text() : std::string();
        };
        const duty::OfficeHours hours =
            duty::office_hours(setting("office_opens"), setting("office_closes"));
        for (const char* channel : {kMail, kWebhook}) {
            if (!is_open(channel)) continue;
            for (const Notice& notice :
                 duty::notices_without(connection, office_, channel, since(), kDeliveriesATime)) {
                const calendar::Instant at =
                    duty::send_at(now_, notice.due_on, hours, task.context.workdays);
                duty::put_delivery(
                    connection, office_,
                    {.notice = notice,
                     .channel = channel,
                     .state = has_address(task, notice, channel) ? "waiting" : "dropped",
                     .send_at = calendar::to_text(at),
                     .tries = 0,
                     .said = {},
                     .settled_at = {}});
            }
        }
        std::map<std::pair<std::int64_t, std::string>, Message> found;
        for (Delivery& delivery :
             duty::deliveries_due(connection, office_, calendar::to_text(now_), kDeliveriesATime)) {
            if (!is_open(delivery.channel)) continue;  // Waits for its channel.
            ++delivery.tries;
            delivery.send_at = calendar::to_text(now_ + kLease);
            if (!still_true(connection, delivery.notice)) settle(delivery, "dropped");
            duty::update_delivery(connection, office_, delivery);
            if (delivery.state != "waiting") continue;
            const PersonId person = delivery.notice.person;
            Message& message = found[{person.value, delivery.channel}];
            message.person = person;
            message.channel = delivery.channel;
            message.parts.push_back(std::move(delivery));
        }
        for (auto& [key, message] : found) messages_.push_back(std::move(message));
        compose(task);
        return {};
    }

    [[nodiscard]] static bool has_address(const Task& task, const Notice& notice,
                                          const std::string& channel) {
        const access::Person* person = task.context.directory.person(notice.person);
        return person != nullptr && (channel != kMail || !person->email.empty());
    }

    // Nobody is warned of what was done, or put off, meanwhile.
    bool still_true(storage::Connection& connection, const Notice& notice) {
        const auto runs = ledger::read_runs(connection, office_, notice.ledger, notice.entry);
        return std::any_of(runs.begin(), runs.end(), [&](const ledger::ClockRun& run) {
            return run.clock == notice.clock && run.run == notice.run &&
                   run.due_on == notice.due_on && run.is_open();
        });
    }

    void settle(Delivery& delivery, const char* state) const {
        delivery.state = state;
        delivery.settled_at = calendar::to_text(now_);
    }

    // Everything a message needs is read while the transaction stands; it is sent after.
    void compose(const Task& task) {
        office_code_ = task.context.directory.jurisdiction.code;
        office_name_ = task.context.directory.jurisdiction.name;
        for (const Message& message : messages_) {
            const access::Person* person = task.context.directory.person(message.person);
            if (person != nullptr) people_.insert_or_assign(message.person.value, *person);
            for (const Delivery& part : message.parts)
                texts_.push_back(text_of(task.context.definitions, part.notice));
        }
        next_text_ = 0;
    }

    void send(Message& message) {
        std::vector<NoticeText> texts;
        for (std::size_t i = 0; i < message.parts.size(); ++i)
            texts.push_back(texts_.at(next_text_++));
        const auto person = people_.find(message.person.value);
        const auto sent = person == people_.end()
                              ? Result<void>(refuse(ErrorKind::NotFound, courier::errors::kRejected,
                                                    "这个人已经不在。"))
                          : message.channel == kMail ? mail(message, person->second, texts)
                                                     : hook(message, person->second, texts);
        const bool for_good = !sent && sent.error().code == courier::errors::kRejected;
        for (Delivery& part : message.parts) {
            part.said = sent ? std::string() : sent.error().message;
            if (sent) {
                settle(part, "sent");
                ++out_.notices;
            } else if (for_good || part.tries >= duty::kTriesMax) {
                settle(part, "failed");
                ++out_.given_up;
            } else {
                part.send_at = calendar::to_text(now_ + duty::pause_after(part.tries));
                ++out_.put_off;
            }
        }
        if (sent) ++out_.messages;
    }

    Result<void> mail(const Message& message, const access::Person& person,
                      const std::vector<NoticeText>& texts) {
        std::string text = fmt::format("{}：\n\n", person.name);
        for (const NoticeText& each : texts) text += each.what + "\n";
        text += fmt::format("\n请登录法治台账办理。本邮件由{}的法治台账自动发出，请勿回复。\n",
                            office_name_);
        return courier::send(*channels_.mail,
                             {.to = person.email,
                              .subject = fmt::format("【法治台账】{}项期限提醒", texts.size()),
                              .text = std::move(text),
                              .id = id_of(office_, message),
                              .at = now_});
    }

    Result<void> hook(const Message& message, const access::Person& person,
                      const std::vector<NoticeText>& texts) {
        nlohmann::ordered_json notices = nlohmann::ordered_json::array();
        for (std::size_t i = 0; i < texts.size(); ++i) {
            const Notice& notice = message.parts.at(i).notice;
            notices.push_back({{"kind", notice.kind},
                               {"due_on", notice.due_on},
                               {"entry", notice.entry.value},
                               {"ledger", texts[i].ledger},
                               {"clock", texts[i].clock},
                               {"text", texts[i].what}});
        }
        const nlohmann::ordered_json body = {{"office", office_code_},
                                             {"person", person.code},
                                             {"at", calendar::to_text(now_)},
                                             {"notices", std::move(notices)}};
        return courier::post(*channels_.webhook, body.dump(), id_of(office_, message));
    }

    Workplace& workplace_;
    const courier::Channels& channels_;
    JurisdictionId office_;
    calendar::Instant now_;
    std::vector<Message> messages_;
    std::string office_code_, office_name_;
    std::map<std::int64_t, access::Person> people_;
    std::vector<NoticeText> texts_;  // of all messages' parts, one after the other
    std::size_t next_text_ = 0;
    DeliverOutcome out_;
};

}  // namespace

NoticeText text_of(const definition::DefinitionSet& set, const Notice& notice) {
    const definition::Ledger* ledger = set.ledger(notice.ledger);
    const bool is_open = ledger != nullptr && ledger->visible_to.empty();
    const definition::Clock* clock = ledger == nullptr ? nullptr : ledger->clock(notice.clock);
    NoticeText out{.ledger = is_open ? ledger->title : "限制知悉的台账",
                   .clock = is_open && clock != nullptr ? clock->title : "期限",
                   .what = {}};
    const auto due = calendar::date_from(notice.due_on);
    const auto words = std::find_if(kKinds.begin(), kKinds.end(), [&](const KindWords& each) {
        return each.kind == notice.kind;
    });
    out.what = fmt::format("{}第{}条“{}”{}{}{}。", out.ledger, notice.entry.value, out.clock,
                           words == kKinds.end() ? "到期：" : words->before,
                           due ? calendar::chinese_text(*due) : std::string("（未定）"),
                           words == kKinds.end() ? "" : words->after);
    return out;
}

std::string state_text(const Delivery& delivery) {
    const char* channel = delivery.channel == kMail ? "邮件" : "接口";
    const auto when = [](const std::string& instant) {
        const auto at = calendar::parse_instant(instant);
        return at ? calendar::chinese_text(*at) : std::string();
    };
    if (delivery.state == "sent")
        return fmt::format("{}：已发出（{}）", channel, when(delivery.settled_at));
    if (delivery.state == "failed") return fmt::format("{}：发不出去。{}", channel, delivery.said);
    if (delivery.state == "dropped")
        return delivery.tries == 0 ? fmt::format("{}：没有登记邮箱", channel)
                                   : fmt::format("{}：事情已办，不再发", channel);
    return delivery.said.empty() ? fmt::format("{}：等到{}发", channel, when(delivery.send_at))
                                 : fmt::format("{}：还会再试。{}", channel, delivery.said);
}

Result<DeliverOutcome> deliver_notices(Workplace& workplace, const courier::Channels& channels,
                                       const std::function<bool()>& stopping) {
    DeliverOutcome all;
    if (!channels.mail && !channels.webhook) return all;
    for (const access::Jurisdiction& office :
         access::Organisation::jurisdictions(*workplace.database.reading())) {
        if (stopping()) break;
        if (office.definitions.empty()) continue;
        TRY(const DeliverOutcome one, Delivering(workplace, channels, office.id).run(stopping));
        all.messages += one.messages;
        all.notices += one.notices;
        all.put_off += one.put_off;
        all.given_up += one.given_up;
    }
    return all;
}

}  // namespace fazhi::action
