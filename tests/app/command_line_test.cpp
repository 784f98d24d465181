// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command_line.h"

#include <gtest/gtest.h>

#include "tests/app/temp_folder.h"

namespace tl {
namespace {

AskRequest parseAsk(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "ask");
    const Request request = parseCommandLine(arguments);
    const auto* notice = std::get_if<Notice>(&request);
    EXPECT_EQ(notice, nullptr) << notice->text;
    return notice == nullptr ? std::get<AskRequest>(request) : AskRequest{};
}

void expectUsageError(const std::vector<std::string>& arguments) {
    const Request request = parseCommandLine(arguments);
    const auto* notice = std::get_if<Notice>(&request);
    ASSERT_NE(notice, nullptr);
    EXPECT_EQ(notice->exitStatus, kExitUsage);
    EXPECT_EQ(notice->text.rfind("throughline: ", 0), 0U) << notice->text;
    // One line.
    EXPECT_EQ(notice->text.find('\n'), notice->text.size() - 1) << notice->text;
}

TEST(CommandLine, TheLastWordIsTheQuestion) {
    const AskRequest request = parseAsk({"src", "notes/a.md", "Where is it?"});
    EXPECT_EQ(request.question, "Where is it?");
    EXPECT_EQ(request.sources.paths, (std::vector<std::filesystem::path>{"src", "notes/a.md"}));
    EXPECT_TRUE(request.options.secondLook);
    EXPECT_EQ(request.options.maxTokens, 256);
    EXPECT_TRUE(request.model.file.empty());
}

TEST(CommandLine, TakesAFileOfQuestions) {
    const AskRequest request =
        parseAsk({"--corpus", "src", "--questions", "q.jsonl", "--out", "a.jsonl"});
    EXPECT_EQ(request.questions, "q.jsonl");
    EXPECT_EQ(request.out, "a.jsonl");
    EXPECT_EQ(request.sources.paths, std::vector<std::filesystem::path>{"src"});
}

TEST(CommandLine, TakesEveryOption) {
    const AskRequest request = parseAsk({"src",
                                         "--model",
                                         "m.gguf",
                                         "--threads",
                                         "3",
                                         "--activations=f32",
                                         "--kv=f16",
                                         "--second-look=off",
                                         "--candidates=words",
                                         "--temperature",
                                         "0.7",
                                         "--top-k",
                                         "40",
                                         "--top-p",
                                         "0.9",
                                         "--min-p",
                                         "0.1",
                                         "--repetition-penalty",
                                         "1.2",
                                         "--seed",
                                         "5",
                                         "--max-tokens",
                                         "9",
                                         "--include",
                                         "*.h",
                                         "--exclude",
                                         "a*",
                                         "--exclude",
                                         "b*",
                                         "--max-file-size",
                                         "2k",
                                         "--no-ignore",
                                         "--no-default-rules",
                                         "--json",
                                         "--quiet",
                                         "Why?"});
    EXPECT_EQ(request.question, "Why?");
    EXPECT_EQ(request.model.file, "m.gguf");
    EXPECT_EQ(request.model.threads, 3);
    EXPECT_FALSE(request.model.int8Activations);
    EXPECT_FALSE(request.model.int8Keys);
    EXPECT_FALSE(request.options.secondLook);
    EXPECT_EQ(request.options.candidates, CandidateSources::kWords);
    EXPECT_DOUBLE_EQ(request.options.sampling.temperature, 0.7);
    EXPECT_EQ(request.options.sampling.topK, 40);
    EXPECT_DOUBLE_EQ(request.options.sampling.topP, 0.9);
    EXPECT_DOUBLE_EQ(request.options.sampling.minP, 0.1);
    EXPECT_DOUBLE_EQ(request.options.sampling.repetitionPenalty, 1.2);
    EXPECT_EQ(request.options.sampling.seed, 5U);
    EXPECT_EQ(request.options.maxTokens, 9);
    EXPECT_EQ(request.sources.include, std::vector<std::string>{"*.h"});
    EXPECT_EQ(request.sources.exclude, (std::vector<std::string>{"a*", "b*"}));
    EXPECT_EQ(request.sources.maxFileBytes, 2048);
    EXPECT_FALSE(request.sources.useIgnoreFiles);
    EXPECT_FALSE(request.sources.useDefaultRules);
    EXPECT_TRUE(request.json && request.quiet);
}

TEST(CommandLine, NamesMistakesInOneLine) {
    expectUsageError({"ask"});
    expectUsageError({"ask", "only one word"});
    expectUsageError({"ask", "src", "Why?", "--no-such-option"});
    expectUsageError({"ask", "src", "Why?", "--threads", "many"});
    expectUsageError({"ask", "src", "Why?", "--second-look=perhaps"});
    expectUsageError({"ask", "src", "Why?", "--candidates=all"});
    expectUsageError({"ask", "src", "Why?", "--out", "a.jsonl"});
    expectUsageError({"ask", "src", "Why?", "--max-tokens", "0"});
    expectUsageError({"info", "a.gguf", "b.gguf"});
}

std::string mistakeIn(const std::vector<std::string>& arguments) {
    expectUsageError(arguments);
    const Request request = parseCommandLine(arguments);
    const auto* notice = std::get_if<Notice>(&request);
    return notice == nullptr ? "" : notice->text.substr(0, notice->text.find("; see "));
}

TEST(CommandLine, AQuestionMayBeginWithADash) {
    const std::string question = "--ocr: what does it do?";
    for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
             {"notes.txt", "--", question},
             {"notes.txt", question},
             {"notes.txt", question, "--json"},
             {"--json", "--exclude", "-- a b", "--", "notes.txt", question}}) {
        const AskRequest request = parseAsk(arguments);
        EXPECT_EQ(request.question, question);
        EXPECT_EQ(request.sources.paths, std::vector<std::filesystem::path>{"notes.txt"});
    }
    EXPECT_EQ(parseAsk({"notes.txt", "--", "-v"}).question, "-v");
    // A value may begin with a dash and have spaces, as before.
    EXPECT_EQ(parseAsk({"src", "--password", "- a b", "Why?"}).sources.passwords,
              std::vector<std::string>{"- a b"});
    EXPECT_EQ(parseAsk({"src", "--exclude=a b", "Why?"}).sources.exclude,
              std::vector<std::string>{"a b"});
}

TEST(CommandLine, BehindTwoDashesNothingIsAnOption) {
    const Request plan = parseCommandLine({"plan", "--", "--json", "-v"});
    ASSERT_TRUE(std::holds_alternative<PlanRequest>(plan));
    EXPECT_EQ(std::get<PlanRequest>(plan).sources.paths,
              (std::vector<std::filesystem::path>{"--json", "-v"}));
    const Request info = parseCommandLine({"info", "--", "-m.gguf"});
    ASSERT_TRUE(std::holds_alternative<InfoRequest>(info));
    EXPECT_EQ(std::get<InfoRequest>(info).model, "-m.gguf");
    expectUsageError({"info", "a.gguf", "--", "b.gguf"});
    EXPECT_EQ(mistakeIn({"--", "--json"}), "throughline: --json: no such file, no such command");
}

TEST(CommandLine, SaysThatTheQuestionIsMissing) {
    EXPECT_EQ(mistakeIn({"ask"}), "throughline: ask: no question given");
    EXPECT_EQ(mistakeIn({"ask", "/"}),
              "throughline: ask: no question given; it comes last, in quotes: "
              "throughline ask / \"...?\"");
    EXPECT_EQ(mistakeIn({"ask", "--corpus", "/", "/"}).find("throughline: ask: no question"), 0U);
    EXPECT_EQ(mistakeIn({"ask", "Where is it?"}),
              "throughline: ask: no file or folder given before the question");
}

TEST(CommandLine, SaysThatTheQuestionComesLast) {
    EXPECT_EQ(mistakeIn({"ask", "Where is the key?", "/"}),
              "throughline: ask: the question comes last: "
              "throughline ask / \"Where is the key?\"");
    EXPECT_EQ(mistakeIn({"ask", "Why?", "/"}),
              "throughline: ask: the question comes last: throughline ask / \"Why?\"");
}

TEST(CommandLine, SaysThatAQuestionOfSeveralWordsNeedsQuotes) {
    EXPECT_EQ(mistakeIn({"ask", "/", "Where", "is", "the", "key"}),
              "throughline: ask: a question of several words needs quotes: "
              "throughline ask / \"Where is the key\"");
    EXPECT_EQ(mistakeIn({"ask", "Where", "is", "it?"}),
              "throughline: ask: files and folders come first, then the question in quotes: "
              "throughline ask . \"Where is it?\"");
    // A path that does not exist says so itself.
    EXPECT_EQ(parseAsk({"/none", "Why?"}).question, "Why?");
    EXPECT_EQ(parseAsk({"/", "/none", "Where is it?"}).question, "Where is it?");
}

TEST(CommandLine, AWordThatIsNeitherFileNorCommandIsAMistake) {
    EXPECT_EQ(mistakeIn({"foo"}), "throughline: foo: no such file, no such command");
    EXPECT_EQ(mistakeIn({"/", "pla\x1bn"}).find('\x1b'), std::string::npos);
}

TEST(CommandLine, HelpSaysWhichLanguageTheModelReads) {
    for (const std::vector<std::string>& arguments :
         {std::vector<std::string>{"--help"}, {"ask", "--help"}}) {
        const Request request = parseCommandLine(arguments);
        ASSERT_TRUE(std::holds_alternative<Notice>(request));
        EXPECT_NE(std::get<Notice>(request).text.find("reads English"), std::string::npos);
    }
}

TEST(CommandLine, HelpAndVersionAreNoMistakes) {
    for (const std::vector<std::string>& arguments :
         {std::vector<std::string>{"--help"}, {"ask", "--help"}, {"--version"}}) {
        const Request request = parseCommandLine(arguments);
        const auto* notice = std::get_if<Notice>(&request);
        ASSERT_NE(notice, nullptr);
        EXPECT_EQ(notice->exitStatus, kExitOk);
        EXPECT_NE(notice->text.find("throughline"), std::string::npos);
    }
}

TEST(CommandLine, WithoutASubcommandOpensTheWindow) {
    const Request request = parseCommandLine({TL_SOURCE_DIR "/app", TL_SOURCE_DIR "/ui"});
    const auto* window = std::get_if<WindowRequest>(&request);
    ASSERT_NE(window, nullptr);
    EXPECT_EQ(window->paths,
              (std::vector<std::filesystem::path>{TL_SOURCE_DIR "/app", TL_SOURCE_DIR "/ui"}));
    EXPECT_TRUE(window->model.int8Activations && window->model.int8Keys);
    EXPECT_TRUE(std::holds_alternative<WindowRequest>(parseCommandLine({})));
}

TEST(CommandLine, TheWindowTakesEveryOptionOfTheModel) {
    const Request request = parseCommandLine(
        {"/", "--model", "m.gguf", "--threads=2", "--activations=f32", "--kv=f16"});
    const auto* window = std::get_if<WindowRequest>(&request);
    ASSERT_NE(window, nullptr);
    EXPECT_EQ(window->model.file, "m.gguf");
    EXPECT_EQ(window->model.threads, 2);
    EXPECT_FALSE(window->model.int8Activations);
    EXPECT_FALSE(window->model.int8Keys);
}

TEST(CommandLine, AnEmptyModelIsNotTheShippedOne) {
    expectUsageError({"--model", ""});
    expectUsageError({"ask", "src", "Why?", "--model", ""});
    expectUsageError({"ask", "src", "Why?", "--model="});
    expectUsageError({"plan", "src", "--model", ""});
    expectUsageError({"info", ""});
}

TEST(CommandLine, IgnoreFilesAndDefaultRulesHoldUntilToldOtherwise) {
    EXPECT_TRUE(parseAsk({"src", "Why?"}).sources.useIgnoreFiles);
    EXPECT_TRUE(parseAsk({"src", "Why?"}).sources.useDefaultRules);
}

TEST(CommandLine, TakesPasswordsFromAFile) {
    const TempFolder folder;
    const std::string file = folder.write("words", "one two \r\n\nthree").string();
    const AskRequest request =
        parseAsk({"src", "Why?", "--password", "x", "--password-file", file});
    EXPECT_EQ(request.sources.passwords, (std::vector<std::string>{"x", "one two ", "three"}));
}

TEST(CommandLine, AFileOfPasswordsThatIsNoneIsAnError) {
    const TempFolder folder;
    const std::pair<std::string, std::string> cases[] = {
        {(folder.path() / "none").string(), "cannot be read"},
        {folder.path().string(), "cannot be read"},
        {folder.write("empty", "\n").string(), "holds no password"},
        {"/dev/zero", "too large for a file of passwords"},
    };
    for (const auto& [file, problem] : cases) {
        const Request request = parseCommandLine({"plan", "src", "--password-file", file});
        const auto* notice = std::get_if<Notice>(&request);
        ASSERT_NE(notice, nullptr) << file;
        EXPECT_EQ(notice->exitStatus, kExitFailed);
        EXPECT_EQ(notice->text, "throughline: " + file + ": " + problem + "\n");
    }
}

TEST(CommandLine, InfoTakesAFile) {
    const Request request = parseCommandLine({"info", "m.gguf", "--json"});
    ASSERT_TRUE(std::holds_alternative<InfoRequest>(request));
    EXPECT_EQ(std::get<InfoRequest>(request).model, "m.gguf");
    EXPECT_TRUE(std::get<InfoRequest>(request).json);
}

TEST(CommandLine, ReductionsHaveAPatternAndALevel) {
    const AskRequest request =
        parseAsk({"src", "--reduce", "tests/=names", "--reduce", "a=b.c=full", "Why?"});
    ASSERT_EQ(request.sources.reduce.size(), 2U);
    EXPECT_EQ(request.sources.reduce[0].pattern, "tests/");
    EXPECT_EQ(request.sources.reduce[0].level, "names");
    EXPECT_EQ(request.sources.reduce[1].pattern, "a=b.c");
    for (const char* mistake : {"tests/", "tests/=some", "=names", "names"}) {
        expectUsageError({"ask", "src", "--reduce", mistake, "Why?"});
    }
}

TEST(CommandLine, PlanTakesPathsAndWhatToLeaveOut) {
    const Request request = parseCommandLine(
        {"plan", "src", "a.zip", "--without", "tests/", "--depth", "2", "--json", "--exclude=*.o"});
    const auto* plan = std::get_if<PlanRequest>(&request);
    ASSERT_NE(plan, nullptr);
    EXPECT_EQ(plan->sources.paths, (std::vector<std::filesystem::path>{"src", "a.zip"}));
    EXPECT_EQ(plan->sources.exclude, std::vector<std::string>{"*.o"});
    EXPECT_EQ(plan->without, std::vector<std::string>{"tests/"});
    EXPECT_EQ(plan->depth, 2);
    EXPECT_TRUE(plan->json);
    expectUsageError({"plan"});
    expectUsageError({"plan", "src", "--depth", "0"});
}

ProjectRequest parseProject(const std::vector<std::string>& arguments) {
    const Request request = parseCommandLine(arguments);
    const auto* project = std::get_if<ProjectRequest>(&request);
    EXPECT_NE(project, nullptr);
    return project == nullptr ? ProjectRequest{} : *project;
}

TEST(CommandLine, ReadTakesPlacesAndWhereTheirProjectGoes) {
    const ProjectRequest beside = parseProject({"read", "docs", "--exclude", "*.log"});
    EXPECT_EQ(beside.task, ProjectRequest::Task::kRead);
    EXPECT_EQ(beside.sources.paths, (std::vector<std::filesystem::path>{"docs"}));
    EXPECT_EQ(beside.sources.exclude, (std::vector<std::string>{"*.log"}));
    EXPECT_TRUE(beside.project.empty());
    EXPECT_EQ(parseProject({"read", "a", "b", "-o", "p.throughline"}).project, "p.throughline");
    expectUsageError({"read"});
    expectUsageError({"read", "a", "b"});
}

TEST(CommandLine, UpdateAndStatusTakeOneProject) {
    EXPECT_EQ(parseProject({"update", "p.throughline"}).task, ProjectRequest::Task::kUpdate);
    const ProjectRequest status = parseProject({"status", "p.throughline", "--json"});
    EXPECT_EQ(status.task, ProjectRequest::Task::kStatus);
    EXPECT_EQ(status.project, "p.throughline");
    EXPECT_TRUE(status.json);
    expectUsageError({"status"});
    expectUsageError({"update", "a.throughline", "b.throughline"});
}

TEST(CommandLine, VerifyTakesAProjectAndHowManyStretchesToRead) {
    const ProjectRequest verify = parseProject({"verify", "p.throughline", "--sample", "3"});
    EXPECT_EQ(verify.task, ProjectRequest::Task::kVerify);
    EXPECT_EQ(verify.samples, 3);
    expectUsageError({"verify"});
    EXPECT_EQ(parseAsk({"p.throughline", "Why?", "--as-of", "40%"}).asOf, "40%");
    EXPECT_TRUE(parseAsk({"p.throughline", "Why?", "--continue"}).continues);
    EXPECT_FALSE(parseAsk({"p.throughline", "Why?"}).continues);
}

TEST(CommandLine, HelpNamesSwitchesAsTheyAreTyped) {
    const Request request = parseCommandLine({"ask", "--help"});
    const auto* notice = std::get_if<Notice>(&request);
    ASSERT_NE(notice, nullptr);
    EXPECT_NE(notice->text.find("--no-cache  "), std::string::npos) << notice->text;
    EXPECT_EQ(notice->text.find("{false}"), std::string::npos) << notice->text;
}

TEST(CommandLine, AskKeepsWhatItReadsUnlessToldOtherwise) {
    EXPECT_TRUE(parseAsk({"src", "Why?"}).usesProject);
    EXPECT_FALSE(parseAsk({"src", "Why?", "--no-project"}).usesProject);
    EXPECT_EQ(parseAsk({"src", "Why?", "-o", "p.throughline"}).project, "p.throughline");
}

TEST(CommandLine, OverviewTakesFilesAndTheOptionsThatDecideAboutThem) {
    const Request request =
        parseCommandLine({"overview", "src", "docs", "--json", "--exclude", "*.ps"});
    const auto* overview = std::get_if<OverviewRequest>(&request);
    ASSERT_NE(overview, nullptr);
    EXPECT_EQ(overview->sources.paths, (std::vector<std::filesystem::path>{"src", "docs"}));
    EXPECT_EQ(overview->sources.exclude, std::vector<std::string>{"*.ps"});
    EXPECT_TRUE(overview->json);
    expectUsageError({"overview"});
}

}  // namespace
}  // namespace tl
