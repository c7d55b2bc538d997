#include "http/web_files.h"

#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "access/session.h"
#include "http/errors.h"

namespace fazhi::http {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPage = "/index.html";
constexpr std::string_view kNonce = "__NONCE__";  // where the page says which styles are its own

const char* media_type_of(const fs::path& path) {
    static const std::map<std::string, const char*, std::less<>> kTypes = {
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".ico", "image/x-icon"},
        {".woff2", "font/woff2"},
        {".json", "application/json"},
        {".wasm", "application/wasm"},
        {".txt", "text/plain; charset=utf-8"}};
    const auto found = kTypes.find(path.extension().string());
    return found == kTypes.end() ? "application/octet-stream" : found->second;
}

std::string bytes_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

Refusal no_application(const std::string& why) {
    return refuse(ErrorKind::InvalidInput, errors::kNoWebApplication, why, "web");
}

}  // namespace

Result<WebFiles> WebFiles::read(const fs::path& folder) {
    WebFiles out;
    std::error_code broken;
    for (const auto& each : fs::recursive_directory_iterator(folder, broken)) {
        if (!each.is_regular_file() || each.path().extension() == ".gz") continue;
        if (out.files_.size() == kWebFilesMax || each.file_size() > kWebFileBytesMax)
            return no_application(fmt::format("网页文件太多或太大：{}。", each.path().string()));
        const std::string path = "/" + fs::relative(each.path(), folder).generic_string();
        File file{.media_type = media_type_of(each.path()),
                  .bytes = bytes_of(each.path()),
                  .compressed = {},
                  .keeps = path.starts_with("/assets/")};
        const fs::path compressed = each.path().string() + ".gz";
        if (fs::exists(compressed)) file.compressed = bytes_of(compressed);
        out.files_.emplace(path, std::move(file));
    }
    if (!out.files_.contains(kPage))
        return no_application(
            fmt::format("{} 里没有网页（index.html），请先构建 web/。", folder.string()));
    return out;
}

Response WebFiles::answer(const Request& request) const {
    auto found = files_.find(request.path);
    const bool is_asset = request.path.starts_with("/assets/");
    if (found == files_.end() && !is_asset) found = files_.find(kPage);
    if (found == files_.end() || (request.method != "GET" && request.method != "HEAD"))
        return Response{
            .status = 404, .content_type = "text/plain; charset=utf-8", .body = "没有这一页。\n"};
    const File& file = found->second;
    Response out{.status = 200, .content_type = file.media_type, .headers = {}, .body = {}};
    if (found->first == kPage) {
        const std::string nonce = access::new_token("").substr(1);
        out.body = file.bytes;
        for (std::size_t at = out.body.find(kNonce); at != std::string::npos;
             at = out.body.find(kNonce, at))
            out.body.replace(at, kNonce.size(), nonce);
        out.headers.emplace_back(
            "Content-Security-Policy",
            fmt::format("default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{}'; "
                        "style-src-attr 'unsafe-inline'; img-src 'self' blob: data:; "
                        "connect-src 'self'; font-src 'self'; manifest-src 'self'; "
                        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
                        nonce));
        out.headers.emplace_back("Cache-Control", "no-store");
        return out;
    }
    const bool takes_gzip = request.header("accept-encoding").find("gzip") != std::string::npos;
    if (takes_gzip && !file.compressed.empty()) {
        out.body = file.compressed;
        out.headers.emplace_back("Content-Encoding", "gzip");
    } else {
        out.body = file.bytes;
    }
    out.headers.emplace_back("Vary", "Accept-Encoding");
    out.headers.emplace_back("Cache-Control",
                             file.keeps ? "public, max-age=31536000, immutable" : "no-cache");
    return out;
}

}  // namespace fazhi::http
