#include <cstdio>
#include <filesystem>
#include <fstream>
#include <future>
#include <stdexcept>

#include "document/docx_writer.h"
#include "document/html_writer.h"
#include "document/pdf_writer.h"
#include "report/reports.h"

namespace fazhi::report {
namespace {

namespace fs = std::filesystem;

// Beside it first, then renamed: whoever reads never sees half a file.
void write_file(const fs::path& path, const std::string& bytes) {
    const fs::path partial = path.string() + ".part";
    std::ofstream out(partial, std::ios::binary | std::ios::trunc);
    out << bytes;
    out.close();
    if (!out) throw std::runtime_error("写不了文件 " + path.string());
    fs::rename(partial, path);
}

}  // namespace

Written write_files(const BuiltReport& report, const fs::path& folder, const std::string& stem) {
    fs::create_directories(folder);
    const Written out{folder / (stem + ".docx"), folder / (stem + ".pdf"),
                      folder / (stem + ".html")};
    // Laying out the pages takes longer than the other two together.
    auto pdf = std::async(std::launch::async,
                          [&report] { return document::write_pdf(report.document, {}); });
    write_file(out.docx, document::write_docx(report.document));
    write_file(out.html,
               document::write_html(report.document, {.figures_json = report.figures_json}));
    write_file(out.pdf, pdf.get());
    return out;
}

}  // namespace fazhi::report
