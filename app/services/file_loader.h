// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "app/app_types.h"
#include "app/services/language_model.h"
#include "base/result.h"
#include "ingest/corpus.h"

namespace tl {

// A file's text and tokens, or why there are none.
struct LoadedFile {
    std::string skipReason;      // empty: loaded
    bool needsPassword = false;  // skipped, and a password would help
    Document document;
    std::vector<Passage> passages;
    std::vector<TokenId> tokens;  // document head, then text
    int64_t headTokens = 0;
    std::vector<uint32_t> tokenEnds;
    int64_t tokenCount = 0;      // of `tokens`, kept where they were let go
    size_t contentHash = 0;      // of the text
    bool isComplete = false;     // false: text and tokens were let go, see loadFiles()
    std::vector<PageRow> pages;  // of the document, kept where its text was let go
    bool isContainer = false;    // an archive: has members and no text
    std::vector<struct LoadedMember> members;  // of an archive, attachments of a mail: all that lie
                                               // within, in the order of readWithMembers()
};

struct LoadedMember {
    SourceEntry entry;
    LoadedFile file;
};

// Tokens of a file with all its members.
int64_t tokensWithMembers(const LoadedFile& file);

struct LoadSettings {
    const SourceOptions& options;
    ReaderSet& readers;
    int64_t tokenLimit;  // texts behind this many distinct tokens are counted and not kept
};

// What happened since the last batch.
struct LoadBatch {
    std::vector<SourceEntry> found;  // in walk order, behind those of the batches before
    std::vector<std::pair<int64_t, const LoadedFile*>> loaded;  // by index in walk order
};

// Walks the places on a thread of its own while the entries that are in, and what lies within
// them, are read and tokenised on all cores. Results stand in walk order. Once the distinct texts
// so far hold more than the limit of tokens, further texts are counted but not kept: the plan
// cannot be read anyway, and a folder may be larger than memory. `changed` is called on this
// thread, at most every 50 ms. Errors of walkSources(); kUnsupported when the model's vocabulary
// lacks control tokens; kCancelled.
Result<std::vector<LoadedFile>> loadFiles(const std::vector<std::filesystem::path>& places,
                                          const LoadSettings& settings,
                                          const TextModel& model,
                                          const std::stop_token& stop,
                                          const std::function<void(const LoadBatch&)>& changed);

}  // namespace tl
