#include "document/text_measure.h"

#include "document/characters.h"
#include "document/clean_text.h"

namespace fazhi::document {

double NominalMeasure::width(std::string_view text, const TextStyle& style) const {
    return nominal_ems(text) * style.em;
}

double nominal_ems(std::string_view text) {
    double ems = 0;
    for (const char32_t character : code_points(text)) {
        if (!joins_previous(character)) ems += is_full_width(character) ? 1 : 0.5;
    }
    return ems;
}

}  // namespace fazhi::document
