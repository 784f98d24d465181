// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/transcript/transcript_reader.h"

#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "tests/ingest/formats/extract_checks.h"
#include "tests/support/said.h"

namespace tl {
namespace {

Extract readTranscript(std::string_view name, std::string_view bytes) {
    ReadRequest request;
    request.name = name;
    request.bytes = bytes;
    auto extract = makeTranscriptReader()->read(request);
    EXPECT_TRUE(extract.ok()) << said(extract.error());
    EXPECT_TRUE(isSound(extract.value()));
    return extract.ok() ? std::move(extract).value() : Extract{};
}

int sniffTranscript(std::string_view name, std::string_view head) {
    return makeTranscriptReader()->sniff(name, head);
}

TEST(TranscriptReader, MergesCaptionsOfASentenceIntoOneTurn) {
    const Extract extract = readTranscript("a.srt",
                                           "1\n00:00:01,000 --> 00:00:03,500\nThe lock gauge was\n"
                                           "<i>fourteen millimetres</i>\n\n2\n00:00:03,600 --> "
                                           "00:00:05,000\noff this month.\n\n3\n00:00:20,000 --> "
                                           "00:00:21,000\nLater.\n");
    EXPECT_EQ(extract.text, "The lock gauge was fourteen millimetres off this month.\n\nLater.\n");
    ASSERT_EQ(extract.units.size(), 2U);
    EXPECT_EQ(extract.units[0].beginMs, 1000);
    EXPECT_EQ(extract.units[0].endMs, 5000);
    EXPECT_EQ(extract.units[1].beginMs, 20000);
    EXPECT_EQ(unitText(extract, 1), "Later.");
    EXPECT_TRUE(extract.warnings.empty());
}

TEST(TranscriptReader, NamesBrokenCuesAndKeepsTheirWords) {
    const Extract extract = readTranscript("a.srt",
                                           "1\n00:00:01,000 --> 00:00:02,000\nOne.\n\n"
                                           "2\n00:0x:03,000 --> 00:00:04,000\nTwo.\n\n"
                                           "3\n00:00:09,000 --> 00:00:08,000\nThree.\n\n7\n\n");
    EXPECT_EQ(extract.text, "One. Two.\n\nThree.\n\n7\n");
    ASSERT_EQ(extract.warnings.size(), 3U);
    EXPECT_EQ(said(extract.warnings[0]),
              "line 6: broken time \"00:0x:03,000 --> 00:00:04,000\", words kept");
    EXPECT_EQ(said(extract.warnings[1]), "line 10: the cue ends before it begins");
    EXPECT_EQ(said(extract.warnings[2]), "line 13: a cue number without a cue");
}

// Found by transcript_fuzz: the warning ended within a character.
TEST(TranscriptReader, ABrokenTimeIsShownUpToAWholeCharacter) {
    std::string line = "0x:01 --> 00:02 x";
    for (int i = 0; i < 60; ++i) {
        line += "\u00E9";
    }
    const Extract extract = readTranscript("a.srt", "1\n" + line + "\nOne.\n");
    ASSERT_EQ(extract.warnings.size(), 1U);
    EXPECT_TRUE(isValidUtf8(said(extract.warnings[0]))) << said(extract.warnings[0]);
}

TEST(TranscriptReader, KeepsParagraphsWithinACue) {
    const Extract extract = readTranscript(
        "a.srt",
        "1\n00:00:01,000 --> 00:00:02,000\nOne.\n\nStill one.\n\n2\n00:00:02,000 --> "
        "00:00:03,000\nTwo.\n");
    EXPECT_EQ(extract.text, "One. Still one. Two.\n");
    EXPECT_TRUE(extract.warnings.empty());
}

TEST(TranscriptReader, TakesSpeakersFromVoiceTags) {
    const Extract extract = readTranscript(
        "meeting.vtt",
        "WEBVTT - Planning\n\nNOTE made by hand\n\n0f1e/12-0\n00:00:01.000 --> 00:00:02.000 "
        "align:start\n<v Jane Doe>Shall we start?</v>\n\n00:02.500 --> 00:04.000\n<v.loud Per "
        "Dahl>Yes &amp; a &lt; b.</v><v Jane Doe>Good.\n");
    EXPECT_EQ(extract.title, "Planning");
    EXPECT_EQ(extract.text,
              "Jane Doe: Shall we start?\n\nPer Dahl: Yes & a < b.\n\nJane Doe: Good.\n");
    ASSERT_EQ(extract.units.size(), 3U);
    EXPECT_EQ(extract.units[1].label, "Per Dahl");
    EXPECT_EQ(extract.units[1].beginMs, 2500);
    EXPECT_EQ(notesSaid(extract.notes), "1 comment left out");
}

TEST(TranscriptReader, TakesSpeakersFromZoomCaptions) {
    const Extract extract = readTranscript(
        "zoom.vtt",
        "WEBVTT\r\n\r\n1\r\n00:00:01.000 --> 00:00:02.000\r\nJane Doe: Hello.\r\n\r\n2\r\n"
        "00:00:02.000 --> 00:00:03.000\r\nJane Doe: How are you?\r\n\r\n3 \"Per Dahl\" (12)\r\n"
        "00:00:04.000 --> 00:00:05.000\r\nFine.\r\n\r\n");
    EXPECT_EQ(extract.text, "Jane Doe: Hello. How are you?\n\nPer Dahl: Fine.\n");
    ASSERT_EQ(extract.units.size(), 2U);
    EXPECT_EQ(extract.units[0].endMs, 3000);
}

TEST(TranscriptReader, DoesNotDoubleTheWordsOfRollUpCaptions) {
    const Extract extract = readTranscript(
        "auto.vtt",
        "WEBVTT\nKind: captions\nLanguage: en\n\n00:00:00.000 --> 00:00:02.000\n \nso "
        "today<00:00:01.000><c> we look</c>\n\n00:00:02.000 --> 00:00:02.010\nso today we look\n "
        "\n\n00:00:02.010 --> 00:00:04.000\nso today we look\nat<00:00:03.000><c> locks</c>\n\n"
        "00:00:04.000 --> 00:00:04.010\nat locks\n \n\n00:00:04.010 --> 00:00:06.000\nat "
        "locks\nand gauges\n");
    EXPECT_EQ(extract.text, "so today we look at locks and gauges\n");
    ASSERT_EQ(extract.units.size(), 1U);
    EXPECT_EQ(extract.units[0].endMs, 6000);
    EXPECT_EQ(notesSaid(extract.notes), "4 repeated caption lines merged");
}

TEST(TranscriptReader, MergesCaptionsThatGrow) {
    const Extract extract = readTranscript("live.srt",
                                           "1\n00:00:01,000 --> 00:00:03,000\nwell\n\n"
                                           "2\n00:00:01,500 --> 00:00:03,500\nwell then\n\n"
                                           "3\n00:00:02,000 --> 00:00:04,000\nwell then go.\n\n"
                                           "4\n00:00:05,000 --> 00:00:06,000\nNo.\n\n"
                                           "5\n00:00:06,000 --> 00:00:07,000\nNo.\n");
    EXPECT_EQ(extract.text, "well then go. No. No.\n");
}

TEST(TranscriptReader, ReadsBothShapesOfWhisper) {
    const Extract open = readTranscript(
        "a.json",
        R"({"text": " One. Two.", "segments": [{"id": 0, "start": 0.0, "end": 1.5, "text": " One."},
            {"id": 1, "text": " Lost."}, {"id": 2, "start": 9.0, "end": 9.5, "text": " Two."}],
            "language": "en"})");
    EXPECT_EQ(open.text, "One. Lost.\n\nTwo.\n");
    EXPECT_EQ(open.units.at(1).beginMs, 9000);
    EXPECT_EQ(eachSaid(open.warnings), std::vector<std::string>{"segment 2: no time, words kept"});
    const Extract cpp = readTranscript(
        "a.json",
        R"({"systeminfo": "x", "transcription": [{"timestamps": {"from": "00:00:00,000",
            "to": "00:00:02,000"}, "offsets": {"from": 0, "to": 2000}, "text": " One."},
            {"timestamps": {"from": "00:00:09,000", "to": "00:00:10,000"}, "text": " Two."}]})");
    EXPECT_EQ(cpp.text, "One.\n\nTwo.\n");
    EXPECT_EQ(cpp.units.at(1).endMs, 10000);
}

TEST(TranscriptReader, KeepsSpeakersOfWhisperSegments) {
    const Extract extract =
        readTranscript("a.json", R"([{"start": 1, "end": 2, "text": "Hi.", "speaker": "SPEAKER_00"},
                      {"start": 2, "end": 3, "text": "Ho.", "speaker": "SPEAKER_01"}])");
    EXPECT_EQ(extract.text, "SPEAKER_00: Hi.\n\nSPEAKER_01: Ho.\n");
}

TEST(TranscriptReader, SaysWhereJsonIsBroken) {
    ReadRequest request;
    request.name = "a.json";
    request.bytes = "{\"text\": \" a\",\n\"segments\": [}";
    const auto extract = makeTranscriptReader()->read(request);
    ASSERT_FALSE(extract.ok());
    EXPECT_EQ(said(extract.error()), "broken JSON in line 2");
}

TEST(TranscriptReader, EndsOnJsonNestedAMillionTimes) {
    const std::string deep = std::string(1'000'000, '[') + std::string(1'000'000, ']');
    const Extract extract = readTranscript("a.json", deep);
    EXPECT_EQ(extract.language, "JSON");
    EXPECT_EQ(extract.text, deep);
}

TEST(TranscriptReader, ReadsOtterAndTeamsText) {
    const Extract extract =
        readTranscript("talk.txt",
                       "Weekly\nJanuary 1, 2024, 10:00\n\nJane Doe  0:03\nShall we start?\nAll "
                       "here?\n\nPer Dahl  1:02:10\nYes.\n\nTranscribed by https://otter.ai\n");
    EXPECT_EQ(extract.text,
              "Weekly\n\nJanuary 1, 2024, 10:00\n\nJane Doe: Shall we start? All here?\n\nPer "
              "Dahl: Yes.\n\nTranscribed by https://otter.ai\n");
    ASSERT_EQ(extract.units.size(), 2U);
    EXPECT_EQ(extract.units[0].beginMs, 3000);
    EXPECT_EQ(extract.units[0].endMs, 3730000);
}

TEST(TranscriptReader, ReadsOlderTeamsText) {
    const Extract extract =
        readTranscript("teams.txt",
                       "0:0:0.0 --> 0:0:2.340\nJane Doe\nHello everyone.\n\n0:0:3.0 "
                       "--> 0:0:4.5\nPer Dahl\nHello.\n");
    EXPECT_EQ(extract.text, "Jane Doe: Hello everyone.\n\nPer Dahl: Hello.\n");
    EXPECT_EQ(extract.units.at(0).endMs, 2340);
}

TEST(TranscriptReader, ReadsZoomChatAndText) {
    const Extract chat = readTranscript(
        "chat.txt",
        "10:20:30\t From Jane Doe to Everyone : The file is in the folder.\n10:21:00 "
        "From Per Dahl to Jane Doe (direct message):\n\tThanks.\n");
    EXPECT_EQ(chat.text, "Jane Doe: The file is in the folder.\n\nPer Dahl: Thanks.\n");
    const Extract saved = readTranscript(
        "saved.txt", "[Jane Doe] 10:20:30\nHello.\n\n[Per Dahl] 10:20:40\nHello, Jane.\n");
    EXPECT_EQ(saved.text, "Jane Doe: Hello.\n\nPer Dahl: Hello, Jane.\n");
    EXPECT_EQ(saved.units.at(0).beginMs, ((10 * 60 + 20) * 60 + 30) * 1000);
}

TEST(TranscriptReader, KeepsTheLinesOfAPlainConversation) {
    std::ifstream file(TL_SOURCE_DIR "/resources/sample/meetings/2024-05-14-planning.txt");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    ASSERT_FALSE(text.empty());
    EXPECT_GT(sniffTranscript("planning.txt", text.substr(0, 4096)), 50);
    const Extract extract = readTranscript("planning.txt", text);
    EXPECT_EQ(extract.text, text);
    EXPECT_EQ(extract.kind, DocumentKind::kTranscript);
    ASSERT_GT(extract.units.size(), 10U);
    EXPECT_EQ(extract.units[0].label, "Birgit");
    EXPECT_TRUE(unitText(extract, 0).ends_with("you start."));
    EXPECT_EQ(extract.units[1].label, "Tomasz");
}

TEST(TranscriptReader, TakesTimesOfNamedLines) {
    const std::string text =
        "[00:00:12] ANN: Did the pump start today?\n[00:00:15] BEN: It did, at noon.\n"
        "[00:00:21] ANN: And the valve, is it tight?\n[00:00:25] BEN: Not yet. I will see.\n";
    EXPECT_GT(sniffTranscript("a.txt", text), 50);
    const Extract extract = readTranscript("a.txt", text);
    ASSERT_EQ(extract.units.size(), 4U);
    EXPECT_EQ(extract.units[1].label, "BEN");
    EXPECT_EQ(extract.units[1].beginMs, 15000);
    EXPECT_EQ(extract.units[1].endMs, 21000);
    EXPECT_EQ(extract.text, text);
}

TEST(TranscriptReader, LeavesOtherTextsAlone) {
    EXPECT_EQ(sniffTranscript("notes.txt",
                              "Note: buy milk today, please.\n\nSome text.\n\nNote: "
                              "call Per. He waits.\n\nWarning: it is hot.\n"),
              0);
    EXPECT_EQ(sniffTranscript("control",
                              "Package: foo\nVersion: 1\nMaintainer: A B <a@b>\n\n"
                              "Package: bar\nVersion: 2\nMaintainer: A B <a@b>\n\n"),
              0);
    EXPECT_EQ(sniffTranscript("log.txt",
                              "[10:00:01] ERROR: it failed. Badly, too.\n[10:00:02] "
                              "INFO: it works. Again so.\n[10:00:03] ERROR: it is no "
                              "more.\n[10:00:04] INFO: it is there.\n"),
              0);
    EXPECT_EQ(sniffTranscript("main.py",
                              "x: int\nAnn: Hello there, you.\nBen: Hello there, me.\n"
                              "Ann: Hello there, you.\nBen: Hello there, me.\n"),
              0);
    EXPECT_EQ(sniffTranscript("data.json", R"({"text": "a", "id": 3})"), 0);
    EXPECT_EQ(sniffTranscript("mail.txt", "From: Ann\nTo: Ben\nSubject: x\nDate: today\n\nHi.\n"),
              0);
}

TEST(TranscriptReader, StaysLinearOnHostileCaptions) {
    std::string text = "WEBVTT\n\n00:01.000 --> 00:02.000\n";
    text += std::string(2'000'000, '<');
    const Extract extract = readTranscript("a.vtt", text);
    EXPECT_GE(extract.text.size(), 2'000'000U);
}

}  // namespace
}  // namespace tl
