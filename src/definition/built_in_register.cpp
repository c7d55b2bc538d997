#include "definition/built_in_register.h"

#include <algorithm>

namespace fazhi::definition {

namespace {

struct BuiltInRegister {
    std::string_view name;
    std::vector<Field> columns;
};

Field text(std::string id, std::string title) {
    return Field{.id = std::move(id), .title = std::move(title), .is_public = true};
}

Field choice(std::string id, std::string title, std::vector<Option> options) {
    return Field{.id = std::move(id),
                 .title = std::move(title),
                 .type = FieldType::Choice,
                 .options = std::move(options)};
}

const std::vector<BuiltInRegister>& registers() {
    static const std::vector<BuiltInRegister> kRegisters = {
        {"unit",
         {choice("kind", "类别",
                 {{.id = "section", .title = "科室"},
                  {.id = "community", .title = "社区"},
                  {.id = "village", .title = "村"},
                  {.id = "bureau", .title = "局"},
                  {.id = "other", .title = "其他"}}),
          text("code", "代码"), text("name", "名称"), text("short", "简称"),
          Field{.id = "lead_section", .title = "牵头科室", .type = FieldType::Unit}}},
        {"person",
         {text("code", "代码"), text("name", "姓名"),
          Field{.id = "unit", .title = "单位", .type = FieldType::Unit},
          Field{.id = "post", .title = "岗位", .type = FieldType::Text, .is_public = true}}},
        {"jurisdiction",
         {choice("kind", "类别",
                 {{.id = "city", .title = "市"},
                  {.id = "district", .title = "区"},
                  {.id = "county", .title = "县"},
                  {.id = "subdistrict", .title = "街道"},
                  {.id = "township", .title = "乡镇"},
                  {.id = "bureau", .title = "局"}}),
          text("code", "代码"), text("name", "名称")}},
    };
    return kRegisters;
}

}  // namespace

bool is_built_in_register(std::string_view name) {
    return std::any_of(registers().begin(), registers().end(),
                       [name](const BuiltInRegister& each) { return each.name == name; });
}

const Field* built_in_column(std::string_view register_name, std::string_view column) {
    for (const BuiltInRegister& each : registers()) {
        if (each.name != register_name) continue;
        for (const Field& field : each.columns) {
            if (field.id == column) return &field;
        }
    }
    return nullptr;
}

std::vector<std::string> built_in_columns(std::string_view register_name) {
    std::vector<std::string> ids;
    for (const BuiltInRegister& each : registers()) {
        if (each.name != register_name) continue;
        for (const Field& field : each.columns) ids.push_back(field.id);
    }
    return ids;
}

}  // namespace fazhi::definition
