// SPDX-License-Identifier: Apache-2.0
#include "app/answer/word_index.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <utility>

#include <sqlite3.h>

#include "app/citation/text_words.h"
#include "base/ascii.h"

namespace tl {

namespace {

// Questions are short; of a text pasted as one, the first words decide.
constexpr size_t kMaxTerms = 64;

bool isTermByte(char c) {
    return isAsciiUpper(c) || isAsciiLower(c) || isAsciiDigit(c) || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

// True where a part of an identifier begins at `i`: "max|Step", "HTTP|Server", "crc|32", "32|bit".
bool beginsPart(std::string_view word, size_t i) {
    const char before = word[i - 1];
    const char here = word[i];
    if (isAsciiDigit(before) != isAsciiDigit(here)) {
        return true;
    }
    const bool lowerFollows = i + 1 < word.size() && isAsciiLower(word[i + 1]);
    return isAsciiUpper(here) && (isAsciiLower(before) || (isAsciiUpper(before) && lowerFollows));
}

void appendTerm(std::string_view word, std::vector<std::string>& terms) {
    std::string term = asciiLower(word);
    if (!term.empty() && !isFunctionWord(term)) {
        terms.push_back(std::move(term));
    }
}

void appendIdentifier(std::string_view word, std::vector<std::string>& terms) {
    while (word.starts_with('_')) {
        word.remove_prefix(1);
    }
    while (word.ends_with('_')) {
        word.remove_suffix(1);
    }
    appendTerm(word, terms);
    size_t begin = 0;
    bool hasParts = false;
    for (size_t i = 1; i < word.size(); ++i) {
        if (word[i] == '_' || word[begin] == '_' || beginsPart(word, i)) {
            if (word[begin] != '_') {
                appendTerm(word.substr(begin, i - begin), terms);
            }
            begin = i;
            hasParts = true;
        }
    }
    if (hasParts) {
        appendTerm(word.substr(begin), terms);
    }
}

// Terms that a question says twice count once.
std::vector<std::string> questionTerms(std::string_view question) {
    std::vector<std::string> terms;
    std::set<std::string> known;
    for (std::string& term : searchTerms(question)) {
        if (terms.size() < kMaxTerms && known.insert(term).second) {
            terms.push_back(std::move(term));
        }
    }
    return terms;
}

// Terms hold no quotation mark.
std::string quoted(const std::string& term) {
    return '"' + term + '"';
}

std::string joined(const std::vector<std::string>& terms) {
    std::string text;
    for (const std::string& term : terms) {
        text += (text.empty() ? "" : " ") + term;
    }
    return text;
}

std::string anyOf(const std::vector<std::string>& terms) {
    std::string query;
    for (const std::string& term : terms) {
        query += (query.empty() ? "" : " OR ") + quoted(term);
    }
    return query;
}

Error databaseError(sqlite3* database) {
    return {ErrorCode::kIo, std::string("word index: ") + sqlite3_errmsg(database)};
}

struct Finalizer {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

// A prepared statement, used again and again: reset, bind, step.
class Statement {
public:
    static Result<Statement> prepare(sqlite3* database, const char* sql) {
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v2(database, sql, -1, &statement, nullptr) != SQLITE_OK) {
            return databaseError(database);
        }
        return Statement(database, statement);
    }

    void reset() { sqlite3_reset(m_statement.get()); }
    void bind(int index, std::string_view text) {
        check(sqlite3_bind_text64(
            m_statement.get(), index, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
    }
    void bind(int index, int64_t number) {
        check(sqlite3_bind_int64(m_statement.get(), index, number));
    }
    void bind(int index, double number) {
        check(sqlite3_bind_double(m_statement.get(), index, number));
    }

    // Whether there is a row.
    Result<bool> step() {
        if (m_status == SQLITE_OK) {
            m_status = sqlite3_step(m_statement.get());
        }
        const int status = std::exchange(m_status, SQLITE_OK);
        if (status != SQLITE_ROW && status != SQLITE_DONE) {
            return databaseError(m_database);
        }
        return status == SQLITE_ROW;
    }
    int64_t integer(int column) { return sqlite3_column_int64(m_statement.get(), column); }
    double real(int column) { return sqlite3_column_double(m_statement.get(), column); }

private:
    Statement(sqlite3* database, sqlite3_stmt* statement)
        : m_database(database), m_statement(statement) {}

    // The first binding that fails is told by step().
    void check(int status) { m_status = m_status == SQLITE_OK ? status : m_status; }

    sqlite3* m_database;
    std::unique_ptr<sqlite3_stmt, Finalizer> m_statement;
    int m_status = SQLITE_OK;
};

struct Closer {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
using OwnedDatabase = std::unique_ptr<sqlite3, Closer>;

Status execute(sqlite3* database, const char* sql) {
    if (sqlite3_exec(database, sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
        return databaseError(database);
    }
    return okStatus();
}

}  // namespace

std::vector<std::string> searchTerms(std::string_view text) {
    std::vector<std::string> terms;
    size_t i = 0;
    while (i < text.size()) {
        const size_t begin = i;
        while (i < text.size() && isTermByte(text[i])) {
            ++i;
        }
        if (i > begin) {
            appendIdentifier(text.substr(begin, i - begin), terms);
        } else {
            ++i;
        }
    }
    return terms;
}

class WordIndex::Table {
public:
    static Result<std::unique_ptr<Table>> create(OwnedDatabase owned, sqlite3* database);

    Status add(int64_t passage, std::string_view text, std::string_view fileName);
    Status finish() { return execute(m_database, "RELEASE passage_words"); }
    Result<std::vector<Hit>> find(const std::string& query, size_t limit, double nameWeight);
    // Of all passages; of one.
    Result<int64_t> count(const std::string& query);
    Result<bool> holds(int64_t passage, const std::string& query);
    int64_t size() const { return m_size; }

private:
    Table(OwnedDatabase owned, sqlite3* database)
        : m_owned(std::move(owned)), m_database(database) {}
    Status prepare();

    OwnedDatabase m_owned;  // closed after the statements; none: the database is another's
    sqlite3* m_database;
    std::optional<Statement> m_insert, m_find, m_count, m_holds;
    int64_t m_size = 0;
};

// The index alone, without the texts: these are the corpus's. Stems are Porter's.
Result<std::unique_ptr<WordIndex::Table>> WordIndex::Table::create(OwnedDatabase owned,
                                                                   sqlite3* database) {
    if (sqlite3_compileoption_used("ENABLE_FTS5") == 0) {
        return Error{ErrorCode::kUnsupported, "word index: this SQLite has no FTS5"};
    }
    Status status = execute(database,
                            "DROP TABLE IF EXISTS passage_words;"
                            "CREATE VIRTUAL TABLE passage_words USING fts5(text, name, content='',"
                            " tokenize=\"porter unicode61 tokenchars '_'\");"
                            "SAVEPOINT passage_words");
    std::unique_ptr<Table> table(new Table(std::move(owned), database));
    if (status.ok()) {
        status = table->prepare();
    }
    if (!status.ok()) {
        return status.error();
    }
    return table;
}

Status WordIndex::Table::prepare() {
    const auto prepare = [this](const char* sql, std::optional<Statement>& statement) -> Status {
        Result<Statement> prepared = Statement::prepare(m_database, sql);
        if (!prepared.ok()) {
            return prepared.error();
        }
        statement = std::move(prepared).value();
        return okStatus();
    };
    Status status =
        prepare("INSERT INTO passage_words(rowid, text, name) VALUES (?1, ?2, ?3)", m_insert);
    if (status.ok()) {
        status = prepare(
            "SELECT rowid, -bm25(passage_words, 1.0, ?2) AS score FROM passage_words"
            " WHERE passage_words MATCH ?1 ORDER BY score DESC, rowid LIMIT ?3",
            m_find);
    }
    if (status.ok()) {
        status =
            prepare("SELECT count(*) FROM passage_words WHERE passage_words MATCH ?1", m_count);
    }
    if (status.ok()) {
        status = prepare("SELECT 1 FROM passage_words WHERE passage_words MATCH ?1 AND rowid = ?2",
                         m_holds);
    }
    return status;
}

// Rows are numbered from 1.
Status WordIndex::Table::add(int64_t passage, std::string_view text, std::string_view fileName) {
    m_insert->reset();
    m_insert->bind(1, passage + 1);
    m_insert->bind(2, joined(searchTerms(text)));
    m_insert->bind(3, joined(searchTerms(fileName)));
    const Result<bool> done = m_insert->step();
    if (!done.ok()) {
        return done.error();
    }
    ++m_size;
    return okStatus();
}

Result<std::vector<WordIndex::Hit>> WordIndex::Table::find(const std::string& query,
                                                           size_t limit,
                                                           double nameWeight) {
    m_find->reset();
    m_find->bind(1, query);
    m_find->bind(2, nameWeight);
    m_find->bind(3, static_cast<int64_t>(limit));
    std::vector<Hit> hits;
    for (;;) {
        const Result<bool> row = m_find->step();
        if (!row.ok()) {
            return row.error();
        }
        if (!row.value()) {
            return hits;
        }
        hits.push_back({m_find->integer(0) - 1, m_find->real(1)});
    }
}

Result<int64_t> WordIndex::Table::count(const std::string& query) {
    m_count->reset();
    m_count->bind(1, query);
    const Result<bool> row = m_count->step();
    if (!row.ok()) {
        return row.error();
    }
    return m_count->integer(0);
}

Result<bool> WordIndex::Table::holds(int64_t passage, const std::string& query) {
    m_holds->reset();
    m_holds->bind(1, query);
    m_holds->bind(2, passage + 1);
    return m_holds->step();
}

WordIndex::WordIndex(std::unique_ptr<Table> table) : m_table(std::move(table)) {}
WordIndex::WordIndex(WordIndex&&) noexcept = default;
WordIndex& WordIndex::operator=(WordIndex&&) noexcept = default;
WordIndex::~WordIndex() = default;

Result<WordIndex> WordIndex::inMemory() {
    sqlite3* database = nullptr;
    const int status = sqlite3_open(":memory:", &database);
    OwnedDatabase owned(database);
    if (status != SQLITE_OK) {
        return Error{ErrorCode::kOutOfMemory, "word index: no memory for a database"};
    }
    Result<std::unique_ptr<Table>> table = Table::create(std::move(owned), database);
    if (!table.ok()) {
        return table.error();
    }
    return WordIndex(std::move(table).value());
}

Result<WordIndex> WordIndex::inDatabase(sqlite3* database) {
    Result<std::unique_ptr<Table>> table = Table::create(nullptr, database);
    if (!table.ok()) {
        return table.error();
    }
    return WordIndex(std::move(table).value());
}

Status WordIndex::add(int64_t passage, std::string_view text, std::string_view fileName) {
    return m_table->add(passage, text, fileName);
}

Status WordIndex::finish() {
    return m_table->finish();
}

Result<int64_t> WordIndex::passagesWith(std::string_view word) {
    const std::vector<std::string> terms = searchTerms(word);
    return terms.empty() ? Result<int64_t>(0) : m_table->count("text : " + quoted(joined(terms)));
}

int64_t WordIndex::passages() const {
    return m_table->size();
}

Result<std::vector<WordIndex::Hit>> WordIndex::find(std::string_view question,
                                                    size_t limit,
                                                    double nameWeight) {
    const std::vector<std::string> terms = questionTerms(question);
    if (terms.empty()) {
        return std::vector<Hit>();
    }
    return m_table->find(anyOf(terms), limit, nameWeight);
}

Result<double> WordIndex::coverage(std::string_view question,
                                   const std::vector<int64_t>& passages) {
    double all = 0;
    double covered = 0;
    for (const std::string& term : questionTerms(question)) {
        const Result<int64_t> count = m_table->count(quoted(term));
        if (!count.ok()) {
            return count.error();
        }
        const double worth = std::log(1 + static_cast<double>(m_table->size()) /
                                              static_cast<double>(count.value() + 1));
        all += worth;
        for (const int64_t passage : passages) {
            const Result<bool> holds = m_table->holds(passage, quoted(term));
            if (!holds.ok()) {
                return holds.error();
            }
            if (holds.value()) {
                covered += worth;
                break;
            }
        }
    }
    return all > 0 ? covered / all : 0;
}

}  // namespace tl
