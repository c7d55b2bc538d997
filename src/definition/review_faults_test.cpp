// What packs may say about reviewing reports, and what is wrong with what they must not.
#include <algorithm>

#include <doctest/doctest.h>

#include "definition/loader.h"

namespace fazhi::definition {

namespace {

const std::string kWords =
    "measure_words:\n  talks: {title: 讲座, units: [场], words: [讲座, [法治, 课]]}\n";
const std::string kReading =
    "reading: test\nunits: [场]\nparts:\n  - {part: results, title: 举措, headings: [举措]}\n";

Loaded loaded(const std::string& check, const std::string& table = "title\n民法典\n") {
    return build_set({{.name = "local",
                       .version = "1.0.0",
                       .files = {{"checks/c.yaml", check},
                                 {"pack.yaml", "pack: local\ntitle: 本地\nversion: \"1.0.0\"\n"},
                                 {"reference/reading.yaml", kReading},
                                 {"reference/titles.csv", table},
                                 {"reference/words.yaml", kWords}}}});
}

// A check with its two passing and failing samples and these keys.
std::string check_with(const std::string& keys) {
    return "check: c\ntitle: 试\nlevel: note\nsay: \"{found}\"\n" + keys +
           "passing: [好, 也好]\nfailing: [{text: 坏, found: [坏]}, {text: 坏坏, found: [坏]}]\n";
}

bool says(const Loaded& loaded, const std::string& message) {
    return std::any_of(loaded.problems.begin(), loaded.problems.end(), [&](const Problem& problem) {
        return problem.message.find(message) != std::string::npos && problem.line > 0;
    });
}

}  // namespace

TEST_CASE("a check, words of measures, how prose is read and a table are read from a pack") {
    const Loaded read = loaded(
        check_with("find: figure\ncompare: over\nof: talks\nlimit: 3\nin: results\nfix: 改\n"));
    for (const Problem& problem : read.problems) CHECK_MESSAGE(false, to_text(problem));
    REQUIRE(read.set);
    const Check* check = read.set->check("c");
    REQUIRE(check != nullptr);
    CHECK(check->find == CheckFind::Figure);
    CHECK(check->compare == CheckCompare::Over);
    CHECK(check->of == std::vector<std::string>{"talks"});
    CHECK(check->failing[1].found == std::vector<std::string>{"坏"});
    CHECK(read.set->measure_words().front().words[1] == std::vector<std::string>{"法治", "课"});
    CHECK(read.set->reading().units == std::vector<std::string>{"场"});
    CHECK(read.set->reading().parts.front().required);
    REQUIRE(read.set->reference_table("titles") != nullptr);
    CHECK(read.set->reference_table("titles")->shown == "packs/local/reference/titles.csv");
    CHECK(read.set->reference_table("none") == nullptr);
}

TEST_CASE("a check's digest changes with its rule, not with its samples") {
    const std::string words = check_with("find: phrase\nwords: [坏]\n");
    const auto digest = [](const std::string& text) {
        return loaded(text).set->check("c")->digest;
    };
    std::string more = words;
    more.replace(more.find("[好, 也好]"), std::string("[好, 也好]").size(), "[好, 也好, 都好]");
    CHECK(digest(words) == digest(more));
    CHECK(digest(words) != digest(check_with("find: phrase\nwords: [坏, 差]\n")));
}

TEST_CASE("what a check cannot mean is said with its line") {
    const std::pair<const char*, const char*> cases[] = {
        {"find: phrase\n", "要写找哪些词"},
        {"find: phrase\npatterns: [\"(\"]\n", "不是正则表达式"},
        {"find: phrase\ncompare: sum\nwords: [坏]\n", "不这样比较“sum”"},
        {"find: law_title\ncompare: known\n", "这样比较要写 known_in"},
        {"find: law_title\nknown_in: laws\n", "没有表 reference/laws.csv"},
        {"find: figure\ncompare: over\nof: talk\nlimit: 3\n", "没有指标“talk”"},
        {"find: figure\ncompare: over\n", "这样比较要写 limit"},
        {"find: phrase\nwords: [坏]\nin: result\n", "报告没有部分“result”"},
        {"find: fact\ncompare: deadline\nfact: date\nby: \"13-01\"\n", "月日写成"},
        {"find: rumour\n", "没有查找对象“rumour”"},
    };
    for (const auto& each : cases) {
        CAPTURE(std::string(each.first));
        CHECK(says(loaded(check_with(each.first)), each.second));
    }
}

TEST_CASE("samples must say what is found, and there are two of each kind") {
    CHECK(says(loaded("check: c\ntitle: 试\nlevel: note\nfind: phrase\nwords: [坏]\nsay: 坏\n"
                      "passing: [好, 也好]\nfailing: [坏, {text: 坏, found: [坏]}]\n"),
               "要写明查出什么"));
    CHECK(
        says(loaded("check: c\ntitle: 试\nlevel: note\nfind: phrase\nwords: [坏]\nsay: 坏\n"
                    "passing: [好]\nfailing: [{text: 坏, found: [坏]}, {text: 坏, found: [坏]}]\n"),
             "至少两段"));
}

TEST_CASE("two checks of one name, and words of a measure nobody knows, are mistakes") {
    const std::string one = check_with("find: phrase\nwords: [坏]\n");
    CHECK(says(loaded(one + "---\n" + one), "审查规则“c”已有"));
    CHECK(says(
        build_set(
            {{.name = "local",
              .version = "1.0.0",
              .files = {{"pack.yaml", "pack: local\ntitle: 本地\nversion: \"1.0.0\"\n"},
                        {"reference/words.yaml", "measure_words:\n  talks: {words: [讲座]}\n"}}}}),
        "要写名称（title）"));
}

}  // namespace fazhi::definition
