// SPDX-License-Identifier: Apache-2.0
#include "store/schema/tables.h"

#include <algorithm>

namespace tl {

namespace {

std::string_view columnName(std::string_view columns, int index) {
    for (; index > 0; --index) {
        columns.remove_prefix(columns.find(',') + 2);
    }
    return columns.substr(0, columns.find(','));
}

}  // namespace

Result<Statement> prepareInsert(Database& database, const Table& table, std::string_view verb) {
    const std::string_view columns = table.columns;
    const auto count = std::count(columns.begin(), columns.end(), ',') + 2;  // with the checksum
    std::string sql(verb);
    sql.append(" INTO ").append(table.name).append("(").append(columns).append(", checksum)");
    sql += " VALUES (?";
    for (std::ptrdiff_t i = 1; i < count; ++i) {
        sql += ", ?";
    }
    return database.prepare(sql + ")");
}

Result<Statement> prepareSelect(Database& database, const Table& table, std::string_view rest) {
    std::string sql = "SELECT ";
    sql.append(table.columns).append(", checksum FROM ").append(table.name).append(" ");
    return database.prepare(sql.append(rest));
}

std::string rowName(const Table& table, const Statement& row) {
    std::string name = std::string(table.name) + " (";
    for (int column = 0; column < table.keyColumns; ++column) {
        name += column == 0 ? "" : ", ";
        name.append(columnName(table.columns, column)) += ' ';
        for (const char c : row.text(column)) {
            name += c >= ' ' && c <= '~' ? c : '?';  // damaged, it may hold anything
        }
    }
    return name + ")";
}

Result<bool> stepChecked(const Database& database, const Table& table, Statement& statement) {
    Result<bool> row = statement.step();
    if (row.ok() && row.value() && !statement.sumHolds()) {
        return Error{ErrorCode::kCorrupt,
                     database.file() + ": damaged: " + rowName(table, statement) +
                         " is not what was written"};
    }
    return row;
}

}  // namespace tl
