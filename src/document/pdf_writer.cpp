#include "document/pdf_writer.h"

#include <array>
#include <cstdlib>
#include <memory>
#include <stdexcept>

#include <cairo/cairo-pdf.h>
#include <fmt/format.h>

#include "document/chart_drawing.h"
#include "document/clean_text.h"
#include "document/layout.h"
#include "document/page_setup.h"
#include "document/pango_text.h"

namespace fazhi::document {

namespace {

struct SurfaceFreed {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct PageFreed {
    void operator()(cairo_t* page) const { cairo_destroy(page); }
};

cairo_status_t append_bytes(void* bytes, const unsigned char* data, unsigned int length) {
    auto& file = *static_cast<std::string*>(bytes);
    for (unsigned int n = 0; n < length; ++n) file.push_back(static_cast<char>(data[n]));
    return CAIRO_STATUS_SUCCESS;
}

const char* tag_of(Role role) {
    switch (role) {
        case Role::Paragraph:
            return "P";
        case Role::Heading1:
            return "H1";
        case Role::Heading2:
            return "H2";
        case Role::Heading3:
            return "H3";
        case Role::Heading4:
            return "H4";
        case Role::Furniture:
            return nullptr;
    }
    return nullptr;
}

void set_colour(cairo_t* page, Ink ink) {
    if (ink == Ink::Red) {
        cairo_set_source_rgb(page, 0.85, 0.05, 0.05);
    } else {
        cairo_set_source_rgb(page, 0, 0, 0);
    }
}

void set_series_colour(cairo_t* page, int series) {
    if (series < 0) {
        cairo_set_source_rgb(page, 0.6, 0.6, 0.6);
        return;
    }
    const unsigned long colour = std::strtoul(series_colour(series).c_str() + 1, nullptr, 16);
    const auto part = [colour](unsigned shift) {
        return static_cast<double>((colour >> shift) & 0xFFU) / 255;
    };
    cairo_set_source_rgb(page, part(16), part(8), part(0));
}

class PdfDrawer {
public:
    PdfDrawer(const Document& document, const PdfOptions& options)
        : text_(options.fonts),
          surface_(
              cairo_pdf_surface_create_for_stream(append_bytes, &file_, kPageWidth, kPageHeight)) {
        describe(document, options);
        page_.reset(cairo_create(surface_.get()));
    }

    std::string run(const Document& document) {
        int number = 0;
        for (const Page& page : lay_out(document, text_)) {
            add_bookmarks(page, ++number);
            draw(page);
            cairo_show_page(page_.get());
        }
        const cairo_status_t drawn = cairo_status(page_.get());
        page_.reset();
        cairo_surface_finish(surface_.get());
        const cairo_status_t written = cairo_surface_status(surface_.get());
        for (const cairo_status_t status : {drawn, written}) {
            if (status == CAIRO_STATUS_SUCCESS) continue;
            throw std::runtime_error(fmt::format("cairo: {}", cairo_status_to_string(status)));
        }
        return std::move(file_);
    }

private:
    void describe(const Document& document, const PdfOptions& options) {
        const auto set = [this](cairo_pdf_metadata_t key, const std::string& value) {
            if (!value.empty()) cairo_pdf_surface_set_metadata(surface_.get(), key, value.c_str());
        };
        std::string title;
        for (const char c : document.title) {
            if (c != '\n') title.push_back(c);
        }
        set(CAIRO_PDF_METADATA_TITLE, title);
        set(CAIRO_PDF_METADATA_AUTHOR, document.organisation);
        set(CAIRO_PDF_METADATA_SUBJECT, document.number);
        set(CAIRO_PDF_METADATA_CREATE_DATE, options.created_at);
        set(CAIRO_PDF_METADATA_MOD_DATE, options.created_at);
    }

    // Under the nearest heading of a higher level.
    void add_bookmarks(const Page& page, int number) {
        for (const Bookmark& bookmark : page.bookmarks) {
            const auto level = static_cast<std::size_t>(bookmark.level);
            int parent = CAIRO_PDF_OUTLINE_ROOT;
            for (std::size_t above = 1; above < level; ++above) {
                if (latest_.at(above) != 0) parent = latest_.at(above);
            }
            const std::string place =
                fmt::format("page={} pos=[{:.1f} {:.1f}]", number, kMarginLeft, bookmark.y);
            latest_.at(level) =
                cairo_pdf_surface_add_outline(surface_.get(), parent, bookmark.title.c_str(),
                                              place.c_str(), CAIRO_PDF_OUTLINE_FLAG_OPEN);
            for (std::size_t below = level + 1; below < latest_.size(); ++below) latest_[below] = 0;
        }
    }

    void draw(const Page& page) {
        for (const PlacedRule& rule : page.rules) {
            set_colour(page_.get(), rule.ink);
            cairo_set_line_width(page_.get(), rule.thickness);
            cairo_move_to(page_.get(), rule.x1, rule.y1);
            cairo_line_to(page_.get(), rule.x2, rule.y2);
            cairo_stroke(page_.get());
        }
        draw_texts(page.texts);
        for (const PlacedChart& chart : page.charts) draw(chart);
    }

    // The lines of one paragraph share one tag.
    void draw_texts(const std::vector<PlacedText>& texts) {
        const char* open = nullptr;
        int part = -1;
        for (const PlacedText& text : texts) {
            if (open != nullptr && text.part != part) {
                cairo_tag_end(page_.get(), open);
                open = nullptr;
            }
            if (open == nullptr && tag_of(text.role) != nullptr) {
                open = tag_of(text.role);
                cairo_tag_begin(page_.get(), open, nullptr);
            }
            part = text.part;
            text_.show(page_.get(), text.pieces, text.x, text.y);
        }
        if (open != nullptr) cairo_tag_end(page_.get(), open);
    }

    void draw(const PlacedChart& placed) {
        const ChartDrawing drawing = draw_chart(placed.chart, placed.width, placed.height);
        cairo_save(page_.get());
        cairo_translate(page_.get(), placed.x, placed.y);
        for (const ChartArea& area : drawing.areas) {
            set_series_colour(page_.get(), area.series);
            cairo_rectangle(page_.get(), area.corner.x, area.corner.y, area.width, area.height);
            cairo_fill(page_.get());
        }
        for (const ChartStroke& stroke : drawing.strokes) draw(stroke);
        for (const ChartDot& dot : drawing.dots) {
            set_series_colour(page_.get(), dot.series);
            cairo_arc(page_.get(), dot.centre.x, dot.centre.y, 2.4, 0, 6.2832);
            cairo_fill(page_.get());
        }
        cairo_set_source_rgb(page_.get(), 0, 0, 0);
        for (const ChartText& text : drawing.texts) draw(text, drawing.text_size);
        cairo_restore(page_.get());
    }

    void draw(const ChartStroke& stroke) {
        set_series_colour(page_.get(), stroke.series);
        cairo_set_line_width(page_.get(), stroke.thickness);
        for (const Point& point : stroke.points) cairo_line_to(page_.get(), point.x, point.y);
        cairo_stroke(page_.get());
    }

    void draw(const ChartText& text, double size) {
        const auto pieces = pieces_of({{text.text, {Face::Hei, size, size}}}, text_, kPageWidth);
        double width = 0;
        for (const Piece& piece : pieces) width += piece.width;
        double x = text.at.x;
        switch (text.anchor) {
            case Anchor::Start:
                break;
            case Anchor::Middle:
                x -= width / 2;
                break;
            case Anchor::End:
                x -= width;
                break;
        }
        text_.show(page_.get(), pieces, x, text.at.y);
    }

    std::string file_;
    PangoText text_;
    std::unique_ptr<cairo_surface_t, SurfaceFreed> surface_;
    std::unique_ptr<cairo_t, PageFreed> page_;
    std::array<int, 5> latest_{};  // outline ids by level
};

}  // namespace

std::string write_pdf(const Document& document, const PdfOptions& options) {
    const Document ready = cleaned(document);
    return PdfDrawer(ready, options).run(ready);
}

}  // namespace fazhi::document

#if defined(__SANITIZE_ADDRESS__)
// Cairo 1.16 forgets an array per CFF font it embeds, fontconfig its configuration at exit,
// libxlsxwriter 1.1.5 the formula of a list of choices: not our leaks. A program has one such list.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
    return "leak:libcairo.so\nleak:libfontconfig.so\nleak:libxlsxwriter.so\n";
}
#endif
