// A place in a pack's file while it is read: the node, its key path, and the list that takes what
// is wrong with it. Reading never stops at a mistake: a node of the wrong kind reads as empty, so
// that everything wrong is said at once.
//
// One thread; the document and the problems outlive the cursor.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "definition/definition_set.h"
#include "definition/yaml_tree.h"

namespace fazhi::definition {

// One document (--- …) of a pack's file.
struct Document {
    std::string pack;
    std::string file;  // as shown: "packs/national/ledgers/dispute.yaml"
    std::string kind;  // its first key
    Node root;
    const std::string* text = nullptr;  // the whole file
};

// What has been found wrong so far.
struct Findings {
    std::vector<Problem> errors;
    std::vector<Problem> notes;
};

// The text of a line, from 1; "" where there is none.
std::string line_of(std::string_view text, int line);

class Cursor {
public:
    Cursor(const Document& document, Findings& findings)
        : Cursor(document, document.root, document.root.line, "", findings) {}

    [[nodiscard]] const Node& node() const { return *node_; }
    [[nodiscard]] const Document& document() const { return *document_; }
    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] bool present() const { return node_->line != 0; }
    [[nodiscard]] bool has(std::string_view key) const { return node_->has(key); }

    // The member; where there is none, a cursor that is not present() and complains on this one's
    // line.
    [[nodiscard]] Cursor at(std::string_view key) const;
    [[nodiscard]] Cursor item(std::size_t index) const;
    // A map's members in order, each with its key; of anything else none.
    struct Member;
    [[nodiscard]] std::vector<Member> members() const;
    // A list's items, or the node itself as the only one; not present: none.
    [[nodiscard]] std::vector<Cursor> items() const;

    [[nodiscard]] std::string text() const;  // scalars as written; else ""
    [[nodiscard]] std::string text_at(std::string_view key) const { return at(key).text(); }
    [[nodiscard]] bool yes(std::string_view key) const;
    [[nodiscard]] int integer(std::string_view key, int otherwise) const;
    [[nodiscard]] std::vector<std::string> texts() const;  // one text, or a list of them

    void error(std::string message) const;
    void note(std::string message) const;

private:
    Cursor(const Document& document, const Node& node, int line, std::string path,
           Findings& findings)
        : document_(&document),
          node_(&node),
          line_(line),
          path_(std::move(path)),
          findings_(&findings) {}
    [[nodiscard]] Problem problem(std::string message) const;
    [[nodiscard]] std::string path_to(std::string_view key) const;

    const Document* document_;
    const Node* node_;
    int line_;
    std::string path_;
    Findings* findings_;
};

struct Cursor::Member {
    std::string key;
    Cursor value;
};

}  // namespace fazhi::definition
