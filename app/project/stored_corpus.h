// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "app/corpus/corpus.h"
#include "app/corpus/file_loader.h"
#include "app/corpus/reading_order.h"
#include "app/model/language_model.h"
#include "app/project/document_details.h"
#include "base/result.h"
#include "store/project_reader.h"
#include "store/project_values.h"

namespace tl {

// What a project file says of its corpus, read into memory: what the walk met with what became of
// it, and the sequence. A value; its texts are packed.
struct StoredCorpus {
    std::vector<StoredDocument> documents;  // in walk order
    std::vector<DocumentDetails> details;   // of each of these
    std::map<std::string, std::string> extracts;
    std::vector<PlannedDocument> plan;
    std::vector<TokenId> tokens;

    const StoredDocument* byId(int64_t id) const;
    // Whether a document lies within another: in an archive, after a mail.
    bool isMember(size_t index) const { return details[index].nesting > 0; }
    // Whether it is a file that the walk itself took: no folder, nothing that a rule left out.
    bool isTakenFile(size_t index) const {
        return !isMember(index) &&
               documents[index].fate != static_cast<int64_t>(StoredFate::kNotTaken);
    }
};

// All of it, checked as far as the store does. kCorrupt, kIo.
Result<StoredCorpus> readStoredCorpus(ProjectReader& reader);

// The corpus as it was kept, without a look at the files themselves. kCorrupt where the parts do
// not fit together: a text that its tokens do not spell, a document of the plan that is not there.
Result<Corpus> corpusOf(const StoredCorpus& stored,
                        const SourceChoice& choice,
                        const TextModel& model);

// For reading the same choice again: what of its files still holds, told by size and time or else
// by the hash of their bytes, and the order that keeps most of the sequence. `stored` outlives it.
EarlierReading earlierReading(const StoredCorpus& stored,
                              const SourceChoice& choice,
                              const TextModel& model);

// What was read, in its order.
std::vector<EarlierFile> earlierFiles(const StoredCorpus& stored);

// How far two sequences are the same.
int64_t commonTokens(const std::vector<TokenId>& a, const std::vector<TokenId>& b);

}  // namespace tl
