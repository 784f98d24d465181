// SPDX-License-Identifier: Apache-2.0
#include "tests/ingest/formats/office_files.h"

#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "ingest/sandbox/check_extract.h"
#include "ingest/sandbox/format_readers.h"
#include "tests/support/said.h"

namespace tl {

Reading<Extract> readOffice(std::string_view format,
                            const std::string& bytes,
                            const ReadLimits& limits) {
    ReadRequest request;
    request.name = "file";
    request.bytes = bytes;
    request.limits = limits;
    Reading<Extract> extract = readFormat(format, request);
    if (extract.ok()) {
        const ReadStatus checked = checkExtract(extract.value(), limits);
        EXPECT_TRUE(checked.ok()) << (checked.ok() ? "" : said(checked.error()));
    } else {
        EXPECT_FALSE(extract.error().reason.isNone());
        EXPECT_EQ(said(extract.error()).find('\n'), std::string::npos);
    }
    return extract;
}

std::string officeText(std::string_view format, const std::string& bytes) {
    const Reading<Extract> extract = readOffice(format, bytes);
    EXPECT_TRUE(extract.ok()) << (extract.ok() ? "" : said(extract.error()));
    return extract.ok() ? extract.value().text : "";
}

std::string officeError(std::string_view format, const std::string& bytes) {
    const Reading<Extract> extract = readOffice(format, bytes);
    return extract.ok() ? "" : said(extract.error());
}

std::string makeDocx(const std::string& body, std::vector<ArchiveMember> more) {
    more.push_back({.name = "word/document.xml",
                    .bytes = "<w:document xmlns:w='w' xmlns:r='r'><w:body>" + body +
                             "</w:body></w:document>"});
    return makeArchive(more, "zip");
}

std::string paragraphXml(const std::string& words, const std::string& properties) {
    std::string xml("<w:p><w:pPr>");
    xml += properties;
    xml += "</w:pPr><w:r><w:t xml:space='preserve'>";
    xml += words;
    xml += "</w:t></w:r></w:p>";
    return xml;
}

std::string officeFile(const std::string& name) {
    std::ifstream file(std::string(TL_OFFICE_DATA) + "/" + name, std::ios::binary);
    EXPECT_TRUE(file.good()) << name;
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace tl
