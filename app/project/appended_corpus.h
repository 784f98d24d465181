// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "app/project/stored_corpus.h"
#include "base/result.h"
#include "engine/prompt.h"
#include "ingest/corpus.h"
#include "ingest/document.h"

namespace tl {

// A file as it is now, for the end of a sequence.
struct AppendedFile {
    SourceEntry entry;
    Document document;
    std::vector<TokenId> tokens;  // head and text
};

// The stored corpus with this file's text after everything else, in place of what was read of the
// file before. A document that was left out because it held the same is read itself now, where the
// file stood. kUnsupported for a file that holds others. A sequence that is empty gets its head.
Result<StoredCorpus> withAppended(StoredCorpus corpus, AppendedFile file, PromptBuilder& prompt);

}  // namespace tl
