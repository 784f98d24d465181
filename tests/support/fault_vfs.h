// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace tl {

// A disk that fails, under SQLite: while one of these lives, all files that SQLite opens go through
// it. Every write, truncation and sync counts as one operation. Syncs are not passed on, which
// makes it quicker than a disk.
class FaultVfs {
public:
    enum class Fault {
        kNone,
        kPowerLoss,  // from this operation on nothing happens any more, and all of it fails
        kDiskFull,   // from this operation on nothing can be written
    };

    // `at`: the operation, from 1, which is the first to fail.
    explicit FaultVfs(Fault fault = Fault::kNone, int64_t at = 0);
    ~FaultVfs();
    FaultVfs(const FaultVfs&) = delete;
    FaultVfs& operator=(const FaultVfs&) = delete;

    int64_t operations() const;

    // What the power loss left: undoes writes that no sync had followed. `seed` chooses which of
    // them the disk had done all the same; 0: none. After all connections are closed.
    void dropUnsynced(uint64_t seed);

private:
    struct State;
    friend struct FaultFile;

    std::unique_ptr<State> m_state;
};

}  // namespace tl
