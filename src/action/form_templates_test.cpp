#include "action/form_templates.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "action/adopt_packs.h"
#include "action/errors.h"
#include "action/issue_form.h"
#include "action/load_office.h"
#include "action/testing/small_office.h"
#include "definition/loader.h"
#include "document/testing/form_file.h"
#include "storage/testing/databases.h"
#include "storage/transaction.h"

namespace fazhi::action {

using document::testing::form_file;
using document::testing::paragraph;
using document::testing::words_of;
using storage::testing::for_each_database;
using testing::OfficeFolders;
using testing::SmallOffice;

namespace {

using Lines = std::vector<std::string>;

constexpr std::string_view kMore = R"(ledger: gathering
title: 议事会
fields:
  occurred_on: {title: 日期, type: date, required: true}
  place: {title: 地点, type: text, public: true}
  outcome: {title: 结果, type: note}
  host: {title: 主持人, type: group, of: {name: {title: 姓名, type: text}}}
  people:
    title: 参加人
    type: list
    of: {name: {title: 姓名, type: text}, phone: {title: 电话, type: phone, private: true}}
  things: {title: 材料, type: list, of: {name: {title: 名称, type: text}}}
---
document: gathering_note
title: 议事纪要
ledger: gathering
number: "{unit.short}议〔{year}〕{serial}号"
needs: {place: {basis: {note: 应当写明, law: 议事办法}}, outcome: null}
template: forms/note.docx
)";

std::string row(const std::string& text) {
    return "<w:tr><w:tc>" + paragraph(text) + "</w:tc></w:tr>";
}

std::string note_file() {
    return form_file(paragraph("{number} {jurisdiction.name}{unit.name}") +
                     paragraph("{occurred_on}在{place}[，主持人{host.name}]，结果：{outcome}") +
                     "<w:tbl>" + row("参加人") + row("{people.name}[（{people.phone}）]") +
                     "</w:tbl>" + paragraph("材料：{things.name}") + paragraph("止"));
}

OfficeFolders::Files files(const std::string& docx) {
    return {{"forms/note.docx", docx}};
}

EntryId gathering(SmallOffice& office, Value::Map fields) {
    fields.insert_or_assign("occurred_on", "2024-05-06");
    const auto out = office.create("p3", "gathering", std::move(fields));
    REQUIRE(out);
    return *out;
}

Result<IssuedForm> issued(SmallOffice& office, EntryId id) {
    IssuedForm out;
    TRY_OK(office.run(
        "p3", [&](storage::Transaction& transaction, ledger::Context& context) -> Result<void> {
            TRY(out, issue_form({*office.workplace, transaction, context}, "gathering_note", id));
            return {};
        }));
    return out;
}

// The pack small with this file as the form's, as it stands in a folder.
std::vector<definition::Problem> faults_of(const std::string& docx) {
    const OfficeFolders folders(kMore, files(docx));
    const auto pack = definition::read_pack(folders.packs() / "small");
    REQUIRE(pack);
    const definition::Loaded loaded = definition::build_set({*pack});
    for (const auto& problem : loaded.problems) FAIL(definition::to_text(problem));
    const auto checked = check_templates(*loaded.set);
    auto out = template_faults(*loaded.set);
    CHECK(checked.has_value() == out.empty());
    if (!checked) CHECK(checked.error().code == errors::kFaultyTemplate);
    return out;
}

std::string fault_of(const std::string& text) {
    const auto all = faults_of(form_file(paragraph("{place}") + text));
    REQUIRE(all.size() == 1);
    CHECK(all.front().file.ends_with("packs/small/forms/note.docx"));
    return all.front().message;
}

}  // namespace

TEST_CASE("a form of the office's own file is filled, numbered and kept as DOCX only") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database, kMore, files(note_file()));
        const EntryId id = gathering(
            office, {{"place", "文化广场"},
                     {"outcome", "同意<修>\n下周开工"},
                     {"people", Value::List{Value::Map{{"name", "甲"}, {"phone", "13800000000"}},
                                            Value::Map{{"name", "乙"}}}}});
        const auto form = issued(office, id);
        REQUIRE_MESSAGE(form, form.error().message);
        CHECK(form->number == "华创议〔2024〕1号");
        CHECK(words_of(form->docx) ==
              "华创议〔2024〕1号 前进街道华创社区|2024年5月6日在文化广场，结果：同意<修>\n下周开工|"
              "参加人|甲（13800000000）|乙|止");
        CHECK(form->pdf.empty());
        CHECK(office.lines_of("SELECT kind FROM evidence_use WHERE ledger = 'issued_document'") ==
              Lines{"docx"});
        const EntryId other =
            gathering(office, {{"place", "广场"},
                               {"outcome", "无"},
                               {"host", Value::Map{{"name", "丙"}}},
                               {"things", Value::List{Value::Map{{"name", "清单"}}}}});
        CHECK(words_of(issued(office, other)->docx) ==
              "华创议〔2024〕2号 前进街道华创社区|2024年5月6日在广场，主持人丙，结果：无|"
              "参加人|材料：清单|止");
    });
}

TEST_CASE("what a form needs is demanded of an own file too") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database, kMore, files(note_file()));
        const auto refused = issued(office, gathering(office, {{"place", "广场"}}));
        REQUIRE_FALSE(refused);
        CHECK(testing::codes_of(refused.error()) == Lines{"action.form_needs|outcome"});
    });
}

TEST_CASE("a file whose marks do not fit is found when the pack is checked") {
    CHECK(faults_of(note_file()).empty());
    CHECK(fault_of(paragraph("{plaec}")) == "台账“议事会”没有“{plaec}”，是否要写“place”");
    CHECK(fault_of(paragraph("{people.nam}")) ==
          "台账“议事会”没有“{people.nam}”，是否要写“people.name”");
    CHECK(fault_of(paragraph("{serial}")).starts_with("台账“议事会”没有“{serial}”"));
    CHECK(fault_of(paragraph("{place|万}")).starts_with("台账“议事会”没有“{place|万}”"));
    CHECK(fault_of(paragraph("{occurred_on.x}")).starts_with("台账“议事会”没有"));
    CHECK(fault_of(paragraph("{people.name}{things.name}")).starts_with("同一行里有两个清单的项"));
    CHECK(fault_of(paragraph("{place")).starts_with("“{place”这一段里花括号没有配对"));
    CHECK(faults_of(form_file(paragraph("{outcome}"))).front().message ==
          "没有写“地点”（{place}），而《议事办法》要求载明");
    CHECK(faults_of("not a DOCX").front().message.starts_with("文件不是完好的 DOCX"));
}

TEST_CASE("a faulty file is neither installed nor adopted") {
    for_each_database([](storage::Database& database) {
        const OfficeFolders folders(kMore, files(form_file(paragraph("{place}{nobody}"))));
        REQUIRE(initialise(database, folders.data(), {}));
        const auto refused = install_packs(database, folders.packs(), {"small"});
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == errors::kFaultyTemplate);
        CHECK(storage::testing::lines_of(*database.reading(),
                                         "SELECT count(*) FROM installed_pack") == Lines{"0"});
    });
    for_each_database([](storage::Database& database) {
        SmallOffice office(database, kMore, files(note_file()));
        office.folders.write("packs/small/forms/note.docx",
                             form_file(paragraph("{place}{nobody}")));
        office.folders.replace("packs/small/pack.yaml", "1.0.0", "1.0.1");
        const auto pack = definition::read_pack(office.folders.packs() / "small");
        {
            // As a program of another version might have left it.
            const auto connection = database.writing();
            storage::Transaction transaction(*connection);
            REQUIRE(office.workplace->definitions.install(transaction, *pack));
            transaction.commit();
        }
        CHECK(adopt_packs(*office.workplace, office.id, access::system_actor(office.id))
                  .error()
                  .code == errors::kFaultyTemplate);
    });
}

}  // namespace fazhi::action
