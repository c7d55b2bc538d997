#include <fmt/format.h>

#include "action/deliver_notices.h"
#include "action/set_email.h"
#include "cli/errors.h"
#include "cli/session.h"

namespace fazhi::cli {
namespace {

constexpr int kListedMax = 1'000;

Value json_of(const duty::NoticeState& state, const access::Person* person,
              const std::string& text) {
    Value::List deliveries;
    for (const duty::Delivery& delivery : state.deliveries) {
        Value one = Value::Map{
            {"channel", delivery.channel}, {"state", delivery.state}, {"tries", delivery.tries}};
        if (!delivery.said.empty()) one.set("said", delivery.said);
        if (delivery.state == "waiting") one.set("send_at", delivery.send_at);
        if (!delivery.settled_at.empty()) one.set("settled_at", delivery.settled_at);
        deliveries.push_back(std::move(one));
    }
    return Value::Map{{"clock", state.notice.clock},
                      {"deliveries", std::move(deliveries)},
                      {"due_on", state.notice.due_on},
                      {"entry", state.notice.entry.value},
                      {"kind", state.notice.kind},
                      {"ledger", state.notice.ledger},
                      {"made_on", state.notice.made_on},
                      {"person", person == nullptr ? "" : person->code},
                      {"text", text}};
}

}  // namespace

Result<int> notice_list_command(Session& session) {
    TRY(action::Workplace * workplace, session.workplace());
    const auto connection = workplace->database.reading();
    TRY(const action::Office office,
        action::open_office(*workplace, *connection, session.options.jurisdiction));
    PersonId of;
    if (!session.options.person.empty()) {
        const access::Person* person = office.directory.person_named(session.options.person);
        if (person == nullptr)
            return refuse(ErrorKind::NotFound, errors::kBadOption,
                          fmt::format("没有“{}”这个人。", session.options.person), "--person");
        of = person->id;
    }
    const auto states =
        duty::notice_states(*connection, office.directory.jurisdiction.id, of, kListedMax + 1);
    Value::List list;
    for (const duty::NoticeState& state : states) {
        if (static_cast<int>(list.size()) == kListedMax) break;
        const access::Person* person = office.directory.person(state.notice.person);
        const std::string text = action::text_of(*office.definitions, state.notice).what;
        list.push_back(json_of(state, person, text));
        if (session.options.json) continue;
        std::string line = fmt::format(
            "{}\t{}\t{}", state.notice.made_on,
            person == nullptr ? "没有人" : office.directory.person_name(person->id), text);
        for (const duty::Delivery& delivery : state.deliveries)
            line += "\t" + action::state_text(delivery);
        print_line(line);
    }
    if (session.options.json) {
        print_json(Value::Map{{"more", static_cast<int>(states.size()) > kListedMax},
                              {"notices", std::move(list)}});
    } else {
        print_line(
            fmt::format("提醒{}条{}。", list.size(),
                        static_cast<int>(states.size()) > kListedMax ? "（只列最近的）" : ""));
    }
    return 0;
}

Result<int> notice_deliver_command(Session& session) {
    TRY(const courier::Channels channels, courier::channels_of(session.options.defaults.channels));
    if (!channels.mail && !channels.webhook)
        return refuse(
            ErrorKind::InvalidInput, errors::kBadOption,
            "还没有可用的渠道：请在配置文件里写 mail_server 或 webhook，用 --config 指明。",
            "--config");
    TRY(action::Workplace * workplace, session.workplace());
    TRY(const action::DeliverOutcome out,
        action::deliver_notices(*workplace, channels, [] { return false; }));
    if (session.options.json) {
        print_json(Value::Map{{"given_up", out.given_up},
                              {"messages", out.messages},
                              {"notices", out.notices},
                              {"put_off", out.put_off}});
    } else {
        print_line(fmt::format("发出{}封，含提醒{}条；没有发出、还会再试{}条；不再试{}条。",
                               out.messages, out.notices, out.put_off, out.given_up));
    }
    return out.put_off + out.given_up == 0 ? 0 : 1;
}

Result<int> person_email_command(Session& session) {
    TRY_OK(require_person(session.options));
    TRY(action::Workplace * workplace, session.workplace());
    const std::string address =
        session.options.words.empty() ? std::string() : session.options.words.front();
    TRY(const std::string name,
        action::set_email(
            *workplace, session.options.jurisdiction,
            {.as = session.options.as, .person = session.options.person, .address = address}));
    print_line(address.empty() ? fmt::format("{}不再收邮件提醒。", name)
                               : fmt::format("{}的提醒发到{}。", name, address));
    return 0;
}

}  // namespace fazhi::cli
