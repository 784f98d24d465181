// SPDX-License-Identifier: Apache-2.0
#include "app/citation/citation_place.h"

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include "app/citation/citation_check.h"
#include "app/cli/json_lines.h"
#include "tests/app/test_corpus.h"

namespace tl {
namespace {

using Json = nlohmann::json;

const std::string kText = "First words here.\n\nThe key hangs there.\n";
const auto kSecond = static_cast<int64_t>(kText.find("The key"));

// What an answer from the second of two units is cited as.
Citation citedFrom(Unit unit, const std::vector<WordBox>& words = {}) {
    Corpus corpus = corpusOf({{"a.bin", kText}});
    unit.begin = kSecond;
    unit.end = std::ssize(kText);
    Unit before = unit;
    before.begin = 0;
    before.end = kSecond;
    before.number = unit.number - 1;
    before.label = "before";
    corpus.files[0].document.units = {before, unit};
    corpus.files[0].document.words = words;
    DefinitionSearch definitions(corpus);
    return citeAnswer(
               corpus, definitions, topicOf(corpus, ""), "The key hangs there", allPassages(corpus))
        .at(0);
}

Unit unitOf(UnitKind kind, int64_t number, const std::string& label = "") {
    Unit unit;
    unit.kind = kind;
    unit.number = number;
    unit.label = label;
    return unit;
}

Json json(const Citation& citation) {
    Answer answer;
    answer.citations = {citation};
    return Json::parse(answerLine("", answer))["citations"][0];
}

TEST(CitationPlace, LinesNeedNoOther) {
    const Corpus corpus = corpusOf({{"a.txt", kText}});
    DefinitionSearch definitions(corpus);
    const Citation citation =
        citeAnswer(corpus, definitions, topicOf(corpus, ""), "The key", allPassages(corpus)).at(0);
    EXPECT_EQ(citation.place, "");
    EXPECT_TRUE(json(citation)["page"].is_null());
    EXPECT_EQ(json(citation).size(), 8U);
}

TEST(CitationPlace, APageHasItsLabelAndBoxesOfTheQuotedWords) {
    const auto key = static_cast<uint32_t>(kText.find("key"));
    const Citation citation =
        citedFrom(unitOf(UnitKind::kPage, 6, "iv"),
                  {{0, 5, 0.1F, 0.1F, 0.2F, 0.2F}, {key, key + 3, 0.3F, 0.4F, 0.5F, 0.6F}});
    EXPECT_EQ(citation.place, "page iv");
    ASSERT_EQ(citation.boxes.size(), 1U);
    EXPECT_EQ(citation.boxes[0].page, 6);
    EXPECT_EQ(citation.boxes[0].left, 0.3F);
    EXPECT_EQ(citation.boxes[0].bottom, 0.6F);
    EXPECT_EQ(json(citation)["page"], 6);
    EXPECT_EQ(json(citation)["page_label"], "iv");
    EXPECT_EQ(json(citation)["boxes"][0]["page"], 6);
    EXPECT_EQ(json(citation)["boxes"][0]["left"], 0.3) << "not 0.30000001";
    // The lines of the extracted text remain, for who looks at that.
    EXPECT_EQ(citation.startLine, 3);
}

TEST(CitationPlace, LinksAreThoseOfTheQuotedWordsAndEachOnce) {
    Corpus corpus = corpusOf({{"a.pdf", kText}});
    const auto key = static_cast<int64_t>(kText.find("key"));
    corpus.files[0].document.links = {{0, 2, "https://example.org/first"},
                                      {key, key + 1, "#page=2"},
                                      {key, key + 3, "https://example.org/key"},
                                      {key + 1, key + 3, "#page=2"}};
    DefinitionSearch definitions(corpus);
    const Citation citation =
        citeAnswer(corpus, definitions, topicOf(corpus, ""), "The key", allPassages(corpus)).at(0);
    const std::vector<std::string> links = {"#page=2", "https://example.org/key"};
    EXPECT_EQ(citation.links, links);
    EXPECT_EQ(json(citation)["links"], Json(links));
}

TEST(CitationPlace, ACueHasItsSpeakerAndTimes) {
    Unit cue = unitOf(UnitKind::kCue, 2, "Ana");
    cue.beginMs = 723'500;
    cue.endMs = 725'000;
    const Citation citation = citedFrom(cue);
    EXPECT_EQ(citation.place, "00:12:03 Ana");
    EXPECT_EQ(json(citation)["speaker"], "Ana");
    EXPECT_EQ(json(citation)["time_start"], 723.5);
    EXPECT_EQ(json(citation)["time_end"], 725);
    EXPECT_TRUE(json(citation)["page"].is_null());
}

TEST(CitationPlace, AMessageHasItsIdAndDate) {
    Unit message = unitOf(UnitKind::kMessage, 2, "<7@example.org>");
    message.date = "2024-03-01T09:30:00+01:00";
    message.from = "Per";
    const Json told = json(citedFrom(message));
    EXPECT_EQ(told["place"], "message <7@example.org> 2024-03-01");
    EXPECT_EQ(told["message_id"], "<7@example.org>");
    EXPECT_EQ(told["date"], "2024-03-01T09:30:00+01:00");
    EXPECT_EQ(told["speaker"], "Per");
}

TEST(CitationPlace, CellsRowsSlidesAndChaptersAreNumbered) {
    EXPECT_EQ(json(citedFrom(unitOf(UnitKind::kCell, 3, "code")))["cell"], 3);
    EXPECT_EQ(json(citedFrom(unitOf(UnitKind::kRow, 17)))["row"], 17);
    EXPECT_EQ(json(citedFrom(unitOf(UnitKind::kSlide, 4)))["page"], 4);
    EXPECT_EQ(citedFrom(unitOf(UnitKind::kSlide, 4)).place, "slide 4");
    EXPECT_EQ(citedFrom(unitOf(UnitKind::kChapter, 2, "The sea")).place, "chapter 2 The sea");
}

}  // namespace
}  // namespace tl
