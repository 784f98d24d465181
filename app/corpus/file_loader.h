// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/app_types.h"
#include "app/model/language_model.h"
#include "base/result.h"
#include "ingest/corpus.h"
#include "ingest/reason.h"

namespace tl {

// A file's text and tokens, or why there are none.
struct LoadedFile {
    Reason skipReason;           // none: loaded
    bool needsPassword = false;  // skipped, and a password would help
    Document document;
    std::vector<Passage> passages;
    std::vector<TokenId> tokens;  // document head, then text
    int64_t headTokens = 0;
    std::vector<uint32_t> tokenEnds;
    int64_t tokenCount = 0;      // of `tokens`, kept where they were let go; so are
    std::vector<PageRow> pages;  // those of the document
    size_t contentHash = 0;      // and the hash of the text
    int64_t textId = -1;         // the same for equal texts, -1 where there is none
    bool isComplete = false;     // false: text and tokens were let go, see loadFiles()
    bool isContainer = false;    // an archive: has members and no text
    // Of an archive, attachments of a mail: all that lie within, in the order of readWithMembers().
    std::vector<std::unique_ptr<struct LoadedEntry>> members;
};

// What the walk met, or what lies within it, and what came of it.
struct LoadedEntry {
    SourceEntry entry;
    LoadedFile file;
};

// Tokens of a file with all its members.
int64_t tokensWithMembers(const LoadedFile& file);

// Memory that a file's text, tokens and places take, its members not counted.
int64_t keptBytes(const LoadedFile& file);

// What an entry of the walk gave when it was read before, with its members, where that still holds:
// it is not read again then. Called on many threads at once.
using KnownFile = std::function<std::optional<LoadedFile>(const SourceEntry& entry)>;

struct LoadSettings {
    const SourceOptions& options;
    ReaderSet& readers;
    int64_t tokenLimit;  // texts after this many distinct tokens are counted and not kept,
    int64_t keptLimit = int64_t{1} << 30;  // and so are those after this much memory
    KnownFile known{};                     // may be empty
};

// What happened since the last batch.
struct LoadBatch {
    std::vector<SourceEntry> found;  // in walk order, after those of the batches before
    std::vector<std::pair<int64_t, const LoadedFile*>> loaded;  // by index in walk order
};

// Walks the places on a thread of its own while the entries that are in, and what lies within
// them, are read and tokenised on all cores. Results stand in walk order. Of equal texts the first
// in walk order is kept. Once the distinct texts so far hold more than the limit of tokens or of
// memory, further texts are counted but not kept: the plan cannot be read anyway, and a folder may
// be larger than memory. `changed` is called on this thread, at most every 50 ms; of the files it
// is shown, those fields change no more that a text let go keeps. Errors of walkSources();
// kUnsupported when the model's vocabulary lacks control tokens; kCancelled.
Result<std::vector<LoadedEntry>> loadFiles(const std::vector<std::filesystem::path>& places,
                                           const LoadSettings& settings,
                                           const TextModel& model,
                                           const std::stop_token& stop,
                                           const std::function<void(const LoadBatch&)>& changed);

}  // namespace tl
