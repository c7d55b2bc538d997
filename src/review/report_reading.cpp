#include "review/report_reading.h"

namespace fazhi::review {

ReportReading read_report(const SourceText& source, const Lexicon& lexicon) {
    ReportReading out{.prose = Prose(source)};
    out.marks = TextMarks(lexicon, out.prose.text());
    out.outline = outline_of(out.prose);
    out.facts = facts_of(out.prose, out.outline, lexicon);
    out.parts = parts_of(out.prose, out.marks, out.outline, out.facts, lexicon);
    out.titles = titles_of(out.prose, lexicon);
    out.figures = figures_of(out.prose, out.marks, out.outline, out.facts, lexicon);
    out.claims = claims_of(out.prose, out.outline, out.facts, out.parts, lexicon);
    return out;
}

}  // namespace fazhi::review
