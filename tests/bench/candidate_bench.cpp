// SPDX-License-Identifier: Apache-2.0
// How often the passage with the evidence is among the first that are found, by each source alone
// and by all of them fused, for as many settings as are given, over one reading of each corpus.
// With --answer the second look's answers come as JSON lines that answers/score.py can judge.
// Usage: candidate_bench MODEL.gguf CORPUS QUESTIONS.jsonl [CORPUS QUESTIONS.jsonl]...
//            [--answer] [--cache FOLDER] [--set NAME=VALUE,NAME=VALUE]...
// A line of QUESTIONS is one of answers/questions. FOLDER keeps what the model looked at, so that a
// corpus is read once for all runs.
#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/answer/candidate_search.h"
#include "app/answer/second_look.h"
#include "app/model/engine_model.h"

namespace tl {
namespace {

using Json = nlohmann::ordered_json;

template <typename T>
T orExit(Result<T> result) {
    if (!result.ok()) {
        std::fprintf(stderr, "candidate_bench: %s\n", result.error().message.c_str());
        std::exit(EXIT_FAILURE);
    }
    return std::move(result).value();
}

// Bytes of evidence that tell its passage, where it goes on into the next one.
constexpr size_t kEvidenceBegin = 30;

struct BenchQuestion {
    std::string id, question;
    std::vector<std::pair<std::string, std::string>> gold;  // file and words
    std::vector<RankedPassage> read;                        // by the model's attention
};

struct Setting {
    std::string name;
    AnswerSettings settings;
    CandidateSources sources = CandidateSources::kFused;
};

struct Options {
    std::string model;
    std::vector<std::pair<std::string, std::string>> corpora;  // folder and questions
    std::vector<Setting> settings;
    std::string cache;
    bool answers = false;
};

// Words apart by single blanks, so that "20" is not found in "2024".
std::string asWords(const std::string& text) {
    std::string words = " ";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool isWord = std::isalnum(byte) != 0 || byte >= 0x80 || c == '_';
        if (isWord) {
            words += static_cast<char>(std::tolower(byte));
        } else if (words.back() != ' ') {
            words += ' ';
        }
    }
    return words.back() == ' ' ? words : words + ' ';
}

void apply(AnswerSettings& settings, const std::string& name, double value) {
    const std::map<std::string, double*> reals = {{"rankOffset", &settings.rankOffset},
                                                  {"readWeight", &settings.readWeight},
                                                  {"wordsWeight", &settings.wordsWeight},
                                                  {"definitionWeight", &settings.definitionWeight},
                                                  {"openingWeight", &settings.openingWeight},
                                                  {"fileNameWeight", &settings.fileNameWeight}};
    const std::map<std::string, size_t*> sizes = {{"depth", &settings.depth},
                                                  {"openings", &settings.openings},
                                                  {"rereadPassages", &settings.rereadPassages}};
    if (const auto real = reals.find(name); real != reals.end()) {
        *real->second = value;
    } else if (const auto size = sizes.find(name); size != sizes.end()) {
        *size->second = static_cast<size_t>(value);
    } else if (name == "rereadTokens") {
        settings.rereadTokens = static_cast<int64_t>(value);
    } else {
        std::fprintf(stderr, "candidate_bench: --set: no setting %s\n", name.c_str());
        std::exit(EXIT_FAILURE);
    }
}

// "rankOffset=10,sources=words"
Setting parseSetting(const std::string& text) {
    Setting setting;
    setting.name = text;
    for (size_t begin = 0; begin < text.size();) {
        const size_t end = std::min(text.find(',', begin), text.size());
        const size_t equals = std::min(text.find('=', begin), end);
        const std::string name = text.substr(begin, equals - begin);
        const std::string value = equals < end ? text.substr(equals + 1, end - equals - 1) : "";
        if (name == "sources") {
            setting.sources = value == "read"    ? CandidateSources::kRead
                              : value == "words" ? CandidateSources::kWords
                                                 : CandidateSources::kFused;
        } else {
            apply(setting.settings, name, std::atof(value.c_str()));
        }
        begin = end + 1;
    }
    return setting;
}

Options parseOptions(int argc, char** argv) {
    Options options;
    std::vector<std::string> words;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        const bool hasValue = i + 1 < argc;
        if (word == "--answer") {
            options.answers = true;
        } else if (word == "--cache" && hasValue) {
            options.cache = argv[++i];
        } else if (word == "--set" && hasValue) {
            options.settings.push_back(parseSetting(argv[++i]));
        } else {
            words.push_back(word);
        }
    }
    if (words.size() < 3 || words.size() % 2 == 0) {
        std::fprintf(stderr, "candidate_bench MODEL CORPUS QUESTIONS [CORPUS QUESTIONS]...\n");
        std::exit(EXIT_FAILURE);
    }
    options.model = words[0];
    for (size_t i = 1; i < words.size(); i += 2) {
        options.corpora.emplace_back(words[i], words[i + 1]);
    }
    if (options.settings.empty()) {
        options.settings = {
            parseSetting("sources=read"), parseSetting("sources=words"), parseSetting("")};
    }
    return options;
}

std::vector<BenchQuestion> readQuestions(const std::string& file) {
    std::ifstream in(file);
    std::vector<BenchQuestion> questions;
    for (std::string line; std::getline(in, line);) {
        const Json json = Json::parse(line);
        BenchQuestion question{
            json["id"].get<std::string>(), json["question"].get<std::string>(), {}, {}};
        for (const Json& place : json["gold"]) {
            question.gold.emplace_back(place["file"].get<std::string>(),
                                       asWords(place["text"].get<std::string>()));
        }
        questions.push_back(std::move(question));
    }
    return questions;
}

// One corpus, read once, and its questions.
class Bench {
public:
    Bench(LanguageModel& model, const std::string& folder, std::vector<BenchQuestion> questions)
        : m_model(model)
        , m_questions(std::move(questions))
        , m_prompt(orExit(PromptBuilder::create(model.tokenizer(), model.config()))) {
        SourceChoice choice;
        choice.paths = {folder};
        m_corpus = orExit(loadCorpus(choice, model, {}, {}));
        if (!m_corpus.plan.problem.empty()) {
            std::fprintf(stderr, "candidate_bench: %s\n", m_corpus.plan.problem.c_str());
            std::exit(EXIT_FAILURE);
        }
        m_passages = listPassages(m_corpus);
        for (size_t i = 0; i < m_passages.size(); ++i) {
            m_numbers[m_passages[i].passage] = i;
        }
    }

    void look(const std::filesystem::path& cache);
    void measure(const Setting& setting, bool answers);

private:
    void print(const Setting& setting,
               const BenchQuestion& question,
               const std::optional<DefinedAt>& definedAt,
               const std::vector<RankedPassage>& best,
               double coverage);
    void lookAt(TokenSequence& sequence, BenchQuestion& question);
    bool isGold(const BenchQuestion& question, const Passage& passage) const;
    std::string textOf(const Passage& passage) const {
        return m_corpus.files[static_cast<size_t>(passage.document)].document.text.substr(
            static_cast<size_t>(passage.begin), static_cast<size_t>(passage.end - passage.begin));
    }

    LanguageModel& m_model;
    std::vector<BenchQuestion> m_questions;
    PromptBuilder m_prompt;
    std::optional<Snapshot> m_end;     // of the corpus, once it is read
    std::optional<SecondLook> m_look;  // with the setting that is measured
    Corpus m_corpus;
    std::vector<RankedPassage> m_passages;
    std::map<const Passage*, size_t> m_numbers;
};

void Bench::lookAt(TokenSequence& sequence, BenchQuestion& question) {
    const PromptBuilder::Turn turn = m_prompt.turn(question.question);
    Pointers pointers;
    pointers.begin = turn.questionBegin;
    pointers.end = turn.questionEnd;
    orExit(sequence.restore(*m_end));
    orExit(sequence.ask(turn.ids, {}, &pointers));
    question.read = rankPassages(m_corpus, pointers.scores);
    question.read.resize(std::min<size_t>(question.read.size(), 64));
}

// What the model looks at, from the cache where it knows all questions.
void Bench::look(const std::filesystem::path& cache) {
    Json known;
    if (std::ifstream in(cache); in) {
        known = Json::parse(in);
    }
    std::unique_ptr<TokenSequence> sequence;
    for (BenchQuestion& question : m_questions) {
        if (known.contains(question.question)) {
            for (const auto& pair : known[question.question]) {
                question.read.push_back(m_passages.at(pair[0].get<size_t>()));
                question.read.back().score = pair[1].get<double>();
            }
            continue;
        }
        if (!sequence) {
            std::fprintf(stderr, "reading %zu tokens\n", m_corpus.tokens.size());
            sequence = orExit(m_model.newSequence(0));
            orExit(sequence->read(m_corpus.tokens, {}, {}));
            m_end = orExit(sequence->snapshot());
        }
        lookAt(*sequence, question);
        for (const RankedPassage& ranked : question.read) {
            known[question.question].push_back({m_numbers.at(ranked.passage), ranked.score});
        }
    }
    if (sequence && !cache.empty()) {
        std::ofstream(cache) << known.dump();
    }
}

// A passage that holds the evidence, or its begin.
bool Bench::isGold(const BenchQuestion& question, const Passage& passage) const {
    const std::string& name = m_corpus.files[static_cast<size_t>(passage.document)].document.name;
    const std::string words = asWords(textOf(passage));
    return std::ranges::any_of(question.gold, [&](const auto& place) {
        const auto& [file, evidence] = place;
        return name == file &&
               (words.find(evidence) != std::string::npos ||
                words.find(evidence.substr(0, kEvidenceBegin)) != std::string::npos);
    });
}

void Bench::measure(const Setting& setting, bool answers) {
    m_look.emplace(orExit(SecondLook::create(m_model, setting.settings)));
    CandidateSearch search = orExit(CandidateSearch::create(m_corpus, setting.settings));
    size_t among1 = 0, among3 = 0, among5 = 0, reread = 0, evidence = 0;
    for (const BenchQuestion& question : m_questions) {
        const std::vector<RankedPassage> found =
            orExit(search.find(question.question, question.read, setting.sources, {}));
        size_t rank = 0;
        while (rank < found.size() && !isGold(question, *found[rank].passage)) {
            ++rank;
        }
        evidence += question.gold.empty() ? 0 : 1;
        among1 += rank < 1;
        among3 += rank < 3;
        among5 += rank < 5;
        const std::vector<RankedPassage> best = passagesToReread(found, setting.settings);
        const bool isReread = std::ranges::any_of(
            best, [&](const RankedPassage& each) { return isGold(question, *each.passage); });
        reread += isReread;
        if (answers) {
            print(setting,
                  question,
                  setting.sources == CandidateSources::kFused
                      ? search.definition(question.question, {})
                      : std::nullopt,
                  best,
                  orExit(search.coverage(question.question, best)));
        }
    }
    std::fprintf(stderr,
                 "%-44s %3zu with evidence: first %3zu, of 3 %3zu, of 5 %3zu, read again %3zu\n",
                 setting.name.empty() ? "as it is" : setting.name.c_str(),
                 evidence,
                 among1,
                 among3,
                 among5,
                 reread);
}

void Bench::print(const Setting& setting,
                  const BenchQuestion& question,
                  const std::optional<DefinedAt>& definedAt,
                  const std::vector<RankedPassage>& best,
                  double coverage) {
    std::string text;
    if (definedAt) {
        text = m_corpus.files[static_cast<size_t>(definedAt->file)].document.name;
    } else if (!best.empty()) {
        const Question asked{question.question, m_prompt.turn(question.question)};
        const std::optional<GeneratedAnswer> given =
            orExit(m_look->answer(m_corpus, best, asked, {}, {}, {}));
        text = given ? given->text : "";
    }
    const Json line = {{"setting", setting.name},
                       {"id", question.id},
                       {"question", question.question},
                       {"coverage", coverage},
                       {"answer", text},
                       {"citations", Json::array()}};
    std::printf("%s\n", line.dump(-1, ' ', false, Json::error_handler_t::replace).c_str());
    std::fflush(stdout);
}

int run(const Options& options) {
    ModelChoice choice;
    choice.file = options.model;
    const std::unique_ptr<LanguageModel> model = orExit(loadEngineModel(choice));
    for (const auto& [folder, questions] : options.corpora) {
        Bench bench(*model, folder, readQuestions(questions));
        std::fprintf(stderr, "%s\n", folder.c_str());
        const std::string key = std::filesystem::path(options.model).stem().string() + "-" +
                                std::filesystem::path(questions).stem().string() + ".json";
        bench.look(options.cache.empty() ? "" : std::filesystem::path(options.cache) / key);
        for (const Setting& setting : options.settings) {
            bench.measure(setting, options.answers);
        }
    }
    return EXIT_SUCCESS;
}

}  // namespace
}  // namespace tl

int main(int argc, char** argv) {
    return tl::run(tl::parseOptions(argc, argv));
}
