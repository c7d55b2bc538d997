#include "storage/testing/faulty_disk.h"

#include <atomic>
#include <cstdint>
#include <cstring>

#include <sqlite3.h>

#include "base/invariant.h"

namespace fazhi::storage::testing {
namespace {

constexpr int kNever = INT32_MAX;

struct State {
    std::atomic<FaultyDisk::Fault> fault = FaultyDisk::Fault::Full;
    std::atomic<int> good = kNever;  // so many more succeed
    std::atomic<bool> failed = false;
};
State state;

// Whether this one fails.
bool fails(bool is_sync) {
    const bool of_this_kind = is_sync == (state.fault == FaultyDisk::Fault::Sync);
    if (!of_this_kind || state.good == kNever) return false;
    if (state.good > 0) {
        --state.good;
        return false;
    }
    state.failed = true;
    return true;
}

// The file SQLite knows, with the real one behind it in the same memory.
struct File {
    sqlite3_file base;

    [[nodiscard]] sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

sqlite3_file* real_of(sqlite3_file* file) {
    return reinterpret_cast<File*>(file)->real();
}

int close(sqlite3_file* file) {
    return real_of(file)->pMethods->xClose(real_of(file));
}
int read(sqlite3_file* file, void* out, int size, sqlite3_int64 at) {
    return real_of(file)->pMethods->xRead(real_of(file), out, size, at);
}
int write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at) {
    if (fails(false))
        return state.fault == FaultyDisk::Fault::Full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    return real_of(file)->pMethods->xWrite(real_of(file), bytes, size, at);
}
int truncate(sqlite3_file* file, sqlite3_int64 size) {
    if (fails(false)) return SQLITE_IOERR_TRUNCATE;
    return real_of(file)->pMethods->xTruncate(real_of(file), size);
}
int sync(sqlite3_file* file, int flags) {
    if (fails(true)) return SQLITE_IOERR_FSYNC;
    return real_of(file)->pMethods->xSync(real_of(file), flags);
}
int file_size(sqlite3_file* file, sqlite3_int64* size) {
    return real_of(file)->pMethods->xFileSize(real_of(file), size);
}
int lock(sqlite3_file* file, int level) {
    return real_of(file)->pMethods->xLock(real_of(file), level);
}
int unlock(sqlite3_file* file, int level) {
    return real_of(file)->pMethods->xUnlock(real_of(file), level);
}
int check_reserved(sqlite3_file* file, int* out) {
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), out);
}
int control(sqlite3_file* file, int what, void* argument) {
    return real_of(file)->pMethods->xFileControl(real_of(file), what, argument);
}
int sector_size(sqlite3_file* file) {
    return real_of(file)->pMethods->xSectorSize(real_of(file));
}
int characteristics(sqlite3_file* file) {
    return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}
int shared_map(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
    return real_of(file)->pMethods->xShmMap(real_of(file), page, size, extend, out);
}
int shared_lock(sqlite3_file* file, int offset, int count, int flags) {
    return real_of(file)->pMethods->xShmLock(real_of(file), offset, count, flags);
}
void shared_barrier(sqlite3_file* file) {
    real_of(file)->pMethods->xShmBarrier(real_of(file));
}
int shared_unmap(sqlite3_file* file, int remove) {
    return real_of(file)->pMethods->xShmUnmap(real_of(file), remove);
}

constexpr int kMethodsVersion = 2;  // with shared memory, without mapped reading
const sqlite3_io_methods kMethods = {kMethodsVersion, close,          read,        write,
                                     truncate,        sync,           file_size,   lock,
                                     unlock,          check_reserved, control,     sector_size,
                                     characteristics, shared_map,     shared_lock, shared_barrier,
                                     shared_unmap,    nullptr,        nullptr};

sqlite3_vfs* real_layer() {
    static sqlite3_vfs* const kReal = sqlite3_vfs_find("unix");
    return kReal;
}

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
    const int code = real_layer()->xOpen(real_layer(), name, real_of(file), flags, out_flags);
    file->pMethods = real_of(file)->pMethods == nullptr ? nullptr : &kMethods;
    return code;
}

sqlite3_vfs* faulty_layer() {
    static sqlite3_vfs layer = [] {
        sqlite3_vfs made = *real_layer();
        made.zName = "faulty";
        made.szOsFile += static_cast<int>(sizeof(File));
        made.pNext = nullptr;
        made.xOpen = open;
        return made;
    }();
    return &layer;
}

}  // namespace

FaultyDisk::FaultyDisk() {
    sqlite3_initialize();
    INVARIANT(real_layer() != nullptr);
    state.good = kNever;
    INVARIANT(sqlite3_vfs_register(faulty_layer(), 1) == SQLITE_OK);
}

FaultyDisk::~FaultyDisk() {
    sqlite3_vfs_unregister(faulty_layer());
    sqlite3_vfs_register(real_layer(), 1);
}

void FaultyDisk::fail_after(int good, Fault fault) {
    state.failed = false;
    state.fault = fault;
    state.good = good;
}

bool FaultyDisk::mend() {
    state.good = kNever;
    return state.failed;
}

}  // namespace fazhi::storage::testing
