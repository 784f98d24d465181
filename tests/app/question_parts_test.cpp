// SPDX-License-Identifier: Apache-2.0
#include "app/question_parts.h"

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

namespace tl {
namespace {

using Parts = std::vector<std::string>;

TEST(QuestionParts, SplitsWhatAsksTwice) {
    const std::pair<std::string, Parts> cases[] = {
        {"What is X and who wrote Y?", {"What is X?", "Who wrote Y?"}},
        {"What is X? And how do I build it?", {"What is X?", "How do I build it?"}},
        {"Who wrote it? Is it free software?", {"Who wrote it?", "Is it free software?"}},
        {"Who wrote this and when was it published", {"Who wrote this?", "When was it published?"}},
        {"In which file is the parser, and how is it tested?",
         {"In which file is the parser?", "How is it tested?"}},
        {"What is it, how do I build it and what port does it use?",
         {"What is it?", "How do I build it?", "What port does it use?"}},
        {"Does it need a network and how many files does it read?",
         {"Does it need a network?", "How many files does it read?"}},
        {"Which function reads the file and where is it defined?",
         {"Which function reads the file?", "Where is it defined?"}},
    };
    for (const auto& [text, parts] : cases) {
        EXPECT_EQ(questionParts(text), parts) << text;
    }
}

TEST(QuestionParts, LeavesWhatAsksOnce) {
    for (const std::string text : {
             "What is the difference between search and replace?",
             "Who are Ana and Ben?",
             "When and how does it ship?",
             "What does it say about who is responsible and who is not?",
             "Who decides when and how to release?",
             "What is X and how it works",
             "How many files and which folders are there?",
             "Who is Ana, who wrote the report?",
             "What does `a ? what is b : c` do?",
             "What does \"What is X and who wrote Y?\" mean?",
             "What is this ? what for",
             "Is it safe? I ask because of the name.",
             "The strip says why they cannot be read, and what can be done about it.",
             "Why?",
             "?",
             "",
             "--ocr: what does it do?",
             "Explain what it does and how it is built.",
         }) {
        EXPECT_EQ(questionParts(text), Parts{text}) << text;
    }
}

// Every question of the sets asks once.
TEST(QuestionParts, SplitsNoQuestionOfTheSets) {
    int seen = 0;
    for (const char* folder :
         {TL_SOURCE_DIR "/tests/bench/answers/questions", TL_SOURCE_DIR "/resources/sample"}) {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
            if (entry.path().extension() != ".jsonl") {
                continue;
            }
            std::ifstream in(entry.path());
            for (std::string line; std::getline(in, line); ++seen) {
                const std::string question = nlohmann::json::parse(line)["question"];
                EXPECT_EQ(questionParts(question), Parts{question});
            }
        }
    }
    EXPECT_GT(seen, 300);
}

}  // namespace
}  // namespace tl
