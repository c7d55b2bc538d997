#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "action/load_office.h"
#include "action/report_command.h"
#include "cli/errors.h"
#include "cli/session.h"
#include "definition/loader.h"
#include "measure/measures.h"
#include "measure/ranking.h"

namespace fazhi::cli {
namespace {

using Json = nlohmann::ordered_json;

Json entries_json(const measure::Figure& figure) {
    Json out = Json::array();
    for (const auto& [ledger, ids] : figure.entries) {
        for (const EntryId id : ids) out.push_back({{"ledger", ledger}, {"id", id.value}});
    }
    return out;
}

// An exact decimal text is a JSON number as it stands.
Json number_json(const measure::Figure& figure) {
    return figure.has_value ? Json::parse(figure.value) : Json();
}

Json figure_json(const measure::Figure& figure) {
    Json out = {{"measure", figure.measure}, {"value", number_json(figure)}, {"unit", figure.unit}};
    out["numerator"] = figure.numerator ? Json(*figure.numerator) : Json();
    out["denominator"] = figure.denominator ? Json(*figure.denominator) : Json();
    out["entries"] = entries_json(figure);
    Json warnings = Json::array();
    for (const Error& warning : figure.warnings) warnings.push_back(warning.message);
    if (!warnings.empty()) out["warnings"] = std::move(warnings);
    return out;
}

void print_figure(const definition::DefinitionSet& set, const measure::Figure& figure) {
    const definition::Measure* measure = set.measure(figure.measure);
    std::size_t rows = 0;
    for (const auto& [ledger, ids] : figure.entries) rows += ids.size();
    std::string line = fmt::format(
        "{}（{}）：{}{}", measure == nullptr ? figure.measure : measure->title, figure.measure,
        figure.has_value ? figure.value : "无", figure.has_value ? figure.unit : "");
    if (figure.denominator)
        line += fmt::format("，{}/{}", figure.numerator.value_or(0), *figure.denominator);
    print_line(line + fmt::format("，依据{}条台账", rows));
    for (const Error& warning : figure.warnings) print_note(warning.message);
}

Result<std::vector<measure::Question>> questions_of(const Options& options,
                                                    const definition::DefinitionSet& set) {
    std::vector<std::string> names = options.words;
    if (names.empty()) {
        for (const definition::Measure* measure : set.measures()) names.push_back(measure->id);
    }
    std::vector<measure::Question> out;
    for (const std::string& name : names) {
        measure::Question question{.measure = name, .where = {}};
        const definition::Measure* measure = set.measure(name);
        const definition::Ledger* ledger =
            measure == nullptr ? nullptr : set.ledger(measure->ledger);
        if (!options.where.empty() && ledger != nullptr) {
            TRY(question.where, definition::parse_condition(options.where, set, *ledger));
        }
        out.push_back(std::move(question));
    }
    return out;
}

void print_group(const measure::Ranked& line, bool ranked) {
    const measure::Figure& figure = line.group.figure;
    const std::string value = figure.has_value ? figure.value + figure.unit : "无";
    const std::string place = line.place == 0 ? "无" : std::to_string(line.place);
    print_line(fmt::format("{}\t{}{}\t{}", figure.measure, ranked ? place + "\t" : "",
                           line.group.title, value));
}

// In the order of the groups, or of their places.
Result<std::vector<measure::Ranked>> lines_of(const definition::DefinitionSet& set,
                                              const Options& options, const std::string& measure,
                                              std::vector<measure::Group> groups) {
    if (options.ranked) return measure::ranking(*set.measure(measure), std::move(groups));
    std::vector<measure::Ranked> lines;
    for (measure::Group& group : groups) lines.push_back({std::move(group)});
    return lines;
}

Result<int> measure_groups(Session& session, const definition::DefinitionSet& set,
                           measure::Measures& measures,
                           const std::vector<measure::Question>& questions) {
    Json all = Json::array();
    for (const measure::Question& question : questions) {
        TRY(auto groups,
            measures.by(
                question, measure::year_period(session.options.year), session.options.by,
                session.options.json ? measure::Behind::Entries : measure::Behind::Nothing));
        TRY(const auto lines, lines_of(set, session.options, question.measure, std::move(groups)));
        Json list = Json::array();
        for (const measure::Ranked& line : lines) {
            Json each = figure_json(line.group.figure);
            each["key"] = line.group.key;
            each["title"] = line.group.title;
            if (session.options.ranked) each["place"] = line.place == 0 ? Json() : Json(line.place);
            list.push_back(std::move(each));
            if (!session.options.json) print_group(line, session.options.ranked);
        }
        all.push_back({{"measure", question.measure},
                       {"by", session.options.by},
                       {"groups", std::move(list)}});
    }
    if (session.options.json) print_line(Json{{"measures", std::move(all)}}.dump());
    return 0;
}

}  // namespace

Result<int> init_command(Session& session) {
    TRY(storage::Database * database, session.database(storage::Migrate::Yes));
    const Options& options = session.options;
    action::MadeWith with;
    with.hash = hash_algorithm_from(options.hash).value_or(with.hash);
    with.signature = journal::signature_algorithm_from(options.signature).value_or(with.signature);
    TRY(const bool made, action::initialise(*database, session.data_folder(), with));
    const std::string& name = session.options.defaults.database;
    if (made) {
        print_line(fmt::format("已建立数据库 {}；密钥在 {}，请另行备份。", name,
                               (session.data_folder() / "keys").string()));
    } else if (database->upgraded() > 0) {
        print_line(fmt::format("数据库 {} 已升级到本程序的版本（{}步），记录没有改动。", name,
                               database->upgraded()));
    } else {
        print_line(fmt::format("数据库 {} 已经建立过，没有改动。", name));
    }
    return 0;
}

Result<int> load_command(Session& session) {
    TRY(const action::OfficeFolder source, action::read_office(session.options.words.front()));
    TRY(storage::Database * database, session.database());
    TRY(const auto installed,
        action::install_packs(*database, session.options.defaults.packs, source.packs));
    for (const std::string& pack : installed) print_note(fmt::format("已安装定义包 {}", pack));
    session.reopen();
    TRY(action::Workplace * workplace, session.workplace());
    const std::string what = fmt::format("载入 {}", source.code);
    TRY(const action::LoadOutcome outcome,
        action::load_office(*workplace, source, [&](std::size_t done, std::size_t of) {
            print_progress(session.options, what, done, of);
        }));
    if (outcome.already) {
        print_line(fmt::format("{} 已经载入过，没有改动。", source.code));
    } else {
        print_line(fmt::format("{}：单位{}个，人员{}名，台账{}本，{}条。", source.code,
                               outcome.units, outcome.people, outcome.ledgers, outcome.entries));
    }
    return 0;
}

Result<int> measure_command(Session& session) {
    TRY(action::Workplace * workplace, session.workplace());
    const auto connection = workplace->database.reading();
    TRY(const action::Office office,
        action::open_office(*workplace, *connection, session.options.jurisdiction));
    measure::Measures measures(*connection, office.directory, *office.definitions, *office.workdays,
                               calendar::civil_date(workplace->clock.now()));
    TRY(const auto questions, questions_of(session.options, *office.definitions));
    if (!session.options.by.empty())
        return measure_groups(session, *office.definitions, measures, questions);
    if (session.options.ranked)
        return refuse(ErrorKind::InvalidInput, errors::kBadOption, "排名要用 --by 写明按什么排。",
                      "--ranked");
    TRY(const auto figures, measures.answer(questions, measure::year_period(session.options.year)));
    if (session.options.json) {
        Json list = Json::array();
        for (const measure::Figure& figure : figures) list.push_back(figure_json(figure));
        print_line(Json{{"measures", std::move(list)}}.dump());
    } else {
        for (const measure::Figure& figure : figures) print_figure(*office.definitions, figure);
    }
    return 0;
}

Result<int> report_command(Session& session) {
    const Options& options = session.options;
    if (options.sign && (options.as.empty() || options.cleared_by.empty())) {
        return refuse(ErrorKind::InvalidInput, errors::kBadOption,
                      "签发须用 --as 指明签发人、--cleared-by 指明保密审查人。", "--sign");
    }
    TRY(action::Workplace * workplace, session.workplace());
    TRY(action::LogGoesTo log, log_goes_to(options.defaults));
    const action::ReportOrder order{.jurisdiction = options.jurisdiction,
                                    .year = options.year,
                                    .report = options.report,
                                    .folder = options.out,
                                    .signing = options.sign ? options.as : "",
                                    .clearing = options.sign ? options.cleared_by : "",
                                    .log = std::move(log)};
    TRY(const action::ReportOutcome outcome, action::make_report(*workplace, order));
    for (const std::string& suggestion : outcome.report.suggestions)
        print_note("起草参考：" + suggestion);
    for (const std::string& change : outcome.report.changes) print_note("与上一版不同：" + change);
    if (options.json) {
        print_line(Json{{"version", outcome.report.version},
                        {"signed", outcome.report.is_signed},
                        {"figures", outcome.report.figures.size()},
                        {"docx", outcome.files.docx.string()},
                        {"pdf", outcome.files.pdf.string()},
                        {"html", outcome.files.html.string()}}
                       .dump());
        return 0;
    }
    print_line(fmt::format("{}{}年度报告（第{}版{}），{}个数据，每个都能打开：",
                           options.jurisdiction, options.year, outcome.report.version,
                           outcome.report.is_signed ? "，已签发" : "，草稿",
                           outcome.report.figures.size()));
    for (const auto& file : {outcome.files.docx, outcome.files.pdf, outcome.files.html})
        print_line("  " + file.string());
    return 0;
}

Result<int> openapi_command(Session& session) {
    const Options& options = session.options;
    if (options.defaults.database.empty() && options.jurisdiction.empty()) {
        print_json(session.doors.describe_api(definition::DefinitionSet()));
        return 0;
    }
    TRY(action::Workplace * workplace, session.workplace());
    std::shared_ptr<const definition::DefinitionSet> set = workplace->tables;
    if (!options.jurisdiction.empty()) {
        const auto reading = workplace->database.reading();
        TRY(const action::Office office,
            action::open_office(*workplace, *reading, options.jurisdiction));
        set = office.definitions;
    }
    print_json(session.doors.describe_api(*set));
    return 0;
}

Result<int> serve_command(Session& session) {
    TRY(action::Workplace * workplace, session.workplace());
    TRY_OK(session.doors.serve(*workplace, session.options.defaults));
    return 0;
}

}  // namespace fazhi::cli
