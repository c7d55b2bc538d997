#include "review/read_ofd.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <pugixml.hpp>

#include "document/characters.h"
#include "review/errors.h"
#include "review/read_container.h"
#include "review/read_limits.h"
#include "review/read_pages.h"
#include "text/utf8.h"

namespace fazhi::review {

namespace {

using document::ArchiveReader;
using pugi::xml_node;

constexpr double kPageWidth = 210;  // mm, where the file does not say
constexpr double kPageHeight = 297;

// The first child of this name, whatever its prefix.
xml_node child_of(const xml_node& node, std::string_view name) {
    for (const xml_node child : node.children()) {
        if (local_name(child) == name) return child;
    }
    return {};
}

xml_node descend(xml_node node, std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) node = child_of(node, name);
    return node;
}

std::string_view trimmed_text(const xml_node& node) {
    return text::trimmed(node.text().get());
}

// §7.3: numbers apart by spaces; "g n v" in a list of moves is v, n times.
std::vector<double> numbers_of(std::string_view list) {
    std::vector<double> out;
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(' '), list.size());
        const std::string_view word = list.substr(0, end);
        list.remove_prefix(std::min(end + 1, list.size()));
        if (word.empty()) continue;
        double value = std::nan("");
        std::from_chars(word.data(), word.data() + word.size(), value);
        out.push_back(value);  // "g" is no number
    }
    return out;
}

std::vector<double> moves_of(std::string_view list, std::size_t most) {
    const std::vector<double> written = numbers_of(list);
    std::vector<double> out;
    for (std::size_t at = 0; at < written.size() && out.size() < most;) {
        const bool repeats = std::isnan(written[at]) && at + 2 < written.size();
        if (!repeats) {
            out.push_back(std::isnan(written[at]) ? 0 : written[at]);
            ++at;
            continue;
        }
        const double times = std::clamp(written[at + 1], 0.0, static_cast<double>(most));
        out.insert(out.end(), static_cast<std::size_t>(times), written[at + 2]);
        at += 3;
    }
    return out;
}

// Where a name in the file leads (§7.2): from the container's root, or from beside the file that
// says it.
std::string path_from(std::string_view file, std::string_view said) {
    if (said.starts_with('/')) return std::string(said.substr(1));
    const std::size_t folder = file.rfind('/');
    if (folder == std::string_view::npos) return std::string(said);
    return std::string(file.substr(0, folder + 1)) + std::string(said);
}

struct Box {
    double left = 0;
    double top = 0;
    double width = 0;
    double height = 0;
};

Box box_of(std::string_view said, Box otherwise) {
    const std::vector<double> numbers = numbers_of(said);
    if (numbers.size() != 4) return otherwise;
    const bool sound = std::all_of(numbers.begin(), numbers.end(),
                                   [](double value) { return std::isfinite(value); });
    return sound ? Box{numbers[0], numbers[1], numbers[2], numbers[3]} : otherwise;
}

// §11.3: a text object's size and places are in its own coordinates, which CTM scales.
struct Scale {
    double x = 1;
    double y = 1;
};

Scale scale_of(const xml_node& object) {
    const std::vector<double> matrix = numbers_of(object.attribute("CTM").value());
    if (matrix.size() != 6) return {};
    const double x = std::hypot(matrix[0], matrix[1]);
    const double y = std::hypot(matrix[2], matrix[3]);
    return std::isfinite(x) && std::isfinite(y) && x > 0 && y > 0 ? Scale{x, y} : Scale{};
}

class OfdFile {
public:
    explicit OfdFile(ArchiveReader& archive) : archive_(archive) {}

    Result<SourceText> read() {
        pugi::xml_document entry;
        TRY_OK(read_part(archive_, "OFD.xml", Part::Needed, entry));
        const xml_node body = child_of(entry.document_element(), "DocBody");
        const std::string root = path_from("OFD.xml", trimmed_text(child_of(body, "DocRoot")));
        pugi::xml_document document;
        TRY_OK(read_part(archive_, root, Part::Needed, document));
        const xml_node common = child_of(document.document_element(), "CommonData");
        const Box size = box_of(trimmed_text(descend(common, {"PageArea", "PhysicalBox"})),
                                {0, 0, kPageWidth, kPageHeight});
        TRY_OK(read_templates(common, root));
        std::vector<Page> pages;
        for (const xml_node page : child_of(document.document_element(), "Pages").children()) {
            if (local_name(page) != "Page") continue;
            if (pages.size() == kPagesMax) return too_many_pages();
            pages.push_back(
                {static_cast<std::uint32_t>(pages.size() + 1), size.width, size.height, {}});
            TRY_OK(read_page(path_from(root, page.attribute("BaseLoc").value()), pages.back()));
        }
        return text_of(pages);
    }

private:
    static Refusal too_many_pages() {
        return refuse(ErrorKind::TooLarge, errors::kTooLarge,
                      fmt::format("OFD 超过{}页，请分成几个文件。", kPagesMax));
    }

    // What pages are drawn over: heads and frames.
    Result<void> read_templates(const xml_node& common, const std::string& root) {
        for (const xml_node page : common.children()) {
            if (local_name(page) != "TemplatePage") continue;
            pugi::xml_document content;
            const std::string path = path_from(root, page.attribute("BaseLoc").value());
            TRY_OK(read_part(archive_, path, Part::Optional, content));
            const xml_node body = child_of(content.document_element(), "Content");
            collect(body, templates_[page.attribute("ID").value()]);
        }
        return {};
    }

    Result<void> read_page(const std::string& path, Page& page) {
        pugi::xml_document content;
        TRY_OK(read_part(archive_, path, Part::Needed, content));
        const xml_node root = content.document_element();
        const Box size = box_of(trimmed_text(descend(root, {"Area", "PhysicalBox"})),
                                {0, 0, page.width, page.height});
        page.width = size.width;
        page.height = size.height;
        for (const xml_node child : root.children()) {
            if (local_name(child) != "Template") continue;
            const auto found = templates_.find(child.attribute("TemplateID").value());
            if (found == templates_.end()) continue;
            page.words.insert(page.words.end(), found->second.begin(), found->second.end());
        }
        collect(child_of(root, "Content"), page.words);
        // Producers write objects in the order they were drawn.
        std::stable_sort(page.words.begin(), page.words.end(),
                         [](const PageWord& a, const PageWord& b) { return stands_before(a, b); });
        return {};
    }

    // From row to row, a row as high as half its type.
    static bool stands_before(const PageWord& a, const PageWord& b) {
        const auto row_of = [](const PageWord& word) { return std::lround(word.bottom * 2); };
        return row_of(a) != row_of(b) ? row_of(a) < row_of(b) : a.left < b.left;
    }

    void collect(const xml_node& parent, std::vector<PageWord>& out) {
        for (const xml_node child : parent.children()) {
            const std::string_view name = local_name(child);
            if (name == "TextObject") {
                take_object(child, out);
            } else if (name == "ImageObject") {
                ++pictures_;
            } else if (name == "Layer" || name == "PageBlock") {
                collect(child, out);
            }
        }
    }

    static double width_of(const std::u32string& said, double size,
                           const std::vector<double>& moves) {
        double width = 0;
        for (std::size_t i = 0; i < said.size(); ++i) {
            const double own = document::is_full_width(said[i]) ? size : size / 2;
            const bool moved = i + 1 < said.size() && i < moves.size();
            width += moved ? std::max(moves[i], 0.0) : own;
        }
        return width;
    }

    static void take_object(const xml_node& object, std::vector<PageWord>& out) {
        const Box box = box_of(object.attribute("Boundary").value(), {});
        const Scale scale = scale_of(object);
        const double size = std::max(object.attribute("Size").as_double(), 0.1);
        double x = 0;
        double y = 0;
        for (const xml_node code : object.children()) {
            if (local_name(code) != "TextCode") continue;
            // Where a code does not say, it goes on from the one before (§11.3).
            x = code.attribute("X").as_double(x);
            y = code.attribute("Y").as_double(y);
            PageWord word;
            word.text = text::code_points(code.text().get());
            if (word.text.empty()) continue;
            const auto moves = moves_of(code.attribute("DeltaX").value(), word.text.size());
            const double width = width_of(word.text, size, moves);
            word.left = box.left + x * scale.x;
            word.right = word.left + width * scale.x;
            word.em = size * scale.y;
            word.bottom = box.top + y * scale.y;  // the base line
            word.top = word.bottom - word.em;
            out.push_back(std::move(word));
        }
    }

    Result<SourceText> text_of(const std::vector<Page>& pages) const {
        SourceText out{
            .format = "ofd",
            .pages = std::max<std::uint32_t>(1, static_cast<std::uint32_t>(pages.size())),
            .blocks = {},
            .notices = {}};
        append_pages(pages, out);
        for (const Page& page : pages) {
            if (page.words.empty() && pictures_ > 0) {
                out.notices.push_back(
                    {"picture_page",
                     fmt::format("第{}页没有文字，可能是图片，没有读入。", page.number),
                     {page.number, 1, 0}});
            }
        }
        if (!out.blocks.empty()) return out;
        return refuse(ErrorKind::InvalidInput, errors::kNoText,
                      "OFD 里没有文字；如果页面是图片，请改交 PDF。");
    }

    ArchiveReader& archive_;
    std::map<std::string, std::vector<PageWord>> templates_;
    std::size_t pictures_ = 0;
};

}  // namespace

Result<SourceText> read_ofd(std::string_view bytes) {
    TRY(auto archive, open_container(bytes));
    // GB/T 33190 leaves encryption to the container; producers write the list of it here.
    if (archive.has("Encryptions.xml")) {
        return refuse(ErrorKind::InvalidInput, errors::kLocked, "OFD 已加密，请去掉密码后再试。");
    }
    return OfdFile(archive).read();
}

}  // namespace fazhi::review
