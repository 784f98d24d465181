// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <stop_token>

#include "base/result.h"
#include "store/project_values.h"

namespace tl {

struct StoreOptions {
    int64_t queueBytes = int64_t{64} << 20;  // what may wait to be written, about
    int64_t checkpointBytes = 0;  // that the states of checkpoints may take; 0: a tenth of the
                                  // pages' bytes. The newest two stay whatever they take
};

// A project file that is open for writing: the only one in any process. A thread of its own writes
// what it is given, in order, each change in one transaction (or together with its neighbours);
// what is committed outlives kill -9 and power loss. Thread-safe. Errors name the file in one line.
// After the first one nothing more is written; the file keeps what was committed before.
class ProjectStore {
public:
    // kInvalidInput where something is there already.
    static Result<std::unique_ptr<ProjectStore>> create(const std::filesystem::path& path,
                                                        const StoreOptions& options = {});
    // A file of an older version is brought up to this one. kNotFound; kBusy where another process
    // (or this one) has it open for writing, with that process's number; kUnsupported for what is
    // no project or of a newer version; kCorrupt; kIo, also where it cannot be written.
    static Result<std::unique_ptr<ProjectStore>> open(const std::filesystem::path& path,
                                                      const StoreOptions& options = {});

    // Gives up what is not committed yet, and soon: flush() first where it matters.
    ~ProjectStore();
    ProjectStore(const ProjectStore&) = delete;
    ProjectStore& operator=(const ProjectStore&) = delete;

    // Queues a change; waits while the queue is full. What went wrong with an earlier one, if
    // anything; kCancelled, and nothing is queued.
    Status write(ProjectChange change, const std::stop_token& stop = {});

    // Waits until all that was queued is committed and synced; kCancelled when it stops waiting.
    Status flush(const std::stop_token& stop = {});

    const std::filesystem::path& path() const;

private:
    class Writer;
    explicit ProjectStore(std::unique_ptr<Writer> writer);

    std::unique_ptr<Writer> m_writer;
};

}  // namespace tl
