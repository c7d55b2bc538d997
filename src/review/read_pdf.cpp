#include "review/read_pdf.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <optional>

#include <fmt/format.h>
#include <poppler-document.h>
#include <poppler-image.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

#include "review/errors.h"
#include "review/read_limits.h"
#include "review/read_ocr.h"
#include "review/read_pages.h"

namespace fazhi::review {

namespace {

constexpr double kPointsPerInch = 72;
constexpr double kOcrDots = 300;  // an inch
constexpr double kLookDots = 20;  // enough to see whether a page is blank
constexpr double kPixelsMax = 40'000'000;
constexpr unsigned char kWhite = 250;

Refusal not_whole() {
    return refuse(ErrorKind::InvalidInput, errors::kNotWhole,
                  "PDF 不完整或已损坏，请重新导出后再试。");
}

Result<std::unique_ptr<poppler::document>> opened(std::string_view bytes) {
    // poppler prints what it thinks of a file; a refusal says what matters.
    poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
    if (bytes.size() > std::numeric_limits<int>::max()) return not_whole();
    std::unique_ptr<poppler::document> document(
        poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
    if (!document) return not_whole();
    if (document->is_locked()) {
        return refuse(ErrorKind::InvalidInput, errors::kLocked,
                      "PDF 有打开密码，请去掉密码后再试。");
    }
    if (document->pages() < 1) return not_whole();
    if (static_cast<std::uint32_t>(document->pages()) > kPagesMax) {
        return refuse(
            ErrorKind::TooLarge, errors::kTooLarge,
            fmt::format("PDF 有{}页，最多读{}页，请分成几个文件。", document->pages(), kPagesMax));
    }
    return document;
}

// poppler's strings are UTF-16.
std::u32string characters_of(const poppler::ustring& text) {
    std::u32string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char32_t unit = text[i];
        const bool is_pair = unit >= 0xD800 && unit < 0xDC00 && i + 1 < text.size() &&
                             text[i + 1] >= 0xDC00 && text[i + 1] < 0xE000;
        if (is_pair) {
            out += 0x10000 + ((unit - 0xD800) << 10U) + (char32_t{text[i + 1]} - 0xDC00);
            ++i;
        } else {
            out += unit >= 0xD800 && unit < 0xE000 ? char32_t{0xFFFD} : unit;
        }
    }
    return out;
}

PageWord word_of(const poppler::text_box& box) {
    const poppler::rectf where = box.bbox();
    PageWord out;
    out.text = characters_of(box.text());
    out.left = where.left();
    out.right = where.right();
    out.top = where.top();
    out.bottom = where.bottom();
    out.em = box.has_font_info() ? box.get_font_size() : where.height();
    out.space_after = box.has_space_after();
    out.rotation = box.rotation();
    return out;
}

Page page_of(const poppler::page& page, std::uint32_t number) {
    const poppler::rectf size = page.page_rect();
    Page out{.number = number, .width = size.width(), .height = size.height(), .words = {}};
    for (const poppler::text_box& box : page.text_list(poppler::page::text_list_include_font)) {
        out.words.push_back(word_of(box));
    }
    return out;
}

// In grey, one byte a pixel; as PGM. Nothing where the page cannot be drawn.
struct Picture {
    double dots = 0;  // an inch
    int width = 0;
    int height = 0;
    std::string pixels;

    [[nodiscard]] bool is_blank() const {
        return std::all_of(pixels.begin(), pixels.end(),
                           [](char pixel) { return static_cast<unsigned char>(pixel) >= kWhite; });
    }
    [[nodiscard]] std::string pgm() const {
        return fmt::format("P5\n{} {}\n255\n", width, height) + pixels;
    }
};

std::optional<Picture> picture_of(const poppler::page& page, double dots) {
    const poppler::rectf size = page.page_rect();
    const double inches = size.width() * size.height() / (kPointsPerInch * kPointsPerInch);
    dots = std::min(dots, std::sqrt(kPixelsMax / std::max(inches, 0.01)));
    poppler::page_renderer renderer;
    renderer.set_image_format(poppler::image::format_gray8);
    renderer.set_paper_color(0xFFFFFFFF);
    const poppler::image image = renderer.render_page(&page, dots, dots);
    if (!image.is_valid() || image.format() != poppler::image::format_gray8) return std::nullopt;
    Picture out{.dots = dots, .width = image.width(), .height = image.height(), .pixels = {}};
    for (int row = 0; row < image.height(); ++row) {
        out.pixels.append(
            image.const_data() + static_cast<std::ptrdiff_t>(row) * image.bytes_per_row(),
            static_cast<std::size_t>(image.width()));
    }
    return out;
}

// Reads the pages that have no text of their own.
class PicturePages {
public:
    PicturePages(const poppler::document& document, SourceText& out)
        : document_(document), out_(out) {}

    // Words into `page` where it is a picture of text.
    Result<void> read(Page& page) {
        const std::unique_ptr<poppler::page> source(
            document_.create_page(static_cast<int>(page.number) - 1));
        if (!source) return not_whole();
        const auto look = picture_of(*source, kLookDots);
        if (!look || look->is_blank()) return {};
        ++count_;
        if (!ocr_is_there()) {
            note_unread(page.number);
            return {};
        }
        if (count_ > kOcrPagesMax) return too_many();
        const auto picture = picture_of(*source, kOcrDots);
        if (!picture) return not_whole();
        TRY(OcrResult result, ocr(picture->pgm()));
        out_.notices.push_back(ocr_notice(page.number, result));
        page.words = std::move(result.words);
        in_points(page.words, kPointsPerInch / picture->dots);
        return {};
    }

    [[nodiscard]] std::uint32_t count() const { return count_; }

private:
    static Refusal too_many() {
        return refuse(ErrorKind::TooLarge, errors::kTooLarge,
                      fmt::format("PDF 里是图片的页面超过{}页，请分成几个文件，"
                                  "或者改交带文字的文件。",
                                  kOcrPagesMax));
    }

    static void in_points(std::vector<PageWord>& words, double scale) {
        for (PageWord& word : words) {
            word.left *= scale;
            word.right *= scale;
            word.top *= scale;
            word.bottom *= scale;
            word.em *= scale;
        }
    }

    void note_unread(std::uint32_t page) {
        out_.notices.push_back({"picture_page",
                                fmt::format("第{}页是图片，服务器没有文字识别，没有读入。", page),
                                {page, 1, 0}});
    }

    const poppler::document& document_;
    SourceText& out_;
    std::uint32_t count_ = 0;
};

bool has_text(const Page& page) {
    return std::any_of(page.words.begin(), page.words.end(),
                       [](const PageWord& word) { return !word.text.empty(); });
}

}  // namespace

Result<SourceText> read_pdf(std::string_view bytes) {
    TRY(const auto document, opened(bytes));
    SourceText out{.format = "pdf",
                   .pages = static_cast<std::uint32_t>(document->pages()),
                   .blocks = {},
                   .notices = {}};
    std::vector<Page> pages;
    PicturePages pictures(*document, out);
    for (std::uint32_t number = 1; number <= out.pages; ++number) {
        const std::unique_ptr<poppler::page> source(
            document->create_page(static_cast<int>(number) - 1));
        if (!source) return not_whole();
        pages.push_back(page_of(*source, number));
        if (has_text(pages.back())) continue;
        TRY_OK(pictures.read(pages.back()));
    }
    append_pages(pages, out);
    if (!out.blocks.empty()) return out;
    if (pictures.count() > 0 && !ocr_is_there()) return refuse(no_ocr());
    return refuse(ErrorKind::InvalidInput, errors::kNoText, "PDF 里没有文字。");
}

}  // namespace fazhi::review
