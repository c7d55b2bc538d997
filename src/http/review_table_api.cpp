#include <map>
#include <set>

#include "access/organisation.h"
#include "action/reviews.h"
#include "definition/definition_set.h"
#include "http/api.h"

namespace fazhi::http {
namespace {

// So many reports are read for one answer; the asker comes again for the next.
constexpr std::size_t kTableRows = 12;

int number_in(const std::string& text, int otherwise) {
    return text.empty() || text.size() > 9 ||
                   text.find_first_not_of("0123456789") != std::string::npos
               ? otherwise
               : std::stoi(text);
}

// The last draft of each report that the actor may see.
std::vector<ledger::Entry> last_drafts(const action::ReviewQuestion& question, int year) {
    std::vector<ledger::Entry> out = action::reviewed_reports(question, year);
    std::set<std::int64_t> replaced;
    for (const ledger::Entry& each : out) replaced.insert(each.fields.integer_at("replaces"));
    std::erase_if(out, [&](const ledger::Entry& each) {
        return replaced.contains(each.head.id.value) || each.head.state == "expired";
    });
    return out;
}

Value counts_json(const action::JudgedReview& judged) {
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> counts;  // found, not settled
    for (std::size_t n = 0; n < judged.human.size(); ++n) {
        auto& [found, open] = counts[judged.review->findings[n].check];
        ++found;
        open += judged.human[n] && judged.human[n]->settles() ? 0 : 1;
    }
    Value::List out;
    for (const definition::Check& check : judged.by.definitions->checks()) {
        const auto found = counts.find(check.id);
        if (found == counts.end()) continue;
        out.push_back(Value::Map{{"check", check.id},
                                 {"found", found->second.first},
                                 {"level", review::level_name(check.level)},
                                 {"open", found->second.second},
                                 {"title", check.title}});
    }
    return out;
}

class Table {
public:
    Table(int year, std::size_t skip) : year_(year), skip_(skip) {}

    void add_office(const action::ReviewQuestion& question) {
        for (const ledger::Entry& entry : last_drafts(question, year_)) {
            ++total_;
            if (total_ <= skip_ || rows_.size() == kTableRows) continue;
            add_row(question, entry);
        }
    }

    Value json() {
        Value out = Value::Map{{"rows", std::move(rows_)}, {"year", year_}};
        out.set("total", static_cast<std::int64_t>(total_));
        if (total_ > skip_ + kTableRows) out.set("next", std::to_string(skip_ + kTableRows));
        return out;
    }

private:
    void add_row(const action::ReviewQuestion& question, const ledger::Entry& entry) {
        Value row = Value::Map{{"id", entry.head.id.value},
                               {"office", question.office.directory.jurisdiction.code},
                               {"unit_name", entry.fields.text_at("unit_name")}};
        const auto judged = action::review_of(question, entry);
        if (judged) {
            row.set("counts", counts_json(*judged));
        } else {
            row.set("counts", Value(Value::List{}));
            row.set("fault", judged.error().message);
        }
        rows_.push_back(std::move(row));
    }

    int year_;
    std::size_t skip_;
    std::size_t total_ = 0;
    Value::List rows_;
};

}  // namespace

// Of one's own office, and of those below that have ledgers.
Result<Response> read_review_table(Call& call) {
    const int this_year = static_cast<int>(calendar::civil_date(call.at).year());
    const int year = number_in(call.request.asked("year"), this_year - 1);
    Table table(year, static_cast<std::size_t>(number_in(call.request.asked("cursor"), 0)));
    for (const access::Jurisdiction& each : access::Organisation::jurisdictions(call.reading())) {
        if (each.definitions.empty()) continue;
        Call of = call.anew();
        of.parts["office"] = each.code;
        const auto office = of.office();
        if (!office) continue;  // Neither one's own nor below.
        const auto context = of.context();
        if (!context) continue;
        table.add_office({of.workplace, of.reading(), **office, *context});
    }
    return answer_with(table.json());
}

}  // namespace fazhi::http
