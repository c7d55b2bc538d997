#include "action/external_sign_in.h"

#include <fstream>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "access/errors.h"
#include "access/external_login_store.h"
#include "access/id_token.h"
#include "access/password.h"
#include "action/errors.h"
#include "action/open_session.h"
#include "base/digest.h"
#include "courier/transfer.h"
#include "storage/transaction.h"
#include "text/utf8.h"

namespace fazhi::action {
namespace {

using nlohmann::json;

constexpr long kSecondsMax = 15;
constexpr std::size_t kAnswerBytesMax = 1'000'000;
constexpr long kOk = 200;
constexpr const char* kExternally = "统一身份认证";

// 43 characters of 32 random bytes.
std::string random_text() {
    return access::new_token({}).substr(1);
}

std::string base64url(std::string_view bytes) {
    std::string out = base64(bytes);
    while (!out.empty() && out.back() == '=') out.pop_back();
    for (char& c : out) {
        if (c == '+') c = '-';
        if (c == '/') c = '_';
    }
    return out;
}

std::string encoded(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
        out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

std::string query_of(const std::vector<std::pair<const char*, std::string>>& members) {
    std::string out;
    for (const auto& [name, value] : members)
        out += fmt::format("{}{}={}", out.empty() ? "" : "&", name, encoded(value));
    return out;
}

// Nothing goes to it in the clear, but for a provider on this machine.
bool is_safe_address(const std::string& url) {
    const auto of_machine = [&](std::string_view host) {
        if (!url.starts_with(host)) return false;
        return url.size() == host.size() || url[host.size()] == ':' || url[host.size()] == '/';
    };
    return url.starts_with("https://") || of_machine("http://127.0.0.1") ||
           of_machine("http://[::1]");
}

Refusal unreachable(const std::string& why) {
    return refuse(
        ErrorKind::Unavailable, errors::kExternalUnreachable,
        fmt::format("统一身份认证现在连不上（{}），请稍后再试，或用账号和密码登录。", why));
}

Refusal lost() {
    return refuse(ErrorKind::Unauthenticated, errors::kExternalLost,
                  "这次登录已失效或不是从这个浏览器开始的，请重新登录。");
}

Result<json> asked(const courier::Transfer& transfer) {
    const auto answer = courier::ask(transfer, kAnswerBytesMax);
    if (!answer) return unreachable("没有回应");
    if (answer->code != kOk) return unreachable(fmt::format("回应 {}", answer->code));
    json out = json::parse(answer->body, nullptr, /*allow_exceptions=*/false);
    if (!out.is_object()) return unreachable("回应看不懂");
    return out;
}

std::string text_at(const json& from, const char* member) {
    const auto found = from.find(member);
    return found != from.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

Result<std::unique_ptr<ExternalSignIn>> ExternalSignIn::of(const ExternalSettings& settings) {
    if (settings.issuer.empty()) return std::unique_ptr<ExternalSignIn>();
    std::vector<Error> wrong;
    const auto say = [&](const char* key, const char* what) {
        wrong.push_back(Error{ErrorKind::InvalidInput, errors::kBadExternal,
                              fmt::format("配置项“{}”{}。", key, what), key});
    };
    constexpr const char* kAddress = "应是 https:// 开头的地址（只有本机可以用 http://127.0.0.1）";
    if (!is_safe_address(settings.issuer)) say("oidc_issuer", kAddress);
    if (!is_safe_address(settings.redirect)) say("oidc_redirect", kAddress);
    if (settings.client_id.empty()) say("oidc_client_id", "应是在认证方登记的客户端编号");
    std::string secret;
    if (!settings.client_secret_file.empty()) {
        std::ifstream in(settings.client_secret_file, std::ios::binary);
        if (!std::getline(in, secret) || secret.empty())
            say("oidc_client_secret_file", "应是一个文件，第一行是密钥，只有本程序的账号能读");
        if (secret.ends_with('\r')) secret.pop_back();
    }
    if (!wrong.empty()) return refuse(join_errors(std::move(wrong)));
    return std::unique_ptr<ExternalSignIn>(new ExternalSignIn(settings, std::move(secret)));
}

Result<ExternalSignIn::Provider> ExternalSignIn::provider() {
    {
        const std::lock_guard lock(mutex_);
        if (provider_) return *provider_;
    }
    std::string base = settings_.issuer;
    while (base.ends_with('/')) base.pop_back();
    TRY(const json about, asked({.url = base + "/.well-known/openid-configuration",
                                 .seconds_max = kSecondsMax,
                                 .heads = {"Accept: application/json"}}));
    const Provider found{.authorization = text_at(about, "authorization_endpoint"),
                         .token = text_at(about, "token_endpoint"),
                         .keys = text_at(about, "jwks_uri")};
    if (text_at(about, "issuer") != settings_.issuer) return unreachable("认证方的名称不符");
    for (const std::string& url : {found.authorization, found.token, found.keys}) {
        if (!is_safe_address(url)) return unreachable("认证方的地址不安全");
    }
    const std::lock_guard lock(mutex_);
    provider_ = found;
    return found;
}

Result<std::string> ExternalSignIn::keys(const Provider& provider, Keys wanted) {
    if (wanted == Keys::AsKnown) {
        const std::lock_guard lock(mutex_);
        if (!keys_.empty()) return keys_;
    }
    TRY(const json keys, asked({.url = provider.keys,
                                .seconds_max = kSecondsMax,
                                .heads = {"Accept: application/json"}}));
    const std::lock_guard lock(mutex_);
    keys_ = keys.dump();
    return keys_;
}

Result<ExternalSignIn::Begun> ExternalSignIn::begin(Workplace& workplace,
                                                    const std::string& office_code) {
    const auto office =
        access::Organisation::jurisdiction(*workplace.database.reading(), office_code);
    if (!office) return lost();
    TRY(const Provider at, provider());
    const calendar::Instant now = workplace.clock.now();
    const std::string state = access::new_token(office_code);
    const std::string browser = random_text(), verifier = random_text(), nonce = random_text();
    TRY_OK(workplace.writer.run(office->id, [&](storage::Transaction& transaction) -> Result<void> {
        access::ExternalLoginStore store(transaction.connection());
        store.remove_expired(office->id, calendar::to_text(now));
        if (store.count(office->id) >= access::kExternalSignInsMax)
            return refuse(ErrorKind::Unavailable, errors::kExternalBusy,
                          "现在登录的人太多，请过几分钟再试，或用账号和密码登录。");
        store.put({.office = office->id,
                   .state = access::digest_of_token(state),
                   .browser = access::digest_of_token(browser),
                   .verifier = verifier,
                   .nonce = nonce,
                   .expires_at = calendar::to_text(now + access::kExternalSignInTime)});
        return {};
    }));
    const std::string challenge = base64url(digest_of(HashAlgorithm::Sha256, verifier).as_bytes());
    const char* joint = at.authorization.find('?') == std::string::npos ? "?" : "&";
    return Begun{.url = at.authorization + joint +
                        query_of({{"response_type", "code"},
                                  {"client_id", settings_.client_id},
                                  {"redirect_uri", settings_.redirect},
                                  {"scope", "openid"},
                                  {"state", state},
                                  {"nonce", nonce},
                                  {"code_challenge", challenge},
                                  {"code_challenge_method", "S256"}}),
                 .browser = browser};
}

Result<std::string> ExternalSignIn::id_token_for(const Provider& provider, const std::string& code,
                                                 const std::string& verifier) {
    std::vector<std::pair<const char*, std::string>> members = {
        {"grant_type", "authorization_code"},
        {"code", code},
        {"redirect_uri", settings_.redirect},
        {"code_verifier", verifier}};
    std::vector<std::string> heads = {"Accept: application/json",
                                      "Content-Type: application/x-www-form-urlencoded"};
    if (secret_.empty()) {
        members.emplace_back("client_id", settings_.client_id);
    } else {
        heads.push_back("Authorization: Basic " +
                        base64(encoded(settings_.client_id) + ":" + encoded(secret_)));
    }
    TRY(const json answer, asked({.url = provider.token,
                                  .seconds_max = kSecondsMax,
                                  .heads = std::move(heads),
                                  .mail = {},
                                  .body = query_of(members)}));
    return text_at(answer, "id_token");
}

// With the keys that are known; the provider may have new ones since.
Result<std::string> ExternalSignIn::subject(const Provider& provider, const std::string& id_token,
                                            const std::string& nonce, calendar::Instant now) {
    const access::IdTokenFor wanted{settings_.issuer, settings_.client_id, nonce, now};
    TRY(const std::string known, keys(provider, Keys::AsKnown));
    const auto found = access::subject_of_id_token(id_token, known, wanted);
    if (found) return *found;
    TRY(const std::string fresh, keys(provider, Keys::Anew));
    return access::subject_of_id_token(id_token, fresh, wanted);
}

namespace {

// Settled in the Writer: what was found out before may have changed.
Result<std::string> enter(Workplace& workplace, storage::Transaction& transaction,
                          const Opening& opening, const std::string& unusable_hash) {
    const calendar::Instant now = workplace.clock.now();
    const access::Holder& holder = opening.holder;
    TRY(const AccountOffice office, account_office(workplace, transaction, holder.jurisdiction));
    const auto account = access::Accounts::find(transaction.connection(), holder);
    const access::Person* person = office.directory.person(holder.person);
    if (!account || account->disabled || person == nullptr || person->code.empty())
        return refuse(ErrorKind::Unauthenticated, access::errors::kNotSignedIn,
                      "您的账号已停用或没有开通，请联系本单位的系统管理员。");
    if (account->totp_confirmed || demands_codes(office, *person, now))
        return refuse(ErrorKind::Forbidden, errors::kExternalNeedsCode,
                      "您的账号登录要手机动态码，请用账号、密码和动态码登录。");
    if (account->must_change) {
        if (unusable_hash.empty()) return lost();  // It was reset a moment ago.
        TRY_OK(workplace.accounts.set_password(transaction, holder, unusable_hash, now));
    }
    return open_session(workplace, transaction, office, *person, opening);
}

}  // namespace

Result<OpenedSession> ExternalSignIn::finish(Workplace& workplace, const Returned& returned) {
    const std::string code = access::office_of_token(returned.state);
    const auto office = access::Organisation::jurisdiction(*workplace.database.reading(), code);
    if (!office) return lost();
    std::optional<access::ExternalSignInRow> begun;
    TRY_OK(workplace.writer.run(office->id, [&](storage::Transaction& transaction) -> Result<void> {
        begun = access::ExternalLoginStore(transaction.connection())
                    .take(office->id, access::digest_of_token(returned.state));
        return {};
    }));
    const calendar::Instant now = workplace.clock.now();
    if (!begun || begun->expires_at <= calendar::to_text(now) || returned.browser.empty() ||
        begun->browser != access::digest_of_token(returned.browser))
        return lost();
    if (!returned.error.empty() || returned.code.empty())
        return refuse(ErrorKind::Forbidden, errors::kExternalRefused,
                      "统一身份认证没有通过，请重新登录，或用账号和密码登录。");
    TRY(const Provider at, provider());
    TRY(const std::string id_token, id_token_for(at, returned.code, begun->verifier));
    TRY(const std::string subject, this->subject(at, id_token, begun->nonce, now));
    const auto person = access::ExternalLoginStore(*workplace.database.reading())
                            .person_of(office->id, settings_.issuer, subject);
    if (!person) {
        const access::Holder nobody{office->id, {}};
        TRY_OK(record_access(
            workplace,
            line_about(nobody, access::accesses::kSignInFailed,
                       fmt::format("{}：“{}”没有绑定", kExternally, subject), returned.address)));
        return refuse(ErrorKind::Forbidden, errors::kNotBound,
                      fmt::format("您在统一身份认证的编号“{}”还没有绑定这个单位的账号，"
                                  "请把编号告诉本单位的系统管理员绑定。",
                                  subject));
    }
    const Opening opening{.holder = {office->id, *person},
                          .office_code = code,
                          .agent = returned.agent,
                          .address = returned.address,
                          .reason = kExternally};
    // Hashing takes long: never in the Writer.
    const auto account = access::Accounts::find(*workplace.database.reading(), opening.holder);
    const std::string unusable =
        account && account->must_change ? access::hash_password(random_text()) : std::string();
    std::string token;
    TRY_OK(workplace.writer.run(office->id, [&](storage::Transaction& transaction) -> Result<void> {
        TRY(token, enter(workplace, transaction, opening, unusable));
        return {};
    }));
    TRY(auto who, access::session_of(*workplace.database.reading(), token, workplace.clock.now()));
    return OpenedSession{token, access::csrf_of(token), std::move(who)};
}

Result<void> bind_external(Workplace& workplace, const AccountOrder& order,
                           const std::string& issuer, const std::string& subject) {
    if (subject.size() > access::kSubjectBytesMax || !text::valid_utf8(subject))
        return refuse(ErrorKind::InvalidInput, errors::kBadSubject,
                      fmt::format("统一身份认证的编号最多{}个字节。", access::kSubjectBytesMax),
                      "value");
    return workplace.writer.run(
        order.office, [&](storage::Transaction& transaction) -> Result<void> {
            TRY(const AccountOffice office, account_office(workplace, transaction, order.office));
            TRY_OK(require_keeper(office, order.by, kKeepsAccounts));
            if (issuer.empty())
                return refuse(ErrorKind::NotFound, errors::kNoExternal, "没有配置统一身份认证。");
            TRY(const access::Person* person, person_of(office.directory, order.person));
            const access::Holder holder{order.office, person->id};
            const calendar::Instant now = workplace.clock.now();
            access::ExternalLoginStore store(transaction.connection());
            if (subject.empty()) {
                store.unbind(holder, issuer);
            } else {
                if (!access::Accounts::find(transaction.connection(), holder))
                    return refuse(ErrorKind::NotFound, access::errors::kNoSuchAccount,
                                  fmt::format("{}还没有账号，请先新建账号。", person->name),
                                  "person");
                const auto other = store.person_of(order.office, issuer, subject);
                if (other && *other != person->id)
                    return refuse(ErrorKind::Conflict, errors::kSubjectTaken,
                                  fmt::format("“{}”已绑定{}的账号，请先解除。", subject,
                                              office.directory.person_name(*other)),
                                  "value");
                store.bind(holder, issuer, subject, calendar::to_text(now));
            }
            workplace.accounts.log(
                transaction,
                line_about(holder, access::accesses::kAccount,
                           subject.empty() ? fmt::format("解除{}，由{}", kExternally, order.by.name)
                                           : fmt::format("绑定{}“{}”，由{}", kExternally, subject,
                                                         order.by.name),
                           order.address),
                now);
            return {};
        });
}

std::map<PersonId, std::string> external_subjects(storage::Connection& reading,
                                                  JurisdictionId office,
                                                  const std::string& issuer) {
    return access::ExternalLoginStore(reading).subjects(office, issuer);
}

}  // namespace fazhi::action
