// SPDX-License-Identifier: Apache-2.0
#include "ingest/code/code_reader.h"

#include <string>
#include <utility>

#include "ingest/code/language.h"
#include "ingest/text/decode_text.h"

namespace tl {

namespace {

constexpr size_t kHeadBytes = 4096;

class CodeReader final : public Reader {
public:
    std::string_view name() const override { return "code"; }
    int version() const override { return 1; }

    // Readers that know more of a data or markup file than its language come first.
    int sniff(std::string_view name, std::string_view head) const override {
        const Language* language = languageOf(name, head);
        if (language == nullptr) {
            return 0;
        }
        return language->isData || language->isMarkup ? 30 : 50;
    }

    Reading<Extract> read(const ReadRequest& request) const override {
        Reading<DecodedText> decoded = decodeText(std::string(request.bytes), request.encoding);
        if (!decoded.ok()) {
            return decoded.error();
        }
        Extract extract;
        extract.text = std::move(decoded.value().text);
        extract.notes = std::move(decoded.value().notes);
        if (static_cast<int64_t>(extract.text.size()) > request.limits.maxTextBytes) {
            return overTextLimit(request.limits);
        }
        const std::string_view head = std::string_view(extract.text).substr(0, kHeadBytes);
        if (const Language* language = languageOf(request.name, head)) {
            extract.kind = language->isMarkup ? DocumentKind::kMarkup : DocumentKind::kCode;
            extract.language = language->name;
        }
        return extract;
    }
};

}  // namespace

std::unique_ptr<Reader> makeCodeReader() {
    return std::make_unique<CodeReader>();
}

}  // namespace tl
