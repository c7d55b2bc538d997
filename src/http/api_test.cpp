#include <algorithm>
#include <set>

#include <doctest/doctest.h>

#include "action/testing/small_office.h"
#include "base/digest.h"
#include "http/routes.h"
#include "http/testing/browser.h"
#include "storage/testing/databases.h"

namespace fazhi::http {

using action::testing::SmallOffice;
using storage::testing::for_each_database;
using testing::Browser;

namespace {

constexpr const char* kOffice = "/api/offices/qianjin";

std::string at(const std::string& rest) {
    return kOffice + rest;
}

Value visit_on(const std::string& day, const std::string& place) {
    return Value::Map{
        {"fields",
         Value(Value::Map{{"occurred_on", day}, {"phone", "13800138001"}, {"place", place}})}};
}

// The ids of the items in order.
std::vector<std::int64_t> ids_of(const Value& page) {
    std::vector<std::int64_t> out;
    for (const Value& item : page.at("items").as_list()) out.push_back(item.integer_at("id"));
    return out;
}

}  // namespace

TEST_CASE("nobody is told anything before signing in") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        Browser nobody(*office.workplace);
        for (const Route& route : routes()) {
            if (route.open == Open::ToAll) continue;
            std::string path(route.path);
            for (const char* part : {"{office}", "{ledger}", "{id}"}) {
                const std::size_t place = path.find(part);
                if (place == std::string::npos) continue;
                path.replace(place, std::string(part).size(),
                             std::string(part) == "{office}"   ? "qianjin"
                             : std::string(part) == "{ledger}" ? "visit"
                                                               : "1");
            }
            CAPTURE(path);
            const Response response =
                nobody.send(std::string(route.method), path, std::string("{}"));
            CHECK(response.status == 401);
            CHECK(response.header("Content-Security-Policy").starts_with("default-src 'none'"));
            CHECK(response.header("Cache-Control") == "no-store");
        }
        CHECK(nobody.get("/healthz").status == 200);
        CHECK(nobody.get("/api/nothing").status == 404);
        CHECK(nobody.send("POST", "/healthz").status == 405);
    });
}

TEST_CASE("a first password is changed before anything else; a change needs the session's mark") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        Browser clerk(*office.workplace, "qianjin", "p3");
        CHECK(clerk.get(at("/ledgers")).status == 200);
        const std::string csrf = clerk.csrf;
        clerk.csrf = "x";
        CHECK(clerk
                  .json(clerk.send("POST", at("/ledgers/visit/entries"),
                                   visit_on("2024-05-06", "公园")),
                        403)
                  .text_at("code") == "http.no_csrf");
        clerk.csrf = csrf;
        CHECK(clerk.send("POST", at("/ledgers/visit/entries"), visit_on("2024-05-06", "公园"))
                  .status == 201);
        // What the office asks of a password is told before one is chosen.
        const Value rules = clerk.json(clerk.get("/api/session")).at("password_rules");
        CHECK(rules.integer_at("min_length") == 10);
        CHECK(rules.integer_at("max_length") == 200);
        CHECK(rules.text_at("max_age").empty());
        // A password that was set by somebody else opens nothing.
        Browser other(*office.workplace, "qianjin", "p3");
        CHECK(clerk.get(at("/ledgers")).status == 401);
    });
}

TEST_CASE("an entry is recorded, read, completed, corrected and voided, each change seen once") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        Browser clerk(*office.workplace, "qianjin", "p3");
        const std::string entries = at("/ledgers/visit/entries");
        const Browser::Headers key = {{"idempotency-key", "k1"}};
        const Value made =
            clerk.json(clerk.send("POST", entries, visit_on("2024-05-06", "公园"), key), 201);
        const std::string path = entries + "/" + std::to_string(made.integer_at("id"));
        // The same request again is answered, not done again; another one under its key is not.
        CHECK(clerk.json(clerk.send("POST", entries, visit_on("2024-05-06", "公园"), key), 201) ==
              made);
        CHECK(clerk.json(clerk.send("POST", entries, visit_on("2024-05-06", "广场"), key), 422)
                  .text_at("code") == "http.key_reused");
        CHECK(office.lines_of("SELECT count(*) FROM ledger_visit WHERE place = '公园'")[0] == "1");

        const Response read = clerk.get(path);
        const Value entry = clerk.json(read);
        CHECK(entry.at("fields").text_at("place") == "公园");
        CHECK_FALSE(entry.at("fields").has("phone"));
        CHECK(entry.at("private") == Value(Value::List{Value("phone")}));
        CHECK(read.body.find("13800138001") == std::string::npos);
        CHECK(read.header("ETag") == "\"1\"");
        CHECK(entry.at("timeline").as_list().size() == 1);

        const Browser::Headers first = {{"if-match", "\"1\""}};
        const Value people = Value::Map{{"fields", Value(Value::Map{{"people", "12"}})}};
        CHECK(clerk.json(clerk.send("PATCH", path, people, first)).integer_at("revision") == 2);
        const Value place =
            Value::Map{{"fields", Value(Value::Map{{"place", "广场"}})}, {"note", "地点记错了"}};
        CHECK(clerk.json(clerk.send("PATCH", path, place, first), 409).text_at("code") ==
              "http.changed_meanwhile");
        CHECK(clerk.json(clerk.send("PATCH", path, place, {{"if-match", "\"2\""}}))
                  .integer_at("revision") == 3);
        CHECK(clerk.json(clerk.get(path)).at("shown").text_at("place") == "广场");
        CHECK(clerk.json(clerk.send("POST", path + "/void", Value(Value::Map{{"note", "重复"}})))
                  .integer_at("revision") == 4);
        CHECK(clerk.json(clerk.get(path)).at("voided") == Value(true));

        // What is wrong is said at once, each at its field.
        const Value wrong =
            clerk.json(clerk.send("POST", entries, visit_on("2024-02-30", "")), 400);
        CHECK(wrong.text_at("where") == "occurred_on");
        CHECK(wrong.at("also").is_list());
        CHECK(clerk.json(clerk.send("POST", entries, std::string("{\"fields\": 1.5}")), 400)
                  .text_at("code") == "http.bad_body");
        // A trial leaves nothing behind.
        const auto before = office.lines_of("SELECT count(*) FROM journal");
        CHECK(clerk.send("POST", entries + "?check=1", visit_on("2024-05-06", "试")).status == 200);
        CHECK(office.lines_of("SELECT count(*) FROM journal") == before);
    });
}

TEST_CASE("a list shows what somebody may see, filtered, page by page") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        for (int day = 1; day <= 7; ++day)
            REQUIRE(office.create("p3", "visit",
                                  Value::Map{{"occurred_on", "2024-04-0" + std::to_string(day)},
                                             {"place", day % 2 == 0 ? "双号" : "单号"},
                                             {"kind", day < 4 ? "home" : "phone"}}));
        REQUIRE(office.create("p4", "visit",
                              Value::Map{{"occurred_on", "2024-04-09"}, {"place", "别处"}}));
        Browser clerk(*office.workplace, "qianjin", "p3");
        Browser law(*office.workplace, "qianjin", "p2");
        const std::string list = at("/ledgers/visit/entries?from=2024-04-01&to=2024-04-30");
        CHECK(clerk.json(clerk.get(list)).integer_at("total") == 7);
        CHECK(law.json(law.get(list)).integer_at("total") == 8);
        CHECK(law.json(law.get(list + "&count=no")).at("total").is_null());
        CHECK(law.json(law.get(list + "&unit=yifeng")).integer_at("total") == 1);
        CHECK(clerk.json(clerk.get(list + "&unit=yifeng")).integer_at("total") == 0);
        CHECK(clerk.json(clerk.get(list + "&f.kind=home")).integer_at("total") == 3);
        CHECK(clerk.json(clerk.get(list + "&words=双")).integer_at("total") == 3);
        CHECK(clerk.json(clerk.get(list + "&words=%")).integer_at("total") == 0);
        CHECK(clerk.json(clerk.get(list + "&f.phone=1"), 400).text_at("where") == "f.phone");
        CHECK(clerk.json(clerk.get(list + "&state=none"), 400).text_at("where") == "state");
        CHECK(clerk.json(clerk.get(list + "&limit=0"), 400).text_at("where") == "limit");
        // Pages follow each other without a gap or an overlap, in both orders.
        for (const char* order : {"new", "old"}) {
            std::vector<std::int64_t> all;
            std::string cursor;
            do {
                const Value page = clerk.json(clerk.get(
                    list + "&limit=3&sort=" + order + (cursor.empty() ? "" : "&cursor=" + cursor)));
                for (const std::int64_t id : ids_of(page)) all.push_back(id);
                cursor = page.text_at("next");
            } while (!cursor.empty());
            CHECK(all.size() == 7);
            CHECK(std::set<std::int64_t>(all.begin(), all.end()).size() == 7);
            CHECK(std::is_sorted(all.begin(), all.end()) == (std::string(order) == "old"));
        }
    });
}

TEST_CASE("what is closed is not there for whom it is closed to") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        Browser clerk(*office.workplace, "qianjin", "p3");
        Browser leader(*office.workplace, "qianjin", "p1");
        const std::string secret = office.lines_of("SELECT id FROM ledger_secret")[0];
        CHECK(clerk.get(at("/ledgers/secret/entries/" + secret)).status == 404);
        CHECK(leader.get(at("/ledgers/secret/entries/" + secret)).status == 200);
        CHECK(clerk.get(at("/ledgers/secret/entries")).body.find("不给大家看的事") ==
              std::string::npos);
        CHECK(clerk.get("/api/offices/nowhere").status == 404);
        CHECK(clerk.get(at("/ledgers/nothing")).status == 404);
        CHECK(clerk.get(at("/ledgers/visit/entries/999999")).status == 404);
        CHECK(clerk.get(at("/ledgers/visit/entries/1'--")).status == 404);
        CHECK(clerk.get(at("/accounts")).status == 403);
    });
}

TEST_CASE("private fields are shown to whoever works on the entry, with a reason, and logged") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        Browser clerk(*office.workplace, "qianjin", "p3");
        Browser leader(*office.workplace, "qianjin", "p1");
        const Value made = clerk.json(
            clerk.send("POST", at("/ledgers/visit/entries"), visit_on("2024-05-06", "公园")), 201);
        const std::string path =
            at("/ledgers/visit/entries/") + std::to_string(made.integer_at("id")) + "/private";
        const Value why = Value::Map{{"reason", "回访"}};
        CHECK(clerk.json(clerk.send("POST", path, why)).at("shown").text_at("phone") ==
              "13800138001");
        CHECK(clerk.send("POST", path, Value(Value::Map{{"reason", ""}})).status == 400);
        CHECK(leader.send("POST", path, why).status == 403);
        CHECK(office.lines_of("SELECT what, reason FROM access_log WHERE what = 'reveal'") ==
              std::vector<std::string>{"reveal|回访"});
    });
}

TEST_CASE("steps are taken one by one and in bulk; what is missing is asked apart") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        Browser clerk(*office.workplace, "qianjin", "p3");
        std::vector<std::int64_t> made;
        for (int i = 0; i < 3; ++i) {
            const auto id = office.create(
                "p3", "matter", Value::Map{{"occurred_on", "2024-05-06"}, {"title", "修路灯"}});
            REQUIRE(id);
            made.push_back(id->value);
        }
        const std::string path = at("/ledgers/matter/entries/") + std::to_string(made[0]);
        const Value steps = clerk.json(clerk.get(path + "/missing"));
        REQUIRE(steps.at("items").as_list().size() == 1);
        CHECK(steps.at("items").as_list()[0].text_at("id") == "finish");
        CHECK(clerk
                  .json(clerk.send("POST", path + "/moves",
                                   Value(Value::Map{{"transition", "finish"}})))
                  .text_at("state") == "done");
        const Value bulk = clerk.json(
            clerk.send("POST", at("/ledgers/matter/moves"),
                       Value(Value::Map{{"entries", Value(Value::List{made[0], made[1], made[2]})},
                                        {"transition", "finish"}})));
        std::vector<bool> done;
        for (const Value& item : bulk.at("items").as_list())
            done.push_back(item.at("done").as_bool());
        CHECK(done == std::vector<bool>{false, true, true});
    });
}

TEST_CASE("every question of the program is answered to whoever holds the office") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        Browser law(*office.workplace, "qianjin", "p2");
        for (const char* path : {"",
                                 "/workbench",
                                 "/ledgers",
                                 "/ledgers/visit",
                                 "/clocks",
                                 "/tasks",
                                 "/duties",
                                 "/notices",
                                 "/measures",
                                 "/measures/visits?by=month",
                                 "/measures/visits?by=unit",
                                 "/measures/visits/entries?from=2023-01-01&to=2023-12-31",
                                 "/reports",
                                 "/reports/annual/2023",
                                 "/settings",
                                 "/calendars",
                                 "/search?words=文化",
                                 "/ledgers/visit/export",
                                 "/ledgers/visit/export?format=csv",
                                 "/ledgers/visit/template",
                                 "/reports/annual/2023/file.docx",
                                 "/reports/annual/2023/file.pdf",
                                 "/reports/annual/2023/file.html"}) {
            CAPTURE(path);
            const Response response = law.get(at(path));
            CHECK_MESSAGE(response.status == 200, response.body);
        }
        for (const char* path :
             {"/api/session", "/api/session/list", "/api/tokens", "/api/drafts", "/api/views",
              "/api/laws", "/api/deadline?from=2024-05-06&within=5 workdays"}) {
            CAPTURE(path);
            CHECK_MESSAGE(law.get(path).status == 200, law.get(path).body);
        }
        const Value ranked = law.json(
            law.get(at("/measures/visits?by=unit&ranked=true&from=2023-01-01&to=2023-12-31")));
        REQUIRE_FALSE(ranked.at("groups").as_list().empty());
        CHECK(ranked.at("groups").as_list()[0].integer_at("place") == 1);
        const Response unranked = law.get(at("/measures/matters?by=unit&ranked=true"));
        CHECK(unranked.status == 400);
        CHECK(unranked.body.find("measure.not_ranked") != std::string::npos);
        const Value reports = law.json(law.get(at("/reports")));
        const Value& annual = reports.at("items").as_list().at(0);
        CHECK(annual.text_at("title") == "湖滨区人民政府前进街道办事处年度报告");
        const Value report = law.json(law.get(at("/reports/annual/2023")));
        REQUIRE_FALSE(report.at("figures").as_list().empty());
        const std::string key = report.at("figures").as_list()[0].text_at("key");
        const Value behind = law.json(law.get(at("/reports/annual/2023/figures/" + key)));
        CHECK(behind.integer_at("total") == report.at("figures").as_list()[0].integer_at("count"));
    });
}

TEST_CASE("who keeps the accounts arranges stand-ins and reads the access log") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        Browser clerk(*office.workplace, "qianjin", "p3");
        CHECK(clerk.get(at("/access-log")).status == 403);
        const Value stand_in = Value::Map{{"for_person", "p4"},
                                          {"from_on", "2024-05-06"},
                                          {"person", "p3"},
                                          {"until_on", "2024-05-10"}};
        CHECK(clerk.send("POST", at("/stand-ins"), stand_in).status == 403);
        CHECK(clerk.json(clerk.get(at("/stand-ins"))).at("items").as_list().empty());
        CHECK(clerk
                  .send("POST", at("/hand-over"),
                        Value(Value::Map{{"from", "p4"}, {"note", "调走"}, {"to", "p3"}}))
                  .status == 403);
    });
}

TEST_CASE("signing in is asked for as JSON, and a clerk gets no page with everybody's rows") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        Browser clerk(*office.workplace, "qianjin", "p3");
        Browser law(*office.workplace, "qianjin", "p2");
        CHECK(
            clerk.send("POST", "/api/session", std::string("{}"), {{"content-type", "text/plain"}})
                .status == 400);
        CHECK(clerk.json(clerk.get(at("/reports/annual/2023/file.html")), 403).text_at("code") ==
              "http.whole_view_only");
        CHECK(clerk.get(at("/reports/annual/2023/file.pdf")).status == 200);
        CHECK(law.get(at("/reports/annual/2023/file.html")).status == 200);
        // Two people, each signed in: who only clears cannot sign.
        CHECK(clerk.send("POST", at("/reports/annual/2023/clearing")).status == 403);
        CHECK(law.send("POST", at("/reports/annual/2023/signing")).status == 403);
    });
}

TEST_CASE("a large file is sent in parts and attached once") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        Browser clerk(*office.workplace, "qianjin", "p3");
        Browser other(*office.workplace, "qianjin", "p4");
        const Value made = clerk.json(
            clerk.send("POST", at("/ledgers/visit/entries"), visit_on("2024-05-06", "公园")), 201);
        const std::string evidence =
            at("/ledgers/visit/entries/") + std::to_string(made.integer_at("id")) + "/evidence";
        const std::string bytes = std::string(25'000'000, 'a') + "\n";
        const Value begun = clerk.json(
            clerk.send("POST", at("/uploads"),
                       Value(Value::Map{{"digest", digest_of(HashAlgorithm::Sha256, bytes).hex()},
                                        {"name", "录像说明.txt"},
                                        {"size", static_cast<std::int64_t>(bytes.size())}})),
            201);
        CHECK(begun.integer_at("parts_wanted") == 2);
        const auto part = static_cast<std::size_t>(begun.integer_at("part_bytes"));
        const std::string path = at("/uploads/") + begun.text_at("id");
        const std::string attach = evidence + "?kind=photo&upload=" + begun.text_at("id");
        CHECK(other.get(path).status == 404);
        CHECK(clerk.json(clerk.send("PUT", path + "/parts/2", bytes.substr(part))).at("complete") ==
              Value(false));
        CHECK(clerk.json(clerk.send("POST", attach), 422).text_at("code") ==
              "action.upload_incomplete");
        CHECK(clerk.json(clerk.send("PUT", path + "/parts/1", bytes.substr(0, part)))
                  .at("complete") == Value(true));
        const Browser::Headers key = {{"idempotency-key", "u1"}};
        const Value attached = clerk.json(clerk.send("POST", attach, std::string(), key), 201);
        CHECK(attached.integer_at("size") == static_cast<std::int64_t>(bytes.size()));
        CHECK(attached.text_at("name") == "录像说明.txt");
        // Taken: gone, but the same request is answered as before.
        CHECK(clerk.get(path).status == 404);
        CHECK(clerk.json(clerk.send("POST", attach, std::string(), key), 201) == attached);
        CHECK(clerk.json(clerk.send("POST", attach), 404).text_at("code") ==
              "action.no_such_upload");
        CHECK(clerk.get(evidence + "/" + attached.text_at("digest")).body == bytes);
    });
}

TEST_CASE("drafts and views lie on one's own desk, sealed") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        Browser clerk(*office.workplace, "qianjin", "p3");
        Browser other(*office.workplace, "qianjin", "p4");
        const Value draft = Value::Map{{"body", Value(Value::Map{{"phone", "13900139000"}})},
                                       {"ledger", "visit"},
                                       {"title", "走访"}};
        CHECK(clerk.send("PUT", "/api/drafts/d1", draft).status == 200);
        const Value kept = clerk.json(clerk.get("/api/drafts"));
        REQUIRE(kept.at("items").as_list().size() == 1);
        CHECK(kept.at("items").as_list()[0].at("body").text_at("phone") == "13900139000");
        CHECK(other.json(other.get("/api/drafts")).at("items").as_list().empty());
        CHECK(clerk.send("DELETE", "/api/drafts/d1").status == 204);
        CHECK(clerk.json(clerk.get("/api/drafts")).at("items").as_list().empty());
        const Value view =
            Value::Map{{"ledger", "visit"}, {"query", "state=open"}, {"title", "待办"}};
        CHECK(clerk.json(clerk.send("POST", "/api/views", view), 201).integer_at("id") == 1);
        CHECK(clerk.send("DELETE", "/api/views/1").status == 204);
    });
}

}  // namespace fazhi::http
