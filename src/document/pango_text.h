// Text by Pango: how wide it is in the fonts at hand, and how it gets onto a page.
//
// Not shared between threads: each writer makes its own.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "document/line_break.h"
#include "document/pdf_writer.h"
#include "document/text_measure.h"

typedef struct _cairo cairo_t;

namespace fazhi::document {

class PangoText : public TextMeasure {
public:
    explicit PangoText(const PdfFonts&);
    ~PangoText() override;

    double width(std::string_view text, const TextStyle&) const override;

    // Draws from the current point on, each piece as wide as its advance says.
    void show(cairo_t* page, const std::vector<Piece>&, double x, double y) const;

private:
    struct Inner;
    std::unique_ptr<Inner> inner_;
};

}  // namespace fazhi::document
