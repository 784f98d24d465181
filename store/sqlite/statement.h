// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/sqlite/row_sum.h"

struct sqlite3;
struct sqlite3_stmt;

namespace tl {

// What a call of SQLite's that failed means for a user: one line that begins with the file.
Error sqliteError(const std::string& file, int code, sqlite3* database);

// What the statements of a connection know of it.
struct ConnectionState {
    std::string file;  // as messages name it
    std::atomic<bool> isStopped = false;
};

// A prepared statement. Parameters count from 1, columns from 0. What is bound lives until the next
// run() or bindAll(). Lives no longer than its Database.
class Statement {
public:
    Statement(const ConnectionState& connection, sqlite3_stmt* statement);

    // Forgets the last run's rows and binds parameters from the first on.
    template <typename... Values>
    void bindAll(const Values&... values) {
        reset();
        int index = 0;
        (bind(++index, values), ...);
    }

    // Runs to the end.
    template <typename... Values>
    Status run(const Values&... values) {
        bindAll(values...);
        return finish();
    }

    // As run(), with the values' checksum for the parameter behind them.
    template <typename... Values>
    Status runSummed(const Values&... values) {
        RowSum sum;
        (sum.add(values), ...);
        return run(values..., sum.value());
    }

    // Whether there is a row. The first binding that failed is told here; kCancelled once the
    // connection was abandoned.
    Result<bool> step();

    // Whether the last step came to a row.
    bool hasRow() const;

    int64_t integer(int column) const;
    std::string text(int column) const;
    // Until the next step or run.
    std::span<const std::byte> blob(int column) const;
    bool isNull(int column) const;

    // Whether the row's last column is the checksum of those before.
    bool sumHolds() const;

private:
    struct Finalizer {
        void operator()(sqlite3_stmt* statement) const;
    };

    void reset();
    void bind(int index, std::nullptr_t);
    void bind(int index, int64_t number);
    void bind(int index, std::string_view text);
    void bind(int index, std::span<const std::byte> blob);
    void note(int code);
    Status finish();

    const ConnectionState* m_connection;
    std::unique_ptr<sqlite3_stmt, Finalizer> m_statement;
    int m_code;
};

}  // namespace tl
