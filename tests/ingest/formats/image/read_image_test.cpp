// SPDX-License-Identifier: Apache-2.0
// Pictures through throughline-reader, as the program reads them.
#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

#include "ingest/sandbox/reader_pool.h"
#include "tests/support/said.h"

namespace tl {
namespace {

std::string fileOf(const std::string& name) {
    std::ifstream in(TL_SOURCE_DIR "/tests/data/images/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

template <typename Number>
void put(std::string& bytes, Number number) {
    for (size_t i = 0; i < sizeof number; ++i) {
        bytes += static_cast<char>(static_cast<uint64_t>(number) >> (8 * i));
    }
}

// A BMP of BITMAPFILEHEADER, BITMAPINFOHEADER and 24 bits a pixel.
std::string whiteBmp(int32_t width, int32_t height) {
    constexpr uint32_t kHeadBytes = 54;
    const auto dataBytes = static_cast<uint32_t>((3 * width + 3) / 4 * 4 * height);
    std::string bytes = "BM";
    put(bytes, kHeadBytes + dataBytes);
    put(bytes, uint32_t{0});
    put(bytes, kHeadBytes);
    put(bytes, uint32_t{40});
    put(bytes, width);
    put(bytes, height);
    put(bytes, uint16_t{1});
    put(bytes, uint16_t{24});
    put(bytes, uint32_t{0});
    put(bytes, dataBytes);
    put(bytes, uint32_t{11811});  // dots a metre: 300 an inch
    put(bytes, uint32_t{11811});
    put(bytes, uint64_t{0});
    return bytes + std::string(dataBytes, '\xFF');
}

class ReadImage : public testing::Test {
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

    Reading<Extract> read(const std::string& bytes, bool ocr = true) {
        ReadRequest request;
        request.name = "picture";
        request.bytes = bytes;
        request.ocr = ocr;
        return m_pool.read("image", request);
    }

    ReaderPool m_pool{{{}, 1}};
};

TEST_F(ReadImage, AScreensSmallLettersAreReadWithBoxes) {
    const auto read = this->read(fileOf("screen.png"));
    ASSERT_TRUE(read.ok()) << said(read.error());
    const Extract& extract = read.value();
    EXPECT_EQ(extract.kind, DocumentKind::kImage);
    const std::string sentence = "Invoice 2024-0317, total 1,284.50 EUR, due in 14 days";
    const size_t at = extract.text.find(sentence);
    ASSERT_NE(at, std::string::npos) << extract.text;
    ASSERT_EQ(extract.units.size(), 1U);
    EXPECT_EQ(extract.units[0].kind, UnitKind::kPage);
    EXPECT_TRUE(allSaid(extract.units[0].warnings).starts_with("read by OCR, "));
    for (const WordBox& word : extract.words) {
        const bool isLastLine = word.begin >= at;
        EXPECT_EQ(isLastLine, word.top > 0.66F) << extract.text.substr(word.begin, 9);
    }
}

TEST_F(ReadImage, EverySheetOfATiffIsAPage) {
    const auto read = this->read(fileOf("two_sheets.tif"));
    ASSERT_TRUE(read.ok()) << said(read.error());
    const Extract& extract = read.value();
    ASSERT_EQ(extract.units.size(), 2U);
    const Unit& second = extract.units[1];
    const std::string text = extract.text.substr(static_cast<size_t>(second.begin),
                                                 static_cast<size_t>(second.end - second.begin));
    EXPECT_EQ(text, "The second sheet says that it opened\nagain before the evening.");
    ASSERT_EQ(extract.warnings.size(), 1U);
    EXPECT_TRUE(said(extract.warnings[0]).starts_with("pages 1, 2: read by OCR, "))
        << said(extract.warnings[0]);
}

TEST_F(ReadImage, SaysWhatStandsInTheWay) {
    EXPECT_EQ(said(read(whiteBmp(90, 60)).error()), "image, OCR found no text in it");
    EXPECT_EQ(said(read(fileOf("screen.png"), /*ocr=*/false).error()), "image, OCR is off");
    EXPECT_EQ(said(read(fileOf("screen.png").substr(0, 900)).error()), "damaged image");
    EXPECT_EQ(said(read("GIF89a and no more").error()), "damaged image");
    std::string png = fileOf("screen.png");
    png.replace(16, 8, "\0\0\x75\x30\0\0\x75\x30", 8);  // width and height
    EXPECT_EQ(said(read(png).error()),
              "image of 30000 x 30000 pixels, over the limit of 100 million");
}

TEST_F(ReadImage, APageThatIsCutOffIsToldOf) {
    constexpr size_t kSecondSheet = 1'500;  // the first one ends before
    const auto read = this->read(fileOf("two_sheets.tif").substr(0, kSecondSheet));
    ASSERT_TRUE(read.ok()) << said(read.error());
    EXPECT_EQ(read.value().units.size(), 1U);
    EXPECT_EQ(said(read.value().warnings.back()),
              "damaged image: nothing can be read after page 1");
}

}  // namespace
}  // namespace tl
