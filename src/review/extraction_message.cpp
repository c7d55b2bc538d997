#include "review/extraction_message.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "calendar/date.h"
#include "document/clean_text.h"
#include "journal/record.h"
#include "review/errors.h"
#include "text/utf8.h"

namespace fazhi::review {

namespace {

constexpr std::array<std::string_view, 4> kKinds{"paragraph", "heading", "table_cell", "footnote"};
constexpr std::array<std::string_view, 7> kFormats{"pdf",      "docx", "ofd",  "html",
                                                   "markdown", "text", "image"};
// What a child may refuse with: codes are constants, so that they outlive what was read.
constexpr std::array<std::string_view, 11> kCodes{
    errors::kTooLarge, errors::kLocked,    errors::kFormatNotRead, errors::kHasMacros,
    errors::kHostile,  errors::kNotWhole,  errors::kNotText,       errors::kNoText,
    errors::kNoOcr,    errors::kTooCostly, errors::kReaderFailed};
constexpr std::int64_t kErrorKinds = static_cast<std::int64_t>(ErrorKind::Unavailable) + 1;

template <std::size_t kCount>
std::optional<std::string_view> known(const std::array<std::string_view, kCount>& all,
                                      std::string_view one) {
    const auto* const found = std::find(all.begin(), all.end(), one);
    if (found == all.end()) return std::nullopt;
    return *found;
}

Refusal nonsense() {
    return refuse(ErrorKind::InvalidInput, errors::kReaderFailed,
                  "读取这个文件时出了意外，没有读成；请用办公软件打开后另存，再试。");
}

std::optional<std::vector<std::uint32_t>> numbers_of(std::string_view text) {
    std::vector<std::uint32_t> out;
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at != end) {
        std::uint32_t number = 0;
        const auto [rest, fault] = std::from_chars(at, end, number);
        if (fault != std::errc() || (rest != end && *rest != ' ')) return std::nullopt;
        out.push_back(number);
        at = rest == end ? end : rest + 1;
    }
    return out;
}

std::string text_of(const Spot& spot) {
    return fmt::format("{} {} {}", spot.page, spot.line, spot.offset);
}

Value value_of(const TextBlock& block) {
    std::string runs;
    for (const SpotRun& run : block.runs) {
        runs += fmt::format("{}{} {}", runs.empty() ? "" : " ", run.begin, text_of(run.spot));
    }
    const TablePlace& place = block.place;
    return Value::Map{{"kind", kKinds.at(static_cast<std::size_t>(block.kind))},
                      {"level", block.level},
                      {"place", fmt::format("{} {} {}", place.table, place.row, place.column)},
                      {"runs", runs},
                      {"text", text::from_code_points(block.text)}};
}

Value value_of(const SourceText& source) {
    Value::List blocks;
    for (const TextBlock& block : source.blocks) blocks.push_back(value_of(block));
    Value::List notices;
    for (const SourceNotice& notice : source.notices) {
        notices.push_back(Value::Map{{"code", notice.code},
                                     {"message", document::clean_text(notice.message)},
                                     {"spot", text_of(notice.spot)},
                                     {"words", document::clean_text(notice.words)}});
    }
    return Value::Map{{"blocks", std::move(blocks)},
                      {"format", source.format},
                      {"notices", std::move(notices)},
                      {"pages", static_cast<std::int64_t>(source.pages)},
                      {"published_on", source.published_on}};
}

bool is_spot(const Spot& spot, std::uint32_t pages) {
    return spot.page >= 1 && spot.page <= pages && spot.line >= 1;
}

std::optional<std::vector<SpotRun>> runs_of(std::string_view text, std::size_t characters,
                                            std::uint32_t pages) {
    constexpr std::size_t kEach = 4;
    const auto numbers = numbers_of(text);
    if (!numbers || numbers->size() % kEach != 0) return std::nullopt;
    std::vector<SpotRun> out;
    for (std::size_t at = 0; at < numbers->size(); at += kEach) {
        const auto* const one = numbers->data() + at;
        const SpotRun run{one[0], {one[1], one[2], one[3]}};
        const bool ascends = out.empty() ? run.begin == 0 : run.begin > out.back().begin;
        if (!ascends || run.begin >= characters || !is_spot(run.spot, pages)) return std::nullopt;
        out.push_back(run);
    }
    if (out.empty() != (characters == 0)) return std::nullopt;
    return out;
}

std::optional<TextBlock> block_from(const Value& value, std::uint32_t pages) {
    constexpr int kLevelMax = 9;
    const auto* const kind = std::find(kKinds.begin(), kKinds.end(), value.text_at("kind"));
    const auto place = numbers_of(value.text_at("place"));
    const std::int64_t level = value.integer_at("level", -1);
    if (kind == kKinds.end() || !place || place->size() != 3) return std::nullopt;
    if (level < 0 || level > kLevelMax) return std::nullopt;
    TextBlock out;
    out.kind = static_cast<BlockKind>(kind - kKinds.begin());
    out.level = static_cast<int>(level);
    out.text = text::code_points(value.text_at("text"));
    out.place = {(*place)[0], (*place)[1], (*place)[2]};
    auto runs = runs_of(value.text_at("runs"), out.text.size(), pages);
    if (!runs) return std::nullopt;
    out.runs = *std::move(runs);
    return out;
}

std::optional<SourceNotice> notice_from(const Value& value, std::uint32_t pages) {
    const auto spot = numbers_of(value.text_at("spot"));
    if (!spot || spot->size() != 3) return std::nullopt;
    SourceNotice out{value.text_at("code"),
                     value.text_at("message"),
                     {(*spot)[0], (*spot)[1], (*spot)[2]},
                     value.text_at("words")};
    if (!is_spot(out.spot, pages)) return std::nullopt;
    return out;
}

Result<SourceText> refusal_from(const Value& value) {
    const auto code = known(kCodes, value.text_at("code"));
    const std::int64_t kind = value.integer_at("kind", -1);
    if (!code || kind < 0 || kind >= kErrorKinds) return nonsense();
    return refuse(static_cast<ErrorKind>(kind), *code, value.text_at("message"));
}

bool is_list(const Value& value) {
    return value.is_list();
}

}  // namespace

std::string encoded(const ExtractionRequest& request) {
    return journal::canonical(Value::Map{{"cpu_seconds", request.limits.cpu_seconds},
                                         {"memory_bytes", request.limits.memory_bytes},
                                         {"name", document::clean_text(request.name)}});
}

Result<ExtractionRequest> decoded_request(std::string_view json) {
    TRY(const Value value, journal::parse_canonical(json));
    ExtractionRequest out{value.text_at("name"),
                          {value.integer_at("cpu_seconds"), value.integer_at("memory_bytes")}};
    if (out.limits.cpu_seconds < 1 || out.limits.memory_bytes < 1) return nonsense();
    return out;
}

std::string encoded(const Result<SourceText>& answer) {
    if (answer) return journal::canonical(value_of(*answer));
    const Error& error = answer.error();
    return journal::canonical(
        Value::Map{{"refusal", Value::Map{{"code", error.code},
                                          {"kind", static_cast<std::int64_t>(error.kind)},
                                          {"message", document::clean_text(error.message)}}}});
}

Result<SourceText> decoded_answer(std::string_view json) {
    const auto value = journal::parse_canonical(json);
    if (!value) return nonsense();
    if (value->has("refusal")) return refusal_from(value->at("refusal"));
    const std::int64_t pages = value->integer_at("pages");
    const auto format = known(kFormats, value->text_at("format"));
    const bool sound = format && pages >= 1 && pages <= std::numeric_limits<std::uint32_t>::max() &&
                       is_list(value->at("blocks")) && is_list(value->at("notices"));
    if (!sound) return nonsense();
    SourceText out{std::string(*format), static_cast<std::uint32_t>(pages), {}, {}};
    out.published_on = value->text_at("published_on");
    if (!out.published_on.empty() && !calendar::date_from(out.published_on)) return nonsense();
    for (const Value& each : value->at("blocks").as_list()) {
        auto block = block_from(each, out.pages);
        if (!block) return nonsense();
        out.blocks.push_back(*std::move(block));
    }
    for (const Value& each : value->at("notices").as_list()) {
        auto notice = notice_from(each, out.pages);
        if (!notice) return nonsense();
        out.notices.push_back(*std::move(notice));
    }
    return out;
}

}  // namespace fazhi::review
