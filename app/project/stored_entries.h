// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "app/corpus/file_loader.h"
#include "app/model/language_model.h"
#include "app/project/document_details.h"
#include "app/project/stored_corpus.h"
#include "base/result.h"
#include "engine/prompt.h"
#include "ingest/corpus.h"

namespace tl {

// Turns stored documents back into loaded ones. Thread-compatible; what it is given outlives it.
class StoredEntries {
public:
    StoredEntries(const StoredCorpus& stored, const SourceChoice& choice, const TextModel& model);

    // The document of that index. kCorrupt. Of one with the content of another the entry alone.
    Result<LoadedEntry> make(size_t index, PromptBuilder& prompt) const;

private:
    Result<LoadedEntry> withTokens(const StoredDocument& stored,
                                   LoadedEntry made,
                                   PromptBuilder& prompt) const;

    const StoredCorpus& m_stored;
    const std::vector<ReduceRule> m_reduce;
    const TextModel& m_model;
    std::unordered_map<int64_t, PlannedDocument> m_planned;  // by document
};

}  // namespace tl
