#include "document/testing/paper.h"

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include <stdlib.h>

namespace fazhi::document::testing {

namespace {

std::string output_of(const std::string& command) {
    FILE* pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error("cannot run " + command);
    std::string out;
    std::array<char, 4096> buffer{};
    for (std::size_t got = 0; (got = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
        out.append(buffer.data(), got);
    if (::pclose(pipe) != 0) throw std::runtime_error("failed: " + command);
    return out;
}

class PdfFile {
public:
    explicit PdfFile(const std::string& bytes) {
        std::string pattern = (std::filesystem::temp_directory_path() / "paper-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
        folder_ = pattern;
        std::ofstream(path(), std::ios::binary) << bytes;
    }
    ~PdfFile() { std::filesystem::remove_all(folder_); }
    PdfFile(const PdfFile&) = delete;
    PdfFile& operator=(const PdfFile&) = delete;

    [[nodiscard]] std::string path() const { return (folder_ / "a.pdf").string(); }

private:
    std::filesystem::path folder_;
};

}  // namespace

Paper read_back(const std::string& pdf) {
    const PdfFile file(pdf);
    Paper out;
    out.info = output_of("pdfinfo " + file.path());
    out.fonts = output_of("pdffonts " + file.path());
    const std::string text = output_of("pdftotext -layout -enc UTF-8 " + file.path() + " -");
    std::size_t from = 0;
    for (std::size_t end = 0; (end = text.find('\f', from)) != std::string::npos; from = end + 1)
        out.pages.push_back(text.substr(from, end - from));
    return out;
}

std::string joined(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c != ' ' && c != '\n') out += c;
    }
    return out;
}

}  // namespace fazhi::document::testing
