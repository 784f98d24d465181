// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

struct sqlite3;

namespace tl {

// The terms under which a text is found: its words in lower case, function words left out. An
// identifier counts whole and in parts, cut at case, digits and underscores: "maxStep_mm" is
// maxstep_mm, max, step, mm. ASCII decides about case; other letters are left to the index.
// Terms hold letters, digits, underscores and bytes beyond ASCII alone.
std::vector<std::string> searchTerms(std::string_view text);

// Which passages hold a question's words: a full-text index in SQLite (FTS5) that ranks by BM25
// (Robertson and Zaragoza 2009), English words by their stems. A passage's file name counts among
// its words with a weight of its own.
// A question reaches SQLite as quoted terms only, never in its query syntax. Not thread-safe.
class WordIndex {
public:
    // In memory, or as a table of an open database, which outlives the index; what the table held
    // is dropped. kUnsupported for a SQLite without FTS5; kIo with SQLite's words.
    static Result<WordIndex> inMemory();
    static Result<WordIndex> inDatabase(sqlite3* database);

    WordIndex(WordIndex&&) noexcept;
    WordIndex& operator=(WordIndex&&) noexcept;
    ~WordIndex();

    // Passages are known by their number, from 0, each added once.
    Status add(int64_t passage, std::string_view text, std::string_view fileName);
    // Puts what was added into the database. Before the first search.
    Status finish();

    // Passages whose text says a word as written, whatever its case and English ending; their
    // number in all.
    Result<int64_t> passagesWith(std::string_view word);
    int64_t passages() const;

    struct Hit {
        int64_t passage = 0;
        double score = 0;  // larger is better
    };
    // The passages with any of the question's terms, best first, of equal ones the earlier; at
    // most `limit`. Empty for a question of function words alone.
    // nameWeight: what a term in the file's name is worth, where one in the text is worth 1.
    Result<std::vector<Hit>> find(std::string_view question, size_t limit, double nameWeight);

    // How much of the question stands in these passages, from 0 to 1: the share of its terms that
    // any of them holds, each term worth the more the fewer passages of the index hold it (inverse
    // document frequency; one that none holds is worth most). 0 without terms.
    Result<double> coverage(std::string_view question, const std::vector<int64_t>& passages);

private:
    class Table;
    explicit WordIndex(std::unique_ptr<Table> table);

    std::unique_ptr<Table> m_table;
};

}  // namespace tl
