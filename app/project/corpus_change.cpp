// SPDX-License-Identifier: Apache-2.0
#include "app/project/corpus_change.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>
#include <vector>

#include "app/project/document_details.h"
#include "app/project/project_origin.h"
#include "ingest/document_file.h"

namespace tl {

namespace {

// Ids for documents: that of the stored one of the same name, else one that none has had.
class Ids {
public:
    explicit Ids(const StoredCorpus& stored) {
        for (const StoredDocument& document : stored.documents) {
            m_known.emplace(document.name, document.id);
            m_next = std::max(m_next, document.id + 1);
        }
    }

    int64_t take(const std::string& name) {
        const auto known = m_known.find(name);
        if (known == m_known.end()) {
            return m_next++;
        }
        const int64_t id = known->second;
        m_known.erase(known);
        return id;
    }

    std::vector<int64_t> left() const {
        std::vector<int64_t> ids;
        for (const auto& [name, id] : m_known) {
            ids.push_back(id);
        }
        return ids;
    }

private:
    std::multimap<std::string, int64_t> m_known;
    int64_t m_next = 1;
};

// Puts an extract, and says under which name.
std::string put(const Reading<Document>& reading, ProjectChange& change) {
    return change.extracts.emplace_back(extractOf(reading)).key;
}

StoredDocument storedOf(const Corpus& corpus, size_t row, int64_t id, ProjectChange& change) {
    const CorpusSource& source = corpus.sources[row];
    StoredDocument document;
    document.id = id;
    document.name = corpus.rows[row].name;
    document.path = source.entry.path.native();
    document.bytes = source.entry.bytes;
    document.modifiedNs = source.entry.modifiedNs;
    document.contentHash = source.contentHash;
    document.details = textOf(detailsOf(source.entry, row));
    const auto keep = [&](StoredFate fate, const Reading<Document>& reading) {
        document.fate = static_cast<int64_t>(fate);
        document.extractKey = put(reading, change);
    };
    if (source.entry.fate == FileFate::kSkipped) {
        keep(StoredFate::kNotTaken,
             source.failure.value_or(Failure{ErrorCode::kUnsupported, source.entry.reason}));
    } else if (source.failure) {
        keep(StoredFate::kNotRead, *source.failure);
    } else if (source.container) {
        keep(StoredFate::kOpened, *source.container);
    } else if (source.file >= 0) {
        keep(StoredFate::kIn, corpus.files[static_cast<size_t>(source.file)].document);
    } else {
        document.fate = static_cast<int64_t>(StoredFate::kSameContent);
    }
    return document;
}

// One with the content of another shares its extract.
void shareExtracts(const Corpus& corpus, std::vector<StoredDocument>& documents) {
    std::unordered_map<std::string, const StoredDocument*> byName;
    for (const StoredDocument& document : documents) {
        byName.emplace(document.name, &document);
    }
    for (size_t row = 0; row < documents.size(); ++row) {
        const auto twin = byName.find(corpus.rows[row].twinOf);
        if (documents[row].extractKey.empty() && twin != byName.end()) {
            documents[row].extractKey = twin->second->extractKey;
        }
    }
}

std::vector<PlannedDocument> plannedIn(const Corpus& corpus, const std::vector<int64_t>& idOfFile) {
    std::vector<PlannedDocument> plan;
    plan.reserve(corpus.files.size());
    for (size_t i = 0; i < corpus.files.size(); ++i) {
        const CorpusFile& file = corpus.files[i];
        plan.push_back({idOfFile[i],
                        file.firstPosition,
                        file.textPosition - file.firstPosition + std::ssize(file.tokenEnds)});
    }
    return plan;
}

bool isSame(const PlannedDocument& a, const PlannedDocument& b) {
    return a.document == b.document && a.first == b.first && a.count == b.count;
}

bool isSame(const StoredDocument& a, const StoredDocument& b) {
    return a.name == b.name && a.path == b.path && a.bytes == b.bytes &&
           a.modifiedNs == b.modifiedNs && a.contentHash == b.contentHash && a.fate == b.fate &&
           a.details == b.details && a.extractKey == b.extractKey;
}

PlanChange planChange(const std::vector<PlannedDocument>& plan,
                      const std::vector<TokenId>& tokens,
                      const StoredCorpus& stored) {
    PlanChange change;
    change.keepTokens = commonTokens(tokens, stored.tokens);
    change.tokens.assign(tokens.begin() + change.keepTokens, tokens.end());
    size_t kept = 0;
    while (kept < plan.size() && kept < stored.plan.size() &&
           isSame(plan[kept], stored.plan[kept]) &&
           plan[kept].first + plan[kept].count <= change.keepTokens) {
        ++kept;
    }
    change.keepDocuments = static_cast<int64_t>(kept);
    change.documents.assign(plan.begin() + change.keepDocuments, plan.end());
    return change;
}

void takePlan(PlanChange plan, ProjectChange& change) {
    change.replacesPlan = true;
    change.dropsUnusedExtracts = true;
    change.goBackTo = plan.keepTokens;
    change.plan = std::move(plan);
}

}  // namespace

StoredExtract extractOf(const Reading<Document>& reading) {
    std::string bytes = packReading(reading);
    std::string key = hexadecimal(contentHash(bytes));
    return {std::move(key), std::move(bytes)};
}

ProjectChange changeTo(const Corpus& corpus, const StoredCorpus& stored) {
    ProjectChange change;
    Ids ids(stored);
    std::vector<int64_t> idOfFile(corpus.files.size(), 0);
    for (size_t row = 0; row < corpus.rows.size(); ++row) {
        const int64_t id = ids.take(corpus.rows[row].name);
        if (const int64_t file = corpus.sources[row].file; file >= 0) {
            idOfFile[static_cast<size_t>(file)] = id;
        }
        change.documents.push_back(storedOf(corpus, row, id, change));
    }
    shareExtracts(corpus, change.documents);
    change.removedDocuments = ids.left();
    takePlan(planChange(plannedIn(corpus, idOfFile), corpus.tokens, stored), change);
    return change;
}

ProjectChange changeBetween(const StoredCorpus& was, const StoredCorpus& is) {
    ProjectChange change;
    std::unordered_map<int64_t, const StoredDocument*> old;
    for (const StoredDocument& document : was.documents) {
        old.emplace(document.id, &document);
    }
    for (const StoredDocument& document : is.documents) {
        const auto known = old.find(document.id);
        if (known == old.end() || !isSame(*known->second, document)) {
            change.documents.push_back(document);
        }
        if (known != old.end()) {
            old.erase(known);
        }
    }
    for (const auto& [id, document] : old) {
        change.removedDocuments.push_back(id);
    }
    for (const auto& [key, bytes] : is.extracts) {
        if (!was.extracts.contains(key)) {
            change.extracts.push_back({key, bytes});
        }
    }
    takePlan(planChange(is.plan, is.tokens, was), change);
    return change;
}

}  // namespace tl
