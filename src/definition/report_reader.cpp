#include "definition/report_reader.h"

#include <algorithm>

#include <fmt/format.h>

#include "definition/basis_reader.h"
#include "definition/condition_reader.h"
#include "definition/names.h"
#include "definition/reference.h"
#include "definition/template.h"

namespace fazhi::definition {

namespace {

const std::vector<std::string> kWords = {"year",
                                         "next_year",
                                         "last_year",
                                         "issue_year",
                                         "serial",
                                         "jurisdiction.name",
                                         "jurisdiction.full_name",
                                         "jurisdiction.short",
                                         "jurisdiction.document_code"};
const std::vector<std::string> kComparedPersons = {"previous_actor", "handler"};

bool contains(const std::vector<std::string>& words, const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

// The measure a placeholder names, or one of kWords.
void check_placeholder(const Cursor& cursor, const Placeholder& placeholder,
                       const DefinitionSet& set) {
    if (contains(kWords, placeholder.name)) {
        if (!placeholder.format.empty())
            cursor.error(fmt::format("{{{}}}不是数字", placeholder.name));
        return;
    }
    if (set.measure(placeholder.name) != nullptr) return;
    std::vector<std::string> known = kWords;
    for (const Measure* measure : set.measures()) known.push_back(measure->id);
    cursor.error(
        fmt::format("没有指标“{}”{}", placeholder.name, suggestion(placeholder.name, known)));
}

// Headings, titles and numbers: words only, no figures.
std::string read_heading(const Cursor& cursor) {
    if (!cursor.present()) return "";
    const auto parsed = parse_sentence(cursor.text());
    if (!parsed) {
        cursor.error(parsed.error().message);
        return "";
    }
    for (const Placeholder& placeholder : placeholders_of(*parsed)) {
        if (contains(kWords, placeholder.name)) continue;
        cursor.error(fmt::format("标题里没有“{{{}}}”{}", placeholder.name,
                                 suggestion(placeholder.name, kWords)));
    }
    return cursor.text();
}

std::vector<Sentence> read_say(const Cursor& cursor, const DefinitionSet& set) {
    std::vector<Sentence> sentences;
    for (const Cursor& item : cursor.items()) {
        const Cursor text = item.node().is_map() ? item.at("text") : item;
        auto parsed = parse_sentence(text.text());
        if (!parsed) {
            text.error(parsed.error().message);
            continue;
        }
        for (const Placeholder& placeholder : placeholders_of(*parsed)) {
            check_placeholder(text, placeholder, set);
        }
        parsed->keep = item.yes("keep");
        sentences.push_back(*std::move(parsed));
    }
    return sentences;
}

// A field by which a measure can be split: a choice, a date, a person, a unit or an entry of its
// ledger.
void check_split(const Cursor& cursor, const std::string& measure_id, const DefinitionSet& set) {
    const Measure* measure = set.measure(measure_id);
    const Ledger* ledger = measure == nullptr ? nullptr : set.ledger(measure->ledger);
    if (ledger == nullptr) return;
    const Field* field = ledger->field(cursor.text());
    if (field == nullptr && !measure->over_list.empty()) {
        const Field* list = ledger->field(measure->over_list);
        if (list != nullptr) field = list->column(cursor.text());
    }
    if (field == nullptr) field = existing_field(cursor, *ledger);
    if (field == nullptr) return;
    if (field->sealed() || field->type == FieldType::List || field->type == FieldType::Group) {
        cursor.error(fmt::format("不能按“{}”分列", field->title));
    }
}

void check_ranked(const Cursor& cursor, const ReportTable& table, const DefinitionSet& set) {
    if (table.columns.empty() || table.rows == "month") {
        cursor.error("排名表按单位或一项分行，各列是指标");
        return;
    }
    const Measure* first = set.measure(table.columns.front());
    if (first != nullptr && first->better == Better::None) {
        cursor.error(fmt::format("按“{}”排名，要在指标里写 better: more 或 less", first->title));
    }
}

ReportTable read_table(const Cursor& cursor, const DefinitionSet& set) {
    ReportTable table{.title = cursor.text_at("title")};
    const Cursor columns = cursor.at("columns");
    if (columns.has("field")) {
        table.columns_field = columns.text_at("field");
    } else {
        table.columns = columns.texts();
        for (const Cursor& item : columns.items()) existing_measure(item, set);
    }
    table.cell = cursor.text_at("cell");
    if (cursor.has("cell")) existing_measure(cursor.at("cell"), set);
    if (table.columns_field.empty() == table.cell.empty() && !columns.has("field")) {
        if (!table.cell.empty()) cursor.at("cell").error("columns 写指标时不写 cell");
    } else if (table.cell.empty()) {
        cursor.error("columns 按一项分列时，要写每格是哪个指标（cell）");
    }
    const std::string measure = !table.cell.empty()     ? table.cell
                                : table.columns.empty() ? std::string()
                                                        : table.columns.front();
    const Cursor rows = cursor.at("rows");
    if (rows.has("field")) {
        table.rows = "field";
        table.rows_field = rows.text_at("field");
        check_split(rows.at("field"), measure, set);
    } else {
        table.rows = rows.text();
        if (table.rows != "unit" && table.rows != "month") {
            rows.error("rows 写 unit、month 或 {field: 项}");
        }
    }
    if (!table.columns_field.empty()) check_split(columns.at("field"), measure, set);
    table.ranked = cursor.yes("ranked");
    if (table.ranked) check_ranked(cursor.at("ranked"), table, set);
    return table;
}

ReportChart read_chart(const Cursor& cursor, const DefinitionSet& set) {
    ReportChart chart{.title = cursor.text_at("title"),
                      .measure = cursor.text_at("measure"),
                      .by = cursor.text_at("by")};
    existing_measure(cursor.at("measure"), set);
    if (chart.by != "month" && chart.by != "unit") check_split(cursor.at("by"), chart.measure, set);
    return chart;
}

Collect read_collect(const Cursor& cursor, const DefinitionSet& set) {
    Collect collect{.prompt = cursor.text_at("prompt"), .words = cursor.integer("words", 0)};
    const Cursor from = cursor.at("from");
    collect.from = to_value(from.node());
    if (from.has("unit")) {
        read_condition(from.at("unit"), {.set = set, .built_in_register = "unit"});
    } else if (from.has("post")) {
        for (const Cursor& item : from.at("post").items()) existing_post(item, set);
    } else {
        from.error("from 写 {unit: 条件} 或 {post: 岗位}");
    }
    collect.due = checked_month_day(cursor.at("due"));
    for (const Cursor& item : cursor.at("remind").items()) {
        collect.remind.push_back(checked_period(item));
    }
    return collect;
}

// What a part and a section have in common.
template <class Block>
void read_block(const Cursor& cursor, const DefinitionSet& set, Block& block) {
    for (Sentence& sentence : read_say(cursor.at("say"), set)) {
        block.say.push_back(std::move(sentence));
    }
    if (cursor.has("table")) block.table = read_table(cursor.at("table"), set);
    if (cursor.has("chart")) block.chart = read_chart(cursor.at("chart"), set);
    if (cursor.has("collect")) block.collect = read_collect(cursor.at("collect"), set);
}

void read_sections(const Cursor& cursor, const DefinitionSet& set, Part& part) {
    for (const Cursor& item : cursor.items()) {
        Section section{.heading = read_heading(item.at("heading"))};
        read_block(item, set, section);
        part.sections.push_back(std::move(section));
    }
}

Part read_part(const Cursor& cursor, const DefinitionSet& set) {
    Part part;
    part.id = cursor.text_at("part");
    const std::string fault = fault_of_name(part.id, NameUse::Id);
    if (!fault.empty()) cursor.at("part").error(fault);
    part.heading = read_heading(cursor.at("heading"));
    part.optional = cursor.yes("optional");
    part.suggest = cursor.at("suggest").texts();
    read_block(cursor, set, part);
    read_sections(cursor.at("sections"), set, part);
    if (cursor.has("becomes")) {
        part.becomes = cursor.at("becomes").text_at("ledger");
        existing_ledger(cursor.at("becomes").at("ledger"), set);
    }
    return part;
}

Clearance read_clearance(const Cursor& cursor, const DefinitionSet& set) {
    Clearance clearance{.title = cursor.text_at("title"),
                        .by = cursor.at("by").texts(),
                        .not_by = cursor.at("not_by").texts()};
    for (const Cursor& item : cursor.at("by").items()) existing_post(item, set);
    for (const Cursor& item : cursor.at("not_by").items()) {
        if (!contains(kComparedPersons, item.text())) {
            item.error(
                fmt::format("没有“{}”{}", item.text(), suggestion(item.text(), kComparedPersons)));
        }
    }
    return clearance;
}

// {setting: name}: a list of the parts' ids.
void read_order(const Cursor& cursor, const DefinitionSet& set, Report& report) {
    report.order.setting = cursor.text_at("setting");
    const Setting* setting = existing_setting(cursor.at("setting"), set);
    if (setting != nullptr && setting->type != "choices") {
        cursor.error(fmt::format("“{}”要是可选多项的设置（choices）", setting->title));
    }
}

void check_order(const Cursor& cursor, const Setting& order, const Report& report) {
    for (const Option& option : order.options) {
        const bool known = std::any_of(report.parts.begin(), report.parts.end(),
                                       [&](const Part& part) { return part.id == option.id; });
        if (!known) {
            cursor.at("order").error(
                fmt::format("报告没有部分“{}”（{}）", option.id, option.title));
        }
    }
}

}  // namespace

Report read_report(const Cursor& cursor, const DefinitionSet& set) {
    Report report;
    report.id = cursor.text_at("report");
    const std::string fault = fault_of_name(report.id, NameUse::Id);
    if (!fault.empty()) cursor.at("report").error(fault);
    report.title = read_heading(cursor.at("title"));
    report.basis = read_basis(cursor.at("basis"), set);
    if (cursor.has("period")) report.period = cursor.text_at("period");
    report.opening = read_heading(cursor.at("opening"));
    if (cursor.has("addressee")) report.addressee = read_literal(cursor.at("addressee"), set);
    if (cursor.has("copies")) report.copies = read_literal(cursor.at("copies"), set);
    report.number = read_heading(cursor.at("number"));
    if (cursor.has("order")) read_order(cursor.at("order"), set, report);
    if (cursor.has("confidentiality")) {
        report.confidentiality = read_clearance(cursor.at("confidentiality"), set);
    }
    report.signer = cursor.text_at("signer");
    if (cursor.has("signer")) existing_post(cursor.at("signer"), set);
    for (const Cursor& item : cursor.at("parts").items()) {
        Part part = read_part(item, set);
        const bool known = std::any_of(report.parts.begin(), report.parts.end(),
                                       [&](const Part& each) { return each.id == part.id; });
        if (known) item.at("part").error(fmt::format("部分“{}”重复", part.id));
        report.parts.push_back(std::move(part));
    }
    const Setting* order = set.setting(report.order.setting);
    if (order != nullptr) check_order(cursor, *order, report);
    return report;
}

void extend_report(const Cursor& cursor, Report& report, const DefinitionSet& set) {
    for (const Cursor& item : cursor.at("parts").items()) {
        const std::string id = item.text_at("part");
        const auto found = std::find_if(report.parts.begin(), report.parts.end(),
                                        [&](const Part& each) { return each.id == id; });
        if (found == report.parts.end()) {
            std::vector<std::string> known;
            for (const Part& part : report.parts) known.push_back(part.id);
            item.at("part").error(fmt::format("报告没有部分“{}”{}", id, suggestion(id, known)));
            continue;
        }
        for (const Cursor::Member& member : item.members()) {
            if (member.key == "part" || member.key == "sections" || member.key == "say") continue;
            member.value.error("扩展报告只能加 sections 和 say");
        }
        for (Sentence& sentence : read_say(item.at("say"), set)) {
            found->say.push_back(std::move(sentence));
        }
        read_sections(item.at("sections"), set, *found);
    }
}

}  // namespace fazhi::definition
