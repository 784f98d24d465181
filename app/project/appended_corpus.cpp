// SPDX-License-Identifier: Apache-2.0
#include "app/project/appended_corpus.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "app/project/corpus_change.h"
#include "app/project/document_details.h"

namespace tl {

namespace {

constexpr auto kIn = static_cast<int64_t>(StoredFate::kIn);
constexpr auto kSameContent = static_cast<int64_t>(StoredFate::kSameContent);

// Index of the document that the walk met under this name; that of the end where there is none.
size_t indexOf(const StoredCorpus& corpus, const std::string& name) {
    size_t index = 0;
    while (index < corpus.documents.size() &&
           (corpus.isMember(index) || corpus.documents[index].name != name)) {
        ++index;
    }
    return index;
}

// Puts these tokens where a planned document stood: those of `heir`, or none where it is 0.
void replace(StoredCorpus& corpus, size_t ordinal, int64_t heir, std::vector<TokenId> tokens) {
    PlannedDocument& planned = corpus.plan[ordinal];
    const int64_t growth = std::ssize(tokens) - planned.count;
    const auto begin = corpus.tokens.begin() + planned.first;
    const auto place = corpus.tokens.erase(begin, begin + planned.count);
    corpus.tokens.insert(place, tokens.begin(), tokens.end());
    for (size_t i = ordinal + 1; i < corpus.plan.size(); ++i) {
        corpus.plan[i].first += growth;
    }
    if (heir != 0) {
        planned.document = heir;
        planned.count = std::ssize(tokens);
    } else {
        corpus.plan.erase(corpus.plan.begin() + static_cast<std::ptrdiff_t>(ordinal));
    }
}

// Takes what was read of a document out of the sequence.
void takeOut(StoredCorpus& corpus, const StoredDocument& old, PromptBuilder& prompt) {
    const auto planned =
        std::find_if(corpus.plan.begin(), corpus.plan.end(), [&](const PlannedDocument& each) {
            return each.document == old.id;
        });
    if (planned == corpus.plan.end()) {
        return;
    }
    const auto ordinal = static_cast<size_t>(planned - corpus.plan.begin());
    const auto twin = std::find_if(
        corpus.documents.begin(), corpus.documents.end(), [&](const StoredDocument& each) {
            return each.fate == kSameContent && each.extractKey == old.extractKey;
        });
    if (twin == corpus.documents.end()) {
        replace(corpus, ordinal, /*heir=*/0, {});
        return;
    }
    std::vector<TokenId> oldHead;
    prompt.appendDocumentHead(old.name, oldHead);
    std::vector<TokenId> tokens;
    prompt.appendDocumentHead(twin->name, tokens);
    const auto text = corpus.tokens.begin() + planned->first + std::ssize(oldHead);
    tokens.insert(tokens.end(), text, corpus.tokens.begin() + planned->first + planned->count);
    twin->fate = kIn;
    replace(corpus, ordinal, twin->id, std::move(tokens));
}

StoredDocument& put(StoredCorpus& corpus, size_t index, const SourceEntry& entry) {
    if (index < corpus.documents.size()) {
        return corpus.documents[index];
    }
    int64_t id = 1;
    int64_t ordinal = 0;
    for (size_t i = 0; i < corpus.documents.size(); ++i) {
        id = std::max(id, corpus.documents[i].id + 1);
        ordinal = std::max(ordinal, corpus.details[i].ordinal + 1);
    }
    StoredDocument& document = corpus.documents.emplace_back();
    document.id = id;
    corpus.details.push_back(detailsOf(entry, static_cast<size_t>(ordinal)));
    document.details = textOf(corpus.details.back());
    return document;
}

void dropExtract(StoredCorpus& corpus, const std::string& key) {
    const bool isUsed = std::any_of(
        corpus.documents.begin(), corpus.documents.end(), [&](const StoredDocument& each) {
            return each.extractKey == key;
        });
    if (!isUsed) {
        corpus.extracts.erase(key);
    }
}

bool hasMembers(const StoredCorpus& corpus, size_t index) {
    return index + 1 < corpus.documents.size() && corpus.isMember(index + 1);
}

}  // namespace

Result<StoredCorpus> withAppended(StoredCorpus corpus, AppendedFile file, PromptBuilder& prompt) {
    const size_t index = indexOf(corpus, file.entry.name);
    if (file.document.kind == DocumentKind::kArchive || !file.document.parts.empty() ||
        hasMembers(corpus, index)) {
        return Error{ErrorCode::kUnsupported,
                     file.entry.path.string() +
                         ": holds other files; throughline read takes it, append does not"};
    }
    if (corpus.tokens.empty()) {
        prompt.appendHead(corpus.tokens);
    }
    if (index < corpus.documents.size()) {
        const StoredDocument old = corpus.documents[index];
        takeOut(corpus, old, prompt);
    }
    StoredDocument& document = put(corpus, index, file.entry);
    document.name = file.entry.name;
    document.path = file.entry.path.native();
    document.bytes = file.entry.bytes;
    document.modifiedNs = file.entry.modifiedNs;
    document.contentHash = file.document.contentHash;
    document.fate = kIn;
    StoredExtract extract = extractOf(std::move(file.document));
    const std::string oldKey = std::exchange(document.extractKey, extract.key);
    corpus.extracts.emplace(std::move(extract.key), std::move(extract.bytes));
    dropExtract(corpus, oldKey);
    corpus.plan.push_back({document.id, std::ssize(corpus.tokens), std::ssize(file.tokens)});
    corpus.tokens.insert(corpus.tokens.end(), file.tokens.begin(), file.tokens.end());
    return corpus;
}

}  // namespace tl
