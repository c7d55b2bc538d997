#include "review/extraction_child.h"

#include <array>
#include <csignal>
#include <exception>
#include <new>

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "review/errors.h"
#include "review/extraction_channel.h"
#include "review/extraction_message.h"
#include "review/read_limits.h"
#include "review/reader.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define FAZHI_UNDER_SANITIZER
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define FAZHI_UNDER_SANITIZER
#endif

namespace fazhi::review {

namespace {

constexpr std::size_t kRequestBytesMax = 10'000;
constexpr rlim_t kFilesMax = 64;  // the program that reads pictures needs pipes and its data

void limit(int what, rlim_t soft, rlim_t hard) {
    const rlimit wanted{soft, hard};
    ::setrlimit(static_cast<__rlimit_resource>(what), &wanted);
}

// Reading what the system brings (libraries, fonts, character maps, the OCR program and its data)
// stays allowed, nothing else does: neither the database nor anybody's files. Where the kernel has
// no Landlock, the other limits stand alone.
class FileFence {
public:
    FileFence() {
        landlock_ruleset_attr handled{};
        handled.handled_access_fs = kAll;
        ruleset_ =
            static_cast<int>(::syscall(SYS_landlock_create_ruleset, &handled, sizeof(handled), 0));
    }
    ~FileFence() {
        if (ruleset_ >= 0) ::close(ruleset_);
    }
    FileFence(const FileFence&) = delete;
    FileFence& operator=(const FileFence&) = delete;

    void allow(const char* path, std::uint64_t access) const {
        if (ruleset_ < 0) return;
        const int folder = ::open(path, O_PATH | O_CLOEXEC);
        if (folder < 0) return;
        landlock_path_beneath_attr rule{};
        rule.allowed_access = access;
        rule.parent_fd = folder;
        ::syscall(SYS_landlock_add_rule, ruleset_, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
        ::close(folder);
    }

    void close_off() const {
        if (ruleset_ >= 0) ::syscall(SYS_landlock_restrict_self, ruleset_, 0);
    }

    static constexpr std::uint64_t kRead =
        LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_EXECUTE;
    static constexpr std::uint64_t kReadWriteFile =
        LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE;

private:
    // Of the first version of Landlock: every kernel that has it knows them.
    static constexpr std::uint64_t kAll = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1U) - 1;

    int ruleset_ = -1;
};

void give_up_files() {
    constexpr std::array kFolders{"/usr", "/lib", "/lib64", "/bin", "/etc", "/opt"};
    const FileFence fence;
    for (const char* folder : kFolders) fence.allow(folder, FileFence::kRead);
    fence.allow("/dev/null", FileFence::kReadWriteFile);
    fence.close_off();
}

void give_up_everything_else() {
    // Whatever the program that started this one had open is not ours.
    ::close_range(STDERR_FILENO + 1, ~0U, 0);
    std::signal(SIGPIPE, SIG_IGN);
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    limit(RLIMIT_CORE, 0, 0);
    limit(RLIMIT_FSIZE, 0, 0);
    limit(RLIMIT_NOFILE, kFilesMax, kFilesMax);
    give_up_files();
}

void limit_memory([[maybe_unused]] std::int64_t bytes) {
#ifndef FAZHI_UNDER_SANITIZER  // which reserves terabytes of addresses
    limit(RLIMIT_AS, static_cast<rlim_t>(bytes), RLIM_INFINITY);
#endif
}

// From now on; what earlier files took does not count.
void limit_time(std::int64_t seconds) {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto so_far = static_cast<rlim_t>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + 1;
    const rlim_t most = so_far + static_cast<rlim_t>(seconds);
    limit(RLIMIT_CPU, most, RLIM_INFINITY);
}

Refusal too_costly() {
    return refuse(ErrorKind::TooLarge, errors::kTooCostly,
                  "读取这个文件需要的内存超过上限，没有读成；请分成几个文件，或去掉里面的图片。");
}

// The door at which accidents over a file end.
Result<SourceText> read_one(const SourceReader& reader, const ExtractionRequest& request,
                            std::string_view bytes) {
    try {
        return reader(request.name, bytes);
    } catch (const std::bad_alloc&) {
        return too_costly();
    } catch (const std::exception&) {
        return refuse(ErrorKind::InvalidInput, errors::kReaderFailed,
                      "读取这个文件时出了意外，没有读成；请用办公软件打开后另存，再试。");
    }
}

}  // namespace

int serve_extraction(int socket, const SourceReader& reader) {
    give_up_everything_else();
    Channel channel(socket);
    for (;;) {
        const auto asked = channel.receive(kRequestBytesMax, kNoDeadline);
        if (!asked) return 0;
        const auto request = decoded_request(*asked);
        if (!request) return 1;
        const auto bytes = channel.receive(kFileBytesMax, kNoDeadline);
        if (!bytes) return 1;
        limit_memory(request->limits.memory_bytes);
        limit_time(request->limits.cpu_seconds);
        std::string answer = encoded(read_one(reader, *request, *bytes));
        if (!channel.send(answer, kNoDeadline)) return 1;
    }
}

int serve_extraction(int socket) {
    return serve_extraction(socket, read_source);
}

}  // namespace fazhi::review
