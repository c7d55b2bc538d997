#include <cstdio>
#include <fstream>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "action/testing/small_office.h"
#include "cli/command_line.h"
#include "storage/testing/databases.h"

namespace fazhi::cli {

namespace {

using action::testing::OfficeFolders;
using Json = nlohmann::json;

std::string text_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// What a stream of the process gets while this lives, in a file instead.
class Redirected {
public:
    Redirected(std::FILE* stream, const std::filesystem::path& path)
        : stream_(stream), kept_(::dup(::fileno(stream))) {
        std::fflush(stream);
        std::FILE* file = std::fopen(path.c_str(), "wb");
        REQUIRE(file != nullptr);
        ::dup2(::fileno(file), ::fileno(stream));
        std::fclose(file);
    }
    ~Redirected() {
        std::fflush(stream_);
        ::dup2(kept_, ::fileno(stream_));
        ::close(kept_);
    }
    Redirected(const Redirected&) = delete;
    Redirected& operator=(const Redirected&) = delete;

private:
    std::FILE* stream_;
    int kept_;
};

struct Said {
    int code = 0;
    std::string out;
    std::string err;
};

// `fazhi` with these words, on the morning of 2024-05-06, over the folders of the small office.
struct CommandLine {
    explicit CommandLine(const std::string& url) { defaults.database = url; }

    Said operator()(std::vector<std::string> words) {
        defaults.packs = folders.packs().string();
        defaults.extraction = FAZHI_EXTRACTION_CHILD;  // this program is the test itself
        defaults.data = folders.data().string();
        words.insert(words.begin(), "fazhi");
        std::vector<char*> arguments;
        for (std::string& word : words) arguments.push_back(word.data());
        Said said;
        const auto out = folders.scratch.folder() / "out.txt";
        const auto err = folders.scratch.folder() / "err.txt";
        {
            const Redirected output(stdout, out);
            const Redirected errors(stderr, err);
            said.code =
                run(static_cast<int>(arguments.size()), arguments.data(), defaults, doors, clock);
        }
        said.out = text_of(out);
        said.err = text_of(err);
        return said;
    }

    // A file in the scratch folder.
    std::string file(const std::string& name, std::string_view text) {
        folders.write(name, text);
        return (folders.scratch.folder() / name).string();
    }

    OfficeFolders folders;
    calendar::testing::FixedClock clock{calendar::make_date(2024, 5, 6).value()};
    Defaults defaults;
    Doors doors{
        .serve = [](action::Workplace&, const Defaults&) -> Result<void> { return {}; },
        .read_config = [](const std::string& path, const Defaults& before) -> Result<Defaults> {
            Defaults out = before;
            out.database = path;  // enough to see that the file was asked
            return out;
        }};
};

bool says(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("help and mistakes in the words end in 0 and 2") {
    CommandLine fazhi("");
    CHECK(fazhi({"--help"}).code == 0);
    CHECK(fazhi({"journal", "--help"}).code == 0);
    CHECK(fazhi({}).code == 2);
    CHECK(fazhi({"mesure"}).code == 2);
    CHECK(fazhi({"measure", "--jurisdiction", "qianjin", "--year", "20x3"}).code == 2);
    CHECK(fazhi({"measure", "--year", "2023"}).code == 2);
    const Said nowhere = fazhi({"measure", "--jurisdiction", "qianjin", "--year", "2023"});
    CHECK(nowhere.code == 2);
    CHECK(says(nowhere.err, "--database"));
}

TEST_CASE("only init makes a database, and the second time says so") {
    storage::testing::for_each_url([](const std::string& url) {
        CommandLine fazhi(url);
        const Said early = fazhi({"measure", "--jurisdiction", "qianjin", "--year", "2023"});
        CHECK(early.code == 1);
        CHECK(says(early.err, "fazhi init"));
        if (!url.starts_with("postgresql")) CHECK_FALSE(std::filesystem::exists(url));
        CHECK(fazhi({"init"}).code == 0);
        const Said again = fazhi({"init", "--hash", "sha256"});
        CHECK(again.code == 0);
        CHECK(says(again.out + again.err, "没有改动"));
    });
}

TEST_CASE("an office loaded, measured, reported, verified; each again changes nothing") {
    storage::testing::for_each_url([](const std::string& url) {
        CommandLine fazhi(url);
        REQUIRE(fazhi({"init"}).code == 0);
        const std::string office = fazhi.folders.office().string();
        const Said loaded = fazhi({"load", office});
        CAPTURE(loaded.err);
        REQUIRE(loaded.code == 0);
        CHECK(fazhi({"load", office}).code == 0);

        const Said measured = fazhi({"measure", "--jurisdiction", "qianjin", "--year", "2023",
                                     "visits", "visitors", "--json"});
        REQUIRE(measured.code == 0);
        const Json measures = Json::parse(measured.out).at("measures");
        CHECK(measures.at(0).at("value") == 3);
        CHECK(measures.at(0).at("entries").size() == 3);
        CHECK(measures.at(1).at("value") == 15);
        const Said first = fazhi({"measure", "--jurisdiction", "qianjin", "--year", "2023",
                                  "visits", "--by", "unit", "--ranked"});
        CHECK(says(first.out, "visits\t1\t"));
        const Said nobody = fazhi({"measure", "--jurisdiction", "qianjin", "--year", "2023",
                                   "visitors", "--by", "unit", "--ranked"});
        CHECK(nobody.code != 0);
        CHECK(says(nobody.err, "不能排名"));
        const Said filtered = fazhi({"measure", "--jurisdiction", "qianjin", "--year", "2023",
                                     "visits", "--where", "{kind: home}", "--json"});
        CHECK(Json::parse(filtered.out).at("measures").at(0).at("value") == 1);
        const Said misspelt =
            fazhi({"measure", "--jurisdiction", "qianjin", "--year", "2023", "visit"});
        CHECK(misspelt.code != 0);
        CHECK(says(misspelt.err, "visits"));

        const std::string out = (fazhi.folders.scratch.folder() / "report").string();
        const Said built = fazhi({"report", "build", "--jurisdiction", "qianjin", "--year", "2023",
                                  "--out", out, "--json"});
        CAPTURE(built.err);
        REQUIRE(built.code == 0);
        CHECK(std::filesystem::file_size(Json::parse(built.out).at("html").get<std::string>()) >
              1'000);

        CHECK(fazhi({"journal", "verify", "--jurisdiction", "qianjin"}).code == 0);
        CHECK(fazhi({"journal", "replay", "--jurisdiction", "qianjin"}).code == 0);
        CHECK(fazhi({"journal", "verify", "--jurisdiction", "qianjin"}).code == 0);
        CHECK(fazhi({"journal", "verify", "--jurisdiction", "nowhere"}).code == 1);
    });
}

TEST_CASE("a server signs with the algorithm its key was made for, and says which") {
    storage::testing::for_each_url([](const std::string& url) {
        for (const std::string algorithm : {"ed25519", "sm2"}) {
            CAPTURE(algorithm);
            const storage::testing::Scratch scratch;
            const bool server = url.starts_with("postgresql");
            // On PostgreSQL there is one database; the other tests sign there with Ed25519.
            if (server && algorithm == "ed25519") continue;
            CommandLine fazhi(server ? url : scratch.file("office.db"));
            REQUIRE(fazhi({"init", "--signature", algorithm}).code == 0);
            REQUIRE(fazhi({"load", fazhi.folders.office().string()}).code == 0);
            const Said key = fazhi({"journal", "key"});
            CHECK(key.out.starts_with("fazhi-"));
            CHECK(says(key.err, algorithm == "sm2" ? "SM2" : "Ed25519"));
            const Json both = Json::parse(fazhi({"journal", "key", "--json"}).out);
            CHECK(both.at("algorithm") == algorithm);
            CHECK(both.at("key").get<std::string>() + "\n" == key.out);
            // Another init with another wish changes nothing.
            const std::string other = algorithm == "sm2" ? "ed25519" : "sm2";
            CHECK(fazhi({"init", "--signature", other}).code == 0);
            CHECK(fazhi({"journal", "key"}).out == key.out);

            const Said note = fazhi({"journal", "checkpoint", "--jurisdiction", "qianjin"});
            REQUIRE(note.code == 0);
            const auto since = [&](const std::string& text) {
                return fazhi({"journal", "verify", "--jurisdiction", "qianjin", "--since",
                              fazhi.file("note.txt", text)});
            };
            CHECK(since(note.out).code == 0);
            std::string changed = note.out;
            changed[changed.size() - 10] = changed[changed.size() - 10] == 'A' ? 'B' : 'A';
            CHECK(since(changed).code == 1);

            CommandLine elsewhere(scratch.file("elsewhere.db"));
            REQUIRE(elsewhere({"init", "--signature", other}).code == 0);
            REQUIRE(elsewhere({"load", elsewhere.folders.office().string()}).code == 0);
            CHECK(
                since(elsewhere({"journal", "checkpoint", "--jurisdiction", "qianjin"}).out).code ==
                1);
            CHECK(fazhi({"log", "sign"}).code == 0);
            CHECK(fazhi({"log", "verify"}).code == 0);
        }
        CHECK(CommandLine(url)({"init", "--signature", "rsa"}).code == 2);
    });
}

TEST_CASE("an export says in the file what it holds, and is imported again") {
    storage::testing::for_each_url([](const std::string& url) {
        CommandLine fazhi(url);
        REQUIRE(fazhi({"init"}).code == 0);
        REQUIRE(fazhi({"load", fazhi.folders.office().string()}).code == 0);
        const std::string csv = (fazhi.folders.scratch.folder() / "visits.csv").string();
        const Said some = fazhi({"export", "--jurisdiction", "qianjin", "--as", "p2", "--ledger",
                                 "visit", "--unit", "怡丰", "--from", "2023-01-01", csv});
        CAPTURE(some.err);
        REQUIRE(some.code == 0);
        CHECK(says(some.out, "已导出1条"));
        CHECK(says(some.err, "条件：单位是“怡丰”"));
        CHECK(says(text_of(csv), "条件,单位是“怡丰”"));
        // The row below the trace is found: its reference is there already.
        const Said again = fazhi({"import", "--check", "--jurisdiction", "qianjin", "--as", "p2",
                                  "--ledger", "visit", csv});
        CHECK(again.code == 1);
        CHECK(says(again.err, "走2"));
        const std::string xlsx = (fazhi.folders.scratch.folder() / "visits.xlsx").string();
        const Said behind = fazhi({"export", "--jurisdiction", "qianjin", "--as", "p2", "--measure",
                                   "visits", "--year", "2023", "--json", xlsx});
        REQUIRE(behind.code == 0);
        CHECK(Json::parse(behind.out).at("rows") == 3);
        CHECK(behind.err.empty());
        CHECK(fazhi({"export", "--jurisdiction", "qianjin", "--as", "p2", csv}).code == 2);
        CHECK(fazhi({"export", "--jurisdiction", "qianjin", "--as", "p2", "--ledger", "visit",
                     "--measure", "visits", csv})
                  .code == 2);
        CHECK(fazhi({"export", "--jurisdiction", "qianjin", "--as", "p2", "--ledger", "visit",
                     "--state", "done", csv})
                  .code == 2);
    });
}

TEST_CASE("who left is destroyed by name, and the tables still agree with the journal") {
    storage::testing::for_each_url([](const std::string& url) {
        CommandLine fazhi(url);
        REQUIRE(fazhi({"init"}).code == 0);
        REQUIRE(fazhi({"load", fazhi.folders.office().string()}).code == 0);
        const auto destroy = [&](const std::string& as, const std::string& person) {
            return fazhi({"person", "destroy", "--jurisdiction", "qianjin", "--as", as, "--ground",
                          "period_over", person});
        };
        CHECK(destroy("p3", "p4").code == 1);
        const Said done = destroy("p2", "王小明");
        CAPTURE(done.err);
        CHECK(done.code == 0);
        CHECK(destroy("p2", "王小明").code == 1);
        CHECK(fazhi({"journal", "verify", "--jurisdiction", "qianjin"}).code == 0);
        CHECK(fazhi({"destroy-again"}).code == 0);
    });
}

TEST_CASE("accounts are made, reset, listed and closed; first passwords are shown once") {
    storage::testing::for_each_url([](const std::string& url) {
        CommandLine fazhi(url);
        fazhi.folders.write("packs/small/accounts.yaml",
                            "settings:\n  account_post: {title: 账号, type: text, default: "
                            "law_office, source: 自定, change: [leader]}\n");
        REQUIRE(fazhi({"init"}).code == 0);
        REQUIRE(fazhi({"load", fazhi.folders.office().string()}).code == 0);
        const auto account = [&](std::vector<std::string> words, const std::string& as = "p2") {
            words.insert(words.begin(), "account");
            words.insert(words.end(), {"--jurisdiction", "qianjin", "--as", as});
            return fazhi(words);
        };
        const Said made = account({"create", "王小明"});
        CAPTURE(made.err);
        REQUIRE(made.code == 0);
        CHECK(made.out.starts_with("p3@qianjin\t王小明\t"));
        CHECK(says(made.err, "首次登录必须修改"));
        CHECK(account({"create", "p3"}).code == 1);
        const Said forbidden = account({"create", "p4"}, "p3");
        CHECK(forbidden.code == 1);
        CHECK(says(forbidden.err, "李文"));
        // Whoever stands before one that is refused has an account, and is told.
        const Said several = account({"create", "p4", "nobody", "p1"});
        CHECK(several.code == 1);
        CHECK(several.out.starts_with("p4@qianjin\t孙立\t"));
        CHECK(says(several.err, "新建账号1个"));
        CHECK(says(several.err, "nobody"));
        const Json missing = Json::parse(account({"missing", "--json"}).out).at("accounts");
        CHECK(missing.size() == 2);
        CHECK(missing.at(0).at("password").get<std::string>().size() == 16);
        CHECK(says(account({"missing"}).err, "没有改动"));
        CHECK(account({"disable", "p4"}).code == 0);
        CHECK(says(account({"list"}).out, "p4@qianjin\t孙立\t已停用"));
        CHECK(account({"enable", "p4"}).code == 0);
        const Said reset = account({"reset", "--without-codes", "p3", "--json"});
        CHECK(Json::parse(reset.out).at("login") == "p3@qianjin");
        CHECK(reset.err.empty());
        CHECK(fazhi({"account", "list", "--jurisdiction", "qianjin"}).code == 2);

        const Said token = account({"token", "create", "--may", "view,export", "--ledger", "visit",
                                    "--to", "2024-06-01", "每日导出", "--json"});
        REQUIRE(token.code == 0);
        CHECK(Json::parse(token.out).at("token").get<std::string>().starts_with("qianjin."));
        CHECK(account({"token", "create", "--may", "rule", "--to", "2024-06-01", "x"}).code == 2);
        CHECK(says(account({"token", "list"}).out, "第1号\t每日导出\t有效"));
        CHECK(account({"token", "revoke", "1"}).code == 0);
        CHECK(account({"token", "revoke", "1"}).code == 1);
        CHECK(says(account({"token", "list"}).out, "已收回"));

        // Nobody is admin here, whose the log is.
        CHECK(account({"log"}).code == 1);
        CHECK(fazhi({"journal", "verify", "--jurisdiction", "qianjin"}).code == 0);
    });
}

TEST_CASE("somebody stands in, and somebody leaves and hands over") {
    storage::testing::for_each_url([](const std::string& url) {
        CommandLine fazhi(url);
        fazhi.folders.write("packs/small/accounts.yaml",
                            "settings:\n  account_post: {title: 账号, type: text, default: "
                            "law_office, source: 自定, change: [leader]}\n  access_log_post: "
                            "{title: 日志, type: text, default: leader, source: 自定, change: "
                            "[leader]}\n");
        REQUIRE(fazhi({"init"}).code == 0);
        REQUIRE(fazhi({"load", fazhi.folders.office().string()}).code == 0);
        const auto person = [&](std::vector<std::string> words) {
            words.insert(words.begin(), "person");
            words.insert(words.end(), {"--jurisdiction", "qianjin", "--as", "p2"});
            return fazhi(words);
        };
        const Said in =
            person({"stand-in", "--from", "2024-05-06", "--to", "2024-05-07", "p1", "p3"});
        CAPTURE(in.err);
        REQUIRE(in.code == 0);
        CHECK(says(in.out, "p3代理p1"));
        const Json listed =
            Json::parse(fazhi({"person", "stand-ins", "--jurisdiction", "qianjin", "--json"}).out);
        REQUIRE(listed.at("stand_ins").size() == 1);
        CHECK(listed.at("stand_ins").at(0).at("is_on") == true);
        CHECK(says(fazhi({"person", "stand-ins", "--jurisdiction", "qianjin"}).out,
                   "王小明代理赵刚\t正在代理"));
        // As leader the stand-in reads the log.
        CHECK(fazhi({"account", "log", "--jurisdiction", "qianjin", "--as", "p3"}).code == 0);
        CHECK(fazhi({"account", "log", "--jurisdiction", "qianjin", "--as", "p4"}).code == 1);
        const std::string id = std::to_string(listed.at("stand_ins").at(0).at("id").get<int>());
        CHECK(person({"end-stand-in", id}).code == 0);
        CHECK(person({"end-stand-in", id}).code == 1);
        CHECK(fazhi({"account", "log", "--jurisdiction", "qianjin", "--as", "p3"}).code == 1);

        const Said over = person({"hand-over", "--note", "调走", "p4", "p3", "--json"});
        CAPTURE(over.err);
        REQUIRE(over.code == 0);
        const Json said = Json::parse(over.out);
        CHECK(said.at("posts") == 1);
        CHECK(said.at("account_disabled") == false);
        CHECK(says(fazhi({"account", "log", "--jurisdiction", "qianjin", "--as", "p1"}).out,
                   "孙立交接给王小明"));
        CHECK(person({"hand-over", "--stays", "p3", "p3"}).code == 2);
        CHECK(fazhi({"journal", "verify", "--jurisdiction", "qianjin"}).code == 0);
        CHECK(fazhi({"journal", "replay", "--jurisdiction", "qianjin"}).code == 0);
        CHECK(fazhi({"journal", "verify", "--jurisdiction", "qianjin"}).code == 0);
    });
}

TEST_CASE("the calculator, the clocks, the duties and the tick answer in words and in JSON") {
    storage::testing::for_each_url([](const std::string& url) {
        CommandLine fazhi(url);
        REQUIRE(fazhi({"init"}).code == 0);
        const std::string office = fazhi.folders.office().string();
        REQUIRE(fazhi({"load", office}).code == 0);
        const Said due =
            fazhi({"calendar", "due", "--from", "2024-04-26", "--within", "3个工作日", "--json"});
        REQUIRE(due.code == 0);
        const Json answer = Json::parse(due.out);
        CHECK(answer.at("due_on") == "2024-04-30");  // 28 April is worked
        CHECK(answer.at("days").size() == 5);
        CHECK(answer.at("days").at(2).at("why") == "调休上班（劳动节）");
        const Said wrong = fazhi({"calendar", "due", "--from", "2024-02-30", "--within", "许久"});
        CHECK(wrong.code == 2);
        CHECK(wrong.err.find("20个工作日") != std::string::npos);
        CHECK(fazhi({"clock", "list", "--jurisdiction", "qianjin"}).out.find("进行中的期限0个") !=
              std::string::npos);
        CHECK(Json::parse(fazhi({"duty", "list", "--jurisdiction", "qianjin", "--json"}).out)
                  .at("duties")
                  .empty());
        CHECK(Json::parse(fazhi({"tick", "--json"}).out).at("notices") == 0);
        CHECK(fazhi({"task", "list", "--jurisdiction", "qianjin"}).out.find("任务0件") !=
              std::string::npos);
        CHECK(fazhi({"clock", "explain", "--jurisdiction", "qianjin", "1", "x"}).code == 1);
        CHECK(fazhi({"form", "list", "--jurisdiction", "qianjin"}).code == 0);
        CHECK(fazhi({"pack", "adopt", "--jurisdiction", "qianjin"}).code == 0);
        const std::string year =
            fazhi.file("2025.yaml",
                       "calendar: 2025\nnotice: https://www.example.org/2025\nrest: {2025-01-01: "
                       "元旦}\nwork: {}\n");
        const Said loaded = fazhi({"calendar", "load", year, "--json"});
        CHECK(loaded.code == 0);
        CHECK(Json::parse(loaded.out).at("moved").empty());
        CHECK(Json::parse(fazhi({"calendar", "due", "--from", "2024-12-31", "--within", "1 workday",
                                 "--json"})
                              .out)
                  .at("due_on") == "2025-01-02");
    });
}

TEST_CASE("a report is reviewed in words, JSON and SARIF; an error in it ends in 1") {
    CommandLine fazhi("");
    const std::string good =
        fazhi.file("good.txt",
                   "云桥区柳岸街道2024年法治政府建设报告\n一、举措\n开展工作。\n"
                   "二、不足\n一是少。\n三、主要负责人履行第一责任人职责\n学法。\n"
                   "四、2025年工作安排\n努力。\n");
    const std::string bad = fazhi.file("bad.txt", "宣传《妇女儿童权益保障法》。\n");
    const Said words = fazhi({"--packs", "packs", "review", bad});
    CHECK(words.code == 1);
    CHECK(words.out.find("应为《妇女权益保障法》") != std::string::npos);
    const Said json = fazhi({"--packs", "packs", "--json", "review", good, "--year", "2024"});
    CHECK(json.code == 0);
    CHECK(Json::parse(json.out).at("document").at("year") == 2024);
    CHECK(fazhi({"--packs", "packs", "review", good, "--year", "2023"}).code == 1);
    const Said both = fazhi({"--packs", "packs", "--json", "review", good, bad});
    CHECK(Json::parse(both.out).at("reports").size() == 2);
    const Said sarif = fazhi({"--packs", "packs", "review", bad, "--sarif"});
    CHECK(Json::parse(sarif.out).at("version") == "2.1.0");
    CHECK(fazhi({"--packs", "packs", "review", "no_such.txt"}).code != 0);
    const Said beside = fazhi({"--packs", "packs", "review", good, "no_such.txt"});
    CHECK(beside.code == 1);
    CHECK(beside.err.find("no_such.txt") != std::string::npos);
    const std::string page = good + ".html";
    CHECK(fazhi({"--packs", "packs", "review", good, "--html", page}).code == 0);
    CHECK(std::filesystem::file_size(page) > 1'000);
    // Which ledgers are meant must be said.
    CHECK(fazhi({"--packs", "packs", "review", good, "--against", "here.db"}).code == 2);
    CHECK(fazhi({"review"}).code == 2);
}

TEST_CASE("an import that is wrong names every mistake and writes nothing; --check never writes") {
    CommandLine fazhi("");
    fazhi.defaults.database = (fazhi.folders.scratch.folder() / "office.db").string();
    REQUIRE(fazhi({"init"}).code == 0);
    REQUIRE(fazhi({"load", fazhi.folders.office().string()}).code == 0);
    const auto visits = [&] {
        const Said said =
            fazhi({"measure", "--jurisdiction", "qianjin", "--year", "2024", "visits", "--json"});
        return Json::parse(said.out).at("measures").at(0).at("value").get<int>();
    };
    const std::vector<std::string> into = {"import", "--jurisdiction", "qianjin", "--ledger",
                                           "visit",  "--as",           "p2"};
    const auto import = [&](const std::vector<std::string>& more) {
        std::vector<std::string> words = into;
        words.insert(words.end(), more.begin(), more.end());
        return fazhi(words);
    };
    const std::string wrong =
        fazhi.file("wrong.csv", "走访日期,地点,人数\n2024-02-30,广场,1\n2024-03-01,,x\n");
    const Said refused = import({wrong, "--json"});
    CHECK(refused.code == 2);
    CHECK(Json::parse(refused.err).at("errors").size() == 3);
    CHECK(visits() == 0);
    const std::string right = fazhi.file("right.csv", "走访日期,地点\n2024-03-01,广场\n");
    CHECK(import({right, "--check"}).code == 0);
    CHECK(visits() == 0);
    CHECK(import({right}).code == 0);
    CHECK(visits() == 1);
    CHECK(fazhi({"import", "--jurisdiction", "qianjin", "--ledger", "visit", right}).code == 2);
    CHECK(import({"/nowhere.csv"}).code == 1);
}

TEST_CASE("the configuration file stands under the line, above the environment's nothing") {
    CommandLine fazhi("");
    const std::string url = (fazhi.folders.scratch.folder() / "office.db").string();
    CHECK(fazhi({"--config", url, "init"}).code == 0);
    CHECK(std::filesystem::exists(url));
    const std::string other = url + "2";
    CHECK(fazhi({"--config", url, "--database", other, "init"}).code == 0);
    CHECK(std::filesystem::exists(other));
}

}  // namespace fazhi::cli
