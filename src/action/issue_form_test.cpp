#include "action/issue_form.h"

#include <doctest/doctest.h>

#include "action/testing/small_office.h"
#include "storage/testing/databases.h"
#include "storage/transaction.h"

namespace fazhi::action {

using storage::testing::for_each_database;
using testing::codes_of;
using testing::SmallOffice;

namespace {

using Lines = std::vector<std::string>;

constexpr std::string_view kForm = R"(document: visit_note
title: 走访通知书
ledger: visit
number: "{jurisdiction.short}访〔{year}〕{serial}号"
needs: {place: null, phone: {basis: {note: 电话应当写明, law: 走访办法}}}
body:
  - {heading: 地点, text: "在{place}[，共{people}人]。"}
  - {text: "电话{phone}。"}
  - {text: 入户时请在家。, when: {kind: home}}
sign: [{title: 走访人（签名）}, {title: 单位（印章）, seal: unit}]
copies: 一式两份
)";

EntryId visit(SmallOffice& office, Value::Map fields) {
    const auto out = office.create("p3", "visit", std::move(fields));
    REQUIRE(out);
    return *out;
}

Result<IssuedForm> issued(SmallOffice& office, EntryId id, const std::string& who = "p3") {
    IssuedForm out;
    TRY_OK(office.run(
        who, [&](storage::Transaction& transaction, ledger::Context& context) -> Result<void> {
            TRY(out, issue_form({*office.workplace, transaction, context}, "visit_note", id));
            return {};
        }));
    return out;
}

Lines text_of(const document::Document& document) {
    Lines out;
    for (const document::Block& block : document.blocks) {
        if (const auto* heading = std::get_if<document::Heading>(&block))
            out.push_back("# " + heading->runs.front().text);
        if (const auto* paragraph = std::get_if<document::Paragraph>(&block))
            out.push_back(paragraph->runs.front().text);
    }
    return out;
}

}  // namespace

TEST_CASE(
    "a form is filled from the entry, numbered by kind and year, and kept with what it is about") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database, kForm);
        const EntryId id = visit(office, {{"occurred_on", "2024-05-06"},
                                          {"place", "文化广场"},
                                          {"kind", "home"},
                                          {"phone", "13800000000"}});
        const auto first = issued(office, id);
        REQUIRE(first);
        CHECK(first->number == "前进访〔2024〕1号");
        CHECK(text_of(first->document) == Lines{"# 地点", "在文化广场。", "电话13800000000。",
                                                "入户时请在家。", "走访人（签名）：",
                                                "单位（印章）：华创社区", "（一式两份）"});
        CHECK(first->pdf.starts_with("%PDF"));
        CHECK(first->docx.starts_with("PK"));
        CHECK(issued(office, id)->number == "前进访〔2024〕2号");
        CHECK(office.lines_of("SELECT kind FROM evidence_use WHERE ledger = 'issued_document' "
                              "ORDER BY entry_id, kind") == Lines{"docx", "pdf", "docx", "pdf"});
        CHECK(office.lines_of("SELECT from_ledger, relation FROM link WHERE to_ledger = "
                              "'issued_document'") == Lines{"visit|opened", "visit|opened"});
        office.clock.set(calendar::date_from("2025-01-02").value());
        CHECK(issued(office, id)->number == "前进访〔2025〕1号");
    });
}

TEST_CASE("a form is not made while what it must state is empty, nor by somebody of another unit") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database, kForm);
        const EntryId id = visit(office, {{"occurred_on", "2024-05-06"}, {"place", "广场"}});
        const auto refused = issued(office, id);
        REQUIRE_FALSE(refused);
        CHECK(codes_of(refused.error()) == Lines{"action.form_needs|phone"});
        CHECK(refused.error().basis.front().law == "走访办法");
        CHECK(codes_of(issued(office, id, "p4").error()) == Lines{"access.forbidden|"});
        CHECK(office.lines_of("SELECT count(*) FROM ledger_issued_document") == Lines{"0"});
        const auto connection = database.reading();
        const auto in = open_office(*office.workplace, *connection, office.id);
        const auto actor = actor_in(*connection, *in, "p3");
        CHECK(preview_form(*office.workplace, *connection,
                           context_of(*in, *actor, office.clock.now()), "没有的文书", id)
                  .error()
                  .code == "action.no_such_form");
    });
}

}  // namespace fazhi::action
