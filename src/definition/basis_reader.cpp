#include "definition/basis_reader.h"

#include <fmt/format.h>

namespace fazhi::definition {

namespace {

Basis read_one(const Cursor& cursor, const DefinitionSet& set) {
    Basis basis{.law = cursor.text_at("law"),
                .note = cursor.text_at("note"),
                .applies = cursor.text_at("applies")};
    for (const Cursor& article : cursor.at("article").items()) {
        if (article.node().kind != NodeKind::Integer || article.node().number < 1) continue;
        basis.articles.push_back(static_cast<int>(article.node().number));
    }
    if (basis.law.empty()) {
        if (!basis.articles.empty()) cursor.error("写了条号就要写是哪部法（law）");
        return basis;
    }
    const Law* law = set.law(basis.law);
    if (law == nullptr) {
        cursor.note(fmt::format("《{}》不在 reference/laws.yaml 中，无法核对", basis.law));
    } else if (!law->verified && !basis.articles.empty()) {
        cursor.error(
            fmt::format("《{}》尚未核实，不能写条号；可以写在 note 里说明内容", basis.law));
    }
    return basis;
}

}  // namespace

std::vector<Basis> read_basis(const Cursor& cursor, const DefinitionSet& set) {
    std::vector<Basis> all;
    for (const Cursor& item : cursor.items()) {
        if (item.node().is_map()) all.push_back(read_one(item, set));
    }
    return all;
}

}  // namespace fazhi::definition
