#include "review/review_json.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace fazhi::review {
namespace {

using Json = nlohmann::ordered_json;

Json place_of(const Prose& prose, Extent extent) {
    if (extent.empty() || prose.text().empty()) return nullptr;
    const Spot spot = prose.spot(extent.begin);
    return Json{{"page", spot.page},
                {"line", spot.line},
                {"offset", spot.offset},
                {"length", extent.size()}};
}

// Whole numbers as such.
Json number_of(std::int64_t value) {
    if (value % kFigureUnit == 0) return value / kFigureUnit;
    return static_cast<double>(value) / static_cast<double>(kFigureUnit);
}

Json document_of(const DocumentFacts& facts) {
    Json dates = Json::array();
    for (const Said& date : facts.dates) dates.push_back(date.text);
    return Json{{"kind", facts.kind},
                {"title", facts.title.text},
                {"unit", facts.unit.text},
                {"year", facts.year == 0 ? Json(nullptr) : Json(facts.year)},
                {"number", facts.number ? facts.number->whole.text : std::string()},
                {"addressee", facts.addressee.text},
                {"date", facts.date.text},
                {"published_on", facts.published.text},
                {"dates", std::move(dates)},
                {"signature", facts.signature.text}};
}

Json outline_of(const ReportReading& reading) {
    Json out = Json::array();
    for (const OutlineItem& item : reading.outline.items) {
        out.push_back({{"level", item.level},
                       {"number", reading.prose.utf8(item.label)},
                       {"title", reading.prose.utf8(item.title)},
                       {"place", place_of(reading.prose, {item.label.begin, item.title.end})}});
    }
    return out;
}

Json parts_of(const ReportReading& reading, const Lexicon& lexicon) {
    Json out = Json::array();
    for (const ReportPart& part : reading.parts) {
        out.push_back({{"part", lexicon.reading().parts[part.part].id},
                       {"title", reading.prose.utf8(part.title)},
                       {"characters", part.extent.size()},
                       {"place", place_of(reading.prose, part.extent)}});
    }
    return out;
}

std::string change_name(Change change) {
    if (change == Change::None) return "";
    return change == Change::Up ? "up" : "down";
}

Json figures_of(const ReportReading& reading, const Lexicon& lexicon) {
    Json out = Json::array();
    for (const Figure& figure : reading.figures) {
        Json each{{"measure", nullptr}, {"value", number_of(figure.value)}, {"unit", figure.unit}};
        if (figure.measure >= 0) {
            const auto& measures = lexicon.definitions().measure_words();
            each["measure"] = measures[static_cast<std::size_t>(figure.measure)].measure;
        }
        each["qualifier"] = qualifier_name(figure.qualifier);
        each["text"] = figure_text(reading.prose, figure);
        each["period"] = figure.year == 0 ? "" : fmt::format("{}", figure.year);
        each["subject"] = reading.prose.utf8(figure.subject);
        if (figure.change != Change::None) each["change"] = change_name(figure.change);
        if (figure.total >= 0) each["part_of"] = figure.total;
        each["place"] = place_of(reading.prose, figure.extent);
        out.push_back(std::move(each));
    }
    return out;
}

Json titles_of(const ReportReading& reading) {
    Json out = Json::array();
    for (const CitedTitle& title : reading.titles) {
        out.push_back({{"title", title.text},
                       {"known", title.known != nullptr},
                       {"law", title.is_law},
                       {"place", place_of(reading.prose, title.extent)}});
    }
    return out;
}

Json claims_of(const ReportReading& reading) {
    Json out = Json::array();
    for (const Claim& claim : reading.claims) {
        out.push_back({{"kind", claim.kind == ClaimKind::Problem ? "problem" : "promise"},
                       {"text", reading.prose.utf8(claim.title)},
                       {"cause", claim.has_cause},
                       {"place", place_of(reading.prose, claim.title)}});
    }
    return out;
}

Json other_of(const Finding& finding) {
    if (!finding.other) return nullptr;
    const OtherExcerpt& other = *finding.other;
    return Json{
        {"report", other.report},
        {"text", other.text},
        {"place",
         {{"page", other.spot.page}, {"line", other.spot.line}, {"offset", other.spot.offset}}}};
}

Json human_of(const HumanVerdict* said) {
    if (said == nullptr) return nullptr;
    return Json{{"verdict", said->verdict},       {"state", state_name(said->state)},
                {"reason", said->reason},         {"given_by", said->given_by},
                {"given_on", said->given_on},     {"approved_by", said->approved_by},
                {"expires_on", said->expires_on}, {"text", verdict_text(*said)}};
}

Json findings_of(const ReviewedFile& file) {
    const Review& review = *file.review;
    Json out = Json::array();
    for (std::size_t i = 0; i < review.findings.size(); ++i) {
        const Finding& each = review.findings[i];
        out.push_back({{"check", each.check},
                       {"level", level_name(each.level)},
                       {"verdict", verdict_name(each.verdict)},
                       {"place", place_of(review.reading.prose, each.extent)},
                       {"found", each.found},
                       {"expected", each.expected},
                       {"say", each.say},
                       {"why", each.why},
                       {"fix", each.fix},
                       {"other", other_of(each)},
                       {"human", human_of(file.said_of(i))},
                       {"fingerprint", each.fingerprint}});
    }
    return out;
}

Json checks_of(const Review& review) {
    Json out = Json::array();
    for (const CheckOutcome& each : review.outcomes)
        out.push_back({{"check", each.check}, {"verdict", verdict_name(each.verdict)}});
    return out;
}

Json notices_of(const SourceText* source) {
    Json out = Json::array();
    if (source == nullptr) return out;
    for (const SourceNotice& each : source->notices)
        out.push_back({{"code", each.code}, {"message", each.message}});
    return out;
}

Json json_of(const ReviewedFile& file, const Lexicon& lexicon) {
    const ReportReading& reading = file.review->reading;
    return Json{{"file", file.file},
                {"notices", notices_of(file.source)},
                {"document", document_of(reading.facts)},
                {"outline", outline_of(reading)},
                {"parts", parts_of(reading, lexicon)},
                {"figures", figures_of(reading, lexicon)},
                {"titles", titles_of(reading)},
                {"claims", claims_of(reading)},
                {"findings", findings_of(file)},
                {"checks", checks_of(*file.review)}};
}

Json rules_of(const Lexicon& lexicon) {
    Json out = Json::array();
    for (const definition::Check& check : lexicon.definitions().checks()) {
        out.push_back({{"id", check.id},
                       {"shortDescription", {{"text", check.title}}},
                       {"help", {{"text", check.fix.empty() ? check.title : check.fix}}},
                       {"defaultConfiguration", {{"level", level_name(check.level)}}}});
    }
    return out;
}

// What SARIF calls a suppression: somebody decided that nothing need be done, or asks for it.
Json suppressions_of(const Json& human) {
    Json out = Json::array();
    if (human.is_null()) return out;
    const bool is_waiver = human.at("verdict") == "waived";
    const bool stands = human.at("state") == state_name(VerdictState::Stands);
    const bool is_asked = human.at("state") == state_name(VerdictState::Asked);
    if (human.at("verdict") == "wrong" || (is_waiver && (stands || is_asked)))
        out.push_back({{"kind", "external"},
                       {"status", is_asked ? "underReview" : "accepted"},
                       {"justification", human.at("text")}});
    return out;
}

// SARIF wants no level beside a kind other than fail.
Json result_of(const Json& file, const Json& finding) {
    Json location{{"physicalLocation", {{"artifactLocation", {{"uri", file}}}}}};
    const Json& place = finding.at("place");
    if (!place.is_null()) {
        location["physicalLocation"]["region"] = {
            {"startLine", place.at("line")},
            {"startColumn", place.at("offset").get<int>() + 1},
            {"snippet", {{"text", finding.at("found")}}}};
    }
    const bool fails = finding.at("verdict") == verdict_name(Verdict::Fail);
    return Json{{"ruleId", finding.at("check")},
                {"level", fails ? finding.at("level") : Json("none")},
                {"kind", fails ? "fail" : "review"},
                {"message", {{"text", finding.at("say")}}},
                {"locations", Json::array({std::move(location)})},
                {"partialFingerprints", {{"fazhi/v1", finding.at("fingerprint")}}},
                {"suppressions", suppressions_of(finding.at("human"))}};
}

}  // namespace

std::string review_json(const ReviewedFile& file, const Lexicon& lexicon) {
    return json_of(file, lexicon).dump();
}

std::string joined_json(const std::vector<std::string>& reviews) {
    std::string out = R"({"reports":[)";
    for (const std::string& each : reviews) out += (&each == &reviews.front() ? "" : ",") + each;
    return out + "]}";
}

std::string review_sarif(const std::vector<std::string>& reviews, const Lexicon& lexicon) {
    Json results = Json::array();
    for (const std::string& each : reviews) {
        const Json review = Json::parse(each);
        for (const Json& finding : review.at("findings"))
            results.push_back(result_of(review.at("file"), finding));
    }
    const Json run{{"tool", {{"driver", {{"name", "fazhi"}, {"rules", rules_of(lexicon)}}}}},
                   {"columnKind", "unicodeCodePoints"},
                   {"results", std::move(results)}};
    return Json{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                {"version", "2.1.0"},
                {"runs", Json::array({run})}}
        .dump();
}

}  // namespace fazhi::review
