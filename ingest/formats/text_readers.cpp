// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/text_readers.h"

#include "ingest/formats/markup/latex_reader.h"
#include "ingest/formats/markup/markdown_reader.h"
#include "ingest/formats/notebook/notebook_reader.h"
#include "ingest/formats/table/table_reader.h"
#include "ingest/formats/transcript/transcript_reader.h"

namespace tl {

std::vector<std::unique_ptr<Reader>> makeTextReaders() {
    std::vector<std::unique_ptr<Reader>> readers;
    readers.push_back(makeTranscriptReader());
    readers.push_back(makeTableReader());
    readers.push_back(makeNotebookReader());
    readers.push_back(makeMarkdownReader());
    readers.push_back(makeLatexReader());
    return readers;
}

}  // namespace tl
