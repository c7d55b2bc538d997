#include "review/extraction.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "review/errors.h"
#include "review/extraction_child.h"
#include "review/read_limits.h"

namespace fazhi::review {

namespace {

constexpr const char* kThisProgram = "/proc/self/exe";
// What is read of 50 MB cannot be longer in JSON than this.
constexpr std::size_t kAnswerBytesMax = 500'000'000;
constexpr std::size_t kNameBytesMax = 1'000;

// The end of a name, which has its ending.
std::string_view end_of(std::string_view name) {
    const std::size_t point = name.rfind('.');
    if (name.size() <= kNameBytesMax) return name;
    if (point == std::string_view::npos || name.size() - point > kNameBytesMax) return {};
    return name.substr(point);
}

class SpawnActions {
public:
    // The socket is all that the child gets.
    explicit SpawnActions(int socket) {
        posix_spawn_file_actions_init(&actions_);
        posix_spawn_file_actions_adddup2(&actions_, socket, STDIN_FILENO);
        posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
        posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    }
    ~SpawnActions() { posix_spawn_file_actions_destroy(&actions_); }
    SpawnActions(const SpawnActions&) = delete;
    SpawnActions& operator=(const SpawnActions&) = delete;
    [[nodiscard]] const posix_spawn_file_actions_t* get() const { return &actions_; }

private:
    posix_spawn_file_actions_t actions_{};
};

// Within two seconds.
bool ends_by_itself(pid_t child, int& status) {
    constexpr int kTries = 400;
    constexpr auto kPause = std::chrono::milliseconds(5);
    for (int i = 0; i < kTries; ++i) {
        if (::waitpid(child, &status, WNOHANG) == child) return true;
        std::this_thread::sleep_for(kPause);
    }
    return false;
}

}  // namespace

ExtractionCommand::ExtractionCommand()
    : ExtractionCommand(kThisProgram, {std::string(kExtractionCommand)}) {}

ExtractionCommand::ExtractionCommand(std::string the_program,
                                     std::vector<std::string> the_arguments)
    : program(std::move(the_program)), arguments(std::move(the_arguments)) {}

ExtractionBounds::ExtractionBounds()
    : each{kReaderSecondsMax, static_cast<std::int64_t>(kReaderMemoryMax)},
      longest(std::chrono::seconds(kOcrSecondsMax)) {}

Extractor::Extractor(ExtractionCommand command, ExtractionBounds bounds)
    : command_(std::move(command)), bounds_(bounds) {}

Extractor::~Extractor() {
    end(/*out_of_time=*/true);
}

void Extractor::start() {
    std::array<int, 2> sockets{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets.data()) != 0)
        throw std::system_error(errno, std::generic_category(), "socketpair");
    channel_.reset(sockets[0]);
    Channel theirs(sockets[1]);
    const SpawnActions actions(sockets[1]);
    std::vector<char*> arguments{command_.program.data()};
    for (std::string& each : command_.arguments) arguments.push_back(each.data());
    arguments.push_back(nullptr);
    // Nothing of our environment: it may name a database and its password.
    std::string path = "PATH=/usr/local/bin:/usr/bin:/bin";
    std::string locale = "LC_ALL=C.UTF-8";
    std::array<char*, 3> environment{path.data(), locale.data(), nullptr};
    pid_t child = 0;
    const int fault = ::posix_spawn(&child, command_.program.c_str(), actions.get(), nullptr,
                                    arguments.data(), environment.data());
    if (fault != 0) throw std::system_error(fault, std::generic_category(), "posix_spawn");
    child_ = child;
    files_ = 0;
    ++children_started_;
}

// Only one that hangs up by itself tells by its status what happened; one that lives on although
// its socket is closed is not waited for.
Extractor::Ending Extractor::end(bool out_of_time) {
    channel_.close();
    if (child_ < 0) return Ending::Crashed;
    int status = 0;
    if (out_of_time || !ends_by_itself(child_, status)) {
        ::kill(child_, SIGKILL);
        while (::waitpid(child_, &status, 0) < 0 && errno == EINTR) {
        }
        child_ = -1;
        return out_of_time ? Ending::OutOfTime : Ending::Crashed;
    }
    child_ = -1;
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU) return Ending::OutOfTime;
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) return Ending::OutOfMemory;
    return Ending::Crashed;
}

Refusal Extractor::refused(Ending ending) const {
    switch (ending) {
        case Ending::OutOfTime:
            return refuse(ErrorKind::TooLarge, errors::kTooCostly,
                          "读取这个文件用的时间超过上限，没有读成；请分成几个文件，"
                          "或用办公软件打开后另存，再试。");
        case Ending::OutOfMemory:
            return refuse(ErrorKind::TooLarge, errors::kTooCostly,
                          "读取这个文件用的内存超过上限，没有读成；请分成几个文件。");
        case Ending::Crashed:
            break;
    }
    return refuse(ErrorKind::InvalidInput, errors::kReaderFailed,
                  "读取这个文件时出了意外，没有读成；请用办公软件打开后另存，再试。");
}

Result<SourceText> Extractor::extract(const std::string& name, std::string_view bytes) {
    if (bytes.size() > kFileBytesMax) {
        return refuse(ErrorKind::TooLarge, errors::kTooLarge,
                      fmt::format("文件不能超过{}兆字节，请缩小图片或分成几个文件。",
                                  kFileBytesMax / 1'000'000));
    }
    if (files_ >= kFilesPerChild) end(/*out_of_time=*/false);
    if (child_ < 0) start();
    ++files_;
    const Deadline until = std::chrono::steady_clock::now() + bounds_.longest;
    const ExtractionRequest request{std::string(end_of(name)), bounds_.each};
    std::optional<std::string> answer;
    if (channel_.send(encoded(request), until) && channel_.send(bytes, until))
        answer = channel_.receive(kAnswerBytesMax, until);
    if (!answer) return refused(end(std::chrono::steady_clock::now() >= until));
    auto read = decoded_answer(*answer);
    // Whoever answers nonsense is not asked again.
    if (!read && read.error().code == errors::kReaderFailed) end(/*out_of_time=*/true);
    return read;
}

}  // namespace fazhi::review
