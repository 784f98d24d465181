// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/image/sniff_image.h"

#include <string>

#include <gtest/gtest.h>

namespace tl {
namespace {

using namespace std::string_literals;

TEST(SniffImage, KnowsFormatsByTheirFirstBytesWhateverTheName) {
    for (const std::string& head : {"\x89PNG\r\n\x1A\n...."s,
                                    "\xFF\xD8\xFF\xE0"s,
                                    "II*\0\x08\0\0\0"s,
                                    "MM\0*\0\0\0\x08"s,
                                    "GIF89a...."s,
                                    "RIFF\x10\0\0\0WEBPVP8 "s,
                                    "BM\x10\x20\0\0\0\0\0\0\x36\0"s}) {
        EXPECT_EQ(sniffImage("letter.txt", head), 100);
    }
}

TEST(SniffImage, KnowsNamesInEitherCase) {
    EXPECT_EQ(sniffImage("Photo.JPG", ""), 50);
    EXPECT_EQ(sniffImage("scan.tiff", "text"), 50);
    EXPECT_EQ(sniffImage("png", ""), 0);
}

TEST(SniffImage, TextsThatBeginAlikeAreNoImages) {
    EXPECT_EQ(sniffImage("a.txt", "BMW is a car maker."), 0);
    EXPECT_EQ(sniffImage("a.txt", "RIFF and raff, said the WEBP"), 0);
    EXPECT_EQ(sniffImage("a.txt", "GIF88 was never a format"), 0);
    EXPECT_EQ(sniffImage("a.txt", "II. The second chapter"), 0);
}

}  // namespace
}  // namespace tl
