// SPDX-License-Identifier: Apache-2.0
// Files of real producers through throughline-reader, as the program reads them.
#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

#include "ingest/sandbox/reader_pool.h"
#include "tests/support/said.h"

namespace tl {
namespace {

std::string fileOf(const std::string& name) {
    std::ifstream in(TL_SOURCE_DIR "/tests/data/pdf/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

Reading<Extract> read(const std::string& name, const std::string& password = "") {
    static ReaderPool pool({});
    const std::string bytes = fileOf(name);
    EXPECT_FALSE(bytes.empty()) << name;
    ReadRequest request;
    request.name = name;
    request.bytes = bytes;
    request.password = password;
    return pool.read("pdf", request);
}

// All white space is one space: cells stand a space or more apart.
std::string inOneLine(const std::string& text) {
    std::string line;
    for (const char c : text) {
        const bool isSpace = c == ' ' || c == '\n';
        if (!isSpace || (!line.empty() && line.back() != ' ')) {
            line += isSpace ? ' ' : c;
        }
    }
    return line;
}

class Producers : public testing::TestWithParam<const char*> {};

// Each golden was read against its page: in reading order, a row of the table on one line, nothing
// missing. What changes one has to be as right.
TEST_P(Producers, TextIsTheGolden) {
    const std::string name = GetParam();
    const auto extract = read(name);
    ASSERT_TRUE(extract.ok()) << said(extract.error());
    EXPECT_EQ(extract.value().text, fileOf(name.substr(0, name.rfind('.')) + ".txt"));
    std::vector<std::string> warnings;
    if (name == "libreoffice.pdf") {
        warnings.emplace_back("page 1: empty");
    }
    EXPECT_EQ(eachSaid(extract.value().warnings), warnings);
    ASSERT_FALSE(extract.value().units.empty());
    EXPECT_EQ(extract.value().units[0].kind, UnitKind::kPage);
}

TEST_P(Producers, EveryWordHasABoxOnThePage) {
    const Extract extract = read(GetParam()).value();
    EXPECT_GE(extract.words.size(), 30U);
    float lastTop = 0;
    for (const WordBox& word : extract.words) {
        EXPECT_LT(word.left, word.right);
        EXPECT_LT(word.top, word.bottom);
        EXPECT_GE(word.bottom, lastTop) << "one column, from top to bottom";
        lastTop = word.top;
    }
}

INSTANTIATE_TEST_SUITE_P(
    Files,
    Producers,
    testing::Values("latex.pdf", "groff.pdf", "ghostscript.pdf", "libreoffice.pdf", "cairo.pdf"));

TEST(PdfFiles, AnEncryptedFileWantsItsPassword) {
    EXPECT_EQ(said(read("encrypted.pdf").error()), "needs a password");
    EXPECT_EQ(read("encrypted.pdf").error().code, ErrorCode::kInvalidInput);
    EXPECT_EQ(said(read("encrypted.pdf", "guess").error()), "wrong password");
    for (const char* password : {"open", "owner"}) {
        const auto extract = read("encrypted.pdf", password);
        ASSERT_TRUE(extract.ok()) << said(extract.error());
        EXPECT_NE(extract.value().text.find("Some words on a page."), std::string::npos);
        EXPECT_EQ(notesSaid(extract.value().notes), "decrypted with the password");
    }
}

TEST(PdfFiles, ATruncatedFileIsToldOrItsRestIsRead) {
    const auto extract = read("truncated.pdf");
    if (extract.ok()) {
        EXPECT_FALSE(extract.value().warnings.empty());
    } else {
        EXPECT_TRUE(said(extract.error()).starts_with("damaged PDF")) << said(extract.error());
    }
}

TEST(PdfFiles, AScannedPageIsNamed) {
    const auto extract = read("scanned.pdf");
    ASSERT_TRUE(extract.ok()) << said(extract.error());
    EXPECT_EQ(extract.value().text, "");
    ASSERT_EQ(extract.value().units.size(), 1U);
    EXPECT_TRUE(allSaid(extract.value().units[0].warnings).starts_with("scanned, no text"))
        << allSaid(extract.value().units[0].warnings);
}

class PdfOcr : public testing::Test {
protected:
    void SetUp() override {
        const Reading<std::string> hello = m_pool.status();
        const std::string status = hello.ok() ? hello.value() : said(hello.error());
        // Its language files cannot be opened without Landlock, nor under a sanitizer.
        if (status.find("OCR: Tesseract 5") == std::string::npos ||
            status.find("Landlock") != std::string::npos) {
            GTEST_SKIP() << status;
        }
    }

    Reading<Extract> read(const std::string& name, bool ocr) {
        const std::string bytes = fileOf(name);
        ReadRequest request;
        request.name = name;
        request.bytes = bytes;
        request.ocr = ocr;
        return m_pool.read("pdf", request);
    }

    ReaderPool m_pool{{}};
};

TEST_F(PdfOcr, AScannedPageIsReadWhenThatIsAskedFor) {
    EXPECT_EQ(said(read("scanned.pdf", /*ocr=*/false).value().warnings.at(0)),
              "page 1: scanned, no text; OCR can read it");
    const auto extract = read("scanned.pdf", /*ocr=*/true);
    ASSERT_TRUE(extract.ok()) << said(extract.error());
    const std::string text = inOneLine(extract.value().text);
    for (const char* piece : {"Every gauge sends its level twice an hour", "South harbour 1.98"}) {
        EXPECT_NE(text.find(piece), std::string::npos) << extract.value().text;
    }
    EXPECT_TRUE(allSaid(extract.value().units.at(0).warnings).starts_with("read by OCR, "))
        << allSaid(extract.value().units[0].warnings);
    EXPECT_GE(extract.value().words.size(), 30U);
}

TEST_F(PdfOcr, AStampedScanIsReadBetweenItsStamps) {
    const std::string stampedText = "Case 20-1234 Document 12-3 Filed 03/04/21\n\nGAUGE-000017\n";
    const Extract before = read("stamped.pdf", /*ocr=*/false).value();
    EXPECT_EQ(before.text, stampedText);
    EXPECT_EQ(said(before.warnings.at(0)),
              "page 1: perhaps scanned, a picture with little text (48 characters); "
              "OCR can read it");
    const auto extract = read("stamped.pdf", /*ocr=*/true);
    ASSERT_TRUE(extract.ok()) << said(extract.error());
    const std::string text = inOneLine(extract.value().text);
    size_t at = 0;
    // The stamps are the file's own, letter by letter, and stand there once.
    for (const char* piece : {"Case 20-1234 Document 12-3 Filed 03/04/21",
                              "Every gauge sends its level twice an hour",
                              "South harbour 1.98",
                              "GAUGE-000017"}) {
        const size_t found = text.find(piece, at);
        ASSERT_NE(found, std::string::npos) << piece << "\n" << text;
        at = found;
    }
    EXPECT_EQ(text.find("Case"), text.rfind("Case")) << text;
    EXPECT_TRUE(allSaid(extract.value().units.at(0).warnings).starts_with("read by OCR, "))
        << allSaid(extract.value().units[0].warnings);
}

}  // namespace
}  // namespace tl
