#include "http/review_json.h"

#include <algorithm>

#include "definition/definition_set.h"

namespace fazhi::http {
namespace {

using review::Extent;
using review::Prose;

std::string_view kind_name(review::BlockKind kind) {
    switch (kind) {
        case review::BlockKind::Paragraph:
            return "paragraph";
        case review::BlockKind::Heading:
            return "heading";
        case review::BlockKind::TableCell:
            return "cell";
        case review::BlockKind::Footnote:
            return "footnote";
    }
    return "";
}

Value paragraphs_json(const action::JudgedReview& judged) {
    const Prose& prose = judged.review->reading.prose;
    Value::List out;
    for (const review::ProseParagraph& paragraph : prose.paragraphs()) {
        const review::Spot spot = prose.spot(paragraph.extent.begin);
        Value one = Value::Map{{"kind", kind_name(paragraph.kind)},
                               {"line", std::int64_t{spot.line}},
                               {"page", std::int64_t{spot.page}},
                               {"text", prose.utf8(paragraph.extent)}};
        if (paragraph.level > 0) one.set("level", paragraph.level);
        const review::TablePlace& place = judged.source->blocks[paragraph.block].place;
        if (place.table > 0) {
            one.set("row", std::int64_t{place.row});
            one.set("table", std::int64_t{place.table});
        }
        out.push_back(std::move(one));
    }
    return out;
}

// A stretch over several paragraphs is shown in its first.
void add_place(Value& out, const Prose& prose, Extent extent) {
    if (extent.empty()) return;
    const std::size_t at = prose.paragraph_at(extent.begin);
    const Extent whole = prose.paragraphs()[at].extent;
    out.set("begin", std::int64_t{extent.begin - whole.begin});
    out.set("end", std::int64_t{std::min(extent.end, whole.end) - whole.begin});
    out.set("paragraph", static_cast<std::int64_t>(at));
}

const definition::Check* check_named(const action::JudgedReview& judged, const std::string& id) {
    const auto& checks = judged.by.definitions->checks();
    const auto found = std::find_if(checks.begin(), checks.end(),
                                    [&](const definition::Check& each) { return each.id == id; });
    return found == checks.end() ? nullptr : &*found;
}

Value finding_json(const action::JudgedReview& judged, std::size_t n) {
    const review::Finding& finding = judged.review->findings[n];
    const definition::Check* check = check_named(judged, finding.check);
    Value out = Value::Map{{"check", finding.check},
                           {"expected", finding.expected},
                           {"fingerprint", finding.fingerprint},
                           {"fix", finding.fix},
                           {"found", finding.found},
                           {"level", review::level_name(finding.level)},
                           {"say", finding.say},
                           {"title", check == nullptr ? finding.check : check->title},
                           {"verdict", review::verdict_name(finding.verdict)},
                           {"why", finding.why}};
    add_place(out, judged.review->reading.prose, finding.extent);
    if (finding.other)
        out.set("other", Value(Value::Map{{"report", finding.other->report},
                                          {"text", finding.other->text}}));
    if (judged.human[n]) out.set("human", verdict_json(*judged.human[n]));
    return out;
}

Value document_json(const review::DocumentFacts& facts) {
    return Value::Map{{"addressee", facts.addressee.text},
                      {"date", facts.date.text},
                      {"number", facts.number ? facts.number->whole.text : std::string()},
                      {"signature", facts.signature.text},
                      {"title", facts.title.text},
                      {"unit", facts.unit.text},
                      {"year", facts.year}};
}

Value parts_json(const action::JudgedReview& judged) {
    const auto& reading = judged.review->reading;
    Value::List out;
    for (const review::ReportPart& part : reading.parts)
        out.push_back(
            Value::Map{{"characters", std::int64_t{part.extent.size()}},
                       {"part", judged.by.reviewer->lexicon().reading().parts[part.part].id},
                       {"title", reading.prose.utf8(part.title)}});
    return out;
}

Value figures_json(const action::JudgedReview& judged) {
    const auto& reading = judged.review->reading;
    const auto& measures = judged.by.definitions->measure_words();
    Value::List out;
    for (const review::Figure& figure : reading.figures) {
        Value one = Value::Map{{"qualifier", review::qualifier_name(figure.qualifier)},
                               {"text", review::figure_text(reading.prose, figure)},
                               {"unit", figure.unit},
                               {"value", review::value_text(figure.value)},
                               {"year", figure.year}};
        if (figure.measure >= 0)
            one.set("measure", measures[static_cast<std::size_t>(figure.measure)].measure);
        add_place(one, reading.prose, figure.extent);
        out.push_back(std::move(one));
    }
    return out;
}

Value texts(const std::vector<std::string>& list) {
    Value::List out;
    for (const std::string& each : list) out.emplace_back(each);
    return out;
}

}  // namespace

Value verdict_json(const review::HumanVerdict& verdict) {
    return Value::Map{{"approved_by", verdict.approved_by},
                      {"expires_on", verdict.expires_on},
                      {"given_by", verdict.given_by},
                      {"given_on", verdict.given_on},
                      {"id", verdict.entry.value},
                      {"reason", verdict.reason},
                      {"state", review::state_name(verdict.state)},
                      {"text", review::verdict_text(verdict)},
                      {"verdict", verdict.verdict}};
}

Value review_json(const action::JudgedReview& judged) {
    Value::List findings, notices;
    for (std::size_t n = 0; n < judged.human.size(); ++n)
        findings.push_back(finding_json(judged, n));
    for (const review::SourceNotice& notice : judged.source->notices)
        notices.emplace_back(notice.message);
    Value out = Value::Map{{"document", document_json(judged.review->reading.facts)},
                           {"findings", std::move(findings)},
                           {"notices", std::move(notices)}};
    out.set("compared_with", texts(judged.compared_with));
    out.set("figures", figures_json(judged));
    out.set("not_compared", texts(judged.not_compared));
    out.set("paragraphs", paragraphs_json(judged));
    out.set("parts", parts_json(judged));
    return out;
}

}  // namespace fazhi::http
