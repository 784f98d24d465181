// SPDX-License-Identifier: Apache-2.0
// ProjectReader::verify(): from the outside in. What SQLite can say of its own structure, then the
// checksum of every row, then, where all rows are as they were written, whether they fit together.
#include <utility>

#include "store/project_reader.h"
#include "store/read/reader_connection.h"

namespace tl {

namespace {

using Lines = std::vector<std::string>;

Error cancelled(const Database& database) {
    return {ErrorCode::kCancelled, database.file() + ": stopped before all of it was looked at"};
}

// Whether looking goes on after an error, which is what was looked for.
bool isFinding(const Error& error) {
    return error.code == ErrorCode::kCorrupt || error.code == ErrorCode::kUnsupported;
}

// SQLite says "ok", or what is wrong.
Status checkStructure(Database& database,
                      const char* pragma,
                      const std::string& what,
                      Lines& found) {
    Result<Statement> statement = database.prepare(pragma);
    if (!statement.ok()) {
        return statement.error();
    }
    for (;;) {
        const Result<bool> row = statement.value().step();
        if (!row.ok()) {
            return row.error();
        }
        if (!row.value()) {
            return okStatus();
        }
        const std::string said = statement.value().text(0);
        if (said != "ok") {
            found.push_back(database.file() + ": damaged: " + what +
                            said.substr(0, said.find('\n')));
        }
    }
}

Status checkRows(Database& database,
                 const Table& table,
                 Lines& found,
                 const std::function<bool()>& goesOn) {
    Result<Statement> select = prepareSelect(database, table, "");
    if (!select.ok()) {
        return select.error();
    }
    for (;;) {
        const Result<bool> row = stepChecked(database, table, select.value());
        if (!row.ok() && row.error().code == ErrorCode::kCorrupt && select.value().hasRow()) {
            found.push_back(row.error().message);
        } else if (!row.ok()) {
            return row.error();
        } else if (!row.value()) {
            return okStatus();
        }
        if (!goesOn()) {
            return cancelled(database);
        }
    }
}

Result<int64_t> countRows(Database& database) {
    int64_t rows = 0;
    for (const Table* table : kTables) {
        Result<int64_t> count = database.number(std::string("SELECT count(*) FROM ") + table->name);
        if (!count.ok()) {
            return count;
        }
        rows += count.value();
    }
    return rows;
}

// An error that is a finding becomes a line.
Status noted(Status status, Lines& found) {
    if (!status.ok() && isFinding(status.error())) {
        found.push_back(status.error().message);
        return okStatus();
    }
    return status;
}

template <typename T>
Status statusOf(const Result<T>& result) {
    return result.ok() ? okStatus() : Status(result.error());
}

Status checkPlan(ProjectReader& reader, const Error& damaged) {
    const Result<std::vector<PlannedDocument>> plan = reader.plan();
    const Result<std::vector<int32_t>> tokens = reader.tokens();
    if (!plan.ok() || !tokens.ok()) {
        return plan.ok() ? tokens.error() : plan.error();
    }
    int64_t reached = 0;
    for (const PlannedDocument& row : plan.value()) {
        if (row.first < reached || row.count < 0) {
            return damaged;
        }
        reached = row.first + row.count;
    }
    return reached <= std::ssize(tokens.value()) ? okStatus() : Status(damaged);
}

// Parts that are missing, and bytes that were damaged before they were summed.
Status checkWhole(ProjectReader& reader, Lines& found, const std::function<bool()>& goesOn) {
    const Result<std::vector<CheckpointInfo>> checkpoints = reader.checkpoints();
    if (!checkpoints.ok()) {
        return checkpoints.error();
    }
    Status done = okStatus();
    for (const CheckpointInfo& checkpoint : checkpoints.value()) {
        if (!done.ok() || !goesOn()) {
            return done;
        }
        done = noted(statusOf(reader.checkpointState(checkpoint.position)), found);
    }
    if (done.ok() && !checkpoints.value().empty()) {
        const PageSink sink = [&goesOn](const StoredPage& page) {
            return goesOn() ? okStatus()
                            : Status(Error{ErrorCode::kCancelled, std::to_string(page.first)});
        };
        done = noted(reader.pages(checkpoints.value().back().position, sink), found);
    }
    return done;
}

Status checkTexts(ProjectReader& reader,
                  const std::vector<std::string>& keys,
                  Lines& found,
                  const std::function<bool()>& goesOn) {
    Status done = okStatus();
    for (const std::string& key : keys) {
        if (!done.ok() || !goesOn()) {
            return done;
        }
        done = noted(statusOf(reader.extract(key)), found);
    }
    return done;
}

}  // namespace

Result<std::vector<std::string>> ProjectReader::verify(const ProgressFn& progress,
                                                       const std::stop_token& stop) {
    Database& database = m_connection->database;
    const std::stop_callback interrupts(stop, [&database] { database.interrupt(); });
    Lines found;
    Progress rows;
    const auto goesOn = [&] {
        ++rows.done;
        if (progress && rows.done <= rows.total) {
            progress(rows);
        }
        return !stop.stop_requested();
    };
    Status done = noted(checkStructure(database, "PRAGMA integrity_check", "", found), found);
    if (done.ok() && found.empty()) {
        done = noted(
            checkStructure(
                database, "PRAGMA foreign_key_check", "what a row stands for is missing: ", found),
            found);
    }
    const Result<int64_t> total = countRows(database);
    rows.total = total.ok() ? total.value() : 0;
    for (const Table* table : kTables) {
        if (done.ok()) {
            done = noted(checkRows(database, *table, found, goesOn), found);
        }
    }
    const Result<Lines> keys = m_connection->all<std::string>(
        kExtract, "", [](const Statement& row) { return row.text(0); });
    if (done.ok() && found.empty() && keys.ok()) {
        const Error damaged = m_connection->damaged("its plan does not fit its token ids");
        done = noted(checkPlan(*this, damaged), found);
        if (done.ok()) {
            done = checkWhole(*this, found, goesOn);
        }
        if (done.ok()) {
            done = checkTexts(*this, keys.value(), found, goesOn);
        }
    }
    if (stop.stop_requested()) {
        return cancelled(database);
    }
    if (!done.ok()) {
        return done.error();
    }
    return found;
}

}  // namespace tl
