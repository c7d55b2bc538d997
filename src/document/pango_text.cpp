#include "document/pango_text.h"

#include <array>
#include <cmath>

#include <pango/pangocairo.h>

#include "base/invariant.h"

namespace fazhi::document {

namespace {

template <auto Free>
struct Freed {
    template <class T>
    void operator()(T* object) const {
        Free(object);
    }
};

using FontMap = std::unique_ptr<PangoFontMap, Freed<g_object_unref>>;
using Context = std::unique_ptr<PangoContext, Freed<g_object_unref>>;
using Description = std::unique_ptr<PangoFontDescription, Freed<pango_font_description_free>>;
using Attributes = std::unique_ptr<PangoAttrList, Freed<pango_attr_list_unref>>;
using Glyphs = std::unique_ptr<PangoGlyphString, Freed<pango_glyph_string_free>>;

constexpr std::size_t kFaces = 5;

int units(double points) {
    return static_cast<int>(std::lround(points * PANGO_SCALE));
}

// One script and font of a line, shaped.
struct Shaped {
    std::unique_ptr<PangoItem, Freed<pango_item_free>> item;
    Glyphs glyphs;

    [[nodiscard]] int first_byte() const { return item->offset; }
};

// A cluster: the glyphs that stand for some bytes of the line.
struct Cluster {
    int byte = 0;
    PangoGlyphString* glyphs = nullptr;
    int first = 0;
    int last = 0;  // one past

    [[nodiscard]] int width() const {
        int sum = 0;
        for (int n = first; n < last; ++n) sum += glyphs->glyphs[n].geometry.width;
        return sum;
    }
};

std::vector<Cluster> clusters_of(const std::vector<Shaped>& line) {
    std::vector<Cluster> clusters;
    for (const Shaped& part : line) {
        PangoGlyphString* glyphs = part.glyphs.get();
        for (int n = 0; n < glyphs->num_glyphs; ++n) {
            if (n > 0 && glyphs->log_clusters[n] == glyphs->log_clusters[n - 1]) {
                clusters.back().last = n + 1;
            } else {
                clusters.push_back({part.first_byte() + glyphs->log_clusters[n], glyphs, n, n + 1});
            }
        }
    }
    return clusters;
}

// The space a piece gains or loses: around a full-width glyph, behind a word.
void spread(const std::vector<Cluster>& clusters, PieceKind kind, int target) {
    if (clusters.empty()) return;
    int natural = 0;
    for (const Cluster& cluster : clusters) natural += cluster.width();
    int missing = target - natural;
    if (kind != PieceKind::Wide) {
        clusters.back().glyphs->glyphs[clusters.back().last - 1].geometry.width += missing;
        return;
    }
    int left = static_cast<int>(clusters.size());
    for (const Cluster& cluster : clusters) {
        const int share = missing / left;
        PangoGlyphGeometry& geometry = cluster.glyphs->glyphs[cluster.first].geometry;
        geometry.width += share;
        geometry.x_offset += share / 2;
        missing -= share;
        --left;
    }
}

void set_ink(cairo_t* page, Ink ink) {
    switch (ink) {
        case Ink::Black:
            cairo_set_source_rgb(page, 0, 0, 0);
            break;
        case Ink::Red:
            cairo_set_source_rgb(page, 0.85, 0.05, 0.05);
            break;
        case Ink::Grey:
            cairo_set_source_rgb(page, 0.45, 0.45, 0.45);
            break;
    }
}

}  // namespace

struct PangoText::Inner {
    FontMap map{pango_cairo_font_map_new()};
    Context context{pango_font_map_create_context(map.get())};
    std::array<Description, kFaces> faces;
    std::map<std::pair<std::string, std::pair<int, int>>, double> widths;

    [[nodiscard]] Attributes attributes(const TextStyle& style) const {
        Attributes list{pango_attr_list_new()};
        Description font{
            pango_font_description_copy(faces.at(static_cast<std::size_t>(style.face)).get())};
        pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
        pango_attr_list_insert(list.get(), pango_attr_font_desc_new(font.get()));
        pango_attr_list_insert(list.get(), pango_attr_fallback_new(1));
        return list;
    }

    [[nodiscard]] std::vector<Shaped> shape(const std::string& text, const TextStyle& style) const {
        const Attributes list = attributes(style);
        const int bytes = static_cast<int>(text.size());
        GList* items = pango_itemize(context.get(), text.c_str(), 0, bytes, list.get(), nullptr);
        std::vector<Shaped> line;
        for (GList* at = items; at != nullptr; at = at->next) {
            Shaped part;
            part.item.reset(static_cast<PangoItem*>(at->data));
            part.glyphs.reset(pango_glyph_string_new());
            pango_shape_full(text.c_str() + part.item->offset, part.item->length, text.c_str(),
                             bytes, &part.item->analysis, part.glyphs.get());
            line.push_back(std::move(part));
        }
        g_list_free(items);
        return line;
    }
};

PangoText::PangoText(const PdfFonts& fonts) : inner_(std::make_unique<Inner>()) {
    const auto describe = [this](Face face, const std::string& family) {
        inner_->faces.at(static_cast<std::size_t>(face))
            .reset(pango_font_description_from_string(family.c_str()));
    };
    describe(Face::Title, fonts.title);
    describe(Face::FangSong, fonts.fang_song);
    describe(Face::Hei, fonts.hei);
    describe(Face::Kai, fonts.kai);
    describe(Face::Song, fonts.song);

    // Glyphs stand where the grid says, not on the pixels of some screen.
    pango_context_set_round_glyph_positions(inner_->context.get(), 0);
    pango_context_set_language(inner_->context.get(), pango_language_from_string("zh-cn"));
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    pango_cairo_context_set_font_options(inner_->context.get(), options);
    cairo_font_options_destroy(options);
}

PangoText::~PangoText() = default;

double PangoText::width(std::string_view text, const TextStyle& style) const {
    const auto key =
        std::pair{std::string(text), std::pair{static_cast<int>(style.face), units(style.size)}};
    const auto known = inner_->widths.find(key);
    if (known != inner_->widths.end()) return known->second;
    int sum = 0;
    for (const Shaped& part : inner_->shape(key.first, style)) {
        sum += pango_glyph_string_get_width(part.glyphs.get());
    }
    const double points = static_cast<double>(sum) / PANGO_SCALE;
    inner_->widths.emplace(key, points);
    return points;
}

void PangoText::show(cairo_t* page, const std::vector<Piece>& pieces, double x, double y) const {
    std::size_t begin = 0;
    while (begin < pieces.size()) {
        const TextStyle& style = pieces[begin].style;
        std::size_t end = begin;
        std::string text;
        std::vector<int> ends;
        for (; end < pieces.size() && pieces[end].style == style; ++end) {
            text += pieces[end].text;
            ends.push_back(static_cast<int>(text.size()));
        }
        const std::vector<Shaped> line = inner_->shape(text, style);
        const std::vector<Cluster> clusters = clusters_of(line);
        for (std::size_t n = begin; n < end; ++n) {
            const int first = n == begin ? 0 : ends[n - begin - 1];
            std::vector<Cluster> own;
            for (const Cluster& cluster : clusters) {
                if (cluster.byte >= first && cluster.byte < ends[n - begin]) own.push_back(cluster);
            }
            spread(own, pieces[n].kind, units(pieces[n].advance));
        }
        set_ink(page, style.ink);
        for (const Shaped& part : line) {
            PangoGlyphItem glyph_item{part.item.get(), part.glyphs.get(), 0, 0, 0};
            cairo_move_to(page, x, y);
            pango_cairo_show_glyph_item(page, text.c_str(), &glyph_item);
            x += static_cast<double>(pango_glyph_string_get_width(part.glyphs.get())) / PANGO_SCALE;
        }
        begin = end;
    }
}

}  // namespace fazhi::document
