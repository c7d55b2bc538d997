#include "action/testing/with_accounts.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "storage/database.h"

namespace fazhi::action::testing {

namespace {

// The posts that the pack of the small office has: law_office keeps the accounts.
std::string settings_of(std::string_view more) {
    return fmt::format(
        "settings:\n"
        "  account_post: {{title: 账号, type: text, default: law_office, source: 自定, "
        "change: [leader]}}\n{}",
        more);
}

}  // namespace

WithAccounts::WithAccounts(storage::Database& database, std::string_view settings)
    : office(database, settings_of(settings)) {}

access::Actor WithAccounts::actor(const std::string& code) const {
    const auto connection = office.workplace->database.reading();
    const auto found =
        access::Organisation::actor(*connection, office.id, code, office.workplace->clock.today());
    REQUIRE(found);
    return *found;
}

AccountOrder WithAccounts::order(const std::string& person, const std::string& by) const {
    return {.by = actor(by), .office = office.id, .person = person, .address = "10.1.1.2"};
}

std::string WithAccounts::first_password(const std::string& person) {
    const auto made = create_account(*office.workplace, order(person));
    if (!made) FAIL(made.error().message);
    return made->password;
}

void WithAccounts::choose_password(const std::string& person, const std::string& password) {
    const std::string first = first_password(person);
    const auto opened = sign_in(person + "@qianjin", first);
    REQUIRE(opened);
    REQUIRE(change_password(*office.workplace, opened->who, first, password));
}

Result<OpenedSession> WithAccounts::sign_in(const std::string& login, const std::string& password,
                                            const std::string& code) const {
    return action::sign_in(*office.workplace, {.login = login,
                                               .password = password,
                                               .code = code,
                                               .address = "10.1.1.1",
                                               .agent = "浏览器"});
}

access::SignedIn WithAccounts::entered(const std::string& person) {
    const auto opened = sign_in(person + "@qianjin", first_password(person));
    REQUIRE(opened);
    return opened->who;
}

std::string WithAccounts::whats() {
    std::string out;
    for (const std::string& line :
         office.lines_of("SELECT what, COUNT(*) FROM access_log GROUP BY what ORDER BY what")) {
        const auto bar = line.find('|');
        out += fmt::format("{}{}*{}", out.empty() ? "" : " ", line.substr(0, bar),
                           line.substr(bar + 1));
    }
    return out;
}

}  // namespace fazhi::action::testing
