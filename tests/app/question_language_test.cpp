// SPDX-License-Identifier: Apache-2.0
#include "app/answer/question_language.h"

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

namespace tl {
namespace {

TEST(QuestionLanguage, NamesOtherLanguages) {
    const std::pair<std::string, std::string> cases[] = {
        {"Wo ist der Schl\xC3\xBCssel?", "German"},
        {"Was ist das?", "German"},
        {"In welcher Datei steht die Konfiguration?", "German"},
        {"O\xC3\xB9 est la cl\xC3\xA9 ?", "French"},
        {"Qui a \xC3\xA9"
         "crit ce programme et pourquoi ?",
         "French"},
        {"\xC2\xBFQui\xC3\xA9n escribi\xC3\xB3 esto?", "Spanish"},
        {"\xC2\xBF"
         "D\xC3\xB3nde est\xC3\xA1 la llave?",
         "Spanish"},
        {"Chi ha scritto questo programma?", "Italian"},
        {"Onde est\xC3\xA1 a chave do servidor?", "Portuguese"},
        {"Waar is de sleutel?", "Dutch"},
        {"Vad \xC3\xA4r det h\xC3\xA4r f\xC3\xB6r program?", "Swedish"},
        {"Hvor er n\xC3\xB8kkelen og hvem har den?", "Danish or Norwegian"},
        {"Gdzie jest klucz do serwera?", "Polish"},
        {"Bu program ne i\xC3\xA7in var?", "Turkish"},
        {"Miss\xC3\xA4 avain on?", "Finnish"},
        {"Di mana kunci itu?", "Indonesian or Malay"},
        {"\xD0\x93\xD0\xB4\xD0\xB5 \xD0\xBA\xD0\xBB\xD1\x8E\xD1\x87?", "Cyrillic script"},
        {"\xE9\x92\xA5\xE5\x8C\x99\xE5\x9C\xA8\xE5\x93\xAA\xE9\x87\x8C\xEF\xBC\x9F", "Han script"},
    };
    for (const auto& [question, language] : cases) {
        EXPECT_EQ(foreignLanguage(question), language) << question;
    }
}

TEST(QuestionLanguage, TakesNamesAndCodeForNoLanguage) {
    for (const char* question : {
             "",
             "?",
             "42",
             "main",
             "--ocr: what does it do?",
             "What does std::vector<int> v; return?",
             "parseModelConfig",
             "Default port?",
             "for (auto i : v) { var x = e; }",
             "SELECT la FROM t WHERE a = 1",
             "const int i = de.o(u);",
             "Who is Juan de la Cruz?",
             "Where is El Capitan?",
             "What does \"Wo ist der Schl\xC3\xBCssel\" mean in the phrase book?",
             "What is \xD0\x9F\xD1\x80\xD0\xB8?",
             "How large is \xCF\x80 in the table?",
             "rm -r -i -v -f",
             "import os as o",
             "ls -la /var/log",
             "Is de_DE.UTF-8 the locale?",
             "la t0, label",
             "if x is not None: return",
             "if (a) do b else c",
         }) {
        EXPECT_EQ(foreignLanguage(question), "") << question;
    }
}

TEST(QuestionLanguage, TakesEveryQuestionOfTheSetsForEnglish) {
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
                EXPECT_EQ(foreignLanguage(question), "") << question;
            }
        }
    }
    EXPECT_GT(seen, 300);
}

}  // namespace
}  // namespace tl
