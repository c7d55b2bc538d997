#include "cli/session.h"

#include <cstdio>
#include <fstream>

#include <fmt/format.h>
#include <unistd.h>

#include "cli/errors.h"
#include "journal/record.h"

namespace fazhi::cli {
namespace {

bool is_postgresql(const std::string& url) {
    return url.starts_with("postgresql://") || url.starts_with("postgres://");
}

Value error_value(const Error& error) {
    Value out = Value::Map{};
    out.set("code", error.code);
    out.set("message", error.message);
    out.set("where", error.where);
    Value::List basis;
    for (const Basis& each : error.basis) basis.emplace_back(basis_text(each));
    out.set("basis", std::move(basis));
    Value::List may(error.may.begin(), error.may.end());
    if (!may.empty()) out.set("may", std::move(may));
    return out;
}

}  // namespace

std::filesystem::path Session::data_folder() const {
    if (!options.defaults.data.empty()) return options.defaults.data;
    return options.defaults.database + ".data";
}

Result<void> Session::require_places() const {
    const std::string& url = options.defaults.database;
    if (url.empty()) {
        return refuse(ErrorKind::InvalidInput, errors::kNoDatabase,
                      "请用 --database 指明数据库文件，或设置 FAZHI_DATABASE。", "--database");
    }
    if (is_postgresql(url) && options.defaults.data.empty()) {
        return refuse(ErrorKind::InvalidInput, errors::kNoDataFolder,
                      "使用 PostgreSQL 时请用 --data 指明密钥和佐证材料的文件夹。", "--data");
    }
    return {};
}

Result<storage::Database*> Session::database(storage::Migrate wish) {
    if (database_) return database_.get();
    const std::string& url = options.defaults.database;
    TRY_OK(require_places());
    TRY(database_, storage::Database::open(url, wish));
    return database_.get();
}

Result<action::Workplace*> Session::workplace() {
    if (workplace_) return workplace_.get();
    TRY(storage::Database * opened, database());
    TRY(workplace_, action::Workplace::open(*opened, data_folder(), clock));
    return workplace_.get();
}

Result<void> require_person(const Options& options) {
    if (!options.as.empty()) return {};
    return refuse(ErrorKind::InvalidInput, errors::kBadOption, "请用 --as 指明办理人。", "--as");
}

Result<std::string> bytes_of_file(const std::string& file, const std::string& option) {
    std::ifstream in(file, std::ios::binary);
    if (in) return std::string(std::istreambuf_iterator<char>(in), {});
    return refuse(ErrorKind::NotFound, errors::kBadOption, fmt::format("读不到文件 {}。", file),
                  option);
}

Result<action::LogGoesTo> log_goes_to(const Defaults& defaults) {
    TRY(courier::Channels channels, courier::channels_of(defaults.channels));
    return action::LogGoesTo{.folder = defaults.deliver_to,
                             .mail = defaults.log_mail_to,
                             .server = std::move(channels.mail)};
}

void print_line(const std::string& line) {
    fmt::print("{}\n", line);
}

void print_note(const std::string& line) {
    fmt::print(stderr, "{}\n", line);
}

void print_json(const Value& value) {
    print_line(journal::canonical(value));
}

void print_progress(const Options& options, const std::string& what, std::size_t done,
                    std::size_t of) {
    if (options.json) return;
    constexpr std::size_t kEvery = 1'000;
    if (::isatty(STDERR_FILENO) != 0) {
        fmt::print(stderr, "\r{}：{}/{}{}", what, done, of, done == of ? "\n" : "");
        std::fflush(stderr);
    } else if (done == of || done % kEvery == 0) {
        print_note(fmt::format("{}：{}/{}", what, done, of));
    }
}

void print_refusal(const Error& error, bool json) {
    const std::vector<Error> all = flatten(error);
    if (json) {
        Value::List list;
        for (const Error& each : all) list.push_back(error_value(each));
        fmt::print(stderr, "{}\n", journal::canonical(Value::Map{{"errors", std::move(list)}}));
        return;
    }
    if (all.size() > 1) print_note(fmt::format("共{}处问题：", all.size()));
    for (const Error& each : all) {
        std::string line =
            each.where.empty() ? each.message : fmt::format("{}：{}", each.where, each.message);
        for (const Basis& basis : each.basis)
            line += fmt::format("（依据：{}）", basis_text(basis));
        print_note(line + fmt::format(" [{}]", each.code));
    }
}

int exit_code(const Error& error) {
    switch (error.kind) {
        case ErrorKind::InvalidInput:
        case ErrorKind::TooLarge:
            return 2;
        case ErrorKind::Unauthenticated:
        case ErrorKind::Forbidden:
        case ErrorKind::NotFound:
        case ErrorKind::Conflict:
        case ErrorKind::RefusedByRule:
            return 1;
        case ErrorKind::Unavailable:
            return 3;
    }
    return 3;
}

}  // namespace fazhi::cli
