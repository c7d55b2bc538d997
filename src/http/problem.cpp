#include "http/problem.h"

#include "journal/record.h"

namespace fazhi::http {
namespace {

constexpr int kUnavailableSeconds = 5;

const char* title_of(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::InvalidInput:
            return "填写有误";
        case ErrorKind::Unauthenticated:
            return "请先登录";
        case ErrorKind::Forbidden:
            return "没有权限";
        case ErrorKind::NotFound:
            return "没有找到";
        case ErrorKind::Conflict:
            return "已被别人改动";
        case ErrorKind::TooLarge:
            return "内容太大";
        case ErrorKind::RefusedByRule:
            return "现在还不能办";
        case ErrorKind::Unavailable:
            return "暂时办不了";
    }
    return "";
}

}  // namespace

int status_of(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::InvalidInput:
            return 400;
        case ErrorKind::Unauthenticated:
            return 401;
        case ErrorKind::Forbidden:
            return 403;
        case ErrorKind::NotFound:
            return 404;
        case ErrorKind::Conflict:
            return 409;
        case ErrorKind::TooLarge:
            return 413;
        case ErrorKind::RefusedByRule:
            return 422;
        case ErrorKind::Unavailable:
            return 503;
    }
    return 500;
}

Value basis_of(const std::vector<Basis>& basis) {
    Value::List out;
    for (const Basis& each : basis) out.push_back(Value::Map{{"text", basis_text(each)}});
    return out;
}

Value part_of(const Error& error) {
    Value out = Value::Map{{"code", std::string(error.code)}, {"detail", error.message}};
    if (!error.where.empty()) out.set("where", error.where);
    if (!error.basis.empty()) out.set("basis", basis_of(error.basis));
    return out;
}

Value problem_of(const Error& error, const std::string& request_id,
                 const access::Directory* office) {
    Value out = part_of(error);
    out.set("type", "urn:fazhi:problem:" + std::string(error.code));
    out.set("title", title_of(error.kind));
    out.set("status", status_of(error.kind));
    out.set("request_id", request_id);
    const std::vector<Error> all = flatten(error);
    Value::List also;
    for (std::size_t i = 1; i < all.size(); ++i) also.push_back(part_of(all[i]));
    if (!also.empty()) out.set("also", std::move(also));
    Value::List may;
    for (const std::string& code : error.may) {
        const access::Person* person = office == nullptr ? nullptr : office->person_named(code);
        if (person != nullptr)
            may.push_back(Value::Map{
                {"code", person->code}, {"id", person->id.value}, {"name", person->name}});
    }
    if (!may.empty()) out.set("may", std::move(may));
    return out;
}

Response problem_response(const Error& error, const std::string& request_id,
                          const access::Directory* office) {
    Response out{.status = status_of(error.kind),
                 .content_type = std::string(kProblemType),
                 .headers = {},
                 .body = journal::canonical(problem_of(error, request_id, office))};
    if (error.kind == ErrorKind::Unavailable)
        out.headers.emplace_back("Retry-After", std::to_string(kUnavailableSeconds));
    return out;
}

}  // namespace fazhi::http
