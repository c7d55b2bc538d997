// The design's worked examples, where they lie beside the project: the pack language still takes
// their form. What they refer to is not looked at.
#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "definition/schema.h"

namespace fazhi::definition {
namespace {

namespace fs = std::filesystem;

// What stands against the file's form; `looked_at` counts the documents that have one.
std::vector<std::string> said_of(const fs::path& path, int& looked_at) {
    std::ifstream in(path, std::ios::binary);
    YamlFile yaml = read_yaml(std::string(std::istreambuf_iterator<char>(in), {}));
    std::vector<std::string> out;
    for (const YamlFault& fault : yaml.faults) out.push_back(fault.message);
    for (Node& root : yaml.documents) {
        if (!root.is_map() || root.keys.empty()) {
            out.emplace_back("no map");
            continue;
        }
        Document document;
        document.file = path.filename().string();
        document.kind = root.keys.front();
        document.root = std::move(root);
        if (!has_schema(document.kind)) continue;
        ++looked_at;
        Findings findings;
        check_schema(document, findings);
        for (const Problem& problem : findings.errors) out.push_back(to_text(problem));
    }
    return out;
}

}  // namespace

TEST_CASE("the design's worked examples have the form of the pack language") {
    const fs::path folder = "../shared/design/examples";
    if (!fs::is_directory(folder)) {
        MESSAGE("no examples beside the project");
        return;
    }
    int looked_at = 0;
    for (const auto& file : fs::directory_iterator(folder)) {
        CAPTURE(file.path().filename().string());
        for (const std::string& said : said_of(file.path(), looked_at)) FAIL_CHECK(said);
    }
    CHECK(looked_at > 0);
}

}  // namespace fazhi::definition
