// SPDX-License-Identifier: Apache-2.0
#include "ingest/transcript/text_reader.h"

#include <utility>

#include "ingest/read/file_bytes.h"
#include "ingest/transcript/text_lines.h"
#include "ingest/transcript/text_readers.h"

namespace tl {

Reading<DecodedText> decodeRequest(const ReadRequest& request) {
    auto decoded = decodeText(std::string(request.bytes));
    if (decoded.ok() &&
        static_cast<int64_t>(decoded.value().text.size()) > request.limits.maxTextBytes) {
        return overTextLimit(request.limits);
    }
    return decoded;
}

void addNotesBefore(Extract& extract, std::vector<Reason> before) {
    before.insert(before.end(), extract.notes.begin(), extract.notes.end());
    extract.notes = std::move(before);
}

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
