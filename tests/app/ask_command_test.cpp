// SPDX-License-Identifier: Apache-2.0
#include "app/cli/ask_command.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include <gtest/gtest.h>

#include "app/cli/info_command.h"
#include "app/model/engine_model.h"
#include "tests/app/scripted_model.h"
#include "tests/app/temp_folder.h"

namespace tl {
namespace {

using Json = nlohmann::json;

struct Outcome {
    int status = 0;
    std::string out;
    std::string err;
};

std::string readFile(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

class AskCommandTest : public testing::Test {
protected:
    AskCommandTest() {
        m_request.sources.paths = {m_folder.path()};
        m_request.question = "Who keeps the key?";
        m_request.usesProject = false;
    }

    Outcome run(bool errIsTerminal = false) {
        std::ostringstream out;
        std::ostringstream err;
        const Terminal terminal{
            out, err, errIsTerminal, m_stop.get_token(), m_writing, m_askSecret, m_outIsTerminal};
        const int status = runAsk(m_request, m_loader, terminal);
        return {status, out.str(), err.str()};
    }

    // Fails with one line that names `what`, and prints nothing else.
    void expectError(const std::string& what) {
        const Outcome outcome = run();
        EXPECT_EQ(outcome.status, kExitFailed);
        EXPECT_EQ(outcome.out, "");
        EXPECT_EQ(outcome.err.find('\n'), outcome.err.size() - 1) << outcome.err;
        EXPECT_EQ(outcome.err.rfind("throughline: ", 0), 0U) << outcome.err;
        EXPECT_NE(outcome.err.find(what), std::string::npos) << outcome.err;
    }

    void askFromFile(const std::vector<std::string>& questions) {
        std::string lines;
        for (const std::string& question : questions) {
            lines += Json{{"id", 1}, {"question", question}}.dump() + "\n";
        }
        m_request.questions = m_folder.write("q.jsonl", lines);
        m_request.sources.paths = {m_folder.path() / "a.txt"};
    }

    // A question with no room in a short context.
    static std::string tooLong() {
        std::string question;
        for (int i = 0; i < 1300; ++i) {
            question += "why ";
        }
        return question;
    }

    void writeKeyFile() { m_folder.write("a.txt", "Hello.\n\nMrs. Oduya keeps the key.\n"); }

    TempFolder m_folder;
    AskRequest m_request;
    Script m_script = {{"Who keeps the key?", {"Mrs. Oduya", "Mrs. Oduya", ""}},
                       {"What colour?", {"Hello", "red", ""}},
                       {"What fails?", {"", "", "", "model: worn out"}}};
    int64_t m_contextLength = 1 << 20;
    ModelLoader m_loader = [this]() -> Result<std::unique_ptr<LanguageModel>> {
        auto model = std::make_unique<ScriptedModel>(m_script);
        model->setContextLength(m_contextLength);
        return std::unique_ptr<LanguageModel>(std::move(model));
    };
    std::stop_source m_stop;
    std::timed_mutex m_writing;
    bool m_outIsTerminal = false;
    AskSecret m_askSecret;
};

TEST_F(AskCommandTest, PrintsTheAnswerThenItsCitations) {
    writeKeyFile();
    const Outcome outcome = run();
    EXPECT_EQ(outcome.status, kExitOk);
    EXPECT_EQ(outcome.out, "Mrs. Oduya\n\n[1] + verified: a.txt:3 \"Mrs. Oduya keeps the key.\"\n");
    EXPECT_EQ(outcome.err, "");
}

TEST_F(AskCommandTest, AFolderIsReadOnceAndThenAskedFromItsProject) {
    m_folder.write("docs/a.txt", "Hello.\n\nMrs. Oduya keeps the key.\n");
    m_request.sources.paths = {m_folder.path() / "docs"};
    m_request.usesProject = true;
    m_request.verbose = true;
    const Outcome first = run();
    EXPECT_TRUE(std::filesystem::exists(m_folder.path() / "docs.throughline"));
    const Outcome second = run();
    EXPECT_EQ(second.status, kExitOk) << second.err;
    EXPECT_EQ(second.out, first.out);
    m_folder.write("docs/a.txt", "Hello. Mr. Brown keeps the key now.\n");
    const Outcome third = run();
    EXPECT_EQ(third.out, first.out);
    EXPECT_NE(third.err.find("1 changed since it was read"), std::string::npos) << third.err;
    m_request.sources.paths = {m_folder.path() / "docs.throughline"};
    EXPECT_EQ(run().out, first.out);
}

TEST_F(AskCommandTest, MarksWhatIsUnverifiedAndShowsHits) {
    writeKeyFile();
    m_request.question = "What colour?";
    m_folder.write("b.txt", "A colour chart.\n");
    const Outcome outcome = run();
    EXPECT_EQ(outcome.out,
              "red\n\n[1] ? not found, nearest lines: b.txt:1 \"A colour chart.\"\n"
              "hit b.txt:1 A colour chart.\n");
}

TEST_F(AskCommandTest, ShowsProgressOnATerminalAlone) {
    writeKeyFile();
    EXPECT_NE(run(/*errIsTerminal=*/true).err.find("reading "), std::string::npos);
    EXPECT_EQ(run(/*errIsTerminal=*/false).err, "");
    m_request.quiet = true;
    EXPECT_EQ(run(/*errIsTerminal=*/true).err, "");
}

TEST_F(AskCommandTest, SaysHowManyQuestionsAreAnswered) {
    writeKeyFile();
    askFromFile({"Who keeps the key?", "What colour?"});
    m_request.out = m_folder.path() / "out.jsonl";
    const std::string err = run(/*errIsTerminal=*/true).err;
    EXPECT_NE(err.find("answered 0 of 2 questions"), std::string::npos) << err;
    // Wiped in the end.
    EXPECT_TRUE(err.ends_with("\r\x1b[K")) << err;
    m_request.quiet = true;
    EXPECT_EQ(run(/*errIsTerminal=*/true).err, "");
}

TEST_F(AskCommandTest, PrintsAFirstLookThatStays) {
    // Long enough for a second look, and no passage that it could read.
    std::string rules;
    for (int i = 0; i < 400; ++i) {
        rules += "-- ++ -- == -- ++ --\n\n";
    }
    m_folder.write("a.txt", rules);
    m_request.question = "Which number?";
    m_script[m_request.question] = {"==", "Lucky.", "never said"};
    const Outcome outcome = run();
    EXPECT_EQ(outcome.status, kExitOk) << outcome.err;
    EXPECT_TRUE(outcome.out.starts_with("Lucky.\n")) << outcome.out;
}

// The reading of the best passages together is shown as it is made; what it said is taken back
// where another reading is surer. A file gets the answer alone.
TEST_F(AskCommandTest, StreamsTheSecondLookToATerminalAlone) {
    std::string text;
    for (int i = 0; i < 200; ++i) {
        text += "Paragraph number " + std::to_string(i) + " tells nothing of interest.\n\n";
    }
    m_folder.write("a.txt", text + "Mrs. Oduya keeps the key.\n");
    m_script[m_request.question] = {"Mrs. Oduya", "Mrs. Oduya", "Mrs. Oduya"};
    const std::string takenBack = "[not sure of these words; the answer is:]";
    m_outIsTerminal = true;
    const std::string agreed = run().out;
    EXPECT_TRUE(agreed.starts_with("Mrs. Oduya\n")) << agreed;
    EXPECT_EQ(agreed.find(takenBack), std::string::npos) << agreed;
    const std::string loop = "Bob has it now. Bob has it now. Bob has it now. Bob has it now. ";
    m_script[m_request.question] = {"Mrs. Oduya", "Mrs. Oduya", loop + loop};
    const std::string replaced = run().out;
    EXPECT_TRUE(replaced.starts_with("Bob")) << replaced;
    EXPECT_NE(replaced.find(takenBack + "\nMrs. Oduya\n"), std::string::npos) << replaced;
    m_outIsTerminal = false;
    EXPECT_TRUE(run().out.starts_with("Mrs. Oduya\n"));
}

TEST_F(AskCommandTest, NoTextDrivesTheTerminal) {
    m_folder.write("a\x1b[31m\nb.txt", "The \x1b]0;key is red.\n");
    m_script[m_request.question] = {"The", "is \x1b[2J red", ""};
    m_request.question = "Who keeps the key?";
    const Outcome outcome = run();
    EXPECT_EQ(outcome.status, kExitOk) << outcome.err;
    EXPECT_EQ(outcome.out.find('\x1b'), std::string::npos) << outcome.out;
    const std::string mark = "\xEF\xBF\xBD";
    EXPECT_NE(outcome.out.find(": a" + mark + "[31m" + mark + "b.txt:1 \"The " + mark + "]0;key"),
              std::string::npos)
        << outcome.out;
    m_request.sources.paths = {m_folder.path() / "no\x1b[31mne"};
    expectError("no" + mark + "[31mne");
}

TEST_F(AskCommandTest, CountsSkippedFilesAndNamesConvertedOnes) {
    writeKeyFile();
    m_folder.write("b.txt", std::string("\xFF\xFEh\0i\0\n\0", 8));
    m_folder.write("c.bin", std::string("\0\1\2\3\0\0\0\7", 8));
    const std::string err = run().err;
    EXPECT_NE(err.find("b.txt: "), std::string::npos) << err;
    EXPECT_NE(err.find("UTF-16"), std::string::npos) << err;
    EXPECT_NE(err.find("skipped: 1 "), std::string::npos) << err;
    EXPECT_EQ(err.find("c.bin"), std::string::npos) << err;
    m_request.verbose = true;
    EXPECT_NE(run().err.find("c.bin: skipped, "), std::string::npos);
}

TEST_F(AskCommandTest, AnswersAFileOfQuestionsLineByLine) {
    writeKeyFile();
    m_request.questions =
        m_folder.write("q.jsonl",
                       "{\"id\": \"a\", \"question\": \"Who keeps the key?\", \"more\": 1}\n\n"
                       "{\"id\": 2, \"question\": \"What colour?\"}\n");
    m_request.sources.exclude = {"*.jsonl"};
    m_request.out = m_folder.path() / "out.jsonl";
    const Outcome outcome = run();
    EXPECT_EQ(outcome.status, kExitOk) << outcome.err;
    EXPECT_EQ(outcome.out, "");
    std::istringstream lines(readFile(m_request.out));
    std::string line;
    ASSERT_TRUE(std::getline(lines, line));
    const Json first = Json::parse(line);
    EXPECT_EQ(first["id"], "a");
    EXPECT_EQ(first["answer"], "Mrs. Oduya");
    EXPECT_TRUE(first["first_look"].is_null());
    EXPECT_EQ(first["citations"][0],
              Json::parse(R"({"file": "a.txt", "start_line": 3, "end_line": 3, "page": null,
                              "quote": "Mrs. Oduya keeps the key.", "state": "verified",
                              "verified": true, "found_by": ["read", "words"]})"));
    ASSERT_TRUE(std::getline(lines, line));
    const Json second = Json::parse(line);
    EXPECT_EQ(second["id"], 2);
    EXPECT_EQ(first["state"], "verified");
    EXPECT_EQ(second["state"], "not_found");
    EXPECT_EQ(second["citations"][0]["state"], "not_found");
    EXPECT_EQ(second["citations"][0]["verified"], false);
    // The first answer counts the reading.
    EXPECT_GT(first["tokens_evaluated"], second["tokens_evaluated"]);
    EXPECT_GE(second["seconds"], 0);
    EXPECT_FALSE(std::getline(lines, line));
}

TEST_F(AskCommandTest, PrintsAnswersToAFileOfQuestionsForPeople) {
    writeKeyFile();
    askFromFile({"Who keeps the key?", "What colour?"});
    const Outcome outcome = run();
    EXPECT_EQ(outcome.status, kExitOk) << outcome.err;
    EXPECT_EQ(outcome.out,
              "Q: Who keeps the key?\n"
              "Mrs. Oduya\n\n[1] + verified: a.txt:3 \"Mrs. Oduya keeps the key.\"\n"
              "\nQ: What colour?\n"
              "red\n\n[1] ? not found, nearest lines: a.txt:1 \"Hello.\"\n");
}

TEST_F(AskCommandTest, PrintsJsonLinesWhereAskedTo) {
    writeKeyFile();
    askFromFile({"Who keeps the key?", "What colour?"});
    m_request.json = true;
    std::istringstream lines(run().out);
    int count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
        EXPECT_TRUE(Json::parse(line).contains("answer")) << line;
    }
    EXPECT_EQ(count, 2);
}

TEST_F(AskCommandTest, AnOldFileOfAnswersStaysUntilTheNewOneIsWhole) {
    writeKeyFile();
    askFromFile({"Who keeps the key?", "What fails?"});
    m_request.out = m_folder.write("out.jsonl", "old\n");
    const std::filesystem::path part = m_folder.path() / "out.jsonl.part";
    const Outcome failed = run();
    EXPECT_EQ(failed.status, kExitFailed);
    EXPECT_EQ(readFile(m_request.out), "old\n");
    EXPECT_EQ(Json::parse(readFile(part))["answer"], "Mrs. Oduya");
    EXPECT_NE(failed.err.find("model: worn out; 1 answer is in " + part.string() + "\n"),
              std::string::npos)
        << failed.err;

    askFromFile({"What colour?"});
    EXPECT_EQ(run().status, kExitOk);
    EXPECT_EQ(Json::parse(readFile(m_request.out))["answer"], "red");
    EXPECT_FALSE(std::filesystem::exists(part));
}

TEST_F(AskCommandTest, ARunWithoutAnyAnswerLeavesNoFile) {
    writeKeyFile();
    m_request.out = m_folder.path() / "out.jsonl";
    askFromFile({"What fails?"});
    EXPECT_EQ(run().status, kExitFailed);
    askFromFile({"What colour?"});
    m_stop.request_stop();
    EXPECT_EQ(run().status, kExitCancelled);
    EXPECT_FALSE(std::filesystem::exists(m_request.out));
    EXPECT_FALSE(std::filesystem::exists(m_folder.path() / "out.jsonl.part"));
}

TEST_F(AskCommandTest, WritesThroughALinkAndKeepsPermissions) {
    writeKeyFile();
    askFromFile({"What colour?"});
    const std::filesystem::path file = m_folder.write("answers.jsonl", "old\n");
    std::filesystem::permissions(file, std::filesystem::perms::owner_all);
    m_request.out = m_folder.path() / "link.jsonl";
    std::filesystem::create_symlink("answers.jsonl", m_request.out);
    EXPECT_EQ(run().status, kExitOk);
    EXPECT_TRUE(std::filesystem::is_symlink(m_request.out));
    EXPECT_EQ(Json::parse(readFile(file))["answer"], "red");
    EXPECT_EQ(std::filesystem::status(file).permissions(), std::filesystem::perms::owner_all);
}

TEST_F(AskCommandTest, HitsSayWhatTheyAreInJson) {
    m_folder.write("a.srt", "1\n00:00:05,000 --> 00:00:06,500\nAna: The colour fades.\n");
    m_folder.write("b.cpp", "int colour(int shade) {\n    return shade;\n}\n");
    m_request.question = "What is colour()?";
    m_script[m_request.question] = {"", "It is not mentioned.", ""};
    m_request.json = true;
    const Json hits = Json::parse(run().out)["hits"];
    ASSERT_EQ(hits.size(), 2U) << hits;
    EXPECT_EQ(hits[0]["file"], "b.cpp");
    EXPECT_EQ(hits[0]["definition"], true);
    EXPECT_TRUE(hits[0]["page"].is_null());
    EXPECT_EQ(hits[1]["definition"], false);
    EXPECT_EQ(hits[1]["time_start"], 5.0);
    EXPECT_EQ(hits[1]["speaker"], "Ana");
    m_request.json = false;
    const std::string out = run().out;
    EXPECT_NE(out.find("hit b.cpp:1 definition: int colour(int shade) {\n"), std::string::npos)
        << out;
    EXPECT_NE(out.find("hit a.srt 00:00:05 Ana "), std::string::npos) << out;
}

TEST_F(AskCommandTest, JsonIsOneLine) {
    writeKeyFile();
    m_request.json = true;
    const Outcome outcome = run();
    EXPECT_EQ(outcome.out.find('\n'), outcome.out.size() - 1);
    EXPECT_EQ(Json::parse(outcome.out)["answer"], "Mrs. Oduya");
}

TEST_F(AskCommandTest, AMissingOrBrokenModelIsAnError) {
    writeKeyFile();
    for (const std::filesystem::path& file : {m_folder.path() / "none.gguf",
                                              m_folder.write("broken.gguf", "GGUF, or is it?"),
                                              m_folder.write("empty.gguf", "")}) {
        ModelChoice choice;
        choice.file = file;
        m_loader = [choice] { return loadEngineModel(choice); };
        expectError(file.string() + ": ");
    }
}

TEST_F(AskCommandTest, AFolderWithoutTextIsAnError) {
    expectError(m_folder.path().string() + ": nothing to read, no files");
    m_folder.write("c.bin", std::string("\0\1\2\3\0\0\0\7", 8));
    m_request.quiet = true;
    expectError(m_folder.path().string() + ": nothing to read, 1 ");
}

TEST_F(AskCommandTest, AChosenFileThatCannotBeReadIsAnError) {
    writeKeyFile();
    m_request.sources.paths = {m_folder.path(), m_folder.path() / "none.txt"};
    expectError("none.txt");
    m_request.sources.paths = {m_folder.path() / "a.txt",
                               m_folder.write("c.bin", std::string("\0\1\2\3\0\0\0\7", 8))};
    expectError("c.bin: ");
    m_request.sources.paths = {m_folder.path() / "a.txt", m_folder.write("empty.txt", "")};
    expectError("empty.txt: ");
}

TEST_F(AskCommandTest, CitesSeveralLinesByTheFirstAndTheLast) {
    m_folder.write("a.txt", "Mrs. Oduya\nkeeps the key.\n");
    m_script[m_request.question] = {"Mrs. Oduya", "Mrs. Oduya keeps the key.", ""};
    const std::string out = run().out;
    EXPECT_NE(out.find("a.txt:1-2 "), std::string::npos) << out;
}

TEST_F(AskCommandTest, AnswersThePartsOfAQuestionOneByOne) {
    writeKeyFile();
    m_request.question = "Who keeps the key? And what colour is it?";
    m_script["What colour is it?"] = {"Hello", "red", ""};
    const std::string out = run().out;
    EXPECT_TRUE(out.starts_with("Q: Who keeps the key?\nMrs. Oduya\n")) << out;
    EXPECT_NE(out.find("\nQ: What colour is it?\nred\n"), std::string::npos) << out;
    m_request.json = true;
    std::istringstream lines(run().out);
    std::vector<std::string> answers;
    for (std::string line; std::getline(lines, line);) {
        answers.push_back(Json::parse(line)["answer"]);
    }
    EXPECT_EQ(answers, (std::vector<std::string>{"Mrs. Oduya", "red"}));
}

TEST_F(AskCommandTest, SaysThatAQuestionIsNotInEnglish) {
    writeKeyFile();
    m_request.question = "Wer hat den Schl\xC3\xBCssel?";
    m_script[m_request.question] = {"Mrs. Oduya", "Mrs. Oduya", ""};
    const std::string out = run().out;
    const std::string note =
        "note: the question seems to be in German; Throughline is made for questions in English, "
        "whatever its model reads\n";
    EXPECT_TRUE(out.starts_with("Mrs. Oduya\n" + note)) << out;
    m_request.json = true;
    EXPECT_EQ(Json::parse(run().out)["question_language"], "German");
    m_request.question = "Who keeps the key?";
    EXPECT_TRUE(Json::parse(run().out)["question_language"].is_null());
}

TEST_F(AskCommandTest, TellsTheFirstLookAndTokensWhereAskedFor) {
    std::string text;
    for (int i = 0; i < 200; ++i) {
        text += "Paragraph number " + std::to_string(i) + " tells nothing of interest.\n\n";
    }
    m_folder.write("a.txt", text + "Mrs. Oduya keeps the key.\n");
    m_script[m_request.question] = {"Mrs. Oduya", "nobody", "Mrs. Oduya"};
    Outcome outcome = run();
    EXPECT_EQ(outcome.out.find("nobody"), std::string::npos) << outcome.out;
    EXPECT_EQ(outcome.err, "");
    m_request.verbose = true;
    outcome = run();
    EXPECT_EQ(outcome.out.find("nobody"), std::string::npos) << outcome.out;
    EXPECT_NE(outcome.err.find("first look: nobody\ntokens evaluated: "), std::string::npos)
        << outcome.err;
}

TEST_F(AskCommandTest, ControlCharactersInAQuestionAreAnError) {
    writeKeyFile();
    m_request.question = "Who\x1b[2J keeps\x07 the key?";
    expectError("question: holds control characters");
    m_request.question = "Who keeps\nthe key?\t";
    m_script[m_request.question] = {"Mrs. Oduya", "Mrs. Oduya", ""};
    EXPECT_EQ(run().status, kExitOk);
}

TEST_F(AskCommandTest, AQuestionOfZeroLengthIsAnError) {
    writeKeyFile();
    m_request.question = std::string(" ");
    expectError("question: has no words");
}

TEST_F(AskCommandTest, AQuestionThatIsTooLongEndsTheRunBeforeAnyIsAsked) {
    writeKeyFile();
    m_contextLength = 1200;
    m_request.question = tooLong();
    expectError("question: 1,");
    askFromFile({"Who keeps the key?", tooLong()});
    m_request.out = m_folder.path() / "out.jsonl";
    expectError("question 1: 1,");  // its id
    EXPECT_FALSE(std::filesystem::exists(m_folder.path() / "out.jsonl.part"));
}

TEST_F(AskCommandTest, ACorpusBeyondTheContextIsAnError) {
    writeKeyFile();
    m_contextLength = 1030;
    expectError("over the model's limit of 6; largest: a.txt ");
}

TEST_F(AskCommandTest, ABrokenFileOfQuestionsIsAnErrorNamingTheLine) {
    writeKeyFile();
    const std::pair<std::string, std::string> cases[] = {
        {"{\"id\": 1, \"question\": \"Why?\"}\nnonsense\n", "line 2: no JSON object"},
        {"{\"question\": \"Why?\"}\n", "line 1: no \"id\""},
        {"{\"id\": 1}\n", "line 1: no \"question\""},
        {"{\"id\": 1, \"question\": \"\"}\n", "question 1: has no words"},
        {"\n", "holds no question"},
    };
    for (const auto& [text, error] : cases) {
        m_request.questions = m_folder.write("q.jsonl", text);
        expectError(error);
    }
    m_request.questions = m_folder.path() / "none.jsonl";
    expectError("none.jsonl: cannot be opened");
}

TEST_F(AskCommandTest, AnOutputThatCannotBeWrittenIsAnError) {
    writeKeyFile();
    m_request.questions =
        m_folder.write("q.jsonl", "{\"id\": 1, \"question\": \"Who keeps the key?\"}\n");
    m_request.sources.paths = {m_folder.path() / "a.txt"};
    m_request.out = m_folder.path() / "no" / "out.jsonl";
    expectError("out.jsonl: cannot be written");
    m_request.out = "/dev/full";
    expectError("/dev/full: cannot be written");
}

TEST_F(AskCommandTest, StoppedItExitsAsCancelled) {
    writeKeyFile();
    m_stop.request_stop();
    const Outcome outcome = run();
    EXPECT_EQ(outcome.status, kExitCancelled);
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(outcome.err, "throughline: ask: stopped\n");
}

TEST(InfoCommand, DescribesTheShippedModel) {
    std::ostringstream out;
    std::ostringstream err;
    std::timed_mutex writing;
    const Terminal terminal{out, err, false, {}, writing};
    EXPECT_EQ(runInfo({ScriptedModel::modelFile(), /*json=*/true}, terminal), kExitOk);
    const Json info = Json::parse(out.str());
    EXPECT_EQ(info["architecture"], "granitehybrid");
    EXPECT_EQ(info["layers"], info["mamba2_layers"].size() + info["attention_layers"].size());
    EXPECT_GT(info["state_bytes"], 0);
    EXPECT_GT(info["kv_bytes_per_token"]["int8"], 0);
    EXPECT_TRUE(info["weights"].contains("Q4_0"));
    EXPECT_FALSE(info["pointer_layers"].empty());
    EXPECT_EQ(err.str(), "");
}

TEST(InfoCommand, NamesAFileThatIsNoModel) {
    const TempFolder folder;
    std::ostringstream out;
    std::ostringstream err;
    std::timed_mutex writing;
    const Terminal terminal{out, err, false, {}, writing};
    EXPECT_EQ(runInfo({folder.write("a.gguf", "no model"), false}, terminal), kExitFailed);
    EXPECT_EQ(out.str(), "");
    EXPECT_NE(err.str().find("a.gguf: "), std::string::npos);
}

}  // namespace
}  // namespace tl
