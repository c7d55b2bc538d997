# cmake -D script=FILE.js -D source=FILE.cpp -P write_script.cmake
file(READ ${script} text)
# It stands within <script>, and within a raw string.
foreach(ending "</script" ")page\"")
    string(FIND "${text}" "${ending}" at)
    if(NOT at EQUAL -1)
        message(FATAL_ERROR "${script} holds ${ending}")
    endif()
endforeach()
file(WRITE ${source} "// Made from web/report-page.
#include \"document/html_page.h\"

namespace fazhi::document {

std::string_view html_script() {
    return R\"page(${text})page\";
}

}  // namespace fazhi::document
")
