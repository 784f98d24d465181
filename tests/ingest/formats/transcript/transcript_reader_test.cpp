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

// "1 Mara 2024-03-12T09:14: words" for each unit.
std::string chatOf(std::string_view name, std::string_view text) {
    EXPECT_GE(sniffTranscript(name, text.substr(0, 4096)), 80) << text;
    const Extract extract = readTranscript(name, text);
    std::string said;
    for (size_t i = 0; i < extract.units.size(); ++i) {
        const Unit& unit = extract.units[i];
        said += unit.label + " " + unit.date + "|" + unitText(extract, i) + "\n";
        EXPECT_EQ(unit.beginMs, kNoTimeMs);
    }
    return said;
}

TEST(TranscriptReader, ReadsChatsOfAndroidPhones) {
    const std::string_view text =
        "12/03/2024, 09:14 - Messages and calls are end-to-end encrypted. No one can read them.\n"
        "12/03/2024, 09:16 - Mara Lind: Which porter?\nThe one at the gate?\n\nThat one?\n"
        "13/03/2024, 18:02 - +49 151 23456: Friday\n";
    EXPECT_EQ(chatOf("android.txt", text),
              " 2024-03-12T09:14|12/03/2024, 09:14 - Messages and calls are end-to-end encrypted. "
              "No one can read them.\n"
              "Mara Lind 2024-03-12T09:16|12/03/2024, 09:16 - Mara Lind: Which porter?\nThe one at "
              "the gate?\n\nThat one?\n"
              "+49 151 23456 2024-03-13T18:02|13/03/2024, 18:02 - +49 151 23456: Friday\n");
}

TEST(TranscriptReader, ReadsChatsOfIosPhones) {
    const std::string_view text =
        "[3/12/24, 9:14:05\xE2\x80\xAF"
        "AM] Mara Lind: \xE2\x80\x8EMessages are encrypted.\n"
        "[3/13/24, 12:15:11\xE2\x80\xAF"
        "AM] Jonas Falk: The key\n"
        "\xE2\x80\x8E[3/13/24, 9:17:40\xE2\x80\xAFPM] Jonas Falk: \xE2\x80\x8Eimage omitted\n";
    const Extract extract = readTranscript("ios.txt", text);
    ASSERT_EQ(extract.units.size(), 3U);
    EXPECT_EQ(extract.units[0].date, "2024-03-12T09:14");
    EXPECT_EQ(extract.units[1].date, "2024-03-13T00:15");
    EXPECT_EQ(extract.units[2].date, "2024-03-13T21:17");
    EXPECT_EQ(extract.units[2].label, "Jonas Falk");
    EXPECT_GE(sniffTranscript("_chat.txt", text), 80);
}

TEST(TranscriptReader, ReadsChatsInTheFormsOfManyCountries) {
    for (const std::string_view head : {"24.12.23, 18:05 - ",
                                        "24.12.2023, 18:05 - ",
                                        "[24.12.23, 18:05:33] ",
                                        "24/12/23 18:05 - ",
                                        "24/12/2023 \xC3\xA0 18:05 - ",
                                        "24-12-2023 18:05 - ",
                                        "24.12.2023 klo 18.05 - ",
                                        "24/12/23 18.05 - ",
                                        "12/24/23, 6:05 PM - ",
                                        "24/12/23 6:05 p. m. - ",
                                        "24/12/23, 6:05\xE2\x80\xAFp.\xC2\xA0m. - ",
                                        "2023-12-24, 18:05 - ",
                                        "2023/12/24 18:05 - ",
                                        "[2023-12-24, 18:05] ",
                                        "[2023/12/24 \xE4\xB8\x8B\xE5\x8D\x88"
                                        "6:05:33] ",
                                        "2023. 12. 24. \xEC\x98\xA4\xED\x9B\x84 6:05, "}) {
        const std::string text = std::string(head) + "Mara: Hi\n" + std::string(head) +
                                 "Jonas: Hello\n" + std::string(head) + "Mara: Yes\n";
        const Extract extract = readTranscript("chat.txt", text);
        ASSERT_EQ(extract.units.size(), 3U) << head;
        EXPECT_EQ(extract.units[1].label, "Jonas") << head;
        EXPECT_EQ(extract.units[1].date, "2023-12-24T18:05") << head;
        EXPECT_TRUE(extract.notes.empty()) << head;
        EXPECT_GE(sniffTranscript("chat.txt", text), 80) << head;
    }
}

TEST(TranscriptReader, ADateThatCanBeReadTwoWaysStaysAsItIsWritten) {
    const Extract extract = readTranscript("chat.txt",
                                           "03/04/24, 9:14 - Mara: Hi\n03/04/24, 9:15 - Jonas: "
                                           "Hello\n05/04/24, 9:15 - Jonas: There?\n");
    ASSERT_EQ(extract.units.size(), 3U);
    EXPECT_EQ(extract.units[0].date, "03/04/24, 9:14");
    ASSERT_EQ(extract.notes.size(), 1U);
    EXPECT_EQ(said(extract.notes[0]),
              "day and month cannot be told apart: dates are as they are written");
}

TEST(TranscriptReader, ReadsTelegramsExport) {
    const std::string_view text =
        R"({"name": "Pumps", "type": "private_group", "id": 1, "messages": [
 {"id": 1, "type": "service", "date": "2024-03-12T09:13:00", "date_unixtime": "1710231180",
  "actor": "Mara", "text": ""},
 {"id": 2, "type": "message", "date": "2024-03-12T09:14:00", "date_unixtime": "1710231240",
  "from": "Mara Lind", "from_id": "user1", "text": ["See ", {"type": "link", "text": "a.org"}]}]})";
    EXPECT_EQ(chatOf("result.json", text), "Mara Lind 2024-03-12T09:14:00|Mara Lind: See a.org\n");
    EXPECT_EQ(readTranscript("result.json", text).title, "Pumps");
}

TEST(TranscriptReader, ReadsWhatWhisperPrints) {
    const Extract extract =
        readTranscript("out.txt",
                       "whisper_init_from_file: loading model\n\n"
                       "[00:00:00.000 --> 00:00:04.120]   Good morning, this is the review.\n"
                       "[00:00:09.480 --> 00:00:12.000]   Ask the porter.\n");
    ASSERT_EQ(extract.units.size(), 2U);
    EXPECT_EQ(extract.units[1].beginMs, 9480);
    EXPECT_EQ(extract.units[1].endMs, 12000);
    EXPECT_EQ(unitText(extract, 1), "Ask the porter.");
    const Extract spoken = readTranscript("out.txt",
                                          "[00:01.000 --> 00:02.000] (speaker 0) Hi there.\n"
                                          "[01:02.500 --> 01:04.000] [SPEAKER_01]: Yes.\n");
    ASSERT_EQ(spoken.units.size(), 2U);
    EXPECT_EQ(spoken.units[0].label, "speaker 0");
    EXPECT_EQ(spoken.units[1].label, "SPEAKER_01");
    EXPECT_EQ(spoken.units[1].beginMs, 62500);
}

TEST(TranscriptReader, ReadsSbv) {
    const Extract extract = readTranscript("captions.sbv",
                                           "0:00:00.599,0:00:04.160\n>> ALICE: Hi, my name\nis "
                                           "Alice.\n\n0:00:04.160,0:00:06.770\n>> JOHN: And "
                                           "I'm John.\n");
    ASSERT_EQ(extract.units.size(), 2U);
    EXPECT_EQ(extract.units[0].label, "ALICE");
    EXPECT_EQ(extract.units[1].beginMs, 4160);
    EXPECT_EQ(unitText(extract, 1), "JOHN: And I'm John.");
}

TEST(TranscriptReader, ReadsNamesInBoldAndTimesBehindNames) {
    const std::string bold =
        "# The pump hour\n\n**Mara Lind:** Welcome to the hour. With me is Jonas.\n\n"
        "**Jonas Falk** (00:42): The key is in locker 42, as always.\n\n"
        "**Mara Lind:** And the inspection is on Friday now?\n\n"
        "**Jonas Falk**: Yes, the valve came late.\n";
    EXPECT_GE(sniffTranscript("podcast.md", bold), 80);
    const Extract podcast = readTranscript("podcast.md", bold);
    ASSERT_EQ(podcast.units.size(), 4U);
    EXPECT_EQ(podcast.units[1].label, "Jonas Falk");
    EXPECT_EQ(podcast.units[1].beginMs, 42000);
    EXPECT_EQ(podcast.units[2].beginMs, kNoTimeMs);
    EXPECT_EQ(podcast.text, bold);
    const std::string below =
        "Speaker 1 (00:02):\nGood morning to you all.\n\nSpeaker 2 "
        "(00:05):\nThe key is with the porter.\n\nSpeaker 1 (01:09):\nThank "
        "you for that.\n\nSpeaker 2 (01:12):\nYou are welcome.\n";
    EXPECT_GE(sniffTranscript("rev.txt", below), 80);
    const Extract rev = readTranscript("rev.txt", below);
    ASSERT_EQ(rev.units.size(), 4U);
    EXPECT_EQ(rev.units[2].label, "Speaker 1");
    EXPECT_EQ(rev.units[2].beginMs, 69000);
    EXPECT_EQ(unitText(rev, 1), "Speaker 2 (00:05):\nThe key is with the porter.");
}

TEST(TranscriptReader, AMeetingOfShortTurnsIsOne) {
    const std::string text =
        "Mara: Good morning, the inspection moved to Friday.\nJonas: Okay.\nMara: Ask the porter "
        "for locker 42, please.\nJonas: Mm-hmm.\nMara: Right.\nJonas: Yeah.\nMara: Good.\n"
        "Jonas: Okay.\n";
    EXPECT_GE(sniffTranscript("kickoff.txt", text), 80);
    EXPECT_EQ(readTranscript("kickoff.txt", text).units.size(), 8U);
    EXPECT_EQ(sniffTranscript("settings.txt",
                              "Host: alpha\nPort: 1\nUser: mara\nHost: beta\nPort: 2\n"
                              "User: jonas\nHost: gamma\nPort: 3\nUser: per\n"),
              0);
}

// Google Meet writes the time every five minutes, on a line of its own.
TEST(TranscriptReader, NoTimeIsInvented) {
    const Extract extract = readTranscript(
        "meet.txt",
        "Weekly pump review - Transcript\nAttendees\nJonas Falk, Mara Lind\nTranscript\n"
        "Mara Lind: Good morning to everyone here.\nJonas Falk: The key is with the porter.\n"
        "00:05:00\nMara Lind: The inspection moved to Friday.\nJonas Falk: Ask the porter.\n"
        "00:10:00\nMara Lind: Thanks to you all, bye.\nTranscription ended after 00:12:31\n");
    ASSERT_EQ(extract.units.size(), 5U);
    EXPECT_EQ(extract.units[0].beginMs, kNoTimeMs);
    EXPECT_EQ(unitText(extract, 1), "Jonas Falk: The key is with the porter.");
    EXPECT_EQ(extract.units[2].beginMs, 300000);
    EXPECT_EQ(extract.units[3].beginMs, kNoTimeMs);
    EXPECT_EQ(extract.units[4].beginMs, 600000);
    EXPECT_EQ(unitText(extract, 4), "Mara Lind: Thanks to you all, bye.");
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

TEST(TranscriptReader, TakesNoLogForAChat) {
    EXPECT_EQ(sniffTranscript("app.txt",
                              "2024-03-12 09:14:05 - INFO: started\n2024-03-12 09:14:06 - ERROR: "
                              "failed\n2024-03-12 09:14:07 - INFO: ended\n"),
              0);
    EXPECT_EQ(sniffTranscript("app.txt",
                              "[2024-03-12 09:14:05] local.ERROR: a\n[2024-03-12 09:14:06] "
                              "local.INFO: b\n[2024-03-12 09:14:07] local.INFO: c\n"),
              0);
    EXPECT_EQ(sniffTranscript("app.txt",
                              "[12/03/2024, 09:14:05] WARN: a\n[12/03/2024, 09:14:06] DEBUG: b\n"
                              "[12/03/2024, 09:14:07] INFO: c\n"),
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
