// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/sqlite/statement.h"

struct sqlite3;

namespace tl {

// One connection to a database. Used by one thread at a time.
class Database {
public:
    enum class Access {
        kCreate,  // or what is there
        kWrite,
        kRead,  // statements only read; where it may, SQLite itself empties the log into the file
                // when the last connection closes, and takes away the files beside it
        kReadUnchanging,  // nobody writes meanwhile: no lock is taken and no file made
    };

    static Result<Database> open(const std::filesystem::path& path, Access access);
    static Result<Database> inMemory();

    Status execute(const std::string& sql);
    Result<Statement> prepare(const std::string& sql);
    // The first column of the first row; 0 without a row.
    Result<int64_t> number(const std::string& sql);

    // The statement that runs, if one does, fails with kCancelled. From any thread, as abandon().
    void interrupt();
    // From now on every statement does.
    void abandon();

    const std::string& file() const { return m_state->file; }

private:
    struct Closer {
        void operator()(sqlite3* database) const;
    };
    static Result<Database> openUri(const std::string& file, const std::string& uri, int flags);
    Database(std::unique_ptr<ConnectionState> state, sqlite3* database)
        : m_state(std::move(state)), m_database(database) {}

    std::unique_ptr<ConnectionState> m_state;  // where it is when the database is moved
    std::unique_ptr<sqlite3, Closer> m_database;
};

// Undoes what was done since, unless it is committed.
class Transaction {
public:
    // REQUIRES: none is open on this connection
    static Result<Transaction> begin(Database& database);

    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

    // Synced as the connection's settings say. When it fails nothing was done.
    Status commit();

private:
    explicit Transaction(Database& database) : m_database(&database) {}

    Database* m_database;  // null once it is over
};

}  // namespace tl
