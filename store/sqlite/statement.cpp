// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/statement.h"

#include <utility>

#include <sqlite3.h>

namespace tl {

Error sqliteError(const std::string& file, int code, sqlite3* database) {
    switch (code & 0xFF) {
        case SQLITE_FULL:
            return {ErrorCode::kIo, file + ": the disk is full"};
        case SQLITE_READONLY:
            return {ErrorCode::kIo, file + ": cannot be written, it or its folder is read-only"};
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {ErrorCode::kBusy, file + ": another program has it"};
        case SQLITE_NOMEM:
            return {ErrorCode::kOutOfMemory, file + ": not enough memory"};
        case SQLITE_NOTADB:
            return {ErrorCode::kUnsupported, file + ": not a Throughline project"};
        case SQLITE_CORRUPT:
            return {ErrorCode::kCorrupt, file + ": damaged: " + sqlite3_errmsg(database)};
        case SQLITE_CANTOPEN:
            return {ErrorCode::kNotFound, file + ": cannot be opened"};
        case SQLITE_INTERRUPT:
            return {ErrorCode::kCancelled, file + ": stopped"};
        case SQLITE_TOOBIG:
            return {ErrorCode::kInvalidInput, file + ": one piece of it is larger than 1 GB"};
        default:
            return {ErrorCode::kIo, file + ": " + sqlite3_errmsg(database)};
    }
}

void Statement::Finalizer::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

Statement::Statement(const ConnectionState& connection, sqlite3_stmt* statement)
    : m_connection(&connection), m_statement(statement), m_code(SQLITE_OK) {}

void Statement::reset() {
    sqlite3_reset(m_statement.get());  // its code is that of the step before, told already
    m_code = SQLITE_OK;
}

void Statement::bind(int index, std::nullptr_t) {
    note(sqlite3_bind_null(m_statement.get(), index));
}

void Statement::bind(int index, int64_t number) {
    note(sqlite3_bind_int64(m_statement.get(), index, number));
}

void Statement::bind(int index, std::string_view text) {
    // Not null for the empty text: that would bind NULL.
    const char* data = text.empty() ? "" : text.data();
    note(sqlite3_bind_text64(
        m_statement.get(), index, data, text.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void Statement::bind(int index, std::span<const std::byte> blob) {
    const void* data = blob.empty() ? "" : static_cast<const void*>(blob.data());
    note(sqlite3_bind_blob64(m_statement.get(), index, data, blob.size(), SQLITE_STATIC));
}

void Statement::note(int code) {
    m_code = m_code == SQLITE_OK ? code : m_code;
}

Result<bool> Statement::step() {
    if (m_code == SQLITE_OK) {
        // SQLite's own interrupt is forgotten between two statements.
        m_code = m_connection->isStopped ? SQLITE_INTERRUPT : sqlite3_step(m_statement.get());
    }
    const int code = std::exchange(m_code, SQLITE_OK);
    if (code != SQLITE_ROW && code != SQLITE_DONE) {
        return sqliteError(m_connection->file, code, sqlite3_db_handle(m_statement.get()));
    }
    return code == SQLITE_ROW;
}

Status Statement::finish() {
    for (;;) {
        const Result<bool> row = step();
        if (!row.ok()) {
            return row.error();
        }
        if (!row.value()) {
            sqlite3_reset(m_statement.get());
            return okStatus();
        }
    }
}

bool Statement::hasRow() const {
    return sqlite3_data_count(m_statement.get()) > 0;
}

int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(m_statement.get(), column);
}

std::string Statement::text(int column) const {
    const std::span<const std::byte> bytes = blob(column);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::span<const std::byte> Statement::blob(int column) const {
    const void* data = sqlite3_column_blob(m_statement.get(), column);
    const int size = sqlite3_column_bytes(m_statement.get(), column);
    return {static_cast<const std::byte*>(data), data == nullptr ? 0 : static_cast<size_t>(size)};
}

bool Statement::isNull(int column) const {
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL;
}

bool Statement::sumHolds() const {
    RowSum sum;
    const int last = sqlite3_column_count(m_statement.get()) - 1;
    for (int column = 0; column < last; ++column) {
        switch (sqlite3_column_type(m_statement.get(), column)) {
            case SQLITE_NULL:
                sum.add(nullptr);
                break;
            case SQLITE_INTEGER:
                sum.add(integer(column));
                break;
            case SQLITE_TEXT:
                sum.add(std::string_view(text(column)));
                break;
            default:
                sum.add(blob(column));
        }
    }
    return sum.value() == integer(last);
}

}  // namespace tl
