// SPDX-License-Identifier: Apache-2.0
// The first byte picks the file's name and with it the reader, the rest is the file: what comes out
// keeps the promises of an extract.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <vector>

#include "ingest/formats/markup/latex_reader.h"
#include "ingest/formats/markup/markdown_reader.h"
#include "ingest/formats/notebook/notebook_reader.h"
#include "ingest/formats/table/table_reader.h"
#include "ingest/formats/transcript/transcript_reader.h"
#include "ingest/sandbox/check_extract.h"

namespace {

void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

struct NamedReader {
    std::string_view file;
    std::unique_ptr<tl::Reader> reader;
};

std::vector<NamedReader> makeNamedReaders() {
    std::vector<NamedReader> readers;
    for (const char* file : {"a.srt", "a.vtt", "a.json", "a.txt"}) {
        readers.push_back({file, tl::makeTranscriptReader()});
    }
    readers.push_back({"a.csv", tl::makeTableReader()});
    readers.push_back({"a.tsv", tl::makeTableReader()});
    readers.push_back({"a.ipynb", tl::makeNotebookReader()});
    readers.push_back({"a.md", tl::makeMarkdownReader()});
    readers.push_back({"a.tex", tl::makeLatexReader()});
    return readers;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
    static const std::vector<NamedReader> kReaders = makeNamedReaders();
    if (size < 1) {
        return 0;
    }
    const NamedReader& chosen = kReaders[bytes[0] % kReaders.size()];
    const std::string_view file(reinterpret_cast<const char*>(bytes) + 1, size - 1);
    const int sure = chosen.reader->sniff(chosen.file, file.substr(0, 4096));
    require(0 <= sure && sure <= 100);
    tl::ReadRequest request{.name = chosen.file, .bytes = file, .password = "", .limits = {}};
    request.limits.maxTextBytes = 1 << 20;
    const auto extract = chosen.reader->read(request);
    if (!extract.ok()) {
        require(!extract.error().reason.isNone());
        return 0;
    }
    require(tl::checkExtract(extract.value(), request.limits).ok());
    return 0;
}
