// SPDX-License-Identifier: Apache-2.0
#include "store/project_store.h"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include "store/lock/project_lock.h"
#include "store/schema/schema.h"
#include "store/sqlite/database.h"
#include "store/write/change_writer.h"

namespace tl {

// The queue, and the thread that empties it. The connection belongs to that thread once it runs.
class ProjectStore::Writer {
public:
    Writer(std::filesystem::path path, const StoreOptions& options, ProjectLock lock, Database db)
        : m_path(std::move(path))
        , m_options(options)
        , m_lock(std::move(lock))
        , m_database(std::move(db))
        , m_thread([this] { run(); }) {}

    ~Writer();
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    Status write(ProjectChange change, const std::stop_token& stop);
    Status flush(const std::stop_token& stop);
    const std::filesystem::path& path() const { return m_path; }

private:
    void run();
    Status commit(const std::deque<ProjectChange>& changes);
    Status stateNow() const { return m_error ? Status(*m_error) : okStatus(); }

    const std::filesystem::path m_path;
    const StoreOptions m_options;
    const ProjectLock m_lock;  // let go of after the connection is closed
    Database m_database;

    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::deque<ProjectChange> m_queue;  // guarded by m_mutex, as all below
    int64_t m_queuedBytes = 0;          // of m_queue and of what is being written
    bool m_stops = false;
    std::optional<Error> m_error;  // the first one

    std::thread m_thread;
};

ProjectStore::Writer::~Writer() {
    {
        const std::lock_guard lock(m_mutex);
        m_stops = true;
        m_queue.clear();
    }
    m_database.abandon();
    m_changed.notify_all();
    m_thread.join();
}

Status ProjectStore::Writer::write(ProjectChange change, const std::stop_token& stop) {
    const int64_t bytes = sizeOf(change);
    std::unique_lock lock(m_mutex);
    // A change that is larger than the queue is let in when it is empty.
    const bool mayGoOn = m_changed.wait(lock, stop, [&] {
        return m_error || m_queuedBytes == 0 || m_queuedBytes + bytes <= m_options.queueBytes;
    });
    if (m_error) {
        return *m_error;
    }
    if (!mayGoOn) {
        return Error{ErrorCode::kCancelled, m_path.string() + ": stopped before it was written"};
    }
    m_queuedBytes += bytes;
    m_queue.push_back(std::move(change));
    m_changed.notify_all();
    return okStatus();
}

Status ProjectStore::Writer::flush(const std::stop_token& stop) {
    std::unique_lock lock(m_mutex);
    const bool isDone = m_changed.wait(lock, stop, [&] { return m_error || m_queuedBytes == 0; });
    if (!isDone && !m_error) {
        return Error{ErrorCode::kCancelled, m_path.string() + ": stopped before it was written"};
    }
    return stateNow();
}

void ProjectStore::Writer::run() {
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return m_stops || !m_queue.empty(); });
        if (m_stops) {
            return;
        }
        // All that waits goes into one transaction: one sync for many small changes.
        const std::deque<ProjectChange> changes = std::exchange(m_queue, {});
        lock.unlock();
        const Status done = commit(changes);
        lock.lock();
        m_queuedBytes = 0;
        for (const ProjectChange& change : m_queue) {
            m_queuedBytes += sizeOf(change);
        }
        if (!done.ok()) {
            m_error = done.error();
            m_queue.clear();
        }
        m_changed.notify_all();
        if (m_error) {
            return;
        }
    }
}

Status ProjectStore::Writer::commit(const std::deque<ProjectChange>& changes) {
    Result<Transaction> transaction = Transaction::begin(m_database);
    if (!transaction.ok()) {
        return transaction.error();
    }
    for (const ProjectChange& change : changes) {
        Status done = applyChange(m_database, change, m_options.checkpointBytes);
        if (!done.ok()) {
            return done;
        }
    }
    return transaction.value().commit();
}

namespace {

Result<Database> openForWriting(const std::filesystem::path& path, Database::Access access) {
    Result<Database> database = Database::open(path, access);
    if (!database.ok()) {
        return database;
    }
    const Status prepared = prepareForWriting(database.value());
    if (!prepared.ok()) {
        return prepared.error();
    }
    return database;
}

}  // namespace

ProjectStore::ProjectStore(std::unique_ptr<Writer> writer) : m_writer(std::move(writer)) {}
ProjectStore::~ProjectStore() = default;

Result<std::unique_ptr<ProjectStore>> ProjectStore::create(const std::filesystem::path& path,
                                                           const StoreOptions& options) {
    Result<ProjectLock> lock = ProjectLock::take(path);
    if (!lock.ok()) {
        return lock.error();
    }
    std::error_code ignored;
    if (std::filesystem::exists(std::filesystem::symlink_status(path, ignored))) {
        return Error{ErrorCode::kInvalidInput, path.string() + ": is there already"};
    }
    Result<Database> database = openForWriting(path, Database::Access::kCreate);
    if (!database.ok()) {
        return database.error();
    }
    return std::unique_ptr<ProjectStore>(new ProjectStore(std::make_unique<Writer>(
        path, options, std::move(lock).value(), std::move(database).value())));
}

Result<std::unique_ptr<ProjectStore>> ProjectStore::open(const std::filesystem::path& path,
                                                         const StoreOptions& options) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored)) {
        return Error{ErrorCode::kNotFound, path.string() + ": is not there"};
    }
    Result<ProjectLock> lock = ProjectLock::take(path);
    if (!lock.ok()) {
        return lock.error();
    }
    Result<Database> database = openForWriting(path, Database::Access::kWrite);
    if (!database.ok()) {
        return database.error();
    }
    return std::unique_ptr<ProjectStore>(new ProjectStore(std::make_unique<Writer>(
        path, options, std::move(lock).value(), std::move(database).value())));
}

Status ProjectStore::write(ProjectChange change, const std::stop_token& stop) {
    return m_writer->write(std::move(change), stop);
}

Status ProjectStore::flush(const std::stop_token& stop) {
    return m_writer->flush(stop);
}

const std::filesystem::path& ProjectStore::path() const {
    return m_writer->path();
}

}  // namespace tl
