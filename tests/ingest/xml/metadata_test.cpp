// SPDX-License-Identifier: Apache-2.0
#include "ingest/xml/metadata.h"

#include <string>

#include <gtest/gtest.h>

namespace tl {
namespace {

Extract metadataOf(const std::string& elements) {
    pugi::xml_document document;
    EXPECT_TRUE(document.load_string(("<m>" + elements + "</m>").c_str()));
    Extract extract;
    takeMetadata(document.child("m"), extract);
    return extract;
}

TEST(Metadata, TheFirstOfSeveralCountsAndOfOdfTheOneWhoBegan) {
    const Extract extract = metadataOf(
        "<dc:title>The Log</dc:title><dc:title>A subtitle</dc:title>"
        "<dc:creator>Ben</dc:creator><meta:initial-creator>Ana</meta:initial-creator>"
        "<dc:date>2024-06-01</dc:date><meta:creation-date>2024-03-05</meta:creation-date>");
    EXPECT_EQ(extract.title, "The Log");
    EXPECT_EQ(extract.author, "Ana");
    EXPECT_EQ(extract.date, "2024-03-05");
}

TEST(Metadata, ADateIsADayOrLessAndNothingElse) {
    const auto dateOf = [](const std::string& date) {
        return metadataOf("<dc:date>" + date + "</dc:date>").date;
    };
    EXPECT_EQ(dateOf("2024-03-05"), "2024-03-05");
    EXPECT_EQ(dateOf(" 2024-03-05T10:12:00Z"), "2024-03-05");
    EXPECT_EQ(dateOf("2024-03"), "2024-03");
    EXPECT_EQ(dateOf("1865"), "1865");
    for (const char* other : {"", "March 1865", "05.03.2024", "20240305", "2024-03-05x", "2024-"}) {
        EXPECT_EQ(dateOf(other), "") << other;
    }
}

}  // namespace
}  // namespace tl
