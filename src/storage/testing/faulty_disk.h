// A disk that fails from a chosen write on: what a full or dying disk does to an SQLite file.
//
// While it lives, every SQLite file that is opened anywhere in the process is on it (it is the
// default of SQLite's file layer). One at a time; the files must be closed before it goes. Any
// thread may write to the files; choosing and mending belong to the test's thread.
#pragma once

namespace fazhi::storage::testing {

class FaultyDisk {
public:
    enum class Fault {
        Full,   // writes answer that there is no space
        Write,  // writes answer an error, and write nothing
        Sync,   // flushing answers an error; what was written may or may not last
    };

    FaultyDisk();
    ~FaultyDisk();
    FaultyDisk(const FaultyDisk&) = delete;
    FaultyDisk& operator=(const FaultyDisk&) = delete;

    // The first `good` writes (or flushes) from now on succeed, all after them fail.
    void fail_after(int good, Fault fault);
    // Nothing fails any more. Answers whether something had.
    bool mend();
};

}  // namespace fazhi::storage::testing
