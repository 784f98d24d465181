// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/database.h"

#include <utility>

#include <sqlite3.h>

namespace tl {

namespace {

// While another process recovers the log or empties it, which takes as long as writing it; or until
// the connection is abandoned, which SQLite's own waiting would not notice.
constexpr int kBusyMs = 5000;
constexpr int kBusyStepMs = 5;

int waitWhileBusy(void* connection, int attempts) {
    const bool goesOn = !static_cast<const ConnectionState*>(connection)->isStopped &&
                        attempts * kBusyStepMs < kBusyMs;
    if (goesOn) {
        sqlite3_sleep(kBusyStepMs);
    }
    return goesOn ? 1 : 0;
}

// SQLite's URI syntax, which alone can say "immutable".
std::string fileUri(const std::filesystem::path& path, std::string_view query) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string uri = "file:";
    for (const char c : path.string()) {
        if (c == '%' || c == '?' || c == '#') {
            const auto byte = static_cast<unsigned char>(c);
            uri += '%';
            uri += kDigits[byte / 16];
            uri += kDigits[byte % 16];
        } else {
            uri += c;
        }
    }
    return uri.append(query);
}

}  // namespace

void Database::Closer::operator()(sqlite3* database) const {
    // An interruption that found nothing to interrupt would stop the log from being emptied into
    // the file; the next statement to begin takes it away.
    sqlite3_exec(database, "SELECT 1", nullptr, nullptr, nullptr);
    sqlite3_close_v2(database);
}

Result<Database> Database::openUri(const std::string& file, const std::string& uri, int flags) {
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(
        uri.c_str(), &handle, flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, /*zVfs=*/nullptr);
    Database database(std::make_unique<ConnectionState>(), handle);
    database.m_state->file = file;
    if (code != SQLITE_OK) {
        return sqliteError(file, code, handle);
    }
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_handler(handle, waitWhileBusy, database.m_state.get());
    // A file comes from anywhere: what its schema says runs nothing, and what its pages say is
    // looked at before it is believed.
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
    const Status checked = database.execute("PRAGMA cell_size_check = ON");
    if (!checked.ok()) {
        return checked.error();
    }
    return database;
}

Result<Database> Database::open(const std::filesystem::path& path, Access access) {
    switch (access) {
        case Access::kCreate:
            return openUri(
                path.string(), fileUri(path, ""), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
        case Access::kWrite:
            return openUri(path.string(), fileUri(path, ""), SQLITE_OPEN_READWRITE);
        case Access::kRead: {
            Result<Database> database =
                openUri(path.string(), fileUri(path, ""), SQLITE_OPEN_READWRITE);
            Status limited = okStatus();
            if (database.ok()) {
                limited = database.value().execute("PRAGMA query_only = ON");
            }
            return limited.ok() ? std::move(database) : Result<Database>(limited.error());
        }
        case Access::kReadUnchanging:
            break;
    }
    return openUri(path.string(), fileUri(path, "?immutable=1"), SQLITE_OPEN_READONLY);
}

Result<Database> Database::inMemory() {
    return openUri("memory", "file::memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
}

Status Database::execute(const std::string& sql) {
    const int code = sqlite3_exec(m_database.get(), sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) {
        return sqliteError(m_state->file, code, m_database.get());
    }
    return okStatus();
}

Result<Statement> Database::prepare(const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v2(
        m_database.get(), sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
    if (code != SQLITE_OK) {
        return sqliteError(m_state->file, code, m_database.get());
    }
    return Statement(*m_state, statement);
}

Result<int64_t> Database::number(const std::string& sql) {
    Result<Statement> statement = prepare(sql);
    if (!statement.ok()) {
        return statement.error();
    }
    const Result<bool> row = statement.value().step();
    if (!row.ok()) {
        return row.error();
    }
    return row.value() ? statement.value().integer(0) : 0;
}

void Database::interrupt() {
    sqlite3_interrupt(m_database.get());
}

void Database::abandon() {
    m_state->isStopped = true;
    interrupt();
}

Result<Transaction> Transaction::begin(Database& database) {
    const Status begun = database.execute("BEGIN IMMEDIATE");
    if (!begun.ok()) {
        return begun.error();
    }
    return Transaction(database);
}

Transaction::Transaction(Transaction&& other) noexcept
    : m_database(std::exchange(other.m_database, nullptr)) {}

Transaction::~Transaction() {
    if (m_database != nullptr) {
        // Some failures have rolled back already; then this says so, and nothing is to be done.
        (void)m_database->execute("ROLLBACK");
    }
}

Status Transaction::commit() {
    Status committed = m_database->execute("COMMIT");
    if (committed.ok()) {
        m_database = nullptr;
    }
    return committed;
}

}  // namespace tl
