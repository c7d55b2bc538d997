#include "ledger/search.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "journal/journal.h"
#include "ledger/entry_store.h"
#include "ledger/errors.h"
#include "ledger/search_store.h"
#include "text/utf8.h"

namespace fazhi::ledger {
namespace {

using definition::Field;
using definition::Ledger;

constexpr std::size_t kCandidatesAtOnce = 200;

std::optional<std::string> closed(const std::string&, std::string_view) {
    return std::nullopt;
}

void add_text(const Field& field, const Value& value, std::vector<FoundField>& out) {
    if (!field.search || field.is_private || !value.is_text()) return;
    out.push_back({field.title, value.as_text(), {}});
}

// Everything of the entry that may be found, with its field's title.
std::vector<FoundField> texts_of(const Ledger& ledger, const Entry& entry) {
    std::vector<FoundField> out;
    if (!entry.head.number.empty()) out.push_back({"编号", entry.head.number, {}});
    if (!entry.head.reference.empty()) out.push_back({"原编号", entry.head.reference, {}});
    for (const Field& field : ledger.fields) {
        const Value& value = entry.fields.at(field.id);
        add_text(field, value, out);
        if (field.of.empty() || field.is_private) continue;
        const auto add_row = [&](const Value& row) {
            for (const Field& column : field.of) add_text(column, row.at(column.id), out);
        };
        if (value.is_map()) add_row(value);
        if (value.is_list()) std::for_each(value.as_list().begin(), value.as_list().end(), add_row);
    }
    return out;
}

GramRow grams_of(const Ledger& ledger, const Entry& entry) {
    std::set<std::string> grams;
    for (const FoundField& field : texts_of(ledger, entry)) {
        for (std::string& gram : text::index_grams(field.text)) grams.insert(std::move(gram));
    }
    return {ledger.id,
            entry.head.id,
            entry.head.dated_on,
            {grams.begin(), grams.end()},
            entry.head.revision};
}

// The fields that have something of the query, marked; nothing where a run of it is in none.
std::vector<FoundField> found_in(std::vector<FoundField> texts, const std::string& words) {
    std::vector<bool> met;
    std::vector<FoundField> out;
    for (FoundField& field : texts) {
        text::Places places = text::places_in(field.text, words);
        met.resize(places.runs_found.size());
        for (std::size_t i = 0; i < met.size(); ++i) met[i] = met[i] || places.runs_found[i];
        if (places.spans.empty()) continue;
        field.spans = std::move(places.spans);
        out.push_back(std::move(field));
    }
    const bool all = std::all_of(met.begin(), met.end(), [](bool one) { return one; });
    return all ? out : std::vector<FoundField>();
}

}  // namespace

std::optional<FollowedRecords> Search::next(storage::Connection& connection,
                                            JurisdictionId jurisdiction) const {
    FollowedRecords out{.after = search_position(connection, jurisdiction)};
    const auto records = journal_.read_clear(connection, jurisdiction, out.after + 1, kFollowedMax);
    if (records.empty()) return std::nullopt;
    out.upto = records.back().seq;
    out.more = static_cast<std::int64_t>(records.size()) == kFollowedMax;
    std::set<std::pair<std::string, std::int64_t>> touched;
    for (const journal::Record& record : records) {
        const std::string ledger = record.body.text_at("ledger");
        if (!ledger.empty()) touched.emplace(ledger, record.body.integer_at("subject"));
    }
    for (const auto& [id, entry_id] : touched) {
        const Ledger* ledger = tables_.ledger(id);
        if (ledger == nullptr) continue;  // Of a pack that is no longer installed.
        const auto entry =
            read_entry(connection, {jurisdiction, *ledger, EntryId{entry_id}}, false, closed);
        if (entry) out.rows.push_back(grams_of(*ledger, *entry));
    }
    return out;
}

void Search::take_in(storage::Transaction& transaction, JurisdictionId jurisdiction,
                     const FollowedRecords& followed) const {
    storage::Connection& connection = connection_of(transaction);
    if (search_position(connection, jurisdiction) != followed.after) return;
    std::vector<GramRow> rows;
    for (const GramRow& row : followed.rows) {
        const Ledger& ledger = *tables_.ledger(row.ledger);
        const auto now = read_head(connection, {jurisdiction, ledger, row.entry});
        if (now && now->head.revision == row.revision) rows.push_back(row);
    }
    store_grams(connection, jurisdiction, rows);
    set_search_position(connection, jurisdiction, followed.upto);
}

std::int64_t Search::behind(storage::Connection& connection, JurisdictionId jurisdiction) const {
    return journal_.head(connection, jurisdiction).size - search_position(connection, jurisdiction);
}

Result<std::vector<Hit>> Search::find(storage::Connection& connection, JurisdictionId jurisdiction,
                                      const definition::DefinitionSet& definitions,
                                      const SearchQuestion& question,
                                      const std::function<bool(const EntryHead&)>& may_see) const {
    const text::QueryGrams grams = text::query_grams(question.words);
    if (grams == text::QueryGrams{}) {
        return refuse(ErrorKind::InvalidInput, errors::kBadText,
                      "请写要找的字词（汉字、字母或数字）。", "words");
    }
    if (text::length(question.words) > kSearchCharactersMax) {
        return refuse(ErrorKind::TooLarge, errors::kBadText,
                      fmt::format("最多找{}个字，请缩短。", kSearchCharactersMax), "words");
    }
    const std::size_t limit = std::min(question.limit, kHitsMax);
    std::vector<Hit> hits;
    std::size_t skipped = 0;
    CandidateRange range{question.ledger, question.dated_from, question.dated_to, 0,
                         kCandidatesAtOnce};
    while (hits.size() < limit) {
        const auto page = candidates(connection, jurisdiction, grams, range);
        for (const Candidate& candidate : page) {
            const Ledger* ledger = definitions.ledger(candidate.ledger);
            if (ledger == nullptr || hits.size() == limit) continue;
            const auto entry =
                read_entry(connection, {jurisdiction, *ledger, candidate.entry}, false, closed);
            if (!entry || !may_see(entry->head)) continue;
            auto found = found_in(texts_of(*ledger, *entry), question.words);
            if (found.empty()) continue;  // The grams met, the words do not; or it is behind.
            if (skipped < question.skip) {
                ++skipped;
                continue;
            }
            hits.push_back({entry->head, std::move(found)});
        }
        if (page.size() < kCandidatesAtOnce) break;
        range.from += page.size();
    }
    return hits;
}

}  // namespace fazhi::ledger
