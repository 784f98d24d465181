// SPDX-License-Identifier: Apache-2.0
#include "app/project/source_changes.h"

#include <algorithm>
#include <unordered_map>

#include "app/wording.h"
#include "ingest/corpus.h"
#include "ingest/document_file.h"

namespace tl {

namespace {

// What is stored of the files that the walk took, by name.
using Known = std::unordered_map<std::string, const StoredDocument*>;

bool isSame(const StoredDocument& was, const SourceEntry& is, const SourceOptions& options) {
    if (was.bytes != is.bytes) {
        return false;
    }
    if (was.modifiedNs == is.modifiedNs) {
        return true;
    }
    if (was.contentHash.empty()) {
        return false;
    }
    const Reading<std::string> hash = hashFile(is, options);
    return hash.ok() && hash.value() == was.contentHash;
}

// Takes a missing file with this one's content away from those that are missing.
const StoredDocument* takeRenamed(const SourceEntry& added,
                                  const SourceOptions& options,
                                  std::vector<const StoredDocument*>& missing) {
    const bool mayBe = std::any_of(missing.begin(), missing.end(), [&](const StoredDocument* each) {
        return each->bytes == added.bytes && !each->contentHash.empty();
    });
    if (!mayBe) {
        return nullptr;
    }
    const Reading<std::string> hash = hashFile(added, options);
    const auto found =
        std::find_if(missing.begin(), missing.end(), [&](const StoredDocument* each) {
            return hash.ok() && each->contentHash == hash.value();
        });
    if (found == missing.end()) {
        return nullptr;
    }
    const StoredDocument* was = *found;
    missing.erase(found);
    return was;
}

}  // namespace

Result<SourceChanges> findChanges(const StoredCorpus& stored,
                                  const SourceChoice& choice,
                                  const std::stop_token& stop) {
    const SourceOptions options = sourceOptions(choice);
    const Result<std::vector<SourceEntry>> entries = collectSources(choice.paths, options, stop);
    if (!entries.ok()) {
        return entries.error();
    }
    Known known;
    std::vector<const StoredDocument*> missing;
    for (size_t i = 0; i < stored.documents.size(); ++i) {
        const StoredDocument& document = stored.documents[i];
        if (stored.isTakenFile(i)) {
            known.emplace(document.name, &document);
            missing.push_back(&document);
        }
    }
    SourceChanges changes;
    std::vector<const SourceEntry*> fresh;
    for (const SourceEntry& entry : entries.value()) {
        if (entry.fate != FileFate::kIn || entry.isFolder) {
            continue;
        }
        const auto was = known.find(entry.name);
        if (was == known.end()) {
            fresh.push_back(&entry);
            continue;
        }
        std::erase(missing, was->second);
        if (!isSame(*was->second, entry, options)) {
            changes.changed.push_back(entry.name);
        }
    }
    for (const SourceEntry* entry : fresh) {
        if (const StoredDocument* was = takeRenamed(*entry, options, missing)) {
            changes.renamed.emplace_back(was->name, entry->name);
        } else {
            changes.added.push_back(entry->name);
        }
    }
    for (const StoredDocument* document : missing) {
        changes.removed.push_back(document->name);
    }
    return changes;
}

std::string changesText(const SourceChanges& changes) {
    std::string text;
    const auto add = [&](size_t count, const char* what) {
        if (count > 0) {
            text += (text.empty() ? "" : ", ") + grouped(static_cast<int64_t>(count)) + " " + what;
        }
    };
    add(changes.changed.size(), "changed");
    add(changes.added.size(), "added");
    add(changes.removed.size(), "removed");
    add(changes.renamed.size(), "renamed");
    return text;
}

}  // namespace tl
