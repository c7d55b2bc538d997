#include "action/scenario_words.h"

#include <fmt/format.h>

namespace fazhi::action {

std::vector<std::string> words_of(const Value& value) {
    std::vector<std::string> out;
    if (value.is_text()) out.push_back(value.as_text());
    if (value.is_list()) {
        for (const Value& word : value.as_list()) {
            if (word.is_text()) out.push_back(word.as_text());
        }
    }
    return out;
}

Value::List list_of(const Value& value) {
    if (value.is_list()) return value.as_list();
    return value.is_null() ? Value::List{} : Value::List{value};
}

std::string text_of(const Value& value) {
    if (value.is_text()) return value.as_text();
    if (value.is_integer()) return std::to_string(value.as_integer());
    if (value.is_bool()) return value.as_bool() ? "true" : "false";
    return {};
}

std::string described(const Error& error) {
    std::string out;
    for (const Error& flat : flatten(error))
        out += fmt::format("{}{}（{}）{}", out.empty() ? "" : "；", flat.code, flat.where,
                           flat.message);
    return out;
}

}  // namespace fazhi::action
