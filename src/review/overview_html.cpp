#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "document/clean_text.h"
#include "review/overview.h"
#include "review/review_html.h"

namespace fazhi::review {
namespace {

constexpr std::size_t kMapReportsMax = 60;  // beyond, the list says it better

std::string safe(std::string_view text) {
    return document::escaped(document::clean_text(text));
}

class OverviewPage {
public:
    OverviewPage(const Overview& overview, const BatchOutcome& outcome,
                 const std::filesystem::path& folder)
        : overview_(overview), outcome_(outcome), folder_(folder) {
        for (const OverviewRow& row : overview.rows) row_of_file_[row.file] = &row;
    }

    std::string run() {
        out_ = page_head("审查总览");
        out_ += fmt::format(
            "<header><h1>审查总览</h1><p class=\"quiet\">{}份报告，{}个文件没有读成。</p>"
            "<nav><a href=\"#reports\">报告</a><a href=\"#rules\">单位×规则</a>"
            "<a href=\"#similar\">雷同</a></nav></header>",
            overview_.rows.size(), outcome_.files.size() - overview_.rows.size());
        add_reports();
        add_rules();
        add_pairs();
        add_map();
        add_refused();
        return out_ + "</body></html>\n";
    }

private:
    [[nodiscard]] std::string name_of(const OverviewRow& row) const {
        return row.unit + (row.year == 0 ? std::string() : fmt::format(" {}", row.year));
    }

    [[nodiscard]] std::string link_to(const OverviewRow& row) const {
        const std::filesystem::path& page = outcome_.files[row.file].page;
        if (page.empty()) return safe(name_of(row));
        return fmt::format("<a href=\"{}\">{}</a>",
                           safe(page.lexically_relative(folder_).generic_string()),
                           safe(name_of(row)));
    }

    void add_reports() {
        out_ +=
            "<section id=\"reports\"><h2>报告</h2><div class=\"wide\"><table><thead><tr>"
            "<th>报告</th><th>日期</th><th>错误</th><th>警告</th><th>提示</th><th>文件</th></tr>"
            "</thead>";
        for (const OverviewRow& row : overview_.rows) {
            const BatchFile& file = outcome_.files[row.file];
            out_ += fmt::format(
                "<tr><td>{}</td><td class=\"date\">{}</td><td class=\"number\">{}</td>"
                "<td class=\"number\">{}</td>"
                "<td class=\"number\">{}</td><td>{}{}</td></tr>",
                link_to(row), safe(row.date), row.errors, row.warnings, row.notes,
                safe(file.file.string()),
                file.too_many_neighbours ? "（同一地方的报告太多，没有与同区比较）" : "");
        }
        out_ += "</table></div></section>";
    }

    // Rules down, units across would not fit: units down, and only the rules somebody breaks.
    void add_rules() {
        std::vector<std::size_t> broken;
        for (std::size_t i = 0; i < overview_.checks.size(); ++i) {
            const bool any = std::any_of(overview_.rows.begin(), overview_.rows.end(),
                                         [i](const OverviewRow& row) { return row.found[i] != 0; });
            if (any) broken.push_back(i);
        }
        out_ += fmt::format(
            "<section id=\"rules\"><h2>单位×规则</h2><p "
            "class=\"quiet\">格里是查出几处，“—”是无法判断；"
            "{}条规则没有一份报告违反，没有列出。</p><div class=\"wide\"><table class=\"cross\">"
            "<thead><tr><th>报告</th>",
            overview_.checks.size() - broken.size());
        for (const std::size_t i : broken)
            out_ += fmt::format("<th><span>{}</span></th>", safe(overview_.checks[i]->title));
        out_ += "</tr></thead>";
        for (const OverviewRow& row : overview_.rows) {
            out_ += fmt::format("<tr><td>{}</td>", link_to(row));
            for (const std::size_t i : broken) {
                if (row.found[i] != 0) {
                    out_ += fmt::format("<td class=\"hit {}\">{}</td>",
                                        level_name(overview_.checks[i]->level), row.found[i]);
                } else {
                    const bool unknown = row.verdicts[i] == verdict_name(Verdict::NotAssessable);
                    out_ += unknown ? "<td class=\"quiet\">—</td>" : "<td></td>";
                }
            }
            out_ += "</tr>";
        }
        out_ += "</table></div></section>";
    }

    [[nodiscard]] const OverviewRow* row_at(std::size_t file) const {
        const auto found = row_of_file_.find(file);
        return found == row_of_file_.end() ? nullptr : found->second;
    }

    void add_pairs() {
        out_ += "<section id=\"similar\"><h2>雷同</h2>";
        if (outcome_.pairs.empty()) {
            out_ += "<p>没有两个单位的报告有成段相同的文字。</p></section>";
            return;
        }
        out_ +=
            "<div class=\"wide\"><table><thead><tr><th>先</th><th>后</th><th>相同字数</th>"
            "<th>最长一段</th></tr></thead>";
        for (const SimilarPair& pair : outcome_.pairs) {
            const OverviewRow* first = row_at(pair.first);
            const OverviewRow* second = row_at(pair.second);
            if (first == nullptr || second == nullptr) continue;
            out_ += fmt::format(
                "<tr><td>{}</td><td>{}</td><td class=\"number\">{}</td>"
                "<td class=\"number\">{}</td></tr>",
                link_to(*first), link_to(*second), pair.letters, pair.longest);
        }
        out_ += "</table></div></section>";
    }

    // Who shares how much with whom: only reports that share anything.
    void add_map() {
        std::set<std::size_t> files;
        std::map<std::pair<std::size_t, std::size_t>, std::uint32_t> letters;
        std::uint32_t most = 1;
        for (const SimilarPair& pair : outcome_.pairs) {
            files.insert(pair.first);
            files.insert(pair.second);
            letters[{pair.first, pair.second}] = pair.letters;
            letters[{pair.second, pair.first}] = pair.letters;
            most = std::max(most, pair.letters);
        }
        if (files.empty()) return;
        out_ += "<section id=\"map\"><h2>雷同图</h2>";
        if (files.size() > kMapReportsMax) {
            out_ += fmt::format("<p>有雷同的报告{}份，超过{}份，不画图，见上表。</p></section>",
                                files.size(), kMapReportsMax);
            return;
        }
        out_ +=
            "<p class=\"quiet\">格里是相同的字数，越多颜色越深。</p><div class=\"wide\">"
            "<table class=\"cross\"><thead><tr><th></th>";
        for (const std::size_t file : files)
            out_ += fmt::format("<th><span>{}</span></th>", safe(name_of(*row_at(file))));
        out_ += "</tr></thead>";
        for (const std::size_t row : files) {
            out_ += fmt::format("<tr><td>{}</td>", link_to(*row_at(row)));
            for (const std::size_t column : files) {
                const auto found = letters.find({row, column});
                if (found == letters.end()) {
                    out_ += row == column ? "<td class=\"quiet\">·</td>" : "<td></td>";
                    continue;
                }
                const double depth = 0.15 + 0.5 * found->second / most;
                out_ += fmt::format(
                    "<td class=\"hit\" style=\"background:rgba(163,22,13,{:.2f})\">{}</td>", depth,
                    found->second);
            }
            out_ += "</tr>";
        }
        out_ += "</table></div></section>";
    }

    void add_refused() {
        if (overview_.rows.size() == outcome_.files.size()) return;
        out_ += "<section id=\"refused\"><h2>没有读成的文件</h2><ul>";
        for (const BatchFile& file : outcome_.files) {
            if (file.refused)
                out_ += fmt::format("<li>{}：{}</li>", safe(file.file.string()),
                                    safe(file.refused->message));
        }
        out_ += "</ul></section>";
    }

    const Overview& overview_;
    const BatchOutcome& outcome_;
    const std::filesystem::path& folder_;
    std::map<std::size_t, const OverviewRow*> row_of_file_;
    std::string out_;
};

}  // namespace

std::string overview_html(const Overview& overview, const BatchOutcome& outcome,
                          const std::filesystem::path& folder) {
    return OverviewPage(overview, outcome, folder).run();
}

}  // namespace fazhi::review
