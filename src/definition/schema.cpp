#include "definition/schema.h"

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "base/invariant.h"
#include "definition/embedded_files.h"
#include "definition/names.h"

namespace fazhi::definition {

namespace {

using nlohmann::json;

struct KindSchema {
    json written;  // with common.json's definitions, so that every $ref is its own
    valijson::Schema compiled;
};

using Schemas = std::map<std::string, std::unique_ptr<KindSchema>, std::less<>>;

json read_schema(std::string_view text) {
    static constexpr std::string_view kElsewhere = "common.json#/";
    std::string own(text);
    for (auto at = own.find(kElsewhere); at != std::string::npos; at = own.find(kElsewhere, at)) {
        own.replace(at, kElsewhere.size(), "#/");
    }
    return json::parse(own);
}

Schemas read_schemas() {
    Schemas out;
    json definitions;
    for (const EmbeddedFile& file : embedded_files()) {
        if (file.group == "schema" && file.name == "common.json") {
            definitions = read_schema(file.text).at("definitions");
        }
    }
    for (const EmbeddedFile& file : embedded_files()) {
        if (file.group != "schema" || file.name == "common.json") continue;
        auto schema = std::make_unique<KindSchema>();
        schema->written = read_schema(file.text);
        schema->written["definitions"] = definitions;
        valijson::SchemaParser parser;
        parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(schema->written),
                              schema->compiled);
        out.emplace(file.name.substr(0, file.name.find('.')), std::move(schema));
    }
    return out;
}

const Schemas& schemas() {
    static const Schemas kSchemas = read_schemas();
    return kSchemas;
}

const KindSchema& schema_of(const std::string& kind) {
    const auto found = schemas().find(kind);
    INVARIANT(found != schemas().end());
    return *found->second;
}

json to_json(const Node& node) {
    switch (node.kind) {
        case NodeKind::Null:
            return nullptr;
        case NodeKind::YesNo:
            return node.flag;
        case NodeKind::Integer:
            return node.number;
        case NodeKind::Text:
            return node.text;
        case NodeKind::List: {
            json list = json::array();
            for (const Node& item : node.items) list.push_back(to_json(item));
            return list;
        }
        case NodeKind::Map: {
            json map = json::object();
            for (std::size_t i = 0; i < node.keys.size(); ++i) {
                map[node.keys[i]] = to_json(node.items[i]);
            }
            return map;
        }
    }
    return nullptr;
}

// A place in a file together with the part of the schema that speaks of it.
class Position {
public:
    Position(Cursor cursor, const json& root) : cursor_(std::move(cursor)), root_(&root) {
        enter(root);
    }

    // One step of valijson's path: "[key]" or "[3]".
    void step(std::string_view bracketed) {
        const std::string name(bracketed.substr(1, bracketed.size() - 2));
        const bool in_list = cursor_.node().is_list();
        cursor_ = in_list ? cursor_.item(std::stoul(name)) : cursor_.at(name);
        if (in_list) {
            enter(schema_->value("items", json()));
        } else {
            enter(member(name));
        }
    }

    [[nodiscard]] const Cursor& cursor() const { return cursor_; }
    [[nodiscard]] std::string expected() const { return schema_->value("description", ""); }
    [[nodiscard]] std::string expected_of(const std::string& key) const {
        return resolved(member(key)).value("description", "");
    }
    [[nodiscard]] std::vector<std::string> keys() const {
        std::vector<std::string> keys;
        const json properties = schema_->value("properties", json::object());
        for (const auto& each : properties.items()) keys.push_back(each.key());
        return keys;
    }
    [[nodiscard]] std::vector<std::string> choices() const {
        return schema_->value("enum", std::vector<std::string>());
    }

private:
    [[nodiscard]] json member(const std::string& key) const {
        const json properties = schema_->value("properties", json::object());
        if (properties.contains(key)) return properties.at(key);
        return schema_->value("additionalProperties", json());
    }
    [[nodiscard]] json resolved(json schema) const {
        while (schema.is_object() && schema.contains("$ref")) {
            const std::string pointer = schema.at("$ref");
            schema = root_->at(json::json_pointer(pointer.substr(1)));
        }
        return schema.is_object() ? schema : json::object();
    }
    void enter(const json& schema) { schema_ = std::make_unique<json>(resolved(schema)); }

    Cursor cursor_;
    const json* root_;
    std::unique_ptr<json> schema_;
};

void say_unknown_keys(const Position& position) {
    const std::vector<std::string> known = position.keys();
    for (const Cursor::Member& member : position.cursor().members()) {
        if (std::find(known.begin(), known.end(), member.key) != known.end()) continue;
        member.value.error(
            fmt::format("没有“{}”这个键{}", member.key, suggestion(member.key, known)));
    }
}

// What valijson found, in our words. It also says of every parent that its child failed: those are
// left out.
void say(const Position& position, const std::string& found) {
    static constexpr std::string_view kMissing = "Missing required property '";
    if (found.starts_with("Failed to validate")) return;
    if (found.starts_with("Object contains a property")) {
        say_unknown_keys(position);
    } else if (found.starts_with(kMissing)) {
        const std::string rest = found.substr(kMissing.size());
        const std::string key = rest.substr(0, rest.find('\''));
        const std::string expected = position.expected_of(key);
        position.cursor().at(key).error(expected.empty() ? fmt::format("缺 {}", key)
                                                         : fmt::format("缺 {}：{}", key, expected));
    } else if (found.starts_with("Failed to match against any enum")) {
        const std::string written = position.cursor().text();
        const std::vector<std::string> choices = position.choices();
        position.cursor().error(fmt::format("没有{}“{}”{}", position.expected(), written,
                                            suggestion(written, choices)));
    } else {
        position.cursor().error(fmt::format("应为{}", position.expected()));
    }
}

}  // namespace

bool has_schema(const std::string& kind) {
    return schemas().contains(kind);
}

void check_schema(const Document& document, Findings& findings) {
    const KindSchema& schema = schema_of(document.kind);
    const json written = to_json(document.root);
    valijson::Validator validator(valijson::Validator::kStrongTypes);
    if (validator.validate(schema.compiled, valijson::adapters::NlohmannJsonAdapter(written),
                           nullptr)) {
        return;
    }
    // Only a file with mistakes is gone through a second time, for all of them.
    valijson::ValidationResults results;
    validator.validate(schema.compiled, valijson::adapters::NlohmannJsonAdapter(written), &results);
    for (const auto& error : results) {
        Position position(Cursor(document, findings), schema.written);
        for (const std::string& name : error.context) {
            if (name != "<root>") position.step(name);
        }
        say(position, error.description);
    }
}

}  // namespace fazhi::definition
