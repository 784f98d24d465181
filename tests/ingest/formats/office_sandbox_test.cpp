// SPDX-License-Identifier: Apache-2.0
// What the readers ask of the system must be among what the sandbox lets them.
#include <string>

#include <gtest/gtest.h>

#include "ingest/sandbox/reader_pool.h"
#include "tests/ingest/formats/office_files.h"
#include "tests/support/said.h"

namespace tl {
namespace {

class InTheSandbox : public testing::TestWithParam<const char*> {};

TEST_P(InTheSandbox, GivesTheSameText) {
    const std::string name = GetParam();
    const std::string bytes = officeFile(name);
    const std::string extension = name.substr(name.rfind('.') + 1);
    const std::string format = extension == "odp" ? "odt" : extension;
    ReaderPool pool({TL_READER_PROGRAM, 1});
    ReadRequest request;
    request.name = name;
    request.bytes = bytes;
    const auto extract = pool.read(format, request);
    ASSERT_TRUE(extract.ok()) << said(extract.error());
    EXPECT_EQ(extract.value().text, officeText(format, bytes));
}

INSTANTIATE_TEST_SUITE_P(Files,
                         InTheSandbox,
                         testing::Values("pandoc.html",
                                         "pandoc.docx",
                                         "pandoc.odt",
                                         "pandoc.rtf",
                                         "pandoc.epub",
                                         "pandoc.pptx",
                                         "libreoffice.odp"),
                         [](const auto& file) {
                             std::string name = file.param;
                             name[name.find('.')] = '_';
                             return name;
                         });

TEST(InTheSandboxToo, EncodingsCanBeConverted) {
    ReaderPool pool({TL_READER_PROGRAM, 1});
    ReadRequest request;
    request.name = "a.html";
    request.bytes = "<meta charset=shift_jis><p>\x93\x8C\x8B\x9E";
    const auto extract = pool.read("html", request);
    ASSERT_TRUE(extract.ok()) << said(extract.error());
    EXPECT_EQ(extract.value().text, "\xE6\x9D\xB1\xE4\xBA\xAC\n");
    EXPECT_EQ(notesSaid(extract.value().notes), "converted from shift_jis");
}

}  // namespace
}  // namespace tl
