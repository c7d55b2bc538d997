// `fazhi serve` over a million entries with every pack installed: how soon it answers, how much it
// holds.
#include <csignal>
#include <fstream>
#include <stdexcept>
#include <thread>

#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "action/load_office.h"
#include "bare_sqlite.h"
#include "bench.h"
#include "crowd.h"
#include "office.h"

namespace fazhi::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::uint16_t kPort = 18'943;

// The program that was built beside this one.
fs::path program() {
    return fs::read_symlink("/proc/self/exe").parent_path() / "fazhi";
}

class Served {
public:
    explicit Served(const LoadedOffice& office) : child_(::fork()) {
        if (child_ < 0) throw std::runtime_error("no process");
        if (child_ == 0) run(office);
    }
    ~Served() {
        ::kill(child_, SIGTERM);
        ::waitpid(child_, nullptr, 0);
    }
    Served(const Served&) = delete;
    Served& operator=(const Served&) = delete;

    [[nodiscard]] double resident() const {  // MB
        std::ifstream status("/proc/" + std::to_string(child_) + "/statm");
        long pages = 0;
        long resident_pages = 0;
        status >> pages >> resident_pages;
        constexpr double kPage = 4'096.0 / 1'048'576;
        return static_cast<double>(resident_pages) * kPage;
    }

private:
    [[noreturn]] static void run(const LoadedOffice& office) {
        const std::string listen = "127.0.0.1:" + std::to_string(kPort);
        const std::string data = (office.folder.path / "data").string();
        const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
        ::dup2(nowhere, STDOUT_FILENO);
        ::execl(program().c_str(), "fazhi", "--database", office.file().c_str(), "--data",
                data.c_str(), "serve", "--listen", listen.c_str(), static_cast<char*>(nullptr));
        ::_exit(127);
    }

    pid_t child_;
};

// What the server answers to GET path; empty: nobody listens yet.
std::string answer(const std::string& path) {
    const int connection = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(kPort);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    std::string text;
    if (::connect(connection, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
        const std::string asked =
            "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
        if (::write(connection, asked.data(), asked.size()) > 0) {
            char part[4'096];
            for (ssize_t got = 0; (got = ::read(connection, part, sizeof part)) > 0;)
                text.append(part, static_cast<std::size_t>(got));
        }
    }
    ::close(connection);
    return text;
}

double seconds_to_first_answer() {
    constexpr double kMost = 30;
    const Instant begun = now();
    while (seconds_since(begun) < kMost) {
        if (answer("/").starts_with("HTTP/1.1 200")) return seconds_since(begun);
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    throw std::runtime_error("the server did not answer");
}

}  // namespace

void serving(Sheet& sheet) {
    constexpr std::int64_t kEntries = 1'000'000;
    LoadedOffice office("qianjin");
    std::vector<std::string> packs;
    for (const auto& entry : fs::directory_iterator("packs")) {
        if (fs::exists(entry.path() / "pack.yaml"))
            packs.push_back(entry.path().filename().string());
    }
    required(action::install_packs(*office.database, "packs", packs));
    {
        BareSqlite bare(office.file());
        multiply_entries(bare, office.id, kEntries);
        bare.run("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    std::vector<double> first;
    double held = 0;
    for (int round = 0; round < 3; ++round) {
        const Instant begun = now();
        const Served served(office);
        seconds_to_first_answer();
        first.push_back(seconds_since(begun));
        for (const char* path : {"/", "/offices/qianjin", "/offices/qianjin/ledgers/publicity"})
            answer(path);
        held = std::max(held, served.resident());
    }
    sheet.add({.name = "serve.first_answer",
               .value = median(first) * 1e3,
               .unit = "ms",
               .bar = Bar{Sense::AtMost, 300}});
    sheet.add(
        {.name = "serve.resident", .value = held, .unit = "MB", .bar = Bar{Sense::AtMost, 60}});
}

}  // namespace fazhi::bench
