#include "served.h"

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <thread>

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

namespace fazhi::bench {
namespace {

namespace fs = std::filesystem;

// The programs that were built beside this one.
fs::path program(const char* name) {
    return fs::read_symlink("/proc/self/exe").parent_path() / name;
}

[[noreturn]] void become(const std::vector<std::string>& words) {
    const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    ::dup2(nowhere, STDOUT_FILENO);
    std::vector<char*> arguments;
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    ::execv(arguments.front(), arguments.data());
    ::_exit(127);
}

pid_t started(const std::vector<std::string>& words) {
    const pid_t child = ::fork();
    if (child < 0) throw std::runtime_error("no process");
    if (child == 0) become(words);
    return child;
}

void end(pid_t child) {
    ::kill(child, SIGTERM);
    ::waitpid(child, nullptr, 0);
}

std::vector<std::string> serving(const LoadedOffice& office, const std::string& postgresql) {
    const fs::path config = office.folder.path / "config.yaml";
    std::ofstream(config) << "account_rate: 1000000/s\naddress_rate: 1000000/s\nlog_level: error\n";
    return {program("fazhi").string(),
            "--config",
            config.string(),
            "--database",
            postgresql.empty() ? office.file().string() : postgresql,
            "--data",
            (office.folder.path / "data").string(),
            "serve",
            "--listen",
            fmt::format("127.0.0.1:{}", kServedPort)};
}

double seconds_now() {
    return std::chrono::duration<double>(now().time_since_epoch()).count();
}

void wait_until_answered(const std::string& path, std::uint16_t port) {
    constexpr double kMost = 30;
    const Instant begun = now();
    while (!answer(path, {}, port).starts_with("HTTP/1.1 200")) {
        if (seconds_since(begun) > kMost) throw std::runtime_error("the server did not answer");
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

}  // namespace

Served::Served(const LoadedOffice& office, const std::string& postgresql)
    : child_(started(serving(office, postgresql))), begun_(seconds_now()) {}

Served::~Served() {
    end(child_);
}

double Served::wait() {
    wait_until_answered("/readyz", kServedPort);
    return seconds_now() - begun_;
}

void Served::settle() {
    wait();
    clockid_t clock{};
    if (::clock_getcpuclockid(child_, &clock) != 0)
        throw std::runtime_error("the server's time cannot be read");
    const auto used = [&] {
        timespec time{};
        ::clock_gettime(clock, &time);
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
    };
    constexpr std::chrono::milliseconds kLook{250};
    constexpr double kAtRest = 0.02;  // seconds of it
    constexpr int kQuietLooks = 4;
    constexpr int kLooksMax = 800;
    double before = used();
    for (int look = 0, quiet = 0; look < kLooksMax; ++look) {
        std::this_thread::sleep_for(kLook);
        const double after = used();
        quiet = after - before < kAtRest ? quiet + 1 : 0;
        if (quiet == kQuietLooks) return;
        before = after;
    }
    throw std::runtime_error("the server does not come to rest");
}

double Served::resident() const {
    std::ifstream status("/proc/" + std::to_string(child_) + "/statm");
    long pages = 0;
    long resident_pages = 0;
    status >> pages >> resident_pages;
    constexpr double kPage = 4'096.0 / 1'048'576;
    return static_cast<double>(resident_pages) * kPage;
}

Hello::Hello() : child_(started({program("fazhi_hello").string(), std::to_string(kPort)})) {
    wait_until_answered("/", kPort);
}

Hello::~Hello() {
    end(child_);
}

std::string answer(const std::string& path, const std::string& token, std::uint16_t port) {
    const int connection = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    std::string text;
    if (::connect(connection, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
        const std::string signed_in =
            token.empty() ? token : "Authorization: Bearer " + token + "\r\n";
        const std::string asked = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + signed_in +
                                  "Connection: close\r\n\r\n";
        if (::write(connection, asked.data(), asked.size()) > 0) {
            std::array<char, 4'096> part{};
            for (ssize_t got = 0; (got = ::read(connection, part.data(), part.size())) > 0;)
                text.append(part.data(), static_cast<std::size_t>(got));
        }
    }
    ::close(connection);
    return text;
}

Loaded load(const std::string& path, const std::string& token, const Load& load,
            std::uint16_t port) {
    const TemporaryFolder folder;
    const fs::path script = folder.path / "load.lua";
    std::ofstream(script) << fmt::format(
        "wrk.headers[\"Authorization\"] = \"Bearer {}\"\n{}\n"
        "done = function(summary, latency)\n"
        "  local e = summary.errors\n"
        "  io.write(string.format(\"\\n== %d %d %d %d\\n\", summary.requests, summary.duration,\n"
        "    latency:percentile(99), e.connect + e.read + e.write + e.status + e.timeout))\n"
        "end\n",
        token, load.script);
    const std::string command =
        fmt::format("wrk -t1 -c{} -d{}s --timeout 30s -s {} 'http://127.0.0.1:{}{}' 2>&1",
                    load.connections, load.seconds, script.string(), port, path);
    const std::unique_ptr<FILE, int (*)(FILE*)> run(::popen(command.c_str(), "r"), ::pclose);
    if (!run) throw std::runtime_error("wrk does not run");
    std::string said;
    std::array<char, 4'096> part{};
    while (const std::size_t got = std::fread(part.data(), 1, part.size(), run.get()))
        said.append(part.data(), got);
    const std::size_t line = said.find("\n== ");
    if (line == std::string::npos) throw std::runtime_error("wrk: " + said);
    long long answered = 0;
    long long duration = 0;
    long long p99 = 0;
    long long refused = 0;
    if (std::sscanf(said.c_str() + line, "\n== %lld %lld %lld %lld", &answered, &duration, &p99,
                    &refused) != 4)
        throw std::runtime_error("wrk: " + said);
    constexpr double kMicroseconds = 1e6;
    constexpr double kAMillisecond = 1e3;
    return {static_cast<double>(answered) / (static_cast<double>(duration) / kMicroseconds),
            static_cast<double>(p99) / kAMillisecond, answered, refused};
}

}  // namespace fazhi::bench
