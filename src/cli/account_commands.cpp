#include <optional>
#include <vector>

#include <fmt/format.h>

#include "action/accounts.h"
#include "action/external_sign_in.h"
#include "action/hand_over.h"
#include "action/stand_in.h"
#include "cli/errors.h"
#include "cli/session.h"

namespace fazhi::cli {
namespace {

constexpr int kLogLines = 200;

// Who acts in which office. An office that has not adopted packs yet has accounts too.
struct Acting {
    action::Workplace& workplace;
    access::Jurisdiction office;
    access::Actor by;

    [[nodiscard]] action::AccountOrder about(const std::string& person) const {
        return {.by = by, .office = office.id, .person = person, .address = {}};
    }
    [[nodiscard]] access::SignedIn own() const {
        return {.jurisdiction = by.jurisdiction, .person = by.person};
    }
};

Result<Acting> acting(Session& session) {
    TRY_OK(require_person(session.options));
    TRY(action::Workplace * workplace, session.workplace());
    const auto connection = workplace->database.reading();
    TRY(access::Jurisdiction office,
        access::Organisation::jurisdiction(*connection, session.options.jurisdiction));
    TRY(access::Actor by, access::Organisation::actor(*connection, office.id, session.options.as,
                                                      workplace->clock.today()));
    return Acting{*workplace, std::move(office), std::move(by)};
}

Value json_of(const action::FirstPassword& first) {
    return Value::Map{{"login", first.login}, {"name", first.name}, {"password", first.password}};
}

void print_first_line(const action::FirstPassword& first) {
    print_line(fmt::format("{}\t{}\t{}", first.login, first.name, first.password));
}

void print_all(const Session& session, const std::vector<action::FirstPassword>& made) {
    if (session.options.json) {
        Value::List list;
        for (const action::FirstPassword& first : made) list.push_back(json_of(first));
        print_json(Value::Map{{"accounts", std::move(list)}});
        return;
    }
    for (const action::FirstPassword& first : made) print_first_line(first);
    print_note(made.empty() ? "每名人员都有账号，没有改动。"
                            : fmt::format("新建账号{}个。口令只显示这一次，请分别当面交给本人；"
                                          "首次登录必须修改。",
                                          made.size()));
}

void print_first(const Session& session, const action::FirstPassword& first) {
    if (session.options.json) {
        print_json(json_of(first));
        return;
    }
    print_first_line(first);
    print_note("这个口令只显示这一次，请当面交给本人；首次登录必须修改。");
}

Value list_of(const std::vector<std::string>& texts) {
    Value::List list;
    for (const std::string& text : texts) list.emplace_back(text);
    return Value(std::move(list));
}

std::string status_of(const action::AccountLine& line) {
    if (!line.has_account) return "没有账号";
    if (line.disabled) return "已停用";
    std::string status = line.must_change ? "待改口令" : "正常";
    if (!line.locked_until.empty()) status += "，锁定中";
    if (line.totp) status += "，用动态码";
    return status;
}

// Instants as people read them.
std::string shown(const std::string& instant) {
    const auto at = calendar::parse_instant(instant);
    return at ? calendar::chinese_text(*at) : instant;
}

}  // namespace

Result<int> account_create_command(Session& session) {
    TRY(const Acting here, acting(session));
    const std::vector<std::string>& persons = session.options.persons;
    std::vector<action::FirstPassword> made;
    std::optional<Error> refused;
    for (const std::string& person : persons) {
        auto first = action::create_account(here.workplace, here.about(person));
        if (!first) {
            refused = first.error();
            break;
        }
        made.push_back(*std::move(first));
    }
    // Those before one that is refused have their accounts, and are told their passwords.
    if (persons.size() == 1 && made.size() == 1) {
        print_first(session, made.front());
    } else if (!made.empty()) {
        print_all(session, made);
    }
    if (refused) return refuse(*std::move(refused));
    return 0;
}

Result<int> account_reset_command(Session& session) {
    TRY(const Acting here, acting(session));
    TRY(const auto first,
        action::reset_account(
            here.workplace, here.about(session.options.person),
            session.options.without_codes ? action::Codes::Remove : action::Codes::Keep));
    print_first(session, first);
    return 0;
}

Result<int> account_disable_command(Session& session) {
    TRY(const Acting here, acting(session));
    TRY_OK(action::disable_account(here.workplace, here.about(session.options.person)));
    print_line(fmt::format("{}的账号已停用，各处登录已退出。", session.options.person));
    return 0;
}

Result<int> account_enable_command(Session& session) {
    TRY(const Acting here, acting(session));
    TRY_OK(action::enable_account(here.workplace, here.about(session.options.person)));
    print_line(fmt::format("{}的账号已启用。", session.options.person));
    return 0;
}

Result<int> account_external_command(Session& session) {
    TRY(const Acting here, acting(session));
    const std::string subject = session.options.words.empty() ? "" : session.options.words.front();
    TRY_OK(action::bind_external(here.workplace, here.about(session.options.person),
                                 session.options.defaults.external.issuer, subject));
    print_line(
        subject.empty()
            ? fmt::format("{}的账号已解除统一身份认证的绑定。", session.options.person)
            : fmt::format("{}的账号已绑定统一身份认证的“{}”。", session.options.person, subject));
    return 0;
}

Result<int> account_list_command(Session& session) {
    TRY(const Acting here, acting(session));
    const auto connection = here.workplace.database.reading();
    TRY(const auto lines, action::list_accounts(here.workplace, *connection, here.about({})));
    Value::List list;
    for (const action::AccountLine& line : lines) {
        if (session.options.json) {
            list.push_back(Value::Map{{"created_at", line.created_at},
                                      {"disabled", line.disabled},
                                      {"has_account", line.has_account},
                                      {"locked_until", line.locked_until},
                                      {"login", line.login},
                                      {"must_change", line.must_change},
                                      {"name", line.name},
                                      {"signed_in_at", line.signed_in_at},
                                      {"totp", line.totp}});
            continue;
        }
        print_line(
            fmt::format("{}\t{}\t{}\t{}", line.login, line.name, status_of(line),
                        line.signed_in_at.empty() ? "没有登录过" : shown(line.signed_in_at)));
    }
    if (session.options.json) print_json(Value::Map{{"accounts", std::move(list)}});
    return 0;
}

Result<int> account_missing_command(Session& session) {
    TRY(const Acting here, acting(session));
    TRY(const auto made, action::create_missing_accounts(here.workplace, here.about({})));
    print_all(session, made);
    return 0;
}

Result<int> account_log_command(Session& session) {
    TRY(const Acting here, acting(session));
    access::AccessQuery query{.from_on = session.options.dated_from,
                              .until_on = session.options.dated_to,
                              .what = {},
                              .person = {},
                              .before_at = {},
                              .before_n = 0,
                              .limit = kLogLines};
    access::SharedDirectory directory;
    {
        const auto connection = here.workplace.database.reading();
        TRY(directory, here.workplace.directories.find(*connection, here.office.id));
    }
    if (!session.options.person.empty()) {
        const access::Person* person = directory->person_named(session.options.person);
        if (person == nullptr) {
            return refuse(ErrorKind::NotFound, errors::kBadOption,
                          fmt::format("没有“{}”这个人。", session.options.person), "--person");
        }
        query.person = person->id;
    }
    TRY(const action::AccessPage page,
        action::list_access(here.workplace, here.by, here.office.id, query));
    Value::List list;
    for (const access::AccessLine& line : page.lines) {
        const bool is_here = line.person_jurisdiction == here.office.id;
        const std::string who = !line.person ? ""
                                : is_here    ? directory->person_name(line.person)
                                             : fmt::format("上级#{}", line.person.value);
        if (session.options.json) {
            list.push_back(Value::Map{{"address", line.address},
                                      {"at", line.at},
                                      {"entry", line.entry.value},
                                      {"ledger", line.ledger},
                                      {"person", line.person.value},
                                      {"reason", line.reason},
                                      {"what", line.what}});
            continue;
        }
        print_line(fmt::format("{}\t{}\t{}\t{}{}\t{}\t{}", shown(line.at), who,
                               access::chinese_access(line.what), line.ledger,
                               line.entry ? fmt::format("#{}", line.entry.value) : "", line.reason,
                               line.address));
    }
    if (session.options.json) {
        print_json(Value::Map{{"lines", std::move(list)}, {"more", page.more}});
    } else {
        print_note(fmt::format("访问日志{}条{}。", page.lines.size(),
                               page.more ? "（只列最近的，更早的请用 --from、--to）" : ""));
    }
    return 0;
}

Result<int> token_create_command(Session& session) {
    TRY(const Acting here, acting(session));
    TRY(const action::MadeToken made,
        action::create_token(here.workplace, here.own(),
                             {.title = session.options.title,
                              .abilities = session.options.abilities,
                              .ledgers = session.options.ledgers,
                              .expires_on = session.options.dated_to}));
    if (session.options.json) {
        print_json(
            Value::Map{{"expires_at", made.expires_at}, {"id", made.id}, {"token", made.token}});
    } else {
        print_line(made.token);
        print_note(fmt::format("第{}号令牌，用到{}；只显示这一次，请妥善保管。", made.id,
                               session.options.dated_to));
    }
    return 0;
}

Result<int> token_list_command(Session& session) {
    TRY(const Acting here, acting(session));
    const auto connection = here.workplace.database.reading();
    TRY(const auto tokens, action::list_tokens(here.workplace, *connection, here.own()));
    Value::List list;
    for (const action::OwnToken& token : tokens) {
        if (session.options.json) {
            list.push_back(Value::Map{{"abilities", list_of(token.abilities)},
                                      {"created_at", token.created_at},
                                      {"expires_at", token.expires_at},
                                      {"id", token.id},
                                      {"in_force", token.in_force},
                                      {"last_used_at", token.last_used_at},
                                      {"ledgers", list_of(token.ledgers)},
                                      {"title", token.title}});
            continue;
        }
        print_line(fmt::format("第{}号\t{}\t{}\t{}\t{}", token.id, token.title,
                               token.in_force             ? "有效"
                               : token.revoked_at.empty() ? "已到期"
                                                          : "已收回",
                               fmt::join(token.abilities, "、"),
                               token.ledgers.empty()
                                   ? std::string("各台账")
                                   : fmt::format("{}", fmt::join(token.ledgers, "、"))));
    }
    if (session.options.json) print_json(Value::Map{{"tokens", std::move(list)}});
    return 0;
}

Result<int> token_revoke_command(Session& session) {
    TRY(const Acting here, acting(session));
    TRY_OK(action::revoke_token(here.workplace, here.own(), session.options.entry));
    print_line(fmt::format("第{}号令牌已收回。", session.options.entry));
    return 0;
}

Result<int> person_hand_over_command(Session& session) {
    TRY(const Acting here, acting(session));
    const Options& options = session.options;
    TRY(const action::HandedOver out,
        action::hand_over(here.workplace,
                          {.by = here.by,
                           .office = here.office.id,
                           .from = options.person,
                           .to = options.to_person,
                           .note = options.note,
                           .after = options.stays ? action::After::Stays : action::After::Leaves,
                           .address = {}}));
    if (options.json) {
        print_json(Value::Map{{"account_disabled", out.account_disabled},
                              {"entries", static_cast<std::int64_t>(out.entries)},
                              {"posts", static_cast<std::int64_t>(out.posts)},
                              {"tasks", static_cast<std::int64_t>(out.tasks)}});
        return 0;
    }
    print_line(fmt::format("{}手上没有办结的{}条（其中任务{}条）都交给了{}。", options.person,
                           out.entries, out.tasks, options.to_person));
    if (!options.stays) {
        print_line(fmt::format("终止岗位{}个，{}。", out.posts,
                               out.account_disabled ? "账号已停用" : "没有要停用的账号"));
    }
    return 0;
}

Result<int> person_stand_in_command(Session& session) {
    TRY(const Acting here, acting(session));
    const Options& options = session.options;
    TRY(const std::int64_t id,
        action::add_stand_in(here.workplace, {.by = here.by,
                                              .office = here.office.id,
                                              .for_person = options.person,
                                              .person = options.to_person,
                                              .from_on = options.dated_from,
                                              .until_on = options.dated_to}));
    print_line(fmt::format("第{}号代理：{}至{}，{}代理{}。", id, options.dated_from,
                           options.dated_to, options.to_person, options.person));
    return 0;
}

Result<int> person_stand_ins_command(Session& session) {
    TRY(action::Workplace * workplace, session.workplace());
    const auto connection = workplace->database.reading();
    TRY(const access::Jurisdiction office,
        access::Organisation::jurisdiction(*connection, session.options.jurisdiction));
    TRY(const auto directory, workplace->directories.find(*connection, office.id));
    const calendar::Date today = workplace->clock.today();
    Value::List list;
    for (const access::StandIn& one : directory->stand_ins) {
        if (session.options.json) {
            list.push_back(Value::Map{{"for_person", one.for_person.value},
                                      {"from_on", one.from_on},
                                      {"id", one.id},
                                      {"is_on", one.is_on(today)},
                                      {"person", one.person.value},
                                      {"until_on", one.until_on}});
            continue;
        }
        print_line(fmt::format("第{}号\t{}至{}\t{}代理{}{}", one.id, one.from_on, one.until_on,
                               directory->person_name(one.person),
                               directory->person_name(one.for_person),
                               one.is_on(today) ? "\t正在代理" : ""));
    }
    if (session.options.json) print_json(Value::Map{{"stand_ins", std::move(list)}});
    return 0;
}

Result<int> person_end_stand_in_command(Session& session) {
    TRY(const Acting here, acting(session));
    TRY_OK(action::end_stand_in(here.workplace, here.by, here.office.id, session.options.entry));
    print_line(fmt::format("第{}号代理已终止。", session.options.entry));
    return 0;
}

}  // namespace fazhi::cli
