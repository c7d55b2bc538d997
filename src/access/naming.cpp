#include "access/naming.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "access/errors.h"
#include "calendar/date.h"
#include "definition/definition_set.h"
#include "text/mail_address.h"
#include "text/utf8.h"

namespace fazhi::access {

namespace {

constexpr std::size_t kNameCharactersMax = 200;
constexpr std::size_t kCodeLengthMax = 41;

constexpr std::array<std::string_view, 6> kJurisdictionKinds = {
    "city", "district", "county", "subdistrict", "township", "bureau"};
constexpr std::array<std::string_view, 5> kUnitKinds = {"section", "community", "village", "bureau",
                                                        "other"};

enum class Needed { Yes, No };

Result<std::string> checked_code(const std::string& code) {
    const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
    const bool good = !code.empty() && code.size() <= kCodeLengthMax && is_letter(code.front()) &&
                      std::all_of(code.begin(), code.end(), [&](char c) {
                          return is_letter(c) || (c >= '0' && c <= '9') || c == '_';
                      });
    if (good) return code;
    return refuse(
        ErrorKind::InvalidInput, errors::kBadCode,
        fmt::format("代码“{}”应以小写字母开头，只含小写字母、数字和下划线，不超过{}个字符。",
                    text::truncated(code, kCodeLengthMax), kCodeLengthMax),
        "code");
}

Result<std::string> checked_name(const std::string& written, const char* where, Needed needed) {
    const auto clean =
        text::checked_text(text::trimmed(written), {.length_max = kNameCharactersMax});
    if (!clean) {
        return refuse(ErrorKind::InvalidInput, errors::kBadText, clean.error().message, where);
    }
    if (clean->empty() && needed == Needed::Yes) {
        return refuse(ErrorKind::InvalidInput, errors::kBadText, "名称不能为空。", where);
    }
    return *clean;
}

template <std::size_t count>
Result<std::string> checked_kind(const std::string& kind,
                                 const std::array<std::string_view, count>& kinds) {
    if (std::find(kinds.begin(), kinds.end(), kind) != kinds.end()) return kind;
    return refuse(ErrorKind::InvalidInput, errors::kBadKind,
                  fmt::format("种类“{}”不认识，应为：{}。", text::truncated(kind, kCodeLengthMax),
                              fmt::join(kinds, "、")),
                  "kind");
}

Result<std::string> checked_day(const std::string& day, const char* where) {
    if (day.empty() || calendar::date_from(day)) return day;
    return refuse(ErrorKind::InvalidInput, errors::kBadDate,
                  "日期应写成 2024-01-01 的样子，并且确有这一天。", where);
}

}  // namespace

Result<Jurisdiction> checked_jurisdiction(const Jurisdiction& values) {
    Jurisdiction good;
    TRY(good.code, checked_code(values.code));
    TRY(good.kind, checked_kind(values.kind, kJurisdictionKinds));
    TRY(good.name, checked_name(values.name, "name", Needed::Yes));
    TRY(good.full_name, checked_name(values.full_name, "full_name", Needed::No));
    TRY(good.short_name, checked_name(values.short_name, "short", Needed::No));
    TRY(good.document_code, checked_name(values.document_code, "document_code", Needed::No));
    TRY(good.live_from, checked_day(values.live_from, "live_from"));
    good.packs = values.packs;
    for (const std::string& pack : good.packs) {
        TRY_OK(checked_code(pack));
    }
    return good;
}

Result<Unit> checked_unit(const Unit& values) {
    Unit good;
    TRY(good.code, checked_code(values.code));
    TRY(good.kind, checked_kind(values.kind, kUnitKinds));
    TRY(good.name, checked_name(values.name, "name", Needed::Yes));
    TRY(good.short_name, checked_name(values.short_name, "short", Needed::No));
    return good;
}

Result<Person> checked_person(const Person& values) {
    Person good;
    TRY(good.code, checked_code(values.code));
    TRY(good.name, checked_name(values.name, "name", Needed::Yes));
    TRY(good.email, checked_email(values.email));
    return good;
}

Result<std::string> checked_email(const std::string& written) {
    std::string address(text::trimmed(written));
    if (address.empty() || text::is_mail_address(address)) return address;
    return refuse(ErrorKind::InvalidInput, errors::kBadEmail,
                  "电子邮箱应写成 name@example.gov.cn 的样子。", "email");
}

Result<std::vector<std::string>> checked_posts(const definition::DefinitionSet& set,
                                               const std::vector<std::string>& wanted) {
    std::vector<std::string> posts;
    for (const std::string& post : wanted) {
        if (set.role(post) == nullptr) {
            return refuse(ErrorKind::NotFound, errors::kNoSuchPost,
                          fmt::format("没有“{}”这个岗位，请查看 roles.yaml。", post), "posts");
        }
        if (std::find(posts.begin(), posts.end(), post) == posts.end()) posts.push_back(post);
    }
    for (const definition::Conflict& conflict : set.conflicts()) {
        if (!conflict.may_not.empty()) continue;  // Takes abilities away; may be held together.
        const auto held = std::count_if(posts.begin(), posts.end(), [&](const std::string& post) {
            return std::find(conflict.posts.begin(), conflict.posts.end(), post) !=
                   conflict.posts.end();
        });
        if (held > 1) {
            return refuse(ErrorKind::RefusedByRule, errors::kConflictingPosts,
                          conflict.title + "。", "posts");
        }
    }
    return posts;
}

}  // namespace fazhi::access
