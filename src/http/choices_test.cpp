#include <doctest/doctest.h>

#include "action/testing/small_office.h"
#include "http/testing/browser.h"
#include "storage/testing/databases.h"
#include "storage/transaction.h"

namespace fazhi::http {

using action::testing::SmallOffice;
using storage::testing::for_each_database;
using testing::Browser;

namespace {

// Who mediates may open the cases alone: not the register that a case's mediator is chosen from.
constexpr std::string_view kMediation = R"(roles:
  mediator: {title: 调解员, may: [{do: [view, record, move], ledgers: [talk], scope: unit}]}
  closer: {title: 销号员, may: [{do: [view, move], ledgers: [talk], scope: unit}]}
  reader: {title: 查阅员, may: [{do: [view], ledgers: [talk], scope: jurisdiction}]}
---
ledger: helper
title: 调解员名册
register: true
fields:
  name: {title: 姓名, type: text, public: true, required: true}
  level: {title: 级别, type: choice, options: {town: 街道, block: 社区}}
  phone: {title: 电话, type: phone, private: true}
  valid_from: {title: 聘任日期, type: date, required: true}
  valid_until: {title: 届满日期, type: date, future: true}
dated_by: valid_from
entry_title: "{name}"
---
ledger: closed_list
title: 保密名册
register: true
visible_to: [leader]
fields:
  name: {title: 姓名, type: text, public: true, required: true}
  valid_from: {title: 日期, type: date, required: true}
  valid_until: {title: 届满日期, type: date, future: true}
dated_by: valid_from
---
ledger: talk
title: 调解
fields:
  occurred_on: {title: 日期, type: date, required: true}
  summary: {title: 事由, type: text, public: true}
  helper:
    title: 调解员
    type: entry
    from: {ledger: helper, valid_on: occurred_on}
    required_in: [done]
  town: {title: 街道调解员, type: entry, from: {ledger: helper, where: {level: town}}}
  others: {title: 参加人, type: list, of: {who: {title: 谁, type: entry, from: {ledger: helper}}}}
  closed: {title: 保密的, type: entry, from: {ledger: closed_list}}
  matter: {title: 原事项, type: entry, from: {ledger: [matter, helper]}}
states: {open: {title: 待办}, done: {title: 办结, final: true}}
transitions:
  finish: {title: 办结, from: open, to: done, by: [mediator, closer]}
)";

const std::string kFields = "/api/offices/qianjin/ledgers/talk/fields/";

// An office whose p5 mediates, p6 closes, p7 reads; 华创 knows four helpers, one of whom has ended.
struct Mediation {
    explicit Mediation(storage::Database& database) : office(database, kMediation) {
        for (const auto& [code, post] :
             {std::pair("p5", "mediator"), std::pair("p6", "closer"), std::pair("p7", "reader")}) {
            access::NewPerson person;
            person.values.code = code;
            person.values.name = std::string("人员") + code;
            person.unit_code = "huachuang";
            person.posts = {post};
            const auto added =
                office.run("p2", [&](storage::Transaction& transaction, ledger::Context& context) {
                    const access::Change change{office.id, context.actor, context.accepted_at};
                    const auto made = office.workplace->organisation.add_person(
                        transaction, change, context.definitions, person);
                    return made ? Result<void>() : refuse(made.error());
                });
            REQUIRE(added);
        }
        helper("王芳", "town", "2024-01-01");
        helper("李强", "block", "2024-02-01");
        helper("赵敏", "block", "2024-03-01");
        helper("钱旧", "town", "2023-01-01", "2023-12-31");
        REQUIRE(office
                    .create("p1", "closed_list",
                            Value::Map{{"name", "密某"}, {"valid_from", "2024-01-01"}})
                    .error()
                    .kind == ErrorKind::Forbidden);
        REQUIRE(office.create("p2", "closed_list",
                              Value::Map{{"name", "密某"}, {"valid_from", "2024-01-01"}}));
    }
    void helper(const std::string& name, const std::string& level, const std::string& from,
                const std::string& until = {}) {
        Value fields = Value::Map{
            {"level", level}, {"name", name}, {"phone", "13800138777"}, {"valid_from", from}};
        if (!until.empty()) fields.set("valid_until", until);
        REQUIRE(office.create("p2", "helper", std::move(fields)));
    }
    SmallOffice office;
};

std::vector<std::string> titles_of(const Value& page) {
    std::vector<std::string> out;
    for (const Value& item : page.at("items").as_list()) out.push_back(item.text_at("title"));
    return out;
}

using Titles = std::vector<std::string>;

}  // namespace

TEST_CASE("who records a case chooses from a register they may not open, by names alone") {
    for_each_database([](storage::Database& database) {
        Mediation all(database);
        Browser mediator(*all.office.workplace, "qianjin", "p5");
        CHECK(mediator.get("/api/offices/qianjin/ledgers/helper/entries").status == 404);
        const Response answered = mediator.get(kFields + "helper/choices?on=2024-05-06");
        const Value page = mediator.json(answered);
        CHECK(titles_of(page) == Titles{"赵敏", "李强", "王芳"});
        CHECK(page.text_at("next").empty());
        // Nothing but what names them.
        CHECK(answered.body.find("13800138777") == std::string::npos);
        for (const Value& item : page.at("items").as_list()) {
            CHECK(item.as_map().size() == 3);
            CHECK(item.text_at("ledger") == "helper");
            CHECK(item.integer_at("id") > 0);
        }
        // A column of a list, and what a condition leaves.
        CHECK(titles_of(mediator.json(mediator.get(kFields + "others.who/choices"))) ==
              Titles{"赵敏", "李强", "王芳"});
        CHECK(titles_of(mediator.json(mediator.get(kFields + "town/choices"))) == Titles{"王芳"});
        CHECK(titles_of(mediator.json(mediator.get(kFields + "helper/choices?words=李"))) ==
              Titles{"李强"});
        CHECK(titles_of(mediator.json(mediator.get(kFields + "helper/choices?words=13800"))) ==
              Titles{});
        // What is chosen is accepted.
        const std::int64_t chosen = page.at("items").as_list()[1].integer_at("id");
        const Value fields = Value::Map{{"helper", chosen}, {"occurred_on", "2024-05-06"}};
        CHECK(mediator
                  .send("POST", "/api/offices/qianjin/ledgers/talk/entries",
                        Value(Value::Map{{"fields", fields}}))
                  .status == 201);
        CHECK(titles_of(mediator.json(mediator.get(kFields + "helper/choices?words=#" +
                                                   std::to_string(chosen)))) == Titles{"李强"});
    });
}

TEST_CASE("choices are those in force on the day that the field asks for") {
    for_each_database([](storage::Database& database) {
        Mediation all(database);
        Browser mediator(*all.office.workplace, "qianjin", "p5");
        const auto on = [&](const std::string& day) {
            return titles_of(mediator.json(mediator.get(kFields + "helper/choices?on=" + day)));
        };
        CHECK(on("2023-06-01") == Titles{"钱旧"});
        CHECK(on("2024-01-31") == Titles{"王芳"});
        CHECK(on("2022-01-01") == Titles{});
        // Void entries are not in force on any day.
        const std::string id =
            all.office.lines_of("SELECT id FROM ledger_helper WHERE name = '王芳'")[0];
        Browser law(*all.office.workplace, "qianjin", "p2");
        CHECK(law.send("POST", "/api/offices/qianjin/ledgers/helper/entries/" + id + "/void",
                       Value(Value::Map{{"note", "登错了"}}))
                  .status == 200);
        CHECK(on("2024-01-31") == Titles{});
        CHECK(mediator.json(mediator.get(kFields + "helper/choices?on=2024-02-30"), 400)
                  .text_at("where") == "on");
    });
}

TEST_CASE("who may not fill the field in is not told what it could hold") {
    for_each_database([](storage::Database& database) {
        Mediation all(database);
        Browser closer(*all.office.workplace, "qianjin", "p6");
        // A step that p6 takes asks for `helper`, none for `town`.
        CHECK(closer.get(kFields + "helper/choices").status == 200);
        CHECK(closer.get(kFields + "town/choices").status == 403);
        Browser reader(*all.office.workplace, "qianjin", "p7");
        CHECK(reader.get("/api/offices/qianjin/ledgers/talk").status == 200);
        CHECK(reader.json(reader.get(kFields + "helper/choices"), 403).text_at("code") ==
              "access.forbidden");
        Browser mediator(*all.office.workplace, "qianjin", "p5");
        CHECK(mediator.get("/api/offices/qianjin/ledgers/visit/fields/place/choices").status ==
              404);
        CHECK(mediator.json(mediator.get(kFields + "summary/choices"), 404).text_at("code") ==
              "action.no_such_choice_field");
        CHECK(mediator.get(kFields + "nothing/choices").status == 404);
        CHECK(mediator.get(kFields + "others/choices").status == 404);
        Browser nobody(*all.office.workplace);
        CHECK(nobody.get(kFields + "helper/choices").status == 401);
    });
}

TEST_CASE("a closed register and others' cases are no choices for whom they are closed to") {
    for_each_database([](storage::Database& database) {
        Mediation all(database);
        REQUIRE(all.office.create(
            "p4", "matter", Value::Map{{"occurred_on", "2024-05-01"}, {"title", "怡丰的事"}}));
        Browser mediator(*all.office.workplace, "qianjin", "p5");
        Browser law(*all.office.workplace, "qianjin", "p2");
        CHECK(titles_of(mediator.json(mediator.get(kFields + "closed/choices"))) == Titles{});
        CHECK(titles_of(law.json(law.get(kFields + "closed/choices"))) == Titles{});
        const Titles of_mediator =
            titles_of(mediator.json(mediator.get(kFields + "matter/choices?words=事")));
        CHECK(of_mediator == Titles{});
        CHECK(titles_of(law.json(law.get(kFields + "matter/choices?words=怡丰"))) ==
              Titles{"怡丰的事"});
        // The number of what is closed does not lead to it either.
        const std::string id = all.office.lines_of("SELECT id FROM ledger_closed_list")[0];
        CHECK(titles_of(law.json(law.get(kFields + "closed/choices?words=#" + id))) == Titles{});
        // A token has no more than was named.
        const Value token = mediator.json(
            mediator.send("POST", "/api/tokens",
                          Value(Value::Map{{"abilities", Value(Value::List{"view", "record"})},
                                           {"expires_on", "2024-06-01"},
                                           {"ledgers", Value(Value::List{"talk"})},
                                           {"title", "登记程序"}})),
            201);
        Browser program(*all.office.workplace);
        const Browser::Headers bearer = {{"authorization", "Bearer " + token.text_at("token")}};
        CHECK(titles_of(program.json(
                            program.send("GET", kFields + "helper/choices", std::string(), bearer)))
                  .empty());
    });
}

TEST_CASE("choices follow each other page by page, over several ledgers, without gap or overlap") {
    for_each_database([](storage::Database& database) {
        Mediation all(database);
        for (int n = 1; n <= 7; ++n)
            REQUIRE(all.office.create("p3", "matter",
                                      Value::Map{{"occurred_on", "2024-04-0" + std::to_string(n)},
                                                 {"title", "事" + std::to_string(n)}}));
        Browser clerk(*all.office.workplace, "qianjin", "p3");
        Titles whole;
        std::string cursor;
        int pages = 0;
        do {
            const Value page = clerk.json(
                clerk.get(kFields + "matter/choices?limit=3&on=2024-05-06&cursor=" + cursor));
            for (const std::string& title : titles_of(page)) whole.push_back(title);
            cursor = page.text_at("next");
        } while (!cursor.empty() && ++pages < 10);
        CHECK(whole == Titles{"事7", "事6", "事5", "事4", "事3", "事2", "事1", "漏水", "赵敏",
                              "李强", "王芳"});
        CHECK(clerk.get(kFields + "matter/choices?limit=51").status == 400);
        CHECK(clerk.get(kFields + "matter/choices?cursor=nonsense").status == 400);
        CHECK(clerk.get(kFields + "matter/choices?cursor=visit_2024-04-01_3").status == 400);
    });
}

}  // namespace fazhi::http
