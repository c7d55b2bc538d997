#include "http/server.h"

#include <doctest/doctest.h>

#include "http/errors.h"
#include "http/json.h"
#include "http/limiter.h"
#include "http/openapi.h"
#include "http/routes.h"

namespace fazhi::http {

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

TEST_CASE("a path finds its route and what stands for its parts") {
    const Routed entry = route_for("GET", "/api/offices/a/ledgers/b/entries/12");
    REQUIRE(entry.route != nullptr);
    CHECK(entry.parts.at("office") == "a");
    CHECK(entry.parts.at("ledger") == "b");
    CHECK(entry.parts.at("id") == "12");
    CHECK(route_for("HEAD", "/healthz").route != nullptr);
    CHECK(route_for("DELETE", "/healthz").path_known);
    for (const char* path : {"", "api", "/api/offices//ledgers", "/api/offices/a/", "/nothing"}) {
        CAPTURE(path);
        CHECK_FALSE(route_for("GET", path).path_known);
    }
}

TEST_CASE("who sends too much is put off, others are not, and it passes") {
    CHECK(*parse_rate("50/s") == Rate{200, 50});
    for (const char* wrong : {"", "50", "0/s", "-1/s", "1.5/s", "50/min", "2000000/s"})
        CHECK(parse_rate(wrong).error().code == errors::kBadRate);
    Limiter limiter;
    const auto now = Limiter::Clock::time_point{};
    const Rate rate{3, 1};
    for (int i = 0; i < 3; ++i) CHECK(limiter.take("a", rate, now));
    CHECK_FALSE(limiter.take("a", rate, now));
    CHECK(limiter.take("b", rate, now));
    CHECK_FALSE(limiter.take("a", rate, now + std::chrono::milliseconds(900)));
    CHECK(limiter.take("a", rate, now + std::chrono::milliseconds(2'000)));
    // Quiet for long: no more than the burst comes back.
    for (int i = 0; i < 3; ++i) CHECK(limiter.take("a", rate, now + std::chrono::hours(1)));
    CHECK_FALSE(limiter.take("a", rate, now + std::chrono::hours(1)));
    for (std::size_t i = 0; i < kRatedMax; ++i)
        CHECK(limiter.take(std::to_string(i), rate, now + std::chrono::hours(2)));
}

TEST_CASE("a body is one object of whole numbers, texts and lists, each key once") {
    CHECK(parse_body(R"({"a": [1, "二", true, null, {"b": {}}]})"));
    std::string deep;
    for (int i = 0; i < 30; ++i) deep += "{\"a\":";
    for (const std::string& text :
         {std::string(), std::string("[]"), std::string("1"), std::string("{\"a\":1.5}"),
          std::string("{\"a\":1,\"a\":2}"), std::string("{\"a\":9007199254740993}"),
          std::string("{\"a\":\"\xff\"}"), deep}) {
        CAPTURE(text);
        CHECK_FALSE(parse_body(text));
    }
}

TEST_CASE("the description names every route and defines every schema that one names") {
    const Value api = description(definition::DefinitionSet());
    const Value& schemas = api.at("components").at("schemas");
    for (const Route& route : routes()) {
        CAPTURE(route.path);
        CHECK(api.at("paths").has(std::string(route.path)));
        for (const std::string_view schema : {route.body, route.answer}) {
            if (schema.empty() || schema == "bytes" || schema == kElsewhere ||
                schema.find('/') != std::string::npos)
                continue;
            CAPTURE(schema);
            CHECK(schemas.has(std::string(schema)));
        }
    }
}

}  // namespace fazhi::http
