#include "definition/yaml_tree.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <sstream>

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include "definition/errors.h"
#include "definition/loader.h"
#include "text/utf8.h"

namespace fazhi::definition {

namespace {

constexpr std::size_t kFaultsMax = 200;  // A file with more is not a pack's file.

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), text) != words.end();
}

// YAML 1.1 reads these as yes and no, 1.2 as text: nobody should have to know which.
bool is_ambiguous(std::string_view text) {
    return is_one_of(
        text, {"on", "On", "ON", "off", "Off", "OFF", "yes", "Yes", "YES", "no", "No", "NO"});
}

bool is_digits(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// The integer a plain scalar is, if it is one of at most 18 digits; `leading_zero` says it has one.
bool read_integer(std::string_view text, std::int64_t& number, bool& leading_zero) {
    std::string_view digits = text;
    if (!digits.empty() && (digits.front() == '-' || digits.front() == '+'))
        digits.remove_prefix(1);
    if (!is_digits(digits) || digits.size() > 18) return false;
    leading_zero = digits.size() > 1 && digits.front() == '0';
    if (text.front() == '+') text.remove_prefix(1);
    std::from_chars(text.data(), text.data() + text.size(), number);
    return true;
}

// Builds the tree from the parser's events, noting what packs may not contain.
class TreeMaker final : public YAML::EventHandler {
public:
    explicit TreeMaker(YamlFile& file) : file_(file) {}

    void OnDocumentStart(const YAML::Mark&) override { open_.clear(); }
    void OnDocumentEnd() override {
        if (!root_.is_null()) file_.documents.push_back(std::move(root_));
        root_ = Node{};
    }
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        refuse_anchor(mark, anchor);
        place(Node{.line = mark.line + 1}, /*plain=*/true);
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
        fault(mark, "不使用引用（*名称），请把内容写出来");
        place(Node{.line = mark.line + 1}, /*plain=*/true);
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        refuse_anchor(mark, anchor);
        const bool plain = tag == "?" || tag.empty();
        if (!plain && tag != "!") fault(mark, fmt::format("不使用类型标记（{}）", tag));
        place(scalar(mark, value, plain), plain);
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        begin(mark, tag, anchor, NodeKind::List);
    }
    void OnSequenceEnd() override { end(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        begin(mark, tag, anchor, NodeKind::Map);
    }
    void OnMapEnd() override { end(); }

private:
    struct Open {
        Node node;
        std::string key;
        int key_line = 0;
        bool key_read = false;
        bool dropped = false;  // the key is a duplicate or none: the value goes nowhere
    };

    void fault(const YAML::Mark& mark, std::string message) {
        if (file_.faults.size() < kFaultsMax) {
            file_.faults.push_back(YamlFault{mark.line + 1, path(), std::move(message)});
        }
    }
    void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
        if (anchor != 0) fault(mark, "不使用锚点（&名称），请把内容写出来");
    }
    [[nodiscard]] std::string path() const {
        std::string joined;
        for (const Open& open : open_) {
            if (!open.key_read) continue;
            if (!joined.empty()) joined += '.';
            joined += open.key;
        }
        return joined;
    }

    Node scalar(const YAML::Mark& mark, const std::string& value, bool plain) {
        Node node{.kind = NodeKind::Text, .line = mark.line + 1, .text = value};
        const auto checked =
            text::checked_text(value, {.lines = text::Lines::Many, .length_max = kFileBytesMax});
        if (!checked) fault(mark, checked.error().message);
        if (!plain) return node;

        if (is_ambiguous(value)) {
            fault(mark, fmt::format("“{}”含义不清：是否请写 true 或 false，作文字请加引号", value));
        } else if (is_one_of(value, {"true", "True", "TRUE", "false", "False", "FALSE"})) {
            node.kind = NodeKind::YesNo;
            node.flag = value.front() == 't' || value.front() == 'T';
        } else {
            bool leading_zero = false;
            if (read_integer(value, node.number, leading_zero)) {
                node.kind = NodeKind::Integer;
                if (leading_zero) fault(mark, "以 0 开头的数字请加引号，以免丢掉前面的 0");
            }
        }
        return node;
    }

    void begin(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
               NodeKind kind) {
        refuse_anchor(mark, anchor);
        if (!tag.empty() && tag != "?") fault(mark, fmt::format("不使用类型标记（{}）", tag));
        if (open_.size() >= static_cast<std::size_t>(kDepthMax)) {
            throw YAML::ParserException(mark, fmt::format("嵌套超过 {} 层", kDepthMax));
        }
        open_.push_back(Open{.node = Node{.kind = kind, .line = mark.line + 1}});
    }
    void end() {
        Node node = std::move(open_.back().node);
        open_.pop_back();
        place(std::move(node), /*plain=*/false);
    }

    void place(Node node, bool plain) {
        if (open_.empty()) {
            root_ = std::move(node);
            return;
        }
        Open& parent = open_.back();
        if (parent.node.kind == NodeKind::List) {
            parent.node.items.push_back(std::move(node));
        } else if (!parent.key_read) {
            take_key(parent, node, plain);
        } else {
            if (!parent.dropped) {
                node.line = parent.key_line;
                parent.node.keys.push_back(parent.key);
                parent.node.items.push_back(std::move(node));
            }
            parent.key_read = false;
        }
    }
    void take_key(Open& parent, const Node& node, bool plain) {
        YAML::Mark mark;
        mark.line = node.line - 1;
        parent.key_line = node.line;
        parent.dropped = false;
        if (!node.is_scalar() || (plain && node.text.empty())) {
            fault(mark, "键必须是一个词");
            parent.dropped = true;
        } else if (parent.node.has(node.text)) {
            fault(mark, fmt::format("键“{}”重复", node.text));
            parent.dropped = true;
        }
        parent.key = node.text;
        parent.key_read = true;
    }

    YamlFile& file_;
    Node root_;
    std::vector<Open> open_;
};

// The parser's own words, for the mistakes people make.
std::string grammar_message(std::string_view english) {
    struct Known {
        std::string_view english;
        std::string_view chinese;
    };
    static constexpr auto kKnown = std::to_array<Known>({
        {"end of map flow not found", "花括号没有配对，或缺逗号"},
        {"end of sequence flow not found", "方括号没有配对，或缺逗号"},
        {"end of map not found", "缩进不齐，或冒号后面缺空格"},
        {"end of sequence not found", "列表的缩进不齐"},
        {"illegal EOF in scalar", "引号没有配对"},
        {"illegal map value", "这里不能有“: ”；作文字请加引号"},
        {"illegal map key", "这里不能开始一个键，检查缩进"},
        {"illegal block entry", "这里不能开始列表（- ），检查缩进（用空格，不用制表符）"},
        {"illegal flow end", "多了一个括号"},
        {"illegal tab when looking for indentation", "缩进要用空格，不用制表符"},
        {"unknown token", "这个字符要放在引号里"},
        {"unknown escape character", "双引号里有不认识的转义"},
    });
    for (const Known& known : kKnown) {
        if (english.starts_with(known.english)) return std::string(known.chinese);
    }
    return std::string(english);
}

}  // namespace

bool Node::has(std::string_view key) const {
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

const Node& Node::at(std::string_view key) const {
    static const Node kNone;
    const auto found = std::find(keys.begin(), keys.end(), key);
    return found == keys.end() ? kNone : items[static_cast<std::size_t>(found - keys.begin())];
}

YamlFile read_yaml(std::string_view text) {
    YamlFile file;
    if (!text::valid_utf8(text)) {
        file.faults.push_back(YamlFault{0, "", "文件不是 UTF-8 编码"});
        file.broken = true;
        return file;
    }
    std::istringstream in{std::string(text)};
    TreeMaker maker(file);
    try {
        YAML::Parser parser(in);
        while (parser.HandleNextDocument(maker)) {
        }
    } catch (const YAML::Exception& e) {
        file.faults.push_back(YamlFault{e.mark.line + 1, "",
                                        fmt::format("YAML 写法有误：{}", grammar_message(e.msg))});
        file.broken = true;
    }
    return file;
}

Value to_value(const Node& node) {
    switch (node.kind) {
        case NodeKind::Null:
            return {};
        case NodeKind::YesNo:
            return node.flag;
        case NodeKind::Integer:
            return node.number;
        case NodeKind::Text:
            return node.text;
        case NodeKind::List: {
            Value::List list;
            list.reserve(node.items.size());
            for (const Node& item : node.items) list.push_back(to_value(item));
            return list;
        }
        case NodeKind::Map: {
            Value::Map map;
            for (std::size_t i = 0; i < node.keys.size(); ++i) {
                map.emplace(node.keys[i], to_value(node.items[i]));
            }
            return map;
        }
    }
    return {};
}

Result<Value> value_of_yaml(std::string_view text) {
    const YamlFile file = read_yaml(text);
    std::vector<Error> errors;
    for (const YamlFault& fault : file.faults) {
        errors.push_back(Error{ErrorKind::InvalidInput, errors::kNotYaml,
                               fmt::format("第 {} 行：{}", fault.line, fault.message),
                               fault.key_path});
    }
    if (errors.empty() && file.documents.size() != 1) {
        errors.push_back(Error{ErrorKind::InvalidInput, errors::kNotYaml,
                               fmt::format("应当正好有一份内容，现有 {} 份", file.documents.size()),
                               ""});
    }
    if (!errors.empty()) return refuse(join_errors(std::move(errors)));
    return to_value(file.documents.front());
}

}  // namespace fazhi::definition
