// YAML as packs write it: a tree whose every node knows its line. Scalars follow the YAML 1.2 core
// rules, but for fractions and whatever looks like a date or a period, which stay text.
//
// Refused, each with its line: duplicate keys, anchors, aliases, tags, the words on/off/yes/no
// unquoted, numbers with leading zeros, invisible or control characters, nesting over kDepthMax.
// Pure functions; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/value.h"

namespace fazhi::definition {

enum class NodeKind { Null, YesNo, Integer, Text, List, Map };

struct Node {
    NodeKind kind = NodeKind::Null;
    int line = 0;  // from 1: of the key in a map, of the item in a list; 0: not there at all
    bool flag = false;
    std::int64_t number = 0;
    std::string text;               // scalars: as written
    std::vector<std::string> keys;  // Map: in the file's order, one for each of `items`
    std::vector<Node> items;        // Map: the values; List: the items

    [[nodiscard]] bool is_map() const { return kind == NodeKind::Map; }
    [[nodiscard]] bool is_list() const { return kind == NodeKind::List; }
    [[nodiscard]] bool is_scalar() const { return !is_map() && !is_list(); }
    [[nodiscard]] bool is_text() const { return kind == NodeKind::Text; }
    [[nodiscard]] bool is_null() const { return kind == NodeKind::Null; }
    [[nodiscard]] bool has(std::string_view key) const;
    // The member, or a node that is Null and on line 0.
    [[nodiscard]] const Node& at(std::string_view key) const;
};

// What is wrong with a text as YAML, and where.
struct YamlFault {
    int line = 0;
    std::string key_path;
    std::string message;  // Chinese
};

struct YamlFile {
    std::vector<Node>
        documents;  // those before the first fault of grammar; empty ones are left out
    std::vector<YamlFault> faults;
    bool broken = false;  // grammar: nothing after the fault could be read
};

YamlFile read_yaml(std::string_view text);

Value to_value(const Node&);

// One document as plain data, for files that are no pack (office.yaml). Refuses kNotYaml with every
// fault.
Result<Value> value_of_yaml(std::string_view text);

}  // namespace fazhi::definition
