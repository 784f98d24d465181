// SPDX-License-Identifier: Apache-2.0
#include "store/project_reader.h"

#include <system_error>
#include <utility>

#include "store/blob/state_parts.h"
#include "store/blob/token_ids.h"
#include "store/read/page_reading.h"
#include "store/read/project_sizes.h"
#include "store/read/reader_connection.h"
#include "store/schema/schema.h"
#include "store/schema/tables.h"
#include "store/sqlite/database.h"

namespace tl {

namespace {

// SQLite's own way needs files beside the project, for the log and for who reads it. In a folder
// that cannot be written there may be neither; without a log, nobody has left anything there.
Result<Database> openForReading(const std::filesystem::path& path) {
    Result<Database> database = Database::open(path, Database::Access::kRead);
    Status checked = database.ok() ? checkForReading(database.value()) : database.error();
    // One in which nothing has been committed yet can be read, and is not found either.
    const bool isReadable =
        database.ok() && database.value().number("SELECT count(*) FROM sqlite_schema").ok();
    const bool isAboutFiles = !checked.ok() && (checked.error().code == ErrorCode::kNotFound ||
                                                checked.error().code == ErrorCode::kIo);
    if (isAboutFiles && !isReadable) {
        std::filesystem::path log = path;
        log += "-wal";
        std::error_code none;
        const uintmax_t logBytes = std::filesystem::file_size(log, none);
        if (!none && logBytes > 0) {
            return Error{ErrorCode::kIo,
                         path.string() +
                             ": cannot be read with the log beside it where nothing"
                             " can be written; copy both elsewhere"};
        }
        database = Database::open(path, Database::Access::kReadUnchanging);
        checked = database.ok() ? checkForReading(database.value()) : database.error();
    }
    if (!checked.ok()) {
        return checked.error();
    }
    return database;
}

StoredDocument documentOf(const Statement& row) {
    return {row.integer(0),
            row.text(1),
            row.text(2),
            row.integer(3),
            row.integer(4),
            row.text(5),
            row.integer(6),
            row.text(7),
            row.text(8)};
}

StoredTurn turnOf(const Statement& row) {
    StoredTurn turn;
    turn.conversation = row.integer(0);
    turn.ordinal = row.integer(1);
    turn.question = row.text(2);
    turn.answer = row.text(3);
    turn.position = row.integer(4);
    turn.stateDigest = row.text(5);
    turn.prompt = row.text(6);
    turn.sampler = row.text(7);
    turn.seed = static_cast<uint64_t>(row.integer(8));
    turn.fingerprint = row.text(9);
    turn.versions = row.text(10);
    turn.askedNs = row.integer(11);
    turn.details = row.text(12);
    return turn;
}

StoredCitation citationOf(const Statement& row) {
    return {row.integer(3),
            row.text(4),
            row.integer(5),
            row.integer(6),
            row.integer(7),
            row.text(8),
            row.text(9)};
}

}  // namespace

ProjectReader::ProjectReader(std::unique_ptr<Connection> connection)
    : m_connection(std::move(connection)) {}
ProjectReader::ProjectReader(ProjectReader&&) noexcept = default;
ProjectReader& ProjectReader::operator=(ProjectReader&&) noexcept = default;
ProjectReader::~ProjectReader() = default;

Result<ProjectReader> ProjectReader::open(const std::filesystem::path& path) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored)) {
        return Error{ErrorCode::kNotFound, path.string() + ": is not there"};
    }
    Result<Database> database = openForReading(path);
    if (!database.ok()) {
        return database.error();
    }
    return ProjectReader(std::make_unique<Connection>(std::move(database).value()));
}

ProjectReader::View::View(View&& other) noexcept
    : m_connection(std::exchange(other.m_connection, nullptr)) {}

ProjectReader::View::~View() {
    if (m_connection != nullptr) {
        (void)m_connection->database.execute("COMMIT");  // of a transaction that only read
    }
}

Result<ProjectReader::View> ProjectReader::view() {
    const Status begun = m_connection->database.execute("BEGIN");
    if (!begun.ok()) {
        return begun.error();
    }
    return View(m_connection.get());
}

Result<std::map<std::string, std::string>> ProjectReader::properties() {
    std::map<std::string, std::string> found;
    const Status read = m_connection->rows(kProperty, "", [&](const Statement& row) {
        found.emplace(row.text(0), row.text(1));
        return okStatus();
    });
    if (!read.ok()) {
        return read.error();
    }
    return found;
}

Result<std::vector<StoredDocument>> ProjectReader::documents() {
    return m_connection->all<StoredDocument>(kDocument, "ORDER BY id", documentOf);
}

Result<bool> ProjectReader::hasExtract(const std::string& key) {
    Result<Statement> select = prepareSelect(m_connection->database, kExtract, "WHERE key = ?1");
    if (!select.ok()) {
        return select.error();
    }
    select.value().bindAll(std::string_view(key));
    return stepChecked(m_connection->database, kExtract, select.value());
}

Result<StoredExtract> ProjectReader::extract(const std::string& key) {
    const Result<std::vector<int64_t>> parts = m_connection->all<int64_t>(
        kExtract,
        "WHERE key = ?1",
        [](const Statement& row) { return row.integer(1); },
        std::string_view(key));
    if (!parts.ok()) {
        return parts.error();
    }
    if (parts.value().empty()) {
        return Error{ErrorCode::kNotFound, m_connection->database.file() + ": has no text " + key};
    }
    StoredExtract found{key, {}};
    int64_t next = 0;
    const Status read = m_connection->rows(
        kExtractPart,
        "WHERE key = ?1 ORDER BY part",
        [&](const Statement& row) {
            const bool follows = row.integer(1) == next++;
            found.bytes += row.text(2);
            return follows ? okStatus()
                           : m_connection->damaged("a part of text " + key + " is missing");
        },
        std::string_view(key));
    if (!read.ok()) {
        return read.error();
    }
    if (next != parts.value().front()) {
        return m_connection->damaged("a part of text " + key + " is missing");
    }
    return found;
}

Result<std::vector<PlannedDocument>> ProjectReader::plan() {
    return m_connection->all<PlannedDocument>(kPlan, "ORDER BY ordinal", [](const Statement& row) {
        return PlannedDocument{row.integer(1), row.integer(2), row.integer(3)};
    });
}

Result<int64_t> ProjectReader::tokenCount() {
    return m_connection->database.number(
        "SELECT first + count FROM token_part ORDER BY first DESC LIMIT 1");
}

Result<std::vector<int32_t>> ProjectReader::tokens() {
    std::vector<int32_t> found;
    const Status read =
        m_connection->rows(kTokenPart, "ORDER BY first", [&](const Statement& row) -> Status {
            if (row.integer(0) != std::ssize(found)) {
                return m_connection->damaged("token ids from " + std::to_string(found.size()) +
                                             " on are missing");
            }
            const Status unpacked = unpackTokens(row.blob(2), row.integer(1), found);
            return unpacked.ok() ? unpacked : m_connection->damaged(rowName(kTokenPart, row));
        });
    if (!read.ok()) {
        return read.error();
    }
    return found;
}

Result<std::vector<CheckpointInfo>> ProjectReader::checkpoints() {
    return m_connection->all<CheckpointInfo>(
        kCheckpoint, "ORDER BY position", [](const Statement& row) {
            return CheckpointInfo{row.integer(0), row.integer(2)};
        });
}

Result<std::vector<std::byte>> ProjectReader::checkpointState(int64_t position) {
    const Result<std::vector<int64_t>> parts = m_connection->all<int64_t>(
        kCheckpoint,
        "WHERE position = ?1",
        [](const Statement& row) { return row.integer(1); },
        position);
    const std::string name = "checkpoint at token " + std::to_string(position);
    if (!parts.ok()) {
        return parts.error();
    }
    if (parts.value().empty()) {
        return Error{ErrorCode::kNotFound, m_connection->database.file() + ": has no " + name};
    }
    std::vector<std::byte> state;
    int64_t next = 0;
    const Status read = m_connection->rows(
        kCheckpointPart,
        "WHERE position = ?1 ORDER BY part",
        [&](const Statement& row) -> Status {
            const bool follows = row.integer(1) == next++;
            const Status unpacked = unpackStatePart(row.blob(2), state);
            return follows && unpacked.ok() ? okStatus() : m_connection->damaged(name);
        },
        position);
    if (!read.ok()) {
        return read.error();
    }
    if (next != parts.value().front()) {
        return m_connection->damaged(name + " has a part missing");
    }
    return state;
}

Status ProjectReader::pages(int64_t position, const PageSink& sink) {
    PageAssembly assembly(sink);
    Status read = m_connection->rows(
        kPage,
        "WHERE first < ?1 ORDER BY first, layer, part",
        [&](const Statement& row) { return assembly.add(row); },
        position);
    if (read.ok()) {
        read = assembly.finish(position);
    }
    const bool isOurs = !read.ok() && assembly.isBroken();
    return isOurs ? m_connection->damaged(read.error().message) : read;
}

Result<ProjectSizes> ProjectReader::sizes() {
    return projectSizes(m_connection->database);
}

Result<std::vector<StoredConversation>> ProjectReader::conversations() {
    return m_connection->all<StoredConversation>(
        kConversation, "ORDER BY id", [](const Statement& row) {
            return StoredConversation{row.integer(0), row.text(1), row.integer(2)};
        });
}

Result<std::vector<StoredTurn>> ProjectReader::turns(int64_t conversation) {
    std::vector<int64_t> citationCounts;
    Result<std::vector<StoredTurn>> turns = m_connection->all<StoredTurn>(
        kTurn,
        "WHERE conversation = ?1 ORDER BY ordinal",
        [&](const Statement& row) {
            citationCounts.push_back(row.integer(13));
            return turnOf(row);
        },
        conversation);
    if (!turns.ok()) {
        return turns;
    }
    auto count = citationCounts.begin();
    for (StoredTurn& turn : turns.value()) {
        Result<std::vector<StoredCitation>> citations = m_connection->all<StoredCitation>(
            kCitation,
            "WHERE conversation = ?1 AND turn = ?2 ORDER BY ordinal",
            citationOf,
            conversation,
            turn.ordinal);
        if (!citations.ok()) {
            return citations.error();
        }
        if (std::ssize(citations.value()) != *count++) {
            return m_connection->damaged("citations of turn " + std::to_string(turn.ordinal) +
                                         " of conversation " + std::to_string(conversation) +
                                         " are missing");
        }
        turn.citations = std::move(citations).value();
    }
    return turns;
}

}  // namespace tl
