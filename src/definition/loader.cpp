#include "definition/loader.h"

#include <algorithm>
#include <fstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "definition/condition_reader.h"
#include "definition/embedded_files.h"
#include "definition/errors.h"
#include "definition/pack_head.h"
#include "definition/schema.h"
#include "definition/set_builder.h"
#include "definition/yaml_tree.h"

namespace fazhi::definition {

namespace {

namespace fs = std::filesystem;

constexpr const char* kTemplate = ".docx";

bool is_template(const fs::path& path) {
    return path.extension() == kTemplate;
}

Result<std::string> read_text(const fs::path& path) {
    std::error_code failed;
    const auto size = fs::file_size(path, failed);
    const std::size_t most = is_template(path) ? kTemplateFileBytesMax : kFileBytesMax;
    if (!failed && size > most) {
        return refuse(ErrorKind::TooLarge, errors::kTooLarge,
                      fmt::format("文件 {} 超过 {} 字节。", path.string(), most));
    }
    std::ifstream in(path, std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(in), {});
    if (failed || in.bad() || text.size() != size) {
        return refuse(ErrorKind::Unavailable, errors::kUnreadable,
                      fmt::format("读不了文件 {}。", path.string()));
    }
    return text;
}

// A table that checks look things up in; elsewhere a file of cells is no part of the pack.
bool is_table(const fs::path& path) {
    return path.extension() == ".csv" && path.parent_path().filename() == "reference";
}

// What a word processor leaves beside a file that is open in it.
bool is_left_over(const fs::path& path) {
    return path.filename().string().starts_with("~$");
}

// The folder's files of YAML, templates and tables, sorted, without those of a folder scenarios/ in
// it.
Result<std::vector<fs::path>> pack_files(const fs::path& folder) {
    std::vector<fs::path> paths;
    std::error_code failed;
    for (fs::recursive_directory_iterator at(folder, failed), end; !failed && at != end;
         at.increment(failed)) {
        if (at->is_directory() && at->path().filename() == "scenarios") {
            at.disable_recursion_pending();
            continue;
        }
        const bool is_read =
            at->path().extension() == ".yaml" || is_template(at->path()) || is_table(at->path());
        if (!at->is_regular_file() || !is_read || is_left_over(at->path())) continue;
        paths.push_back(at->path());
        if (paths.size() > kFilesMax) {
            return refuse(ErrorKind::TooLarge, errors::kTooLarge,
                          fmt::format("{} 中的文件超过 {} 个。", folder.string(), kFilesMax));
        }
    }
    if (failed) {
        return refuse(ErrorKind::Unavailable, errors::kUnreadable,
                      fmt::format("读不了文件夹 {}。", folder.string()));
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

PackSource built_in_pack() {
    PackSource pack{.name = std::string(kBuiltInPack), .folder = "built_in"};
    for (const EmbeddedFile& file : embedded_files()) {
        if (file.group != "built_in") continue;
        pack.files.push_back({std::string(file.name), std::string(file.text)});
    }
    return pack;
}

Refusal bad_content() {
    return refuse(ErrorKind::InvalidInput, errors::kBadContent,
                  "存下的定义读不出来，数据库可能损坏。");
}

// The reverse of how content_of writes a file: templates as base64, all else as it is.
Result<std::string> text_of(const nlohmann::json& file) {
    if (!file.contains("base64")) return file.at("text").get<std::string>();
    auto bytes = from_base64(file.at("base64").get<std::string>());
    if (!bytes) return bad_content();
    return *std::move(bytes);
}

Error error_of(const Problem& problem) {
    return Error{ErrorKind::InvalidInput, errors::kBadCondition, problem.message, problem.key_path};
}

}  // namespace

bool is_pack(const fs::path& folder) {
    return fs::is_regular_file(folder / "pack.yaml");
}

Result<PackSource> read_pack(const fs::path& folder) {
    if (!is_pack(folder)) {
        return refuse(ErrorKind::NotFound, errors::kNoPack,
                      fmt::format("{} 里没有 pack.yaml，不是定义包。", folder.string()));
    }
    PackSource pack{.folder = folder.lexically_normal().string()};
    while (pack.folder.size() > 1 && pack.folder.ends_with('/')) pack.folder.pop_back();
    TRY(const std::vector<fs::path> paths, pack_files(folder));
    std::size_t room = kTemplatesBytesMax;
    for (const fs::path& path : paths) {
        TRY(std::string text, read_text(path));
        if (is_template(path) && text.size() > room) {
            return refuse(
                ErrorKind::TooLarge, errors::kTooLarge,
                fmt::format("{} 中的文书模板合计超过 {} 字节。", pack.folder, kTemplatesBytesMax));
        }
        if (is_template(path)) room -= text.size();
        pack.files.push_back({path.lexically_relative(folder).string(), std::move(text)});
    }
    const PackHead head = head_of(pack);
    pack.name = head.name.empty() ? fs::path(pack.folder).filename().string() : head.name;
    pack.version = head.version;
    return pack;
}

std::vector<std::string> required_by(const PackSource& pack) {
    std::vector<std::string> names;
    for (const auto& each : head_of(pack).required) names.push_back(each.first);
    return names;
}

std::vector<PackSource> in_order_of_need(std::vector<PackSource> waiting) {
    std::sort(waiting.begin(), waiting.end(), [](const PackSource& a, const PackSource& b) {
        if ((a.name == kBuiltInPack) != (b.name == kBuiltInPack)) return a.name == kBuiltInPack;
        return a.name < b.name;
    });
    const auto holds = [](const std::vector<PackSource>& packs, const std::string& name) {
        return std::any_of(packs.begin(), packs.end(),
                           [&](const PackSource& each) { return each.name == name; });
    };
    std::vector<PackSource> ordered;
    while (!waiting.empty()) {
        const auto ready = [&](const PackSource& pack) {
            const auto required = required_by(pack);
            return std::all_of(required.begin(), required.end(), [&](const std::string& name) {
                return holds(ordered, name) || !holds(waiting, name);
            });
        };
        auto next = std::find_if(waiting.begin(), waiting.end(), ready);
        if (next == waiting.end())
            next = waiting.begin();  // They require each other: an error later.
        ordered.push_back(std::move(*next));
        waiting.erase(next);
    }
    for (PackSource& pack : ordered) {
        std::sort(pack.files.begin(), pack.files.end(),
                  [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
    }
    return ordered;
}

Result<std::vector<Problem>> check_scenarios(const fs::path& folder) {
    Findings findings;
    const fs::path stories = folder / "scenarios";
    if (!fs::is_directory(stories)) return findings.errors;
    TRY(const std::vector<fs::path> paths, pack_files(stories));
    for (const fs::path& path : paths) {
        if (path.extension() != ".yaml") continue;
        TRY(const std::string text, read_text(path));
        YamlFile yaml = read_yaml(text);
        Document document{.file = path.string(), .kind = "scenario", .text = &text};
        for (const YamlFault& fault : yaml.faults) {
            findings.errors.push_back(Problem{document.file, fault.line, fault.key_path,
                                              line_of(text, fault.line), fault.message});
        }
        for (Node& root : yaml.documents) {
            document.root = std::move(root);
            check_schema(document, findings);
        }
    }
    return findings.errors;
}

Loaded build_set(const std::vector<PackSource>& packs) {
    std::vector<PackSource> all = packs;
    const bool has_built_in = std::any_of(
        all.begin(), all.end(), [](const PackSource& each) { return each.name == kBuiltInPack; });
    // A stored set brings the built-in ledgers it was made with.
    if (!has_built_in) all.push_back(built_in_pack());
    return SetBuilder(std::move(all)).build();
}

std::string content_of(const std::vector<PackSource>& packs) {
    nlohmann::json list = nlohmann::json::array();
    for (const PackSource& pack : packs) {
        nlohmann::json files = nlohmann::json::array();
        for (const SourceFile& file : pack.files) {
            if (is_template(file.path)) {
                files.push_back({{"path", file.path}, {"base64", base64(file.text)}});
            } else {
                files.push_back({{"path", file.path}, {"text", file.text}});
            }
        }
        list.push_back(
            {{"name", pack.name}, {"version", pack.version}, {"files", std::move(files)}});
    }
    return nlohmann::json{{"packs", std::move(list)}}.dump();
}

Result<std::vector<PackSource>> packs_of_content(const std::string& content) {
    const auto json = nlohmann::json::parse(content, nullptr, /*allow_exceptions=*/false);
    try {
        std::vector<PackSource> packs;
        for (const auto& each : json.at("packs")) {
            PackSource pack{.name = each.at("name"), .version = each.at("version")};
            for (const auto& file : each.at("files")) {
                TRY(std::string text, text_of(file));
                pack.files.push_back({file.at("path"), std::move(text)});
            }
            packs.push_back(std::move(pack));
        }
        return packs;
    } catch (const nlohmann::json::exception&) {
        return bad_content();
    }
}

Result<Condition> parse_condition(std::string_view yaml_flow, const DefinitionSet& set,
                                  const Ledger& ledger) {
    const std::string text(yaml_flow);
    Document document{.file = "--where", .kind = "condition", .text = &text};
    Findings findings;
    YamlFile yaml = read_yaml(text);
    for (const YamlFault& fault : yaml.faults) {
        findings.errors.push_back(Problem{.key_path = fault.key_path, .message = fault.message});
    }
    if (yaml.documents.size() > 1) findings.errors.push_back(Problem{.message = "只写一个条件"});
    Condition condition;
    if (yaml.documents.size() == 1) {
        document.root = std::move(yaml.documents.front());
        condition = read_condition(Cursor(document, findings),
                                   {.set = set, .ledger = &ledger, .sealed = SealedValues::Hidden});
    }
    if (findings.errors.empty()) return condition;
    std::vector<Error> errors;
    for (const Problem& problem : findings.errors) errors.push_back(error_of(problem));
    return refuse(join_errors(std::move(errors)));
}

}  // namespace fazhi::definition
