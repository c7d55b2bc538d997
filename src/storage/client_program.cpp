#include "storage/client_program.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <memory>
#include <string_view>

#include <fcntl.h>
#include <fmt/format.h>
#include <libpq-fe.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/descriptor.h"
#include "storage/errors.h"
#include "storage/failure.h"

namespace fazhi::storage {
namespace {

class FileActions {
public:
    // Nothing to read; both streams into the pipe.
    explicit FileActions(int pipe) {
        posix_spawn_file_actions_init(&actions_);
        posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&actions_, pipe, STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&actions_, pipe, STDERR_FILENO);
    }
    ~FileActions() { posix_spawn_file_actions_destroy(&actions_); }
    FileActions(const FileActions&) = delete;
    FileActions& operator=(const FileActions&) = delete;

    [[nodiscard]] const posix_spawn_file_actions_t* raw() const { return &actions_; }

private:
    posix_spawn_file_actions_t actions_{};
};

std::vector<char*> pointers_of(std::vector<std::string>& words) {
    std::vector<char*> out;
    for (std::string& word : words) out.push_back(word.data());
    out.push_back(nullptr);
    return out;
}

std::vector<std::string> environment_with(const std::string& password) {
    constexpr std::string_view kPassword = "PGPASSWORD=";
    constexpr std::string_view kOptions = "PGOPTIONS=";
    std::string options;
    std::vector<std::string> out{"LC_ALL=C"};  // What it says is read here.
    for (char** each = environ; *each != nullptr; ++each) {
        const std::string_view text = *each;
        if (text.starts_with(kOptions)) options = text.substr(kOptions.size());
        const bool replaced = text.starts_with("LC_ALL=") || text.starts_with(kOptions) ||
                              (!password.empty() && text.starts_with(kPassword));
        if (!replaced) out.emplace_back(text);
    }
    // It copies every row.
    out.push_back(std::string(kOptions) + options + " -c fazhi.sight=*");
    if (!password.empty()) out.push_back(std::string(kPassword) + password);
    return out;
}

// Everything that comes, so that the program never waits; the first kSaidMax bytes are kept.
std::string read_all(int pipe) {
    std::string out;
    std::array<char, 4'096> piece{};
    for (;;) {
        const ssize_t size = ::read(pipe, piece.data(), piece.size());
        if (size < 0 && errno == EINTR) continue;
        if (size <= 0) return out;
        out.append(piece.data(), std::min(static_cast<std::size_t>(size), kSaidMax - out.size()));
    }
}

// Nothing where there is no such program.
Result<Outcome> run(std::vector<std::string> words, const std::string& password) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        throw Failure(FailureKind::Other, fmt::format("pipe: system error {}", errno));
    const Descriptor reading(ends[0]);
    Descriptor writing(ends[1]);
    const FileActions actions(writing.number());
    std::vector<std::string> environment = environment_with(password);
    const std::string name = words.front();
    pid_t child = 0;
    const int code = ::posix_spawnp(&child, name.c_str(), actions.raw(), nullptr,
                                    pointers_of(words).data(), pointers_of(environment).data());
    if (code == ENOENT || code == EACCES) {
        return refuse(ErrorKind::RefusedByRule, errors::kNoClientProgram,
                      fmt::format("找不到 PostgreSQL 的程序 {}，请先安装（Debian："
                                  "apt-get install postgresql-client）。",
                                  name));
    }
    if (code != 0)
        throw Failure(FailureKind::Other, fmt::format("{}: system error {}", name, code));
    writing.close();
    Outcome out;
    out.said = read_all(reading.number());
    int status = 0;
    while (::waitpid(child, &status, 0) < 0) {
        if (errno != EINTR)
            throw Failure(FailureKind::Other, fmt::format("{}: system error {}", name, errno));
    }
    constexpr int kSignalled = 128;
    out.code = WIFEXITED(status) ? WEXITSTATUS(status) : kSignalled + WTERMSIG(status);
    return out;
}

std::string quoted(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
        if (c == '\'' || c == '\\') out += '\\';
        out += c;
    }
    return out + "'";
}

}  // namespace

int major_version_in(const std::string& said) {
    const auto digit = std::find_if(said.begin(), said.end(),
                                    [](unsigned char c) { return std::isdigit(c) != 0; });
    const auto at = static_cast<std::size_t>(digit - said.begin());
    int major = 0;
    std::from_chars(said.data() + at, said.data() + said.size(), major);
    return major;
}

Address address_of(const std::string& url) {
    using Options = std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)>;
    char* fault = nullptr;
    const Options options(PQconninfoParse(url.c_str(), &fault), PQconninfoFree);
    const std::unique_ptr<char, decltype(&PQfreemem)> kept_fault(fault, PQfreemem);
    if (!options) {
        throw Failure(FailureKind::ConnectionLost, "PostgreSQL: the address cannot be read");
    }
    Address out;
    for (const PQconninfoOption* each = options.get(); each->keyword != nullptr; ++each) {
        if (each->val == nullptr) continue;
        if (std::string_view(each->keyword) == "password") {
            out.password = each->val;
            continue;
        }
        if (!out.text.empty()) out.text += ' ';
        out.text += fmt::format("{}={}", each->keyword, quoted(each->val));
    }
    return out;
}

Result<void> require_client_program(const std::string& name, int server_major) {
    TRY(const Outcome said, run({name, "--version"}, {}));
    const int major = major_version_in(said.said);
    if (said.code == 0 && major >= server_major) return {};
    return refuse(ErrorKind::RefusedByRule, errors::kNoClientProgram,
                  fmt::format("{} 是 PostgreSQL {} 的，服务器是 {}：请安装 "
                              "postgresql-client-{}，并让它排在 PATH 前面。",
                              name, major, server_major, server_major));
}

Outcome run_client_program(const std::string& name, const std::string& url,
                           const std::vector<std::string>& words) {
    const Address address = address_of(url);
    std::vector<std::string> all{name, "--dbname", address.text, "--no-password"};
    all.insert(all.end(), words.begin(), words.end());
    Result<Outcome> done = run(std::move(all), address.password);
    if (!done) throw Failure(FailureKind::Other, fmt::format("{} is not there", name));
    return *std::move(done);
}

}  // namespace fazhi::storage
