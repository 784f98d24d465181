// SPDX-License-Identifier: Apache-2.0
#include "app/answer/corpus_session.h"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <utility>

#include "app/answer/answer_generation.h"
#include "app/answer/question_language.h"
#include "app/citation/citation_check.h"
#include "app/citation/exact_search.h"
#include "app/corpus/reading_rate.h"
#include "app/corpus/reading_speed.h"
#include "app/wording.h"

namespace tl {

namespace {

constexpr size_t kMaxHits = 5;
// Passages in which the answer's words are looked for.
constexpr size_t kCitable = 8;

double secondsSince(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace

CorpusSession::CorpusSession(LanguageModel& model,
                             std::shared_ptr<const Corpus> corpus,
                             std::unique_ptr<TokenSequence> sequence,
                             PromptBuilder prompt,
                             SecondLook secondLook)
    : m_model(model)
    , m_corpus(std::move(corpus))
    , m_sequence(std::move(sequence))
    , m_prompt(std::move(prompt))
    , m_secondLook(std::move(secondLook))
    , m_definitions(*m_corpus) {}

Result<std::unique_ptr<CorpusSession>> CorpusSession::create(LanguageModel& model,
                                                             std::shared_ptr<const Corpus> corpus) {
    if (!corpus->plan.problem.empty()) {
        return Error{ErrorCode::kInvalidInput, corpus->plan.problem};
    }
    Result<PromptBuilder> prompt = PromptBuilder::create(model.tokenizer(), model.config());
    if (!prompt.ok()) {
        return prompt.error();
    }
    Result<std::unique_ptr<TokenSequence>> sequence = model.newSequence(/*maxTokens=*/0);
    if (!sequence.ok()) {
        return sequence.error();
    }
    Result<SecondLook> secondLook = SecondLook::create(model);
    if (!secondLook.ok()) {
        return secondLook.error();
    }
    return std::unique_ptr<CorpusSession>(new CorpusSession(model,
                                                            std::move(corpus),
                                                            std::move(sequence).value(),
                                                            std::move(prompt).value(),
                                                            std::move(secondLook).value()));
}

Status CorpusSession::read(const std::stop_token& stop, const ReadingFn& progress) {
    if (isRead()) {
        return okStatus();
    }
    const int64_t begin = m_sequence->position();
    const int64_t total = std::ssize(m_corpus->tokens);
    ReadingRate rate(begin, total);
    const auto report = [&](const Progress& step) {
        if (progress) {
            progress(rate.at(begin + step.done));
        }
    };
    const Status status = m_sequence->read(
        std::span(m_corpus->tokens).subspan(static_cast<size_t>(begin)), stop, report);
    if (!status.ok()) {
        return status;
    }
    Result<Snapshot> end = m_sequence->snapshot();
    if (!end.ok()) {
        return end.error();
    }
    m_end = std::move(end).value();
    rememberReadingSpeed(m_model.config().name, rate.at(total));
    return okStatus();
}

Result<Question> CorpusSession::layOut(const std::string& question, const std::string& name) {
    if (const std::optional<std::string> problem = problemIn(question)) {
        return Error{ErrorCode::kInvalidInput, name + ": " + *problem};
    }
    Question laidOut{question, m_prompt.turn(question)};
    const int64_t tokens = std::ssize(laidOut.turn.ids);
    const int64_t room = m_model.config().contextLength - std::ssize(m_corpus->tokens);
    if (tokens >= room) {
        return Error{
            ErrorCode::kInvalidInput,
            name + ": " + grouped(tokens) + " tokens, the context has " + grouped(room) + " left"};
    }
    return laidOut;
}

Result<std::vector<RankedPassage>> CorpusSession::askCorpus(const Question& question,
                                                            const std::stop_token& stop) {
    Status status = m_sequence->restore(*m_end);
    if (!status.ok()) {
        return status.error();
    }
    Pointers pointers;
    pointers.begin = question.turn.questionBegin;
    pointers.end = question.turn.questionEnd;
    status = m_sequence->ask(question.turn.ids, stop, &pointers);
    if (!status.ok()) {
        return status.error();
    }
    return rankPassages(*m_corpus, pointers.scores);
}

Status CorpusSession::answerTwice(const Question& question,
                                  const AskOptions& options,
                                  const std::stop_token& stop,
                                  const LookPieceFn& piece,
                                  Answer& answer) {
    const auto pieceOf = [&piece](Look look) -> PieceFn {
        return [&piece, look](const std::string& text) {
            if (piece) {
                piece(look, text);
            }
        };
    };
    const Result<std::vector<RankedPassage>> ranking = askCorpus(question, stop);
    if (!ranking.ok()) {
        return ranking.error();
    }
    Result<GeneratedAnswer> given = generateAnswer(*m_sequence,
                                                   m_model.tokenizer(),
                                                   m_prompt.endOfTurn(),
                                                   options,
                                                   stop,
                                                   pieceOf(Look::kFirst));
    if (given.ok() && looksTwice(options)) {
        const std::vector<RankedPassage> best =
            passagesToReread(ranking.value(), kSecondLookTokens);
        Result<std::optional<GeneratedAnswer>> second =
            m_secondLook.answer(*m_corpus, best, question, options, stop, pieceOf(Look::kSecond));
        if (!second.ok()) {
            return second.error();
        }
        if (second.value()) {
            answer.firstLook = std::move(given.value().text);
            answer.look = Look::kSecond;
            given = *std::move(second).value();
        }
    }
    if (!given.ok()) {
        return given.error();
    }
    answer.text = given.value().text;
    answer.isCut = given.value().isCut;
    answer.isRepeating = given.value().isRepeating;
    cite(ranking.value(), stop, answer);
    return okStatus();
}

void CorpusSession::cite(const std::vector<RankedPassage>& ranking,
                         const std::stop_token& stop,
                         Answer& answer) {
    if (!saysNotThere(answer.text)) {
        const std::span candidates = std::span(ranking).first(std::min(kCitable, ranking.size()));
        answer.citations =
            citeAnswer(*m_corpus, m_definitions, answer.question, answer.text, candidates);
    }
    for (Citation& citation : answer.citations) {
        // What runs into a loop has lost its thread, whatever words it says.
        if (answer.isRepeating && citation.isVerified()) {
            citation.state = CitationState::kElsewhere;
        }
    }
    if (answer.citations.empty() || !answer.citations.front().isVerified()) {
        answer.hits = searchExactly(*m_corpus, m_definitions, answer.question, kMaxHits, stop);
    }
}

bool CorpusSession::looksTwice(const AskOptions& options) const {
    return options.secondLook && std::ssize(m_corpus->tokens) > kSecondLookMinCorpus;
}

int64_t CorpusSession::takeTokensEvaluated() {
    const int64_t evaluated = m_sequence->tokensEvaluated() + m_secondLook.tokensEvaluated();
    return evaluated - std::exchange(m_tokensReported, evaluated);
}

Result<Answer> CorpusSession::ask(const Question& question,
                                  const AskOptions& options,
                                  const std::stop_token& stop,
                                  const LookPieceFn& piece) {
    assert(isRead());
    const auto begin = std::chrono::steady_clock::now();
    Answer answer;
    answer.question = question.text;
    answer.language = foreignLanguage(question.text);
    const Status answered = answerTwice(question, options, stop, piece, answer);
    if (!answered.ok()) {
        return answered.error();
    }
    answer.tokensEvaluated = takeTokensEvaluated();
    answer.seconds = secondsSince(begin);
    return answer;
}

}  // namespace tl
