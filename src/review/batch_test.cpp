#include "review/batch.h"

#include <fstream>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "review/errors.h"
#include "review/overview.h"
#include "review/testing/national_lexicon.h"

namespace fazhi::review {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

// Paragraphs with an empty line between, so that none is taken for a broken one.
std::string report(const std::string& unit, int year, const std::string& results) {
    const auto said = std::to_string(year), next = std::to_string(year + 1);
    const std::vector<std::string> paragraphs{
        unit + "关于" + said + "年法治政府建设情况的报告",
        "区委、区政府：",
        "一、" + said + "年推进法治政府建设的主要举措和成效",
        results,
        "二、" + said + "年存在的不足和原因",
        "一是力量不足，由于编制紧。",
        "三、" + said + "年党政主要负责人履行推进法治建设第一责任人职责情况",
        "主要负责人带头学法。",
        "四、" + next + "年推进法治政府建设的主要安排",
        "一是做实普法。",
        unit,
        next + "年2月8日"};
    std::string out;
    for (const std::string& each : paragraphs) out += each + "\n\n";
    return out;
}

constexpr const char* kPassage =
    "修订街道议事规则、合同管理办法等制度8项，汇编成册印发各科室、社区60册，逐项明确牵头科室和完成"
    "时限，"
    "年底前全部办结销号。";

// A district's folder, and the one that results go to.
class Folder {
public:
    Folder() {
        std::string name = (fs::temp_directory_path() / "fazhi-batch-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        path_ = name;
        write("a/云桥2023.txt", report("澄湖区云桥街道办事处", 2023, "排查矛盾纠纷131起。"));
        write("a/云桥2024.txt", report("澄湖区云桥街道办事处", 2024, "排查矛盾纠纷1310起。"));
        write("a/柳汀2024.txt", report("澄湖区柳汀街道办事处", 2024, kPassage));
        write("a/望杉2024.txt",
              report("澄湖区望杉街道办事处", 2024, std::string("排查矛盾纠纷90起。") + kPassage));
        write("a/锁住.pdf", "%PDF-1.4 cut");
        write("a/说明.csv", "a,b\n");
    }
    ~Folder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    void write(const std::string& name, const std::string& bytes) const {
        fs::create_directories((path_ / name).parent_path());
        std::ofstream(path_ / name, std::ios::binary) << bytes;
    }
    [[nodiscard]] fs::path operator/(const std::string& name) const { return path_ / name; }

    [[nodiscard]] BatchOrder order() const {
        return {.files = files_below(path_ / "a").files,
                .results = path_ / "results",
                .pages = path_ / "pages",
                .docx = path_ / "docx",
                .reading = ExtractionCommand(FAZHI_EXTRACTION_CHILD, {}),
                .workers = 2};
    }

private:
    fs::path path_;
};

const Reviewer& reviewer() {
    static const Reviewer kReviewer = *Reviewer::of(national_definitions());
    return kReviewer;
}

const BatchFile& named(const BatchOutcome& outcome, const std::string& name) {
    for (const BatchFile& each : outcome.files) {
        if (each.file.filename() == name) return each;
    }
    throw std::runtime_error("no file " + name);
}

std::string bytes_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> found_in(const BatchFile& file, const std::string& check) {
    std::vector<std::string> out;
    const Json review = Json::parse(bytes_of(file.result));
    for (const Json& each : review.at("findings")) {
        if (each.at("check") == check) out.push_back(each.at("found"));
    }
    return out;
}

}  // namespace

TEST_CASE("the reports of a folder are held against each other; a broken one does not stop them") {
    const Folder folder;
    const auto outcome = review_batch(reviewer(), folder.order());
    REQUIRE(outcome);
    CHECK(outcome->files.size() == 5);
    CHECK(outcome->reviewed == 4);
    CHECK(named(*outcome, "锁住.pdf").refused);
    CHECK(found_in(named(*outcome, "云桥2024.txt"), "figure_far_from_last_year") ==
          std::vector<std::string>{"1310起"});
    CHECK(found_in(named(*outcome, "云桥2023.txt"), "figure_far_from_last_year").empty());
    CHECK(found_in(named(*outcome, "柳汀2024.txt"), "copied_from_other").size() == 1);
    CHECK(found_in(named(*outcome, "望杉2024.txt"), "copied_from_other").size() == 1);
    REQUIRE(outcome->pairs.size() == 1);
    CHECK(outcome->pairs.front().letters > 40);
    const BatchFile& one = named(*outcome, "望杉2024.txt");
    CHECK(bytes_of(one.page).find("并排对照") != std::string::npos);
    CHECK(bytes_of(one.docx).starts_with("PK"));
}

TEST_CASE("what is done is not done again; what changed is, and so is what was held against it") {
    const Folder folder;
    REQUIRE(review_batch(reviewer(), folder.order()));
    const auto again = review_batch(reviewer(), folder.order());
    REQUIRE(again);
    CHECK(again->extracted == 0);
    CHECK(again->reviewed == 0);
    folder.write("a/云桥2023.txt", report("澄湖区云桥街道办事处", 2023, "排查矛盾纠纷1290起。"));
    const auto changed = review_batch(reviewer(), folder.order());
    REQUIRE(changed);
    CHECK(changed->extracted == 1);
    CHECK(found_in(named(*changed, "云桥2024.txt"), "figure_far_from_last_year").empty());
    fs::remove(named(*changed, "望杉2024.txt").page);
    const auto lost = review_batch(reviewer(), folder.order());
    REQUIRE(lost);
    CHECK(lost->reviewed == 1);
}

TEST_CASE(
    "a report is held against the ledgers of its unit; what cannot be asked stops the batch") {
    const Folder folder;
    BatchOrder order = folder.order();
    order.ledgers = [](const DocumentFacts& facts) -> Result<std::optional<HeldFigures>> {
        if (facts.unit.text.find("云桥") == std::string::npos) return std::optional<HeldFigures>();
        return std::optional(HeldFigures{
            {{.measure = "disputes_found", .value = 131 * kFigureUnit, .year = facts.year}}, true});
    };
    const auto outcome = review_batch(reviewer(), order);
    REQUIRE(outcome);
    CHECK(found_in(named(*outcome, "云桥2024.txt"), "figure_differs_from_ledger") ==
          std::vector<std::string>{"1310起"});
    CHECK(found_in(named(*outcome, "云桥2023.txt"), "figure_differs_from_ledger").empty());
    CHECK(found_in(named(*outcome, "望杉2024.txt"), "figure_differs_from_ledger").empty());
    order.ledgers = [](const DocumentFacts&) -> Result<std::optional<HeldFigures>> {
        return refuse(ErrorKind::NotFound, errors::kUnreadable, "没有这个单位。");
    };
    CHECK_FALSE(review_batch(reviewer(), order));
}

TEST_CASE("an overview says who breaks which rule, who shares what, and what each unit counts") {
    const Folder folder;
    const BatchOrder order = folder.order();
    const auto outcome = review_batch(reviewer(), order);
    REQUIRE(outcome);
    const Overview overview = overview_of(*outcome, reviewer().lexicon());
    CHECK(overview.rows.size() == 4);
    const auto sheets = overview_sheets(overview, *outcome, reviewer().lexicon());
    REQUIRE(sheets.size() == 5);
    CHECK(sheets[2].rows.size() == 1);
    const auto& figures = sheets[3];
    std::size_t column = 0;
    for (std::size_t i = 0; i < figures.columns.size(); ++i) {
        if (figures.columns[i].help == "disputes_found") column = i;
    }
    REQUIRE(column != 0);
    std::vector<std::string> counted;
    for (const auto& row : figures.rows) counted.push_back(row[column]);
    CHECK(counted == std::vector<std::string>{"131", "1310", "90", ""});
    REQUIRE(sheets[4].rows.size() == 1);
    CHECK(sheets[4].rows[0][0].find("锁住.pdf") != std::string::npos);
    REQUIRE(exchange::write_xlsx(folder / "all.xlsx", sheets));
    const std::string page = overview_html(overview, *outcome, order.pages);
    CHECK(page.find("云桥2024-") != std::string::npos);
    CHECK(page.find("<script") == std::string::npos);
    CHECK(page.find("雷同图") != std::string::npos);
}

}  // namespace fazhi::review
