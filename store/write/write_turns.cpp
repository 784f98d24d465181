// SPDX-License-Identifier: Apache-2.0
#include "store/write/write_turns.h"

#include <span>
#include <string>
#include <string_view>

#include "store/schema/tables.h"

namespace tl {

namespace {

std::span<const std::byte> blobOf(const std::string& text) {
    return std::as_bytes(std::span(text));
}

// Not "INSERT OR REPLACE", which would take the turns with the row it replaces.
Status writeConversations(Database& database, const ProjectChange& change) {
    Result<Statement> insert = database.prepare(
        "INSERT INTO conversation(id, title, started_ns, checksum) VALUES (?1, ?2, ?3, ?4)"
        " ON CONFLICT (id) DO UPDATE SET title = excluded.title,"
        " started_ns = excluded.started_ns, checksum = excluded.checksum");
    if (!insert.ok()) {
        return insert.error();
    }
    for (const StoredConversation& row : change.conversations) {
        Status done = insert.value().runSummed(row.id, std::string_view(row.title), row.startedNs);
        if (!done.ok()) {
            return done;
        }
    }
    return okStatus();
}

Status writeCitations(Statement& insert, const StoredTurn& turn) {
    int64_t ordinal = 0;
    for (const StoredCitation& citation : turn.citations) {
        Status done = insert.runSummed(turn.conversation,
                                       turn.ordinal,
                                       ordinal++,
                                       citation.document,
                                       std::string_view(citation.name),
                                       citation.begin,
                                       citation.end,
                                       citation.standing,
                                       std::string_view(citation.place),
                                       std::string_view(citation.quote));
        if (!done.ok()) {
            return done;
        }
    }
    return okStatus();
}

Status writeTurn(Statement& insert, const StoredTurn& turn) {
    return insert.runSummed(turn.conversation,
                            turn.ordinal,
                            std::string_view(turn.question),
                            std::string_view(turn.answer),
                            turn.position,
                            std::string_view(turn.stateDigest),
                            blobOf(turn.prompt),
                            std::string_view(turn.sampler),
                            static_cast<int64_t>(turn.seed),
                            std::string_view(turn.fingerprint),
                            std::string_view(turn.versions),
                            turn.askedNs,
                            blobOf(turn.details),
                            std::ssize(turn.citations));
}

Status writeTurnRows(Database& database, const ProjectChange& change) {
    // Replacing a turn takes its citations with it.
    Result<Statement> turns = prepareInsert(database, kTurn, "INSERT OR REPLACE");
    Result<Statement> citations = prepareInsert(database, kCitation, "INSERT");
    if (!turns.ok() || !citations.ok()) {
        return turns.ok() ? citations.error() : turns.error();
    }
    for (const StoredTurn& turn : change.turns) {
        Status done = writeTurn(turns.value(), turn);
        if (done.ok()) {
            done = writeCitations(citations.value(), turn);
        }
        if (!done.ok()) {
            return done;
        }
    }
    return okStatus();
}

Status removeConversations(Database& database, const ProjectChange& change) {
    Result<Statement> remove = database.prepare("DELETE FROM conversation WHERE id = ?1");
    if (!remove.ok()) {
        return remove.error();
    }
    for (const int64_t id : change.removedConversations) {
        Status done = remove.value().run(id);
        if (!done.ok()) {
            return done;
        }
    }
    return okStatus();
}

}  // namespace

Status writeTurns(Database& database, const ProjectChange& change) {
    Status done = okStatus();
    if (!change.conversations.empty()) {
        done = writeConversations(database, change);
    }
    if (done.ok() && !change.turns.empty()) {
        done = writeTurnRows(database, change);
    }
    if (done.ok() && !change.removedConversations.empty()) {
        done = removeConversations(database, change);
    }
    return done;
}

}  // namespace tl
