// SPDX-License-Identifier: Apache-2.0
#include "app/reason/reason_text.h"

#include <utility>

#include <gtest/gtest.h>

namespace tl {
namespace {

using Code = ReasonCode;

struct Saying {
    Reason reason;
    std::string text;
    std::string kind;
};

void expectAll(const std::vector<Saying>& sayings) {
    for (const auto& [reason, text, kind] : sayings) {
        EXPECT_EQ(reasonText(reason), text);
        EXPECT_EQ(reasonKind(reason), kind) << text;
    }
}

Reason onPages(std::vector<PlaceRange> pages, Reason reason) {
    reason.placeKind = PlaceKind::kPage;
    reason.places = std::move(pages);
    return reason;
}

TEST(ReasonText, WhatNamesOneFileIsInTheTextAndNotInTheKind) {
    expectAll({
        {{Code::kEmptyFile}, "empty file", "empty file"},
        {{.code = Code::kOverSizeLimit, .count = 12 << 20, .limit = 8 << 20},
         "12.0 MiB, over the limit of 8.0 MiB",
         "over the limit of 8.0 MiB"},
        {{.code = Code::kOverSizeLimit, .limit = 8 << 20},
         "over the limit of 8.0 MiB",
         "over the limit of 8.0 MiB"},
        {{.code = Code::kLinkWithin, .name = "docs/a.md"},
         "symbolic link to docs/a.md (not read twice)",
         "symbolic link"},
        {{.code = Code::kIgnoredByRule, .name = "src/.gitignore", .detail = "*.o", .count = 3},
         "ignored by src/.gitignore:3: *.o",
         "ignored by an ignore file"},
        {{.code = Code::kDependencies, .name = "vendor", .detail = "go.mod"},
         "dependencies (vendor beside go.mod)",
         "dependencies"},
        {{.code = Code::kDependencies, .name = "node_modules"},
         "dependencies (node_modules)",
         "dependencies"},
        {{.code = Code::kExcludedByPattern, .name = "a;b:(*.{md,txt}"},
         "excluded by the pattern a;b:(*.{md,txt}",
         "excluded by the pattern a;b:(*.{md,txt}"},
        {{.code = Code::kSameContent, .name = "[a].txt"},
         "same content as [a].txt",
         "same content as another file"},
        {{.code = Code::kChangedSinceListed, .count = 3, .limit = 5},
         "changed since it was listed: 3 bytes then, 5 bytes now",
         "changed since it was listed"},
        {{.code = Code::kBrokenXml,
          .name = "word/document.xml",
          .detail = "No document element found",
          .count = 812},
         "word/document.xml: broken XML at byte 812: No document element found",
         "broken XML"},
        {{.code = Code::kPartMissing, .name = "word/document.xml", .detail = "DOCX"},
         "no word/document.xml: damaged DOCX",
         "damaged DOCX"},
        {{.code = Code::kImageTooLarge, .count = 30000, .limit = 30000},
         "image of 30000 x 30000 pixels, over the limit of 100 million",
         "image over the limit of pixels"},
    });
}

TEST(ReasonText, TimesAndMemoryHaveTheirUnits) {
    expectAll({{{.code = Code::kTimeOut, .limit = 60'000},
                "took longer than 60 s",
                "took longer than 60 s"},
               {{.code = Code::kTimeOut, .limit = 300},
                "took longer than 0.3 s",
                "took longer than 0.3 s"},
               {{.code = Code::kOverMemoryLimit, .limit = int64_t{2} << 30},
                "needs more than 2.0 GiB of memory",
                "needs more than 2.0 GiB of memory"}});
}

TEST(ReasonText, PlacesStandInFrontOfTheTextAndOcrBehindIt) {
    Reason scanned = becauseOf(Code::kPageScanned, {Code::kOcrCanRead});
    const Reason ofBook = onPages({{3, 40}, {42, 42}, {44, 45}}, scanned);
    expectAll({
        {onPages({{3, 3}}, {Code::kPageEmpty}), "page 3: empty", "empty"},
        {ofBook, "pages 3-40, 42, 44, 45: scanned, no text; OCR can read it", "scanned, no text"},
        {becauseOf(Code::kNoText, ofBook),
         "no text in it; pages 3-40, 42, 44, 45: scanned, no text; OCR can read it",
         "no text in it: scanned, no text"},
        {{Code::kNoText}, "no text in it", "no text in it"},
        {onPages({{5, 5}}, {.code = Code::kPageUnknownGlyphs, .count = 82, .limit = 91}),
         "page 5: garbled text (no character table), 82 to 91 % of characters unknown",
         "garbled text"},
        {{.code = Code::kPagePicture, .count = 1, .limit = 1},
         "perhaps scanned, a picture with little text (1 character)",
         "perhaps scanned, a picture with little text"},
        {reasonAt(PlaceKind::kRow, 12, {Code::kOpenQuote}),
         "row 12: a quote is never closed, lines taken as rows",
         "a quote is never closed, lines taken as rows"},
        {reasonAt(PlaceKind::kRow, 7, {.code = Code::kUnevenRows, .count = 2, .limit = 4}),
         "2 rows have another number of cells than the first row (4), first row 7",
         "rows have another number of cells than the first row"},
    });
}

TEST(ReasonText, LongListsOfPlacesEndInTheirNumber) {
    std::vector<PlaceRange> pages;
    for (int64_t page = 1; page <= 27; page += 2) {
        addPlace(page, pages);
    }
    EXPECT_EQ(reasonText(onPages(pages, {Code::kPageEmpty})),
              "pages 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23 and others (14 in all): empty");
    Reason dates{Code::kNoValidDate};
    dates.placeKind = PlaceKind::kMessage;
    dates.places = {{4, 4}, {9, 9}, {12, 12}};
    EXPECT_EQ(reasonText(dates), "messages 4, 9 and 12: no valid date");
    dates.places = {{1, 1000}};
    EXPECT_EQ(reasonText(dates),
              "messages 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 990 more: no valid date");
}

TEST(ReasonText, OneIsNotMany) {
    expectAll({{{.code = Code::kNotesNotRead, .count = 7},
                "7 notes on pages are not read",
                "notes on pages are not read"},
               {{.code = Code::kNotesNotRead, .count = 1},
                "1 note on a page is not read",
                "notes on pages are not read"}});
}

TEST(ReasonText, PlacesGrowIntoRanges) {
    std::vector<PlaceRange> places;
    for (const int64_t number : {1, 2, 2, 3, 7}) {
        addPlace(number, places);
    }
    EXPECT_EQ(places, (std::vector<PlaceRange>{{1, 3}, {7, 7}}));
    EXPECT_EQ(placeCount(places), 4);
}

TEST(ReasonText, ACodeIsFoundBehindOthers) {
    const Reason reason =
        becauseOf(Code::kNoText, becauseOf(Code::kPageScanned, {Code::kOcrCanRead}));
    EXPECT_TRUE(hasCode(reason, Code::kOcrCanRead));
    EXPECT_FALSE(hasCode(reason, Code::kOcrFoundNothing));
}

TEST(ReasonText, ARemarkHasTheNameForPrograms) {
    const Remark remark = remarkOf(onPages({{3, 3}}, {Code::kPageScanned}));
    EXPECT_EQ(remark.code, "page_scanned");
    EXPECT_EQ(remark.kind, "scanned, no text");
    EXPECT_EQ(remark.text, "page 3: scanned, no text");
}

}  // namespace
}  // namespace tl
