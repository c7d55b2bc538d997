#include "http/openapi.h"

#include <fmt/format.h>

#include "base/invariant.h"
#include "definition/yaml_tree.h"
#include "http/api_schemas.h"
#include "http/routes.h"

namespace fazhi::http {
namespace {

using definition::Field;
using definition::FieldType;

Value reference(std::string_view schema) {
    return Value::Map{{"$ref", fmt::format("#/components/schemas/{}", schema)}};
}

Value of_type(const char* type) {
    return Value::Map{{"type", type}};
}

// A field's value as it is stored and answered; a form may bring text for any of them.
Value field_schema(const Field& field) {
    switch (field.type) {
        case FieldType::Integer:
        case FieldType::Person:
        case FieldType::Unit:
            return of_type("integer");
        case FieldType::Money:
            return Value::Map{{"description", "分"}, {"type", "integer"}};
        case FieldType::YesNo:
            return of_type("boolean");
        case FieldType::Date:
            return Value::Map{{"format", "date"}, {"type", "string"}};
        case FieldType::Choice: {
            Value::List ids;
            for (const definition::Option& option : field.options) ids.emplace_back(option.id);
            Value out = of_type("string");
            if (!ids.empty()) out.set("enum", std::move(ids));
            return out;
        }
        case FieldType::Choices:
        case FieldType::Laws:
            return Value::Map{{"items", of_type("string")}, {"type", "array"}};
        case FieldType::List:
        case FieldType::Group: {
            Value columns = Value::Map{};
            for (const Field& column : field.of) columns.set(column.id, field_schema(column));
            Value row = Value::Map{{"properties", std::move(columns)}, {"type", "object"}};
            if (field.type == FieldType::Group) return row;
            return Value::Map{{"items", std::move(row)}, {"type", "array"}};
        }
        case FieldType::Entry:
        case FieldType::Figure:
            return Value(Value::Map{});  // a number, or which ledger's and which
        default:
            return of_type("string");
    }
}

Value ledger_schema(const definition::Ledger& ledger) {
    Value fields = Value::Map{};
    for (const Field& field : ledger.fields) {
        Value schema = field_schema(field);
        schema.set("title", field.title);
        if (!field.help.empty()) schema.set("description", field.help);
        if (field.is_private) schema.set("writeOnly", true);
        fields.set(field.id, std::move(schema));
    }
    return Value::Map{
        {"properties", std::move(fields)}, {"title", ledger.title}, {"type", "object"}};
}

Value parameter(std::string_view name, const char* in) {
    return Value::Map{{"in", in},
                      {"name", std::string(name)},
                      {"required", std::string_view(in) == "path"},
                      {"schema", of_type("string")}};
}

Value parameters_of(const Route& route) {
    Value::List out;
    std::size_t from = 0;
    while ((from = route.path.find('{', from)) != std::string_view::npos) {
        const std::size_t to = route.path.find('}', from);
        out.push_back(parameter(route.path.substr(from + 1, to - from - 1), "path"));
        from = to;
    }
    std::string_view rest = route.query;
    while (!rest.empty()) {
        const std::size_t to = std::min(rest.find(' '), rest.size());
        if (rest.substr(0, to) != "f.*") out.push_back(parameter(rest.substr(0, to), "query"));
        rest.remove_prefix(std::min(to + 1, rest.size()));
    }
    if (route.changes() && route.method == "POST")
        out.push_back(parameter("Idempotency-Key", "header"));
    return out;
}

Value content(std::string_view type, Value schema) {
    return Value::Map{{std::string(type), Value(Value::Map{{"schema", std::move(schema)}})}};
}

// Several media types stand apart by spaces.
Value content_of_types(std::string_view types) {
    Value out = Value::Map{};
    while (!types.empty()) {
        const std::size_t to = std::min(types.find(' '), types.size());
        out.set(std::string(types.substr(0, to)), Value::Map{{"schema", Value(Value::Map{})}});
        types.remove_prefix(std::min(to + 1, types.size()));
    }
    return out;
}

Value refusal(const char* about) {
    return Value::Map{{"content", content("application/problem+json", reference("Problem"))},
                      {"description", about}};
}

bool is_media_type(std::string_view answer) {
    return answer.find('/') != std::string_view::npos;
}

// "read_entry" of GET /api/offices/{office}/ledgers/{ledger}/entries/{id}
std::string operation_id(const Route& route) {
    std::string out;
    for (const char c : route.method) out += static_cast<char>(c - 'A' + 'a');
    for (const char c : route.path) {
        if (c == '/') out += '_';
        if ((c >= 'a' && c <= 'z') || c == '_') out += c;
        if (c == '{') out += "by_";
    }
    return out;
}

Value operation_of(const Route& route) {
    Value out =
        Value::Map{{"operationId", operation_id(route)}, {"summary", std::string(route.summary)}};
    const Value parameters = parameters_of(route);
    if (!parameters.as_list().empty()) out.set("parameters", parameters);
    if (route.body == "bytes") {
        out.set("requestBody",
                Value::Map{{"content", content("application/octet-stream", Value(Value::Map{}))},
                           {"required", true}});
    } else if (!route.body.empty()) {
        out.set("requestBody",
                Value::Map{{"content", content("application/json", reference(route.body))},
                           {"required", true}});
    }
    Value responses = Value::Map{};
    if (route.answer == kElsewhere) {
        const Value location = Value::Map{{"required", true}, {"schema", of_type("string")}};
        responses.set("303", Value::Map{{"description", "请转到 Location"},
                                        {"headers", Value(Value::Map{{"Location", location}})}});
    } else if (route.answer.empty()) {
        responses.set("204", Value::Map{{"description", "办成了"}});
    } else {
        Value answer = is_media_type(route.answer)
                           ? content_of_types(route.answer)
                           : content("application/json", reference(route.answer));
        responses.set("200", Value::Map{{"content", answer}, {"description", "办成了"}});
        if (route.method == "POST")
            responses.set("201",
                          Value::Map{{"content", std::move(answer)}, {"description", "建好了"}});
    }
    responses.set("4XX", refusal("没有办成"));
    responses.set("5XX", refusal("暂时办不了，请过 Retry-After 秒再试；或出了意外"));
    out.set("responses", std::move(responses));
    if (route.open == Open::ToAll) out.set("security", Value::List{});
    if (route.open == Open::InPerson)
        out.set("security", Value::List{Value(Value::Map{{"session", Value::List{}}})});
    return out;
}

std::string lower(std::string_view method) {
    std::string out;
    for (const char c : method) out += static_cast<char>(c - 'A' + 'a');
    return out;
}

Value security_schemes() {
    return Value::Map{
        {"session",
         Value(Value::Map{{"in", "cookie"}, {"name", "fazhi_session"}, {"type", "apiKey"}})},
        {"token", Value(Value::Map{{"scheme", "bearer"}, {"type", "http"}})}};
}

}  // namespace

Value description(const definition::DefinitionSet& tables) {
    Value paths = Value::Map{};
    for (const Route& route : routes()) {
        const std::string path(route.path);
        if (!paths.has(path)) paths.set(path, Value::Map{});
        paths.as_map().at(path).set(lower(route.method), operation_of(route));
    }
    auto read = definition::value_of_yaml(api_schemas());
    INVARIANT(read.has_value());
    Value schemas = *std::move(read);
    for (const definition::Ledger& ledger : tables.ledgers())
        schemas.set("fields_" + ledger.id, ledger_schema(ledger));
    Value out = Value::Map{{"openapi", "3.1.0"}, {"paths", std::move(paths)}};
    out.set("info", Value::Map{{"description",
                                "法治台账的接口。浏览器用会话（cookie，改动另带 X-CSRF-Token），"
                                "程序用访问令牌；每个 POST 可带 Idempotency-Key，条目的改动可带 "
                                "If-Match。"},
                               {"license", Value(Value::Map{{"identifier", "Apache-2.0"},
                                                            {"name", "Apache License 2.0"}})},
                               {"title", "法治台账"},
                               {"version", "1"}});
    out.set("components",
            Value::Map{{"schemas", std::move(schemas)}, {"securitySchemes", security_schemes()}});
    out.set("security", Value::List{Value(Value::Map{{"session", Value::List{}}}),
                                    Value(Value::Map{{"token", Value::List{}}})});
    out.set("servers", Value::List{Value(Value::Map{{"url", "/"}})});
    return out;
}

}  // namespace fazhi::http
