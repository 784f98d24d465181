// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "ingest/corpus.h"
#include "store/project_values.h"

namespace tl {

// What became of a document; stored, so the numbers stay.
enum class StoredFate : int64_t {
    kIn = 1,
    kOpened = 2,      // an archive that was unpacked
    kNotRead = 3,     // reading it gave nothing; its extract says why
    kNotTaken = 4,    // by the walk's rules; its extract says why
    kSameContent = 5  // as another one
};

// Of an entry of the walk, what the columns of a stored document have no place for.
struct DocumentDetails {
    int64_t ordinal = 0;  // in walk order
    bool isFolder = false;
    bool isChosen = false;
    int64_t nesting = 0;  // in how many containers it lies
};

// As StoredDocument::details keeps them, docs/project_format.md; and back. A file comes from
// anybody: what makes no sense is as good as not there.
std::string textOf(const DocumentDetails& details);
DocumentDetails detailsIn(const std::string& text);

DocumentDetails detailsOf(const SourceEntry& entry, size_t ordinal);

// The entry as the walk met it; its fate and reason are told by the document's extract.
SourceEntry entryOf(const StoredDocument& document, const DocumentDetails& details);

}  // namespace tl
