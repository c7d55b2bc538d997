#include "access/stand_in_rules.h"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "access/errors.h"
#include "access/naming.h"
#include "definition/definition_set.h"

namespace fazhi::access {

namespace {

Refusal bad(std::string message, const char* where) {
    return refuse(ErrorKind::InvalidInput, errors::kBadStandIn, std::move(message), where);
}

Result<const Person*> present(const Directory& office, PersonId id, const char* where) {
    const Person* person = office.person(id);
    if (person != nullptr && !person->code.empty()) return person;
    return refuse(ErrorKind::NotFound, errors::kNoSuchPerson, "本辖区没有这名人员。", where);
}

Result<calendar::Date> day(const std::string& written, const char* where) {
    const auto date = calendar::date_from(written);
    if (date) return *date;
    return refuse(ErrorKind::InvalidInput, errors::kBadDate,
                  "日期应写成 2024-01-01 的样子，并且确有这一天。", where);
}

// Of posts that the definitions no longer know nothing can be said.
void add_posts(const definition::DefinitionSet& set, const Person& of,
               std::vector<std::string>& out) {
    for (const Post& post : of.posts) {
        if (set.role(post.post) != nullptr) out.push_back(post.post);
    }
}

// Those of both together.
Result<void> checked_together(const definition::DefinitionSet& set, const Person& a,
                              const Person& b) {
    std::vector<std::string> posts;
    add_posts(set, a, posts);
    add_posts(set, b, posts);
    TRY_OK(checked_posts(set, posts));
    return {};
}

Result<void> checked_days(const NewStandIn& wanted, calendar::Date today) {
    TRY(const auto from, day(wanted.from_on, "from_on"));
    TRY(const auto until, day(wanted.until_on, "until_on"));
    if (until < from) return bad("代理的最后一天不能早于第一天。", "until_on");
    if (until < today) return bad("代理的日子已经过去，不能补登。", "until_on");
    if (calendar::days_between(from, until) >= kStandInDaysMax) {
        return bad(fmt::format("一次代理最长{}天，请分次登记。", kStandInDaysMax), "until_on");
    }
    return {};
}

}  // namespace

Result<void> checked_placement(const Directory& office, const definition::DefinitionSet& set,
                               const Person& placed, calendar::Date today) {
    std::vector<std::string> posts;
    for (const Post& post : placed.posts) posts.push_back(post.post);
    TRY_OK(checked_posts(set, posts));
    for (auto post = placed.posts.begin(); post != placed.posts.end(); ++post) {
        const bool again = std::any_of(placed.posts.begin(), post, [&](const Post& before) {
            return before.post == post->post && before.unit == post->unit;
        });
        if (again) {
            return refuse(ErrorKind::InvalidInput, errors::kBadText,
                          fmt::format("“{}”在同一个单位写了两次。", set.role(post->post)->title),
                          "posts");
        }
    }
    const std::string on = calendar::to_text(today);
    for (const StandIn& stand_in : office.stand_ins) {
        if (stand_in.until_on < on) continue;
        const bool stands = stand_in.person == placed.id;
        if (!stands && stand_in.for_person != placed.id) continue;
        const Person* other = office.person(stands ? stand_in.for_person : stand_in.person);
        if (other == nullptr) continue;
        TRY_OK(checked_together(set, placed, *other));
    }
    return {};
}

Result<void> checked_stand_in(const Directory& office, const definition::DefinitionSet& set,
                              const NewStandIn& wanted, calendar::Date today) {
    TRY(const Person* away, present(office, wanted.for_person, "for_person"));
    TRY(const Person* person, present(office, wanted.person, "person"));
    if (away == person) return bad("本人不能代理本人，请另选一人。", "person");
    TRY_OK(checked_days(wanted, today));
    if (away->posts.empty()) {
        return bad(fmt::format("{}没有岗位，无从代理。", away->name), "for_person");
    }
    TRY_OK(checked_together(set, *away, *person));
    const std::string on = calendar::to_text(today);
    std::size_t going = 0;
    for (const StandIn& other : office.stand_ins) {
        if (other.until_on >= on) ++going;
        const bool meets = other.from_on <= wanted.until_on && wanted.from_on <= other.until_on;
        if (!meets || other.person != wanted.person) continue;
        if (other.for_person == wanted.for_person) {
            return bad(fmt::format("{}在{}至{}已经代理{}，请先终止那一项。", person->name,
                                   other.from_on, other.until_on, away->name),
                       "from_on");
        }
        if (const Person* also = office.person(other.for_person)) {
            TRY_OK(checked_together(set, *away, *also));
        }
    }
    if (going < kStandInsMax) return {};
    return refuse(ErrorKind::TooLarge, errors::kTooMany,
                  fmt::format("一个辖区最多{}项未到期的代理，已经满了。", kStandInsMax));
}

}  // namespace fazhi::access
