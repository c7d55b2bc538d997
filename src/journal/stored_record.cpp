#include "journal/stored_record.h"

#include <utility>

#include <fmt/format.h>

#include "journal/errors.h"
#include "journal/merkle.h"
#include "journal/own_record.h"

namespace fazhi::journal {
namespace {

void compare_columns(JurisdictionId jurisdiction, const StoredRecord& stored, const Value& body,
                     std::vector<Fault>& faults) {
    const auto compare = [&](const char* column, const char* member, const Value& expected) {
        if (body.at(member) == expected) return;
        faults.push_back(
            {Fault::Kind::Column, column, fmt::format("{}列与正文中的{}不一致", column, member)});
    };
    compare("jurisdiction_id", "jurisdiction", Value(jurisdiction.value));
    compare("seq", "seq", Value(stored.seq));
    compare("subject_id", "subject", Value(stored.subject));
    compare("at", "at", Value(stored.at));
}

// What stands sealed in the body, in the clear; null where the key was destroyed.
Value unsealed(const Vault& vault, JurisdictionId jurisdiction, const StoredRecord& stored,
               const Value& body, std::vector<Fault>& faults) {
    if (!body.has("sealed") || !stored.wrapped) return {};
    const auto key = vault.unwrap(jurisdiction, stored.subject, *stored.wrapped);
    if (!key) {
        faults.push_back({Fault::Kind::Key, "wrapped",
                          fmt::format("记录{}的密钥无法用主密钥打开", stored.subject)});
        return {};
    }
    const auto bytes = from_base64(body.text_at("sealed"));
    const auto text =
        bytes ? unseal(*key, sealing_context(jurisdiction, stored.seq), *bytes) : std::nullopt;
    if (text) {
        auto value = parse_canonical(*text);
        if (value && value->is_map()) return *std::move(value);
    }
    faults.push_back({Fault::Kind::Sealed, "", "密封的内容无法打开"});
    return {};
}

Refusal broken(const StoredRecord& stored, std::string_view why) {
    return refuse(ErrorKind::RefusedByRule, errors::kBrokenRecord,
                  fmt::format("第{}条流水{}，请运行 fazhi journal verify 查明。", stored.seq, why));
}

Result<void> check_leaf(HashAlgorithm algorithm, const StoredRecord& stored) {
    if (leaf_hash(algorithm, stored.body).as_bytes() == stored.leaf_hash) return {};
    return broken(stored, "正文与摘要不符");
}

}  // namespace

std::string sealing_context(JurisdictionId jurisdiction, std::int64_t seq) {
    return fmt::format("{}/{}", jurisdiction.value, seq);
}

Reading reading_of(const Vault& vault, JurisdictionId jurisdiction, const StoredRecord& stored) {
    Reading reading;
    auto body = parse_canonical(stored.body);
    if (!body || !body->is_map()) {
        reading.faults.push_back({Fault::Kind::Body, "body", "正文不是规范的记录"});
        return reading;
    }
    compare_columns(jurisdiction, stored, *body, reading.faults);
    auto sealed = unsealed(vault, jurisdiction, stored, *body, reading.faults);
    reading.record = Record{stored.seq, *std::move(body), std::move(sealed)};
    return reading;
}

Result<Record> clear_record_of(HashAlgorithm algorithm, const StoredRecord& stored) {
    TRY_OK(check_leaf(algorithm, stored));
    auto body = parse_own(stored.body);
    if (!body || !body->is_map()) return broken(stored, "正文不是规范的记录");
    return Record{stored.seq, *std::move(body), Value()};
}

Result<Record> record_of(HashAlgorithm algorithm, const Vault& vault, JurisdictionId jurisdiction,
                         const StoredRecord& stored) {
    TRY_OK(check_leaf(algorithm, stored));
    auto reading = reading_of(vault, jurisdiction, stored);
    if (!reading.faults.empty()) return broken(stored, reading.faults.front().message);
    return *std::move(reading.record);
}

}  // namespace fazhi::journal
