// SPDX-License-Identifier: Apache-2.0
// What every reading of a question says: the whole corpus, each of the best passages alone, and the
// best together; with how sure the model is of it and what its words would be cited as. From that,
// answers/surety.py measures which of several answers to take and which to call verified.
// Usage: reading_bench MODEL.gguf CORPUS QUESTIONS.jsonl [CORPUS QUESTIONS.jsonl]... >
// readings.jsonl A line of QUESTIONS is one of answers/questions.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/answer/answer_generation.h"
#include "app/answer/candidate_search.h"
#include "app/answer/known_answers.h"
#include "app/answer/second_look.h"
#include "app/citation/citation_check.h"
#include "app/model/engine_model.h"

namespace tl {
namespace {

using Json = nlohmann::ordered_json;

// Passages that are read alone.
constexpr size_t kAlone = 4;

template <typename T>
T orExit(Result<T> result) {
    if (!result.ok()) {
        std::fprintf(stderr, "reading_bench: %s\n", result.error().message.c_str());
        std::exit(EXIT_FAILURE);
    }
    return std::move(result).value();
}

void orExit(const Status& status) {
    if (!status.ok()) {
        std::fprintf(stderr, "reading_bench: %s\n", status.error().message.c_str());
        std::exit(EXIT_FAILURE);
    }
}

class ReadingBench {
public:
    ReadingBench(LanguageModel& model, const std::string& folder)
        : m_model(model)
        , m_prompt(orExit(PromptBuilder::create(model.tokenizer(), model.config())))
        , m_look(orExit(SecondLook::create(model, m_settings))) {
        SourceChoice choice;
        choice.paths = {folder};
        m_corpus = orExit(loadCorpus(choice, model, {}, {}));
        m_search.emplace(orExit(CandidateSearch::create(m_corpus, m_settings)));
        m_known.emplace(m_corpus, *m_search);
    }

    void read();
    Json ask(const Json& line);

private:
    Json composed(const std::string& text);
    Json readings(const Question& question);
    Json describe(const std::string& kind,
                  const GeneratedAnswer& given,
                  const QuestionTopic& topic,
                  const std::vector<RankedPassage>& ranking);
    std::vector<RankedPassage> look(const Question& question);

    LanguageModel& m_model;
    AnswerSettings m_settings;
    PromptBuilder m_prompt;
    SecondLook m_look;
    Corpus m_corpus;
    std::optional<CandidateSearch> m_search;
    std::optional<KnownAnswers> m_known;
    std::unique_ptr<TokenSequence> m_sequence;
    std::optional<Snapshot> m_end;
};

void ReadingBench::read() {
    m_sequence = orExit(m_model.newSequence(0));
    std::fprintf(stderr, "reading %zu tokens\n", m_corpus.tokens.size());
    orExit(m_sequence->read(m_corpus.tokens, {}, {}));
    m_end = orExit(m_sequence->snapshot());
}

Json citationsOf(const std::vector<Citation>& citations) {
    Json list = Json::array();
    for (const Citation& citation : citations) {
        list.push_back({{"file", citation.file},
                        {"line", citation.startLine},
                        {"quote", citation.quote},
                        {"state", static_cast<int>(citation.state)}});
    }
    return list;
}

// What needs no model; null for what does.
Json ReadingBench::composed(const std::string& text) {
    Answer answer;
    answer.question = text;
    if (!orExit(m_known->answer({}, answer))) {
        return nullptr;
    }
    return {{"answer", answer.text}, {"citations", citationsOf(answer.citations)}};
}

std::vector<RankedPassage> ReadingBench::look(const Question& question) {
    Pointers pointers;
    pointers.begin = question.turn.questionBegin;
    pointers.end = question.turn.questionEnd;
    orExit(m_sequence->restore(*m_end));
    orExit(m_sequence->ask(question.turn.ids, {}, &pointers));
    return orExit(m_search->find(
        question.text, rankPassages(m_corpus, pointers.scores), CandidateSources::kFused, {}));
}

Json ReadingBench::describe(const std::string& kind,
                            const GeneratedAnswer& given,
                            const QuestionTopic& topic,
                            const std::vector<RankedPassage>& ranking) {
    const std::span citable =
        std::span(ranking).first(std::min(m_settings.citable, ranking.size()));
    const std::vector<Citation> citations =
        citeAnswer(m_corpus, m_search->definitions(), topic, given.text, citable);
    Json line = {{"kind", kind},
                 {"answer", given.text},
                 {"mean", given.meanLogProbability},
                 {"least", given.leastLogProbability},
                 {"repeating", given.isRepeating},
                 {"nothing", saysNotThere(given.text)},
                 {"citations", citationsOf(citations)}};
    line["refusal"] =
        given.refusalLogProbability ? Json(*given.refusalLogProbability) : Json(nullptr);
    return line;
}

Json ReadingBench::readings(const Question& question) {
    const std::vector<RankedPassage> ranking = look(question);
    const QuestionTopic topic(question.text, orExit(m_search->countWords(question.text)));
    Json list = Json::array();
    const GeneratedAnswer first = orExit(generateAnswer(
        *m_sequence, m_model.tokenizer(), m_prompt.endOfTurn(), AskOptions{}, {}, {}));
    list.push_back(describe("whole", first, topic, ranking));
    const auto reread = [&](const std::string& kind, std::span<const RankedPassage> passages) {
        const std::optional<GeneratedAnswer> given =
            orExit(m_look.answer(m_corpus, passages, question, AskOptions{}, {}, {}));
        if (given) {
            list.push_back(describe(kind, *given, topic, ranking));
        }
    };
    for (size_t i = 0; i < std::min(kAlone, ranking.size()); ++i) {
        reread("alone" + std::to_string(i + 1), std::span(ranking).subspan(i, 1));
    }
    reread("together", passagesToReread(ranking, m_settings));
    Json all = {{"readings", list}};
    const std::vector<RankedPassage> best = passagesToReread(ranking, m_settings);
    all["coverage"] = orExit(m_search->coverage(question.text, best));
    all["best"] = best.size();
    return all;
}

Json ReadingBench::ask(const Json& line) {
    const auto text = line["question"].get<std::string>();
    Json all = m_end ? readings({text, m_prompt.turn(text)}) : Json::object();
    all["id"] = line["id"];
    all["question"] = text;
    all["composed"] = composed(text);
    all["tokens"] = m_corpus.tokens.size();
    return all;
}

int run(int argc, char** argv) {
    if (argc < 5 || argc % 2 == 0) {
        std::fprintf(stderr,
                     "reading_bench MODEL THREADS CORPUS QUESTIONS [CORPUS QUESTIONS]...\n");
        return EXIT_FAILURE;
    }
    ModelChoice choice;
    choice.file = argv[1];
    const bool onlyKnown = argv[2] == std::string("known");
    choice.threads = std::atoi(argv[2]);
    const std::unique_ptr<LanguageModel> model = orExit(loadEngineModel(choice));
    for (int i = 3; i < argc; i += 2) {
        ReadingBench bench(*model, argv[i]);
        if (!onlyKnown) {
            bench.read();
        }
        std::ifstream questions(argv[i + 1]);
        for (std::string line; std::getline(questions, line);) {
            const Json answer = bench.ask(Json::parse(line));
            std::printf("%s\n",
                        answer.dump(-1, ' ', false, Json::error_handler_t::replace).c_str());
            std::fflush(stdout);
        }
    }
    return EXIT_SUCCESS;
}

}  // namespace
}  // namespace tl

int main(int argc, char** argv) {
    return tl::run(argc, argv);
}
