// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/html/read_html.h"

#include <utility>

#include "ingest/xml/decode_html.h"
#include "ingest/xml/page_text.h"

namespace tl {

Reading<Extract> readHtml(const ReadRequest& request) {
    Reading<DecodedText> decoded = decodeHtml(request.bytes, request.encoding);
    if (!decoded.ok()) {
        return decoded.error();
    }
    Reading<Extract> extract =
        readPage(std::move(decoded.value().text), PageExtent::kMainPart, request.limits);
    if (extract.ok()) {
        std::vector<Reason>& notes = extract.value().notes;
        notes.insert(notes.begin(), decoded.value().notes.begin(), decoded.value().notes.end());
    }
    return extract;
}

}  // namespace tl
