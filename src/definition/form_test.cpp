#include <fstream>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "definition/errors.h"
#include "definition/pack_diff.h"
#include "definition/testing/fault_cases.h"
#include "definition/testing/packs.h"
#include "storage/testing/scratch.h"

namespace fazhi::definition {

using testing::all_of;
using testing::changed;
using testing::local_pack;
using testing::office_pack;
using testing::set_of;
using testing::with_file;

namespace {

constexpr const char* kBytes = "PK\x03\x04\xFF\xFE not looked into here";
constexpr const char* kPath = "documents/reply.yaml";
constexpr const char* kBody =
    "body:\n  - {each: people, text: \"诉求人：{name}[，{age}岁]\"}\n"
    "  - {heading: 内容, text: \"{summary}\", when: {kind: {not: other}}}\n";

PackSource office_with_template() {
    return changed(with_file(office_pack(), "forms/reply.docx", kBytes), kPath, kBody,
                   "template: forms/reply.docx\n");
}

PackSource replacing(const std::string& name, const std::string& text) {
    return with_file(local_pack(name, "documents/reply.yaml", "replaces: reply\n" + text),
                     "forms/own.docx", kBytes);
}

std::string problems_of(const std::vector<PackSource>& packs) {
    return all_of(build_set(packs).problems);
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a form made of a file holds it, and so do the set's content and digest") {
    const auto set = set_of({office_with_template()});
    const DocumentForm* form = set->document("reply");
    REQUIRE(form != nullptr);
    CHECK(form->body.empty());
    CHECK(form->template_file == "office/forms/reply.docx");
    CHECK(set->template_file(form->template_file)->bytes == kBytes);
    CHECK(set->template_file(form->template_file)->shown == "packs/office/forms/reply.docx");
    REQUIRE(set->templates().size() == 1);
    CHECK(set->templates().front().needs.front().field == "summary");

    const auto packs = packs_of_content(set->content());
    REQUIRE(packs);
    const auto again = set_of(*packs);
    CHECK(again->digest() == set->digest());
    CHECK(again->template_file(form->template_file)->bytes == kBytes);
    auto other = office_with_template();
    other.files.back().text += "x";
    CHECK(set_of({other})->digest() != set->digest());
    CHECK(has(differences(*set, *set_of({other})).front(), "文书 reply 答复书：模板有变"));
    std::string spoilt = set->content();
    spoilt.insert(spoilt.find("base64\":\"") + 9, "?");
    CHECK(packs_of_content(spoilt).error().code == errors::kBadContent);
}

TEST_CASE("a template is read with its pack, within bounds") {
    const storage::testing::Scratch scratch;
    const auto folder = scratch.folder() / "office";
    for (const SourceFile& file : office_with_template().files) {
        std::filesystem::create_directories((folder / file.path).parent_path());
        std::ofstream(folder / file.path, std::ios::binary) << file.text;
    }
    std::ofstream(folder / "forms" / "~$reply.docx") << "left over";
    const auto pack = read_pack(folder);
    REQUIRE(pack);
    CHECK(pack->files.size() == office_with_template().files.size());
    CHECK(set_of({*pack})->digest() == set_of({office_with_template()})->digest());
    const std::string half(kTemplatesBytesMax / 5 + 1, 'x');
    for (const char* name : {"a", "b", "c", "d"})
        std::ofstream(folder / "forms" / (std::string(name) + ".docx")) << half;
    CHECK(read_pack(folder).has_value());
    std::ofstream(folder / "forms" / "e.docx") << half;
    CHECK(read_pack(folder).error().code == errors::kTooLarge);
    std::ofstream(folder / "forms" / "e.docx") << std::string(kTemplateFileBytesMax + 1, 'x');
    CHECK(read_pack(folder).error().code == errors::kTooLarge);
}

TEST_CASE("a template's path stays in the pack and names a file that is there") {
    struct Case {
        const char* path;
        const char* message;
    };
    const Case cases[] = {
        {"forms/replay.docx", "没有文件“forms/replay.docx”，是否要写“forms/reply.docx”"},
        {"/etc/reply.docx", "文件夹里的路径"},
        {"../other/forms/reply.docx", "文件夹里的路径"},
        {"forms/../forms/reply.docx", "文件夹里的路径"},
        {"forms//reply.docx", "文件夹里的路径"},
        {"'forms\\reply.docx'", "文件夹里的路径"},
        {"''", "文件夹里的路径"},
        {"documents/reply.yaml", "应为 .docx"},
    };
    for (const Case& each : cases) {
        CAPTURE(each.path);
        const auto pack = changed(office_with_template(), kPath, "forms/reply.docx", each.path);
        const std::string said = problems_of({pack});
        CHECK_MESSAGE(has(said, each.message), said);
        CHECK_MESSAGE(has(said, "packs/office/documents/reply.yaml:8: template"), said);
    }
    CHECK(has(problems_of({changed(office_pack(), kPath, kBody, "")}), "缺 body 或 template"));
    CHECK(has(problems_of(
                  {changed(office_with_template(), kPath, "sign:", fmt::format("{}sign:", kBody))}),
              "只写一个"));
    const Loaded loaded = build_set({with_file(office_pack(), "forms/a.docx", kBytes)});
    REQUIRE(loaded.set != nullptr);
    CHECK(has(all_of(loaded.notes), "packs/office/forms/a.docx: 没有文书用这个模板"));
}

TEST_CASE("a pack may put its own file in the place of another's form, and demand more") {
    const auto set = set_of({office_pack(), replacing("local",
                                                      "template: forms/own.docx\n"
                                                      "needs: {place: null}\n")});
    const DocumentForm* form = set->document("reply");
    CHECK(form->template_file == "local/forms/own.docx");
    CHECK(form->body.empty());
    CHECK(form->pack == "office");
    CHECK(form->replaced_by == std::vector<std::string>{"local"});
    CHECK(form->in_states.size() == 2);
    CHECK(form->number == "（{year}）{unit.short}复字第{serial}号");
    CHECK(form->signatures.size() == 1);
    REQUIRE(form->needs.size() == 2);
    CHECK(form->needs[0].basis.front().law == "信访法");
    CHECK(form->needs[1].field == "place");
    CHECK(set->templates().size() == 1);

    const auto body =
        set_of({office_with_template(), replacing("local", "body: [{text: \"{summary}\"}]\n")});
    CHECK(body->document("reply")->template_file.empty());
    CHECK(body->document("reply")->body.size() == 1);
    CHECK(body->templates().size() == 1);  // the original's still has to be right
}

TEST_CASE("a replacement neither loosens nor hides what the law demands") {
    struct Case {
        const char* text;
        const char* message;
    };
    const Case cases[] = {
        {"body: [{text: 见附件}]\n", "没有写“内容”（{summary}），而《信访法》要求载明"},
        {"body: [{text: \"{summary}\"}]\nnumber: x\n", "没有“number”这个键"},
        {"body: [{text: \"{summary}\"}]\nin_states: [closed]\n", "没有“in_states”这个键"},
        {"body: [{text: \"{sumary}\"}]\n", "没有“{sumary}”，是否要写“summary”"},
        {"needs: {place: null}\n", "缺 body 或 template"},
        {"needs: {plaice: null}\ntemplate: forms/own.docx\n", "没有“plaice”这一项"},
        {"template: forms/reply.docx\n", "没有文件“forms/reply.docx”"},
        {"template: forms/own.docx\n---\nreplaces: reply\ntemplate: forms/own.docx\n",
         "本包已经换过"},
        {"template: forms/own.docx\n---\nreplaces: replay\ntemplate: forms/own.docx\n",
         "没有文书“replay”，是否要写“reply”"},
    };
    for (const Case& each : cases) {
        CAPTURE(each.text);
        const std::string said =
            problems_of({office_with_template(), replacing("local", each.text)});
        CHECK_MESSAGE(has(said, each.message), said);
    }
}

TEST_CASE("packs that do not know each other may replace the same form, each from the original") {
    const auto set =
        set_of({office_pack(), replacing("a", "template: forms/own.docx\nneeds: {place: null}\n"),
                replacing("b", "body: [{text: \"{summary}\"}]\n")});
    const DocumentForm* form = set->document("reply");
    CHECK(form->replaced_by == std::vector<std::string>{"a", "b"});
    CHECK(form->template_file.empty());
    CHECK(form->needs.size() == 1);
    CHECK(set->templates().size() == 1);
}

}  // namespace fazhi::definition
