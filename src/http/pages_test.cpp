#include "http/pages.h"

#include <doctest/doctest.h>

#include "action/testing/small_office.h"
#include "http/server.h"
#include "storage/testing/databases.h"

namespace fazhi::http {

using action::testing::SmallOffice;
using storage::testing::for_each_database;

namespace {

Response get(SmallOffice& office, const std::string& path,
             const std::map<std::string, std::string>& query = {}) {
    return answer(*office.workplace,
                  {.method = "GET", .path = path, .query = query, .host = "127.0.0.1:8080"});
}

bool has(const Response& response, std::string_view text) {
    return response.body.find(text) != std::string::npos;
}

std::string header(const Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers) {
        if (key == name) return value;
    }
    return {};
}

std::string entry_path(SmallOffice& office, const std::string& ledger,
                       const std::string& reference) {
    return "/offices/qianjin/ledgers/" + ledger + "/entries/" +
           office.lines_of("SELECT id FROM ledger_" + ledger + " WHERE reference = '" + reference +
                           "'")[0];
}

}  // namespace

TEST_CASE("offices, ledgers, entries and the report are pages; text is escaped") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        const Response offices = get(office, "/");
        CHECK(offices.status == 200);
        CHECK(has(offices, "湖滨区人民政府前进街道办事处"));
        CHECK(has(offices, "/offices/qianjin"));

        const Response of_office = get(office, "/offices/qianjin");
        CHECK(of_office.status == 200);
        CHECK(has(of_office, "/offices/qianjin/ledgers/visit"));
        CHECK(has(of_office, "/offices/qianjin/reports/2023"));

        const Response ledger = get(office, "/offices/qianjin/ledgers/visit");
        CHECK(ledger.status == 200);
        CHECK(has(ledger, "共3条"));
        CHECK(has(ledger, "&lt;script&gt;文化广场"));
        CHECK_FALSE(has(ledger, "<script>"));

        const Response entry = get(office, entry_path(office, "visit", "走1"));
        CHECK(entry.status == 200);
        CHECK(has(entry, "&lt;script&gt;文化广场"));
        CHECK(has(entry, "●●●"));
        CHECK(has(entry, "photo.txt"));
        CHECK(has(entry, "导入"));
        const Response matter = get(office, entry_path(office, "matter", "事1"));
        CHECK(has(matter, "办结"));
        CHECK(has(matter, "2023-05-20"));
        CHECK(has(matter, "/offices/qianjin/ledgers/visit/entries/"));

        const Response report = get(office, "/offices/qianjin/reports/2023");
        CHECK(report.status == 200);
        CHECK(has(report, "data-figure=\"f1\""));
        CHECK(get(office, "/offices/qianjin/reports/2023.docx").body.starts_with("PK"));
        CHECK(get(office, "/offices/qianjin/reports/2023.pdf").body.starts_with("%PDF-"));
        CHECK(get(office, "/healthz").body == "ok\n");
        CHECK(get(office, "/favicon.ico").status == 204);
    });
}

TEST_CASE("what is private, and what a closed ledger holds, is on no page") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        const std::string secret = "/offices/qianjin/ledgers/secret/entries/" +
                                   office.lines_of("SELECT id FROM ledger_secret")[0];
        for (const std::string& path :
             {std::string("/"), std::string("/offices/qianjin"),
              std::string("/offices/qianjin/ledgers/visit"), entry_path(office, "visit", "走1"),
              entry_path(office, "matter", "事1"), std::string("/offices/qianjin/reports/2023"),
              std::string("/offices/qianjin/ledgers/secret"), secret}) {
            CAPTURE(path);
            const Response response = get(office, path);
            CHECK_FALSE(has(response, "13800138000"));
            CHECK_FALSE(has(response, "不给大家看的事"));
        }
        CHECK(get(office, secret).status == 403);
        CHECK_FALSE(has(get(office, "/offices/qianjin"), "保密事项"));
    });
}

TEST_CASE("what is not there is said in Chinese, whatever the path") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        for (const char* path :
             {"/nothing", "/offices", "/offices/nowhere", "/offices/qianjin/ledgers",
              "/offices/qianjin/ledgers/nothing", "/offices/qianjin/ledgers/visit/entries/999999",
              "/offices/qianjin/ledgers/visit/entries/-1",
              "/offices/qianjin/ledgers/visit/entries/99999999999999999999",
              "/offices/qianjin/ledgers/visit/entries/1'--", "/offices/qianjin/reports/abc",
              "/offices/qianjin/reports/2023.exe", "/offices/qianjin/reports/99999",
              "/offices/../etc/passwd"}) {
            CAPTURE(path);
            const Response response = get(office, path);
            CHECK(response.status == 404);
            CHECK(has(response, "没有"));
        }
        CHECK(get(office, "/offices/qianjin/reports/2030").status == 400);
        for (const char* number : {"0", "-1", "abc", "", "99999999999999999999"}) {
            CAPTURE(number);
            const Response response =
                get(office, "/offices/qianjin/ledgers/visit", {{"page", number}});
            CHECK(response.status == 200);
            CHECK(has(response, "第1/1页"));
        }
    });
}

TEST_CASE("only reading, only from this machine, and every answer carries its policy") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        Request request{.method = "POST", .path = "/", .query = {}, .host = "localhost:8080"};
        CHECK(answer(*office.workplace, request).status == 405);
        request.method = "HEAD";
        CHECK(answer(*office.workplace, request).status == 200);
        for (const char* host : {"evil.example", "", "127.0.0.1.evil.example", "10.0.0.1:8080"}) {
            CAPTURE(host);
            request.host = host;
            const Response response = answer(*office.workplace, request);
            CHECK(response.status == 421);
            CHECK_FALSE(has(response, "前进街道"));
        }
        for (const char* path : {"/", "/nothing", "/offices/qianjin/reports/2023"}) {
            const Response response = get(office, path);
            CHECK(header(response, "Content-Security-Policy").starts_with("default-src 'none'"));
            CHECK(header(response, "X-Content-Type-Options") == "nosniff");
            CHECK(header(response, "Cache-Control") == "no-store");
        }
    });
}

TEST_CASE("the server listens on this machine's own addresses only") {
    for (const char* listen : {"127.0.0.1:8080", "localhost:1", "[::1]:65535"}) {
        CAPTURE(listen);
        CHECK(parse_address(listen));
    }
    for (const char* listen :
         {"0.0.0.0:8080", "192.168.1.2:8080", "[::]:8080", "example.org:80", "127.0.0.1", ":8080",
          "127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1:80x", ""}) {
        CAPTURE(listen);
        CHECK_FALSE(parse_address(listen));
    }
}

}  // namespace fazhi::http
