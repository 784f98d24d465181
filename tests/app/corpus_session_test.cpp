// SPDX-License-Identifier: Apache-2.0
#include "app/answer/corpus_session.h"

#include <gtest/gtest.h>

#include "app/corpus/reading_rate.h"
#include "tests/app/scripted_model.h"
#include "tests/app/temp_folder.h"

namespace tl {
namespace {

// Long enough for a second look.
std::string manyParagraphs() {
    std::string text;
    for (int i = 0; i < 200; ++i) {
        text += "Paragraph number " + std::to_string(i) + " tells nothing of interest.\n\n";
    }
    return text;
}

Result<Answer> ask(CorpusSession& session,
                   const std::string& text,
                   const AskOptions& options = {},
                   const LookPieceFn& piece = {}) {
    const Result<Question> question = session.layOut(text);
    return question.ok() ? session.ask(question.value(), options, {}, piece) : question.error();
}

// Long enough too, and nothing to answer from.
std::string manyRules() {
    std::string text;
    for (int i = 0; i < 400; ++i) {
        text += "-- ++ -- == -- ++ --\n\n";
    }
    return text;
}

class CorpusSessionTest : public testing::Test {
protected:
    std::unique_ptr<CorpusSession> open(ScriptedModel& model) {
        SourceChoice choice;
        choice.paths = {m_folder.path()};
        Corpus corpus = loadCorpus(choice, model, {}, {}).value();
        return std::move(
            CorpusSession::create(model, std::make_shared<const Corpus>(std::move(corpus)))
                .value());
    }

    std::unique_ptr<CorpusSession> openAndRead(ScriptedModel& model) {
        auto session = open(model);
        EXPECT_TRUE(session->read({}, {}).ok());
        return session;
    }

    TempFolder m_folder;
};

TEST_F(CorpusSessionTest, CitesThePassageTheModelLooksAt) {
    m_folder.write("a.txt", "The ferry leaves on Friday.\n\nThe market opens on Friday.\n");
    ScriptedModel model({{"When does the market open?", {"The market opens", "on Friday.", ""}}});
    const auto session = openAndRead(model);
    const Answer answer = ask(*session, "When does the market open?").value();
    EXPECT_EQ(answer.text, "on Friday.");
    EXPECT_EQ(answer.look, Look::kFirst);
    EXPECT_FALSE(answer.firstLook.has_value());
    ASSERT_FALSE(answer.citations.empty());
    EXPECT_EQ(answer.citations[0].startLine, 3);
    EXPECT_TRUE(answer.citations[0].isVerified());
    EXPECT_TRUE(answer.hits.empty());
}

TEST_F(CorpusSessionTest, LooksTwiceAtALongCorpus) {
    m_folder.write("a.txt", manyParagraphs() + "The lighthouse is 31 metres high.\n");
    ScriptedModel model({{"How high is it?", {"The lighthouse is", "30 metres", "31 metres"}}});
    const auto session = openAndRead(model);
    std::string first;
    std::string second;
    const auto piece = [&](Look look, const std::string& text) {
        (look == Look::kFirst ? first : second) += text;
    };
    const Answer answer = ask(*session, "How high is it?", {}, piece).value();
    EXPECT_EQ(answer.text, "31 metres");
    EXPECT_EQ(answer.look, Look::kSecond);
    EXPECT_EQ(answer.firstLook, "30 metres");
    EXPECT_EQ(first, "30 metres");
    EXPECT_EQ(second, "31 metres");
    EXPECT_FALSE(answer.isReplaced);
    EXPECT_TRUE(answer.citations.at(0).isVerified());
}

TEST_F(CorpusSessionTest, SaysThatAnotherReadingThanTheStreamedOneWon) {
    m_folder.write("a.txt", manyParagraphs() + "The lighthouse is 31 metres high.\n");
    std::string loop;
    for (int i = 0; i < 12; ++i) {
        loop += "It is very high. ";
    }
    ScriptedModel model({{"How high is it?", {"The lighthouse is", "31 metres", loop}}});
    const auto session = openAndRead(model);
    std::string second;
    const Answer answer =
        ask(*session, "How high is it?", {}, [&](Look look, const std::string& text) {
            second += look == Look::kSecond ? text : "";
        }).value();
    EXPECT_TRUE(second.starts_with("It is"));
    EXPECT_EQ(answer.text, "31 metres");
    EXPECT_TRUE(answer.isReplaced);
}

TEST_F(CorpusSessionTest, VerifiesWhatTwoReadingsSay) {
    m_folder.write("a.txt", manyParagraphs() + "The lighthouse is 31 metres high.\n");
    ScriptedModel model({{"How high is it?", {"The lighthouse is", "31 metres", ""}}});
    const auto session = openAndRead(model);
    const Answer answer = ask(*session, "How high is it?").value();
    ASSERT_TRUE(answer.surety.has_value());
    EXPECT_EQ(answer.surety->readings, answer.surety->agreeing);
    EXPECT_GE(answer.surety->readings, 2);
    EXPECT_NEAR(answer.surety->logProbability, 0, 1e-6);
    EXPECT_GT(answer.surety->margin.value_or(0), 1);
    EXPECT_TRUE(answer.citations.at(0).isVerified());
}

TEST_F(CorpusSessionTest, FactsOfTheWholeNeedNoModel) {
    m_folder.write("README.md", "# Tern\n\nTern is a library for queues.\n");
    m_folder.write("pyproject.toml", "[project]\nname = \"tern\"\nversion = \"1.4.2\"\n");
    ScriptedModel model({{"Which version is this?", {"Tern", "9", ""}}});
    const auto session = openAndRead(model);
    const Answer answer = ask(*session, "Which version is this?").value();
    EXPECT_NE(answer.text.find("1.4.2"), std::string::npos);
    EXPECT_TRUE(answer.citations.at(0).isVerified());
    EXPECT_FALSE(answer.surety.has_value());
    AskOptions options;
    options.candidates = CandidateSources::kWords;
    EXPECT_EQ(ask(*session, "Which version is this?", options).value().text, "9");
}

TEST_F(CorpusSessionTest, TheSecondLookCanBeTurnedOff) {
    m_folder.write("a.txt", manyParagraphs());
    ScriptedModel model({{"What?", {"Paragraph number 7 ", "nothing", "something"}}});
    const auto session = openAndRead(model);
    AskOptions options;
    options.secondLook = false;
    const Answer answer = ask(*session, "What?", options).value();
    EXPECT_EQ(answer.text, "nothing");
    EXPECT_FALSE(answer.firstLook.has_value());
    EXPECT_EQ(answer.citations.at(0).startLine, 15);
}

TEST_F(CorpusSessionTest, AnswersAccountForEveryTokenEvaluated) {
    m_folder.write("a.txt", "Short text.\n");
    ScriptedModel model({{"What?", {"Short", "text", ""}}});
    const auto session = openAndRead(model);
    const int64_t first = ask(*session, "What?").value().tokensEvaluated;
    const int64_t second = ask(*session, "What?").value().tokensEvaluated;
    EXPECT_EQ(first - second, std::ssize(session->corpus().tokens));
    EXPECT_GT(second, 0);
}

TEST_F(CorpusSessionTest, AnswersDoNotDependOnEarlierQuestions) {
    m_folder.write("a.txt", manyParagraphs());
    ScriptedModel model({{"Which?", {"Paragraph number 9 ", "9", ""}},
                         {"Other?", {"Paragraph number 150", "150", ""}}});
    const auto session = openAndRead(model);
    const Answer before = ask(*session, "Which?").value();
    ASSERT_TRUE(ask(*session, "Other?").ok());
    const Answer after = ask(*session, "Which?").value();
    EXPECT_EQ(before.text, after.text);
    EXPECT_EQ(before.citations.at(0).startLine, after.citations.at(0).startLine);
}

TEST_F(CorpusSessionTest, SearchesWhereTheAnswerIsNotThere) {
    m_folder.write("a.txt", "The ferry sails.\n\nThe zeppelin flies.\n");
    ScriptedModel model({{"What colour has the zeppelin?", {"ferry", "It is not mentioned.", ""}}});
    const auto session = openAndRead(model);
    const Answer answer = ask(*session, "What colour has the zeppelin?").value();
    EXPECT_TRUE(answer.citations.empty());
    ASSERT_EQ(answer.hits.size(), 1U);
    EXPECT_EQ(answer.hits[0].line, 3);
}

TEST_F(CorpusSessionTest, AQuestionWithoutWordsOrTooLongIsRefused) {
    m_folder.write("a.txt", "Text.\n");
    ScriptedModel model({});
    model.setContextLength(1200);
    const auto session = openAndRead(model);
    for (const std::string& question : {std::string(), std::string(" ?\n")}) {
        EXPECT_EQ(ask(*session, question).error().message, "question: has no words");
    }
    std::string longQuestion;
    for (int i = 0; i < 1300; ++i) {
        longQuestion += "why ";
    }
    const Error tooLong = ask(*session, longQuestion).error();
    EXPECT_EQ(tooLong.code, ErrorCode::kInvalidInput);
    EXPECT_TRUE(tooLong.message.starts_with("question: 1,")) << tooLong.message;
    EXPECT_TRUE(tooLong.message.ends_with(" left")) << tooLong.message;
    EXPECT_TRUE(session->layOut("Why?").ok());
}

TEST_F(CorpusSessionTest, AnAnswerIsCutAtTheLimitAndSaidSo) {
    m_folder.write("a.txt", "Text.\n");
    ScriptedModel model({{"What?", {"Text", "one two three four five six seven eight", ""}}});
    const auto session = openAndRead(model);
    AskOptions options;
    options.maxTokens = 3;
    const Answer answer = ask(*session, "What?", options).value();
    EXPECT_TRUE(answer.isCut);
    EXPECT_EQ(answer.text, "one two three");
}

TEST_F(CorpusSessionTest, AnAnswerThatRepeatsItselfIsCutThereAndNeverVerified) {
    m_folder.write("a.txt", "The lid is red and the box is blue.\n");
    const std::string loop = "the box is blue and ";
    std::string looped = "The lid is red and ";
    for (int i = 0; i < 12; ++i) {
        looped += loop;
    }
    ScriptedModel model({{"What colours?", {"The lid", looped, ""}}});
    const auto session = openAndRead(model);
    std::string streamed;
    const auto piece = [&](Look, const std::string& text) { streamed += text; };
    const Answer answer = ask(*session, "What colours?", {}, piece).value();
    EXPECT_EQ(answer.text, "The lid is red and the box is blue");
    EXPECT_TRUE(answer.isRepeating);
    EXPECT_FALSE(answer.isCut);
    ASSERT_FALSE(answer.citations.empty());
    EXPECT_EQ(answer.citations[0].state, CitationState::kElsewhere);
    // At most two words of the loop were shown before it was one.
    EXPECT_LE(streamed.size(), answer.text.size() + std::string(" the box").size());
    EXPECT_TRUE(streamed.starts_with(answer.text));
}

TEST_F(CorpusSessionTest, DotsOfATableOfContentsEndAnAnswer) {
    m_folder.write("a.txt", "2.5. MEMORY MANAGEMENT 5\n");
    std::string dots = "MEMORY MANAGEMENT";
    for (int i = 0; i < 100; ++i) {
        dots += " .";
    }
    ScriptedModel model({{"Which section?", {"2.5", dots, ""}}});
    const auto session = openAndRead(model);
    const Answer answer = ask(*session, "Which section?").value();
    EXPECT_EQ(answer.text, "MEMORY MANAGEMENT");
    EXPECT_TRUE(answer.isRepeating);
    EXPECT_FALSE(answer.citations.at(0).isVerified());
}

TEST_F(CorpusSessionTest, AnAnswerIsCutWhereTheContextEnds) {
    m_folder.write("a.txt", "Text.\n");
    std::string question;
    for (int i = 0; i < 1000; ++i) {
        question += "why ";
    }
    std::string endless;
    for (int i = 0; i < 300; ++i) {
        endless += std::to_string(i) + " ";
    }
    ScriptedModel model({{question, {"Text", endless, ""}}});
    model.setContextLength(1200);
    const auto session = openAndRead(model);
    AskOptions options;
    options.maxTokens = 5000;
    const Result<Answer> answer = ask(*session, question, options);
    ASSERT_TRUE(answer.ok()) << answer.error().message;
    EXPECT_TRUE(answer.value().isCut);
    EXPECT_TRUE(answer.value().text.starts_with("0 1 2"));
    // Every position of the context was used.
    EXPECT_EQ(answer.value().tokensEvaluated, 1200);
}

TEST_F(CorpusSessionTest, APassageLongerThanTheBudgetIsReadInPart) {
    std::string digits = "The figure is";
    for (int i = 0; i < 12; ++i) {
        digits += " " + std::string(1900, static_cast<char>('1' + i % 9)) + "\n";
    }
    m_folder.write("a.txt", manyParagraphs() + digits);
    ScriptedModel model({{"Which figure?", {"The figure is 1111", "It is 1.", "It is 11."}}});
    const auto session = openAndRead(model);
    const Result<Answer> answer = ask(*session, "Which figure?");
    ASSERT_TRUE(answer.ok()) << answer.error().message;
    EXPECT_EQ(answer.value().text, "It is 11.");
    EXPECT_EQ(answer.value().look, Look::kSecond);
    // Question, answer and head twice, and of a passage of thousands of tokens the budget.
    const int64_t evaluated = ask(*session, "Which figure?").value().tokensEvaluated;
    EXPECT_LT(evaluated, AnswerSettings{}.rereadTokens + 150);
}

TEST_F(CorpusSessionTest, SaysHowACitedPassageWasFound) {
    m_folder.write("a.txt", "The ferry leaves on Friday.\n\nThe market opens on Monday.\n");
    ScriptedModel model({{"When does the market open?", {"The market opens", "on Monday", ""}}});
    const auto session = openAndRead(model);
    AskOptions options;
    const auto foundBy = [&](CandidateSources sources) {
        options.candidates = sources;
        return ask(*session, "When does the market open?", options).value().citations.at(0).foundBy;
    };
    EXPECT_TRUE(foundBy(CandidateSources::kFused).read);
    EXPECT_TRUE(foundBy(CandidateSources::kFused).words);
    EXPECT_FALSE(foundBy(CandidateSources::kRead).words);
    EXPECT_FALSE(foundBy(CandidateSources::kWords).read);
    EXPECT_FALSE(foundBy(CandidateSources::kFused).definition);
}

TEST_F(CorpusSessionTest, ADefinitionsPlaceIsTheAnswerWhereThereIsOne) {
    m_folder.write("src/keys.cpp", "// All.\nint count_keys(int room) {\n    return room;\n}\n");
    m_folder.write("tests/keys.cpp", "int count_keys(int) { return 7; }\n");
    m_folder.write("twice.py", "def again():\n    pass\n\ndef again():\n    pass\n");
    ScriptedModel model({{"Where is count_keys defined?", {"All", "in the cellar", ""}},
                         {"Where is again defined?", {"All", "in the cellar", ""}}});
    const auto session = openAndRead(model);
    const Answer answer = ask(*session, "Where is count_keys defined?").value();
    EXPECT_EQ(answer.text, "count_keys is defined in src/keys.cpp, line 2.");
    ASSERT_EQ(answer.citations.size(), 1U);
    EXPECT_EQ(answer.citations[0].file, "src/keys.cpp");
    EXPECT_EQ(answer.citations[0].startLine, 2);
    EXPECT_EQ(answer.citations[0].quote, "int count_keys(int room) {");
    EXPECT_TRUE(answer.citations[0].isVerified());
    EXPECT_TRUE(answer.citations[0].foundBy.definition);
    // Two definitions: the model answers, and so it does from its reading alone.
    EXPECT_EQ(ask(*session, "Where is again defined?").value().text, "in the cellar");
    AskOptions options;
    options.candidates = CandidateSources::kRead;
    EXPECT_EQ(ask(*session, "Where is count_keys defined?", options).value().text, "in the cellar");
}

TEST_F(CorpusSessionTest, ShowsTheClosestPassagesWhereTheModelDoesNotKnow) {
    m_folder.write("a.txt", "The ferry sails.\n\nThe siren of the harbour sounds at noon.\n");
    const std::string refusal = "The documents do not say.";
    ScriptedModel model({{"When does the harbour's siren sound?", {"ferry", refusal, ""}},
                         {"Who plays chess on Tuesdays?", {"ferry", refusal, ""}}});
    const auto session = openAndRead(model);
    std::string streamed;
    const auto piece = [&](Look, const std::string& text) { streamed += text; };
    const auto askStreaming = [&](const std::string& question) {
        streamed.clear();
        return session->ask(session->layOut(question, "question").value(), {}, {}, piece).value();
    };
    const Answer answer = askStreaming("When does the harbour's siren sound?");
    EXPECT_EQ(answer.text, "Closest passages:\nThe siren of the harbour sounds at noon.");
    ASSERT_FALSE(answer.citations.empty());
    EXPECT_EQ(answer.citations[0].startLine, 3);
    EXPECT_EQ(answer.citations[0].state, CitationState::kElsewhere);
    EXPECT_FALSE(answer.hits.empty());
    EXPECT_EQ(streamed, "");
    // Nothing speaks of it: the model's word stands.
    EXPECT_EQ(askStreaming("Who plays chess on Tuesdays?").text, refusal);
    EXPECT_EQ(streamed, refusal);
}

TEST_F(CorpusSessionTest, NoPassageIsNoFailure) {
    m_folder.write("a.txt", manyRules());
    ScriptedModel model({{"What is it?", {"----", "nothing", "something"}}});
    const auto session = openAndRead(model);
    const Result<Answer> answer = ask(*session, "What is it?");
    ASSERT_TRUE(answer.ok()) << answer.error().message;
    EXPECT_EQ(answer.value().text, "nothing");
    EXPECT_TRUE(answer.value().citations.empty());
}

TEST_F(CorpusSessionTest, AModelWithoutAttentionReadsWhatTheWordsFind) {
    m_folder.write("a.txt", manyParagraphs());
    m_folder.write("b.txt", "The lighthouse is 31 metres high.\n");
    ScriptedModel model({{"How high is the lighthouse?", {"", "31 metres", "31 metres high"}}});
    model.pointNowhere();
    const auto session = openAndRead(model);
    const Answer answer = ask(*session, "How high is the lighthouse?").value();
    EXPECT_EQ(answer.text, "31 metres high");
    EXPECT_EQ(answer.look, Look::kSecond);
    // Not the first file's first passages, which are first in the order of the text alone.
    ASSERT_EQ(answer.citations.size(), 1U);
    EXPECT_EQ(answer.citations[0].file, "b.txt");
    EXPECT_TRUE(answer.citations[0].isVerified());
    EXPECT_FALSE(answer.citations[0].foundBy.read);
    EXPECT_TRUE(answer.citations[0].foundBy.words);
}

TEST_F(CorpusSessionTest, AModelWithoutAttentionKeepsItsFirstAnswerWhereNothingIsFound) {
    m_folder.write("a.txt", manyParagraphs());
    ScriptedModel model({{"Why zeppelins?", {"", "Because.", "never said"}}});
    model.pointNowhere();
    const auto session = openAndRead(model);
    const Answer answer = ask(*session, "Why zeppelins?").value();
    EXPECT_EQ(answer.text, "Because.");
    EXPECT_EQ(answer.look, Look::kFirst);
    EXPECT_TRUE(answer.citations.empty());
    EXPECT_TRUE(answer.hits.empty());
}

TEST_F(CorpusSessionTest, DefinitionsComeFirstWhereNothingVerifies) {
    m_folder.write("a.md", "Call count_keys often.\n\nRooms.\n");
    m_folder.write("b.cpp", "// All.\nint count_keys(int room) {\n    return room;\n}\n");
    ScriptedModel model({{"What does count_keys do?", {"Rooms", "It is not mentioned.", ""}}});
    const auto session = openAndRead(model);
    const Answer answer = ask(*session, "What does count_keys do?").value();
    ASSERT_EQ(answer.hits.size(), 2U);
    EXPECT_EQ(answer.hits[0].file, "b.cpp");
    EXPECT_EQ(answer.hits[0].line, 2);
    EXPECT_TRUE(answer.hits[0].isDefinition);
    EXPECT_EQ(answer.hits[1].file, "a.md");
    EXPECT_FALSE(answer.hits[1].isDefinition);
}

TEST_F(CorpusSessionTest, ReadingGoesOnWhereItWasStopped) {
    m_folder.write("a.txt", manyParagraphs());
    ScriptedModel model({{"What?", {"Paragraph number 3 ", "3", ""}}});
    const auto session = open(model);
    std::stop_source stop;
    const auto stopHalfWay = [&](const ReadingProgress& progress) {
        if (progress.tokensDone * 2 > progress.tokensTotal) {
            stop.request_stop();
        }
    };
    EXPECT_EQ(session->read(stop.get_token(), stopHalfWay).error().code, ErrorCode::kCancelled);
    EXPECT_FALSE(session->isRead());
    int64_t firstDone = 0;
    ASSERT_TRUE(session
                    ->read({},
                           [&](const ReadingProgress& progress) {
                               firstDone = firstDone == 0 ? progress.tokensDone : firstDone;
                           })
                    .ok());
    EXPECT_GT(firstDone * 2, std::ssize(session->corpus().tokens));
    // Every corpus token was evaluated once.
    const int64_t evaluated = ask(*session, "What?").value().tokensEvaluated;
    const int64_t again = ask(*session, "What?").value().tokensEvaluated;
    EXPECT_EQ(evaluated - again, std::ssize(session->corpus().tokens));
}

TEST(PassagesToReread, TakesTheBestThatFitAndAtLeastOne) {
    const std::vector<RankedPassage> ranking = {
        {nullptr, 10, 400}, {nullptr, 6, 300}, {nullptr, 5, 100}, {nullptr, 2, 10}};
    const auto taken = [&](int64_t tokens, size_t passages) {
        AnswerSettings settings;
        settings.rereadTokens = tokens;
        settings.rereadPassages = passages;
        std::vector<int64_t> sizes;
        for (const RankedPassage& ranked : passagesToReread(ranking, settings)) {
            sizes.push_back(ranked.tokens);
        }
        return sizes;
    };
    EXPECT_EQ(taken(600, 3), std::vector<int64_t>({400, 100, 10}));
    EXPECT_EQ(taken(900, 3), std::vector<int64_t>({400, 300, 100}));
    EXPECT_EQ(taken(900, 1), std::vector<int64_t>({400}));
    EXPECT_EQ(taken(50, 3), std::vector<int64_t>({400}));
    EXPECT_TRUE(passagesToReread({}, {}).empty());
}

TEST(ReadingRate, FollowsTheLastSeconds) {
    using std::chrono::seconds;
    const ReadingRate::Clock::time_point begin{};
    ReadingRate rate(0, 10000, begin);
    EXPECT_EQ(rate.at(0, begin).tokensPerSecond, 0);
    EXPECT_DOUBLE_EQ(rate.at(1000, begin + seconds(1)).tokensPerSecond, 1000);
    EXPECT_DOUBLE_EQ(rate.at(1000, begin + seconds(1)).etaSeconds, 9);
    rate.at(2000, begin + seconds(20));
    // The first second has been left behind.
    EXPECT_LT(rate.at(2100, begin + seconds(21)).tokensPerSecond, 101);
}

}  // namespace
}  // namespace tl
