// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/app_types.h"
#include "app/corpus/file_loader.h"
#include "app/corpus/reading_order.h"
#include "app/model/language_model.h"
#include "base/result.h"
#include "engine/tokenizer.h"
#include "ingest/corpus.h"
#include "ingest/document.h"
#include "ingest/reason.h"

namespace tl {

// A file that is read: its text, and where its tokens stand in the sequence.
struct CorpusFile {
    Document document;
    std::vector<Passage> passages;    // in order; Passage::document = index in Corpus::files
    int64_t firstPosition = 0;        // of the first token, which is its name's
    int64_t textPosition = 0;         // of the text's first token
    std::vector<uint32_t> tokenEnds;  // byte offset in the text after each of its tokens
};

// Where a row of the list comes from, for keeping it.
struct CorpusSource {
    SourceEntry entry;                            // with the walk's own fate and reason
    std::string contentHash{};                    // of the bytes that were read; empty: none were
    std::optional<Failure> failure{};             // why reading it gave nothing
    std::shared_ptr<const Document> container{};  // of an archive that was opened
    int64_t file = -1;                            // index in Corpus::files; -1: not in
};

// What is read for a choice of files, in reading order. Immutable once loaded.
struct Corpus {
    std::vector<FileRow> rows;            // everything that was met, in walk order
    std::vector<CorpusSource> sources{};  // of each row; empty where the plan has a problem
    std::vector<CorpusFile> files;        // empty where the plan has a problem
    std::vector<TokenId> tokens;          // the whole corpus part, likewise
    PlanSummary plan;
};

using CountedRows = std::vector<std::pair<int64_t, FileRow>>;

// Called on the thread of loadCorpus(); either may be empty.
struct LoadEvents {
    // The list from an index on: what the walk has found since, or, from 0, all of it again when
    // archives were opened. At least once.
    std::function<void(int64_t from, const std::vector<FileRow>&)> listed;
    std::function<void(const CountedRows&)> counted;  // rows that got their state and tokens
};

// Positions kept free after the corpus for a question and its answer.
inline constexpr int64_t kAnswerReserve = 1024;
// Of the second look's sequence: for the head, the file names, the passages, the question and its
// answer. The passages alone may exceed their budget, where the best one is longer than it.
inline constexpr int64_t kSecondLookPositions = 16384;

// What an earlier reading of the same choice has left: either may be empty.
struct EarlierReading {
    KnownFile known{};
    ReadingOrder order{};
};

// How a choice is walked and read.
SourceOptions sourceOptions(const SourceChoice& choice);

// Walks the choice while every file's text is read on all cores, counts tokens and lays out the
// sequence: files in walk order or that of `earlier`, a text that stands at two paths once. What
// cannot be read is no failure but a problem of the plan. kNotFound for a chosen path that does not
// exist; kCancelled.
Result<Corpus> loadCorpus(const SourceChoice& choice,
                          const TextModel& model,
                          const std::stop_token& stop,
                          const LoadEvents& events,
                          const EarlierReading& earlier = {});

}  // namespace tl
