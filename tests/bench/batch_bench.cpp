// SPDX-License-Identifier: Apache-2.0
// Answers per second of many questions about one text, one by one and in shared passes. Both are
// measured in turns within one run, so that a machine that slows down meanwhile slows down both.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "engine/sampler.h"

namespace tl::bench {
namespace {

using Clock = std::chrono::steady_clock;

struct Options {
    std::string model = TL_SOURCE_DIR "/resources/model/throughline-154m-q4_0.gguf";
    int threads = 2;
    int64_t read = 2048;
    int64_t questions = 16;
    int64_t questionTokens = 24;
    int64_t answerTokens = 32;
    int turns = 5;
};

// Ends the program with a status's one line.
void check(const Status& status) {
    if (!status.ok()) {
        std::fprintf(stderr, "batch_bench: %s\n", status.error().message.c_str());
        std::exit(EXIT_FAILURE);
    }
}
template <typename T>
T valueOf(Result<T> result) {
    check(result.ok() ? okStatus() : Status(result.error()));
    return std::move(result).value();
}

std::vector<TokenId> spreadTokens(int64_t count, int64_t first, int64_t vocabSize) {
    std::vector<TokenId> tokens;
    for (int64_t i = 0; i < count; ++i) {
        tokens.push_back(static_cast<TokenId>((7919 * (first + i) + 11) % vocabSize));
    }
    return tokens;
}

struct Seconds {
    double asking = 0;     // restoring and the questions' tokens
    double answering = 0;  // the answers' tokens, logits and sampling included

    double total() const { return asking + answering; }
};

double secondsSince(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

class BatchBench {
public:
    explicit BatchBench(const Options& options) : m_options(options) {
        EngineOptions engineOptions;
        engineOptions.device.threads = options.threads;
        m_engine = valueOf(Engine::load(options.model, engineOptions));
        const int64_t vocabSize = m_engine->config().vocabSize;
        const int64_t most = options.read + options.questionTokens + options.answerTokens;
        for (int64_t i = 0; i < options.questions; ++i) {
            m_sessions.push_back(valueOf(m_engine->newSession(most)));
            m_questions.push_back(
                spreadTokens(options.questionTokens, 100000 + 1000 * i, vocabSize));
        }
        m_batch = valueOf(m_engine->newBatch(options.questions));
        check(m_sessions[0]->read(spreadTokens(options.read, 0, vocabSize)));
        m_end = valueOf(m_sessions[0]->snapshot());
    }

    void run() {
        std::printf("%s: %lld questions of %lld tokens after %lld, answers of %lld tokens\n",
                    m_engine->backendName().c_str(),
                    static_cast<long long>(m_options.questions),
                    static_cast<long long>(m_options.questionTokens),
                    static_cast<long long>(m_options.read),
                    static_cast<long long>(m_options.answerTokens));
        std::vector<Seconds> alone;
        std::vector<Seconds> together;
        std::vector<std::vector<TokenId>> expected;
        oneByOne(expected);  // untimed, to warm up
        for (int turn = 0; turn < m_options.turns; ++turn) {
            std::vector<std::vector<TokenId>> answers;
            alone.push_back(oneByOne(answers));
            std::vector<std::vector<TokenId>> shared;
            together.push_back(inSharedPasses(shared));
            if (shared != answers) {
                check(Error{ErrorCode::kCorrupt, "the answers differ"});
            }
        }
        print("one by one", alone);
        print("shared passes", together);
        std::vector<double> ratios;
        for (size_t i = 0; i < alone.size(); ++i) {
            ratios.push_back(alone[i].total() / together[i].total());
        }
        std::printf("ratio of neighbouring turns: median %.2f, least %.2f\n",
                    median(ratios),
                    *std::min_element(ratios.begin(), ratios.end()));
    }

private:
    Seconds oneByOne(std::vector<std::vector<TokenId>>& answers) {
        Seconds seconds;
        for (const std::vector<TokenId>& question : m_questions) {
            Session& session = *m_sessions[0];
            auto begin = Clock::now();
            check(session.restore(m_end));
            Pointers pointers{0, std::ssize(question), {}};
            check(session.ask(question, {}, &pointers));
            seconds.asking += secondsSince(begin);
            begin = Clock::now();
            Sampler sampler({}, m_engine->config().vocabSize);
            answers.emplace_back();
            for (int64_t i = 0; i < m_options.answerTokens; ++i) {
                answers.back().push_back(sampler.sample(valueOf(session.logits())));
                check(session.step(answers.back().back()));
            }
            seconds.answering += secondsSince(begin);
        }
        return seconds;
    }

    Seconds inSharedPasses(std::vector<std::vector<TokenId>>& answers) {
        Seconds seconds;
        auto begin = Clock::now();
        std::vector<Pointers> pointers(m_sessions.size());
        std::vector<SessionBatch::Part> parts;
        std::vector<Session*> sessions;
        std::vector<Sampler> samplers;
        for (size_t i = 0; i < m_sessions.size(); ++i) {
            check(m_sessions[i]->restore(m_end));
            pointers[i].end = std::ssize(m_questions[i]);
            parts.push_back({m_sessions[i].get(), m_questions[i], &pointers[i]});
            sessions.push_back(m_sessions[i].get());
            samplers.emplace_back(SamplerOptions{}, m_engine->config().vocabSize);
        }
        check(m_batch->ask(parts));
        seconds.asking = secondsSince(begin);
        begin = Clock::now();
        answers.resize(sessions.size());
        std::vector<SessionBatch::Step> steps(sessions.size());
        for (int64_t i = 0; i < m_options.answerTokens; ++i) {
            check(m_batch->logits(sessions));
            for (size_t s = 0; s < sessions.size(); ++s) {
                answers[s].push_back(samplers[s].sample(valueOf(sessions[s]->logits())));
                steps[s] = {sessions[s], answers[s].back()};
            }
            check(m_batch->step(steps));
        }
        seconds.answering = secondsSince(begin);
        return seconds;
    }

    void print(const char* name, const std::vector<Seconds>& turns) const {
        const auto medianOf = [&](auto part) {
            std::vector<double> values;
            for (const Seconds& turn : turns) {
                values.push_back(part(turn));
            }
            return median(values);
        };
        const auto count = static_cast<double>(m_options.questions);
        const double asking = medianOf([](const Seconds& s) { return s.asking; });
        const double answering = medianOf([](const Seconds& s) { return s.answering; });
        const double total = medianOf([](const Seconds& s) { return s.total(); });
        std::printf("%-14s %6.2f answers/s; asking %6.1f ms, an answer's token %6.3f ms\n",
                    name,
                    count / total,
                    1e3 * asking / count,
                    1e3 * answering / count / static_cast<double>(m_options.answerTokens));
    }

    Options m_options;
    std::unique_ptr<Engine> m_engine;
    std::vector<std::unique_ptr<Session>> m_sessions;
    std::unique_ptr<SessionBatch> m_batch;
    std::vector<std::vector<TokenId>> m_questions;
    Snapshot m_end;
};

}  // namespace
}  // namespace tl::bench

// NOLINTNEXTLINE(bugprone-exception-escape): without memory for its options it may as well end.
int main(int argc, char** argv) {
    tl::bench::Options options;
    CLI::App app("Answers per second one by one and in shared passes over the weights");
    app.add_option("--model", options.model, "GGUF file");
    app.add_option("--threads", options.threads, "Threads")->check(CLI::Range(1, 1024));
    app.add_option("--read", options.read, "Tokens read before the questions")
        ->check(CLI::Range(int64_t{1}, int64_t{1} << 20));
    app.add_option("--questions", options.questions, "Questions at once")
        ->check(CLI::Range(1, 256));
    app.add_option("--question", options.questionTokens, "Tokens of a question")
        ->check(CLI::Range(1, 4096));
    app.add_option("--answer", options.answerTokens, "Tokens of an answer")
        ->check(CLI::Range(1, 4096));
    app.add_option("--turns", options.turns, "Turns of each")->check(CLI::Range(1, 1000));
    CLI11_PARSE(app, argc, argv);
    tl::bench::BatchBench(options).run();
    return EXIT_SUCCESS;
}
