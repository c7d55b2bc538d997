#include "http/html.h"

#include <fmt/format.h>

#include "document/clean_text.h"

namespace fazhi::http {
namespace {

constexpr std::string_view kStyle = R"css(
body{margin:0;font:16px/1.7 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;color:#1d2129;background:#f5f6f7}
header{background:#8c1515;color:#fff;padding:10px 20px}header a{color:#fff}
.banner{background:#fff3cd;color:#5c4400;padding:4px 20px;font-size:14px}
main{max-width:1200px;margin:0 auto;padding:12px 20px 40px}
h1{font-size:22px;margin:12px 0}h2{font-size:18px;margin:24px 0 8px}
.box{overflow-x:auto;background:#fff}
table{border-collapse:collapse;width:100%;font-size:14px}
th,td{border:1px solid #dcdfe4;padding:5px 9px;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th,td:first-child,td:nth-child(2){white-space:nowrap}
th{background:#f0f2f5;white-space:nowrap}
a{color:#0b5cad}dl{display:grid;grid-template-columns:minmax(6em,max-content) 1fr;gap:4px 16px;background:#fff;padding:12px 16px;margin:0}
dt{color:#565d66}dd{margin:0;overflow-wrap:anywhere;white-space:pre-line}
.mark{border:1px solid #a60;color:#8a5200;border-radius:3px;padding:0 5px;font-size:12px}
form{margin:8px 0}
.hidden{color:#767676}nav{font-size:14px}
)css";

}  // namespace

std::string escaped(std::string_view text) {
    return document::escaped(document::clean_text(text));
}

std::string linked(const std::string& path, const std::string& text) {
    return fmt::format("<a href=\"{}\">{}</a>", escaped(path), escaped(text));
}

std::string table(const std::vector<std::string>& heads,
                  const std::vector<std::vector<std::string>>& rows) {
    std::string out = "<div class=\"box\"><table><thead><tr>";
    for (const std::string& head : heads)
        out += fmt::format("<th scope=\"col\">{}</th>", escaped(head));
    out += "</tr></thead><tbody>";
    for (const std::vector<std::string>& row : rows) {
        out += "<tr>";
        for (const std::string& cell : row) out += fmt::format("<td>{}</td>", cell);
        out += "</tr>";
    }
    return out + "</tbody></table></div>";
}

std::string page(const std::string& title,
                 const std::vector<std::pair<std::string, std::string>>& trail,
                 const std::string& body) {
    std::string above = linked("/", "法治台账");
    for (const auto& [path, text] : trail) above += " › " + linked(path, text);
    return fmt::format(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><meta "
        "name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
        "<title>{0} · "
        "法治台账</title><style>{1}</style></head><body><header><nav>{2}</nav></header>"
        "<div "
        "class=\"banner\">非涉密系统，严禁录入涉密信息</div><main><h1>{0}</h1>{3}</main></body></"
        "html>\n",
        escaped(title), kStyle, above, body);
}

}  // namespace fazhi::http
