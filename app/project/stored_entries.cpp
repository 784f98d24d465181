// SPDX-License-Identifier: Apache-2.0
#include "app/project/stored_entries.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "app/corpus/corpus.h"
#include "app/corpus/corpus_prefix.h"
#include "app/corpus/page_rows.h"
#include "ingest/document_file.h"

namespace tl {

namespace {

Error broken(const StoredDocument& document, const char* what) {
    return {ErrorCode::kCorrupt, document.name + ": " + what};
}

LoadedEntry failed(StoredFate fate, const Failure& failure, LoadedEntry made) {
    made.file.needsPassword = failure.code == ErrorCode::kInvalidInput;
    if (fate == StoredFate::kNotTaken) {
        made.entry.fate = FileFate::kSkipped;
        made.entry.reason = failure.reason;
    }
    if (fate != StoredFate::kNotTaken || made.file.needsPassword) {
        made.file.skipReason = failure.reason;
    }
    return made;
}

}  // namespace

StoredEntries::StoredEntries(const StoredCorpus& stored,
                             const SourceChoice& choice,
                             const TextModel& model)
    : m_stored(stored), m_reduce(sourceOptions(choice).reduce), m_model(model) {
    for (const PlannedDocument& planned : stored.plan) {
        m_planned.emplace(planned.document, planned);
    }
}

Result<LoadedEntry> StoredEntries::make(size_t index, PromptBuilder& prompt) const {
    const StoredDocument& document = m_stored.documents[index];
    LoadedEntry made;
    made.entry = entryOf(document, m_stored.details[index]);
    const auto fate = static_cast<StoredFate>(document.fate);
    if (fate == StoredFate::kSameContent) {
        made.file.document.contentHash = document.contentHash;
        return made;
    }
    const auto packed = m_stored.extracts.find(document.extractKey);
    if (packed == m_stored.extracts.end()) {
        return broken(document, "its text is missing");
    }
    std::optional<Reading<Document>> read = unpackReading(packed->second, made.entry, m_reduce);
    if (!read) {
        return broken(document, "its text is damaged");
    }
    if (!read->ok()) {
        return failed(fate, read->error(), std::move(made));
    }
    made.file.document = std::move(*read).value();
    made.file.document.contentHash = document.contentHash;
    made.file.isContainer = fate == StoredFate::kOpened;
    if (made.file.isContainer) {
        return made;
    }
    return withTokens(document, std::move(made), prompt);
}

Result<LoadedEntry> StoredEntries::withTokens(const StoredDocument& stored,
                                              LoadedEntry made,
                                              PromptBuilder& prompt) const {
    const auto planned = m_planned.find(stored.id);
    const auto total = std::ssize(m_stored.tokens);
    if (planned == m_planned.end() || planned->second.first < 0 || planned->second.count < 0 ||
        planned->second.first + planned->second.count > total) {
        return broken(stored, "it has no place in the sequence");
    }
    LoadedFile& file = made.file;
    const std::span tokens = std::span(m_stored.tokens)
                                 .subspan(static_cast<size_t>(planned->second.first),
                                          static_cast<size_t>(planned->second.count));
    prompt.appendDocumentHead(stored.name, file.tokens);
    file.headTokens = std::ssize(file.tokens);
    const auto head = static_cast<size_t>(file.headTokens);
    if (tokens.size() < head ||
        !std::equal(file.tokens.begin(), file.tokens.end(), tokens.begin())) {
        return broken(stored, "its name does not stand where it should");
    }
    if (tokenEndsIn(
            file.document.text, tokens.subspan(head), m_model.tokenizer(), file.tokenEnds)) {
        file.tokens.assign(tokens.begin(), tokens.end());
    } else {
        // A vocabulary without a token for some byte.
        file.tokenEnds.clear();
        prompt.appendText(file.document.text, file.tokens, file.tokenEnds);
        if (!std::equal(file.tokens.begin(), file.tokens.end(), tokens.begin(), tokens.end())) {
            return broken(stored, "its tokens are not those of its text");
        }
    }
    file.tokenCount = std::ssize(file.tokens);
    file.passages = segmentPassages(file.document, /*document=*/0);
    file.contentHash = std::hash<std::string_view>{}(file.document.text);
    file.pages = pageRowsOf(file.document);
    file.isComplete = true;
    return made;
}

}  // namespace tl
