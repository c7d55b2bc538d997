#include "definition/yaml_tree.h"

#include <doctest/doctest.h>

#include "definition/errors.h"
#include "definition/loader.h"

namespace fazhi::definition {

namespace {

Node only_document(std::string_view text) {
    const YamlFile file = read_yaml(text);
    REQUIRE(file.faults.empty());
    REQUIRE(file.documents.size() == 1);
    return file.documents.front();
}

struct FaultCase {
    std::string_view text;
    int line;
    std::string_view message;
};

}  // namespace

TEST_CASE("scalars are what the YAML core rules make of them, dates and fractions stay text") {
    const Node root = only_document(
        "a: 12\nb: -3\nc: true\nd: null\ne: 2024-01-01\nf: 5 workdays\ng: 0.5\nh: \"12\"\ni: +7\n"
        "j: 'true'\nk: 12345678901234567890\nl:\n");
    CHECK(root.at("a").number == 12);
    CHECK(root.at("b").number == -3);
    CHECK(root.at("c").kind == NodeKind::YesNo);
    CHECK(root.at("c").flag);
    CHECK(root.at("d").is_null());
    for (const char* key : {"e", "f", "g", "h", "j", "k"}) {
        CAPTURE(key);
        CHECK(root.at(key).is_text());
    }
    CHECK(root.at("i").number == 7);
    CHECK(root.at("l").is_null());
    CHECK(root.at("l").line == 12);
}

TEST_CASE("every node knows its line, also inside braces over several lines") {
    const Node root = only_document("# remark\na:\n  b: {c: 1,\n      d: [2,\n  3]}\n");
    CHECK(root.at("a").line == 2);
    CHECK(root.at("a").at("b").line == 3);
    CHECK(root.at("a").at("b").at("d").line == 4);
    CHECK(root.at("a").at("b").at("d").items[1].line == 5);
    CHECK(root.at("nothing").line == 0);
}

TEST_CASE("keys keep the file's order") {
    CHECK(only_document("{c: 1, a: 2, b: 3}").keys == std::vector<std::string>{"c", "a", "b"});
}

TEST_CASE("a file may hold several documents, empty ones are passed over") {
    const YamlFile file = read_yaml("a: 1\n---\n# nothing\n---\nb: 2\n");
    REQUIRE(file.documents.size() == 2);
    CHECK(file.documents[1].at("b").line == 5);
}

TEST_CASE("what packs may not contain is said with its line") {
    const FaultCase cases[] = {
        {"a: 1\nb: 2\na: 3\n", 3, "“a”重复"},
        {"a: &x 1\n", 1, "锚点"},
        {"a: &x 1\nb: *x\n", 2, "引用"},
        {"a: !!str 1\n", 1, "类型标记"},
        {"a: 1\nb: yes\n", 2, "“yes”含义不清"},
        {"a: 1\noff: 2\n", 2, "“off”含义不清"},
        {"a: [On]\n", 1, "“On”含义不清"},
        {"a: 007\n", 1, "以 0 开头"},
        {"a: 1\n? [x]\n: 2\n", 2, "键必须是一个词"},
        {"a: \"x\\u200By\"\n", 1, "字符"},
        {"a: {b: 1\n", 2, "花括号没有配对"},
        {"a:\n  - b\n c: 1\n", 3, "缩进"},
        {"a: b: c\n", 1, "作文字请加引号"},
        {"a:\n\t- b\n", 2, "制表符"},
    };
    for (const FaultCase& each : cases) {
        CAPTURE(each.text);
        const YamlFile file = read_yaml(each.text);
        REQUIRE_FALSE(file.faults.empty());
        // An alias needs its anchor: the fault looked for is the last one.
        CHECK(file.faults.back().line == each.line);
        CHECK_MESSAGE(file.faults.back().message.find(each.message) != std::string::npos,
                      file.faults.back().message);
    }
}

TEST_CASE("quoted, the words on and yes are text") {
    CHECK(only_document("a: \"on\"\n'yes': 1\n").at("a").text == "on");
}

TEST_CASE("a duplicate key does not hide what follows it") {
    const YamlFile file = read_yaml("a: 1\na: 2\nb: no\n");
    CHECK(file.faults.size() == 2);
    CHECK(file.documents.front().at("a").number == 1);
    CHECK_FALSE(file.broken);
}

TEST_CASE("text that is no UTF-8 is refused whole") {
    const YamlFile file = read_yaml("a: \xff\n");
    CHECK(file.broken);
    CHECK(file.faults.front().message.find("UTF-8") != std::string::npos);
}

TEST_CASE("nesting has a limit") {
    std::string fits(static_cast<std::size_t>(kDepthMax), '[');
    fits += std::string(static_cast<std::size_t>(kDepthMax), ']');
    CHECK(read_yaml(fits).faults.empty());
    const YamlFile deeper = read_yaml("[" + fits + "]");
    CHECK(deeper.broken);
    CHECK(deeper.faults.front().message.find("嵌套") != std::string::npos);
    CHECK(read_yaml(std::string(100'000, '[')).broken);
}

TEST_CASE("a plain file reads as one value, or is refused with every fault") {
    const auto value = value_of_yaml("office: qianjin\nunits: [{code: a}]\n");
    REQUIRE(value);
    CHECK(value->text_at("office") == "qianjin");
    CHECK(value->at("units").as_list().front().text_at("code") == "a");

    const auto refused = value_of_yaml("a: yes\nb: 01\n");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errors::kNotYaml);
    CHECK(flatten(refused.error()).size() == 2);
    CHECK_FALSE(value_of_yaml("a: 1\n---\nb: 2\n"));
    CHECK_FALSE(value_of_yaml(""));
}

}  // namespace fazhi::definition
