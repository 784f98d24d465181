// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ingest/reader.h"
#include "ingest/reason.h"

namespace tl {

// The members of a zip file that an office document or e-book is made of. Names do not depend on
// case, as the formats want it; the limits of the request hold, of bombs too.
class ZipParts {
public:
    // `format` is the word for messages: "DOCX". kUnsupported for a document that is encrypted as a
    // whole (an OLE file), kCorrupt for what is no zip file.
    static Reading<ZipParts> open(const ReadRequest& request,
                                  std::string_view format,
                                  bool (*isWanted)(std::string_view name));

    bool has(std::string_view name) const;
    // The bytes, moved out: each can be taken once. kCorrupt "no word/document.xml: damaged DOCX",
    // or the reason why it could not be unpacked.
    Reading<std::string> take(std::string_view name);
    // Those below a folder ("word/embeddings/"), with the reasons of those that are skipped.
    std::vector<Part> takeBelow(std::string_view folder);
    // Names of all members, in the archive's order.
    std::vector<std::string> names() const;
    // "damaged after ...", or empty.
    const std::vector<Reason>& warnings() const { return m_warnings; }
    const std::string& format() const { return m_format; }

private:
    std::string m_format;
    std::vector<Part> m_parts;
    std::vector<Reason> m_warnings;
    std::unordered_map<std::string, size_t> m_byName;  // lower case
};

// The path within the archive that `target` means when it stands in the member `from`: relative to
// that member's folder, or to the top when it starts with '/'. Without "#fragment".
std::string resolvePath(std::string_view from, std::string_view target);

// "%20" and so on as the bytes they mean.
std::string percentDecoded(std::string_view text);

}  // namespace tl
