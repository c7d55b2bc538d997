#include "storage/postgres_statement.h"

#include <cstdint>
#include <string_view>
#include <variant>

#include <fmt/format.h>
#include <libpq-fe.h>

#include "storage/cells.h"
#include "storage/postgres_connection.h"

namespace fazhi::storage {
namespace {

std::string_view field_of(const PGresult* result, int field) {
    const char* text = PQresultErrorField(result, field);
    return text == nullptr ? std::string_view() : std::string_view(text);
}

// Only the primary message: the detail quotes rows, and rows hold persons.
Failure failure_of(PGconn* connection, const PGresult* result) {
    const auto sqlstate = field_of(result, PG_DIAG_SQLSTATE);
    const auto message = field_of(result, PG_DIAG_MESSAGE_PRIMARY);
    if (PQstatus(connection) == CONNECTION_BAD && message.empty())
        return lost_connection(connection);
    const auto kind = PQstatus(connection) == CONNECTION_BAD ? FailureKind::ConnectionLost
                                                             : kind_of_sqlstate(sqlstate);
    return {kind, fmt::format("PostgreSQL: {} ({})", message, sqlstate)};
}

// Parameters as libpq takes them: numbers and text as text (their type is the server's to infer),
// bytes as bytes.
class Binding {
public:
    explicit Binding(std::span<const Cell> cells) {
        numbers_.reserve(cells.size());  // Pointers into it stay good.
        for (const Cell& cell : cells) add(cell);
    }

    [[nodiscard]] int count() const { return static_cast<int>(values_.size()); }
    [[nodiscard]] const char* const* values() const { return values_.data(); }
    [[nodiscard]] const int* lengths() const { return lengths_.data(); }
    [[nodiscard]] const int* formats() const { return formats_.data(); }

private:
    void add(const Cell& cell) {
        if (const auto* number = std::get_if<std::int64_t>(&cell)) {
            numbers_.push_back(std::to_string(*number));
            add(numbers_.back().c_str(), 0, /*format=*/0);
        } else if (const auto* text = std::get_if<std::string>(&cell)) {
            add(text->c_str(), 0, /*format=*/0);
        } else if (const auto* blob = std::get_if<Blob>(&cell)) {
            add(blob->bytes.data(), static_cast<int>(blob->bytes.size()), /*format=*/1);
        } else {
            add(nullptr, 0, /*format=*/0);
        }
    }

    void add(const char* value, int length, int format) {
        values_.push_back(value);
        lengths_.push_back(length);
        formats_.push_back(format);
    }

    std::vector<std::string> numbers_;
    std::vector<const char*> values_;
    std::vector<int> lengths_;
    std::vector<int> formats_;
};

}  // namespace

void ClearPostgresResult::operator()(pg_result* result) const {
    PQclear(result);
}

Failure lost_connection(PGconn* connection) {
    return {FailureKind::ConnectionLost, fmt::format("PostgreSQL: {}", PQerrorMessage(connection))};
}

void check(PGconn* connection, const PGresult* result) {
    switch (PQresultStatus(result)) {
        case PGRES_COMMAND_OK:
        case PGRES_TUPLES_OK:
        case PGRES_SINGLE_TUPLE:
        case PGRES_EMPTY_QUERY:
            return;
        case PGRES_COPY_OUT:
        case PGRES_COPY_IN:
        case PGRES_COPY_BOTH:
        case PGRES_BAD_RESPONSE:
        case PGRES_NONFATAL_ERROR:
        case PGRES_FATAL_ERROR:
        case PGRES_PIPELINE_SYNC:
        case PGRES_PIPELINE_ABORTED:
            throw failure_of(connection, result);
    }
    throw failure_of(connection, result);
}

void check_cells(std::span<const Cell> cells) {
    for (const Cell& cell : cells) {
        if (const auto* text = std::get_if<std::string>(&cell)) refuse_nul_in(*text);
    }
}

// libpq sends what fills a packet, and reads where the server cannot go on sending.
void PostgresPipeline::tell(const std::string& name, std::span<const Cell> cells) {
    const Binding binding(cells);
    if ((under_way_ == 0 && PQenterPipelineMode(connection_) == 0) ||
        PQsendQueryPrepared(connection_, name.c_str(), binding.count(), binding.values(),
                            binding.lengths(), binding.formats(), /*resultFormat=*/0) == 0)
        throw lost_connection(connection_);
    ++under_way_;
}

PostgresJourney::PostgresJourney(PostgresPipeline& pipeline, bool& in_use)
    : connection_(pipeline.connection()), in_use_(in_use), statements_(pipeline.take()) {
    if (PQpipelineSync(connection_) == 0) throw lost_connection(connection_);
    in_use_ = true;
}

// Up to the mark behind the last statement; two ends in a row are a lost connection's.
PostgresJourney::~PostgresJourney() {
    for (int ends = 0; ends < 2;) {
        const PostgresResult result(PQgetResult(connection_));
        ends = result ? 0 : ends + 1;
        if (result && PQresultStatus(result.get()) == PGRES_PIPELINE_SYNC) break;
    }
    PQgetResult(connection_);  // Nothing stands behind the mark.
    PQexitPipelineMode(connection_);
    in_use_ = false;
}

void PostgresJourney::pass_all() {
    pass_to_last();
    while (next()) continue;
}

void PostgresJourney::pass_to_last() {
    for (; statements_ > 1; --statements_) {
        while (next()) continue;
    }
}

void PostgresJourney::row_by_row() {
    PQsetSingleRowMode(connection_);
}

PostgresResult PostgresJourney::next() {
    PostgresResult result(PQgetResult(connection_));
    if (result) {
        check(connection_, result.get());
    } else if (PQstatus(connection_) == CONNECTION_BAD) {
        throw lost_connection(connection_);
    }
    return result;
}

}  // namespace fazhi::storage
