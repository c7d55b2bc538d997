#include "text/ngram.h"

#include <algorithm>
#include <stdexcept>

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include "text/utf8.h"

namespace fazhi::text {
namespace {

// 〇 is a letter-like number, which u_isalnum passes over.
bool is_searchable(char32_t c) {
    const auto point = static_cast<UChar32>(c);
    return u_isUAlphabetic(point) || u_isdigit(point);
}

std::vector<std::u32string> runs_of(std::string_view text) {
    std::vector<std::u32string> runs;
    std::u32string run;
    for (const char32_t c : code_points(search_fold(text))) {
        if (is_searchable(c)) {
            run += c;
        } else if (!run.empty()) {
            runs.push_back(std::move(run));
            run.clear();
        }
    }
    if (!run.empty()) runs.push_back(std::move(run));
    return runs;
}

void sort_each_once(std::vector<std::string>& grams) {
    std::sort(grams.begin(), grams.end());
    grams.erase(std::unique(grams.begin(), grams.end()), grams.end());
}

void add_pairs(const std::u32string& run, std::vector<std::string>& grams) {
    for (std::size_t i = 0; i + 1 < run.size(); ++i) {
        grams.push_back(from_code_points(std::u32string_view(run).substr(i, 2)));
    }
}

}  // namespace

std::string search_fold(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* folder = icu::Normalizer2::getNFKCCasefoldInstance(status);
    std::string out;
    icu::StringByteSink<std::string> sink(&out, static_cast<std::int32_t>(text.size()));
    if (U_SUCCESS(status)) {
        const icu::StringPiece piece(text.data(), static_cast<std::int32_t>(text.size()));
        folder->normalizeUTF8(0, piece, sink, nullptr, status);
    }
    if (U_FAILURE(status)) throw std::runtime_error(u_errorName(status));
    return out;
}

std::vector<std::string> index_grams(std::string_view text) {
    std::vector<std::string> grams;
    for (const std::u32string& run : runs_of(text)) {
        add_pairs(run, grams);
        grams.push_back(from_code_points(std::u32string_view(run).substr(run.size() - 1)));
    }
    sort_each_once(grams);
    return grams;
}

QueryGrams query_grams(std::string_view query) {
    QueryGrams out;
    for (const std::u32string& run : runs_of(query)) {
        if (run.size() == 1) {
            out.prefixes.push_back(from_code_points(run));
        } else {
            add_pairs(run, out.whole);
        }
    }
    sort_each_once(out.whole);
    sort_each_once(out.prefixes);
    return out;
}

Places places_in(std::string_view text, std::string_view query) {
    // Folded character by character, so that every folded byte knows where it is from.
    std::string folded;
    std::vector<Span> source;
    std::size_t at = 0;
    for (const std::string_view character : characters(text)) {
        const std::string form = search_fold(character);
        folded += form;
        source.insert(source.end(), form.size(), Span{at, character.size()});
        at += character.size();
    }
    Places out;
    std::vector<Span> met;
    for (const std::u32string& run : runs_of(query)) {
        const std::string wanted = from_code_points(run);
        bool found = false;
        for (std::size_t place = folded.find(wanted); place != std::string::npos;
             place = folded.find(wanted, place + wanted.size())) {
            const Span last = source[place + wanted.size() - 1];
            met.push_back({source[place].from, last.from + last.size - source[place].from});
            found = true;
        }
        out.runs_found.push_back(found);
    }
    std::sort(met.begin(), met.end(), [](const Span& a, const Span& b) { return a.from < b.from; });
    for (const Span& span : met) {
        if (!out.spans.empty() && span.from <= out.spans.back().from + out.spans.back().size) {
            Span& before = out.spans.back();
            before.size = std::max(before.size, span.from + span.size - before.from);
        } else {
            out.spans.push_back(span);
        }
    }
    return out;
}

}  // namespace fazhi::text
