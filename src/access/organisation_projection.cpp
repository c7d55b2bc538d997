// What the organisation's journal records mean for its tables: live and in replay alike.
//
// Bodies, besides the members every record has (journal/record.h) and the actor (actor.h):
//   jurisdiction  code, kind, name, [full_name, short, document_code, live_from, parent, packs]
//   unit          code, kind, name, [short, lead_section]
//   unit_change   unit, and what a unit has, as it is from now on
//   person        unit; sealed: code, name, [email]
//   place         person, unit: where the person belongs from now on
//   email         person; sealed: email ("": none)
//   destroy_person  person, by: the entry that says why
//   post          person, post, unit
//   end_post      person, post: its number
//   stand_in      for_person, person, from_on, until_on
//   end_stand_in  stand_in: its number
//   adopt         packs, definitions (hex digest of the set)
//   setting       name, and value (clear or sealed) or cleared: true
#include <algorithm>
#include <array>

#include "access/directories.h"
#include "access/errors.h"
#include "access/organisation.h"
#include "access/organisation_store.h"
#include "journal/journal.h"

namespace fazhi::access {

namespace {

using journal::Record;

constexpr std::array<std::string_view, 13> kActions = {
    "jurisdiction", "unit",     "unit_change", "person",       "place", "email",  "destroy_person",
    "post",         "end_post", "stand_in",    "end_stand_in", "adopt", "setting"};

Refusal impossible(const Record& record) {
    return refuse(ErrorKind::RefusedByRule, errors::kImpossibleRecord,
                  "流水第" + std::to_string(record.seq) + "条的内容不可能由本系统写出。");
}

std::vector<std::string> texts_at(const Value& body, std::string_view key) {
    std::vector<std::string> texts;
    if (!body.at(key).is_list()) return texts;
    for (const Value& one : body.at(key).as_list()) {
        if (one.is_text()) texts.push_back(one.as_text());
    }
    return texts;
}

Result<void> apply_jurisdiction(OrganisationStore& store, JurisdictionId id, const Record& record) {
    const Value& body = record.body;
    const Jurisdiction jurisdiction{.id = id,
                                    .parent = {body.integer_at("parent")},
                                    .kind = body.text_at("kind"),
                                    .code = body.text_at("code"),
                                    .name = body.text_at("name"),
                                    .full_name = body.text_at("full_name"),
                                    .short_name = body.text_at("short"),
                                    .document_code = body.text_at("document_code"),
                                    .packs = texts_at(body, "packs"),
                                    .definitions = {},
                                    .live_from = body.text_at("live_from")};
    if (record.seq != 1 || jurisdiction.code.empty()) return impossible(record);
    if (store.jurisdiction(id) || store.jurisdiction(jurisdiction.code)) return impossible(record);
    store.insert(jurisdiction);
    return {};
}

Result<void> apply_unit(OrganisationStore& store, JurisdictionId where, const Record& record) {
    const Value& body = record.body;
    const Unit unit{.id = {record.seq},
                    .code = body.text_at("code"),
                    .kind = body.text_at("kind"),
                    .name = body.text_at("name"),
                    .short_name = body.text_at("short"),
                    .lead_section = {body.integer_at("lead_section")}};
    if (unit.code.empty() || store.unit(where, unit.code)) return impossible(record);
    store.insert(where, unit);
    return {};
}

Result<void> apply_unit_change(OrganisationStore& store, JurisdictionId where,
                               const Record& record) {
    const Value& body = record.body;
    const Unit unit{.id = {body.integer_at("unit")},
                    .code = body.text_at("code"),
                    .kind = body.text_at("kind"),
                    .name = body.text_at("name"),
                    .short_name = body.text_at("short"),
                    .lead_section = {body.integer_at("lead_section")}};
    if (unit.name.empty() || store.unit(where, unit.code) != unit.id) return impossible(record);
    store.change(where, unit);
    return {};
}

Result<void> apply_place(OrganisationStore& store, JurisdictionId where, const Record& record) {
    const PersonId person{record.body.integer_at("person")};
    const UnitId unit{record.body.integer_at("unit")};
    if (!person || !unit) return impossible(record);
    store.place(where, person, unit);
    return {};
}

// A destroyed key leaves code and name empty.
Result<void> apply_person(OrganisationStore& store, JurisdictionId where, const Record& record) {
    const UnitId unit{record.body.integer_at("unit")};
    if (!unit) return impossible(record);
    store.insert(where, Person{.id = {record.seq},
                               .code = record.sealed.text_at("code"),
                               .name = record.sealed.text_at("name"),
                               .unit = unit,
                               .posts = {},
                               .email = record.sealed.text_at("email")});
    return {};
}

Result<void> apply_post(OrganisationStore& store, JurisdictionId where, const Record& record) {
    const Value& body = record.body;
    const PersonId holder{body.integer_at("person")};
    const Post post{
        .id = record.seq, .post = body.text_at("post"), .unit = {body.integer_at("unit")}};
    if (!holder || post.post.empty()) return impossible(record);
    store.insert(where, holder, post);
    return {};
}

Result<void> apply_end_post(OrganisationStore& store, JurisdictionId where, const Record& record) {
    if (!store.remove_post(where, record.body.integer_at("post"))) return impossible(record);
    return {};
}

Result<void> apply_stand_in(OrganisationStore& store, JurisdictionId where, const Record& record) {
    const Value& body = record.body;
    const StandIn stand_in{.id = record.seq,
                           .for_person = {body.integer_at("for_person")},
                           .person = {body.integer_at("person")},
                           .from_on = body.text_at("from_on"),
                           .until_on = body.text_at("until_on"),
                           .created_by = {body.integer_at("actor")},
                           .created_at = body.text_at("at")};
    if (!stand_in.for_person || !stand_in.person || stand_in.from_on.empty() ||
        stand_in.until_on.empty()) {
        return impossible(record);
    }
    store.insert(where, stand_in);
    return {};
}

Result<void> apply_end_stand_in(OrganisationStore& store, JurisdictionId where,
                                const Record& record) {
    const Value& body = record.body;
    if (!store.end_stand_in(where, body.integer_at("stand_in"), body.text_at("at"))) {
        return impossible(record);
    }
    return {};
}

Result<void> apply_email(OrganisationStore& store, JurisdictionId where, const Record& record) {
    const PersonId person{record.body.integer_at("person")};
    if (!person) return impossible(record);
    store.set_email(where, person, record.sealed.text_at("email"));
    return {};
}

Result<void> apply_destroy_person(OrganisationStore& store, JurisdictionId where,
                                  const Record& record) {
    const PersonId person{record.body.integer_at("person")};
    if (!person) return impossible(record);
    store.forget(where, person);
    return {};
}

Result<void> apply_setting(OrganisationStore& store, JurisdictionId where, const Record& record) {
    const Value& body = record.body;
    const std::string name = body.text_at("name");
    if (name.empty()) return impossible(record);
    if (body.has("cleared")) {
        store.unset_value(where, name);
        return {};
    }
    const Value& value = body.has("value") ? body.at("value") : record.sealed.at("value");
    if (value.is_null()) {
        // Its key was destroyed: the office is back at the default.
        store.unset_value(where, name);
    } else {
        store.set_value(where, name, journal::canonical(value));
    }
    return {};
}

Result<void> apply_record(OrganisationStore& store, JurisdictionId where, const Record& record) {
    const std::string action = record.body.text_at("action");
    if (action == "jurisdiction") return apply_jurisdiction(store, where, record);
    if (action == "unit") return apply_unit(store, where, record);
    if (action == "unit_change") return apply_unit_change(store, where, record);
    if (action == "person") return apply_person(store, where, record);
    if (action == "place") return apply_place(store, where, record);
    if (action == "post") return apply_post(store, where, record);
    if (action == "end_post") return apply_end_post(store, where, record);
    if (action == "stand_in") return apply_stand_in(store, where, record);
    if (action == "end_stand_in") return apply_end_stand_in(store, where, record);
    if (action == "email") return apply_email(store, where, record);
    if (action == "setting") return apply_setting(store, where, record);
    if (action == "destroy_person") return apply_destroy_person(store, where, record);
    if (action == "adopt") {
        store.adopt(where, texts_at(record.body, "packs"), record.body.text_at("definitions"));
        return {};
    }
    return impossible(record);
}

}  // namespace

std::vector<journal::ProjectedTable> Organisation::tables() const {
    return {
        {"jurisdiction",
         "id",
         {"id"},
         {"id", "parent_id", "kind", "code", "name", "full_name", "short", "document_code", "packs",
          "definitions", "live_from", "revision"}},
        {"unit",
         "jurisdiction_id",
         {"id"},
         {"jurisdiction_id", "id", "code", "kind", "name", "short", "lead_section"}},
        {"person",
         "jurisdiction_id",
         {"id"},
         {"jurisdiction_id", "id", "code", "name", "unit_id", "email"}},
        {"post",
         "jurisdiction_id",
         {"id"},
         {"jurisdiction_id", "id", "person_id", "post", "unit_id"}},
        {"stand_in",
         "jurisdiction_id",
         {"id"},
         {"jurisdiction_id", "id", "for_person_id", "person_id", "from_on", "until_on",
          "created_by", "created_at", "ended_at"}},
        {"setting_value", "jurisdiction_id", {"name"}, {"jurisdiction_id", "name", "value"}},
    };
}

bool Organisation::knows(std::string_view action) const {
    return std::find(kActions.begin(), kActions.end(), action) != kActions.end();
}

Result<void> Organisation::apply(storage::Transaction& transaction, JurisdictionId where,
                                 const journal::Record& record) {
    OrganisationStore store(transaction);
    TRY_OK(apply_record(store, where, record));
    if (record.body.text_at("action") == "destroy_person") {
        journal_.destroy_key(transaction, where, record.body.integer_at("person"));
    }
    store.set_revision(where, record.seq);
    Directories::forget(transaction);
    return {};
}

}  // namespace fazhi::access
