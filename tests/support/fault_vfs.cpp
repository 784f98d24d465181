// SPDX-License-Identifier: Apache-2.0
// A shim over SQLite's own VFS. It keeps, for every file, what unsynced writes have overwritten, in
// order, so that the file can be put back to what was surely on the disk. Making and removing files
// counts as done at once: SQLite syncs the folder itself where it matters.
#include "tests/support/fault_vfs.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

#include <sqlite3.h>

namespace tl {

namespace {

// What a stretch of a file held before it was written.
struct Overwritten {
    sqlite3_int64 offset = 0;
    std::vector<char> bytes;
    sqlite3_int64 fileSize = 0;  // before
};

}  // namespace

struct FaultVfs::State {
    sqlite3_vfs vfs{};
    sqlite3_vfs* real = nullptr;
    std::mutex mutex;  // of all below
    Fault fault = Fault::kNone;
    int64_t at = 0;
    int64_t operations = 0;
    std::map<std::string, std::vector<Overwritten>> unsynced;

    // What the next operation has to fail with.
    std::optional<int> nextFault(bool isSync) {
        ++operations;
        if (fault == Fault::kNone || operations < at) {
            return std::nullopt;
        }
        if (fault == Fault::kDiskFull) {
            return isSync ? std::nullopt : std::optional(SQLITE_FULL);
        }
        return SQLITE_IOERR;
    }
    bool isOff() const { return fault == Fault::kPowerLoss && operations >= at; }
};

// SQLite makes room for it and, after it, for the real file.
struct FaultFile {
    sqlite3_file base;
    FaultVfs::State* state;
    const char* name;
    sqlite3_file* real;

    using State = FaultVfs::State;
};

namespace {

FaultFile& faultFile(sqlite3_file* file) {
    return *reinterpret_cast<FaultFile*>(file);
}

sqlite3_file* realFile(sqlite3_file* file) {
    return faultFile(file).real;
}

void remember(FaultFile& file, sqlite3_int64 offset, sqlite3_int64 size) {
    Overwritten before;
    before.offset = offset;
    file.real->pMethods->xFileSize(file.real, &before.fileSize);
    const sqlite3_int64 end = std::min(offset + size, before.fileSize);
    if (end > offset) {
        before.bytes.resize(static_cast<size_t>(end - offset));
        file.real->pMethods->xRead(
            file.real, before.bytes.data(), static_cast<int>(before.bytes.size()), offset);
    }
    file.state->unsynced[file.name].push_back(std::move(before));
}

int closeFile(sqlite3_file* file) {
    return realFile(file)->pMethods->xClose(realFile(file));
}

int readFile(sqlite3_file* file, void* bytes, int size, sqlite3_int64 offset) {
    return realFile(file)->pMethods->xRead(realFile(file), bytes, size, offset);
}

int writeFile(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
    const std::lock_guard lock(faultFile(file).state->mutex);
    if (const auto fault = faultFile(file).state->nextFault(/*isSync=*/false)) {
        return *fault;
    }
    remember(faultFile(file), offset, size);
    return realFile(file)->pMethods->xWrite(realFile(file), bytes, size, offset);
}

int truncateFile(sqlite3_file* file, sqlite3_int64 size) {
    const std::lock_guard lock(faultFile(file).state->mutex);
    if (const auto fault = faultFile(file).state->nextFault(/*isSync=*/false)) {
        return *fault;
    }
    sqlite3_int64 before = 0;
    realFile(file)->pMethods->xFileSize(realFile(file), &before);
    remember(faultFile(file), size, before - size);
    return realFile(file)->pMethods->xTruncate(realFile(file), size);
}

int syncFile(sqlite3_file* file, int /*flags*/) {
    const std::lock_guard lock(faultFile(file).state->mutex);
    if (const auto fault = faultFile(file).state->nextFault(/*isSync=*/true)) {
        return *fault;
    }
    faultFile(file).state->unsynced.erase(faultFile(file).name);
    return SQLITE_OK;
}

int fileSize(sqlite3_file* file, sqlite3_int64* size) {
    return realFile(file)->pMethods->xFileSize(realFile(file), size);
}

int lockFile(sqlite3_file* file, int level) {
    return realFile(file)->pMethods->xLock(realFile(file), level);
}

int unlockFile(sqlite3_file* file, int level) {
    return realFile(file)->pMethods->xUnlock(realFile(file), level);
}

int checkReserved(sqlite3_file* file, int* out) {
    return realFile(file)->pMethods->xCheckReservedLock(realFile(file), out);
}

int controlFile(sqlite3_file* file, int operation, void* argument) {
    return realFile(file)->pMethods->xFileControl(realFile(file), operation, argument);
}

int sectorSize(sqlite3_file* file) {
    return realFile(file)->pMethods->xSectorSize(realFile(file));
}

int characteristics(sqlite3_file* file) {
    return realFile(file)->pMethods->xDeviceCharacteristics(realFile(file));
}

int mapShared(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
    return realFile(file)->pMethods->xShmMap(realFile(file), page, size, extend, out);
}

int lockShared(sqlite3_file* file, int offset, int count, int flags) {
    return realFile(file)->pMethods->xShmLock(realFile(file), offset, count, flags);
}

void sharedBarrier(sqlite3_file* file) {
    realFile(file)->pMethods->xShmBarrier(realFile(file));
}

int unmapShared(sqlite3_file* file, int remove) {
    return realFile(file)->pMethods->xShmUnmap(realFile(file), remove);
}

const sqlite3_io_methods kMethods = {
    2,          closeFile,     readFile,      writeFile,   truncateFile, syncFile,        fileSize,
    lockFile,   unlockFile,    checkReserved, controlFile, sectorSize,   characteristics, mapShared,
    lockShared, sharedBarrier, unmapShared,   nullptr,     nullptr,
};

FaultFile::State* stateOf(sqlite3_vfs* vfs) {
    return static_cast<FaultFile::State*>(vfs->pAppData);
}

int openFile(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* outFlags) {
    FaultFile& opened = faultFile(file);
    opened.base.pMethods = nullptr;
    FaultFile::State* state = stateOf(vfs);
    opened.state = state;
    opened.name = name == nullptr ? "" : name;  // SQLite keeps it while the file is open
    opened.real = reinterpret_cast<sqlite3_file*>(&opened + 1);
    const int code = state->real->xOpen(state->real, name, opened.real, flags, outFlags);
    if (code == SQLITE_OK) {
        opened.base.pMethods = &kMethods;
    }
    return code;
}

int deleteFile(sqlite3_vfs* vfs, const char* name, int syncFolder) {
    FaultFile::State* state = stateOf(vfs);
    const std::lock_guard lock(state->mutex);
    if (state->isOff()) {
        return SQLITE_IOERR;
    }
    state->unsynced.erase(name);
    return state->real->xDelete(state->real, name, syncFolder);
}

int accessFile(sqlite3_vfs* vfs, const char* name, int flags, int* out) {
    FaultFile::State* state = stateOf(vfs);
    return state->real->xAccess(state->real, name, flags, out);
}

int fullName(sqlite3_vfs* vfs, const char* name, int size, char* out) {
    FaultFile::State* state = stateOf(vfs);
    return state->real->xFullPathname(state->real, name, size, out);
}

}  // namespace

FaultVfs::FaultVfs(Fault fault, int64_t at) : m_state(std::make_unique<State>()) {
    m_state->fault = fault;
    m_state->at = at;
    m_state->real = sqlite3_vfs_find(nullptr);
    m_state->vfs = *m_state->real;  // its time, randomness and sleep
    m_state->vfs.szOsFile += static_cast<int>(sizeof(FaultFile));
    m_state->vfs.zName = "fault";
    m_state->vfs.pNext = nullptr;
    m_state->vfs.pAppData = m_state.get();
    m_state->vfs.xOpen = openFile;
    m_state->vfs.xDelete = deleteFile;
    m_state->vfs.xAccess = accessFile;
    m_state->vfs.xFullPathname = fullName;
    sqlite3_vfs_register(&m_state->vfs, /*makeDflt=*/1);
}

FaultVfs::~FaultVfs() {
    sqlite3_vfs_unregister(&m_state->vfs);
    sqlite3_vfs_register(m_state->real, /*makeDflt=*/1);
}

int64_t FaultVfs::operations() const {
    const std::lock_guard lock(m_state->mutex);
    return m_state->operations;
}

void FaultVfs::dropUnsynced(uint64_t seed) {
    const std::lock_guard lock(m_state->mutex);
    uint64_t x = seed;
    for (auto& [name, writes] : m_state->unsynced) {
        std::fstream file(name, std::ios::in | std::ios::out | std::ios::binary);
        sqlite3_int64 size = -1;
        for (auto write = writes.rbegin(); write != writes.rend(); ++write) {
            x = x * 6364136223846793005U + 1442695040888963407U;
            if (seed != 0 && (x >> 63U) != 0) {
                continue;
            }
            file.seekp(write->offset);
            file.write(write->bytes.data(), std::ssize(write->bytes));
            size = write->fileSize;
        }
        file.close();
        // The size went with the earliest write that is undone; what stays after it is noise.
        if (size >= 0 && seed == 0) {
            std::filesystem::resize_file(name, static_cast<uintmax_t>(size));
        }
    }
    m_state->unsynced.clear();
}

}  // namespace tl
