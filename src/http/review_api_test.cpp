// Reviews through the web's door, with the national pack: an office, the one beside it, and the
// district above both.
#include <algorithm>
#include <fstream>
#include <iterator>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "action/load_office.h"
#include "calendar/testing/fixed_clock.h"
#include "http/testing/browser.h"
#include "storage/testing/databases.h"
#include "storage/testing/scratch.h"

namespace fazhi::http {
namespace {

using storage::testing::for_each_database;
using testing::Browser;

constexpr const char* kReviews = "/api/offices/qianjin/reviews";

std::string office_yaml(const std::string& code) {
    return fmt::format(
        "office: {0}\nreport_year: 2023\nparents:\n"
        "  - code: hubin\n    kind: district\n    name: 湖滨区\n    full_name: 湖滨区人民政府\n"
        "    short: 湖滨\n    units:\n      - {{code: justice, kind: bureau, name: 湖滨区司法局, "
        "short: 司法局}}\n    people:\n"
        "      - {{code: b1, name: 区员, unit: justice, posts: [bureau]}}\n"
        "jurisdiction: {{parent: hubin, kind: subdistrict, name: {0}街道, full_name: "
        "湖滨区人民政府{0}街道办事处, short: {0}, document_code: {0}办发}}\n"
        "packs: [national]\nlive_from: 2024-01-01\nunits:\n"
        "  - {{code: office, kind: section, name: 司法所, short: 司法所}}\n"
        "  - {{code: a, kind: community, name: 甲社区, short: 甲, lead_section: office}}\n"
        "people:\n"
        "  - {{code: law, name: 法治员, unit: office, posts: [law_office]}}\n"
        "  - {{code: boss, name: 主任, unit: office, posts: [leader]}}\n"
        "  - {{code: clerk, name: 经办员, unit: a, posts: [clerk]}}\n",
        code);
}

struct District {
    explicit District(storage::Database& database)
        : clock(calendar::make_date(2025, 2, 10).value()) {
        const auto folder = scratch.folder();
        REQUIRE(action::initialise(database, folder / "data", {}));
        const auto installed = action::install_packs(database, "packs", {"national"});
        REQUIRE_MESSAGE(installed, installed.error().message);
        auto opened = action::Workplace::open(database, folder / "data", clock);
        REQUIRE(opened);
        workplace = *std::move(opened);
        workplace->reviewing.read_with({FAZHI_EXTRACTION_CHILD, {}});
        for (const char* code : {"qianjin", "houjie"}) {
            std::filesystem::create_directories(folder / code);
            std::ofstream(folder / code / "office.yaml") << office_yaml(code);
            const auto source = action::read_office(folder / code);
            REQUIRE(source);
            const auto loaded =
                action::load_office(*workplace, *source, [](std::size_t, std::size_t) {});
            REQUIRE_MESSAGE(loaded, loaded.error().message);
        }
    }

    storage::testing::Scratch scratch;
    calendar::testing::FixedClock clock;
    std::unique_ptr<action::Workplace> workplace;
};

std::string bytes_of(const std::string& file) {
    std::ifstream in("tests/data/review/" + file, std::ios::binary);
    REQUIRE(in);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string hand_in(Browser& who, const std::string& file, const std::string& more = {}) {
    const Value made =
        who.json(who.send("POST", fmt::format("{}?name={}&origin=own{}", kReviews, file, more),
                          bytes_of(file)),
                 201);
    return fmt::format("{}/{}", kReviews, made.integer_at("id"));
}

Value verdict_on(const Value& finding, const std::string& verdict) {
    Value out = Value::Map{{"fingerprint", finding.text_at("fingerprint")}, {"verdict", verdict}};
    if (verdict != "confirmed") out.set("reason", "固定用语");
    return out;
}

// What people said of the finding.
Value said_of(const Value& review, const std::string& fingerprint) {
    for (const Value& finding : review.at("findings").as_list()) {
        if (finding.text_at("fingerprint") == fingerprint) return finding.at("human");
    }
    return {};
}

}  // namespace

TEST_CASE("a report comes in by the door, is shown with its findings, and is judged") {
    for_each_database([](storage::Database& database) {
        District district(database);
        Browser law(*district.workplace, "qianjin", "law");
        const std::string path = hand_in(law, "22_pine_dell_2025.docx");
        const Value review = law.json(law.get(path));
        CHECK(review.at("document").integer_at("year") == 2025);
        CHECK(review.at("paragraphs").as_list().size() > 10);
        CHECK(review.at("figures").as_list().size() > 5);
        const Value finding = review.at("findings").as_list().front();
        // Its place is within its paragraph.
        for (const Value& each : review.at("findings").as_list()) {
            if (!each.has("paragraph")) continue;
            CHECK(each.integer_at("begin") < each.integer_at("end"));
            CHECK(each.integer_at("paragraph") <
                  static_cast<std::int64_t>(review.at("paragraphs").as_list().size()));
        }
        law.json(law.send("POST", path + "/verdicts", verdict_on(finding, "wrong")), 201);
        const Value again = law.json(law.get(path));
        CHECK(again.at("findings").as_list().front().at("human").text_at("verdict") == "wrong");
        // What people said goes with what is taken away.
        const std::string said = "误报（法治员，2025-02-10）。理由：固定用语";
        CHECK(again.at("findings").as_list().front().at("human").text_at("text") == said);
        for (const char* part : {"json", "sarif", "html"}) {
            CAPTURE(part);
            const auto file = law.get(path + "/files/review." + part);
            REQUIRE(file.status == 200);
            CHECK(file.body.find(said) != std::string::npos);
        }
        CHECK(law.get(path + "/files/review.docx").body.starts_with("PK"));
        CHECK(law.get(path + "/files/review.exe").status == 404);
        CHECK(law.get(path + "/diff").status == 404);
        CHECK(law.json(law.get(kReviews)).at("items").as_list().size() == 1);
        CHECK(law.json(law.send("POST", std::string(kReviews) + "?name=a.pdf&origin=own",
                                std::string("no report")),
                       400)
                  .has("detail"));
    });
}

TEST_CASE("whoever hands in a report while all readers read is told when to come back") {
    for_each_database([](storage::Database& database) {
        District district(database);
        Browser law(*district.workplace, "qianjin", "law");
        action::ReviewTools& tools = district.workplace->reviewing;
        std::size_t places = 0;
        std::optional<Response> refused;
        const std::string handed = std::string(kReviews) + "?name=a.txt&origin=own";
        const std::string text = "前进街道2024年法治政府建设报告\n前进街道办事处\n2025年1月9日\n";
        std::function<std::optional<std::string>()> taken = [&]() -> std::optional<std::string> {
            if (++places == action::kReadersMax) {
                refused = law.send("POST", handed, text);
            } else {
                CHECK(tools.text_of({std::to_string(places), "a.txt", taken}));
            }
            return text;
        };
        REQUIRE(tools.text_of({"first", "a.txt", taken}));
        REQUIRE(refused);
        CHECK(refused->status == 503);
        CHECK(refused->body.find("请过几秒再试") != std::string::npos);
        CHECK(std::any_of(refused->headers.begin(), refused->headers.end(),
                          [](const auto& each) { return each.first == "Retry-After"; }));
        CHECK(law.json(law.get(kReviews)).at("items").as_list().empty());
        law.json(law.send("POST", handed, text), 201);
    });
}

TEST_CASE("the district sees no draft, and what was submitted") {
    for_each_database([](storage::Database& database) {
        District district(database);
        Browser law(*district.workplace, "qianjin", "law");
        Browser above(*district.workplace, "hubin", "b1");
        Browser beside(*district.workplace, "houjie", "law");
        const std::string path = hand_in(law, "21_goose_pond_2025.txt");
        const Value draft = law.json(law.get(path));
        const Value verdict = verdict_on(draft.at("findings").as_list().front(), "confirmed");
        const std::string entry = "/api/offices/qianjin/ledgers/reviewed_report/entries/" +
                                  std::to_string(draft.at("report").integer_at("id"));
        const std::string table = "/api/review-table?year=2025";
        CHECK(above.get(path).status == 404);
        CHECK(above.get(path + "/files/review.json").status == 404);
        CHECK(above.get(entry).status == 404);
        CHECK(above.send("POST", path + "/verdicts", verdict).status == 404);
        CHECK(above.json(above.get(kReviews)).at("items").as_list().empty());
        CHECK(above.json(above.get(table)).integer_at("total") == 0);
        // Nor of the report that the ledgers make.
        const std::string own = "/api/offices/qianjin/reports/annual/2024";
        CHECK(law.get(own).status == 200);
        for (const char* part : {"", "/file.pdf", "/file.docx"})
            CHECK(above.get(own + part).status == 404);
        const Value offered = above.json(above.get("/api/offices/qianjin/reports"));
        for (const Value& each : offered.at("items").as_list())
            CHECK(each.at("years").as_list().empty());
        CHECK(above.get("/api/offices/qianjin/own-reviews/annual/2024").status == 404);

        CHECK(above.send("POST", path + "/submission").status == 404);
        law.json(law.send("POST", path + "/submission"));
        CHECK(law.send("POST", path + "/submission").status != 200);
        const Value seen = above.json(above.get(path));
        CHECK(seen.at("report").text_at("state") == "submitted");
        CHECK(above.get(entry).status == 404);  // The entry itself stays the office's own.
        CHECK(seen.at("may_judge").as_bool());
        CHECK_FALSE(seen.at("may_approve").as_bool());
        // What the office's own ledgers say beside it is not told above.
        const Value judged = verdict_on(seen.at("findings").as_list().front(), "confirmed");
        above.json(above.send("POST", path + "/verdicts", judged), 201);
        const Value told = said_of(law.json(law.get(path)), judged.text_at("fingerprint"));
        CHECK(told.text_at("given_by") == "区员");
        const Value counted = above.json(above.get(table));
        CHECK(counted.integer_at("total") == 1);
        CHECK_FALSE(counted.at("rows").as_list().front().at("counts").as_list().empty());

        CHECK(beside.get(path).status == 404);
        CHECK(beside.get(kReviews).status == 404);
        CHECK(beside.json(beside.get(table)).integer_at("total") == 0);
    });
}

TEST_CASE("a second draft is compared with the first, and with the reports of others") {
    for_each_database([](storage::Database& database) {
        District district(database);
        Browser law(*district.workplace, "qianjin", "law");
        const std::string first = hand_in(law, "34_locust_ridge_2023.md", "&unit_name=槐岭街道");
        const std::int64_t id = law.json(law.get(first)).at("report").integer_at("id");
        std::string text = bytes_of("34_locust_ridge_2023.md");
        text += "\n全年调解成功率达120%。\n";
        const Value made = law.json(
            law.send(
                "POST",
                fmt::format("{}?name=b.md&origin=own&unit_name=槐岭街道&replaces={}", kReviews, id),
                text),
            201);
        const std::string second = fmt::format("{}/{}", kReviews, made.integer_at("id"));
        const Value diff = law.json(law.get(second + "/diff"));
        CHECK(diff.integer_at("before") == id);
        const auto& items = diff.at("items").as_list();
        CHECK(std::any_of(items.begin(), items.end(), [](const Value& each) {
            return each.text_at("change") == "new" && each.text_at("check") == "rate_over_hundred";
        }));
        const std::string later = hand_in(law, "37_locust_ridge_2024.docx", "&unit_name=槐岭街道");
        const Value review = law.json(law.get(later));
        REQUIRE(review.at("compared_with").as_list().size() == 1);
        CHECK(review.at("compared_with").as_list().front().as_text() == "槐岭街道2023年报告");
        CHECK(law.json(law.get(kReviews)).at("items").as_list().size() == 3);
    });
}

TEST_CASE("one's own report is reviewed before it is signed") {
    for_each_database([](storage::Database& database) {
        District district(database);
        Browser law(*district.workplace, "qianjin", "law");
        Browser clerk(*district.workplace, "qianjin", "clerk");
        const std::string path = "/api/offices/qianjin/own-reviews/annual/2024";
        const Value review = law.json(law.get(path));
        CHECK(review.at("may_judge").as_bool());
        const Value finding = review.at("findings").as_list().front();
        CHECK(clerk.send("POST", path + "/verdicts", verdict_on(finding, "confirmed")).status ==
              403);
        law.json(law.send("POST", path + "/verdicts", verdict_on(finding, "confirmed")), 201);
        CHECK(law.json(law.get(path)).at("findings").as_list().front().has("human"));
        CHECK(law.get("/api/offices/qianjin/own-reviews/annual/1900").status == 404);
    });
}

}  // namespace fazhi::http
