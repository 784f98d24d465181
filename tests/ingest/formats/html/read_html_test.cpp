// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/html/read_html.h"

#include <random>
#include <string>

#include <gtest/gtest.h>

#include "ingest/xml/html_tree.h"
#include "tests/ingest/formats/office_files.h"
#include "tests/support/said.h"

namespace tl {
namespace {

std::string textOf(const std::string& page) {
    return officeText("html", page);
}

std::string repeated(std::string_view piece, int times) {
    std::string text;
    for (int i = 0; i < times; ++i) {
        text += piece;
    }
    return text;
}

TEST(ReadHtml, KeepsHeadingsParagraphsAndInlineText) {
    EXPECT_EQ(textOf("<title>T</title><h1>The  <i>Heron</i></h1>\n<p>Came\n in<br>at <b>six</b>"
                     "</p><p>caf&eacute;&nbsp;&amp; <a href='x.html'>rope</a>&shy;s</p>"),
              "The Heron\n\nCame in\nat six\n\ncaf\xC3\xA9 & ropes\n");
}

TEST(ReadHtml, ListsHaveMarkersAndNest) {
    EXPECT_EQ(textOf("<p>Cargo</p><ul><li><p>rope</p><p>40 m</p></li><li>lamps<ol type=a start=2>"
                     "<li>brass<li>glass</ol></li></ul><p>End</p>"),
              "Cargo\n\n- rope\n  40 m\n- lamps\n  b. brass\n  c. glass\n\nEnd\n");
}

TEST(ReadHtml, TablesKeepTheirRowsAndEmptyCells) {
    EXPECT_EQ(textOf("<table><caption>Berths</caption><tr><th>Berth<th>Ship<th>Crates"
                     "<tr><td>1<td><p>Heron</p><p>(late)</p><td>12<tr><td><td>Plover<td>"
                     "<tr><td><td><td></table>after"),
              "Berths\n\nBerth | Ship | Crates\n1 | Heron (late) | 12\n| Plover\n\nafter\n");
}

TEST(ReadHtml, TablesThatPlaceThingsBecomeParagraphs) {
    EXPECT_EQ(textOf("<table><tr><td><h2>Menu</h2><td><table><tr><td>a<td>b</table></table>"),
              "Menu\n\na | b\n");
    EXPECT_EQ(textOf("<table><tr><td><p>one</p><p>two</p></table>"), "one\n\ntwo\n");
}

TEST(ReadHtml, PreformattedTextStaysAsItIs) {
    EXPECT_EQ(textOf("<p>Depths:</p><pre>\n  4.2 m  low\n\n\tswell  </pre><p>end"),
              "Depths:\n\n  4.2 m  low\n\n\tswell\n\nend\n");
}

TEST(ReadHtml, ImagesGiveTheirWords) {
    EXPECT_EQ(textOf("<p>See <img alt='the quay'><img src=x alt=''> here"),
              "See [image: the quay] here\n");
}

TEST(ReadHtml, RaisedNumbersNotesAndFormulasStayApart) {
    EXPECT_EQ(textOf("<p>12 crates.<sup><a href='#1'>1</a></sup> 10<sup>6</sup> m<sup>-2</sup> "
                     "the 1<sup>st</sup><sup>[2]</sup>"),
              "12 crates.[1] 10^6 m^-2 the 1st[2]\n");
    EXPECT_EQ(textOf("<p><math><mfrac><mi>a</mi><msup><mi>b</mi><mn>2</mn></msup></mfrac></math> "
                     "<math><semantics><mi>x</mi><annotation>\\alpha</annotation></semantics>"
                     "</math>"),
              "a/(b^2) \\alpha\n");
}

TEST(ReadHtml, ScriptsStylesAndFormsAreNoText) {
    EXPECT_EQ(
        textOf("<body><style>p{}</style><script>var a='<p>no</p>'</script><template>no</template>"
               "<noscript>no</noscript><svg><text>no</text></svg><p>yes<select><option>no"
               "</select><button>no</button><span hidden>no</span>"),
        "yes\n");
}

TEST(ReadHtml, HeadingsAreNestedSymbols) {
    const auto extract = readOffice(
        "html", "<title> The\n Log </title><h1>A</h1><p>x</p><h3>B</h3><p>y</p><h1>C</h1>");
    ASSERT_TRUE(extract.ok());
    const Extract& page = extract.value();
    EXPECT_EQ(page.title, "The Log");
    EXPECT_EQ(page.kind, DocumentKind::kMarkup);
    ASSERT_EQ(page.symbols.size(), 3U);
    EXPECT_EQ(page.symbols[0].name, "A");
    EXPECT_EQ(page.symbols[1].parent, 0);
    EXPECT_EQ(page.symbols[1].firstLine, 5);
    EXPECT_EQ(page.symbols[2].parent, -1);
}

TEST(ReadHtmlMain, LeavesSurroundingsOutAndSaysSo) {
    const auto extract = readOffice(
        "html",
        "<header>Site</header><nav>Home News</nav><main><header><h1>Tides</h1></header>"
        "<p>High water was at noon.</p><aside>Advert</aside></main><footer>Imprint</footer>");
    ASSERT_TRUE(extract.ok());
    EXPECT_EQ(extract.value().text, "Tides\n\nHigh water was at noon.\n");
    EXPECT_EQ(notesSaid(extract.value().notes),
              "main part of the page, without 25 bytes of menus and other surroundings");
    EXPECT_TRUE(extract.value().warnings.empty());
}

TEST(ReadHtmlMain, WithoutMainItTakesArticlesAndElseTheBody) {
    EXPECT_EQ(textOf("<div>Teaser</div><article>One long text</article><article>Two</article>"),
              "One long text\n\nTwo\n");
    EXPECT_EQ(textOf("<div role=navigation>Home</div><div>Text</div><footer>F</footer>"), "Text\n");
}

TEST(ReadHtmlMain, AHeaderWithTheTitleAndNoMenuStays) {
    EXPECT_EQ(textOf("<header><h1>Log</h1><p>A. Keeper</p></header><p>Text</p>"),
              "Log\n\nA. Keeper\n\nText\n");
    EXPECT_EQ(textOf("<header><h1>Log</h1><nav>Home</nav></header><p>Text of the page</p>"),
              "Text of the page\n");
}

TEST(ReadHtmlMain, NeverLosesMostOfThePage) {
    const std::string body = repeated("<p>All of the text stands outside.</p>", 5);
    const auto extract = readOffice("html", "<nav>Home</nav>" + body + "<main>Loading</main>");
    ASSERT_TRUE(extract.ok());
    EXPECT_NE(extract.value().text.find("Home\n\nAll of the text"), std::string::npos);
    EXPECT_NE(extract.value().text.find("Loading"), std::string::npos);
    ASSERT_EQ(extract.value().warnings.size(), 1U);
    EXPECT_EQ(said(extract.value().warnings[0]),
              "the page's main part holds less than a third of its text; all of it is kept");
}

TEST(ReadHtmlCharset, MarksDeclarationsAndLooksDecide) {
    EXPECT_EQ(textOf("<meta charset=iso-8859-1><p>caf\xE9 \x93quay\x94"),
              "caf\xC3\xA9 \xE2\x80\x9Cquay\xE2\x80\x9D\n");
    EXPECT_EQ(textOf("<meta http-equiv=x content='text/html; charset=koi8-r'><p>\xD0\xCF\xD2\xD4"),
              "\xD0\xBF\xD0\xBE\xD1\x80\xD1\x82\n");
    EXPECT_EQ(textOf("<meta charset=koi8-r><p>caf\xC3\xA9"), "caf\xC3\xA9\n")
        << "valid UTF-8 is UTF-8, whatever was declared before it was saved";
    EXPECT_EQ(textOf(std::string("\xFF\xFE<\0p\0>\0a\0", 10)), "a\n");
}

// Browsers start anew when they meet a late declaration.
TEST(ReadHtmlCharset, ADeclarationFarDownCounts) {
    const std::string script =
        "<script>var a = '<meta charset=koi8-r>';" + std::string(9000, 'x') + "</script>";
    EXPECT_EQ(textOf("<head>" + script +
                     "<!-- <meta charset=koi8-r> --><META Charset='windows-1251'>"
                     "</head><p>\xCA\xEB\xFE\xF7"),
              "\xD0\x9A\xD0\xBB\xD1\x8E\xD1\x87\n");
    EXPECT_EQ(textOf("<head>" + script +
                     "<meta http-equiv='Content-Type' content='text/html; "
                     "charset = euc-kr'></head><p>\xB0\xA1"),
              "\xEA\xB0\x80\n");
    EXPECT_EQ(textOf("<p>the words charset=koi8-r</p><p>caf\xE9 cr\xE8me"),
              "the words charset=koi8-r\n\ncaf\xC3\xA9 cr\xC3\xA8me\n");
}

TEST(ReadHtmlXhtml, ElementsMayEndThemselves) {
    EXPECT_EQ(textOf("<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><head>"
                     "<title/><script src='a.js'/></head><body><a id='x'/><p>words<br/>more</p>"
                     "</body></html>"),
              "words\nmore\n");
    EXPECT_EQ(withExplicitEnds("<a b='/>'/><br/>x<!-- <p/> -->< <"),
              "<a b='/>'></a><br/>x<!-- <p></p> -->< <");
}

TEST(ReadHtmlBadInput, DeepNestingIsToldAndDoesNotCrash) {
    EXPECT_EQ(officeError("html", repeated("<div>", 100'000)),
              "elements nested more than 10000 deep");
    EXPECT_EQ(textOf(repeated("<div>", 9'000) + "deep"), "deep\n");
    EXPECT_EQ(textOf(repeated("<p>", 100'000) + "flat"), "flat\n");
    EXPECT_EQ(textOf(repeated("<ul><li>", 2'000) + "x").substr(0, 70),
              std::string(62, ' ') + "- x\n");
}

TEST(ReadHtmlBadInput, LimitsOfMemoryAndTextAreErrors) {
    ReadLimits limits;
    limits.maxMemoryBytes = 4 << 20;
    const auto page = readOffice("html", repeated("<b>x</b>", 50'000), limits);
    ASSERT_FALSE(page.ok());
    EXPECT_EQ(page.error().code, ErrorCode::kOutOfMemory);
    limits = {};
    limits.maxTextBytes = 1000;
    const auto text = readOffice("html", repeated("<p>words</p>", 500), limits);
    ASSERT_FALSE(text.ok());
    EXPECT_EQ(said(text.error()), "text over the limit of 1000 bytes");
}

TEST(ReadHtmlBadInput, AnyBytesGiveATextOrAReason) {
    const std::string page = officeFile("pandoc.html");
    std::mt19937 random(5);
    for (int run = 0; run < 300; ++run) {
        std::string bytes = page.substr(0, random() % page.size());
        for (int change = 0; change < run % 5; ++change) {
            bytes[random() % (bytes.size() + 1)] = static_cast<char>(random());
        }
        (void)readOffice("html", bytes);
    }
}

}  // namespace
}  // namespace tl
