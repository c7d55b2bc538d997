-- Figures of signed reports, frozen: what was counted, under which definitions, from how many journal records (report/).
CREATE TABLE figure (
    jurisdiction_id {int} NOT NULL,
    report_id {int} NOT NULL,
    figure_key TEXT NOT NULL,
    measure TEXT NOT NULL,
    definitions TEXT NOT NULL,
    period_from TEXT NOT NULL,
    period_to TEXT NOT NULL,
    filter TEXT NOT NULL,
    shown TEXT NOT NULL,
    value TEXT NOT NULL,
    unit TEXT NOT NULL,
    numerator {int},
    denominator {int},
    entries TEXT NOT NULL,
    journal_size {int} NOT NULL,
    PRIMARY KEY (jurisdiction_id, report_id, figure_key)
) {strict};
