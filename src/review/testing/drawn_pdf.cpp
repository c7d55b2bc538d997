#include "review/testing/drawn_pdf.h"

#include <memory>
#include <utility>

#include <cairo-pdf.h>
#include <cairo.h>
#include <pango/pangocairo.h>

#include "text/utf8.h"

namespace fazhi::review::testing {

namespace {

constexpr double kDots = 300.0 / 72.0;  // of a scan, for each point

struct Release {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    void operator()(cairo_t* context) const { cairo_destroy(context); }
    void operator()(PangoLayout* layout) const { g_object_unref(layout); }
    void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
};
using Surface = std::unique_ptr<cairo_surface_t, Release>;
using Context = std::unique_ptr<cairo_t, Release>;

cairo_status_t keep(void* to, const unsigned char* bytes, unsigned size) {
    static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(bytes), size);
    return CAIRO_STATUS_SUCCESS;
}

void draw(cairo_t* context, const std::vector<DrawnText>& texts) {
    for (const DrawnText& each : texts) {
        const std::unique_ptr<PangoLayout, Release> layout(pango_cairo_create_layout(context));
        const std::unique_ptr<PangoFontDescription, Release> font(
            pango_font_description_from_string("Noto Serif CJK SC"));
        pango_font_description_set_absolute_size(font.get(), each.size * PANGO_SCALE);
        pango_layout_set_font_description(layout.get(), font.get());
        pango_layout_set_text(layout.get(), each.text.c_str(), -1);
        cairo_move_to(context, each.x, each.y);
        pango_cairo_show_layout(context, layout.get());
    }
}

Surface picture_of(const std::vector<DrawnText>& texts) {
    Surface image(cairo_image_surface_create(CAIRO_FORMAT_RGB24,
                                             static_cast<int>(kPageWidth * kDots),
                                             static_cast<int>(kPageHeight * kDots)));
    const Context context(cairo_create(image.get()));
    cairo_set_source_rgb(context.get(), 1, 1, 1);
    cairo_paint(context.get());
    cairo_set_source_rgb(context.get(), 0, 0, 0);
    cairo_scale(context.get(), kDots, kDots);
    draw(context.get(), texts);
    return image;
}

template <class Draw>
std::string pdf_of(std::size_t pages, Draw draw_page) {
    std::string out;
    {
        const Surface surface(
            cairo_pdf_surface_create_for_stream(keep, &out, kPageWidth, kPageHeight));
        const Context context(cairo_create(surface.get()));
        for (std::size_t i = 0; i < pages; ++i) {
            draw_page(context.get(), i);
            cairo_show_page(context.get());
        }
    }
    return out;
}

}  // namespace

std::string drawn_pdf(const std::vector<std::vector<DrawnText>>& pages) {
    return pdf_of(pages.size(), [&](cairo_t* context, std::size_t i) { draw(context, pages[i]); });
}

std::string scanned_pdf(const std::vector<std::vector<DrawnText>>& pages) {
    return pdf_of(pages.size(), [&](cairo_t* context, std::size_t i) {
        const Surface image = picture_of(pages[i]);
        cairo_save(context);
        cairo_scale(context, 1 / kDots, 1 / kDots);
        cairo_set_source_surface(context, image.get(), 0, 0);
        cairo_paint(context);
        cairo_restore(context);
    });
}

std::string drawn_png(const std::vector<DrawnText>& page) {
    std::string out;
    const Surface image = picture_of(page);
    cairo_surface_write_to_png_stream(image.get(), keep, &out);
    return out;
}

std::vector<DrawnText> printed(const std::string& paragraph, double x, double y,
                               std::size_t characters) {
    constexpr double kSize = 16;
    constexpr double kPitch = 28;
    constexpr std::size_t kSetIn = 4;  // columns
    std::vector<DrawnText> out;
    std::string line;
    std::size_t columns = kSetIn;
    double left = x + 2 * kSize;
    for (const std::string_view character : text::characters(paragraph)) {
        const std::size_t wide = text::display_width(character);
        if (columns + wide > 2 * characters) {
            out.push_back({left, y, std::exchange(line, {}), kSize});
            y += kPitch;
            left = x;
            columns = 0;
        }
        line += character;
        columns += wide;
    }
    out.push_back({left, y, line, kSize});
    return out;
}

}  // namespace fazhi::review::testing
