#include "http/testing/described.h"

#include <doctest/doctest.h>

namespace fazhi::http::testing {
namespace {

Response json_response(std::string body, int status = 200) {
    return Response{.status = status, .headers = {}, .body = std::move(body)};
}

constexpr const char* kCodes = "/api/session/totp";
constexpr const char* kRight = R"({"secret":"A","url":"otpauth://totp/a"})";

}  // namespace

TEST_CASE("an answer as the description has it passes") {
    CHECK(fault_of("POST", kCodes, json_response(kRight)).empty());
    CHECK(fault_of("DELETE", "/api/tokens/1", Response{.status = 204, .content_type = {}}).empty());
    CHECK(fault_of("GET", "/api/offices/a/ledgers/b/export",
                   Response{.content_type = "text/csv; charset=utf-8", .body = "a,b"})
              .empty());
}

TEST_CASE("an answer that differs from the description is found out") {
    struct Case {
        const char* about;
        const char* method;
        const char* path;
        Response response;
    };
    Response html = json_response(kRight);
    html.content_type = "text/html";
    Response refused = json_response(R"({"code":"a","detail":"b"})", 404);
    refused.content_type = "application/problem+json; charset=utf-8";
    const Case cases[] = {
        {"a required member is missing", "POST", kCodes, json_response(R"({"secret":"A"})")},
        {"a member is of another type", "POST", kCodes, json_response(R"({"secret":1,"url":"b"})")},
        {"a member is not described", "POST", kCodes,
         json_response(R"({"secret":"A","url":"b","more":1})")},
        {"the body is no object", "POST", kCodes, json_response("[]")},
        {"the body is no JSON", "POST", kCodes, json_response("{")},
        {"the body is missing", "POST", kCodes, json_response("")},
        {"the status is not described", "POST", kCodes, json_response(kRight, 204)},
        {"the media type is not described", "POST", kCodes, html},
        {"a nested member is missing", "GET", "/api/laws",
         json_response(R"({"items":[{"title":"a"}]})")},
        {"a value is none of those named", "GET", "/api/offices/a/clocks",
         json_response(R"({"items":[{"kind":"other","ledger":"a","entry":1,"title":"a","due_on":"",
                           "colour":"red","days_left":0}],"total":1,"waiting":0})")},
        {"a refusal says too little", "GET", "/api/laws", refused},
        {"what was not there is answered without a problem", "GET", "/api/nothing",
         json_response("{}", 404)},
        {"nothing more is followed by a body", "DELETE", "/api/tokens/1", json_response("{}", 204)},
    };
    for (const Case& each : cases) {
        CAPTURE(each.about);
        CHECK_FALSE(fault_of(each.method, each.path, each.response).empty());
    }
}

}  // namespace fazhi::http::testing
