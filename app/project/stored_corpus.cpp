// SPDX-License-Identifier: Apache-2.0
#include "app/project/stored_corpus.h"

#include <algorithm>
#include <span>
#include <unordered_map>
#include <utility>

#include "app/corpus/corpus_layout.h"
#include "app/project/stored_entries.h"
#include "engine/prompt.h"

namespace tl {

namespace {

// Their ids say nothing of it.
void putInWalkOrder(StoredCorpus& stored) {
    std::vector<std::pair<DocumentDetails, size_t>> order;
    for (size_t i = 0; i < stored.documents.size(); ++i) {
        order.emplace_back(detailsIn(stored.documents[i].details), i);
    }
    std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
        return a.first.ordinal < b.first.ordinal;
    });
    std::vector<StoredDocument> sorted;
    sorted.reserve(order.size());
    for (const auto& [details, index] : order) {
        sorted.push_back(std::move(stored.documents[index]));
        stored.details.push_back(details);
    }
    stored.documents = std::move(sorted);
}

}  // namespace

const StoredDocument* StoredCorpus::byId(int64_t id) const {
    const auto found = std::find_if(documents.begin(),
                                    documents.end(),
                                    [&](const StoredDocument& each) { return each.id == id; });
    return found == documents.end() ? nullptr : &*found;
}

std::vector<EarlierFile> earlierFiles(const StoredCorpus& stored) {
    std::unordered_map<int64_t, const StoredDocument*> byId;
    for (const StoredDocument& document : stored.documents) {
        byId.emplace(document.id, &document);
    }
    std::vector<EarlierFile> files;
    for (const PlannedDocument& planned : stored.plan) {
        const auto document = byId.find(planned.document);
        const auto begin = stored.tokens.begin() + planned.first;
        if (document != byId.end()) {
            files.push_back({document->second->name, {begin, begin + planned.count}});
        }
    }
    return files;
}

Result<StoredCorpus> readStoredCorpus(ProjectReader& reader) {
    StoredCorpus stored;
    Result<std::vector<StoredDocument>> documents = reader.documents();
    if (!documents.ok()) {
        return documents.error();
    }
    stored.documents = std::move(documents).value();
    putInWalkOrder(stored);
    for (const StoredDocument& document : stored.documents) {
        if (document.extractKey.empty() || stored.extracts.contains(document.extractKey)) {
            continue;
        }
        Result<StoredExtract> extract = reader.extract(document.extractKey);
        if (!extract.ok()) {
            return extract.error();
        }
        stored.extracts.emplace(document.extractKey, std::move(extract.value().bytes));
    }
    Result<std::vector<PlannedDocument>> plan = reader.plan();
    if (!plan.ok()) {
        return plan.error();
    }
    stored.plan = std::move(plan).value();
    Result<std::vector<int32_t>> tokens = reader.tokens();
    if (!tokens.ok()) {
        return tokens.error();
    }
    stored.tokens = std::move(tokens).value();
    return stored;
}

Result<Corpus> corpusOf(const StoredCorpus& stored,
                        const SourceChoice& choice,
                        const TextModel& model) {
    Result<PromptBuilder> prompt = PromptBuilder::create(model.tokenizer(), model.config());
    if (!prompt.ok()) {
        return prompt.error();
    }
    const StoredEntries maker(stored, choice, model);
    std::unordered_map<std::string, int64_t> textIds;  // by extract
    std::vector<LoadedEntry> entries;
    entries.reserve(stored.documents.size());
    for (size_t i = 0; i < stored.documents.size(); ++i) {
        const StoredDocument& document = stored.documents[i];
        Result<LoadedEntry> made = maker.make(i, prompt.value());
        if (!made.ok()) {
            return made.error();
        }
        // Equal texts under different names may be different extracts; only twins share one here.
        made.value().file.textId = std::ssize(entries);
        if (document.fate == static_cast<int64_t>(StoredFate::kSameContent)) {
            made.value().file.textId = textIds[document.extractKey];
        } else {
            textIds.emplace(document.extractKey, std::ssize(entries));
        }
        entries.push_back(std::move(made).value());
    }
    const std::vector<EarlierFile> earlier = earlierFiles(stored);
    Result<Corpus> corpus =
        layOutCorpus(choice, model, std::move(entries), [&](std::span<const OrderedFile> files) {
            return stableOrder(files, earlier);
        });
    if (corpus.ok() && corpus.value().tokens != stored.tokens) {
        return Error{ErrorCode::kCorrupt, "its documents do not make up its sequence"};
    }
    return corpus;
}

int64_t commonTokens(const std::vector<TokenId>& a, const std::vector<TokenId>& b) {
    const auto length = static_cast<std::ptrdiff_t>(std::min(a.size(), b.size()));
    return std::mismatch(a.begin(), a.begin() + length, b.begin()).first - a.begin();
}

}  // namespace tl
