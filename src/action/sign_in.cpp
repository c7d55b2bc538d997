#include "action/sign_in.h"

#include <algorithm>
#include <functional>
#include <optional>

#include <fmt/format.h>

#include "access/errors.h"
#include "access/totp.h"
#include "action/account_office.h"
#include "action/accounts.h"
#include "action/open_session.h"
#include "storage/transaction.h"
#include "text/utf8.h"

namespace fazhi::action {
namespace {

using access::Account;
using access::Holder;
namespace accesses = access::accesses;

constexpr std::size_t kLoginCharactersMax = 300;
constexpr std::size_t kTypedBytesMax = 4 * access::kPasswordLengthMax;
constexpr const char* kWrongPassword = "口令不对";

Error bad_credentials() {
    return {ErrorKind::Unauthenticated,
            access::errors::kBadCredentials,
            "登录名、口令或动态码不对；登录名写作“代码@单位代码”。",
            {}};
}

Error wrong_password() {
    return {ErrorKind::Unauthenticated, access::errors::kBadCredentials, "口令不对，请重新输入。",
            "password"};
}

Error locked_out(const Account& account) {
    const auto until = calendar::parse_instant(account.locked_until);
    return {ErrorKind::RefusedByRule,
            access::errors::kLockedOut,
            fmt::format("连续输错次数太多，账号锁定到{}；请到时再试，或请账号管理员重置。",
                        until ? calendar::chinese_text(*until) : account.locked_until),
            {}};
}

Holder holder_of(const access::SignedIn& who) {
    return {who.jurisdiction, who.person};
}

// Whom the login names, as far as there is anybody.
struct Named {
    JurisdictionId office;  // none: no such office
    std::string office_code;
    PersonId person;  // none: nobody
    std::optional<Account> account;

    [[nodiscard]] Holder holder() const { return {office, person}; }
};

Result<Named> named_by(Workplace& workplace, const std::string& login) {
    const auto clean = text::checked_text(login, {.length_max = kLoginCharactersMax});
    if (!clean) return Named{};
    const std::string written = text::fold_width(text::trimmed(*clean));
    const auto at = written.rfind('@');
    if (at == std::string::npos) return Named{};
    const std::string code = written.substr(at + 1);
    const auto connection = workplace.database.reading();
    const auto jurisdiction = access::Organisation::jurisdiction(*connection, code);
    if (!jurisdiction) return Named{};
    TRY(const auto directory, workplace.directories.find(*connection, jurisdiction->id));
    Named named{jurisdiction->id, code, {}, {}};
    const access::Person* person = directory->person_named(written.substr(0, at));
    if (person == nullptr) return named;
    named.person = person->id;
    named.account = access::Accounts::find(*connection, named.holder());
    return named;
}

bool is_right(const std::optional<Account>& account, const std::string& password) {
    const bool too_long = password.size() > kTypedBytesMax;
    if (!account || account->disabled || too_long) return access::verify_nothing("");
    return access::verify_password(account->password_hash, password);
}

// One attempt, settled in the Writer: what was found out before may have changed, and each failure
// must count before the next is looked at.
class Attempt {
public:
    Attempt(Workplace& workplace, const Credentials& given, Named named, bool right)
        : workplace_(workplace), given_(given), named_(std::move(named)), right_(right) {}

    Result<void> settle(storage::Transaction& transaction) {
        refused.reset();
        now_ = workplace_.clock.now();
        TRY(const AccountOffice office, account_office(workplace_, transaction, named_.office));
        const auto account = access::Accounts::find(transaction.connection(), named_.holder());
        const access::Person* person = office.directory.person(named_.person);
        if (!account || account->disabled || person == nullptr || person->code.empty()) {
            note_failure(transaction, account ? "账号已停用" : "没有账号");
            refused = bad_credentials();
            return {};
        }
        if (account->is_locked(now_)) {
            note_failure(transaction, "账号锁定中");
            refused = locked_out(*account);
            return {};
        }
        const bool same = named_.account && account->password_hash == named_.account->password_hash;
        if (!right_ || !same) return fail(transaction, office, *account, kWrongPassword);
        if (account->totp_confirmed) {
            if (given_.code.empty()) {
                refused = Error{ErrorKind::Unauthenticated, access::errors::kCodeNeeded,
                                "请再输入手机上的动态码。", "code"};
                return {};
            }
            const auto secret = workplace_.accounts.totp_secret(transaction, *account);
            const auto step =
                secret ? access::verify_totp(*secret, given_.code, now_, account->totp_last_step)
                       : std::nullopt;
            if (!step) return fail(transaction, office, *account, "动态码不对");
            workplace_.accounts.set_totp_step(transaction, named_.holder(), *step);
        }
        open(transaction, office, *person, *account);
        return {};
    }

    std::string token;
    std::optional<Error> refused;

private:
    void note_failure(storage::Transaction& transaction, const char* why) {
        workplace_.accounts.log(
            transaction, line_about(named_.holder(), accesses::kSignInFailed, why, given_.address),
            now_);
    }

    Result<void> fail(storage::Transaction& transaction, const AccountOffice& office,
                      const Account& account, const char* why) {
        const Account after =
            workplace_.accounts.add_failure(transaction, account, office.rules, now_);
        note_failure(transaction, why);
        refused = after.is_locked(now_) ? locked_out(after) : bad_credentials();
        return {};
    }

    void open(storage::Transaction& transaction, const AccountOffice& office,
              const access::Person& person, const Account& account) {
        if (access::is_too_old(account.password_at, office.rules.password_max_age, now_)) {
            workplace_.accounts.demand_change(transaction, named_.holder());
        }
        token = open_session(workplace_, transaction, office, person,
                             {.holder = named_.holder(),
                              .office_code = named_.office_code,
                              .agent = given_.agent,
                              .address = given_.address,
                              .reason = {}});
    }

    Workplace& workplace_;
    const Credentials& given_;
    const Named named_;
    const bool right_;
    calendar::Instant now_{};
};

// The password of the one who is signed in; a failure counts as one to sign in.
Result<void> require_password(Workplace& workplace, const access::SignedIn& who,
                              const std::string& password) {
    const Holder holder = holder_of(who);
    const auto account = access::Accounts::find(*workplace.database.reading(), holder);
    const calendar::Instant now = workplace.clock.now();
    if (account && account->is_locked(now)) return refuse(locked_out(*account));
    const bool right = is_right(account, password);
    std::optional<Error> refused;
    TRY_OK(workplace.writer.run(
        who.jurisdiction, [&](storage::Transaction& transaction) -> Result<void> {
            refused.reset();
            TRY(const AccountOffice office,
                account_office(workplace, transaction, who.jurisdiction));
            const auto current = access::Accounts::find(transaction.connection(), holder);
            if (!current || current->disabled) {
                refused = wrong_password();
            } else if (current->is_locked(now)) {
                refused = locked_out(*current);
            } else if (!right || !account || current->password_hash != account->password_hash) {
                const Account after =
                    workplace.accounts.add_failure(transaction, *current, office.rules, now);
                workplace.accounts.log(
                    transaction, line_about(holder, accesses::kSignInFailed, kWrongPassword), now);
                refused = after.is_locked(now) ? locked_out(after) : wrong_password();
            }
            return {};
        }));
    if (refused) return refuse(*std::move(refused));
    return {};
}

// One command about the holder's own account, with its line in the log.
Result<void> on_own(Workplace& workplace, const access::SignedIn& who, std::string_view what,
                    const std::string& reason,
                    const std::function<Result<void>(storage::Transaction&)>& command) {
    return workplace.writer.run(
        who.jurisdiction, [&](storage::Transaction& transaction) -> Result<void> {
            TRY_OK(command(transaction));
            workplace.accounts.log(transaction, line_about(holder_of(who), what, reason),
                                   workplace.clock.now());
            return {};
        });
}

}  // namespace

Result<OpenedSession> sign_in(Workplace& workplace, const Credentials& given) {
    TRY(Named named, named_by(workplace, given.login));
    const bool known = named.account && !named.account->is_locked(workplace.clock.now());
    const bool locked = named.account && !known;
    const bool right = !locked && is_right(named.account, given.password);
    if (!named.office) return refuse(bad_credentials());
    const JurisdictionId office = named.office;
    Attempt attempt(workplace, given, std::move(named), right);
    TRY_OK(workplace.writer.run(
        office, [&](storage::Transaction& transaction) { return attempt.settle(transaction); }));
    if (attempt.refused) return refuse(*std::move(attempt.refused));
    TRY(auto who,
        access::session_of(*workplace.database.reading(), attempt.token, workplace.clock.now()));
    return OpenedSession{attempt.token, access::csrf_of(attempt.token), std::move(who)};
}

Result<void> sign_out(Workplace& workplace, const access::SignedIn& who) {
    TRY_OK(require_person_here(who));
    const auto digest = Digest::from_hex(who.token_hash);
    if (!digest) return {};
    return workplace.writer.run(
        who.jurisdiction, [&](storage::Transaction& transaction) -> Result<void> {
            if (!workplace.accounts.end_session(transaction, holder_of(who), *digest)) return {};
            workplace.accounts.log(transaction, line_about(holder_of(who), accesses::kSignOut),
                                   workplace.clock.now());
            return {};
        });
}

bool is_touch_due(const Workplace& workplace, const access::SignedIn& who) {
    const auto seen = calendar::parse_instant(who.last_seen_at);
    return !seen || workplace.clock.now() - *seen >= std::chrono::seconds(kTouchSeconds);
}

Result<void> touch_session(Workplace& workplace, const access::SignedIn& who) {
    const auto digest = Digest::from_hex(who.token_hash);
    if (!digest || !is_touch_due(workplace, who)) return {};
    const calendar::Instant now = workplace.clock.now();
    return workplace.writer.run(
        who.jurisdiction, [&](storage::Transaction& transaction) -> Result<void> {
            if (who.by_token) {
                workplace.accounts.touch_token(transaction, holder_of(who), *digest, now);
                return {};
            }
            TRY(const AccountOffice office,
                account_office(workplace, transaction, who.jurisdiction));
            workplace.accounts.touch_session(transaction, holder_of(who), *digest, office.rules,
                                             now);
            return {};
        });
}

Result<void> change_password(Workplace& workplace, const access::SignedIn& who,
                             const std::string& old_password, const std::string& new_password) {
    TRY_OK(require_person_here(who));
    {
        const auto connection = workplace.database.reading();
        TRY(const AccountOffice office, account_office(workplace, *connection, who.jurisdiction));
        const access::Person* person = office.directory.person(who.person);
        const std::string login = person == nullptr ? std::string() : office.login_of(*person);
        TRY_OK(access::checked_password(new_password, office.rules.password, login));
    }
    if (text::nfc(old_password) == text::nfc(new_password)) {
        return refuse(ErrorKind::InvalidInput, access::errors::kWeakPassword,
                      "新口令不能与原口令相同。", "password");
    }
    TRY_OK(require_password(workplace, who, old_password));
    const std::string hash = access::hash_password(new_password);
    return on_own(
        workplace, who, accesses::kPassword, {},
        [&](storage::Transaction& transaction) -> Result<void> {
            const Holder holder = holder_of(who);
            TRY_OK(
                workplace.accounts.set_password(transaction, holder, hash, workplace.clock.now()));
            workplace.accounts.end_sessions(transaction, holder, Digest::from_hex(who.token_hash));
            return {};
        });
}

Result<BegunTotp> begin_totp(Workplace& workplace, const access::SignedIn& who) {
    TRY_OK(require_person_here(who));
    const std::string secret = access::new_secret();
    BegunTotp begun{secret, {}};
    TRY_OK(on_own(workplace, who, accesses::kTotp, "开始启用",
                  [&](storage::Transaction& transaction) -> Result<void> {
                      TRY(const AccountOffice office,
                          account_office(workplace, transaction, who.jurisdiction));
                      const access::Person* person = office.directory.person(who.person);
                      begun.url = access::otpauth_url(
                          secret, person == nullptr ? "" : office.login_of(*person), "法治台账");
                      return workplace.accounts.begin_totp(transaction, holder_of(who), secret);
                  }));
    return begun;
}

Result<void> confirm_totp(Workplace& workplace, const access::SignedIn& who,
                          const std::string& code) {
    TRY_OK(require_person_here(who));
    return on_own(
        workplace, who, accesses::kTotp, "启用",
        [&](storage::Transaction& transaction) -> Result<void> {
            const auto account = access::Accounts::find(transaction.connection(), holder_of(who));
            if (account && account->totp_confirmed) {
                return refuse(ErrorKind::Conflict, access::errors::kCodesOn, "动态码已经启用。");
            }
            const auto secret =
                account ? workplace.accounts.totp_secret(transaction, *account) : std::nullopt;
            // Without a secret the confirming refuses.
            const auto step = secret ? access::verify_totp(*secret, code, workplace.clock.now(),
                                                           account->totp_last_step)
                                     : std::optional<std::int64_t>(0);
            if (!step) {
                return refuse(ErrorKind::InvalidInput, access::errors::kWrongCode,
                              "动态码不对或已经用过，请等手机上换了新的再输入。", "code");
            }
            return workplace.accounts.confirm_totp(transaction, holder_of(who), *step);
        });
}

Result<void> remove_totp(Workplace& workplace, const access::SignedIn& who,
                         const std::string& password) {
    TRY_OK(require_person_here(who));
    {
        const auto connection = workplace.database.reading();
        TRY(const AccountOffice office, account_office(workplace, *connection, who.jurisdiction));
        TRY(const access::Actor actor, actor_of(workplace, *connection, who));
        for (const std::string& post : office.rules.totp_required_posts) {
            if (!actor.holds(post)) continue;
            return refuse(ErrorKind::Forbidden, access::errors::kForbidden,
                          "您的岗位要求使用动态码，不能停用；换手机的请账号管理员重置。");
        }
    }
    TRY_OK(require_password(workplace, who, password));
    return on_own(workplace, who, accesses::kTotp, "停用",
                  [&](storage::Transaction& transaction) -> Result<void> {
                      workplace.accounts.remove_totp(transaction, holder_of(who));
                      return {};
                  });
}

Result<std::vector<OwnSession>> list_sessions(Workplace& workplace, storage::Connection& connection,
                                              const access::SignedIn& who) {
    std::vector<OwnSession> out;
    for (const access::SessionRow& row :
         access::Accounts::sessions(connection, holder_of(who), workplace.clock.now())) {
        const std::string id = row.token_hash.hex();
        out.push_back({.id = id,
                       .is_this = id == who.token_hash,
                       .created_at = row.created_at,
                       .last_seen_at = row.last_seen_at,
                       .expires_at = row.expires_at,
                       .agent = row.agent,
                       .address = row.address});
    }
    return out;
}

Result<void> end_session(Workplace& workplace, const access::SignedIn& who, const std::string& id) {
    TRY_OK(require_person_here(who));
    const auto digest = Digest::from_hex(id);
    if (!digest) {
        return refuse(ErrorKind::NotFound, access::errors::kNoSuchSession, "没有这处登录。",
                      "session");
    }
    return on_own(workplace, who, accesses::kSignOut, "在另一处退出",
                  [&](storage::Transaction& transaction) {
                      return workplace.accounts.end_session(transaction, holder_of(who), *digest);
                  });
}

Result<std::size_t> end_other_sessions(Workplace& workplace, const access::SignedIn& who) {
    TRY_OK(require_person_here(who));
    std::size_t ended = 0;
    TRY_OK(on_own(workplace, who, accesses::kSignOut, "退出其他各处",
                  [&](storage::Transaction& transaction) -> Result<void> {
                      ended = workplace.accounts.end_sessions(transaction, holder_of(who),
                                                              Digest::from_hex(who.token_hash));
                      return {};
                  }));
    return ended;
}

}  // namespace fazhi::action
