#include "action/field_choices.h"

#include <algorithm>
#include <charconv>
#include <map>

#include <fmt/format.h>

#include "access/permission.h"
#include "access/reach.h"
#include "action/errors.h"
#include "base/invariant.h"
#include "ledger/entry_title.h"
#include "ledger/scan.h"
#include "ledger/stored_lookup.h"

namespace fazhi::action {
namespace {

using access::Ability;
using definition::Field;
using definition::Ledger;
using definition::Transition;
using ledger::Entry;

struct Named {
    const Field* field = nullptr;  // the ledger's own
    const Field* entry = nullptr;  // it, or its column: what names an entry; null: none does
};

Named field_named(const Ledger& ledger, const std::string& called) {
    const std::size_t dot = called.find('.');
    Named out;
    out.field = ledger.field(called.substr(0, dot));
    if (out.field == nullptr) return out;
    const Field* named =
        dot == std::string::npos ? out.field : out.field->column(called.substr(dot + 1));
    if (named != nullptr && named->type == definition::FieldType::Entry && named->from)
        out.entry = named;
    return out;
}

bool has(const std::vector<std::string>& list, const std::string& wanted) {
    return std::find(list.begin(), list.end(), wanted) != list.end();
}

bool step_asks_for(const Transition& step, const Field& field) {
    return has(field.required_in, step.to) ||
           std::any_of(step.gates.begin(), step.gates.end(), [&](const definition::Gate& gate) {
               return has(gate.requires_fields, field.id);
           });
}

Result<void> require_filling(const ledger::Context& context, const Ledger& ledger,
                             const Field& field) {
    const auto somewhere = [&](Ability ability) {
        return !access::reach(context.directory, context.definitions, context.actor, ability,
                              ledger.id)
                    .nothing();
    };
    if (somewhere(Ability::Record)) return {};
    const bool is_asked =
        std::any_of(ledger.transitions.begin(), ledger.transitions.end(),
                    [&](const Transition& step) { return step_asks_for(step, field); });
    if (is_asked && somewhere(Ability::Move)) return {};
    return access::require(context.directory, context.definitions, context.actor, Ability::Record,
                           {.ledger = ledger.id, .unit = context.actor.unit});
}

access::Reach offered_of(const ledger::Context& context, const Ledger& source) {
    if (access::may_name(context.directory, context.definitions, context.actor, source.id))
        return {.everything = true, .units = {}, .as_handler = {}, .handler = {}};
    return access::reach(context.directory, context.definitions, context.actor, Ability::View,
                         source.id);
}

std::optional<EntryId> id_from(const std::string& words) {
    if (words.size() < 2 || words.front() != '#') return std::nullopt;
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(words.data() + 1, words.data() + words.size(), id);
    if (error != std::errc() || end != words.data() + words.size() || id <= 0) return std::nullopt;
    return EntryId{id};
}

class Chooser {
public:
    Chooser(storage::Connection& connection, const ledger::Context& context,
            const ChoicesQuestion& question, const definition::Source& from)
        : connection_(connection),
          context_(context),
          question_(question),
          from_(from),
          lookup_(connection, context.directory, context.definitions),
          wanted_(id_from(question.words)) {}

    Choices choose() {
        if (wanted_) {
            for (const std::string& id : from_.ledgers) find(id);
            return std::move(out_);
        }
        std::optional<ChoicePlace> after = question_.after;
        for (const std::string& id : from_.ledgers) {
            if (after && after->ledger != id) continue;  // The pages before have been through it.
            const Ledger* source = context_.definitions.ledger(id);
            if (source != nullptr &&
                !walk(*source, after ? std::optional(after->place) : std::nullopt))
                return std::move(out_);
            after.reset();
        }
        return std::move(out_);
    }

private:
    // The one wanted, where it is this ledger's and to be offered.
    void find(const std::string& ledger) {
        const Ledger* source = context_.definitions.ledger(ledger);
        if (source == nullptr) return;
        const access::Reach offered = offered_of(context_, *source);
        for (const Entry& entry : read(*source, {*wanted_})) {
            if (offered.covers(entry.head.unit, entry.head.handler)) offer(*source, entry);
        }
    }

    // False: the page is full.
    bool walk(const Ledger& source, std::optional<ledger::ListPlace> after) {
        ledger::ListQuestion asked;
        asked.reach = offered_of(context_, source);
        asked.after = std::move(after);
        asked.limit = ledger::kListedMax;
        for (;;) {
            std::vector<EntryId> ids =
                ledger::listed(connection_, context_.directory.jurisdiction.id, source, asked);
            const bool more = ids.size() > asked.limit;
            if (more) ids.pop_back();
            for (const Entry& entry : read(source, ids)) {
                asked.after = ledger::ListPlace{entry.head.dated_on, entry.head.id};
                if (out_.items.size() == question_.limit || looked_at_ == kChoicesLookedAtMax) {
                    out_.next = last_;
                    return false;
                }
                ++looked_at_;
                last_ = ChoicePlace{source.id, *asked.after};
                offer(source, entry);
            }
            if (!more) return true;
        }
    }

    // In the order of `ids`.
    std::vector<Entry> read(const Ledger& source, const std::vector<EntryId>& ids) {
        std::map<EntryId, Entry> found;
        ledger::scan(connection_, context_.directory.jurisdiction.id, source, {}, {.only = &ids},
                     [&](const Entry& entry) { found.emplace(entry.head.id, entry); });
        std::vector<Entry> out;
        for (const EntryId id : ids) {
            if (const auto entry = found.find(id); entry != found.end())
                out.push_back(std::move(entry->second));
        }
        return out;
    }

    void offer(const Ledger& source, const Entry& entry) {
        const std::int64_t id = entry.head.id.value;
        std::string title = ledger::entry_title(source, entry, lookup_);
        const std::string& number = entry.head.number;
        if (!number.empty() && title.find(number) == std::string::npos)
            title = title.empty() ? number : fmt::format("{} · {}", number, title);
        const auto holds_words = [&](const std::string& text) {
            return text.find(question_.words) != std::string::npos;
        };
        if (!wanted_ && !holds_words(title) && !holds_words(entry.head.reference)) return;
        if (!lookup_.valid_on(source.id, id, question_.on)) return;
        if (!from_.where.always() && !lookup_.fits(source.id, id, from_.where)) return;
        out_.items.push_back({source.id, entry.head.id, std::move(title)});
    }

    storage::Connection& connection_;
    const ledger::Context& context_;
    const ChoicesQuestion& question_;
    const definition::Source& from_;
    ledger::StoredLookup lookup_;
    const std::optional<EntryId> wanted_;
    std::size_t looked_at_ = 0;
    std::optional<ChoicePlace> last_;
    Choices out_;
};

}  // namespace

Result<Choices> field_choices(storage::Connection& connection, const ledger::Context& context,
                              const ChoicesQuestion& question) {
    INVARIANT(question.limit > 0 && question.limit <= kChoicesMax);
    const Ledger* ledger = context.definitions.ledger(question.ledger);
    const Named named = ledger == nullptr ? Named() : field_named(*ledger, question.field);
    if (named.entry == nullptr) {
        return refuse(ErrorKind::NotFound, errors::kNoSuchChoiceField,
                      "这一栏不是从台账中选取的，请直接填写。", question.field);
    }
    TRY_OK(require_filling(context, *ledger, *named.field));
    if (question.after && !has(named.entry->from->ledgers, question.after->ledger))
        return refuse(ErrorKind::InvalidInput, errors::kBadFilter,
                      "翻页的位置不对，请从第一页重新打开。", "cursor");
    return Chooser(connection, context, question, *named.entry->from).choose();
}

}  // namespace fazhi::action
