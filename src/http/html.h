// Small pieces of pages. Text is escaped here and only here. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fazhi::http {

std::string escaped(std::string_view text);
std::string linked(const std::string& path, const std::string& text);  // both are escaped
// Cells are markup already; heads are text.
std::string table(const std::vector<std::string>& heads,
                  const std::vector<std::vector<std::string>>& rows);
// A whole page. `trail`: path and text of the pages above, outermost first.
std::string page(const std::string& title,
                 const std::vector<std::pair<std::string, std::string>>& trail,
                 const std::string& body);

}  // namespace fazhi::http
