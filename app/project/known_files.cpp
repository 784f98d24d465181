// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "app/project/stored_corpus.h"
#include "app/project/stored_entries.h"
#include "ingest/document_file.h"

namespace tl {

namespace {

// The files that the walk met themselves, each with its members.
class KnownFiles {
public:
    KnownFiles(const StoredCorpus& stored, const SourceChoice& choice, const TextModel& model)
        : m_stored(stored)
        , m_entries(stored, choice, model)
        , m_model(model)
        , m_options(sourceOptions(choice)) {
        std::vector<size_t>* last = nullptr;  // the one whose members come
        for (size_t i = 0; i < stored.documents.size(); ++i) {
            if (!stored.isMember(i)) {
                last = &m_files[stored.documents[i].name];
                last->clear();
            }
            if (last != nullptr) {
                last->push_back(i);
            }
        }
    }

    std::optional<LoadedFile> find(const SourceEntry& entry) const {
        const auto known = m_files.find(entry.name);
        if (known == m_files.end() || !isSame(m_stored.documents[known->second.front()], entry)) {
            return std::nullopt;
        }
        Result<PromptBuilder> prompt = PromptBuilder::create(m_model.tokenizer(), m_model.config());
        std::optional<LoadedFile> file;
        for (const size_t index : known->second) {
            if (!prompt.ok() || !isWhole(index)) {
                return std::nullopt;
            }
            Result<LoadedEntry> made = m_entries.make(index, prompt.value());
            if (!made.ok()) {
                return std::nullopt;  // then it is read again
            }
            if (!file) {
                file = std::move(made.value().file);
                continue;
            }
            file->members.push_back(std::make_unique<LoadedEntry>(std::move(made).value()));
        }
        return file;
    }

private:
    // What could not be read may be read by now: a password, a permission, another reader.
    bool isWhole(size_t index) const {
        const auto fate = static_cast<StoredFate>(m_stored.documents[index].fate);
        return fate == StoredFate::kIn || fate == StoredFate::kOpened ||
               (m_stored.isMember(index) && fate == StoredFate::kNotTaken);
    }

    bool isSame(const StoredDocument& document, const SourceEntry& entry) const {
        if (document.bytes != entry.bytes || document.path != entry.path.native()) {
            return false;
        }
        if (document.modifiedNs == entry.modifiedNs) {
            return true;
        }
        if (document.contentHash.empty()) {
            return false;
        }
        const Reading<std::string> hash = hashFile(entry, m_options);
        return hash.ok() && hash.value() == document.contentHash;
    }

    const StoredCorpus& m_stored;
    StoredEntries m_entries;
    const TextModel& m_model;
    SourceOptions m_options;
    std::unordered_map<std::string, std::vector<size_t>> m_files;
};

}  // namespace

EarlierReading earlierReading(const StoredCorpus& stored,
                              const SourceChoice& choice,
                              const TextModel& model) {
    EarlierReading earlier;
    earlier.known = [known = std::make_shared<const KnownFiles>(stored, choice, model)](
                        const SourceEntry& entry) { return known->find(entry); };
    earlier.order = [files = earlierFiles(stored)](std::span<const OrderedFile> now) {
        return stableOrder(now, files);
    };
    return earlier;
}

}  // namespace tl
