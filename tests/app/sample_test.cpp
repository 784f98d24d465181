// SPDX-License-Identifier: Apache-2.0
// The sample project, asked with the shipped model: what a newcomer sees first.
#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include "app/answer/corpus_session.h"
#include "app/citation/text_words.h"
#include "app/model/engine_model.h"

namespace tl {
namespace {

using Json = nlohmann::json;

const std::filesystem::path kSample = TL_SOURCE_DIR "/resources/sample";

std::vector<Json> expectedAnswers() {
    std::vector<Json> questions;
    std::ifstream in(kSample / "questions.jsonl");
    for (std::string line; std::getline(in, line);) {
        questions.push_back(Json::parse(line));
    }
    return questions;
}

bool isRight(const Answer& answer, const Json& question) {
    const std::vector<Word> said = splitWords(answer.text);
    for (const std::string accepted : question["expect"]) {
        if (findRun(said, splitWords(accepted)) >= 0) {
            return true;
        }
    }
    return false;
}

bool citesFile(const Answer& answer, const std::string& file) {
    return std::ranges::any_of(answer.citations,
                               [&](const Citation& citation) { return citation.file == file; });
}

bool isVerified(const Answer& answer) {
    return std::ranges::any_of(answer.citations, &Citation::isVerified);
}

// 80 % is what the shipped model has to reach, and of the right answers as many have to be
// verified; docs/app.md says what it does reach.
TEST(Sample, FourOfFiveQuestionsAreAnsweredRightFromTheRightFile) {
    const auto model = loadEngineModel({});
    ASSERT_TRUE(model.ok()) << model.error().message;
    SourceChoice choice;
    choice.paths = {kSample};
    Result<Corpus> corpus = loadCorpus(choice, *model.value(), {}, {});
    ASSERT_TRUE(corpus.ok()) << corpus.error().message;
    const auto session = CorpusSession::create(
        *model.value(), std::make_shared<const Corpus>(std::move(corpus).value()));
    ASSERT_TRUE(session.ok()) << session.error().message;
    ASSERT_TRUE(session.value()->read({}, {}).ok());
    const std::vector<Json> questions = expectedAnswers();
    size_t right = 0;
    size_t verified = 0;
    std::string wrong;
    for (const Json& question : questions) {
        const Question laidOut = session.value()->layOut(question["question"]).value();
        const Answer answer = session.value()->ask(laidOut, {}, {}, {}).value();
        verified += isRight(answer, question) && isVerified(answer) ? 1 : 0;
        if (isRight(answer, question) && citesFile(answer, question["file"])) {
            ++right;
        } else {
            wrong += "\n" + answer.question + " " + answer.text;
        }
    }
    EXPECT_GE(questions.size(), 15U);
    EXPECT_GE(right * 5, questions.size() * 4) << wrong;
    EXPECT_GE(verified * 5, right * 4);
}

}  // namespace
}  // namespace tl
