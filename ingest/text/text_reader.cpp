// SPDX-License-Identifier: Apache-2.0
#include "ingest/text/text_reader.h"

#include <utility>

#include "ingest/text/text_lines.h"

namespace tl {

Reading<DecodedText> decodeRequest(const ReadRequest& request) {
    auto decoded = decodeText(std::string(request.bytes), request.encoding);
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

}  // namespace tl
