// Every route × every post of the national pack × sessions and tokens × one's own office and
// another: what comes in and what is turned away is worked out here anew, from the posts'
// definitions and from what each route asks for (testing/route_rules.h), and not by asking access/.
#include <algorithm>
#include <chrono>
#include <fstream>
#include <map>
#include <set>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "action/accounts.h"
#include "action/load_office.h"
#include "calendar/testing/fixed_clock.h"
#include "definition/definition_set.h"
#include "http/json.h"
#include "http/routes.h"
#include "http/testing/browser.h"
#include "http/testing/described.h"
#include "http/testing/route_rules.h"
#include "storage/testing/databases.h"
#include "storage/testing/scratch.h"

namespace fazhi::http {
namespace {

using definition::DefinitionSet;
using definition::Scope;
using testing::Browser;
using testing::Needs;
using testing::route_rules;
using testing::Rule;

// ---- who asks

struct Asker {
    std::string name;
    std::string home;  // "qianjin", or "hubin" above it
    std::string unit;
    std::vector<std::string> posts;
    std::string cookie, csrf, password;
};

// How: by a session, or by a token that leaves so much.
struct Way {
    std::string name;
    bool by_token = false;
    std::vector<std::string> abilities = {};
    std::vector<std::string> ledgers = {};
};
const std::vector<Way>& ways() {
    static const std::vector<Way> kWays = {
        {"session"},
        {"token: everything",
         true,
         {"view", "record", "move", "assign", "close", "export", "publish", "verify"},
         {}},
        {"token: to see", true, {"view"}, {}},
        {"token: to record disputes", true, {"record"}, {"dispute"}},
    };
    return kWays;
}

template <class List, class Item>
bool has(const List& list, const Item& item) {
    return std::find(list.begin(), list.end(), item) != list.end();
}

// ---- what is right, from the definitions

constexpr const char* kHome = "qianjin";
constexpr const char* kAbove = "hubin";
constexpr const char* kUnits[] = {"office", "a", "b", ""};
constexpr const char* kEntryUnit = "a";
constexpr const char* kHandler = "clerk";

class Expectation {
public:
    Expectation(const DefinitionSet& set, const Asker& asker, const Way& way)
        : set_(set), asker_(asker), way_(way) {}

    // Of one's own office, or of the one below.
    [[nodiscard]] bool lets_in(const Rule& rule, const std::string& ledger) const {
        const bool is_handler = asker_.name == kHandler;
        const auto may = [&](const std::string& ability) {
            return can(ability, ledger, kEntryUnit, is_handler);
        };
        const auto may_any = [&] {
            return std::any_of(rule.abilities.begin(), rule.abilities.end(), may);
        };
        switch (rule.needs) {
            case Needs::Nothing:
            case Needs::SignIn:
            case Needs::Office:
                return true;
            case Needs::Untold:
                return false;
            case Needs::Person:
                return !way_.by_token;
            case Needs::Ledger:
                return knows(ledger);
            case Needs::Entry:
                return knows(ledger) && may("view");
            case Needs::Do:
                return knows(ledger) && may_any();
            case Needs::OwnUnit:
                return knows(ledger) && can(rule.abilities.front(), ledger, asker_.unit, true);
            case Needs::Record:
                return knows(ledger) && can("record", ledger, kEntryUnit, true);
            case Needs::Reveal:
                return knows(ledger) && may("view") && (may("record") || may("move"));
            case Needs::RecordsIn:
                return std::any_of(
                    rule.abilities.begin(), rule.abilities.end(),
                    [&](const std::string& ability) { return somewhere(ability, ledger); });
            case Needs::Import:
                return somewhere("record", ledger) && leaves("move", ledger);
            case Needs::Step:
                return knows(ledger) && leaves("move", ledger) && takes_step(ledger, "calm");
            case Needs::Works:
                return std::any_of(set_.ledgers().begin(), set_.ledgers().end(),
                                   [&](const definition::Ledger& each) {
                                       return somewhere("record", each.id) ||
                                              somewhere("move", each.id);
                                   });
            case Needs::Throughout:
                return throughout(rule.abilities.front());
            case Needs::Setting:
                return in_person() && holds(default_of(rule.what));
            case Needs::OwnOrSetting:
                return in_person() && (asker_.name == "leader" || holds(default_of(rule.what)));
            case Needs::Changer:
                return in_person() && holds_any(set_.setting(rule.what)->change);
            case Needs::Reports:
            case Needs::AllOwnReports:
            case Needs::OwnReports:
            case Needs::Reviews:
            case Needs::Review:
            case Needs::Clearer:
            case Needs::Signer:
                return lets_in_to_reports(rule.needs);
            case Needs::Measured:
                return std::any_of(std::begin(kUnits), std::end(kUnits), [&](const char* unit) {
                    return *unit != '\0' && can("view", "mass_incident", unit, false);
                });
        }
        return false;
    }

private:
    [[nodiscard]] bool lets_in_to_reports(Needs needs) const {
        switch (needs) {
            case Needs::Reports:
                return somewhere("view", "report");
            case Needs::AllOwnReports:
                return asker_.home == kHome &&
                       std::all_of(std::begin(kUnits), std::end(kUnits), [&](const char* unit) {
                           return can("view", "report", unit, false);
                       });
            case Needs::OwnReports:
                return asker_.home == kHome && somewhere("view", "report");
            case Needs::Reviews:
                return knows("reviewed_report") || (asker_.home == kAbove && throughout("view"));
            case Needs::Review:
                return can("view", "reviewed_report", kEntryUnit, asker_.name == kHandler);
            case Needs::Clearer:
                return in_person() && somewhere("view", "report") &&
                       holds_any(set_.report("annual")->confidentiality->by);
            case Needs::Signer:
                return in_person() && somewhere("view", "report") &&
                       holds(set_.report("annual")->signer);
            default:
                return false;
        }
    }
    [[nodiscard]] bool in_person() const { return !way_.by_token && asker_.home == kHome; }
    [[nodiscard]] bool holds(const std::string& post) const { return has(asker_.posts, post); }
    [[nodiscard]] bool holds_any(const std::vector<std::string>& posts) const {
        return std::any_of(posts.begin(), posts.end(),
                           [&](const std::string& post) { return holds(post); });
    }
    [[nodiscard]] std::string default_of(const std::string& setting) const {
        return set_.setting(setting)->default_value.as_text();
    }
    [[nodiscard]] bool leaves(const std::string& ability, const std::string& ledger) const {
        return !way_.by_token || (has(way_.abilities, ability) &&
                                  (way_.ledgers.empty() || has(way_.ledgers, ledger)));
    }
    // Does a post's scope cover this unit's entries? (definitions.md: own, unit, …)
    [[nodiscard]] bool covers(Scope scope, const std::string& unit, bool as_handler) const {
        switch (scope) {
            case Scope::Own:
                return as_handler && asker_.home == kHome;
            case Scope::Unit:
                return asker_.home == kHome && !unit.empty() && unit == asker_.unit;
            case Scope::UnitsBelow:  // "office" leads "a" here.
                return asker_.home == kHome && !unit.empty() &&
                       (unit == asker_.unit || (asker_.unit == "office" && unit == "a"));
            case Scope::Jurisdiction:
                return asker_.home == kHome;
            case Scope::JurisdictionsBelow:
                return asker_.home == kAbove;
        }
        return false;
    }
    [[nodiscard]] bool sees(const std::string& ledger, const std::string& unit,
                            bool as_handler) const {
        const auto& named = set_.ledger(ledger)->visible_to;
        return named.empty() ||
               std::any_of(named.begin(), named.end(), [&](const std::string& who) {
                   if (who == "jurisdiction") return asker_.home == kHome;
                   return who == "handler" ? as_handler && asker_.home == kHome
                                           : stands_for(who, unit);
               });
    }
    // Holds the post, with some scope that covers the unit.
    [[nodiscard]] bool stands_for(const std::string& post, const std::string& unit) const {
        if (!holds(post)) return false;
        const auto& may = set_.role(post)->may;
        return std::any_of(may.begin(), may.end(), [&](const definition::Permission& each) {
            return covers(each.scope, unit, false);
        });
    }
    [[nodiscard]] bool can(const std::string& ability, const std::string& ledger,
                           const std::string& unit, bool as_handler) const {
        if (!leaves(ability, ledger)) return false;
        if (ability != "record" && !sees(ledger, unit, as_handler)) return false;
        for (const std::string& post : asker_.posts) {
            for (const definition::Permission& each : set_.role(post)->may) {
                if (has(each.abilities, ability) &&
                    (each.all_ledgers || has(each.ledgers, ledger)) &&
                    covers(each.scope, unit, as_handler))
                    return true;
            }
        }
        return false;
    }
    [[nodiscard]] bool somewhere(const std::string& ability, const std::string& ledger) const {
        return std::any_of(std::begin(kUnits), std::end(kUnits), [&](const char* unit) {
            return can(ability, ledger, unit, false) || can(ability, ledger, unit, true);
        });
    }
    [[nodiscard]] bool knows(const std::string& ledger) const {
        return somewhere("view", ledger) || somewhere("record", ledger);
    }
    [[nodiscard]] bool throughout(const std::string& ability) const {
        if (way_.by_token && (!way_.ledgers.empty() || !has(way_.abilities, ability))) return false;
        for (const std::string& post : asker_.posts) {
            for (const definition::Permission& each : set_.role(post)->may) {
                const bool whole =
                    (each.scope == Scope::Jurisdiction && asker_.home == kHome) ||
                    (each.scope == Scope::JurisdictionsBelow && asker_.home == kAbove);
                if (each.all_ledgers && has(each.abilities, ability) && whole) return true;
            }
        }
        return false;
    }
    [[nodiscard]] bool takes_step(const std::string& ledger, const std::string& step) const {
        for (const definition::Transition& each : set_.ledger(ledger)->transitions) {
            if (each.id != step) continue;
            return std::any_of(each.by.begin(), each.by.end(), [&](const std::string& post) {
                return stands_for(post, kEntryUnit);
            });
        }
        return false;
    }

    const DefinitionSet& set_;
    const Asker& asker_;
    const Way& way_;
};

// ---- the offices

void write(const std::filesystem::path& file, const std::string& text) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
}

std::vector<Asker> askers_of(const DefinitionSet& set) {
    std::vector<Asker> out;
    for (const definition::Role& role : set.roles())
        out.push_back({.name = role.id, .home = kHome, .unit = kEntryUnit, .posts = {role.id}});
    out.push_back({.name = "clerk_b", .home = kHome, .unit = "b", .posts = {"clerk"}});
    out.push_back({.name = "no_post", .home = kHome, .unit = kEntryUnit, .posts = {}});
    for (const char* post : {"bureau", "admin", "law_office"})
        out.push_back({.name = fmt::format("d_{}", post),
                       .home = kAbove,
                       .unit = "justice",
                       .posts = {post}});
    out.push_back({.name = "d_many",
                   .home = kAbove,
                   .unit = "justice",
                   .posts = {"bureau", "law_office", "leader", "admin", "clerk"}});
    return out;
}

std::string person_line(const Asker& asker) {
    return fmt::format("  - {{code: {0}, name: 人{0}, unit: {1}, posts: [{2}]}}\n", asker.name,
                       asker.unit, fmt::join(asker.posts, ", "));
}

std::string office_yaml(const std::string& code, const std::vector<Asker>& askers) {
    std::string above, here;
    for (const Asker& each : askers) (each.home == kAbove ? above : here) += person_line(each);
    std::string indented;
    for (std::size_t from = 0; from < above.size();) {
        const std::size_t to = above.find('\n', from) + 1;
        indented += "    " + above.substr(from, to - from);
        from = to;
    }
    return fmt::format(
        "office: {0}\nreport_year: 2023\nparents:\n"
        "  - code: hubin\n    kind: district\n    name: 湖滨区\n    full_name: 湖滨区人民政府\n"
        "    short: 湖滨\n    units:\n      - {{code: justice, kind: bureau, name: 湖滨区司法局, "
        "short: 司法局}}\n    people:\n{1}"
        "jurisdiction: {{parent: hubin, kind: subdistrict, name: {0}街道, full_name: "
        "湖滨区人民政府{0}街道办事处, short: {0}, document_code: {0}办发}}\n"
        "packs: [national]\nlive_from: 2024-01-01\nunits:\n"
        "  - {{code: office, kind: section, name: 司法所, short: 司法所}}\n"
        "  - {{code: a, kind: community, name: 甲社区, short: 甲, lead_section: office}}\n"
        "  - {{code: b, kind: community, name: 乙社区, short: 乙}}\npeople:\n{2}",
        code, indented, here);
}

class Offices {
public:
    explicit Offices(storage::Database& database)
        : clock_(calendar::make_date(2024, 5, 6).value()) {
        const auto folder = scratch_.folder();
        REQUIRE(action::initialise(database, folder / "data", {}));
        const auto installed = action::install_packs(database, "packs", {"national"});
        REQUIRE_MESSAGE(installed, installed.error().message);
        auto opened = action::Workplace::open(database, folder / "data", clock_);
        REQUIRE(opened);
        workplace = *std::move(opened);
        workplace->reviewing.read_with({FAZHI_EXTRACTION_CHILD, {}});
        askers = askers_of(*workplace->tables);
        for (const char* code : {kHome, "houjie"}) {
            write(folder / code / "office.yaml", office_yaml(code, askers));
            const auto source = action::read_office(folder / code);
            REQUIRE(source);
            const auto loaded =
                action::load_office(*workplace, *source, [](std::size_t, std::size_t) {});
            REQUIRE_MESSAGE(loaded, loaded.error().message);
        }
        for (Asker& each : askers) {
            const Browser browser(*workplace, each.home, each.name);
            each.cookie = browser.cookie;
            each.csrf = browser.csrf;
            each.password = browser.password;
        }
        make_entries();
    }

    std::string token_of(const Asker& asker, const Way& way) {
        const auto reading = workplace->database.reading();
        const auto home = access::Organisation::jurisdiction(*reading, asker.home);
        const auto directory = access::Organisation::directory(*reading, home->id);
        access::SignedIn who;
        who.jurisdiction = home->id;
        who.person = directory->person_named(asker.name)->id;
        const auto made = action::create_token(*workplace, who,
                                               {.title = way.name,
                                                .abilities = way.abilities,
                                                .ledgers = way.ledgers,
                                                .expires_on = "2024-12-31"});
        REQUIRE_MESSAGE(made, made.error().message);
        return made->token;
    }

    std::unique_ptr<action::Workplace> workplace;
    std::vector<Asker> askers;
    std::map<std::string, std::string> entry, voided, digest;  // by ledger
    std::string review;                                        // a draft handed in by the clerk
    std::string figure;                                        // a key of the annual report's

private:
    std::string post_id(Browser& who, const std::string& path, const std::string& body) {
        const Response made = who.send("POST", path, body);
        REQUIRE_MESSAGE(made.status == 201, made.body);
        return std::to_string(parse_body(made.body)->integer_at("id"));
    }

    void make_entries() {
        Browser clerk(*workplace, kHome, kHandler);
        for (Asker& each : askers) {
            if (each.name != kHandler) continue;
            each.cookie = clerk.cookie;
            each.csrf = clerk.csrf;
            each.password = clerk.password;
        }
        const std::string base = "/api/offices/qianjin/ledgers/";
        const std::map<std::string, std::string> bodies = {
            {"dispute",
             R"({"fields":{"occurred_on":"2024-05-06","source":"patrol","category":"neighbour",
                "summary":"漏水","parties":[{"name":"赵一"},{"name":"钱二"}]}})"},
            {"mass_incident",
             R"({"fields":{"occurred_on":"2024-05-06","title":"讨薪","cause":"labour",
                "major":false,"handling":"已劝返"}})"}};
        for (const auto& [ledger, body] : bodies) {
            entry[ledger] = post_id(clerk, base + ledger + "/entries", body);
            voided[ledger] = post_id(clerk, base + ledger + "/entries", body);
            const std::string kind = ledger == "dispute" ? "record" : "report";
            const Response attached =
                clerk.send("POST",
                           base + ledger + "/entries/" + entry[ledger] + "/evidence?kind=" + kind +
                               "&name=a.txt&happened_on=2024-05-06",
                           std::string("现场记录\n"));
            REQUIRE_MESSAGE(attached.status == 201, attached.body);
            digest[ledger] = parse_body(attached.body)->text_at("digest");
        }
        review = post_id(clerk, "/api/offices/qianjin/reviews?name=a.txt&origin=own&year=2023",
                         "前进街道2023年度法治政府建设情况报告\n全年调解纠纷3件。\n");
        Browser law(*workplace, kHome, "law_office");
        for (Asker& each : askers) {
            if (each.name != "law_office") continue;
            each.cookie = law.cookie;
            each.csrf = law.csrf;
            each.password = law.password;
        }
        const Value report = law.json(law.get("/api/offices/qianjin/reports/annual/2023"));
        figure = report.at("figures").as_list().front().text_at("key");
    }

    storage::testing::Scratch scratch_;
    calendar::testing::FixedClock clock_;
};

// ---- asking

void fill(std::string& text, const std::string& from, const std::string& to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from))
        text.replace(at, from.size(), to);
}

struct Question {
    const Rule& rule;
    std::string office;
    std::string ledger;
};

Request request_of(const Offices& offices, const Question& question, const Asker* asker,
                   const std::string& token) {
    Request out;
    const Rule& rule = question.rule;
    out.method = rule.method;
    out.path = rule.path;
    std::map<std::string, std::string> parts = {{"{digest}", offices.digest.at(question.ledger)},
                                                {"{field}", "mediator"},
                                                {"{file}", "file.docx"},
                                                {"{form}", "mediation_registration"},
                                                {"{id}", offices.entry.at(question.ledger)},
                                                {"{key}", offices.figure},
                                                {"{ledger}", question.ledger},
                                                {"{measure}", "mass_incidents"},
                                                {"{office}", question.office},
                                                {"{part}", "1"},
                                                {"{person}", "nobody"},
                                                {"{report}", "annual"},
                                                {"{session}", std::string(64, '0')},
                                                {"{setting}", "addressee"},
                                                {"{upload}", std::string(32, '0')},
                                                {"{version}", "1"},
                                                {"{year}", "2023"}};
    for (const auto& [part, value] : rule.parts)
        parts[part] = value == "VOIDED"   ? offices.voided.at(question.ledger)
                      : value == "REVIEW" ? offices.review
                                          : value;
    std::string query = rule.query;
    for (const auto& [part, value] : parts) {
        fill(out.path, part, value);
        fill(query, part, value);
    }
    for (std::size_t from = 0; from < query.size();) {
        const std::size_t to = std::min(query.find('&', from), query.size());
        const std::size_t equals = query.find('=', from);
        out.query.emplace(query.substr(from, equals - from),
                          query.substr(equals + 1, to - equals - 1));
        from = to + 1;
    }
    out.body = rule.body;
    out.headers["content-type"] = "application/json";
    out.address = "127.0.0.1";
    if (asker == nullptr) return out;
    fill(out.body, "PASSWORD", asker->password);
    if (!token.empty()) {
        out.headers["authorization"] = "Bearer " + token;
    } else {
        out.headers["cookie"] = asker->cookie;
        out.headers["x-csrf-token"] = asker->csrf;
    }
    return out;
}

Response ask(Offices& offices, const Request& request) {
    static const WebFiles kNoFiles;
    Door door(*offices.workplace, kNoFiles);  // with a limiter of its own
    const Response out = door.answer(request, "matrix");
    const std::string fault = testing::fault_of(request.method, request.path, out);
    CHECK_MESSAGE(fault.empty(), fault);
    return out;
}

bool is_let_in(const Response& response) {
    if (response.status == 401 || response.status == 403) return false;
    return response.status != 404 ||
           response.body.find("\"code\":\"http.not_there\"") == std::string::npos;
}

bool concerns_ledger(const Rule& rule) {
    return rule.path.find("{ledger}") != std::string_view::npos;
}
bool concerns_office(const Rule& rule) {
    return rule.path.find("{office}") != std::string_view::npos ||
           rule.query.find("{office}") != std::string::npos;
}

// One rule about one ledger, which most routes do not name.
struct Asked {
    const Rule& rule;
    std::string ledger;
};
std::vector<Asked> all_asked() {
    std::vector<Asked> out;
    for (const Rule& rule : route_rules()) {
        out.push_back({rule, "dispute"});
        if (concerns_ledger(rule) && !rule.disputes_only) out.push_back({rule, "mass_incident"});
    }
    return out;
}

struct Counts {
    std::size_t asked = 0;
    std::size_t let_in = 0;
};

void check_nobody(Offices& offices, const Asked& asked) {
    CAPTURE(asked.rule.method);
    CAPTURE(asked.rule.path);
    const Response answer =
        ask(offices, request_of(offices, {asked.rule, kHome, asked.ledger}, nullptr, {}));
    if (asked.rule.needs == Needs::Nothing) {
        CHECK(is_let_in(answer));
    } else {
        CHECK(answer.status == 401);
    }
}

void check_here(Offices& offices, const Asked& asked, const Asker& asker, const Way& way,
                const std::string& token, Counts& counts) {
    const auto reading = offices.workplace->database.reading();
    const auto office = action::open_office(*offices.workplace, *reading, kHome);
    const bool expected =
        Expectation(*office->definitions, asker, way).lets_in(asked.rule, asked.ledger);
    const Response answer =
        ask(offices, request_of(offices, {asked.rule, kHome, asked.ledger}, &asker, token));
    CHECK_MESSAGE(is_let_in(answer) == expected,
                  fmt::format("{}, {}: {} {} {} {}: expected {}, is {} {}", asker.name, way.name,
                              asked.rule.method, asked.rule.path, asked.rule.what, asked.ledger,
                              expected, answer.status, answer.body.substr(0, 200)));
    ++counts.asked;
    counts.let_in += expected ? 1 : 0;
}

// Of an office beside one's own there is nothing; a token is told before that it may not at all.
void check_elsewhere(Offices& offices, const Asked& asked, const Asker& asker,
                     const std::string& token) {
    CAPTURE(asker.name);
    CAPTURE(asked.rule.method);
    CAPTURE(asked.rule.path);
    const Response answer =
        ask(offices, request_of(offices, {asked.rule, "houjie", asked.ledger}, &asker, token));
    CHECK((answer.status == 404 || (!token.empty() && answer.status == 403)));
    CHECK_FALSE(is_let_in(answer));
}

}  // namespace

TEST_CASE("every route has a rule in the matrix, and every rule a route") {
    std::set<std::string> ruled, routed;
    for (const Rule& rule : route_rules())
        ruled.insert(fmt::format("{} {}", rule.method, rule.path));
    for (const Route& route : routes())
        routed.insert(fmt::format("{} {}", route.method, route.path));
    CHECK(ruled == routed);
}

TEST_CASE("each route lets in whom the posts' definitions let in, and nobody else") {
    const storage::testing::Scratch scratch;
    const auto database = storage::testing::opened(scratch.file("matrix.db"));
    Offices offices(*database);
    Counts counts;
    for (const Asked& asked : all_asked()) check_nobody(offices, asked);
    for (const Asker& asker : offices.askers) {
        for (const Way& way : ways()) {
            // A jurisdiction above keeps no ledgers of its own that a token could be narrowed to.
            if (!way.ledgers.empty() && asker.home != kHome) continue;
            const std::string token = way.by_token ? offices.token_of(asker, way) : std::string();
            for (const Asked& asked : all_asked()) {
                check_here(offices, asked, asker, way, token, counts);
                if (concerns_office(asked.rule) && asker.home == kHome)
                    check_elsewhere(offices, asked, asker, token);
            }
        }
    }
    MESSAGE(counts.asked << " requests to one's own office, " << counts.let_in << " let in");
    CHECK(counts.let_in > 1'000);
}

}  // namespace fazhi::http
