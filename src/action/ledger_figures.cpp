#include "action/ledger_figures.h"

#include <algorithm>

#include "action/workplace.h"
#include "measure/measures.h"

namespace fazhi::action {

Result<std::vector<review::RecordedFigure>> ledger_figures(Workplace& workplace,
                                                           storage::Connection& reading,
                                                           const LedgerQuestion& question) {
    TRY(const Office office, open_office(workplace, reading, question.jurisdiction));
    std::vector<measure::Question> questions;
    for (const definition::MeasureWords& words : office.definitions->measure_words()) {
        if (office.definitions->measure(words.measure) != nullptr)
            questions.push_back({.measure = words.measure});
    }
    measure::Period period = measure::year_period(question.year);
    period.to = std::min(period.to, question.as_of);
    std::vector<review::RecordedFigure> out;
    if (period.to < period.from) return out;
    measure::Measures measures(reading, office.directory, *office.definitions, *office.workdays,
                               question.as_of);
    TRY(const std::vector<measure::Figure> figures, measures.answer(questions, period));
    constexpr std::int64_t kScale = review::kFigureUnit / 100;  // figures are in hundredths
    for (const measure::Figure& figure : figures) {
        if (!figure.has_value) continue;
        out.push_back({.measure = figure.measure,
                       .value = figure.scaled * kScale,
                       .unit = figure.unit,
                       .year = question.year});
    }
    return out;
}

}  // namespace fazhi::action
