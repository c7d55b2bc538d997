#include "document/testing/sample_document.h"

#include <fmt/format.h>

namespace fazhi::document::testing {

namespace {

Paragraph plain(const std::string& text) {
    return {{{text}}};
}

Block decisions() {
    return RunInHeading{
        2,
        {{"严格重大行政决策程序。"}},
        {{"全年作出重大行政决策"},
         {"6件", "decisions_made"},
         {"，合法性审查率"},
         {"100%", "decision_review_rate"},
         {"；开展合法性审查"},
         {"42件次", "legality_reviews"},
         {"，提出审查意见"},
         {"57条", "review_findings"},
         {"，均已采纳或者说明理由。法律顾问列席党政联席会议讨论“三重一大”事项，坚持“先审查、后上会”"
          "，未经合法性审查或者经审查不合法的，不提交会议讨论（含以办事处名义签订的合同、协议）"
          "。"}}};
}

Paragraph disputes() {
    return {{{"全年排查矛盾纠纷"},
             {"326件", "disputes_found"},
             {"，调解"},
             {"311件", "disputes_mediated"},
             {"，调解成功率"},
             {"98.07%", "mediation_success_rate"},
             {"，涉及金额"},
             {"412.6万元", "mediated_amount"},
             {"。一是坚持“排查在先、关口前移”，社区每周、街道每月排查一次；二是建立“三人小组”，"
              "由社区民警、法律顾问、人民调解员共同接待；三是对排查出的重点纠纷明确包案领导、"
              "责任科室和办结时限，逐项销号，做到件件有着落、事事有回音。"}}};
}

Table publicity_table() {
    Table table;
    table.title = "分社区宣传情况";
    table.header = {{{{"社区"}}, {{"宣传活动（场）"}}, {{"发放资料（份）"}}, {{"主要主题"}}}};
    const std::vector<std::vector<std::string>> rows = {
        {"和平社区", "12", "4,200", "民法典、反电信网络诈骗"},
        {"建设路社区", "9", "3,150", "宪法宣传周、国家安全教育日、安全生产法"},
        {"向阳社区", "15", "5,060", "人民调解法、物业管理条例、未成年人保护法"},
        {"站前社区", "6", "1,980", "禁毒、扫黑除恶"}};
    for (const auto& row : rows) {
        Row cells;
        for (const std::string& text : row) cells.push_back({{text}});
        table.rows.push_back(std::move(cells));
    }
    table.rows.push_back({{{"合计", "", RunStyle::Strong}},
                          {{"42", "publicity_activities"}},
                          {{"14,390", "publicity_materials"}},
                          {}});
    table.alignment = {Alignment::Left, Alignment::Right, Alignment::Right, Alignment::Left};
    table.notes = {"注：数据截至2024年12月31日，由街道法治台账产生。"};
    return table;
}

Chart monthly_chart() {
    Chart chart;
    chart.title = "各月宣传场次";
    chart.kind = ChartKind::Bar;
    chart.unit = "场";
    Series series{"宣传场次", {}};
    for (int month = 1; month <= 12; ++month) {
        chart.categories.push_back(fmt::format("{}月", month));
        series.values.emplace_back(month % 5 + (month == 12 ? 6 : 1));
    }
    chart.series = {series};
    return chart;
}

Chart yearly_chart() {
    Chart chart;
    chart.title = "近三年矛盾纠纷排查与调解";
    chart.kind = ChartKind::Line;
    chart.unit = "件";
    chart.categories = {"2022年", "2023年", "2024年"};
    chart.series = {{"排查", {288, 301, 326}}, {"调解成功", {270.5, std::nullopt, 305}}};
    return chart;
}

Table figure_table() {
    Table table;
    table.header = {{{{"序号"}}, {{"指标"}}, {{"数值"}}, {{"口径"}}, {{"记录数"}}}};
    for (int n = 1; n <= 60; ++n) {
        const std::string number = std::to_string(n);
        table.rows.push_back({{{number}},
                              {{fmt::format("第{}项指标", n)}},
                              {{fmt::format("{}件", n * 7)}},
                              {{"本年度内进入“已调解”状态的矛盾纠纷，按首次进入日期计"}},
                              {{std::to_string(n * 3)}}});
    }
    table.alignment = {Alignment::Centre, Alignment::Left, Alignment::Right, Alignment::Left,
                       Alignment::Right};
    return table;
}

}  // namespace

Document sample_report() {
    Document report;
    report.title = "河湾区青石街道关于2024年度法治政府建设情况的报告";
    report.organisation = "河湾区青石街道办事处";
    report.number = "河青办发〔2025〕9号";
    report.signer = Signer{"", "林秋实"};
    report.addressee = "区委、区政府";
    report.copies = "区委依法治区办，区司法局";
    report.issued_on = "2025年2月27日";
    report.printed_by = "河湾区青石街道党政办公室";
    report.annotation = "（此件公开发布）";
    report.red_head = true;
    report.blocks = {
        plain("2024年，青石街道坚持以习近平新时代中国特色社会主义思想为指导，深入学习贯彻习近平"
              "法治思想，认真落实《法治政府建设实施纲要（2021—2025年）》，现将有关情况报告如下。"),
        Heading{1, {{"2024年推进法治政府建设的主要举措和成效"}}},
        decisions(),
        Heading{2, {{"依法有效化解矛盾纠纷"}}},
        disputes(),
        Heading{3, {{"做实人民调解"}}},
        plain("街道人民调解委员会和4个社区人民调解委员会共有人民调解员27名，其中专职6名。"),
        Heading{4, {{"健全信息公开平台"}}},
        plain("按照GB/T 9704-2012和ISO 9001:2015的要求整理卷宗，网址https://www.example.gov.cn/"
              "disclosure/2024/annual-report.html同步公开。"),
        Heading{2, {{"广泛开展法治宣传"}}},
        Paragraph{{{"开展法治宣传"},
                   {"42次", "publicity_activities"},
                   {"，发放宣传资料"},
                   {"1.4万余份", "publicity_materials"},
                   {"，惠及群众"},
                   {"5.5万余人次", "publicity_audience"},
                   {"。分社区情况见下表，各月场次见下图。"}}},
        publicity_table(),
        monthly_chart(),
        yearly_chart(),
        Heading{1, {{"2024年存在的不足和原因"}}},
        plain(
            "一是执法力量与任务不相适应。现有行政执法人员9名，人均承担事项多；二是普法形式较为单一"
            "，对新就业群体的覆盖不够；三是部分台账补录较多，当日记录的习惯尚未养成。"),
        Heading{1, {{"2025年推进法治政府建设的主要安排"}}},
        plain("继续落实党政主要负责人履行推进法治建设第一责任人职责，把法治建设纳入年度工作要点。"),
        Attachment{"2024年度法治政府建设报告数据明细"},
        figure_table(),
    };
    return report;
}

Document filling(int lines) {
    Document document;
    std::string text;
    for (int n = 0; n < lines * 28 - 2; ++n) text += "法";
    document.blocks = {plain(text)};
    return document;
}

}  // namespace fazhi::document::testing
