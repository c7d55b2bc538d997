#include "http/testing/described.h"

#include <map>
#include <memory>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "definition/definition_set.h"
#include "http/openapi.h"
#include "http/routes.h"
#include "journal/record.h"

namespace fazhi::http::testing {
namespace {

using nlohmann::json;

// What a schema does not name is not answered: says so wherever a schema names members and leaves
// it open whether there may be more.
void close_schemas(json& schema) {
    if (schema.is_object()) {
        const bool names_members =
            schema.contains("properties") && schema["properties"].is_object();
        if (names_members && schema.value("type", json()) == json("object") &&
            !schema.contains("additionalProperties"))
            schema["additionalProperties"] = false;
    }
    if (!schema.is_structured()) return;
    for (json& each : schema) close_schemas(each);
}

const json& the_description() {
    static const json kDescription = [] {
        json out = json::parse(journal::canonical(description(definition::DefinitionSet())));
        close_schemas(out["components"]["schemas"]);
        return out;
    }();
    return kDescription;
}

const valijson::Schema& compiled(const std::string& schema) {
    static std::map<std::string, std::unique_ptr<valijson::Schema>> known;
    std::unique_ptr<valijson::Schema>& place = known[schema];
    if (!place) {
        const json document = {{"$ref", "#/components/schemas/" + schema},
                               {"components", the_description().at("components")}};
        auto made = std::make_unique<valijson::Schema>();
        valijson::SchemaParser parser;
        parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(document), *made);
        place = std::move(made);
    }
    return *place;
}

std::string media_type_of(const Response& response) {
    return response.content_type.substr(0, response.content_type.find(';'));
}

// The response that the description has for this status: itself, or its class ("4XX").
const json* described(const json& operation, int status) {
    const json& responses = operation.at("responses");
    for (const std::string& name : {std::to_string(status), fmt::format("{}XX", status / 100)}) {
        const auto found = responses.find(name);
        if (found != responses.end()) return &*found;
    }
    return nullptr;
}

std::string fault_of_content(const json& content, const Response& response) {
    const std::string type = media_type_of(response);
    auto found = content.find(type);
    if (found == content.end() && type != "application/json") found = content.find("*/*");
    if (found == content.end()) return fmt::format("the media type {} is not described", type);
    const std::string reference = found->at("schema").value("$ref", "");
    if (reference.empty()) return {};
    return fault_of_body(reference.substr(reference.rfind('/') + 1), response.body);
}

}  // namespace

std::string fault_of_body(const std::string& schema, const std::string& body) {
    const json read = json::parse(body, nullptr, /*allow_exceptions=*/false);
    if (read.is_discarded()) return "the body is no JSON";
    valijson::Validator validator;
    valijson::ValidationResults results;
    if (validator.validate(compiled(schema), valijson::adapters::NlohmannJsonAdapter(read),
                           &results))
        return {};
    std::string out;
    valijson::ValidationResults::Error error;
    while (results.popError(error)) {
        std::string where;
        for (const std::string& step : error.context) where += step;
        out += fmt::format("{} at {}: {}\n", schema, where, error.description);
    }
    return out;
}

std::string fault_of(const std::string& method, const std::string& path, const Response& response) {
    const Routed found = route_for(method, path);
    if (found.route == nullptr) {
        if (media_type_of(response) != "application/problem+json") return "no problem body";
        return fault_of_body("Problem", response.body);
    }
    std::string lower;
    for (const char c : found.route->method) lower += static_cast<char>(c - 'A' + 'a');
    const json& operation =
        the_description().at("paths").at(std::string(found.route->path)).at(lower);
    const json* wanted = described(operation, response.status);
    if (wanted == nullptr) return fmt::format("the status {} is not described", response.status);
    const auto content = wanted->find("content");
    if (content != wanted->end()) return fault_of_content(*content, response);
    return response.body.empty() && response.content_type.empty() ? "" : "a body is not described";
}

}  // namespace fazhi::http::testing
