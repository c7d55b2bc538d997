#include "definition/pack_diff.h"

#include <algorithm>

#include <fmt/format.h>

namespace fazhi::definition {

namespace {

std::string_view chinese(ChangeKind kind) {
    switch (kind) {
        case ChangeKind::Added:
            return "增加";
        case ChangeKind::Removed:
            return "删去";
        case ChangeKind::Changed:
            return "修改";
    }
    return "";
}

std::string_view chinese(ChangedThing thing) {
    switch (thing) {
        case ChangedThing::Ledger:
            return "台账";
        case ChangedThing::Field:
            return "项";
        case ChangedThing::Column:
            return "列";
        case ChangedThing::Option:
            return "选项";
        case ChangedThing::Evidence:
            return "证据";
        case ChangedThing::State:
            return "状态";
        case ChangedThing::Transition:
            return "步骤";
        case ChangedThing::Clock:
            return "期限";
        case ChangedThing::Measure:
            return "指标";
        case ChangedThing::Report:
            return "报告";
        case ChangedThing::Form:
            return "文书";
        case ChangedThing::Setting:
            return "设置项";
        case ChangedThing::Post:
            return "岗位";
    }
    return "";
}

std::string id_of(const Setting& setting) {
    return setting.name;
}
template <class Thing>
std::string id_of(const Thing& thing) {
    return thing.id;
}

template <class Thing>
const Thing* find(const std::vector<Thing>& things, const std::string& id) {
    const auto found = std::find_if(things.begin(), things.end(),
                                    [&](const Thing& each) { return id_of(each) == id; });
    return found == things.end() ? nullptr : &*found;
}

class Comparison {
public:
    std::vector<Change> take() { return std::move(changes_); }

    // What was added, what changed (`changed` says how, "" for not at all), what is gone.
    template <class Thing, class Changed>
    void things(ChangedThing thing, const std::vector<Thing>& before,
                const std::vector<Thing>& after, const Changed& changed) {
        for (const Thing& now : after) {
            const Thing* old = find(before, id_of(now));
            if (old == nullptr) {
                add(ChangeKind::Added, thing, id_of(now), now.title, "");
                continue;
            }
            const std::string detail = changed(*old, now);
            if (!detail.empty()) add(ChangeKind::Changed, thing, id_of(now), now.title, detail);
        }
        for (const Thing& old : before) {
            if (find(after, id_of(old)) != nullptr) continue;
            add(ChangeKind::Removed, thing, id_of(old), old.title, "");
        }
    }

    void ledgers(const DefinitionSet& before, const DefinitionSet& after) {
        things(ChangedThing::Ledger, before.ledgers(), after.ledgers(),
               [](const Ledger& old, const Ledger& now) {
                   return old.title == now.title ? "" : fmt::format("原名 {}", old.title);
               });
        for (const Ledger& now : after.ledgers()) {
            if (const Ledger* old = before.ledger(now.id)) ledger(*old, now);
        }
    }

private:
    void add(ChangeKind kind, ChangedThing thing, const std::string& id, const std::string& title,
             std::string detail) {
        changes_.push_back(Change{kind, thing, ledger_, prefix_ + id, title, std::move(detail)});
    }

    template <class Thing>
    static std::string differs(const Thing& old, const Thing& now) {
        return old == now ? "" : "内容有变";
    }

    static std::string changed_field(const Field& old, const Field& now) {
        if (old.type != now.type) {
            return fmt::format("类型由 {} 变为 {}", to_text(old.type), to_text(now.type));
        }
        if (old.is_private != now.is_private) return now.is_private ? "变为隐私" : "不再是隐私";
        if (old.is_public != now.is_public) return now.is_public ? "变为可公开" : "不再公开";
        if (old.required != now.required) return now.required ? "变为必填" : "变为可不填";
        Field alike = old;
        alike.options = now.options;
        alike.of = now.of;
        return differs(alike, now);
    }

    void fields(ChangedThing thing, const std::vector<Field>& before,
                const std::vector<Field>& after) {
        things(thing, before, after, changed_field);
        const std::string prefix = prefix_;
        for (const Field& now : after) {
            const Field* old = find(before, now.id);
            if (old == nullptr) continue;
            prefix_ = prefix + now.id + ".";
            things(ChangedThing::Option, old->options, now.options,
                   [](const Option& was, const Option& is) -> std::string {
                       if (was.retired != is.retired) return is.retired ? "停用" : "重新启用";
                       return was == is ? "" : fmt::format("原名 {}", was.title);
                   });
            if (!old->of.empty() || !now.of.empty()) fields(ChangedThing::Column, old->of, now.of);
        }
        prefix_ = prefix;
    }

    void ledger(const Ledger& old, const Ledger& now) {
        ledger_ = now.id;
        fields(ChangedThing::Field, old.fields, now.fields);
        things(ChangedThing::Evidence, old.evidence, now.evidence, differs<EvidenceKind>);
        things(ChangedThing::State, old.states, now.states, differs<State>);
        things(ChangedThing::Transition, old.transitions, now.transitions, differs<Transition>);
        things(ChangedThing::Clock, old.clocks, now.clocks, differs<Clock>);
        things(ChangedThing::Measure, old.measures, now.measures, differs<Measure>);
        ledger_.clear();
    }

    std::string ledger_;
    std::string prefix_;
    std::vector<Change> changes_;
};

// Its bytes; "": it has none.
std::string_view template_of(const DefinitionSet& set, const DocumentForm& form) {
    const TemplateFile* file = set.template_file(form.template_file);
    return file == nullptr ? std::string_view() : std::string_view(file->bytes);
}

}  // namespace

bool Change::needs_mapping() const {
    return kind == ChangeKind::Removed &&
           (thing == ChangedThing::State || thing == ChangedThing::Transition ||
            thing == ChangedThing::Option);
}

std::vector<Change> changes_between(const DefinitionSet& before, const DefinitionSet& after) {
    Comparison comparison;
    const auto title_only = [](const auto& old, const auto& now) {
        return old.title == now.title ? std::string() : fmt::format("原名 {}", old.title);
    };
    comparison.ledgers(before, after);
    comparison.things(ChangedThing::Report, before.reports(), after.reports(), title_only);
    comparison.things(ChangedThing::Form, before.documents(), after.documents(),
                      [&](const DocumentForm& old, const DocumentForm& now) {
                          return template_of(before, old) == template_of(after, now)
                                     ? title_only(old, now)
                                     : std::string("模板有变");
                      });
    comparison.things(ChangedThing::Setting, before.settings(), after.settings(),
                      [](const Setting& old, const Setting& now) -> std::string {
                          if (!(old.default_value == now.default_value)) return "默认值有变";
                          return old.type == now.type ? "" : "类型有变";
                      });
    comparison.things(ChangedThing::Post, before.roles(), after.roles(), title_only);
    return comparison.take();
}

std::string to_text(const Change& change) {
    std::string text(chinese(change.kind));
    if (!change.ledger.empty()) text += fmt::format(" {} 的", change.ledger);
    text += fmt::format("{} {} {}", chinese(change.thing), change.id, change.title);
    if (!change.detail.empty()) text += fmt::format("：{}", change.detail);
    if (change.needs_mapping()) text += "（已有记录的，须指定改为哪一个）";
    return text;
}

std::vector<std::string> differences(const DefinitionSet& before, const DefinitionSet& after) {
    std::vector<std::string> lines;
    for (const Change& change : changes_between(before, after)) lines.push_back(to_text(change));
    return lines;
}

}  // namespace fazhi::definition
