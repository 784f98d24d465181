// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "store/project_reader.h"
#include "store/schema/tables.h"
#include "store/sqlite/database.h"

namespace tl {

// What the reader's parts share: a connection, and rows of it that have been checked.
class ProjectReader::Connection {
public:
    explicit Connection(Database opened) : database(std::move(opened)) {}

    // Runs fn for every row of a table in order, each checked; what is bound stands for ?1.
    template <typename Fn, typename... Values>
    Status rows(const Table& table, std::string_view rest, Fn&& fn, const Values&... values) {
        Result<Statement> select = prepareSelect(database, table, rest);
        if (!select.ok()) {
            return select.error();
        }
        select.value().bindAll(values...);
        for (;;) {
            const Result<bool> row = stepChecked(database, table, select.value());
            if (!row.ok()) {
                return row.error();
            }
            if (!row.value()) {
                return okStatus();
            }
            Status taken = fn(select.value());
            if (!taken.ok()) {
                return taken;
            }
        }
    }

    // The rows as values that `make` makes of them.
    template <typename T, typename Make, typename... Values>
    Result<std::vector<T>> all(const Table& table,
                               std::string_view rest,
                               Make&& make,
                               const Values&... values) {
        std::vector<T> found;
        const Status read = rows(
            table,
            rest,
            [&](const Statement& row) {
                found.push_back(make(row));
                return okStatus();
            },
            values...);
        if (!read.ok()) {
            return read.error();
        }
        return found;
    }

    Error damaged(const std::string& what) const {
        return {ErrorCode::kCorrupt, database.file() + ": damaged: " + what};
    }

    Database database;
};

}  // namespace tl
