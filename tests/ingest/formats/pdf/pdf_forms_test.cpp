// SPDX-License-Identifier: Apache-2.0
// What fields of forms say stands where they stand.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ingest/formats/pdf/read_pdf.h"
#include "tests/ingest/formats/pdf/make_pdf.h"
#include "tests/support/said.h"

namespace tl {
namespace {

struct Field {
    std::string name;
    std::string rect;     // "72 690 84 702"
    std::string entries;  // of its dictionary
};

const std::string kOnAppearance = "/AP << /N << /Yes null /Off null >> >> ";
const std::string kRadioFlag = "/FT /Btn /Ff 49152 ";

std::string textOf(const std::vector<Field>& fields, PdfPageSpec page) {
    PdfSpec spec;
    std::string refs;
    for (const Field& field : fields) {
        spec.objects.push_back("<< /Type /Annot /Subtype /Widget /F 4 /T (" + field.name +
                               ") /Rect [" + field.rect + "] " + field.entries + " >>");
        refs += std::to_string(spec.objects.size()) + " 0 R ";
    }
    page.entries += "/Annots [" + refs + "]";
    spec.pages = {std::move(page)};
    spec.catalog = "/AcroForm << /Fields [" + refs + "] /DA (/F0 10 Tf) >>";
    const std::string bytes = makePdf(spec);
    const ReadRequest request{.name = "a.pdf", .bytes = bytes, .password = "", .limits = {}};
    Reading<Extract> extract = readPdf(request);
    EXPECT_TRUE(extract.ok()) << (extract.ok() ? "" : said(extract.error()));
    return std::move(extract).value().text;
}

std::vector<PdfText> answers() {
    return {{.x = 88, .baseline = 100, .bytes = "Yes"},
            {.x = 128, .baseline = 100, .bytes = "No"},
            {.x = 160, .baseline = 100, .bytes = "Is it leaking?"}};
}

TEST(PdfForms, BoxesStandBesideTheirLabelsWithTheirState) {
    const std::string text =
        textOf({{"a", "72 687 84 699", "/FT /Btn /V /Off /AS /Off " + kOnAppearance},
                {"b", "112 687 124 699", "/FT /Btn /V /Yes /AS /Yes " + kOnAppearance}},
               {.texts = answers()});
    EXPECT_EQ(text, "[ ] Yes  [x] No  Is it leaking?\n");
}

TEST(PdfForms, RadioButtonsAreRound) {
    const std::string text =
        textOf({{"a", "72 687 84 699", kRadioFlag + "/AS /Yes " + kOnAppearance},
                {"b", "112 687 124 699", kRadioFlag + "/AS /Off " + kOnAppearance}},
               {.texts = answers()});
    EXPECT_EQ(text, "(x) Yes  ( ) No  Is it leaking?\n");
}

// What is shown decides, not what the field remembers.
TEST(PdfForms, TheStateThatIsShownCounts) {
    const std::string text =
        textOf({{"a", "72 687 84 699", "/FT /Btn /V /Yes /AS /Off " + kOnAppearance}},
               {.texts = {{.x = 88, .baseline = 100, .bytes = "Yes"}}});
    EXPECT_EQ(text, "[ ] Yes\n");
}

TEST(PdfForms, HiddenBoxesAreNotSaid) {
    const std::string text =
        textOf({{"a", "72 687 84 699", "/F 2 /FT /Btn /AS /Yes " + kOnAppearance}},
               {.texts = {{.x = 88, .baseline = 100, .bytes = "Yes"}}});
    EXPECT_EQ(text, "Yes\n");
}

TEST(PdfForms, ListsSayWhatIsChosen) {
    const std::string text =
        textOf({{"a", "112 660 200 700", "/FT /Ch /Opt [(Mon) (Tue) (Wed)] /V (Tue)"}},
               {.texts = {{.x = 72, .baseline = 115, .bytes = "Day:"}}});
    EXPECT_EQ(text, "Day:\n\nTue\n");
}

// Boxes of fonts, as word processors print them.
TEST(PdfForms, DrawnBoxesSayTheirStateToo) {
    const std::string bytes = makePdf(
        {.pages =
             {{.texts = {{.x = 72, .baseline = 100, .bytes = "\x01", .font = PdfFont::kMapped},
                         {.x = 84, .baseline = 100, .bytes = "Yes"},
                         {.x = 122, .baseline = 100, .bytes = "\x02", .font = PdfFont::kMapped},
                         {.x = 134, .baseline = 100, .bytes = "No"}}}},
         .mapped = U"\u2610\u2612"});
    const ReadRequest request{.name = "a.pdf", .bytes = bytes, .password = "", .limits = {}};
    EXPECT_EQ(readPdf(request).value().text, "[ ] Yes  [x] No\n");
}

}  // namespace
}  // namespace tl
